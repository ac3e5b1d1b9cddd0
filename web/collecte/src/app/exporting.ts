/** A sealed copy of all that only this telephone has, for when there is no network: only the office can read it. */

import { join, utf8 } from '@gwa/shared/src/crypto/bytes.ts'
import { copyDrafts } from '@gwa/shared/src/sync/outbox.ts'
import type { Opened } from './phone.ts'

/** Write `"GWAX"`, then each envelope after its length. Null where the server has everything. */
export async function writeExport({ store, session }: Opened): Promise<File | null> {
  await copyDrafts(store, session)
  const letters = await store.database.getAll('letters')
  const parts: Uint8Array[] = [utf8('GWAX')]
  for (const letter of letters.filter((one) => one.state !== 'received')) {
    const envelope = await store.database.get('envelopes', letter.id)
    if (envelope) parts.push(lengthOf(envelope.bytes), new Uint8Array(envelope.bytes))
  }
  if (parts.length === 1) return null
  const day = new Date().toISOString().slice(0, 16).replaceAll(':', '-')
  return new File([join(...parts)], `gwa-${day}.gwax`, { type: 'application/octet-stream' })
}

/** Hand the file on: by the telephone's own sharing where it takes such files, else as a download. */
export async function handOver(file: File): Promise<void> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
    }
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

function lengthOf(bytes: ArrayBuffer): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.byteLength)
  return length
}
