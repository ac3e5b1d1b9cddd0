/** How a name sounds to a Malian ear: the same keys as the server's `gwa.registry.rules.spelling`, which a test
 *  compares with these. */

const LETTERS: Readonly<Record<string, string>> = {
  ɛ: 'e', ɔ: 'o', ɲ: 'ny', ŋ: 'ng', ɓ: 'b', ɗ: 'd', ƴ: 'y', œ: 'oe', æ: 'ae', ß: 'ss',
}
const APOSTROPHES = /(?<=[\p{L}\p{N}_])['’ʼ`´](?=[\p{L}\p{N}_])/gu

// In order: each works on what the one before left.
const HABITS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/qu/g, 'k'],
  [/x/g, 'ks'],
  [/tch|ty(?=[aeou])|ti(?=[aeou])/g, 'q'],
  [/qi(?=[aeou])/g, 'q'],
  [/sch|sh|ch/g, 's'],
  [/dj|dy(?=[aeou])|di(?=[aeou])/g, 'j'],
  [/ji(?=[aeou])/g, 'j'],
  [/gn|ny/g, 'ni'],
  [/gu(?=[eiy])/g, 'g'],
  [/y/g, 'i'],
  [/sc(?=[ei])|c(?=[ei])/g, 's'],
  [/c/g, 'k'],
  [/ou(?=[aeio])/g, 'w'],
  [/ou|oo/g, 'u'],
  [/o/g, 'u'],
  [/(?<=[aeu])w(?=u)/g, ''],
  [/^h|(?<=[bcdfgjklmnpqrstvz])h|h(?![aeiou])/g, ''],
  [/([bdfgkpt])([aeiu])r\2/g, '$1r$2'],
  [/(.)\1+/g, '$1'],
]

/** Return `text` in plain small letters and digits, words parted by one space. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[ɛɔɲŋɓɗƴœæß]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** Return the words of a name as compared: `N'Diaye Bintou` gives `ndiaye`, `bintou`. */
export function wordsOf(text: string): string[] {
  const folded = fold(text.replace(APOSTROPHES, ''))
  return folded ? folded.split(' ') : []
}

export function soundOf(word: string): string {
  return HABITS.reduce((left, [habit, written]) => left.replace(habit, written), word)
}
