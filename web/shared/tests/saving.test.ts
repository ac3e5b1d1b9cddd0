import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pass } from 'node:timers/promises'
import { createSaver } from '../src/form/saving.ts'

test('answers given together are written once, the last of them included', async () => {
  let answer = 0
  const written: number[] = []
  const saver = createSaver(async () => void written.push(answer), () => assert.fail(), 5)
  for (answer = 1; answer < 4; answer++) saver.soon()
  await pass(30)
  assert.deepEqual(written, [4])
})

test('what is asked for now is on the disk when the promise holds, even behind a slow writing', async () => {
  let answer = 1
  const written: number[] = []
  const saver = createSaver(async () => {
    const mine = answer
    await pass(10)
    written.push(mine)
  }, () => assert.fail(), 1)
  saver.soon()
  await pass(4)
  answer = 2
  saver.soon()
  await saver.now()
  assert.deepEqual(written, [1, 2])
})

test('a writing that failed is tried again the next time', async () => {
  let isFull = true
  let written = 0
  const saver = createSaver(async () => {
    if (isFull) throw new Error('full')
    written += 1
  }, () => undefined, 1000)
  saver.soon()
  await assert.rejects(saver.now(), /full/)
  isFull = false
  await saver.now()
  assert.equal(written, 1)
})
