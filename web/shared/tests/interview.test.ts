// The engine's own part of an interview: what is kept, taken up again, corrected.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import '../../interview/engine.mjs'
import type { AnyControlNode, RootNode } from '@getodk/xforms-engine'

const { openInterview } = await import('../src/form/engine.ts')
const { noteAnswer, writeDraft } = await import('../src/form/drafts.ts')
const { allQuestions, END, pageOf, pagesOf, stepFrom } = await import('../src/form/pages.ts')
const { nameOf, stateOf } = await import('../src/form/members.ts')
const { localName } = await import('../src/form/nodes.ts')

const XFORM = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>Essai</h:title><model>
  <instance><data id="essai" version="1">
   <has_phone/><phone/><photo/>
   <about><village/><rooms/></about>
   <members jr:template=""><given_name/><family_name/><age/></members>
   <line><meta><entity dataset="lignes" create="1"/></meta></line>
   <meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/line" relevant="/data/has_phone = 'yes'"/>
  <bind nodeset="/data/has_phone" type="string"/>
  <bind nodeset="/data/phone" type="string" relevant="/data/has_phone = 'yes'"/>
  <bind nodeset="/data/photo" type="binary"/>
  <bind nodeset="/data/about/rooms" type="int"/>
  <bind nodeset="/data/members/given_name" type="string" required="true()"/>
  <bind nodeset="/data/members/age" type="int" required="true()" constraint=". &lt; 120"/>
  <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <select1 ref="/data/has_phone"><label>Téléphone ?</label>
   <item><label>Oui</label><value>yes</value></item><item><label>Non</label><value>no</value></item></select1>
  <input ref="/data/phone"><label>Numéro</label></input>
  <upload ref="/data/photo" mediatype="image/*"><label>Photo</label></upload>
  <group ref="/data/about" appearance="field-list"><label>Logement</label>
   <input ref="/data/about/village"><label>Village</label></input><input ref="/data/about/rooms"><label>Pièces</label></input></group>
  <group ref="/data/members"><label>Membre</label><repeat nodeset="/data/members">
   <input ref="/data/members/given_name"><label>Prénom</label></input>
   <input ref="/data/members/family_name"><label>Nom</label></input>
   <input ref="/data/members/age"><label>Âge</label></input></repeat></group>
 </h:body></h:html>`

const source = { xform: XFORM, files: new Map() }

function ask(root: RootNode, name: string): AnyControlNode & { setValue(value: unknown): void; selectValue(value: string): void } {
  const found = [...allQuestions(root)].find((one) => localName(one) === name)
  assert.ok(found, name)
  return found as never
}

const addMember = (root: RootNode) => {
  const range = root.currentState.children.find((one) => one.nodeType === 'repeat-range:uncontrolled')
  assert.ok(range?.nodeType === 'repeat-range:uncontrolled')
  range.addInstances()
  return range
}

const instanceId = (xml: string, tag = 'instanceID') => new RegExp(`<(?:orx:)?${tag}[^>]*>([^<]+)<`).exec(xml)?.[1]

async function resume(root: RootNode): Promise<RootNode> {
  const draft = { xml: writeDraft(root), position: '', language: '', events: [] }
  return openInterview(source, { as: 'draft', draft })
}

test('a draft keeps the answers of questions that are not asked now', async () => {
  const root = await openInterview(source, { as: 'new' })
  ask(root, 'has_phone').selectValue('yes')
  ask(root, 'phone').setValue('76 12 < & 34')
  noteAnswer(ask(root, 'phone'))
  ask(root, 'has_phone').selectValue('no')
  const again = await resume(await resume(root))
  assert.equal(instanceId(writeDraft(again)), instanceId(writeDraft(root)))
  ask(again, 'has_phone').selectValue('yes')
  assert.equal(ask(again, 'phone').currentState.instanceValue, '76 12 < & 34')
})

test('a draft keeps what a part that is not asked now is called', async () => {
  const again = await resume(await resume(await openInterview(source, { as: 'new' })))
  ask(again, 'has_phone').selectValue('yes')
  assert.match(writeDraft(again), /<line><meta><entity dataset="lignes" create="1"/)
})

test('an interview has one id, in whichever namespace the form writes it', async () => {
  const mixed = XFORM.replace('<instanceID/>', '<orx:instanceID/>')
  const root = await openInterview({ ...source, xform: mixed }, { as: 'new' })
  assert.equal(writeDraft(root).match(/instanceID>uuid:|instanceID\/>/g)?.length, 1)
})

test('a finished interview leaves them out', async () => {
  const root = await openInterview(source, { as: 'new' })
  ask(root, 'has_phone').selectValue('yes')
  ask(root, 'phone').setValue('76123434')
  ask(root, 'has_phone').selectValue('no')
  const payload = await root.prepareInstancePayload()
  assert.equal(payload.status, 'ready')
  assert.doesNotMatch(await payload.data[0].get('xml_submission_file').text(), /76123434/)
})

test('a correction is a new interview that names the one it replaces, and stays so when taken up again', async () => {
  const first = await openInterview(source, { as: 'new' })
  const xml = writeDraft(first)
  const corrected = await openInterview(source, { as: 'correction', xml })
  const told = writeDraft(corrected)
  assert.equal(instanceId(told, 'deprecatedID'), instanceId(xml))
  assert.notEqual(instanceId(told), instanceId(xml))
  const again = writeDraft(await resume(corrected))
  assert.equal(instanceId(again), instanceId(told))
  assert.equal(instanceId(again, 'deprecatedID'), instanceId(xml))
  const twice = writeDraft(await openInterview(source, { as: 'correction', xml: told }))
  assert.equal(instanceId(twice, 'deprecatedID'), instanceId(told))
})

test('a photo is known by its name alone, and can be forgotten after a resumption', async () => {
  const root = await openInterview(source, { as: 'new' })
  ask(root, 'photo').setValue(new File([], 'photo-1.jpg', { type: 'image/jpeg' }))
  const again = await resume(root)
  assert.equal(ask(again, 'photo').currentState.instanceValue, 'photo-1.jpg')
  ask(again, 'photo').setValue(new File([], ''))
  assert.equal(ask(await resume(again), 'photo').currentState.instanceValue, '')
})

test('what the work knows is answered before the first page', async () => {
  const { giveKnown } = await import('../src/form/known.ts')
  const root = await openInterview(source, { as: 'new' })
  giveKnown(root, { has_phone: 'yes', phone: '76123434', rooms: '3' })
  assert.equal(ask(root, 'phone').currentState.instanceValue, '76123434')
  assert.equal(ask(root, 'rooms').currentState.instanceValue, '3')
})

test('pages: a question each, a screen of several, the list of a repeat and its lines, the end', async () => {
  const root = await openInterview(source, { as: 'new' })
  addMember(root)
  addMember(root)
  const pages = pagesOf(root)
  assert.deepEqual(pages.map((one) => one.id), [
    '/data/has_phone', '/data/photo', '/data/about', '/data/members',
    '/data/members[1]/given_name', '/data/members[1]/family_name', '/data/members[1]/age',
    '/data/members[2]/given_name', '/data/members[2]/family_name', '/data/members[2]/age', END,
  ])
  assert.equal(pageOf(pages, '/data/about/rooms')?.id, '/data/about')
  assert.equal(pageOf(pages, '/data/members[2]/age')?.id, '/data/members[2]/age')
})

test('from a page that has vanished one goes on to what followed it', async () => {
  const root = await openInterview(source, { as: 'new' })
  ask(root, 'has_phone').selectValue('yes')
  const before = pagesOf(root)
  ask(root, 'has_phone').selectValue('no')
  assert.equal(stepFrom(before, pagesOf(root), '/data/phone', 1)?.id, '/data/photo')
  assert.equal(stepFrom(before, pagesOf(root), '/data/phone', -1)?.id, '/data/has_phone')
})

test('a line is called by the name answered in it, and tells what it lacks', async () => {
  const root = await openInterview(source, { as: 'new' })
  const range = addMember(root)
  const [line] = range.currentState.children
  assert.ok(line)
  assert.deepEqual([nameOf(line), stateOf(line)], ['', { state: 'empty', missing: 2 }])
  ask(root, 'given_name').setValue('Awa')
  ask(root, 'family_name').setValue('Traoré')
  assert.deepEqual([nameOf(line), stateOf(line)], ['Awa Traoré', { state: 'missing', missing: 1 }])
  ask(root, 'age').setValue(300)
  assert.equal(stateOf(line).state, 'missing')
  ask(root, 'age').setValue(30)
  assert.equal(stateOf(line).state, 'complete')
})
