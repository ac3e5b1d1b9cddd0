/** The state of one interview on the screen: its answers, its language, its saving. */
import type { AnyControlNode, RootNode } from '@getodk/xforms-engine'
import { computed, inject, onScopeDispose, provide, ref, shallowRef, type InjectionKey } from 'vue'
import type { Former, InterviewProps } from './contract.ts'
import { noteAnswer, writeDraft } from './drafts.ts'
import { householdsOf, openInterview } from './engine.ts'
import { EventLog } from './events.ts'
import { useFewer } from './fewer.ts'
import { fillFormer, useFormer, wholeOf, type Whole } from './former.ts'
import { giveKnown } from './known.ts'
import { keysRead } from './lists.ts'
import { useMedia } from './media.ts'
import { valueAt } from './nodes.ts'
import { allQuestions } from './pages.ts'
import { type Fix, firstFix, roundFix, watchPosition, writeFix } from './position.ts'
import { createSaver } from './saving.ts'
import { isDiskFull } from '../store/reserve.ts'
import { useWalking } from './walking.ts'
import { tagOf, wordsFor } from './words/index.ts'

type Emit = (what: 'close' | 'finished' | 'language', value?: string) => void

export type Interview = ReturnType<typeof useInterview>

const KEY: InjectionKey<Interview> = Symbol('interview')

export function injectInterview(): Interview {
  const interview = inject(KEY)
  if (!interview) throw new Error('outside an interview')
  return interview
}

