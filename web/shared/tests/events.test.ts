import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InterviewEvent } from '../src/form/contract.ts'
import { EventLog } from '../src/form/events.ts'
import { writeAudit } from '../src/store/audit.ts'

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

test('the log leaves as Collect writes its own, by places and instants alone', () => {
  const log: InterviewEvent[] = [
    { at: 1000, what: 'opened', where: '' }, { at: 2000, what: 'answered', where: '/data/members[2]/age' },
    { at: 3000, what: 'paused', where: '/data/members[2]' }, { at: 9000, what: 'finished', where: '' },
  ]
  assert.equal(writeAudit(log), [
    'event,node,start,end', 'form start,,1000,', 'question,/data/members[2]/age,2000,', 'form exit,/data/members[2],3000,',
    'form finalize,,9000,', '',
  ].join('\n'))
})
