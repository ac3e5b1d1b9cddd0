import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from '../src/form/controls/search.ts'

test('a name is found without its accents and in the letters at hand', () => {
  assert.equal(fold('Kléla'), 'klela')
  assert.equal(fold('Tiɛyaxo'), 'tieyaxo')
  assert.equal(fold('Ɲamina'), 'nyamina')
})
