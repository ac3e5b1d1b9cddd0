/** The people this telephone was enrolled for, each with a database of their own; and whether the browser's storage
 *  was emptied since. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What may be known before the PIN: enough to choose oneself, and to ask the server whether the desk unlocked. */
export interface Enrolment {
  /** Also the name of its database. */
  readonly id: string
  /** A fingerprint of the account's name: whether a new enrolment is the same person's. */
  readonly person: string
  readonly initials: string
  readonly knock: string
  readonly madeAt: number
}

interface Tables extends DBSchema {
  enrolments: { key: string; value: Enrolment }
}

/** Kept outside IndexedDB: what should be there. */
interface Canary {
  readonly telephone: string
  readonly enrolments: readonly string[]
  /** How many interviews only this telephone had, when it was last written. */
  readonly held: number
  readonly at: number
}

/** What was lost when the browser's storage was emptied. */
export interface Wipe {
  readonly held: number
  readonly at: number
}

const CANARY = 'gwa-telephone'

function open(): Promise<IDBPDatabase<Tables>> {
  return openDB<Tables>('gwa', 1, {
    upgrade: (made) => void made.createObjectStore('enrolments', { keyPath: 'id' }),
  })
}

export async function readEnrolments(): Promise<Enrolment[]> {
  const database = await open()
  try {
    return (await database.getAll('enrolments')).sort((one, other) => other.madeAt - one.madeAt)
  } finally {
    database.close()
  }
}

export async function keepEnrolment(enrolment: Enrolment): Promise<void> {
  const database = await open()
  try {
    await database.put('enrolments', enrolment)
  } finally {
    database.close()
  }
  const canary = readCanary()
  writeCanary({ ...canary, enrolments: [...new Set([...canary.enrolments, enrolment.id])], at: Date.now() })
}

/** Return this telephone's own random name. */
export function telephoneId(): string {
  const canary = readCanary()
  writeCanary(canary)
  return canary.telephone
}

/** Remember how many interviews only this telephone has: said if they are ever gone. */
export function noteHeld(held: number): void {
  const canary = readCanary()
  if (canary.held !== held) writeCanary({ ...canary, held, at: Date.now() })
}

/** Return what was lost, where enrolments that should be there are not. */
export function findWipe(found: readonly Enrolment[]): Wipe | null {
  const { enrolments, held, at } = readCanary()
  const isGone = enrolments.some((id) => !found.some((enrolment) => enrolment.id === id))
  return isGone ? { held, at } : null
}

/** The loss was read: from now on only what is there is expected. */
export function acknowledgeWipe(found: readonly Enrolment[]): void {
  writeCanary({ ...readCanary(), enrolments: found.map((one) => one.id), held: 0, at: Date.now() })
}

function readCanary(): Canary {
  const text = localStorage.getItem(CANARY)
  return text
    ? (JSON.parse(text) as Canary)
    : { telephone: crypto.randomUUID(), enrolments: [], held: 0, at: Date.now() }
}

function writeCanary(canary: Canary): void {
  localStorage.setItem(CANARY, JSON.stringify(canary))
}
