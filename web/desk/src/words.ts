// Numbers as the rest of the desk writes them: 1 234 567,5.
const NARROW_SPACE = '\u202f'

export function writeNumber(value: number): string {
  const comma = document.documentElement.lang.startsWith('fr') ? ',' : '.'
  const [whole = '', part] = String(Math.round(value * 10) / 10).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE)
  return part ? grouped + comma + part : grouped
}
