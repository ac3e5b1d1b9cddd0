/** The parts of an interview with what is missing in each: the contents one turns to. */
import type { GroupNode, RepeatRangeNode } from '@getodk/xforms-engine'
import type { LineState } from './members.ts'
import { partOf, questionsOf, type Page } from './pages.ts'
import { said } from '../words/typeset.ts'

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
    const owner = ownerOf(page)
    let part = parts.at(-1)
    if (!part || owner !== last) {
      part = { title: said(owner?.currentState.label), first: page.id, missing: 0, answered: 0, isHere: false }
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

/** The part of the form that holds a page, or the repeat outside any: all its lines are one part. */
function ownerOf(page: Page): GroupNode | RepeatRangeNode | null {
  return partOf(page) ?? page.members[0]?.parent ?? (page.kind === 'hub' ? page.node : null)
}

function count(page: Page, part: Counted): void {
  for (const question of questionsOf(page)) {
    if (question.validationState.violation) part.missing += 1
    else if (question.nodeType !== 'note' && question.currentState.instanceValue !== '') part.answered += 1
  }
}
