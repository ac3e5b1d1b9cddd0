import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeEntities, readCsv, writeCsv } from '../src/store/csv.ts'
import type { Entity } from '../src/store/entities.ts'

const LIST = 'name,label,__version,address\nh1,"Traoré, Awa",3,"Face ""au"" puits"\nh2,Koné,1,\n'

const entity = (told: Partial<Entity>): Entity => ({
  dataset: 'menages', id: 'h1', label: 'Awa', isNew: false, base: '3', branch: 'b', values: { address: 'École' }, ...told,
})

const rows = (csv: string) => {
  const [titles = [], ...lines] = readCsv(csv)
  return lines.map((line) => Object.fromEntries(titles.map((title, place) => [title, line[place]])))
}

test('CSV is read and written as the server writes it', () => {
  assert.deepEqual([...readCsv(LIST)][1], ['h1', 'Traoré, Awa', '3', 'Face "au" puits'])
  assert.equal(writeCsv(readCsv(LIST)), LIST)
  assert.deepEqual([...readCsv('a,b\r\n"1\n2",\r\n')], [['a', 'b'], ['1\n2', '']])
})

test('a change made here shows, and says what it was made from', () => {
  const [first, second] = rows(mergeEntities(LIST, [entity({})]))
  assert.deepEqual(first, {
    name: 'h1', label: 'Awa', __version: '4', address: 'École', __trunkVersion: '3', __branchId: 'b',
  })
  assert.equal(second?.['address'], '')
})

test('two changes made here are one branch', () => {
  const [first] = rows(mergeEntities(LIST, [entity({}), entity({ base: '4', branch: 'c', values: { address: 'Puits' } })]))
  assert.deepEqual(
    [first?.['__version'], first?.['__trunkVersion'], first?.['__branchId'], first?.['address']],
    ['5', '3', 'b', 'Puits'],
  )
})

test('a household made here is in the list; one that the server changed since is left alone', () => {
  const made = rows(mergeEntities(LIST, [entity({ id: 'h3', isNew: true, base: '' })]))
  assert.equal(made[2]?.['name'], 'h3')
  assert.equal(made[2]?.['__version'], '1')
  assert.equal(mergeEntities(LIST, [entity({ base: '2' })]).includes('École'), false)
  assert.equal(mergeEntities(LIST, [entity({ id: 'h9', base: '1' })]).includes('h9'), false)
})
