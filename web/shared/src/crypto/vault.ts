/** The data key of the telephone, behind a PIN of six digits and a secret of the server.
 *
 *  Attempts are counted in the store before they are tried, so that a reload forgets none. After ten the vault is
 *  shut until the server or a supervisor opens it; nothing is erased. */

import { type Bytes, fromBase64, randomBytes, utf8 } from './bytes.ts'
import type { Sealed } from './seal.ts'

export const MOST_ATTEMPTS = 10
export const PIN = /^\d{6}$/
const ROUNDS = 600_000
const FREE_ATTEMPTS = 3
const FIRST_DELAY_MS = 15_000

export interface VaultRecord {
  readonly salt: Bytes
  readonly rounds: number
  readonly wrapped: Sealed
  /** From the server's secrets; a page can use these keys and cannot read them. */
  readonly deviceKey: CryptoKey
  readonly challengeKey: CryptoKey
  readonly attempts: number
  readonly waitUntil: number
  readonly unlockSerial: number
  /** What is shown on the screen of a shut vault, for whoever calls a supervisor. */
  readonly challenge: string
}

/** Where the record is kept. `change` reads and writes in one transaction. */
export interface VaultShelf {
  read(): Promise<VaultRecord | undefined>
  change(how: (record: VaultRecord) => VaultRecord): Promise<VaultRecord>
  create(record: VaultRecord): Promise<void>
}

export interface ServerSecrets {
  /** Both in base64. */
  readonly deviceSecret: string
  readonly challengeSecret: string
  readonly unlockSerial: number
}

export type Refusal =
  | { readonly why: 'shut' }
  | { readonly why: 'wait'; readonly until: number }
  | { readonly why: 'wrong'; readonly left: number; readonly until: number }

export class VaultClosed extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.why)
  }
}

/** How long to wait after so many wrong PINs: nothing at first, then 15 s, twice as long each time. */
export function delayAfter(attempts: number): number {
  return attempts < FREE_ATTEMPTS ? 0 : FIRST_DELAY_MS * 2 ** (attempts - FREE_ATTEMPTS)
}

/** Make the data key of this telephone and put it behind `pin`. */
export async function createVault(
  shelf: VaultShelf, pin: string, secrets: ServerSecrets, rounds = ROUNDS,
): Promise<CryptoKey> {
  const deviceKey = await importSecret(secrets.deviceSecret)
  const dataKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  await shelf.create({
    ...(await wrap(dataKey, pin, deviceKey, rounds)),
    deviceKey,
    challengeKey: await importSecret(secrets.challengeSecret),
    attempts: 0,
    waitUntil: 0,
    unlockSerial: secrets.unlockSerial,
    challenge: '',
  })
  return unwrap(await needed(shelf), pin, false)
}

/** Open the vault, or tell why not. */
export async function openVault(shelf: VaultShelf, pin: string, now = Date.now()): Promise<CryptoKey> {
  return attempt(shelf, pin, now, false)
}

/** Put the same data key behind another PIN; nothing that it seals changes. */
export async function changePin(shelf: VaultShelf, old: string, pin: string, now = Date.now()): Promise<void> {
  const dataKey = await attempt(shelf, old, now, true)
  const { deviceKey, rounds } = await needed(shelf)
  const wrapped = await wrap(dataKey, pin, deviceKey, rounds)
  await shelf.change((record) => ({ ...record, ...wrapped }))
}

/** Bind the vault to the secrets of a new enrolment of the same person; the PIN stays. */
export async function rebindVault(
  shelf: VaultShelf, pin: string, secrets: ServerSecrets, now = Date.now(),
): Promise<CryptoKey> {
  const dataKey = await attempt(shelf, pin, now, true)
  const deviceKey = await importSecret(secrets.deviceSecret)
  const challengeKey = await importSecret(secrets.challengeSecret)
  const wrapped = await wrap(dataKey, pin, deviceKey, (await needed(shelf)).rounds)
  await shelf.change((record) => ({
    ...record, ...wrapped, deviceKey, challengeKey, unlockSerial: secrets.unlockSerial,
  }))
  return unwrap(await needed(shelf), pin, false)
}

