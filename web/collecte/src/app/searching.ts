/** The search of households. What it knows is kept as long as the telephone is open: the next interview finds it ready. */

import type { Answer, Asked } from '@gwa/shared/src/search/households.ts'
import type { Order, Report } from '@gwa/shared/src/search/worker.ts'
import address from '@gwa/shared/src/search/worker.ts?worker&url'
import type { Form } from '@gwa/shared/src/sync/protocol.ts'
import { ref, shallowRef, watch } from 'vue'
import { readSearched } from './lists.ts'
import { opened } from './phone.ts'

const NOTHING: Answer = { found: [], total: 0 }

/** How many households it knows; null until it has read them. */
const known = ref<number | null>(null)
const answer = shallowRef<Answer>(NOTHING)
/** The search itself is not there: nobody waits for it to begin an interview. */
const isMissing = ref(false)
let worker: Worker | null = null
let read = ''
let asked: Asked = { text: '', zone: '' }
/** Only what answers the last order is heard: of reading, and of asking. */
let turn = 0
let reading = 0

// Names are forgotten with the key that seals them.
watch(() => opened.value?.store, forget, { flush: 'sync' })

export function useSearch() {
  asked = { text: '', zone: '' }
  answer.value = NOTHING
  return { known, answer, isMissing, load, ask }
}

/** Read the lists of a form, unless they are those that it knows. */
async function load(form: Form): Promise<void> {
  const store = opened.value?.store
  if (!store) return
  const own = (turn += 1)
  const lists = await readSearched(store, form, read)
  if (own !== turn) return
  if (lists === null) return ask(asked)
  known.value = null
  answer.value = NOTHING
  read = lists.name
  reading = own
  const { menages, personnes } = lists
  tell({ say: 'read', turn: own, menages, personnes }, [menages.bytes, personnes.bytes])
  ask(asked)
}

function ask(next: Asked): void {
  asked = next
  if (worker) tell({ say: 'ask', turn, asked })
}

function tell(order: Order, moved: Transferable[] = []): void {
  worker ??= begin()
  worker.postMessage(order, moved)
}

function begin(): Worker {
  // Within the scope of the service worker: it is there without network.
  const made = new Worker(`/collecte/worker/${address.split('/').at(-1)}`, { type: 'module' })
  made.addEventListener('error', () => (isMissing.value = true))
  made.addEventListener('message', ({ data: report }: MessageEvent<Report>) => {
    if (made !== worker) return
    if (report.say === 'read' && report.turn === reading) known.value = report.known
    else if (report.say === 'answer' && report.turn === turn) answer.value = report.answer
  })
  return made
}

function forget(): void {
  worker?.terminate()
  worker = known.value = null
  answer.value = NOTHING
  read = ''
  turn += 1
}
