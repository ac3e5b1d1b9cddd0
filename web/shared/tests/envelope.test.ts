import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { fromBase64, sha256, toBase64, utf8 } from '../src/crypto/bytes.ts'
import { nameKey, sealEnvelope } from '../src/crypto/envelope.ts'

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
})

async function makeReader() {
  const pair = await suite.kem.generateKeyPair()
  const point = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey))
  return { pair, sealKey: { kid: await nameKey(point), key: toBase64(point) } }
}

const CONTENTS = {
  kind: 'interview', id: 'uuid:1', name: '', madeAt: new Date(0), content: new Blob(['<data>Kɔnɛ</data>']),
} as const

/** Open an envelope by the decision's words alone, as any reader would. */
async function openAs(reader: Awaited<ReturnType<typeof makeReader>>, bytes: Uint8Array<ArrayBuffer>) {
  const length = new DataView(bytes.buffer).getUint32(4)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  const own = header.recipients.find((one: { kid: string }) => one.kid === reader.sealKey.kid)
  const sealed = fromBase64(own.key)
  const raw = await suite.open(
    { recipientKey: reader.pair.privateKey, enc: sealed.subarray(0, 65), info: utf8('gwa/envelope/1') },
    sealed.subarray(65),
  )
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
  const settings = {
    name: 'AES-GCM', iv: fromBase64(header.nonce), additionalData: bytes.subarray(0, 8 + length),
  }
  const plain = await crypto.subtle.decrypt(settings, key, bytes.subarray(8 + length))
  return { header, content: gunzipSync(new Uint8Array(plain)).toString() }
}

test('each recipient opens it alone, and the header says what it is', async () => {
  const readers = [await makeReader(), await makeReader()]
  const { bytes, sha256: name } = await sealEnvelope(CONTENTS, readers.map((one) => one.sealKey))
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), 'GWA1')
  assert.equal(name, await sha256(bytes))
  for (const reader of readers) {
    const { header, content } = await openAs(reader, bytes)
    assert.equal(content, '<data>Kɔnɛ</data>')
    assert.deepEqual(
      [header.v, header.kind, header.id, header.name, header.made_at],
      [1, 'interview', 'uuid:1', '', '1970-01-01T00:00:00.000Z'],
    )
  }
})

test('a changed header or a changed byte does not open', async () => {
  const reader = await makeReader()
  const { bytes } = await sealEnvelope(CONTENTS, [reader.sealKey])
  const at = new TextDecoder().decode(bytes).indexOf('uuid:1')
  const moved = bytes.slice()
  moved[at + 5] = 0x32
  await assert.rejects(openAs(reader, moved))
  const cut = bytes.slice()
  cut[cut.length - 1]! ^= 1
  await assert.rejects(openAs(reader, cut))
})

test('nothing is sealed to nobody, nor to a key that bears another name', async () => {
  await assert.rejects(sealEnvelope(CONTENTS, []))
  const [one, other] = [await makeReader(), await makeReader()]
  await assert.rejects(sealEnvelope(CONTENTS, [{ kid: other.sealKey.kid, key: one.sealKey.key }]))
})