/** The server raised its serial: the vault may be tried again. */
export async function heedServer(shelf: VaultShelf, unlockSerial: number): Promise<void> {
  if (unlockSerial <= (await needed(shelf)).unlockSerial) return
  await shelf.change((record) =>
    unlockSerial > record.unlockSerial
      ? { ...record, unlockSerial, attempts: 0, waitUntil: 0, challenge: '' }
      : record,
  )
}

/** Return the eight digits to read to the supervisor; the same until they are answered. */
export async function readChallenge(shelf: VaultShelf): Promise<string> {
  const fresh = digits(randomBytes(4))
  return (await shelf.change((record) => ({ ...record, challenge: record.challenge || fresh }))).challenge
}

/** Take the supervisor's eight digits; a wrong answer brings another challenge. */
export async function answerChallenge(shelf: VaultShelf, answer: string): Promise<boolean> {
  const record = await needed(shelf)
  const expected = await answerTo(record.challengeKey, record.challenge)
  const isRight = record.challenge !== '' && answer === expected
  await shelf.change((kept) => ({
    ...kept, challenge: '', ...(isRight ? { attempts: 0, waitUntil: 0 } : {}),
  }))
  return isRight
}

/** Compute what answers a challenge: the first four bytes of its HMAC, as eight digits. */
export async function answerTo(key: CryptoKey, challenge: string): Promise<string> {
  return digits(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(challenge))))
}

async function attempt(shelf: VaultShelf, pin: string, now: number, extractable: boolean): Promise<CryptoKey> {
  const record = await shelf.change((before) => {
    refuseEarly(before, now)
    const attempts = before.attempts + 1
    return { ...before, attempts, waitUntil: now + delayAfter(attempts) }
  })
  let dataKey: CryptoKey
  try {
    dataKey = await unwrap(record, pin, extractable)
  } catch {
    const left = MOST_ATTEMPTS - record.attempts
    throw new VaultClosed(left > 0 ? { why: 'wrong', left, until: record.waitUntil } : { why: 'shut' })
  }
  await shelf.change((after) => ({ ...after, attempts: 0, waitUntil: 0 }))
  return dataKey
}

function refuseEarly(record: VaultRecord, now: number): void {
  if (record.attempts >= MOST_ATTEMPTS) throw new VaultClosed({ why: 'shut' })
  // A clock that was set back must not make the wait longer than it ever was.
  const until = Math.min(record.waitUntil, now + delayAfter(record.attempts))
  if (now < until) throw new VaultClosed({ why: 'wait', until })
}

async function needed(shelf: VaultShelf): Promise<VaultRecord> {
  const record = await shelf.read()
  if (!record) throw new Error('this telephone has no vault')
  return record
}

async function wrap(
  dataKey: CryptoKey, pin: string, deviceKey: CryptoKey, rounds: number,
): Promise<Pick<VaultRecord, 'salt' | 'rounds' | 'wrapped'>> {
  if (!PIN.test(pin)) throw new Error('a PIN is six digits')
  const salt = randomBytes(16)
  const key = await keyFrom(pin, salt, rounds, deviceKey)
  const iv = randomBytes(12)
  const data = await crypto.subtle.wrapKey('raw', dataKey, key, { name: 'AES-GCM', iv })
  return { salt, rounds, wrapped: { iv, data } }
}

async function unwrap(record: VaultRecord, pin: string, extractable: boolean): Promise<CryptoKey> {
  const key = await keyFrom(pin, record.salt, record.rounds, record.deviceKey)
  return crypto.subtle.unwrapKey(
    'raw', record.wrapped.data, key, { name: 'AES-GCM', iv: record.wrapped.iv },
    'AES-GCM', extractable, ['encrypt', 'decrypt'],
  )
}

async function keyFrom(pin: string, salt: Bytes, iterations: number, deviceKey: CryptoKey): Promise<CryptoKey> {
  const known = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveBits'])
  const slow = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, known, 256)
  const both = await crypto.subtle.sign('HMAC', deviceKey, slow)
  return crypto.subtle.importKey('raw', both, 'AES-GCM', false, ['wrapKey', 'unwrapKey'])
}

function importSecret(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(base64), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

function digits(bytes: Bytes): string {
  return String(new DataView(bytes.buffer).getUint32(0) % 10 ** 8).padStart(8, '0')
}
