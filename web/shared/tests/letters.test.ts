import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Letter } from '../src/store/database.ts'
import { LONGEST_MS, waitAfter } from '../src/sync/backoff.ts'
import { answered, failed, lettersToSend, nextTryAt, pieceSize, putBack, RECEIPT_DIFFERS, stateFrom } from '../src/sync/letters.ts'

const NOW = 1_000_000

const letter = (told: Partial<Letter> = {}): Letter => ({
  id: 'a', parent: '1', kind: 'interview', size: 300_000, contentSha256: 'c', madeAt: 1, state: 'waiting', received: 0,
  tries: 0, notBefore: 0, refusal: '', ...told,
})

const card = (state: string) => ({ state }) as Parameters<typeof stateFrom>[0]

const receipt = (sha256: string) => ({
  received: 300_000, done: true,
  receipt: { instance_id: 'uuid:1', sha256, revision: 1, missing: [], state: 'received' as const },
})

test('words leave before drafts, drafts before photos, the oldest first', () => {
  const letters = [
    letter({ id: 'photo', kind: 'file', parent: '0' }),
    letter({ id: 'draft', kind: 'draft', parent: '2' }),
    letter({ id: 'young', parent: '4', madeAt: 5 }),
    letter({ id: 'old', parent: '3', madeAt: 2 }),
  ]
  assert.deepEqual(lettersToSend(letters, NOW).map((one) => one.id), ['old', 'young', 'draft', 'photo'])
})

test('one that the network never lets through lets the others pass', () => {
  const letters = [letter({ id: 'stuck', tries: 4 }), letter({ id: 'young', parent: '4', madeAt: 5 })]
  assert.deepEqual(lettersToSend(letters, NOW).map((one) => one.id), ['young', 'stuck'])
})

test('a photo waits for the words of its own interview, and for nobody else’s', () => {
  const photo = letter({ id: 'photo', kind: 'file' })
  const stranger = letter({ id: 'b', parent: '2', state: 'apart' })
  assert.deepEqual(lettersToSend([letter({ state: 'apart' }), photo, stranger], NOW), [])
  assert.deepEqual(lettersToSend([letter({ state: 'received' }), photo, stranger], NOW), [photo])
})

test('a letter set apart blocks none of the others and can be put back', () => {
  const apart = letter({ state: 'apart', received: 5, tries: 3, notBefore: NOW, refusal: 'x' })
  assert.deepEqual(lettersToSend([apart, letter({ id: 'b', parent: '2' })], NOW).map((one) => one.id), ['b'])
  assert.deepEqual(lettersToSend([putBack(apart)], NOW), [letter()])
})

test('a letter that failed waits, then is tried for ever', () => {
  const once = failed(letter(), NOW)
  assert.deepEqual(lettersToSend([once], NOW), [])
  assert.deepEqual(lettersToSend([once], once.notBefore), [once])
  assert.equal(nextTryAt([once, letter({ id: 'b', notBefore: once.notBefore + 1 })], NOW), once.notBefore)
  assert.equal(nextTryAt([letter({ state: 'received' })], NOW), null)
})

test('a clock that was set back makes nothing wait longer than any wait', () => {
  const late = failed(letter(), NOW + 1000 * LONGEST_MS)
  assert.deepEqual(lettersToSend([late], NOW), [late])
  assert.equal(nextTryAt([late], NOW), NOW)
})

test('the wait doubles up to five minutes and no further', () => {
  const waits = [0, 1, 2, 3, 10, 1000].map((tries) => waitAfter(tries, () => 1))
  assert.deepEqual(waits, [5_000, 10_000, 20_000, 40_000, LONGEST_MS, LONGEST_MS])
  assert.equal(waitAfter(1000, () => 0), LONGEST_MS / 2)
})

test('pieces grow smaller on a bad network, to a sixteenth of a megabyte and less', () => {
  assert.deepEqual([0, 1, 2, 3, 9].map(pieceSize), [131_072, 65_536, 32_768, 16_384, 16_384])
})

test('a letter is received when the receipt names what was sealed, and not before', () => {
  assert.equal(answered(letter(), { received: 131_072, done: false }).received, 131_072)
  assert.equal(answered(letter(), receipt('c')).state, 'received')
  const other = answered(letter(), receipt('d'))
  assert.deepEqual([other.state, other.refusal], ['apart', RECEIPT_DIFFERS])
  const refused = answered(letter(), { received: 0, done: true, refused: { code: 'x', sentence: 'Non.' } })
  assert.deepEqual([refused.state, refused.refusal], ['apart', 'Non.'])
})

test('an interview is sent when all of it is', () => {
  const words = letter({ state: 'received' })
  const photo = letter({ id: 'b', kind: 'file' })
  assert.equal(stateFrom(card('waiting'), [words, photo]), 'waiting')
  assert.equal(stateFrom(card('waiting'), [words, { ...photo, state: 'apart' }]), 'apart')
  assert.equal(stateFrom(card('waiting'), [words, { ...photo, state: 'received' }]), 'sent')
  assert.equal(stateFrom(card('draft'), [letter({ kind: 'draft', state: 'received' })]), 'draft')
})
