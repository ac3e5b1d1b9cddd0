/** Sealed records: read one, read many, and write several at once or not at all. */

import { fromUtf8, utf8 } from '../crypto/bytes.ts'
import { open, seal } from '../crypto/seal.ts'
import type { Database, Letter, LetterBytes, Row, SealedTable } from './database.ts'
import { withReserve } from './reserve.ts'

export interface Store {
  readonly database: Database
  readonly key: CryptoKey
}

export type Change =
  | { readonly table: SealedTable; readonly row: Row }
  | { readonly table: 'letters'; readonly row: Letter }
  | { readonly table: 'envelopes'; readonly row: LetterBytes }
  | { readonly table: SealedTable | 'letters' | 'envelopes'; readonly remove: string }

const SCHEMA = 1

/** Prepare a record for `write`: sealing needs time, and a transaction of IndexedDB does not wait.
 *  `content` is JSON, or the bytes of a file. */
export async function prepare(
  store: Store, table: SealedTable, id: string, content: unknown, parent = '',
): Promise<Change> {
  const isBytes = content instanceof Uint8Array || content instanceof ArrayBuffer
  const bytes = isBytes ? (content as BufferSource) : utf8(JSON.stringify(content))
  return { table, row: { id, parent, schema: SCHEMA, ...(await seal(store.key, { table, id, schema: SCHEMA }, bytes)) } }
}

/** Write every change in one transaction; the promise holds once the disk has it. */
export async function write({ database }: Pick<Store, 'database'>, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await withReserve(() => writeAll(database, changes))
}

async function writeAll(database: Database, changes: readonly Change[]): Promise<void> {
  const tables = [...new Set(changes.map((change) => change.table))]
  const transaction = database.transaction(tables, 'readwrite', { durability: 'strict' })
  const written = changes.map((change) => {
    const table = transaction.objectStore(change.table)
    return 'row' in change ? table.put(change.row) : table.delete(change.remove)
  })
  await Promise.all([...written, transaction.done])
}

export async function save(
  store: Store, table: SealedTable, id: string, content: unknown, parent = '',
): Promise<void> {
  await write(store, [await prepare(store, table, id, content, parent)])
}

export async function readBytes(store: Store, table: SealedTable, id: string): Promise<ArrayBuffer | undefined> {
  const row = await store.database.get(table, id)
  return row && unseal(store, table, row)
}

export async function read<Shape>(store: Store, table: SealedTable, id: string): Promise<Shape | undefined> {
  const bytes = await readBytes(store, table, id)
  return bytes && (JSON.parse(fromUtf8(bytes)) as Shape)
}

export async function readAll<Shape>(store: Store, table: SealedTable): Promise<Shape[]> {
  const rows = await store.database.getAll(table)
  return Promise.all(rows.map(async (row) => JSON.parse(fromUtf8(await unseal(store, table, row))) as Shape))
}

function unseal(store: Store, table: SealedTable, row: Row): Promise<ArrayBuffer> {
  return open(store.key, { table, id: row.id, schema: row.schema }, row)
}
