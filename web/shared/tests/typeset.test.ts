import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typeset, typesetAll } from '../src/words/typeset.ts'

test('a sign of French never begins a line without its word', () => {
  assert.equal(typeset('Lequel ? « Awa » : oui !'), 'Lequel\u202f? «\u00a0Awa\u00a0»\u00a0: oui\u202f!')
})

test('an apostrophe between letters is curly, and an address keeps its colon', () => {
  assert.equal(typeset("l'âge de l'eau, port :8000"), 'l’âge de l’eau, port :8000')
})

test('a catalogue is set whole, what its functions say included', () => {
  const words = typesetAll({ home: { next: (moment: string) => `essai : ${moment}` }, ask: 'Où ?' })
  assert.deepEqual([words.home.next('04:37'), words.ask], ['essai\u00a0: 04:37', 'Où\u202f?'])
})
