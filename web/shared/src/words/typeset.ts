/** Spaces and apostrophes as a printer sets them, by the same rules as the server's (`gwa/common/typography.py`):
 *  texts are written with ordinary ones. In French a sign never begins a line without its word. */

const ENDS = '(?=[\\s<)»”,.…]|$)'
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<=[\p{L}])'(?=[\p{L}\d«])/gu, '’'],
  [new RegExp(` (?=[;!?]+${ENDS})`, 'g'), '\u202f'],
  [new RegExp(` (?=:${ENDS})`, 'g'), '\u00a0'],
  [/(?<=«) | (?=»)/g, '\u00a0'],
  [/(?<=n°) /g, '\u00a0'],
]

/** No other language of ours has a space before these signs: nothing of theirs changes. */
export function typeset(text: string): string {
  return RULES.reduce((set, [place, sign]) => set.replace(place, sign), text)
}

/** A text of the form as it is shown; nothing where it has none. */
export function said(text: { readonly asString: string } | null | undefined): string {
  return text ? typeset(text.asString) : ''
}

/** The same for a catalogue: its sentences, and what its functions say. */
export function typesetAll<Catalogue>(words: Catalogue): Catalogue {
  return setAny(words) as Catalogue
}

function setAny(words: unknown): unknown {
  if (typeof words === 'string') return typeset(words)
  if (typeof words === 'function') return (...told: unknown[]) => setAny(words(...told))
  if (Array.isArray(words)) return words.map(setAny)
  if (words === null || typeof words !== 'object') return words
  return Object.fromEntries(Object.entries(words).map(([name, said]) => [name, setAny(said)]))
}
