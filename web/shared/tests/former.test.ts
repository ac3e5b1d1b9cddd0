// An update: former answers stand in the interview, and are confirmed or opened part by part.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../interview/engine.mjs'
import { shallowRef } from 'vue'
import type { RootNode } from '@getodk/xforms-engine'
import type { Former, FormerState } from '../src/form/contract.ts'

const { openInterview } = await import('../src/form/engine.ts')
const { noteAnswer, writeDraft } = await import('../src/form/drafts.ts')
const { fillFormer, useFormer } = await import('../src/form/former.ts')
const { allQuestions, pagesOf } = await import('../src/form/pages.ts')
const { localName } = await import('../src/form/nodes.ts')
const { useWalking } = await import('../src/form/walking.ts')

const XFORM = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>Essai</h:title><model>
  <instance><data id="essai" version="1">
   <agreed/>
   <housing><walls/><rooms/><beds/></housing>
   <members jr:template=""><here/><work/><phone/><meta><entity dataset="personnes" id=""/></meta></members>
   <members><here/><work/><phone/><meta><entity dataset="personnes" id="p1"/></meta></members>
   <members><here/><work/><phone/><meta><entity dataset="personnes" id="p2"/></meta></members>
   <end/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/agreed" type="string" required="true()"/>
  <bind nodeset="/data/housing" relevant="/data/agreed = 'yes'"/>
  <bind nodeset="/data/housing/walls" type="string" required="true()"/>
  <bind nodeset="/data/housing/rooms" type="int" required="true()"/>
  <bind nodeset="/data/housing/beds" type="int" required="true()"/>
  <bind nodeset="/data/members/work" type="string" required="true()" relevant="../here = 'yes'"/>
  <bind nodeset="/data/members/here" type="string" required="true()"/>
  <bind nodeset="/data/end" type="string"/>
  <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <input ref="/data/agreed"><label>Accord ?</label></input>
  <group ref="/data/housing"><label>Logement</label>
   <input ref="/data/housing/walls"><label>Murs</label></input><input ref="/data/housing/rooms"><label>Pièces</label></input>
   <input ref="/data/housing/beds"><label>Lits</label></input></group>
  <group ref="/data/members"><label>Membre</label><repeat nodeset="/data/members">
   <input ref="/data/members/here"><label>Présent ?</label></input><input ref="/data/members/work"><label>Travail</label></input></repeat></group>
  <input ref="/data/end"><label>Fin</label></input>
 </h:body></h:html>`

const FORMER: Former = {
  household: 'h1', askedOn: '2026-02-03', answers: { '/data/housing/walls': 'banco', '/data/housing/rooms': '3' },
  members: { p2: { '/data/members/work': 'farming' } },
}
const source = { xform: XFORM, files: new Map() }

const resume = (xml: string): Promise<RootNode> =>
  openInterview(source, { as: 'draft', draft: { xml, position: '', language: '', events: [] } })

async function update(state?: FormerState, xml?: string) {
  const former = useFormer(state)
  let opened = xml ? await resume(xml) : await openInterview(source, { as: 'new' })
  if (!xml) {
    const filled = fillFormer(writeDraft(opened), FORMER)
    opened = await resume(filled.xml)
    former.take(opened, FORMER, filled)
  }
  const root = shallowRef<RootNode | null>(opened)
  const walking = useWalking(root, { isCorrection: false, isFlagged: () => false, former, onShown: () => undefined })
  walking.begin(undefined)
  const say = (name: string, value: unknown, line = 0): void => {
    const found = [...allQuestions(opened)].filter((one) => localName(one) === name)[line]
    assert.ok(found, name)
    ;(found as unknown as { setValue(value: unknown): void }).setValue(value)
    noteAnswer(found)
  }
  const summary = () => {
    const { value } = walking.page
    return value?.kind === 'summary' ? value.node : assert.fail(value?.id)
  }
  return { former, opened, say, summary, walking, here: () => walking.page.value?.id }
}

test('a part that is kept asks only what was not known', async () => {
  const { say, summary, walking, here } = await update()
  say('agreed', 'yes')
  walking.next()
  assert.equal(here(), '/data/housing#summary')
  assert.equal(walking.keepPart(summary()), true)
  assert.equal(here(), '/data/housing/beds')
  say('beds', 2)
  walking.next()
  assert.equal(here(), '/data/members')
})

test('a part that changed is opened on its first question, with its former answer', async () => {
  const { opened, former, say, summary, walking, here } = await update()
  say('agreed', 'yes')
  walking.next()
  walking.openPart(summary())
  assert.equal(here(), '/data/housing/walls')
  assert.match(writeDraft(opened), /<walls>banco<\/walls><rooms>3<\/rooms>/)
  assert.equal(former.state()?.parts['/data/housing']?.state, 'opened')
})

test('each member has a summary of their own, and who left has none', async () => {
  const { former, opened, say, walking, here } = await update()
  const lines = pagesOf(opened).filter((page) => page.members.length > 0).map((page) => page.members[0])
  say('here', 'yes', 1)
  assert.ok(former.isUnread(lines.at(-1)))
  walking.goTo('/data/members[2]/here')
  assert.equal(here(), '/data/members[2]#summary')
  say('here', 'no', 1)
  assert.ok(!former.isUnread(lines.at(-1)))
})

test('what was kept stays kept in a draft, and what was not waits', async () => {
  const before = await update()
  before.say('agreed', 'yes')
  before.walking.next()
  before.walking.keepPart(before.summary())
  const after = await update(before.former.state(), writeDraft(before.opened))
  assert.equal(after.former.askedOn(), '2026-02-03')
  const parts = after.former.state()?.parts ?? {}
  assert.deepEqual(Object.entries(parts).map(([place, { state }]) => [place, state]), [['/data/housing', 'kept'], ['/data/members[2]', 'unread']])
})

test('nothing of one household stays for another', async () => {
  const { former, opened } = await update()
  const xml = former.forget(writeDraft(opened))
  assert.doesNotMatch(xml, /banco|farming/)
  assert.equal(former.state(), undefined)
})

test('what is known of members waits for their line', async () => {
  const former = useFormer(undefined)
  const opened = await openInterview(source, { as: 'new' })
  const late = { ...FORMER, members: { p3: { '/data/members/work': 'trade' } } }
  former.take(opened, late, fillFormer(writeDraft(opened), late))
  assert.deepEqual(former.toFill(opened)?.members, late.members)
  assert.equal(former.toFill(opened), null, 'tried once for the lines that are there')
})
