/** The IndexedDB of one enrolment. In clear stand only opaque names and states; all else is sealed. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Bytes } from '../crypto/bytes.ts'
import type { Kind } from '../crypto/envelope.ts'
import type { VaultRecord, VaultShelf } from '../crypto/vault.ts'
import { withReserve } from './reserve.ts'

/** `facts` what the server said of this telephone and its work; `blobs` forms and lists by MD5; `cards` one line an
 *  interview; `copies` its answers; `files` its photos. */
export const SEALED_TABLES = ['facts', 'blobs', 'cards', 'copies', 'files'] as const
export type SealedTable = (typeof SEALED_TABLES)[number]

/** One sealed record. By its `parent`, an opaque name, those of one interview are found. */
export interface Row {
  readonly id: string
  readonly parent: string
  readonly schema: number
  readonly iv: Bytes
  readonly data: ArrayBuffer
}

/** An envelope that leaves, or left: its bytes stand apart, so that progress costs little to write. */
export interface Letter {
  /** The SHA-256 of the envelope: its name at the server. */
  readonly id: string
  /** The card it belongs to. */
  readonly parent: string
  readonly kind: Kind
  readonly size: number
  /** What the receipt must say. */
  readonly contentSha256: string
  readonly madeAt: number
  readonly state: 'waiting' | 'received' | 'apart'
  /** How many bytes the server said it has. */
  readonly received: number
  readonly tries: number
  readonly notBefore: number
  /** What the server said, where it refused. */
  readonly refusal: string
}

export interface LetterBytes {
  readonly id: string
  readonly parent: string
  readonly bytes: ArrayBuffer
}

interface Tables extends DBSchema {
  vault: { key: string; value: VaultRecord }
  facts: { key: string; value: Row; indexes: { parent: string } }
  blobs: { key: string; value: Row; indexes: { parent: string } }
  cards: { key: string; value: Row; indexes: { parent: string } }
  copies: { key: string; value: Row; indexes: { parent: string } }
  files: { key: string; value: Row; indexes: { parent: string } }
  letters: { key: string; value: Letter; indexes: { parent: string } }
  envelopes: { key: string; value: LetterBytes; indexes: { parent: string } }
}

export type Database = IDBPDatabase<Tables>

export async function openDatabase(name: string): Promise<Database> {
  const database: Database = await openDB<Tables>(name, 1, {
    upgrade(made) {
      made.createObjectStore('vault')
      const tables = [...SEALED_TABLES, 'letters', 'envelopes'] as const
      for (const table of tables) made.createObjectStore(table, { keyPath: 'id' }).createIndex('parent', 'parent')
    },
    // Another tab of a newer version must not wait for this one.
    blocking: () => database.close(),
  })
  return database
}

const ONLY = 'vault'

export function vaultShelf(database: Database): VaultShelf {
  return {
    read: () => database.get('vault', ONLY),
    async create(record) {
      await database.add('vault', record, ONLY)
    },
    change: (how) => withReserve(async () => {
      const transaction = database.transaction('vault', 'readwrite', { durability: 'strict' })
      const before = await transaction.store.get(ONLY)
      if (!before) throw new Error('this telephone has no vault')
      // A refusal is thrown before anything is written: the transaction then ends as it began.
      const after = how(before)
      await transaction.store.put(after, ONLY)
      await transaction.done
      return after
    }),
  }
}
