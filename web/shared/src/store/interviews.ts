/** Where an interview is kept on the telephone: each answer at once, the whole of it sealed at the end. */

import { sha256 } from '../crypto/bytes.ts'
import { type Kind, readHeader, type SealKey, sealEnvelope } from '../crypto/envelope.ts'
import type { Draft, Keeper } from '../form/contract.ts'
import { AUDIT, writeAudit } from './audit.ts'
import { type Card, changeCard, readCards } from './cards.ts'
import type { Letter } from './database.ts'
import { type Entity, entitiesOf } from './entities.ts'
import { labelOf, readInstanceId } from './instances.ts'
import { type Change, prepare, read, readBytes, type Store, write } from './store.ts'

/** The answers of an interview, as they are now or as they were finished. */
export interface Copy extends Draft {
  readonly isFinished: boolean
  readonly files: readonly string[]
  /** The households and persons that it makes or changes, for the lists of this telephone. */
  readonly entities: readonly Entity[]
}

export function readCopy(store: Store, id: string): Promise<Copy | undefined> {
  return read<Copy>(store, 'copies', id)
}

/** Keep one interview, which `card` begins; `told` hears of each change of the card. */
export function keeperOf(
  store: Store, card: Card, xform: string, keys: () => readonly SealKey[], told: (card: Card) => void,
): Keeper {
  async function change(how: (before: Card) => Card, changes: readonly Change[]): Promise<void> {
    const after = await changeCard(store, card.id, how, changes, card)
    if (after) told(after)
  }

  return {
    async saveDraft(draft) {
      const copy: Copy = { ...draft, isFinished: false, files: [], entities: [] }
      const kept = await prepare(store, 'copies', card.id, copy)
      await change((before) => ({ ...before, ...aboutOf(before, draft.xml), changedAt: laterThan(before.changedAt) }), [kept])
    },
    async putFile(name, content) {
      await write(store, [await prepare(store, 'files', fileId(card.id, name), await content.arrayBuffer(), card.id)])
    },
    async getFile(name) {
      const bytes = await readBytes(store, 'files', fileId(card.id, name))
      return bytes ? new Blob([bytes], { type: typeOf(name) }) : null
    },
    async finish(xml, files, events) {
      const entities = entitiesOf(xform, xml)
      const about = { ...aboutOf(card, xml), registryNumber: numberOf(entities) || card.registryNumber }
      const changes = await sealFinished(store, { ...card, ...about }, { xml, files, events }, keys())
      if (card.isRestricted) changes.push(...(await forget(store, card.id)))
      else {
        const copy: Copy = { xml, position: '', language: '', events, isFinished: true, files, entities }
        changes.push(await prepare(store, 'copies', card.id, copy))
      }
      const finishedAt = Date.now()
      await change((before) => ({ ...before, ...about, state: 'waiting', changedAt: laterThan(before.changedAt), finishedAt }), changes)
    },
  }
}

/** Seal the words of an interview, then each of its files, then its log; what was sealed of the draft is not needed any
 *  more. */
async function sealFinished(
  store: Store, card: Card, { xml, files, events }: Pick<Copy, 'xml' | 'files' | 'events'>, keys: readonly SealKey[],
): Promise<Change[]> {
  const changes = await forgetLetters(store, card.id, (letter) => letter.kind === 'draft')
  changes.push(...(await makeLetter(card, 'interview', '', new Blob([xml]), keys)))
  for (const name of files) {
    const bytes = await readBytes(store, 'files', fileId(card.id, name))
    if (bytes) changes.push(...(await makeLetter(card, 'file', name, new Blob([bytes]), keys)))
  }
  if (events.length > 0) changes.push(...(await makeLetter(card, 'file', AUDIT, new Blob([writeAudit(events)]), keys)))
  return changes
}

/** Seal a draft as it is now, in the place of its last copy. */
export async function sealDraft(store: Store, card: Card, keys: readonly SealKey[]): Promise<void> {
  const copy = await readCopy(store, card.id)
  if (!copy || !card.instanceId) return
  const former = await forgetLetters(store, card.id, (letter) => letter.kind === 'draft')
  await write(store, [...former, ...(await makeLetter(card, 'draft', '', new Blob([copy.xml]), keys, card.changedAt))])
}

