/** What the door of telephones says: docs/decisions/0013-gwa-collecte.md. */

import type { SealKey } from '../crypto/envelope.ts'

export interface Person {
  readonly username: string
  readonly name: string
  readonly function: string
  readonly organisation: string
  readonly language: string
}

export interface Hello {
  readonly device: { readonly id: string | number; readonly name: string }
  readonly person: Person
  readonly device_secret: string
  readonly unlock_key: string
  readonly unlock_serial: number
  readonly knock: string
  readonly seal_keys: readonly SealKey[]
  readonly max_offline_days: number
  readonly server_time: string
  /** Where anybody reads who the enumerator is. */
  /** `qr` is the picture of `url`, as a data: address. */
  readonly badge?: { readonly code: string; readonly url: string; readonly qr?: string } | null
}

export type DeviceState = 'active' | 'revoked' | 'closed'

export interface Contact {
  readonly server_time: string
  readonly state: DeviceState
  readonly unlock_serial: number
  readonly seal_keys: readonly SealKey[]
  readonly max_offline_days: number
  readonly work_etag: string
}

export interface Knocked {
  readonly state: DeviceState
  readonly unlock_serial: number
}

export interface FormFile {
  readonly name: string
  readonly md5: string
  readonly url: string
  readonly holds_people: boolean
}

/** What the households of an assigned zone answered before, for interviews that update them. */
export interface FormerFile {
  readonly zone: string
  readonly md5: string
  readonly url: string
}

export interface Form {
  readonly code: string
  readonly title: string
  readonly version: string
  readonly md5: string
  readonly url: string
  readonly files: readonly FormFile[]
  readonly former?: readonly FormerFile[]
}

export interface Assignment {
  readonly id: string | number
  readonly form: string
  readonly zone: { readonly code: string; readonly name: string }
  readonly households: readonly string[]
  readonly target: number | null
  readonly done: number
  readonly due_on: string | null
  readonly note: string
}

export interface Returned {
  readonly id: string | number
  readonly instance_id: string
  readonly form: string
  readonly version: string
  readonly household: string
  readonly reason: string
  readonly comments: readonly { readonly path: string; readonly text: string }[]
  readonly by: string
  readonly at: string
  readonly xml_url: string
  /** Its photos. */
  readonly files?: readonly { readonly name: string; readonly url: string }[]
}

export type Fate = 'received' | 'accepted' | 'returned' | 'waiting' | 'refused' | 'apart' | 'replaced'

export interface Zone {
  readonly code: string
  readonly name: string
  readonly access: 'open' | 'restricted' | 'closed'
}

export interface Work {
  readonly forms: readonly Form[]
  readonly assignments: readonly Assignment[]
  readonly returns: readonly Returned[]
  readonly interviews: readonly { readonly instance_id: string; readonly state: Fate; readonly sentence: string }[]
  readonly zones: readonly Zone[]
}

export const NO_WORK: Work = { forms: [], assignments: [], returns: [], interviews: [], zones: [] }

export interface Receipt {
  readonly instance_id: string
  readonly sha256: string
  readonly revision: number
  readonly missing: readonly string[]
  readonly state: 'received' | 'incomplete' | 'kept'
}

export interface Upload {
  readonly received: number
  readonly done: boolean
  readonly receipt?: Receipt
  readonly refused?: { readonly code: string; readonly sentence: string }
}

export interface Held {
  readonly id: string
  readonly state: 'received' | 'incomplete' | 'unknown' | 'erased'
  readonly sha256: string
  readonly missing: readonly string[]
}
