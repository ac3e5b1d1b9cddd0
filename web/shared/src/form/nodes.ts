/** What the pages ask of the engine's nodes. */
import type { AnyControlNode, AnyNode, RepeatRangeNode, RootNode } from '@getodk/xforms-engine'

const CONTROLS = new Set(['input', 'note', 'select', 'rank', 'range', 'trigger', 'upload'])

export function childrenOf(node: AnyNode): readonly AnyNode[] {
  return (node.currentState.children ?? []) as readonly AnyNode[]
}

export function isRepeat(node: { readonly nodeType: string }): node is RepeatRangeNode {
  return node.nodeType.startsWith('repeat-range')
}

export function isControl(node: { readonly nodeType: string }): node is AnyControlNode {
  return CONTROLS.has(node.nodeType)
}

/** The question's own name, without its place. */
export function localName(node: { readonly currentState: { readonly reference: string } }): string {
  const { reference } = node.currentState
  return reference.slice(reference.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '')
}

/** The answer at a place outside repeats; empty where there is none. */
export function valueAt(root: RootNode, path: string): string {
  const names = path.split('/').slice(2)
  let node: AnyNode | undefined = root
  for (const name of names) node = node && childrenOf(node).find((one) => localName(one) === name)
  return node && 'instanceValue' in node.currentState ? node.currentState.instanceValue : ''
}
