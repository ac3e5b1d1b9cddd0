/** An answer that takes people away: they are named before they go, and may stay. */
import type { AnyControlNode, AnyNode, RepeatInstanceNode, RootNode } from '@getodk/xforms-engine'
import { shallowRef } from 'vue'
import { answersIn } from './members.ts'
import { pagesOf, type Page } from './pages.ts'

/** Lines that would go with what they hold, until somebody has agreed. */
export interface Leaving {
  readonly lines: readonly RepeatInstanceNode[]
  /** The interview as it was, taken up again. */
  readonly former: RootNode
}

interface Options {
  readonly pages: () => readonly Page[]
  /** The interview as it stands, as XML. */
  readonly write: () => string
  readonly reopen: (xml: string) => Promise<RootNode>
}

export function useFewer({ pages, write, reopen }: Options) {
  const leaving = shallowRef<Leaving | null>(null)
  const filled = new WeakSet<RepeatInstanceNode>()
  /** The interview as it was, until it is decided: what the disk keeps meanwhile. */
  let undo = ''

  /** Tell what to undo before an answer, in forms whose answers count lines. */
  function prepare(): { readonly lines: ReadonlyMap<RepeatInstanceNode, string>; readonly xml: string } | null {
    const counted = pages().flatMap(({ node }) => (node.nodeType === 'repeat-range:controlled' ? node.currentState.children : []))
    const lines = counted.filter((line) => filled.has(line)).map((line) => [line, line.currentState.reference] as const)
    return lines.length > 0 ? { lines: new Map(lines), xml: write() } : null
  }

  /** The lines that hold a question have an answer now. */
  function note(node: AnyControlNode): void {
    for (let above = node.parent as AnyNode; above.nodeType !== 'root'; above = above.parent as AnyNode) {
      if (above.nodeType === 'repeat-instance') filled.add(above)
    }
  }

  /** Whether an answer took lines away: the promise holds once it is asked whether they may go. */
  function check(before: ReturnType<typeof prepare>): Promise<void> | null {
    const gone = [...(before?.lines ?? [])].filter(([line]) => !line.parent.currentState.children.includes(line))
    if (!before || gone.length === 0) return null
    undo = before.xml
    return reopen(undo).then((former) => {
      const lost = new Set(gone.map(([, reference]) => reference))
      leaving.value = { former, lines: linesOf(former).filter((line) => lost.has(line.currentState.reference)) }
    })
  }

  /** They may go, or they stay: it is decided. */
  function settle(): void {
    undo = ''
    leaving.value = null
  }

  return { check, leaving, note, prepare, settle, undo: () => undo, noteAll: (root: RootNode) => linesOf(root).forEach((line) => filled.add(line)) }
}

function linesOf(root: RootNode): RepeatInstanceNode[] {
  return [...new Set(pagesOf(root).flatMap((page) => page.members))].filter((line) => answersIn(line) > 0)
}