export function useInterview(props: InterviewProps, emit: Emit) {
  const { keeper, source, start } = props
  const root = shallowRef<RootNode | null>(null)
  const failure = ref('')
  /** Why the disk does not have everything, where it has not. */
  const unsaved = ref<'' | 'full' | 'failed'>('')
  const isBusy = ref(false)
  /** Raised when the questions are others than a moment ago, though the page is the same. */
  const round = ref(0)
  const language = ref(props.language ?? '')
  const words = computed(() => wordsFor(language.value, props.tongue))
  const log = new EventLog(start.as === 'draft' ? start.draft.events : [])
  const position = source.xform.includes('geopoint') ? watchPosition() : null
  const writePoint = (fix: Fix): string => writeFix(props.isDiscreet ? roundFix(fix) : fix)
  const locate = () => (position ? firstFix(position, writePoint) : Promise.resolve(''))
  const keys = keysRead(source.xform)
  const households = householdsOf(start)
  const former = useFormer(start.as === 'draft' ? start.draft.former : undefined)
  let kept = ''

  const saver = createSaver(async () => {
    if (!root.value) return
    kept = fewer.undo() || writeDraft(root.value)
    await keeper.saveDraft({
      xml: kept, position: walking.page.value?.id ?? '', language: language.value, events: log.lines, former: former.state(),
    })
    unsaved.value = ''
  }, notKept)

  function notKept(error: unknown): void {
    unsaved.value = isDiskFull(error) ? 'full' : 'failed'
  }

  /** Write now what is not written, and say so where it cannot be. */
  async function settle(): Promise<void> {
    try {
      await saver.now()
      unsaved.value = ''
    } catch (error) {
      notKept(error)
    }
  }

  const commentsOn = (reference: string): string[] =>
    (props.comments ?? []).filter((one) => one.path === reference).map((one) => one.text)

  const walking = useWalking(root, {
    isCorrection: start.as === 'correction' || (start.as === 'draft' && start.draft.xml.includes('deprecatedID')),
    isFlagged: (reference) => commentsOn(reference).length > 0,
    former,
    onShown: saver.soon,
  })

  const fewer = useFewer({
    pages: walking.pages,
    write: () => (saver.isFresh() && kept) || (root.value ? writeDraft(root.value) : ''),
    reopen,
  })
  const { leaving } = fewer

  function reopen(xml: string): Promise<RootNode> {
    const draft = { xml, position: '', language: '', events: [] }
    return openInterview(source, { as: 'draft', draft }, { households, locate, isDiscreet: props.isDiscreet })
  }

  /** Show the same page of an interview taken up again. */
  function replace(opened: RootNode): void {
    root.value = opened
    chooseLanguage(language.value)
    fewer.noteAll(opened)
    walking.begin(walking.page.value?.id)
    round.value += 1
  }

  function unmet(): string | undefined {
    const opened = root.value
    return opened ? keys.map((path) => valueAt(opened, path)).find((id) => id && !households.has(id)) : undefined
  }

  /** The engine holds the persons of the households it has met: another one is fetched when named. */
  async function meetHousehold(): Promise<void> {
    const met = unmet()
    if (!met || !root.value) return
    households.add(met)
    const xml = writeDraft(root.value)
    // The page says so before the engine takes the thread.
    await new Promise((resolve) => setTimeout(resolve))
    replace(await reopen(xml))
  }

  async function fillIn(opened: RootNode, known: Former): Promise<RootNode> {
    const filled = fillFormer(writeDraft(opened), known)
    const taken = filled.places.size > 0 ? await reopen(filled.xml) : opened
    former.take(taken, known, filled)
    return taken
  }

  /** Members have come whose former answers are known. */
  async function meetMembers(known: Former): Promise<void> {
    const opened = root.value
    const taken = opened && (await fillIn(opened, known))
    if (taken && taken !== opened) replace(taken)
  }

  function isOtherHousehold(): boolean {
    const opened = root.value
    return opened !== null && former.household() !== '' && keys.length > 0 && !keys.some((path) => valueAt(opened, path) === former.household())
  }

  /** What one household answered before says nothing of another. */
  async function forgetFormer(): Promise<void> {
    if (root.value && isOtherHousehold()) replace(await reopen(former.forget(writeDraft(root.value))))
  }

  /** Let nothing be touched meanwhile. */
  function waitFor(work: Promise<void>): void {
    isBusy.value = true
    void work.finally(() => (isBusy.value = false))
  }

  async function open(): Promise<void> {
    try {
      let opened = await openInterview(source, start, { households, locate, isDiscreet: props.isDiscreet })
      if (start.as === 'new') giveKnown(opened, start.answers ?? {})
      if (start.as === 'new' && start.former) opened = await fillIn(opened, start.former)
      root.value = opened
      chooseLanguage(start.as === 'draft' ? start.draft.language : (props.language ?? ''))
      log.add(start.as === 'draft' ? 'resumed' : 'opened', '')
      fewer.noteAll(opened)
      walking.begin(start.as === 'draft' ? start.draft.position : props.comments?.[0]?.path)
      await meetHousehold()
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error)
    }
  }

  function chooseLanguage(wanted: string): void {
    const languages = root.value?.languages ?? []
    const chosen = languages.find((one) => one.language === wanted || tagOf(one.language) === wanted) ??
      languages.find((one) => tagOf(one.language) === props.tongue)
    if (root.value && chosen && !chosen.isSyntheticDefault) root.value.setLanguage(chosen)
    language.value = root.value?.currentState.activeLanguage.language ?? ''
  }

  function switchLanguage(wanted: string): void {
    chooseLanguage(wanted)
    log.add('language', walking.page.value?.id ?? '')
    emit('language', tagOf(language.value))
    saver.soon()
  }

  /** Do what answers a question, and keep it. */
  function answer(node: AnyControlNode, change: () => void): void {
    const before = fewer.prepare()
    change()
    noteAnswer(node)
    fewer.note(node)
    log.answer(node.currentState.reference)
    const asking = fewer.check(before)
    if (asking) return waitFor(asking)
    saver.soon()
    if (unmet() || isOtherHousehold()) return waitFor(meetHousehold().then(forgetFormer))
    const known = root.value && former.toFill(root.value)
    if (known) waitFor(meetMembers(known))
  }

  /** Former answers hold, or the part is passed: say so in the log. */
  function keepPart(whole: Whole): void {
    if (!walking.keepPart(whole)) return
    log.add('confirmed', whole.currentState.reference)
    saver.soon()
  }

  /** The parts and members whose former answers nobody has confirmed. */
  function unread(): Whole[] {
    return [...new Set(walking.pagesNow().map(wholeOf))].filter((whole) => former.isUnread(whole)) as Whole[]
  }

  function agreeToLose(): void {
    fewer.settle()
    walking.pagesNow()
    saver.soon()
  }

  /** Go on with the interview as it was before the answer that would have taken lines away. */
  function keepLines(): void {
    const former = leaving.value?.former
    fewer.settle()
    if (former) replace(former)
  }

  /** Do what adds or removes a line, and keep it. */
  function change(where: string, what: () => void): void {
    what()
    log.add('changed', where)
    walking.pagesNow()
    saver.soon()
  }

  function pause(): void {
    log.add(document.visibilityState === 'hidden' ? 'paused' : 'resumed', walking.page.value?.id ?? '')
    if (root.value) void settle()
  }

  async function close(): Promise<void> {
    await settle()
    if (!unsaved.value) emit('close')
  }

  async function finish(): Promise<void> {
    const payload = await root.value?.prepareInstancePayload()
    if (!root.value || payload?.status !== 'ready') throw new Error('not ready')
    log.add('finished', '')
    await keeper.finish(await payload.data[0].get('xml_submission_file').text(), filesIn(root.value), log.lines)
    emit('finished')
  }

  document.addEventListener('visibilitychange', pause)
  window.addEventListener('pagehide', pause)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', pause)
    window.removeEventListener('pagehide', pause)
  })

  const interview = {
    ...walking, agreeToLose, answer, askedOn: former.askedOn, change, close, commentsOn, failure, finish, isBusy,
    isUnread: former.isUnread, keeper, keepLines, keepPart, language, leaving, mediaAddress: useMedia(source), notKept, open,
    position, root, round, switchLanguage, unread, unsaved, words, writePoint,
    /** Nothing typed may be lost to what leaves the page: a picker, a camera, another application. */
    settle,
  }
  provide(KEY, interview)
  return interview
}

function filesIn(root: RootNode): string[] {
  return [...allQuestions(root)].flatMap((one) =>
    one.nodeType === 'upload' && one.currentState.instanceValue ? [one.currentState.instanceValue] : [])
}
