/** What the work on the telephone knows before the interview begins. */
import type { RootNode } from '@getodk/xforms-engine'
import { localName } from './nodes.ts'
import { allQuestions } from './pages.ts'

/** Answer question by question, in the order given: an answer may open the next. */
export function giveKnown(root: RootNode, known: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(known)) {
    for (const question of allQuestions(root)) {
      if (localName(question) !== name) continue
      if (question.nodeType === 'select') question.selectValue(value)
      else if (question.nodeType === 'input') (question.setValue as (value: string) => void)(value)
      break
    }
  }
}
