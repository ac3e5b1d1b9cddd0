import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutToHouseholds, keysRead, valuesIn } from '../src/form/lists.ts'

const PERSONS = 'name,label,household_id,given_name\n1,"Koné, Awa",h1,Awa\n2,Moussa,h2,Moussa\n3,Bah,h1,Bah\n'

test('persons of other households are left out, whatever commas names hold', () => {
  assert.equal(cutToHouseholds(PERSONS, new Set(['h1'])), 'name,label,household_id,given_name\n1,"Koné, Awa",h1,Awa\n3,Bah,h1,Bah')
  assert.equal(cutToHouseholds(PERSONS, new Set()), 'name,label,household_id,given_name')
})

test('a list that names no household stays whole', () => {
  assert.equal(cutToHouseholds('name,label\n03,Sikasso\n', new Set()), 'name,label\n03,Sikasso\n')
})

test('a form says by which answer it reads persons', () => {
  const xform = "count(instance('personnes')/root/item[household_id =  /data/known/known_id ])"
  assert.deepEqual(keysRead(xform + xform), ['/data/known/known_id'])
  assert.deepEqual(keysRead("item[name = /data/x ]"), [])
})

test('a draft tells which households it knows', () => {
  assert.ok(valuesIn('<data><known_id>h1</known_id><x/></data>').has('h1'))
})
