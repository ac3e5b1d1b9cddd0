/** The lists of this telephone, with what it added to them itself. */

import type { Former, FormSource } from '@gwa/shared/src/form/contract.ts'
import type { Household } from '@gwa/shared/src/search/households.ts'
import { readCards } from '@gwa/shared/src/store/cards.ts'
import { mergeEntities, visitColumns } from '@gwa/shared/src/store/csv.ts'
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

/** What was read last, for as long as the telephone is open. */
const kept = new WeakMap<Store, { readonly name: string; readonly source: FormSource }>()

/** Read a form and its files; the same ones for the next interview, unless something of them changed. */
export async function readSource(store: Store, form: Form): Promise<FormSource> {
  const entities = await readEntities(store)
  const name = JSON.stringify([form.md5, form.files, entities])
  const known = kept.get(store)
  if (known?.name === name) return known.source
  const source = await readFiles(store, form, entities)
  kept.set(store, { name, source })
  return source
}

async function readFiles(store: Store, form: Form, entities: readonly Entity[]): Promise<FormSource> {
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

/** What is searched, with the name of this state of it; null where that is the one `known` already. */
export async function readSearched(store: Store, form: Form, known: string) {
  const entities = await readEntities(store)
  const files = ['menages.csv', 'personnes.csv'].map((name) => form.files.find((one) => one.name === name))
  const name = JSON.stringify([files.map((file) => file?.md5), entities])
  if (name === known) return null
  const [menages, personnes] = await Promise.all(files.map(async (file) => ({
    bytes: (file && (await readBytes(store, 'blobs', file.md5))) ?? new ArrayBuffer(0),
    entities: entities.filter((entity) => `${entity.dataset}.csv` === file?.name),
  })))
  return menages && personnes ? { name, menages, personnes } : null
}

interface ToldBefore {
  readonly version: string
  readonly asked_on: string
  readonly answers: Former['answers']
  readonly members: Former['members']
}

/** What a household answered before, where its village is this person's work. Nothing where the list is of another
 *  moment: what changed in between would be undone. */
export async function readFormer(store: Store, form: Form, place: Place | null, known: Household): Promise<Former | undefined> {
  const around = place ? [place.code, ...Object.values(place.above)] : []
  for (const { zone, md5 } of form.former ?? []) {
    const bytes = around.includes(zone) ? await readBytes(store, 'blobs', md5) : undefined
    if (!bytes) continue
    const told = (JSON.parse(new TextDecoder().decode(bytes)) as Record<string, ToldBefore>)[known.id]
    if (told?.version !== known.version) continue
    return { household: known.id, askedOn: told.asked_on, answers: told.answers, members: told.members }
  }
  return undefined
}

/** The villages, quarters and fractions of this telephone, by name. */
export async function readPlaces(store: Store, form: Form): Promise<Place[]> {
  const places: Place[] = []
  visitColumns(await readList(store, form, 'zones.csv'), ['level', 'name', 'label', ...LEVELS], ([level, code = '', name = '', ...above]) => {
    if (level !== 'settlement') return
    places.push({ code, name, above: Object.fromEntries(LEVELS.map((one, place) => [one, above[place] ?? ''])) })
  })
  const { compare } = new Intl.Collator('fr')
  return places.sort((one, other) => compare(one.name, other.name))
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
