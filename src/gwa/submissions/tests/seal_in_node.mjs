// Seals its standard input as a telephone does, with the library that the telephone uses.
// Arguments: the server's public point in base64, the interview's name.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const { subtle } = globalThis.crypto
const [, , encodedPoint, id] = process.argv
const point = Buffer.from(encodedPoint, 'base64')
const raw = globalThis.crypto.getRandomValues(new Uint8Array(32))
const nonce = globalThis.crypto.getRandomValues(new Uint8Array(12))
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const recipientPublicKey = await suite.kem.deserializePublicKey(new Uint8Array(point))
const { enc, ct } = await suite.seal({ recipientPublicKey, info: new TextEncoder().encode('gwa/envelope/1') }, raw)
const header = Buffer.from(
  JSON.stringify({
    v: 1,
    kind: 'interview',
    id,
    name: '',
    made_at: new Date().toISOString(),
    recipients: [
      {
        kid: createHash('sha256').update(point).digest('hex').slice(0, 16),
        key: Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('base64'),
      },
    ],
    nonce: Buffer.from(nonce).toString('base64'),
  }),
)
const length = Buffer.alloc(4)
length.writeUInt32BE(header.length)
const bound = Buffer.concat([Buffer.from('GWA1'), length, header])
const key = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
const sealed = await subtle.encrypt(
  { name: 'AES-GCM', iv: nonce, additionalData: bound },
  key,
  gzipSync(readFileSync(0)),
)
writeFileSync(1, Buffer.concat([bound, Buffer.from(sealed)]))
