/** The lists that go with a form: CSV as the server writes it, and what this telephone adds to it. */

import type { Entity } from './entities.ts'

export type Line = readonly string[]

/** Read CSV: quotes double inside quotes, a quoted value may hold commas and line ends. */
export function* readCsv(text: string): Generator<Line> {
  let at = 0
  while (at < text.length) {
    const line: string[] = []
    for (;;) {
      const [value, next] = text[at] === '"' ? readQuoted(text, at + 1) : readPlain(text, at)
      line.push(value)
      at = next + 1
      if (text[next] !== ',') {
        if (text[next] === '\r') at += 1
        break
      }
    }
    yield line
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
 *  the list is then newer than what was read here. */
export function mergeEntities(csv: string, entities: readonly Entity[]): string {
  if (entities.length === 0) return csv
  const [titles = [], ...lines] = readCsv(csv)
  const columns = [...titles]
  for (const title of ['__trunkVersion', '__branchId']) if (!columns.includes(title)) columns.push(title)
  const rows = new Map(lines.map((line) => [line[titles.indexOf('name')] ?? '', asRecord(titles, line)]))
  for (const entity of entities) {
    const known = rows.get(entity.id)
    const isOver = known ? known['__version'] !== entity.base && !known['__branchId'] : !entity.isNew
    if (!isOver) rows.set(entity.id, merge(known, entity))
  }
  return writeCsv([columns, ...[...rows.values()].map((row) => columns.map((column) => row[column] ?? ''))])
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
