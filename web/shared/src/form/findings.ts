/** What stands between an interview and its end. */
import type { AnyControlNode, AnyNode, RootNode } from '@getodk/xforms-engine'
import type { Whole } from './former.ts'
import { callLine } from './members.ts'
import { said } from '../words/typeset.ts'
import { allQuestions } from './pages.ts'
import type { Words } from './words/index.ts'

export interface Finding {
  readonly path: string
  readonly label: string
  readonly member: string
  readonly kind: 'required' | 'constraint' | 'warning' | 'unanswered'
  readonly message: string
}

export interface Findings {
  /** What bars the end: an answer that must be there, or cannot be. */
  readonly errors: readonly Finding[]
  /** What the form itself remarks about what was answered. */
  readonly warnings: readonly Finding[]
  /** Questions one may leave without an answer, and that have none. */
  readonly unanswered: readonly Finding[]
}

/** `unread`: the parts and members whose former answers wait for somebody's word. */
export function findingsOf(root: RootNode | null, words: Words, unread: readonly Whole[] = []): Findings {
  const find = (node: AnyControlNode, kind: Finding['kind'], message: string): Finding => describe(node, kind, message, words)
  const errors: Finding[] = []
  const warnings: Finding[] = []
  const unanswered: Finding[] = []
  if (!root) return { errors, warnings, unanswered }
  for (const node of allQuestions(root)) {
    const { violation } = node.validationState
    if (violation) errors.push(find(node, violation.condition, said(violation.message)))
    else if (node.nodeType === 'note') {
      if (isRemark(node)) warnings.push(find(node, 'warning', ''))
    } else if (node.currentState.instanceValue === '' && !node.currentState.readonly) unanswered.push(find(node, 'unanswered', ''))
  }
  return { errors: [...unread.map((one) => toConfirm(one, words)), ...errors, ...hiddenFaults(root, errors)], warnings, unanswered }
}

function toConfirm(whole: Whole, words: Words): Finding {
  const { label, reference } = whole.currentState
  const name = whole.nodeType === 'repeat-instance' ? callLine(whole, words) : said(label)
  return { path: reference, label: name, member: '', kind: 'required', message: words.toConfirm }
}

/** What is wrong with an answer that the form computes: nobody can be sent to its question. */
function hiddenFaults(root: RootNode, shown: readonly Finding[]): Finding[] {
  const known = new Set(shown.map((one) => one.path))
  return root.validationState.violations
    .filter(({ reference }) => !known.has(reference))
    .map(({ reference, violation }) => ({
      path: reference, label: reference, member: '', kind: violation.condition, message: said(violation.message),
    }))
}

function describe(node: AnyControlNode, kind: Finding['kind'], message: string, words: Words): Finding {
  const { label, reference } = node.currentState
  return { path: reference, label: said(label).replace(/\*\*/g, '') || reference, member: memberName(node, words), kind, message }
}

/** A note that the form marks with the appearance `warning` says something of these answers; others are read out, or
 *  tell the interviewer how to ask. */
function isRemark(node: AnyControlNode): boolean {
  return Boolean((node.appearances as Readonly<Record<string, boolean>>)['warning'])
}

function memberName(node: AnyNode, words: Words): string {
  for (let above = node.parent as AnyNode | null; above; above = above.parent as AnyNode | null) {
    if (above.nodeType === 'repeat-instance') return callLine(above, words)
    if (above.nodeType === 'root') return ''
  }
  return ''
}
