/** The list of persons, cut to the households of this interview: the engine goes through a list from its
 * beginning for each question that reads it, and a commune has ten thousand people. */

const KEY = 'household_id'

/** The question whose answer says whose persons a form reads: `…/item[household_id = /data/known_id ]`. */
const READ_BY = new RegExp(`\\[\\s*${KEY}\\s*=\\s*(/[\\w./-]+)\\s*\\]`, 'g')

export function keysRead(xform: string): string[] {
  return [...new Set([...xform.matchAll(READ_BY)].map(([, path]) => path ?? ''))]
}

/** Keep the rows of these households; a list that names no household stays whole. */
export function cutToHouseholds(csv: string, households: ReadonlySet<string>): string {
  const lines = csv.split('\n')
  const at = (lines[0] ?? '').split(',').map((name) => name.trim()).indexOf(KEY)
  if (at < 0) return csv
  return lines.filter((line, place) => place === 0 || households.has(cell(line, at))).join('\n')
}

/** One cell of a line; a comma inside quotes parts nothing. */
function cell(line: string, at: number): string {
  if (!line.includes('"')) return line.split(',')[at]?.trim() ?? ''
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []
  return (cells[at] ?? '').replace(/,$/, '').replace(/^"|"$/g, '').trim()
}

/** Every value that an instance holds, between its marks. */
export function valuesIn(xml: string): Set<string> {
  return new Set([...xml.matchAll(/>([^<]+)</g)].map(([, value]) => (value ?? '').trim()))
}
