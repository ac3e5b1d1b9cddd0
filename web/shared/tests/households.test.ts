import assert from 'node:assert/strict'
import { test } from 'node:test'
import { find, isOneSlip, makeIndex } from '../src/search/households.ts'

const MENAGES = `name,label,__version,zone_code,registry_number,address
h1,Awa Traoré – RSU 1234 5678 90,1,Z1,1234567890,Près du puits
h2,Moussa Coulibaly – RSU 2222 3333 44,1,Z1,2222333344,
h3,Fatoumata Diarra – RSU 9999 8888 77,1,Z2,9999888877,
`
const PERSONNES = `name,label,household_id,everyday_name
p1,Awa Traoré,h1,
p2,Oumar Traoré,h1,Vieux
p3,Moussa Coulibaly,h2,
p4,Kadiatou Ouattara,h2,
`
const index = makeIndex(MENAGES, PERSONNES)
const heads = (text: string, zone = '') => find(index, { text, zone }).found.map((one) => one.household.head)

test('accents, double letters, ou and u, beginnings: the same household', () => {
  for (const text of ['Awa Traore', 'awa taraoré', 'TRAOR', 'Awa Trawore']) assert.deepEqual(heads(text), ['Awa Traoré'])
  for (const text of ['Kulibali', 'Koulibaly Moussa', 'musa kou']) assert.deepEqual(heads(text), ['Moussa Coulibaly'])
})

test('a member leads to the household, and is named', () => {
  const [found] = find(index, { text: 'Kadiatu Watara', zone: '' }).found
  assert.equal(found?.household.id, 'h2')
  assert.equal(found?.member, 'Kadiatou Ouattara')
  assert.deepEqual(heads('Vieux Traore'), ['Awa Traoré'])
})

test('half of the words is not the household', () => {
  assert.deepEqual(heads('Awa Keita'), [])
})

test('a place keeps the others out, and alone lists its households', () => {
  assert.deepEqual(heads('Diarra', 'Z1'), [])
  assert.deepEqual(heads('', 'Z1'), ['Awa Traoré', 'Moussa Coulibaly'])
  assert.deepEqual(heads(''), [])
})

test('a number is found by any part of it', () => {
  assert.deepEqual(heads('2222 3333'), ['Moussa Coulibaly'])
})

test('one slip is forgiven', () => {
  assert.equal(isOneSlip('diara', 'dirra'), true)
  assert.equal(isOneSlip('diara', 'diarra'), true)
  assert.equal(isOneSlip('diara', 'diarrra'), false)
  assert.equal(isOneSlip('diara', 'adira'), false)
})
