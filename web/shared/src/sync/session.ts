/** What the server said of this telephone, and of its work; under the data key like all else. */

import type { SealKey } from '../crypto/envelope.ts'
import { read, save, type Store } from '../store/store.ts'
import { call } from './door.ts'
import { type DeviceState, type Hello, NO_WORK, type Person, type Work } from './protocol.ts'

export interface Session {
  readonly token: string
  readonly device: Hello['device']
  readonly person: Person
  readonly sealKeys: readonly SealKey[]
  readonly maxOfflineDays: number
  readonly badge: Hello['badge']
  readonly state: DeviceState
  /** When the server was last heard, by its own clock; a clock that says an earlier hour is wrong. */
  readonly serverTime: number
  /** The same moment by the clock of this telephone. */
  readonly contactAt: number
}

export interface Fetched {
  readonly etag: string
  readonly at: number
  readonly work: Work
}

const DAY_MS = 86_400_000
const TOLERATED_MS = 10 * 60_000

export function sessionOf(hello: Hello, token: string, now = Date.now()): Session {
  return {
    token, device: hello.device, person: hello.person, sealKeys: hello.seal_keys,
    maxOfflineDays: hello.max_offline_days, badge: hello.badge ?? null, state: 'active',
    serverTime: Date.parse(hello.server_time), contactAt: now,
  }
}

export const readSession = (store: Store): Promise<Session | undefined> => read(store, 'facts', 'session')
export const saveSession = (store: Store, session: Session): Promise<void> => save(store, 'facts', 'session', session)

export async function readWork(store: Store): Promise<Fetched> {
  return (await read<Fetched>(store, 'facts', 'work')) ?? { etag: '', at: 0, work: NO_WORK }
}

export const saveWork = (store: Store, fetched: Fetched): Promise<void> => save(store, 'facts', 'work', fetched)

export interface Telephone {
  readonly client_device_id: string
  readonly app_version: string
}

export function greet(token: string, telephone: Telephone): Promise<Hello> {
  return call<Hello>('hello', { method: 'POST', token, json: telephone })
}

export function signIn(
  name: string, password: string, telephone: Telephone,
): Promise<Hello & { readonly token: string }> {
  return call('sign-in', { method: 'POST', json: { ...telephone, name, password } })
}

/** Tell whether the telephone has been away from its server for longer than is allowed. */
export function isAwayTooLong(session: Session, now = Date.now()): boolean {
  return now - session.contactAt > session.maxOfflineDays * DAY_MS
}

/** Tell whether the clock says an hour that was past already at the last contact, or was ahead of the server's then and
 *  was not set back since. */
export function isClockWrong({ serverTime, contactAt }: Session, now = Date.now()): boolean {
  return now < serverTime - TOLERATED_MS || (contactAt > serverTime + TOLERATED_MS && now >= contactAt)
}
