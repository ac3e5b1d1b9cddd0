/** `position` with `position_reason` beside it: why a point that is not sure was kept. */
import type { AnyControlNode } from '@getodk/xforms-engine'
import { localName } from '../nodes.ts'

export interface Reason {
  write(text: string): void
}

export function reasonBeside(position: AnyControlNode): Reason | null {
  const node = position.parent.currentState.children.find((one) => localName(one) === `${localName(position)}_reason`)
  if (node?.nodeType !== 'input' || node.valueType !== 'string') return null
  return { write: (text) => void (node.setValue as (value: string) => void)(text) }
}
