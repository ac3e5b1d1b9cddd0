/** The parts of an interview with what is missing in each: the contents one turns to. */
import { nameOf, type LineState } from './members.ts'
import { memberOf, partOf, questionsOf, type Page } from './pages.ts'

export interface Part {
  readonly title: string
  /** The page that opens it. */
  readonly first: string
  readonly missing: number
  readonly state: LineState
  readonly isHere: boolean
}

interface Counted {
  readonly title: string
  readonly first: string
  missing: number
  answered: number
  isHere: boolean
}

export function partsOf(pages: readonly Page[], here: Page | null): Part[] {
  const parts: Counted[] = []
  let last: unknown
  for (const page of pages) {
    if (page.kind === 'end') continue
    const owner = partOf(page) ?? page.members[0] ?? null
    let part = parts.at(-1)
    if (!part || owner !== last) {
      part = { title: titleOf(page), first: page.id, missing: 0, answered: 0, isHere: false }
      parts.push(part)
    }
    last = owner
    count(page, part)
    part.isHere ||= page.id === here?.id
  }
  return parts.map(({ answered, ...part }) => ({
    ...part, state: answered === 0 ? 'empty' : part.missing > 0 ? 'missing' : 'complete',
  }))
}

function titleOf(page: Page): string {
  const line = memberOf(page)
  return partOf(page)?.currentState.label?.asString ?? (line ? nameOf(line) : '')
}

function count(page: Page, part: Counted): void {
  for (const question of questionsOf(page)) {
    if (question.validationState.violation) part.missing += 1
    else if (question.nodeType !== 'note' && question.currentState.instanceValue !== '') part.answered += 1
  }
}
