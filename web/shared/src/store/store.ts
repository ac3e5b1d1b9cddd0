/** Sealed records: read one, read many, and write several at once or not at all. */

import { fromUtf8, utf8 } from '../crypto/bytes.ts'
import { open, seal } from '../crypto/seal.ts'
import type { Database, Row, Table } from './database.ts'

export interface Store {
  readonly database: Database
  readonly key: CryptoKey
}

/** What a record holds is JSON, or the bytes of a file. */
export type Content = unknown

export type Change =
  | { readonly table: Table; readonly row: Row }
  | { readonly table: Table; readonly remove: string }

const SCHEMA = 1

interface Clear {
  readonly parent?: string
  readonly state?: string
}

/** Prepare a record for `write`: sealing needs time, and a transaction of IndexedDB does not wait. */
export async function prepare(
  store: Store, table: Table, id: string, content: Content, clear: Clear = {},
): Promise<Change> {
  const bytes = content instanceof Uint8Array || content instanceof ArrayBuffer
    ? (content as BufferSource)
    : utf8(JSON.stringify(content))
  const sealed = await seal(store.key, { table, id, schema: SCHEMA }, bytes)
  return { table, row: { id, parent: '', state: '', ...clear, schema: SCHEMA, ...sealed } }
}

/** Write every change in one transaction; the promise holds once the disk has it. */
export async function write(store: Pick<Store, 'database'>, changes: readonly Change[]): Promise<void> {
  const tables = [...new Set(changes.map((change) => change.table))]
  const transaction = store.database.transaction(tables, 'readwrite', { durability: 'strict' })
  await Promise.all([
    ...changes.map((change) => {
      const table = transaction.objectStore(change.table)
      return 'row' in change ? table.put(change.row) : table.delete(change.remove)
    }),
    transaction.done,
  ])
}

export async function save(
  store: Store, table: Table, id: string, content: Content, clear: Clear = {},
): Promise<void> {
  await write(store, [await prepare(store, table, id, content, clear)])
}

export async function readBytes(store: Store, table: Table, id: string): Promise<ArrayBuffer | undefined> {
  const row = await store.database.get(table, id)
  return row && unseal(store, table, row)
}

export async function read<Shape>(store: Store, table: Table, id: string): Promise<Shape | undefined> {
  const bytes = await readBytes(store, table, id)
  return bytes && (JSON.parse(fromUtf8(bytes)) as Shape)
}

/** Read every record of a table, or those of one parent. */
export async function readAll<Shape>(store: Store, table: Table, parent?: string): Promise<Shape[]> {
  const rows = await (parent === undefined
    ? store.database.getAll(table)
    : store.database.getAllFromIndex(table, 'parent', parent))
  return Promise.all(
    rows.map(async (row) => JSON.parse(fromUtf8(await unseal(store, table, row))) as Shape),
  )
}

export function keysOf(store: Pick<Store, 'database'>, table: Table, parent?: string): Promise<string[]> {
  return parent === undefined
    ? store.database.getAllKeys(table)
    : store.database.getAllKeysFromIndex(table, 'parent', parent)
}

function unseal(store: Store, table: Table, row: Row): Promise<ArrayBuffer> {
  return open(store.key, { table, id: row.id, schema: row.schema }, row)
}
