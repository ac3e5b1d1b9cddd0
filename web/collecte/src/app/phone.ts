/** The telephone: who it is enrolled for, whether it is open, and what it then knows. */

import { sha256, utf8 } from '@gwa/shared/src/crypto/bytes.ts'
import { createVault, openVault, rebindVault, type ServerSecrets } from '@gwa/shared/src/crypto/vault.ts'
import { type Card, isHeldHere, readCards } from '@gwa/shared/src/store/cards.ts'
import { type Database, openDatabase, vaultShelf } from '@gwa/shared/src/store/database.ts'
import {
  acknowledgeWipe, type Enrolment, findWipe, keepEnrolment, noteHeld, readEnrolments, telephoneId, type Wipe,
} from '@gwa/shared/src/store/enrolments.ts'
import { readStorage, type StorageState } from '@gwa/shared/src/store/storage.ts'
import type { Store } from '@gwa/shared/src/store/store.ts'
import { type Form, type Hello, NO_WORK, type Work } from '@gwa/shared/src/sync/protocol.ts'
import { keepInContact, type Sync, type SyncState } from '@gwa/shared/src/sync/run.ts'
import { readSession, readWork, saveSession, type Session, sessionOf } from '@gwa/shared/src/sync/session.ts'
import { readForms } from '@gwa/shared/src/sync/work.ts'
import { chooseTongue, isTongue, isTongueChosen } from '@gwa/shared/src/words/tongue.ts'
import { shallowReactive, shallowRef } from 'vue'
import { heedZones } from './face.ts'
import { forgetWay } from './screens.ts'
import { openTraining } from './training.ts'
import { VERSION } from './version.ts'

export interface Opened {
  readonly enrolment: Enrolment
  readonly store: Store
  readonly session: Session
  /** Null in training: nothing of it is sent. */
  readonly sync: Sync | null
}

/** What the server gave to a telephone that has no PIN yet. */
export interface Greeted {
  readonly hello: Hello
  readonly token: string
  /** The same person's earlier enrolment on this telephone. */
  readonly known: Enrolment | null
}

interface Facts {
  work: Work
  forms: readonly Form[]
  cards: readonly Card[]
  storage: StorageState
  sync: SyncState
  /** How much of what leaves has left, from 0 to 1. */
  progress: number
}

const QUIET: SyncState = { isRunning: false, trouble: '', sentence: '', nextTryAt: null }

export const enrolments = shallowRef<readonly Enrolment[] | null>(null)
export const wipe = shallowRef<Wipe | null>(null)
export const greeted = shallowRef<Greeted | null>(null)
export const opened = shallowRef<Opened | null>(null)
/** What stands behind the training, to come back to. */
export const real = shallowRef<Opened | null>(null)
export const facts = shallowReactive<Facts>({
  work: NO_WORK, forms: [], cards: [], storage: { persisted: null, used: null, quota: null }, sync: QUIET, progress: 1,
})

export async function wakeUp(): Promise<void> {
  const found = await readEnrolments()
  wipe.value = findWipe(found)
  enrolments.value = found
}

export function understandWipe(): void {
  acknowledgeWipe(enrolments.value ?? [])
  wipe.value = null
}

export const telephone = () => ({ client_device_id: telephoneId(), app_version: VERSION })

export async function heedHello(hello: Hello, token: string): Promise<void> {
  const person = await fingerprint(hello.person.username)
  const { language } = hello.person
  if (!isTongueChosen() && isTongue(language)) chooseTongue(language)
  greeted.value = { hello, token, known: enrolments.value?.find((one) => one.person === person) ?? null }
}

/** Make a vault for a person who is new on this telephone. */
export async function enrol({ hello, token }: Greeted, pin: string): Promise<void> {
  const enrolment = await describe(hello, `gwa-${crypto.randomUUID()}`)
  const database = await openDatabase(enrolment.id)
  const key = await createVault(vaultShelf(database), pin, secretsOf(hello))
  await begin(enrolment, database, key, sessionOf(hello, token))
}

