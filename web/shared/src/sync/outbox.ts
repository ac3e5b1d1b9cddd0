/** Sending: envelopes leave piece by piece, and each stays until the server's receipt says what it found inside. */

import { readHeader } from '../crypto/envelope.ts'
import { type Card, changeCard, readCards } from '../store/cards.ts'
import type { Letter } from '../store/database.ts'
import { forget, forgetLetters, sealAgain, sealAnew, sealDraft } from '../store/interviews.ts'
import { withReserve } from '../store/reserve.ts'
import { unlessFull } from '../store/storage.ts'
import { type Change, type Store, write } from '../store/store.ts'
import { Broken, call, knockAt, readJson, refusalOf, Refused } from './door.ts'
import { answered, failed, lettersToSend, pieceSize, putBack, stateFrom } from './letters.ts'
import type { Held, Upload } from './protocol.ts'
import type { Session } from './session.ts'

const JSON_ANSWERS = new Set([200, 409, 422])
/** What the server says of one envelope alone: the others go on. */
const OF_THIS_ONE = new Set([400, 404, 413])
const MOST_ASKED = 50
const MOST_STEPS_BACK = 3

/** Copy every draft that changed, sealed, for the server. */
export async function copyDrafts(store: Store, session: Session): Promise<void> {
  const cards = await readCards(store)
  for (const card of cards.filter((one) => one.state === 'draft' && one.copiedAt < one.changedAt)) {
    await sealDraft(store, card, session.sealKeys)
  }
}

/** Send all that may leave; `isUrgent`: what failed a moment ago too. Return what broke at the server, where something
 *  did. Raises where there is no network, or where the server hears this telephone no more. */
export async function sendAll(
  store: Store, session: Session, isUrgent: boolean, told: () => void,
): Promise<Broken | null> {
  const tried = new Set<string>()
  /** What this run knows, though a full disk may not have taken it. */
  const sent = new Map<string, Letter>()
  let broken: Broken | null = null
  for (;;) {
    const letters = (await store.database.getAll('letters')).map((one) => sent.get(one.id) ?? one)
    const next = lettersToSend(letters, isUrgent ? Infinity : Date.now()).find((letter) => !tried.has(letter.id))
    if (!next) return broken
    tried.add(next.id)
    try {
      const letter = await send(store, session, next, told)
      sent.set(letter.id, letter)
      await unlessFull(settle(store, letter))
    } catch (error) {
      await keep(store, failed((await store.database.get('letters', next.id)) ?? next, Date.now()))
      if (!(error instanceof Broken)) throw error
      broken = error
    } finally {
      told()
    }
  }
}

async function send(store: Store, session: Session, first: Letter, told: () => void): Promise<Letter> {
  const envelope = await store.database.get('envelopes', first.id)
  if (!envelope) throw new Broken('an envelope without its bytes')
  let letter = first
  if (letter.tries > 0 || letter.received > 0) letter = await heed(store, letter, await ask(session, letter.id))
  for (let stepsBack = 0; letter.state === 'waiting'; ) {
    const before = letter.received
    const piece = envelope.bytes.slice(before, before + pieceSize(letter.tries))
    letter = await heed(store, letter, await put(session, letter, piece))
    if (letter.state === 'waiting' && letter.received <= before) stepsBack += 1
    if (stepsBack > MOST_STEPS_BACK) throw new Broken('the server asks for the same piece again and again')
    told()
  }
  return letter
}

async function heed(store: Store, letter: Letter, upload: Upload): Promise<Letter> {
  const after = answered(letter, upload)
  await keep(store, after)
  return after
}

function ask(session: Session, id: string): Promise<Upload> {
  return upload(`uploads/${id}`, session, {})
}

function put(session: Session, letter: Letter, piece: ArrayBuffer): Promise<Upload> {
  const path = `uploads/${letter.id}?offset=${letter.received}&size=${letter.size}`
  return upload(path, session, { method: 'PUT', body: piece })
}

async function upload(path: string, { token }: Session, how: { method?: 'PUT'; body?: BodyInit }): Promise<Upload> {
  const answer = await knockAt(path, { token, ...how })
  const told = await readJson(answer)
  if (JSON_ANSWERS.has(answer.status)) return told as Upload
  const { status, code, sentence } = refusalOf(answer, told)
  if (OF_THIS_ONE.has(status)) return { received: 0, done: true, refused: { code, sentence } }
  throw new Refused(status, code, sentence)
}

