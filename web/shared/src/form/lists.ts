/** The list of persons, cut to the households of this interview: the engine goes through a list from its
 * beginning for each question that reads it, and a commune has ten thousand people. */

const KEY = 'household_id'

/** The question whose answer says whose persons a form reads: `…/item[household_id = /data/known_id ]`. */
const READ_BY = new RegExp(`\\[\\s*${KEY}\\s*=\\s*(/[\\w./-]+)\\s*\\]`, 'g')

export function keysRead(xform: string): string[] {
  return [...new Set([...xform.matchAll(READ_BY)].map(([, path]) => path ?? ''))]
}

/** Keep the rows of these households; a list that names no household stays whole. Sixty thousand rows are gone through
 * where they stand: to part them first takes ten times as long. */
export function cutToHouseholds(csv: string, households: ReadonlySet<string>): string {
  const end = endOfLine(csv, 0)
  const at = csv.slice(0, end).split(',').map((name) => name.trim()).indexOf(KEY)
  if (at < 0) return csv
  const kept = [csv.slice(0, end)]
  let quote = csv.indexOf('"', end)
  for (let from = end + 1, to = end; from < csv.length && households.size > 0; from = to + 1) {
    to = endOfLine(csv, from)
    if (quote >= 0 && quote < from) quote = csv.indexOf('"', from)
    const isQuoted = quote >= 0 && quote < to
    if (households.has(isQuoted ? quotedCell(csv.slice(from, to), at) : cell(csv, from, to, at))) kept.push(csv.slice(from, to))
  }
  return kept.join('\n')
}

function endOfLine(csv: string, from: number): number {
  const end = csv.indexOf('\n', from)
  return end < 0 ? csv.length : end
}

/** One cell of the line that stands there. */
function cell(csv: string, from: number, to: number, at: number): string {
  let start = from
  for (let left = at; left > 0; left -= 1) {
    start = csv.indexOf(',', start) + 1
    if (start === 0 || start > to) return ''
  }
  const comma = csv.indexOf(',', start)
  return csv.slice(start, comma < 0 || comma > to ? to : comma).trim()
}

/** A comma inside quotes parts nothing. */
function quotedCell(line: string, at: number): string {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []
  return (cells[at] ?? '').replace(/,$/, '').replace(/^"|"$/g, '').trim()
}

/** Every value that an instance holds, between its marks. */
export function valuesIn(xml: string): Set<string> {
  return new Set([...xml.matchAll(/>([^<]+)</g)].map(([, value]) => (value ?? '').trim()))
}