/** Give the earlier enrolment of the same person its new token; the PIN proves who it is. */
export async function enrolAgain({ hello, token }: Greeted, known: Enrolment, pin: string): Promise<void> {
  const enrolment = { ...(await describe(hello, known.id)), madeAt: known.madeAt }
  const database = await openDatabase(known.id)
  const key = await rebindVault(vaultShelf(database), pin, secretsOf(hello))
  await begin(enrolment, database, key, sessionOf(hello, token))
}

async function begin(enrolment: Enrolment, database: Database, key: CryptoKey, session: Session): Promise<void> {
  await saveSession({ database, key }, session)
  await keepEnrolment(enrolment)
  enrolments.value = await readEnrolments()
  greeted.value = null
  history.replaceState(history.state, '', location.pathname)
  await show(enrolment, { database, key })
}

/** Open the telephone with a PIN; raises `VaultClosed`. */
export async function unlock(enrolment: Enrolment, pin: string): Promise<void> {
  const database = await openDatabase(enrolment.id)
  await show(enrolment, { database, key: await openVault(vaultShelf(database), pin) })
}

async function show(enrolment: Enrolment, store: Store): Promise<void> {
  const session = await readSession(store)
  if (!session) throw new Error('an enrolment without what the server said')
  opened.value = { enrolment, store, session, sync: null }
  await refresh()
  const sync = keepInContact(store, VERSION, (state) => (facts.sync = state), () => void refresh())
  if (opened.value?.store === store) opened.value = { ...opened.value, sync }
  else sync.stop()
}

/** Forget the key: what is stored is closed again. What is being written under it still ends. */
export function lock(): void {
  for (const one of [opened.value, real.value]) one?.sync?.stop()
  opened.value = real.value = null
  Object.assign(facts, { work: NO_WORK, forms: [], cards: [], sync: QUIET })
  forgetWay()
}

/** Read again what the pages show. */
export async function refresh(): Promise<void> {
  const here = opened.value
  if (!here) return
  const { store } = here
  const [session, fetched, forms, cards, storage, letters] = await Promise.all([
    readSession(store), readWork(store), readForms(store), readCards(store), readStorage(),
    store.database.getAll('letters'),
  ])
  if (opened.value?.store !== store) return
  if (session) opened.value = { ...opened.value, session }
  const waiting = letters.filter((letter) => letter.state === 'waiting')
  const all = waiting.reduce((sum, letter) => sum + letter.size, 0)
  const gone = waiting.reduce((sum, letter) => sum + letter.received, 0)
  Object.assign(facts, { work: fetched.work, forms, cards, storage, progress: all > 0 ? gone / all : 1 })
  if (isTraining()) return
  noteHeld(cards.filter(isHeldHere).length)
  heedZones(here.enrolment.id, fetched.work.zones)
}

export function isTraining(): boolean {
  return real.value !== null
}

/** The same application on an invented village, in a store of its own that nothing leaves. */
export async function enterTraining(): Promise<void> {
  const here = opened.value
  if (!here || isTraining()) return
  const store = await openTraining(here.store, here.session)
  forgetWay()
  real.value = here
  opened.value = { ...here, store, sync: null }
  await refresh()
}

export async function leaveTraining(): Promise<void> {
  opened.value?.store.database.close()
  opened.value = real.value
  real.value = null
  forgetWay()
  await refresh()
}

async function describe({ person, knock }: Hello, id: string): Promise<Enrolment> {
  const initials = person.name.split(/\s+/).map((word) => word.charAt(0)).join('').toUpperCase().slice(0, 3)
  return { id, person: await fingerprint(person.username), initials, knock, madeAt: Date.now() }
}

const fingerprint = async (username: string): Promise<string> => (await sha256(utf8(username))).slice(0, 16)

const secretsOf = (hello: Hello): ServerSecrets => ({
  deviceSecret: hello.device_secret, challengeSecret: hello.unlock_key, unlockSerial: hello.unlock_serial,
})
