import type { AnyControlNode } from '@getodk/xforms-engine'

/** What each control is given by its question. It emits `typed` with what is wrong in what is typed. */
export interface ControlProps<Node extends AnyControlNode = AnyControlNode> {
  readonly id: string
  readonly node: Node
  readonly described?: string | undefined
  readonly isWrong: boolean
}
