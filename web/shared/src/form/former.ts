/** Former answers of a household that is known: they stand in the interview, and each part of it that holds some is
 *  confirmed as a whole or opened, before the interview may end. */
import type { AnyNode, GroupNode, RepeatInstanceNode, RootNode } from '@getodk/xforms-engine'
import { shallowReactive } from 'vue'
import type { Former, FormerPart, FormerState } from './contract.ts'
import { childrenOf, isControl } from './nodes.ts'
import { allQuestions, memberOf, partOf, type Page } from './pages.ts'

export type Whole = GroupNode | RepeatInstanceNode

type Answers = Readonly<Record<string, string>>

/** Write former answers into an interview; also return where they stand, and the members whose line was there. */
export function fillFormer(xml: string, { answers, members }: Pick<Former, 'answers' | 'members'>): Filled {
  const read = new DOMParser().parseFromString(xml, 'text/xml')
  const root = read.documentElement
  const places = new Set<string>()
  const met = new Set<string>()
  fill(root, answers, places)
  for (const entity of [...root.getElementsByTagName('*')].filter((one) => one.localName === 'entity')) {
    const line = entity.parentElement?.parentElement
    const id = entity.getAttribute('id') ?? ''
    if (!line || line === root || !members[id]) continue
    fill(line, members[id], places)
    met.add(id)
  }
  return { xml: new XMLSerializer().serializeToString(read), places, met }
}

interface Filled {
  readonly xml: string
  readonly places: ReadonlySet<string>
  readonly met: ReadonlySet<string>
}

function fill(scope: Element, answers: Answers, places: Set<string>): void {
  const above = placeOf(scope, false)
  for (const [path, value] of Object.entries(answers)) {
    const found = path.startsWith(`${above}/`) && below(scope, path.slice(above.length + 1).split('/'))
    if (!found || found.children.length > 0) continue
    found.textContent = value
    places.add(placeOf(scope, true) + path.slice(above.length))
  }
}

function below(scope: Element, names: readonly string[]): Element | undefined {
  let found: Element | undefined = scope
  for (const name of names) found = found && [...found.children].find((one) => one.localName === name)
  return found
}

/** The place of an element in the interview; of a line of a repeat, with its number. */
function placeOf(element: Element, isNumbered: boolean): string {
  const above = element.parentElement
  if (!above) return `/${element.localName}`
  const number = 1 + [...above.children].filter((one) => one.localName === element.localName).indexOf(element)
  return `${placeOf(above, false)}/${element.localName}${isNumbered ? `[${number}]` : ''}`
}

/** The member that a page is about, or the part that it belongs to. */
export const wholeOf = (page: Page): Whole | undefined => memberOf(page) ?? partOf(page)

export type FormerAnswers = ReturnType<typeof useFormer>

export function useFormer(kept: FormerState | undefined) {
  let household = kept?.household ?? ''
  let askedOn = kept?.askedOn ?? ''
  /** Of members who have no line yet. */
  let waiting = kept?.waiting ?? {}
  let lines = 0
  const parts = shallowReactive<Record<string, FormerPart>>({ ...kept?.parts })

  /** Remember which parts and members hold what was filled in. */
  function take(root: RootNode, former: Former, { places, met }: Pick<Filled, 'places' | 'met'>): void {
    household = former.household
    askedOn = former.askedOn
    waiting = Object.fromEntries(Object.entries(former.members).filter(([id]) => !met.has(id)))
    for (const [node, whole] of controlsIn(root, undefined)) {
      const { reference } = node.currentState
      if (!whole || !places.has(reference)) continue
      const place = whole.currentState.reference
      parts[place] = { state: 'unread', paths: [...(parts[place]?.paths ?? []), reference.slice(place.length)] }
    }
  }

  /** What is left to fill in, where members have come into the interview: they do once it is agreed to. */
  function toFill(root: RootNode): Former | null {
    const before = lines
    if (Object.keys(waiting).length === 0 || (lines = countLines(root)) <= before) return null
    return { household, askedOn, answers: {}, members: waiting }
  }

  /** Tell whether somebody must still say that these answers hold. */
  function isUnread(whole: Whole | undefined): whole is Whole {
    const part = whole && parts[whole.currentState.reference]
    return whole !== undefined && part?.state === 'unread' && answersIn(whole, part).length > 0
  }

  const isKept = (whole: Whole | undefined): boolean => whole !== undefined && parts[whole.currentState.reference]?.state === 'kept'

  /** Say what becomes of the former answers of a part; false where it has none. */
  function decide({ currentState: { reference } }: Whole, state: FormerPart['state']): boolean {
    const part = parts[reference]
    if (part) parts[reference] = { ...part, state }
    return part !== undefined
  }

  /** Take out what was filled in: the interview is about another household. */
  function forget(xml: string): string {
    const read = new DOMParser().parseFromString(xml, 'text/xml')
    for (const [place, { paths }] of Object.entries(parts)) {
      for (const path of paths) {
        const found = at(read.documentElement, place + path)
        if (found) found.textContent = ''
      }
    }
    clear()
    return new XMLSerializer().serializeToString(read)
  }

  function clear(): void {
    household = ''
    waiting = {}
    for (const place of Object.keys(parts)) delete parts[place]
  }

  return {
    askedOn: () => askedOn, decide, forget, household: () => household, isKept, isUnread, take, toFill,
    state: (): FormerState | undefined => (household ? { household, askedOn, waiting, parts: { ...parts } } : undefined),
  }
}

function answersIn(whole: Whole, { paths }: FormerPart): AnyNode[] {
  const place = whole.currentState.reference
  const own = new Set(paths)
  return [...allQuestions(whole)].filter((one) => own.has(one.currentState.reference.slice(place.length)) && one.currentState.instanceValue !== '')
}

/** Every question, asked now or not, with the member or the part that it belongs to. */
function* controlsIn(node: AnyNode, whole: Whole | undefined): Generator<[AnyNode, Whole | undefined]> {
  for (const child of childrenOf(node)) {
    if (isControl(child)) yield [child, whole]
    else if (child.nodeType === 'repeat-instance') yield* controlsIn(child, child)
    else yield* controlsIn(child, whole ?? (child.nodeType === 'group' && child.currentState.label ? child : undefined))
  }
}

function countLines(node: AnyNode): number {
  if (node.nodeType === 'repeat-instance') return 1
  return childrenOf(node).reduce((sum, child) => sum + (isControl(child) ? 0 : countLines(child)), 0)
}

function at(root: Element, reference: string): Element | undefined {
  let found: Element | undefined = root
  for (const step of reference.split('/').slice(2)) {
    const [, name = '', number = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? []
    found = found && [...found.children].filter((one) => one.localName === name)[Number(number) - 1]
  }
  return found
}
