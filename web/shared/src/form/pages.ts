/** The pages of an interview, in the order of the form: a question, a screen of questions, or the
 * list of a repeat. Made again at each step: what is relevant changes with the answers. */
import { isAskedByDate } from './controls/precision.ts'
import { childrenOf, isControl, isRepeat } from './nodes.ts'
import type { AnyControlNode, AnyNode, GroupNode, RepeatInstanceNode, RepeatRangeNode, RootNode } from '@getodk/xforms-engine'

export type Parent = RootNode | GroupNode | RepeatInstanceNode

interface Place {
  /** The groups that hold the page, the outermost first. */
  readonly sections: readonly GroupNode[]
  /** The lines of repeats that hold the page, the outermost first. */
  readonly members: readonly RepeatInstanceNode[]
}

export interface QuestionsPage extends Place {
  readonly kind: 'questions'
  readonly id: string
  readonly node: AnyControlNode | Parent
}

export interface HubPage extends Place {
  readonly kind: 'hub'
  readonly id: string
  readonly node: RepeatRangeNode
}

/** A part, or a member, that was answered before: looked at as a whole, then passed or opened. */
export interface SummaryPage extends Place {
  readonly kind: 'summary'
  readonly id: string
  readonly node: GroupNode | RepeatInstanceNode
}

/** What is missing and what is wrong; the interview is finished there. */
export interface EndPage extends Place {
  readonly kind: 'end'
  readonly id: typeof END
  readonly node: RootNode
}

export type Page = QuestionsPage | HubPage | SummaryPage | EndPage

export const END = '#end'

export function pagesOf(root: RootNode): Page[] {
  const pages: Page[] = [...walk(root, { sections: [], members: [] })]
  pages.push({ kind: 'end', id: END, node: root, sections: [], members: [] })
  return pages
}

function* walk(parent: Parent, place: Place): Generator<Page> {
  if (parent.nodeType !== 'root' && parent.appearances?.['field-list']) {
    if (questionsIn(parent).length > 0) {
      yield { kind: 'questions', id: parent.currentState.reference, node: parent, ...place }
    }
    for (const repeat of repeatsIn(parent)) yield* walkRepeat(repeat, place)
    return
  }
  for (const node of parent.currentState.children) {
    if (!node.currentState.relevant) continue
    if (isRepeat(node)) yield* walkRepeat(node, place)
    else if (node.nodeType === 'group') yield* walk(node, { ...place, sections: [...place.sections, node] })
    else if (isShown(node)) yield { kind: 'questions', id: node.currentState.reference, node, ...place }
  }
}

function* walkRepeat(node: RepeatRangeNode, place: Place): Generator<Page> {
  const lines = node.currentState.children
  if (node.nodeType === 'repeat-range:controlled' && lines.length === 0) return
  yield { kind: 'hub', id: node.currentState.reference, node, ...place }
  for (const line of lines) {
    if (line.currentState.relevant) yield* walk(line, { ...place, members: [...place.members, line] })
  }
}

/** The line of a repeat that a page is about, the innermost. */
export function memberOf(page: Page): RepeatInstanceNode | undefined {
  return page.members.at(-1)
}

/** The part that a page belongs to: the outermost group with a title. */
export function partOf(page: Page): GroupNode | undefined {
  return page.sections.find((one) => one.currentState.label)
}

/** The questions asked below a node, in order, without those of its repeats. */
export function questionsIn(node: AnyNode): AnyControlNode[] {
  if (!node.currentState.relevant) return []
  if (isShown(node)) return [node]
  return isRepeat(node) ? [] : childrenOf(node).flatMap(questionsIn)
}

/** The questions of a page. */
export function questionsOf(page: Page): AnyControlNode[] {
  return page.kind === 'questions' ? questionsIn(page.node) : []
}

/** The questions asked below a node, those of its repeats included. */
export function* allQuestions(node: AnyNode): Generator<AnyControlNode> {
  if (!node.currentState.relevant) return
  if (isShown(node)) yield node
  else for (const child of childrenOf(node)) yield* allQuestions(child)
}

function repeatsIn(node: AnyNode): RepeatRangeNode[] {
  if (!node.currentState.relevant) return []
  if (isRepeat(node)) return [node]
  return childrenOf(node).flatMap(repeatsIn)
}

/** Interviews in a zone that is not safe. */
const discreet = new WeakSet<RootNode>()

/** Let no picture be asked in an interview, but those that the form must have. */
export function askNoPicture(root: RootNode): void {
  discreet.add(root)
}

function isPicture(node: AnyControlNode): boolean {
  if (node.nodeType !== 'upload' || node.currentState.required) return false
  const looks = node.appearances as unknown as Readonly<Record<string, boolean>>
  const { type } = node.nodeOptions.media
  return type === 'video' || (type === 'image' && !looks['signature'] && !looks['draw'])
}

/** A note without a word is a place to compute in, not a page. */
function isShown(node: AnyNode): node is AnyControlNode {
  return isControl(node) && !(discreet.has(node.root) && isPicture(node)) && !isAskedByDate(node) && (node.nodeType !== 'note' || Boolean(node.currentState.label ?? node.currentState.hint))
}

/** Where to go from a page that may have vanished since `before` was made. */
export function stepFrom(before: readonly Page[], now: readonly Page[], id: string, by: 1 | -1): Page | undefined {
  const here = now.findIndex((page) => page.id === id)
  if (here >= 0) return now[here + by]
  const known = new Map(now.map((page) => [page.id, page]))
  for (let place = before.findIndex((page) => page.id === id) + by; place >= 0 && place < before.length; place += by) {
    const page = known.get(before[place]?.id ?? '')
    if (page) return page
  }
  return by === 1 ? now.at(-1) : now[0]
}

const SUMMARY = '#summary'

/** The summary of the member or the part that a page belongs to. */
export function summaryOf(node: GroupNode | RepeatInstanceNode, { sections, members }: Place): SummaryPage {
  const place = node.nodeType === 'group' ? { sections: [node], members: [] } : { sections, members }
  return { kind: 'summary', id: node.currentState.reference + SUMMARY, node, ...place }
}

/** Whether a page is one of a repeat, of a line of it or of a part. */
export function isWithin(page: Page, whole: RepeatRangeNode | RepeatInstanceNode | GroupNode): boolean {
  return page.node === whole || page.sections.some((one) => one === whole) ||
    page.members.some((line) => line === whole || line.parent === whole)
}

/** The page that holds a question, or the nearest above it, or the first of a part: `path` as a comment, a draft or a
 *  finding names it. */
export function pageOf(pages: readonly Page[], path: string): Page | undefined {
  const exact = pages.find((page) => page.id === path)
  if (exact) return exact
  const whole = path.endsWith(SUMMARY) ? path.slice(0, -SUMMARY.length) : path
  const first = pages.find((page) => [...page.members, ...page.sections].some((one) => one.currentState.reference === whole))
  if (first) return first
  const holding = pages.filter((page) => page.kind === 'questions' && path.startsWith(`${page.id}/`))
  return holding.sort((one, other) => other.id.length - one.id.length)[0]
}
