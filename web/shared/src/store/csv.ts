/** The lists that go with a form: CSV as the server writes it, and what this telephone adds to it. */

import type { Entity } from './entities.ts'

export type Line = readonly string[]

/** Read CSV: quotes double inside quotes, a quoted value may hold commas and line ends. */
export function* readCsv(text: string): Generator<Line> {
  for (let at = 0; at < text.length; ) {
    const [line, next] = readLine(text, at)
    yield line
    at = next
  }
}

/** Call `visit` with these columns of each line, in this order. Lines without a quote, nearly all of sixty thousand,
 *  are not taken apart. */
export function visitColumns(text: string, wanted: readonly string[], visit: (cells: readonly string[]) => void): void {
  const [titles, start] = readLine(text, 0)
  const places = wanted.map((title) => titles.indexOf(title))
  const last = Math.max(...places)
  const at = new Int32Array(last + 2)
  let quote = text.indexOf('"', start)
  for (let from = start; from < text.length; ) {
    const end = endOfLine(text, from)
    if (quote >= 0 && quote < from) quote = text.indexOf('"', from)
    if (quote >= 0 && quote < end) {
      const [line, next] = readLine(text, from)
      visit(places.map((place) => line[place] ?? ''))
      from = next
      continue
    }
    const bound = text[end - 1] === '\r' ? end - 1 : end
    at[0] = from
    for (let place = 0; place <= last; place += 1) {
      const comma = at[place]! > bound ? -1 : text.indexOf(',', at[place])
      at[place + 1] = (comma < 0 || comma > bound ? bound : comma) + 1
    }
    visit(places.map((place) => (place < 0 ? '' : text.slice(at[place], at[place + 1]! - 1))))
    from = end + 1
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** The line that stands at a place, and where the next one does. */
function readLine(text: string, from: number): [string[], number] {
  const line: string[] = []
  for (let at = from; ; ) {
    const [value, next] = text[at] === '"' ? readQuoted(text, at + 1) : readPlain(text, at)
    line.push(value)
    at = next + 1
    if (text[next] === ',') continue
    return [line, text[next] === '\r' ? at + 1 : at]
  }
}

function readPlain(text: string, from: number): [string, number] {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at += 1
  return [text.slice(from, at), at]
}

function readQuoted(text: string, from: number): [string, number] {
  let at = from
  let value = ''
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return [value + text.slice(at), text.length]
    value += text.slice(at, end)
    if (text[end + 1] !== '"') return [value, end + 1]
    value += '"'
    at = end + 2
  }
}

export function writeCsv(lines: Iterable<Line>): string {
  let text = ''
  for (const line of lines) text += `${line.map(quote).join(',')}\n`
  return text
}

const quote = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** Put what this telephone knows already into a list. An entity that the server has changed since is left alone:
 *  the list is then newer than what was read here. Lines of others are copied as they stand. */
export function mergeEntities(csv: string, entities: readonly Entity[]): string {
  if (entities.length === 0) return csv
  const [titles, start] = readLine(csv, 0)
  const columns = [...titles, ...['__trunkVersion', '__branchId'].filter((title) => !titles.includes(title))]
  const concerned = new Set(entities.map((entity) => entity.id))
  const rows = new Map<string, Record<string, string> | undefined>()
  const parts: (string | { readonly id: string })[] = [writeCsv([columns])]
  const more = ','.repeat(columns.length - titles.length)
  const name = titles.indexOf('name')
  for (let from = start; from < csv.length; ) {
    const end = endOfLine(csv, from)
    const text = csv.slice(from, end)
    const isPlain = !text.includes('"')
    const [line, next] = isPlain && name === 0 ? [[text.slice(0, text.indexOf(','))], end + 1] : readLine(csv, from)
    const id = line[name] ?? ''
    if (concerned.has(id)) {
      rows.set(id, asRecord(titles, readLine(csv, from)[0]))
      parts.push({ id })
    } else parts.push(`${csv.slice(from, next).replace(/\r?\n$/, '')}${more}\n`)
    from = next
  }
  for (const entity of entities) {
    const known = rows.get(entity.id)
    const isOver = known ? known['__version'] !== entity.base && !known['__branchId'] : !entity.isNew
    if (isOver) continue
    if (!known) parts.push({ id: entity.id })
    rows.set(entity.id, merge(known, entity))
  }
  const write = (id: string): string => writeCsv([columns.map((column) => rows.get(id)?.[column] ?? '')])
  return parts.map((part) => (typeof part === 'string' ? part : write(part.id))).join('')
}

function merge(known: Readonly<Record<string, string>> | undefined, entity: Entity): Record<string, string> {
  const version = Number(known?.['__version'] ?? 0) + 1
  return {
    ...known, ...entity.values,
    name: entity.id,
    label: entity.label || known?.['label'] || '',
    __version: String(version),
    __trunkVersion: known?.['__trunkVersion'] || known?.['__version'] || '',
    __branchId: known?.['__branchId'] || entity.branch,
  }
}

function asRecord(titles: Line, line: Line): Record<string, string> {
  return Object.fromEntries(titles.map((title, place) => [title, line[place] ?? '']))
}
