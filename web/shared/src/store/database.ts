/** The IndexedDB of one enrolment. In clear stand only opaque names and states; all else is sealed. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Bytes } from '../crypto/bytes.ts'
import type { VaultRecord, VaultShelf } from '../crypto/vault.ts'

/** `facts` what the server said of this telephone and its work; `blobs` forms and lists by MD5; `cards` one line an
 *  interview; `copies` its answers; `files` its photos; `outbox` the envelopes. */
export const TABLES = ['facts', 'blobs', 'cards', 'copies', 'files', 'outbox'] as const
export type Table = (typeof TABLES)[number]

/** One sealed record. `parent` and `state` can be sought; neither tells anything of a household. */
export interface Row {
  readonly id: string
  readonly parent: string
  readonly state: string
  readonly schema: number
  readonly iv: Bytes
  readonly data: ArrayBuffer
}

interface Tables extends DBSchema {
  vault: { key: string; value: VaultRecord }
  facts: { key: string; value: Row; indexes: { parent: string } }
  blobs: { key: string; value: Row; indexes: { parent: string } }
  cards: { key: string; value: Row; indexes: { parent: string } }
  copies: { key: string; value: Row; indexes: { parent: string } }
  files: { key: string; value: Row; indexes: { parent: string } }
  outbox: { key: string; value: Row; indexes: { parent: string } }
}

export type Database = IDBPDatabase<Tables>

export async function openDatabase(name: string): Promise<Database> {
  const database: Database = await openDB<Tables>(name, 1, {
    upgrade(made) {
      made.createObjectStore('vault')
      for (const table of TABLES) made.createObjectStore(table, { keyPath: 'id' }).createIndex('parent', 'parent')
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
    async change(how) {
      const transaction = database.transaction('vault', 'readwrite', { durability: 'strict' })
      const before = await transaction.store.get(ONLY)
      if (!before) throw new Error('this telephone has no vault')
      // A refusal is thrown before anything is written: the transaction then ends as it began.
      const after = how(before)
      await transaction.store.put(after, ONLY)
      await transaction.done
      return after
    },
  }
}
