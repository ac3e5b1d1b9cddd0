/** The state of one interview on the screen: its answers, its language, its saving. */
import type { AnyControlNode, RootNode } from '@getodk/xforms-engine'
import { computed, inject, onScopeDispose, provide, ref, shallowRef, type InjectionKey } from 'vue'
import type { InterviewProps } from './contract.ts'
import { noteAnswer, writeDraft } from './drafts.ts'
import { householdsOf, openInterview } from './engine.ts'
import { EventLog } from './events.ts'
import { useFewer } from './fewer.ts'
import { giveKnown } from './known.ts'
import { keysRead } from './lists.ts'
import { useMedia } from './media.ts'
import { valueAt } from './nodes.ts'
import { allQuestions } from './pages.ts'
import { firstFix, watchPosition } from './position.ts'
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
  const locate = () => (position ? firstFix(position) : Promise.resolve(''))
  const keys = keysRead(source.xform)
  const households = householdsOf(start)
  let kept = ''

  const saver = createSaver(async () => {
    if (!root.value) return
    kept = fewer.undo() || writeDraft(root.value)
    await keeper.saveDraft({ xml: kept, position: walking.page.value?.id ?? '', language: language.value, events: log.lines })
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
    return openInterview(source, { as: 'draft', draft }, { households, locate })
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

  /** Let nothing be touched meanwhile. */
  function waitFor(work: Promise<void>): void {
    isBusy.value = true
    void work.finally(() => (isBusy.value = false))
  }

  async function open(): Promise<void> {
    try {
      const opened = await openInterview(source, start, { households, locate })
      root.value = opened
      chooseLanguage(start.as === 'draft' ? start.draft.language : (props.language ?? ''))
      log.add(start.as === 'draft' ? 'resumed' : 'opened', '')
      if (start.as === 'new') giveKnown(opened, start.answers ?? {})
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
    if (unmet()) waitFor(meetHousehold())
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
    ...walking, agreeToLose, answer, change, close, commentsOn, failure, finish, isBusy, keeper, keepLines, language,
    leaving, mediaAddress: useMedia(source), notKept, open, position, root, round, switchLanguage, unsaved, words,
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
