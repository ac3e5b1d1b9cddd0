const SPOKEN: Readonly<Record<string, string>> = { ɛ: 'e', ɔ: 'o', ɲ: 'ny', ŋ: 'n', œ: 'oe', æ: 'ae' }

/** Letters as a hurried hand types them: no accents, no capitals. */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[ɛɔɲŋœæ]/g, (sign) => SPOKEN[sign] ?? sign).trim()
}
