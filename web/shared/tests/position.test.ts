// A point in a zone that is not safe: a village, not a compound.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roundFix, writeFix } from '../src/form/position.ts'

test('a rounded point says how little it says', () => {
  const fix = { latitude: 14.534567, longitude: -4.109999, altitude: 281, accuracy: 4.2, at: 0 }
  assert.equal(writeFix(roundFix(fix)), '14.53 -4.11 0 1100')
  assert.equal(writeFix(fix), '14.534567 -4.109999 281 4.2')
})
