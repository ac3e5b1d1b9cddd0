/** What is to do, and the forms and lists it is done with: fetched when they changed, kept as long as needed. */

import { readCards } from '../store/cards.ts'
import { fileId } from '../store/interviews.ts'
import { read, readBytes, save, type Store, write } from '../store/store.ts'
import { Broken, knockAt, readJson, refusalOf, Refused, whole } from './door.ts'
import { dropAccepted } from './outbox.ts'
import type { Form, Returned, Work } from './protocol.ts'
import { type Fetched, readWork, saveWork, type Session } from './session.ts'

const OVER = new Set(['accepted', 'replaced'])
const REMEMBERED_MS = 120 * 86_400_000

/** The forms that are whole on this telephone: one stays until its next version is whole too. */
export async function readForms(store: Store): Promise<readonly Form[]> {
  return (await read<readonly Form[]>(store, 'facts', 'forms')) ?? []
}

/** Fetch the work where it changed, then what it needs. */
export async function fetchWork(store: Store, session: Session, etag: string): Promise<void> {
  let fetched = await readWork(store)
  if (etag !== fetched.etag) {
    const answer = await knockAt('work', { token: session.token, etag: fetched.etag })
    if (answer.status !== 304) {
      const told = await readJson(answer)
      if (!answer.ok) throw refusalOf(answer, told)
      // The tag that the contact told, not this answer's: what changed in between is then fetched next time.
      fetched = { etag, at: Date.now(), work: told as Work }
      await saveWork(store, fetched)
    }
  }
  await fetchForms(store, session, fetched)
  await heedFates(store, fetched.work)
  await dropUnused(store, fetched.work)
  for (const one of fetched.work.returns) {
    await readReturned(store, session, one).catch(unlessRefused)
    await fetchPhotos(store, session, one)
  }
}

async function fetchForms(store: Store, session: Session, { work }: Fetched): Promise<void> {
  for (const form of work.forms) {
    for (const { md5, url } of [form, ...form.files, ...(form.former ?? [])]) {
      if ((await store.database.getKey('blobs', md5)) === undefined) await fetchBlob(store, session, md5, url)
    }
    const others = (await readForms(store)).filter((one) => one.code !== form.code)
    await save(store, 'facts', 'forms', [...others, form])
  }
  const codes = new Set(work.forms.map((form) => form.code))
  await save(store, 'facts', 'forms', (await readForms(store)).filter((form) => codes.has(form.code)))
}

async function fetchBlob(store: Store, session: Session, md5: string, url: string): Promise<void> {
  const answer = await knockAt(url, { token: session.token })
  if (!answer.ok) throw new Broken(`${answer.status} ${url}`)
  await save(store, 'blobs', md5, await whole(answer.arrayBuffer()))
}

/** The words of an interview that was sent back: fetched at once, so that it can be mended without network. */
export async function readReturned(store: Store, session: Session, returned: Returned): Promise<string> {
  const name = nameOf(returned)
  const kept = await read<{ xml: string }>(store, 'facts', name)
  if (kept) return kept.xml
  const answer = await knockAt(returned.xml_url, { token: session.token })
  if (!answer.ok) throw refusalOf(answer, null)
  const xml = await whole(answer.text())
  await save(store, 'facts', name, { xml })
  return xml
}

/** Its photos, where the telephone's own went when it was accepted. */
async function fetchPhotos(store: Store, session: Session, returned: Returned): Promise<void> {
  const isHere = (await readCards(store)).some((card) => card.instanceId === returned.instance_id && card.state !== 'done')
  for (const { name, url } of isHere ? [] : (returned.files ?? [])) {
    const id = fileId(nameOf(returned), name)
    if ((await store.database.getKey('files', id)) !== undefined) continue
    const answer = await knockAt(url, { token: session.token })
    if (answer.ok) await save(store, 'files', id, await answer.arrayBuffer(), nameOf(returned))
  }
}

/** What an interview that was sent back is kept under. */
export const nameOf = ({ id }: Returned): string => `returned-${id}`

/** One that the server no longer gives back must not keep the rest from coming. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}

/** What became of the interviews sent: the telephone's copy of what is over goes. */
async function heedFates(store: Store, work: Work): Promise<void> {
  const over = new Set(work.interviews.filter((one) => OVER.has(one.state)).map((one) => one.instance_id))
  const cards = await readCards(store)
  for (const card of cards.filter((one) => one.state === 'sent' && over.has(one.instanceId))) {
    await dropAccepted(store, card)
  }
}

/** Drop forms and lists that neither the work nor an interview on this telephone needs, and what is long over. */
async function dropUnused(store: Store, { forms, returns }: Work): Promise<void> {
  const all = await readCards(store)
  const cards = all.filter((card) => card.state !== 'done')
  const needed = new Set<string>()
  for (const form of [...forms, ...(await readForms(store)), ...cards.map((card) => card.form)]) {
    for (const { md5 } of [form, ...form.files, ...(form.former ?? [])]) needed.add(md5)
  }
  const kept = await store.database.getAllKeys('blobs')
  const told = new Set(returns.map(nameOf))
  const facts = (await store.database.getAllKeys('facts')).filter((name) => name.startsWith('returned-') && !told.has(name))
  const old = all.filter((card) => card.state === 'done' && Date.now() - card.finishedAt > REMEMBERED_MS)
  const photos = await Promise.all(facts.map((name) => store.database.getAllKeysFromIndex('files', 'parent', name)))
  await write(store, [
    ...photos.flat().map((remove) => ({ table: 'files', remove }) as const),
    ...kept.filter((md5) => !needed.has(md5)).map((remove) => ({ table: 'blobs', remove }) as const),
    ...facts.map((remove) => ({ table: 'facts', remove }) as const),
    ...old.map((card) => ({ table: 'cards', remove: card.id }) as const),
  ])
}

export async function readText(store: Store, md5: string): Promise<string> {
  const bytes = await readBytes(store, 'blobs', md5)
  if (!bytes) throw new Error('a form or a list is not on this telephone')
  return new TextDecoder().decode(bytes)
}