/** Write a letter back, unless what it belongs to was sealed anew meanwhile. */
async function keep(store: Store, letter: Letter): Promise<void> {
  await unlessFull(withReserve(async () => {
    const transaction = store.database.transaction('letters', 'readwrite', { durability: 'strict' })
    const written = transaction.store.get(letter.id).then((known) => known && transaction.store.put(letter))
    await Promise.all([written, transaction.done])
  }))
}

/** Bring the card up to what its letters say. */
async function settle(store: Store, letter: Letter): Promise<void> {
  if (letter.kind === 'draft') {
    if (letter.state === 'received') {
      await changeCard(store, letter.parent, (card) => ({ ...card, copiedAt: letter.madeAt }))
    }
    await write(store, await forgetLetters(store, letter.parent, (one) => one.id === letter.id))
    return
  }
  const letters = await store.database.getAllFromIndex('letters', 'parent', letter.parent)
  const card = await changeCard(store, letter.parent, (before) => ({
    ...before, state: stateFrom(before, letters), refusal: letter.refusal || before.refusal,
  }))
  if (card?.isRestricted && card.state === 'sent') await leaveNoTrace(store, card)
}

/** Put what was set apart back in the queue: somebody looked at it. What waited behind it is sealed to the same key. */
export async function takeBack(store: Store, session: Session, card: Card): Promise<void> {
  const changes: Change[] = []
  for (const letter of await lettersOf(store, card)) {
    if (letter.state === 'received') continue
    const anew = await sealAnew(store, card, letter, session.sealKeys)
    changes.push(...(anew.length > 0 ? anew : [{ table: 'letters' as const, row: putBack(letter) }]))
  }
  await queue(store, card, changes)
}

async function sendAgain(store: Store, card: Card, which: (letter: Letter) => boolean): Promise<void> {
  const again = (await lettersOf(store, card)).filter(which).map(putBack)
  await queue(store, card, again.map((row) => ({ table: 'letters', row })))
}

async function queue(store: Store, card: Card, changes: readonly Change[]): Promise<void> {
  await changeCard(store, card.id, (before) => ({ ...before, state: 'waiting', refusal: '' }), changes)
}

const lettersOf = (store: Store, card: Card): Promise<Letter[]> =>
  store.database.getAllFromIndex('letters', 'parent', card.id)

/** Ask the server whether it still has what it acknowledged: a restored one may not. */
export async function askReceipts(store: Store, session: Session): Promise<void> {
  const sent = (await readCards(store)).filter((card) => card.state === 'sent')
  for (let from = 0; from < sent.length; from += MOST_ASKED) {
    const cards = sent.slice(from, from + MOST_ASKED)
    const ids = cards.map((card) => card.instanceId).join(',')
    const { receipts } = await call<{ receipts: readonly Held[] }>(
      `receipts?id=${encodeURIComponent(ids)}`, { token: session.token },
    )
    for (const held of receipts) {
      const card = cards.find((one) => one.instanceId === held.id)
      if (card) await heedHeld(store, session, card, held)
    }
  }
}

async function heedHeld(store: Store, session: Session, card: Card, held: Held): Promise<void> {
  if (held.state === 'erased') await dropAccepted(store, card)
  else if (held.state === 'unknown') {
    if ((await lettersOf(store, card)).length > 0) await sendAgain(store, card, (letter) => letter.kind !== 'draft')
    else if (await sealAgain(store, card, session.sealKeys)) await queue(store, card, [])
  } else if (held.state === 'incomplete') {
    const missing = await lettersNamed(store, card, held.missing)
    if (missing.size > 0) await sendAgain(store, card, (letter) => missing.has(letter.id))
  }
}

async function lettersNamed(store: Store, card: Card, names: readonly string[]): Promise<Set<string>> {
  const envelopes = await store.database.getAllFromIndex('envelopes', 'parent', card.id)
  const named = envelopes.filter(({ bytes }) => names.includes(readHeader(new Uint8Array(bytes)).name))
  return new Set(named.map((one) => one.id))
}

/** Where a zone is not safe, what the server has received is not here any more: sealed or not, the card included. */
async function leaveNoTrace(store: Store, card: Card): Promise<void> {
  const changes = [...(await forget(store, card.id)), ...(await forgetLetters(store, card.id, () => true))]
  await write(store, [...changes, { table: 'cards', remove: card.id }])
}

/** Drop the telephone's own copy of what the server has accepted: answers, photos, envelopes. */
export async function dropAccepted(store: Store, card: Card): Promise<void> {
  const changes = [...(await forget(store, card.id)), ...(await forgetLetters(store, card.id, () => true))]
  await changeCard(store, card.id, (before) => ({ ...before, state: 'done' }), changes)
}
