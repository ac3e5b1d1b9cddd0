/** The lists of this telephone, with what it added to them itself. */

import type { FormSource } from '@gwa/shared/src/form/contract.ts'
import { readCards } from '@gwa/shared/src/store/cards.ts'
import { mergeEntities, readCsv } from '@gwa/shared/src/store/csv.ts'
import type { Entity } from '@gwa/shared/src/store/entities.ts'
import { readCopy } from '@gwa/shared/src/store/interviews.ts'
import { readBytes, type Store } from '@gwa/shared/src/store/store.ts'
import type { Form } from '@gwa/shared/src/sync/protocol.ts'
import { readText } from '@gwa/shared/src/sync/work.ts'

export interface Place {
  readonly code: string
  readonly name: string
  /** The codes of what it lies in, by the name of the level. */
  readonly above: Readonly<Record<string, string>>
}

const TEXT = /\.(csv|xml|geojson)$/
const LEVELS = ['region', 'cercle', 'commune'] as const

export async function readSource(store: Store, form: Form): Promise<FormSource> {
  const entities = await readEntities(store)
  const files = new Map<string, string | Blob>()
  for (const { name, md5 } of form.files) {
    files.set(name, TEXT.test(name) ? merge(name, await readText(store, md5), entities) : await readBlob(store, md5))
  }
  return { xform: await readText(store, form.md5), files }
}

/** Read one list of a form, with what this telephone knows already. */
export async function readList(store: Store, form: Form, name: string): Promise<string> {
  const file = form.files.find((one) => one.name === name)
  return file ? merge(name, await readText(store, file.md5), await readEntities(store)) : ''
}

/** The villages, quarters and fractions of this telephone, by name. */
export async function readPlaces(store: Store, form: Form): Promise<Place[]> {
  const [titles = [], ...lines] = readCsv(await readList(store, form, 'zones.csv'))
  const at = (line: readonly string[], title: string): string => line[titles.indexOf(title)] ?? ''
  return lines
    .filter((line) => at(line, 'level') === 'settlement')
    .map((line) => ({
      code: at(line, 'name'), name: at(line, 'label'),
      above: Object.fromEntries(LEVELS.map((level) => [level, at(line, level)])),
    }))
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** What interviews finished here made or changed, and the server has not taken in yet. */
async function readEntities(store: Store): Promise<Entity[]> {
  const finished = (await readCards(store))
    .filter((card) => card.finishedAt > 0 && card.state !== 'done')
    .sort((one, other) => one.finishedAt - other.finishedAt)
  const copies = await Promise.all(finished.map((card) => readCopy(store, card.id)))
  return copies.flatMap((copy) => copy?.entities ?? [])
}

function merge(name: string, csv: string, entities: readonly Entity[]): string {
  return mergeEntities(csv, entities.filter((entity) => `${entity.dataset}.csv` === name))
}

async function readBlob(store: Store, md5: string): Promise<Blob> {
  const bytes = await readBytes(store, 'blobs', md5)
  if (!bytes) throw new Error('a file of a form is not on this telephone')
  return new Blob([bytes])
}
