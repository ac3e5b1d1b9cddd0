/** One record under the data key. Where it stands is bound to it: moved to another place, it does not open. */

import { type Bytes, randomBytes, utf8 } from './bytes.ts'

export interface Sealed {
  readonly iv: Bytes
  readonly data: ArrayBuffer
}

/** Where a record stands, and the shape of what it holds. */
export interface Place {
  readonly table: string
  readonly id: string
  readonly schema: number
}

export async function seal(key: CryptoKey, place: Place, content: BufferSource): Promise<Sealed> {
  const iv = randomBytes(12)
  return { iv, data: await crypto.subtle.encrypt(settings(iv, place), key, content) }
}

export async function open(key: CryptoKey, place: Place, sealed: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(settings(sealed.iv, place), key, sealed.data)
}

function settings(iv: Bytes, { table, id, schema }: Place): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: utf8(JSON.stringify([table, id, schema])) }
}
