/** When the telephone speaks with its server: on opening, when the network comes back, on the button, and again after
 *  a failure for as long as something waits. */

import { isHeldHere, readCards } from '../store/cards.ts'
import { vaultShelf } from '../store/database.ts'
import { heedServer } from '../crypto/vault.ts'
import { isDiskFull } from '../store/reserve.ts'
import { readStorage, unlessFull } from '../store/storage.ts'
import type { Store } from '../store/store.ts'
import { waitAfter } from './backoff.ts'
import { call, Refused, Unreachable } from './door.ts'
import { nextTryAt } from './letters.ts'
import { askReceipts, copyDrafts, sendAll } from './outbox.ts'
import type { Contact } from './protocol.ts'
import { readSession, saveSession, type Session } from './session.ts'
import { fetchWork } from './work.ts'

export type Trouble = '' | 'unreachable' | 'broken' | 'unknown' | 'revoked' | 'refused' | 'full'

export interface SyncState {
  readonly isRunning: boolean
  readonly trouble: Trouble
  /** The server's own words, where it said no. */
  readonly sentence: string
  readonly nextTryAt: number | null
}

export interface Sync {
  /** Speak with the server now. */
  now(): Promise<void>
  stop(): void
}

const QUIET: SyncState = { isRunning: false, trouble: '', sentence: '', nextTryAt: null }

/** Keep a telephone in contact. `told` hears how it goes, `changed` that something on the telephone changed. */
export function keepInContact(
  store: Store, version: string, told: (state: SyncState) => void, changed: () => void,
): Sync {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isStopped = false
  let running: Promise<void> | null = null

  function plan(at: number): void {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void start(false), Math.max(0, at - Date.now()))
  }

  function start(isUrgent: boolean): Promise<void> {
    running ??= speak(isUrgent).finally(() => (running = null))
    return running
  }

  async function speak(isUrgent: boolean): Promise<void> {
    clearTimeout(timer)
    if (isStopped) return
    told({ ...QUIET, isRunning: true })
    let state = QUIET
    try {
      // Another tab may be at it.
      const name = `gwa-sync-${store.database.name}`
      await navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && speakOnce(store, version, isUrgent, changed))
      failures = 0
    } catch (error) {
      state = { ...QUIET, ...troubleOf(error) }
    }
    if (isStopped) return
    const waiting = nextTryAt(await store.database.getAll('letters'), Date.now())
    const at = state.trouble ? Date.now() + waitAfter(failures++) : waiting === null ? null : Math.max(waiting, Date.now() + 1000)
    if (at !== null) plan(at)
    told({ ...state, nextTryAt: at })
    changed()
  }

  const onBack = (): void => {
    if (document.visibilityState === 'visible') void start(true)
  }
  window.addEventListener('online', onBack)
  document.addEventListener('visibilitychange', onBack)
  void start(true)

  return {
    now: () => start(true),
    stop() {
      isStopped = true
      clearTimeout(timer)
      window.removeEventListener('online', onBack)
      document.removeEventListener('visibilitychange', onBack)
    },
  }
}

/** Say how this telephone stands, send what waits, then fetch what changed. */
async function speakOnce(store: Store, version: string, isUrgent: boolean, changed: () => void): Promise<void> {
  const before = await readSession(store)
  if (!before) return
  const { session, contact } = await makeContact(store, before, version)
  changed()
  if (session.state === 'active') await unlessFull(copyDrafts(store, session))
  const broken = await sendAll(store, session, isUrgent, changed)
  await askReceipts(store, session)
  if (session.state === 'active') await fetchWork(store, session, contact.work_etag)
  if (broken) throw broken
}

async function makeContact(
  store: Store, before: Session, version: string,
): Promise<{ session: Session; contact: Contact }> {
  const contact = await call<Contact>('contact', {
    method: 'POST', token: before.token, json: await describe(store, version),
  })
  await heedServer(vaultShelf(store.database), contact.unlock_serial)
  const session: Session = {
    ...before,
    sealKeys: contact.seal_keys, maxOfflineDays: contact.max_offline_days, state: contact.state,
    serverTime: Date.parse(contact.server_time), contactAt: Date.now(),
  }
  await unlessFull(saveSession(store, session))
  return { session, contact }
}

async function describe(store: Store, version: string): Promise<object> {
  const held = (await readCards(store)).filter(isHeldHere)
  const drafts = held.filter((card) => card.state === 'draft')
  const oldest = Math.min(...held.map((card) => card.startedAt))
  const vault = await vaultShelf(store.database).read()
  return {
    app_version: version,
    clock: new Date().toISOString(),
    held: {
      drafts: drafts.length,
      waiting: held.length - drafts.length,
      oldest_at: held.length > 0 ? new Date(oldest).toISOString() : null,
    },
    storage: await readStorage(),
    pin: { misses: vault?.attempts ?? 0, shut: false },
  }
}

function troubleOf(error: unknown): Pick<SyncState, 'trouble' | 'sentence'> {
  if (error instanceof Unreachable) return { trouble: 'unreachable', sentence: '' }
  if (error instanceof Refused) {
    const trouble = error.status === 401 ? 'unknown' : error.status === 403 ? 'revoked' : 'refused'
    return { trouble, sentence: error.sentence }
  }
  if (isDiskFull(error)) return { trouble: 'full', sentence: '' }
  return { trouble: 'broken', sentence: '' }
}
