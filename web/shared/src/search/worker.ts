/** The search, beside the page: reading sixty thousand names or comparing them never holds up a hand that types. */

/// <reference lib="webworker" />

import { mergeEntities } from '../store/csv.ts'
import type { Entity } from '../store/entities.ts'
import { type Answer, type Asked, find, type Index, makeIndex } from './households.ts'

export interface List {
  readonly bytes: ArrayBuffer
  /** What this telephone knows of it already. */
  readonly entities: readonly Entity[]
}

export type Order =
  | { readonly say: 'read'; readonly turn: number; readonly menages: List; readonly personnes: List }
  | { readonly say: 'ask'; readonly turn: number; readonly asked: Asked }

export type Report =
  | { readonly say: 'read'; readonly turn: number; readonly known: number }
  | { readonly say: 'answer'; readonly turn: number; readonly answer: Answer }

declare const self: DedicatedWorkerGlobalScope

let index: Index | null = null
let waiting: (Order & { say: 'ask' }) | null = null

self.addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  if (order.say === 'read') {
    index = makeIndex(textOf(order.menages), textOf(order.personnes))
    tell({ say: 'read', turn: order.turn, known: index.households.length })
  } else {
    // Of several that were typed meanwhile, the last one counts.
    if (!waiting) setTimeout(answer)
    waiting = order
  }
})

function answer(): void {
  const order = waiting
  waiting = null
  if (index && order) tell({ say: 'answer', turn: order.turn, answer: find(index, order.asked) })
}

function textOf({ bytes, entities }: List): string {
  return mergeEntities(new TextDecoder().decode(bytes), entities)
}

const tell = (report: Report): void => self.postMessage(report)
