// Going through a correction: parts that need nothing are passed as a whole.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../interview/engine.mjs'
import { shallowRef } from 'vue'
import type { RootNode } from '@getodk/xforms-engine'

const { openInterview } = await import('../src/form/engine.ts')
const { useFormer } = await import('../src/form/former.ts')
const { useWalking } = await import('../src/form/walking.ts')

const XFORM = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Essai</h:title><model>
  <instance><data id="essai" version="1"><a><x/></a><b><y/></b><c><z/></c><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/a/x" type="string"/><bind nodeset="/data/b/y" type="int" required="true()"/>
  <bind nodeset="/data/c/z" type="string"/>
  <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <group ref="/data/a"><label>A</label><input ref="/data/a/x"><label>X</label></input></group>
  <group ref="/data/b"><label>B</label><input ref="/data/b/y"><label>Y</label></input></group>
  <group ref="/data/c"><label>C</label><input ref="/data/c/z"><label>Z</label></input></group>
 </h:body></h:html>`
const ANSWERED = '<data id="essai" version="1"><a><x>1</x></a><b><y>2</y></b><c><z>3</z></c><meta><instanceID>uuid:1</instanceID></meta></data>'

async function walk({ xml = ANSWERED, isCorrection = true, flagged = '' } = {}) {
  const root = shallowRef<RootNode | null>(await openInterview({ xform: XFORM, files: new Map() }, { as: 'correction', xml }))
  const walking = useWalking(root, { isCorrection, isFlagged: (path) => path === flagged, former: useFormer(undefined), onShown: () => undefined })
  walking.begin('/data/a/x')
  return walking
}

test('what was answered is shown as a whole, passed or opened', async () => {
  const walking = await walk()
  walking.next()
  assert.equal(walking.page.value?.id, '/data/b#summary')
  walking.goBy(1)
  assert.equal(walking.page.value?.id, '/data/c#summary')
  walking.goBy(-1)
  assert.equal(walking.page.value?.id, '/data/b/y')
  walking.next()
  if (walking.page.value?.kind !== 'summary') assert.fail()
  walking.openPart(walking.page.value.node)
  assert.equal(walking.page.value?.id, '/data/c/z')
})

test('a part with a remark is opened, and so is one that lacks an answer', async () => {
  const flagged = await walk({ flagged: '/data/b/y' })
  flagged.next()
  assert.equal(flagged.page.value?.id, '/data/b/y')
  const lacking = await walk({ xml: ANSWERED.replace('<y>2</y>', '<y/>') })
  lacking.next()
  assert.equal(lacking.page.value?.id, '/data/b/y')
})

test('a new interview asks everything', async () => {
  const walking = await walk({ isCorrection: false })
  walking.next()
  assert.equal(walking.page.value?.id, '/data/b/y')
})

test('somebody who does not know goes on the second time', async () => {
  const walking = await walk({ xml: ANSWERED.replace('<y>2</y>', '<y/>'), isCorrection: false })
  walking.next()
  walking.next()
  assert.deepEqual([walking.page.value?.id, walking.isTried.value], ['/data/b/y', true])
  walking.next()
  assert.equal(walking.page.value?.id, '/data/c/z')
})
