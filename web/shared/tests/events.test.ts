import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog } from '../src/form/events.ts'

test('the first answer is told from the ones that change it, across a resumption too', () => {
  const before = new EventLog()
  before.answer('/data/name')
  const after = new EventLog(before.lines)
  after.answer('/data/name')
  assert.deepEqual(after.lines.map((one) => one.what), ['answered', 'changed'])
})

test('the log stops growing, and still tells the end', () => {
  const log = new EventLog()
  for (let count = 0; count < 20_000; count++) log.answer('/data/name')
  log.add('finished', '')
  assert.equal(log.lines.length, 5000)
  assert.equal(log.lines.at(-1)?.what, 'finished')
})