async function makeLetter(
  card: Card, kind: Kind, name: string, content: Blob, keys: readonly SealKey[], madeAt = Date.now(),
): Promise<Change[]> {
  const contents = { kind, id: card.instanceId, name, madeAt: new Date(madeAt), content }
  const envelope = await sealEnvelope(contents, keys.slice(0, 1))
  const letter: Letter = {
    id: envelope.sha256, parent: card.id, kind, size: envelope.bytes.length,
    contentSha256: await sha256(await content.arrayBuffer()),
    madeAt, state: 'waiting', received: 0, tries: 0, notBefore: 0, refusal: '',
  }
  return [
    { table: 'letters', row: letter },
    { table: 'envelopes', row: { id: letter.id, parent: card.id, bytes: envelope.bytes.buffer } },
  ]
}

/** Seal again an interview that the server has lost. False where nothing readable is left to seal. */
export async function sealAgain(store: Store, card: Card, keys: readonly SealKey[]): Promise<boolean> {
  const copy = await readCopy(store, card.id)
  if (!copy?.isFinished) return false
  await write(store, await sealFinished(store, card, copy, keys))
  return true
}

/** Seal anew a part that has not arrived: the key that it was sealed to may be lost. Nothing where no readable copy is left. */
export async function sealAnew(store: Store, card: Card, letter: Letter, keys: readonly SealKey[]): Promise<Change[]> {
  const copy = await readCopy(store, card.id)
  const envelope = await store.database.get('envelopes', letter.id)
  if (!copy?.isFinished || !envelope) return []
  const { name } = readHeader(new Uint8Array(envelope.bytes))
  const content = await contentOf(store, card, copy, name)
  if (!content) return []
  const former = await forgetLetters(store, card.id, (one) => one.id === letter.id)
  return [...former, ...(await makeLetter(card, letter.kind, name, new Blob([content]), keys))]
}

/** What a letter of a finished interview holds, by the name of its file; its words have none. */
async function contentOf(store: Store, card: Card, copy: Copy, name: string): Promise<BlobPart | undefined> {
  if (name === '') return copy.xml
  return name === AUDIT ? writeAudit(copy.events) : readBytes(store, 'files', fileId(card.id, name))
}

/** Give the photos of an interview to the one that corrects it. */
export async function copyFiles(store: Store, from: string, to: string, names: readonly string[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const name of names) {
    const bytes = await readBytes(store, 'files', fileId(from, name))
    if (bytes) changes.push(await prepare(store, 'files', fileId(to, name), bytes, to))
  }
  return changes
}

/** What removes the readable copy of an interview: its answers and its photos, never an envelope. */
export async function forget(store: Store, id: string): Promise<Change[]> {
  const files = await store.database.getAllKeysFromIndex('files', 'parent', id)
  return [{ table: 'copies', remove: id }, ...files.map((remove): Change => ({ table: 'files', remove }))]
}

export async function forgetLetters(
  store: Store, id: string, which: (letter: Letter) => boolean,
): Promise<Change[]> {
  const letters = await store.database.getAllFromIndex('letters', 'parent', id)
  return letters.filter(which).flatMap((letter): Change[] => [
    { table: 'letters', remove: letter.id },
    { table: 'envelopes', remove: letter.id },
  ])
}

/** The last interview that was finished with a form, for the answers that the next one begins with. */
export async function lastFinished(store: Store, code: string): Promise<string | undefined> {
  const cards = (await readCards(store)).filter((card) => card.form.code === code && card.finishedAt > 0)
  const last = cards.sort((one, other) => other.finishedAt - one.finishedAt)[0]
  return last && (await readCopy(store, last.id))?.xml
}

/** The moment of a change, after that of the change before whatever a clock that is set says. */
function laterThan(before: number): number {
  return Math.max(Date.now(), before + 1)
}

function aboutOf(card: Card, xml: string): Pick<Card, 'instanceId' | 'label'> {
  return { instanceId: readInstanceId(xml) || card.instanceId, label: labelOf(xml) || card.label }
}

/** The number on the card that was left with a new household. */
function numberOf(entities: readonly Entity[]): string {
  return entities.find((entity) => entity.dataset === 'menages')?.values['registry_number'] ?? ''
}

export const fileId = (card: string, name: string): string => JSON.stringify([card, name])

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg' }

const typeOf = (name: string): string => TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? ''
