/** Going through an interview: which page is shown, and where one goes from it. */
import type { GroupNode, RepeatRangeNode, RootNode } from '@getodk/xforms-engine'
import { nextTick, ref, shallowRef, type ShallowRef } from 'vue'
import { type FormerAnswers, type Whole, wholeOf } from './former.ts'
import { allQuestions, END, isWithin, pageOf, pagesOf, partOf, questionsOf, stepFrom, summaryOf, type Page } from './pages.ts'

interface Options {
  readonly isCorrection: boolean
  /** Whether a remark was made on a question of the interview that was sent back. */
  readonly isFlagged: (reference: string) => boolean
  readonly former: Pick<FormerAnswers, 'decide' | 'isKept' | 'isUnread'>
  readonly onShown: () => void
}

export function useWalking(root: ShallowRef<RootNode | null>, { isCorrection, isFlagged, former, onShown }: Options) {
  const page = shallowRef<Page | null>(null)
  const place = ref({ done: 0, all: 1 })
  /** Errors of the page are shown from the first time one tries to leave it. */
  const isTried = ref(false)
  const seen = new Set<Whole>()
  let pages: Page[] = []

  /** The pages as they are now: an answer may have made others. */
  function pagesNow(): Page[] {
    pages = root.value ? pagesOf(root.value) : []
    return pages
  }

  function show(next: Page | undefined, { isQuiet = false } = {}): void {
    if (!next) return
    page.value = next
    isTried.value = false
    const at = pages.findIndex((one) => one.id === next.id || (next.kind === 'summary' && isWithin(one, next.node)))
    place.value = { done: at, all: Math.max(1, pages.length - 1) }
    if (isQuiet) return
    onShown()
    focusSoon('[data-iv-heading]')
  }

  /** Show the first page, or the one where the interview was left. */
  function begin(wanted: string | undefined): void {
    const first = pagesNow()[0]
    const found = (wanted && pageOf(pages, wanted)) || first
    show(found && orSummary(found), { isQuiet: true })
  }

  /** Former answers are looked at as a whole first. */
  function orSummary(next: Page): Page {
    const whole = wholeOf(next)
    return former.isUnread(whole) && next.kind !== 'hub' ? summaryOf(whole, next) : next
  }

  function goBy(by: 1 | -1): void {
    const here = page.value
    if (here?.kind === 'summary') return by === 1 ? goPast(here.node) : goBefore(here.node)
    if (!here) return
    const next = stepFrom(pages, pagesNow(), here.id, by)
    if (by === 1) arrive(next)
    else show(next)
  }

  /** Leave the page forward, or say what bars the way. */
  function next(): void {
    const faults = page.value ? faultsOn(page.value) : []
    const isBarred = faults.some((one) => !one.validationState.constraint.valid)
    // Somebody who does not know may go on the second time; the last page will remember it.
    if (faults.length > 0 && (isBarred || !isTried.value)) {
      isTried.value = true
      focusSoon('[data-iv-fault] :is(input,select,textarea,button)')
    } else goBy(1)
  }

  /** Go to the page of a question, or to a part; the question itself gets the eye. */
  function goTo(id: string): void {
    const found = id === END ? pagesNow().at(-1) : pageOf(pagesNow(), id)
    const shown = found && orSummary(found)
    show(shown)
    if (shown && shown.id !== id) void nextTick(() => document.getElementById(elementId(id))?.scrollIntoView({ block: 'center' }))
  }

  /** Go to what follows a repeat and all its lines, a line, or a part. */
  function goPast(whole: RepeatRangeNode | Whole): void {
    const all = pagesNow()
    arrive(all[all.findLastIndex((one) => isWithin(one, whole)) + 1])
  }

  function goBefore(whole: Whole): void {
    const first = pagesNow().findIndex((one) => isWithin(one, whole))
    show(pages[Math.max(0, first - 1)])
  }

  /** Turn to the pages of what was shown as a whole. */
  function openPart(whole: Whole): void {
    seen.add(whole)
    former.decide(whole, 'opened')
    show(pagesNow().find((one) => isWithin(one, whole)))
  }

  /** Nothing changed: go to what was not known before, or past the whole. Tell whether these were former answers. */
  function keepPart(whole: Whole): boolean {
    const isFormer = former.decide(whole, 'kept')
    if (isFormer) arrive(pagesNow().find((one) => isWithin(one, whole)))
    else goPast(whole)
    return isFormer
  }

  /** Show a page as one comes to it forward. What was answered before is shown as a whole; of what was confirmed, only
   *  what lacks an answer. */
  function arrive(next: Page | undefined): void {
    const found = next && pages.slice(pages.indexOf(next)).find((one) => !isPassed(one))
    if (!found) return show(next)
    const part = partOf(found)
    const isNew = part !== undefined && page.value !== null && part !== partOf(page.value)
    show(isNew && isSettled(part) ? summaryOf(part, found) : orSummary(found))
  }

  function isPassed(one: Page): boolean {
    return one.kind === 'questions' && former.isKept(wholeOf(one)) && faultsOn(one).length === 0
  }

  function isSettled(part: GroupNode): boolean {
    if (!isCorrection || seen.has(part)) return false
    const asked = [...allQuestions(part)].filter((one) => one.nodeType !== 'note')
    return asked.length > 0 && asked.every((one) => !one.validationState.violation && !isFlagged(one.currentState.reference))
  }

  return { arrive, begin, goBy, goPast, goTo, isTried, keepPart, next, openPart, page, pages: () => pages, pagesNow, place, show }
}

const faultsOn = (page: Page) => questionsOf(page).filter((one) => one.validationState.violation)

function focusSoon(selector: string): void {
  void nextTick(() => document.querySelector<HTMLElement>(selector)?.focus())
}

/** Where a question stands in the page: the same address as in the interview. */
export function elementId(reference: string): string {
  return `iv-${reference.replace(/[^\w-]/g, '-')}`
}
