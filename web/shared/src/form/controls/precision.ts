/** `birth_date` with `birth_date_precision` beside it: how much of the date is known, in the form's own
 * words `day`, `month`, `year`. The date asks it, so that it is no question of its own. */
import type { AnyControlNode, SelectNode } from '@getodk/xforms-engine'
import type { Precision } from '../dates.ts'
import { localName } from '../nodes.ts'

const SUFFIX = '_precision'

export interface Beside {
  read(): Precision
  write(known: Precision): void
}

export function precisionBeside(date: AnyControlNode): Beside | null {
  const node = date.parent.currentState.children.find((one) => localName(one) === localName(date) + SUFFIX)
  if (node?.nodeType !== 'select' || !isPrecision(node)) return null
  return {
    read: () => (node.currentState.value[0] as Precision | undefined) ?? 'day',
    write: (known) => void node.selectValue(known),
  }
}

/** Whether a question is asked by the date beside it. */
export function isAskedByDate(node: AnyControlNode): boolean {
  const name = localName(node)
  if (node.nodeType !== 'select' || !name.endsWith(SUFFIX) || !isPrecision(node)) return false
  const date = node.parent.currentState.children.find((one) => localName(one) === name.slice(0, -SUFFIX.length))
  return date?.nodeType === 'input' && date.valueType === 'date'
}

function isPrecision(node: SelectNode): boolean {
  const values = new Set(node.currentState.valueOptions.map((one) => one.value))
  return ['day', 'month', 'year'].every((one) => values.has(one))
}
