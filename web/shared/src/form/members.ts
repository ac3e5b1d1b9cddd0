/** What to call a line of a repeat, and how far it is. */
import type { AnyNode, RepeatInstanceNode } from '@getodk/xforms-engine'
import { childrenOf, localName } from './nodes.ts'
import { allQuestions } from './pages.ts'
import { said } from '../words/typeset.ts'
import type { Words } from './words/index.ts'

const FULL = /^(full_?name|nom_complet|name_full)$/i
const GIVEN = /^(given_?name|first_?name|prenom)$/i
const FAMILY = /^(family_?name|last_?name|surname|nom|nom_famille)$/i
const NAME = /(^|_)(names?|noms?|prenoms?)(_|$)/i

/** The name answered in the line; the form's label where it tells lines apart; else nothing. */
export function nameOf(line: RepeatInstanceNode): string {
  const told = line.currentState.label
  if (told && [...(told as unknown as Iterable<{ source: string }>)].some((chunk) => chunk.source === 'output')) {
    const label = told.asString.trim()
    if (label) return label
  }
  const values = new Map<string, string>()
  collect(line, values)
  const pick = (pattern: RegExp) => [...values].find(([name, value]) => pattern.test(name) && value)?.[1] ?? ''
  return pick(FULL) || `${pick(GIVEN)} ${pick(FAMILY)}`.trim() || pick(NAME)
}

/** Its place and its name; the form's word for a line where nothing is named yet. */
export function callLine(line: RepeatInstanceNode, words: Pick<Words, 'line'>): string {
  const number = Number(/\[(\d+)\]$/.exec(line.currentState.reference)?.[1] ?? 1)
  const name = nameOf(line)
  if (name) return name.startsWith(`${number}.`) ? name : `${number}. ${name}`
  return `${said(line.parent.currentState.label) || words.line} ${number}`
}

export type LineState = 'empty' | 'missing' | 'complete'

export interface Line {
  readonly state: LineState
  readonly missing: number
}

/** Whether everything that must be answered in a line is, and well. */
export function stateOf(line: RepeatInstanceNode): Line {
  let missing = 0
  let answered = 0
  let asked = 0
  for (const question of allQuestions(line)) {
    if (question.nodeType === 'note') continue
    asked += 1
    if (question.validationState.violation) missing += 1
    else if (question.currentState.instanceValue !== '') answered += 1
  }
  const state = missing === 0 ? 'complete' : answered === 0 && asked > 0 ? 'empty' : 'missing'
  return { state, missing }
}

/** How many answers would go with a line. */
export function answersIn(line: RepeatInstanceNode): number {
  let count = 0
  for (const question of allQuestions(line)) {
    if (question.nodeType !== 'note' && question.currentState.instanceValue !== '') count += 1
  }
  return count
}

function collect(node: AnyNode, values: Map<string, string>): void {
  for (const child of childrenOf(node)) {
    if (!child.currentState.relevant || child.nodeType.startsWith('repeat')) continue
    if (child.currentState.children) collect(child, values)
    else if ('instanceValue' in child.currentState) {
      const name = localName(child)
      if (!values.get(name)) values.set(name, child.currentState.instanceValue.trim())
    }
  }
}
