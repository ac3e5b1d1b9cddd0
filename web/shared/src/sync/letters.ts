/** In which order envelopes leave, and what becomes of them. Values in, values out. */

import type { Card } from '../store/cards.ts'
import type { Letter } from '../store/database.ts'
import { LONGEST_MS, waitAfter } from './backoff.ts'
import type { Upload } from './protocol.ts'

const ORDER: Readonly<Record<Letter['kind'], number>> = { interview: 0, draft: 1, file: 2 }

export const LARGEST_PIECE = 131_072
const SMALL_PIECE = 16_384

/** The letters that may leave now: words before drafts before photos, those that failed least first, the oldest first;
 *  a photo only once the words of its interview have arrived. */
export function lettersToSend(letters: readonly Letter[], now: number): Letter[] {
  const awaited = new Set(
    letters.filter((one) => one.kind === 'interview' && one.state !== 'received').map((one) => one.parent),
  )
  return letters
    .filter((one) => one.state === 'waiting' && dueAt(one, now) <= now && !(one.kind === 'file' && awaited.has(one.parent)))
    .sort((one, other) => ORDER[one.kind] - ORDER[other.kind] || one.tries - other.tries || one.madeAt - other.madeAt)
}

/** When the next of them may leave; nothing waits where it is null. */
export function nextTryAt(letters: readonly Letter[], now: number): number | null {
  const waiting = letters.filter((one) => one.state === 'waiting')
  return waiting.length > 0 ? Math.min(...waiting.map((one) => dueAt(one, now))) : null
}

/** A moment further off than any wait was told by a clock that has been set back since. */
function dueAt({ notBefore }: Letter, now: number): number {
  return notBefore > now + LONGEST_MS ? now : notBefore
}

/** A piece small enough to arrive between two cuts of a bad network. */
export function pieceSize(tries: number): number {
  return Math.max(SMALL_PIECE, LARGEST_PIECE >> Math.min(tries, 3))
}

export function failed(letter: Letter, now: number): Letter {
  return { ...letter, tries: letter.tries + 1, notBefore: now + waitAfter(letter.tries) }
}

/** Where a letter stands after an answer. It is received once the receipt names what was sealed, never before. */
export function answered(letter: Letter, upload: Upload): Letter {
  if (upload.refused) {
    const { code, sentence } = upload.refused
    return { ...letter, state: 'apart', refusal: sentence || code, received: 0 }
  }
  if (!upload.done) return { ...letter, received: upload.received }
  const isSame = upload.receipt?.sha256 === letter.contentSha256
  return isSame
    ? { ...letter, state: 'received', received: letter.size, tries: 0, refusal: '' }
    : { ...letter, state: 'apart', refusal: RECEIPT_DIFFERS }
}

export const RECEIPT_DIFFERS = 'phone.receipt_differs'

export function putBack(letter: Letter): Letter {
  return { ...letter, state: 'waiting', received: 0, tries: 0, notBefore: 0, refusal: '' }
}

/** What an interview is, from the letters that carry it. */
export function stateFrom(card: Card, letters: readonly Letter[]): Card['state'] {
  if (card.state === 'draft' || card.state === 'done') return card.state
  const own = letters.filter((letter) => letter.kind !== 'draft')
  if (own.some((letter) => letter.state === 'apart')) return 'apart'
  return own.some((letter) => letter.state === 'waiting') ? 'waiting' : 'sent'
}
