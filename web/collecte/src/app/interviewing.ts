/** Interviews as they begin, stop and go on. What the engine needs is read here; how it asks is not known. */

import type { Comment, FormSource, Keeper, Start } from '@gwa/shared/src/form/contract.ts'
import type { Household } from '@gwa/shared/src/search/households.ts'
import type { Card } from '@gwa/shared/src/store/cards.ts'
import { copyFiles, keeperOf, lastFinished, readCopy } from '@gwa/shared/src/store/interviews.ts'
import { unlessFull } from '@gwa/shared/src/store/storage.ts'
import { read, save, type Store, write } from '@gwa/shared/src/store/store.ts'
import type { Form, Returned } from '@gwa/shared/src/sync/protocol.ts'
import { nameOf, readReturned } from '@gwa/shared/src/sync/work.ts'
import { type Place, readFormer, readSource } from './lists.ts'
import { facts, type Opened, opened, refresh } from './phone.ts'

export interface Interviewing {
  readonly card: Card
  readonly source: FormSource
  readonly start: Start
  readonly keeper: Keeper
  readonly language: string
  readonly comments: readonly Comment[]
  /** Let another window open it. */
  release(): void
}

export class OpenElsewhere extends Error {}

/** Begun on this page and not written yet: without an answer there is nothing to keep. */
const fresh = new Map<string, { card: Card; start: Start }>()

/** Begin the interview of a household, known or new. Return its name, for the page that holds it. */
export async function begin(form: Form, place: Place | null, known: Household | null): Promise<string> {
  const { store } = here()
  const answers: Record<string, string> = place ? { ...place.above, village: place.code } : {}
  if (known) Object.assign(answers, { known_how: 'list', known_household: known.id })
  const [lastSaved, former] = await Promise.all([lastFinished(store, form.code), known && readFormer(store, form, place, known)])
  const zone = place ? { code: place.code, name: place.name } : { code: '', name: '' }
  const card = makeCard(form, {
    zone, household: known?.id ?? '', registryNumber: known?.number ?? '', isRestricted: isRestricted(place),
  })
  fresh.set(card.id, { card, start: { as: 'new', answers, ...(lastSaved ? { lastSaved } : {}), ...(former ? { former } : {}) } })
  return card.id
}

/** Take a finished interview up again; a draft of that correction is opened where there is one. */
export async function correct(former: Card | null, returned: Returned | null): Promise<string> {
  const { store, session } = here()
  const corrects = former?.instanceId ?? returned?.instance_id ?? ''
  const begun = facts.cards.find((card) => card.corrects === corrects && card.state === 'draft')
  if (begun) return begun.id
  const form = former?.form ?? facts.forms.find((one) => one.code === returned?.form)
  if (!form) throw new Error('the form of this interview is not on the telephone')
  const copy = former ? await readCopy(store, former.id) : undefined
  const xml = copy?.xml ?? (returned && (await readReturned(store, session, returned)))
  if (!xml) throw new Error('the answers of this interview are not on the telephone any more')
  const card = makeCard(form, {
    zone: former?.zone ?? { code: '', name: '' }, household: former?.household ?? '', corrects,
    label: former?.label || returned?.household || '', registryNumber: former?.registryNumber ?? '',
    ...(former ? { isRestricted: former.isRestricted } : {}),
  })
  const [from, names] = copy && former ? [former.id, copy.files] : [returned ? nameOf(returned) : '', (returned?.files ?? []).map((one) => one.name)]
  await write(store, await copyFiles(store, from, card.id, names))
  fresh.set(card.id, { card, start: { as: 'correction', xml } })
  return card.id
}

/** Open an interview: everything it needs, and the promise that no other window has it. */
export async function openInterview(id: string): Promise<Interviewing> {
  const { store, session } = here()
  const release = await hold(id)
  if (!release) throw new OpenElsewhere()
  try {
    const begun = fresh.get(id)
    const card = (await read<Card>(store, 'cards', id)) ?? begun?.card
    if (!card) throw new Error('this interview is not on the telephone')
    const draft = await readCopy(store, id)
    const start: Start | undefined = draft ? { as: 'draft', draft } : begun?.start
    if (!start) throw new Error('this interview has no answers')
    const source = await readSource(store, card.form)
    const told = (): void => void refresh()
    await unlessFull(save(store, 'facts', 'place', { id }))
    return {
      card, source, start, release,
      keeper: keeperOf(store, card, source.xform, () => opened.value?.session.sealKeys ?? session.sealKeys, told),
      language: (await read<{ language: string }>(store, 'facts', 'habits'))?.language ?? '',
      comments: facts.work.returns.find((one) => one.instance_id === card.corrects)?.comments ?? [],
    }
  } catch (error) {
    release()
    throw error
  }
}

/** The interview that was open when the telephone was locked or the page was killed. */
export async function interrupted(store: Store): Promise<string | null> {
  const place = await read<{ id: string }>(store, 'facts', 'place')
  const card = place && (await read<Card>(store, 'cards', place.id))
  return card?.state === 'draft' ? card.id : null
}

export async function leaveInterview({ card, release }: Interviewing, store: Store): Promise<void> {
  release()
  fresh.delete(card.id)
  await write(store, [{ table: 'facts', remove: 'place' }])
  await refresh()
}

export async function rememberLanguage(language: string): Promise<void> {
  await save(here().store, 'facts', 'habits', { language })
}

/** The correction of an interview, where one is begun or on its way. */
export function correctionOf(instanceId: string): Card | undefined {
  return facts.cards.find((card) => card.corrects === instanceId && card.state !== 'done')
}

function makeCard(form: Form, told: Partial<Card>): Card {
  const now = Date.now()
  return {
    // The former answers are in the interview by then: their file goes when the work goes.
    id: crypto.randomUUID(), state: 'draft', form: { ...form, former: [] }, instanceId: '', label: '', zone: { code: '', name: '' }, household: '',
    corrects: '', startedAt: now, changedAt: now, finishedAt: 0, copiedAt: 0, refusal: '', registryNumber: '',
    isRestricted: isRestricted(null), ...told,
  }
}

/** Tell whether nothing readable may stay: an interview whose place is not known yet may be of any. */
function isRestricted(place: Place | null): boolean {
  const around = place && new Set([place.code, ...Object.values(place.above)])
  return facts.work.zones.some((zone) => zone.access === 'restricted' && (!around || around.has(zone.code)))
}

function here(): Opened {
  if (!opened.value) throw new Error('the telephone is locked')
  return opened.value
}

/** Hold an interview for this window alone; null where another one holds it. */
function hold(id: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(`gwa-draft-${id}`, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null)
      return new Promise<void>((release) => resolve(release))
    })
  })
}
