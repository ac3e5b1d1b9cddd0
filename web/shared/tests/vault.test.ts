import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes, toBase64, utf8 } from '../src/crypto/bytes.ts'
import { open, seal } from '../src/crypto/seal.ts'
import {
  answerChallenge, answerTo, changePin, createVault, delayAfter, heedServer, MOST_ATTEMPTS, openVault, readChallenge,
  rebindVault, VaultClosed, type VaultRecord, type VaultShelf,
} from '../src/crypto/vault.ts'

const FEW_ROUNDS = 1000
const PLACE = { table: 'copies', id: '1', schema: 1 }

function makeShelf(): VaultShelf {
  let kept: VaultRecord | undefined
  return {
    read: async () => kept,
    create: async (record) => void (kept = record),
    change: async (how) => (kept = how(kept!)),
  }
}

const makeSecrets = () => ({
  deviceSecret: toBase64(randomBytes(32)), challengeSecret: toBase64(randomBytes(32)), unlockSerial: 0,
})

async function makeVault() {
  const shelf = makeShelf()
  const secrets = makeSecrets()
  const key = await createVault(shelf, '123456', secrets, FEW_ROUNDS)
  return { shelf, secrets, sealed: await seal(key, PLACE, utf8('Awa')) }
}

const isRefused = (why: string) => (error: unknown) => error instanceof VaultClosed && error.refusal.why === why

async function exhaust(shelf: VaultShelf): Promise<number> {
  let now = 1_000_000
  for (let tried = 1; tried <= MOST_ATTEMPTS; tried += 1) {
    await assert.rejects(openVault(shelf, '000000', now), isRefused(tried < MOST_ATTEMPTS ? 'wrong' : 'shut'))
    now += delayAfter(tried)
  }
  return now
}

test('the PIN opens what it sealed, and only where it was sealed', async () => {
  const { shelf, sealed } = await makeVault()
  const key = await openVault(shelf, '123456')
  assert.equal(new TextDecoder().decode(await open(key, PLACE, sealed)), 'Awa')
  await assert.rejects(open(key, { ...PLACE, id: '2' }, sealed))
  await assert.rejects(open(key, { ...PLACE, table: 'cards' }, sealed))
  await assert.rejects(crypto.subtle.exportKey('raw', key), 'a page cannot read the data key')
})

test('an attempt is counted before it is tried', async () => {
  const { shelf } = await makeVault()
  const tried = openVault(shelf, '000000')
  await new Promise((resolve) => setTimeout(resolve))
  assert.equal((await shelf.read())!.attempts, 1)
  await assert.rejects(tried, isRefused('wrong'))
})

test('wrong PINs make one wait, twice as long each time, and a clock set back does not lengthen it', async () => {
  const { shelf } = await makeVault()
  for (const left of [9, 8, 7]) {
    const isRight = (error: VaultClosed) => assert.equal((error.refusal as { left: number }).left, left) ?? true
    await assert.rejects(openVault(shelf, '000000', 1_000_000), isRight)
  }
  await assert.rejects(openVault(shelf, '123456', 1_014_999), isRefused('wait'))
  await assert.rejects(openVault(shelf, '123456', 0), isRefused('wait'))
  await openVault(shelf, '123456', 1_015_000)
  assert.equal((await shelf.read())!.attempts, 0)
})

test('after ten the vault is shut, until the server raises its serial', async () => {
  const { shelf } = await makeVault()
  const now = await exhaust(shelf)
  await assert.rejects(openVault(shelf, '123456', now + 10 ** 9), isRefused('shut'))
  await heedServer(shelf, 0)
  await assert.rejects(openVault(shelf, '123456', now), isRefused('shut'))
  await heedServer(shelf, 1)
  await openVault(shelf, '123456', now)
})

test('or until a supervisor answers the eight digits on the screen', async () => {
  const { shelf } = await makeVault()
  await exhaust(shelf)
  const challenge = await readChallenge(shelf)
  assert.match(challenge, /^\d{8}$/)
  assert.equal(await readChallenge(shelf), challenge, 'the same until it is answered')
  assert.equal(await answerChallenge(shelf, '00000000'), false)
  const next = await readChallenge(shelf)
  assert.notEqual(next, challenge)
  assert.equal(await answerChallenge(shelf, await answerTo((await shelf.read())!.challengeKey, next)), true)
  await openVault(shelf, '123456')
})

test('another PIN and another enrolment open the same records', async () => {
  const { shelf, sealed } = await makeVault()
  await changePin(shelf, '123456', '654321')
  await assert.rejects(openVault(shelf, '123456'), isRefused('wrong'))
  const key = await rebindVault(shelf, '654321', makeSecrets())
  assert.equal(new TextDecoder().decode(await open(key, PLACE, sealed)), 'Awa')
  await openVault(shelf, '654321')
})
