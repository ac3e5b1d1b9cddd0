/** What leaves the telephone: sealed to the server's keys, opened by nobody on the way.
 *  The format is in docs/decisions/0013-gwa-collecte.md. */

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { type Bytes, fromBase64, join, randomBytes, sha256, toBase64, utf8 } from './bytes.ts'

export type Kind = 'interview' | 'file' | 'draft'

/** A public key of the server: `key` is the uncompressed point of P-256, in base64. */
export interface SealKey {
  readonly kid: string
  readonly key: string
}

export interface Contents {
  readonly kind: Kind
  /** The interview's `instanceID`. */
  readonly id: string
  /** The file's name; empty for the interview itself. */
  readonly name: string
  readonly madeAt: Date
  readonly content: Blob
}

export interface Envelope {
  readonly sha256: string
  readonly bytes: Bytes
}

const MAGIC = utf8('GWA1')
const INFO = utf8('gwa/envelope/1')

/** Seal `contents` so that each of `recipients` can open it alone. */
export async function sealEnvelope(contents: Contents, recipients: readonly SealKey[]): Promise<Envelope> {
  if (recipients.length === 0) throw new Error('an envelope needs somebody who can open it')
  const raw = randomBytes(32)
  const nonce = randomBytes(12)
  const header = utf8(
    JSON.stringify({
      v: 1,
      kind: contents.kind,
      id: contents.id,
      name: contents.name,
      made_at: contents.madeAt.toISOString(),
      recipients: await Promise.all(recipients.map((recipient) => sealKey(raw, recipient))),
      nonce: toBase64(nonce),
    }),
  )
  const before = join(MAGIC, bigEndian(header.length), header)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: before },
    key,
    await gzip(contents.content),
  )
  const bytes = join(before, new Uint8Array(sealed))
  return { sha256: await sha256(bytes), bytes }
}

/** Name a public key: what the server calls `kid`. */
export async function nameKey(point: Bytes): Promise<string> {
  return (await sha256(point)).slice(0, 16)
}

async function sealKey(raw: Bytes, recipient: SealKey): Promise<{ kid: string; key: string }> {
  const point = fromBase64(recipient.key)
  if ((await nameKey(point)) !== recipient.kid) throw new Error('a key of the server does not bear its name')
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  })
  const recipientPublicKey = await suite.kem.deserializePublicKey(point)
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: INFO }, raw)
  return { kid: recipient.kid, key: toBase64(join(new Uint8Array(enc), new Uint8Array(ct))) }
}

function bigEndian(length: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, length)
  return bytes
}

async function gzip(content: Blob): Promise<ArrayBuffer> {
  return new Response(content.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
}

/** Read the header of an envelope: all that stands in it in clear. */
export function readHeader(bytes: Bytes): { kind: Kind; id: string; name: string } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
}
