/** One line an interview: what it is about and how far it is. Its answers are in `copies`, its photos in `files`. */

import type { Form } from '../sync/protocol.ts'
import { type Change, prepare, read, readAll, type Store, write } from './store.ts'

/** `apart`: the server refused a part of it; somebody must look. `done`: accepted, the answers are gone from here. */
export type CardState = 'draft' | 'waiting' | 'sent' | 'apart' | 'done'

export interface Card {
  /** A name of ours: the interview's own is known only once it was opened. */
  readonly id: string
  readonly state: CardState
  /** With the bytes that it was opened with, by their MD5: kept as long as this interview may be opened. */
  readonly form: Form
  /** `instanceID`, once known. */
  readonly instanceId: string
  /** The household as a person calls it: its head, its size. */
  readonly label: string
  readonly zone: { readonly code: string; readonly name: string }
  /** The known household that it updates. */
  readonly household: string
  /** The interview that it corrects. */
  readonly corrects: string
  readonly startedAt: number
  readonly changedAt: number
  readonly finishedAt: number
  /** When the last copy of a draft was made for the server. */
  readonly copiedAt: number
  /** Nothing readable stays after the end. */
  readonly isRestricted: boolean
  /** What the server said, where it refused. */
  readonly refusal: string
  /** Of the household that is known, or of the card that was left with a new one. */
  readonly registryNumber: string
}

export function readCards(store: Store): Promise<Card[]> {
  return readAll<Card>(store, 'cards')
}

/** Change a card, with what belongs to the change, in one transaction. Sending and interviewing do so at the same
 *  time: each reads the card again before it writes. `first` is the card where there is none yet. */
export function changeCard(
  store: Store, id: string, how: (card: Card) => Card, changes: readonly Change[] = [], first?: Card,
): Promise<Card | undefined> {
  return navigator.locks.request(`gwa-card-${id}`, async () => {
    const before = (await read<Card>(store, 'cards', id)) ?? first
    if (!before) return undefined
    const after = how(before)
    await write(store, [await prepare(store, 'cards', id, after), ...changes])
    return after
  })
}

/** Tell whether only this telephone has it. */
export function isHeldHere(card: Card): boolean {
  if (card.state === 'draft') return card.copiedAt < card.changedAt
  return card.state === 'waiting' || card.state === 'apart'
}
