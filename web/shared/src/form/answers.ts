/** An answer as one would say it. */
import type { AnyControlNode } from '@getodk/xforms-engine'
import { readDate } from './dates.ts'

export function sayAnswer(node: AnyControlNode): string {
  const { instanceValue } = node.currentState
  if (node.nodeType === 'select') {
    return node.currentState.value.map((value) => node.getValueOption(value)?.label.asString ?? value).join(', ')
  }
  if (node.nodeType === 'rank') {
    return node.currentState.value.map((value) => node.getValueLabel(value)?.asString ?? value).join(', ')
  }
  if (node.valueType === 'date') {
    const { day, month, year } = readDate(instanceValue)
    return [day, month, year].join('/')
  }
  if (node.nodeType === 'trigger') return '✓'
  return node.valueType === 'geopoint' ? instanceValue.split(' ').slice(0, 2).join(', ') : instanceValue
}
