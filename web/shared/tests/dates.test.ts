import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDate, writeDate } from '../src/form/dates.ts'

test('a date is said day, month, year', () => {
  assert.deepEqual(readDate('1971-03-05'), { day: '5', month: '3', year: '1971' })
  assert.equal(writeDate({ day: '5', month: '3', year: '1971' }, 'day'), '1971-03-05')
})

test('what is not known is not asked: the first of the month, the first of January', () => {
  assert.equal(writeDate({ day: '', month: '2', year: '2010' }, 'month'), '2010-02-01')
  assert.equal(writeDate({ day: '', month: '', year: '1975' }, 'year'), '1975-01-01')
})

test('a date half said is no date yet', () => {
  assert.equal(writeDate({ day: '5', month: '', year: '1971' }, 'day'), '')
})

test('a day that does not exist is refused', () => {
  for (const [day, month, year] of [['31', '4', '2001'], ['29', '2', '2001'], ['0', '1', '2001'], ['1', '1', '71'], ['x', '1', '2001']]) {
    assert.equal(writeDate({ day: day ?? '', month: month ?? '', year: year ?? '' }, 'day'), null)
  }
  assert.equal(writeDate({ day: '29', month: '2', year: '2000' }, 'day'), '2000-02-29')
})
