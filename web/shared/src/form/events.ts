/** The log of an interview: what was done and when, never an answer. */
import type { InterviewEvent } from './contract.ts'

// An interview of two hours, each answer changed several times, stays below it.
const MOST = 5000

export class EventLog {
  readonly lines: InterviewEvent[]
  readonly #answered: Set<string>

  constructor(before: readonly InterviewEvent[] = []) {
    this.lines = [...before]
    this.#answered = new Set(before.filter((one) => one.what === 'answered').map((one) => one.where))
  }

  add(what: InterviewEvent['what'], where: string): void {
    // The last place is kept for the end.
    if (this.lines.length >= (what === 'finished' ? MOST : MOST - 1)) return
    this.lines.push({ at: Date.now(), what, where })
  }

  answer(where: string): void {
    this.add(this.#answered.has(where) ? 'changed' : 'answered', where)
    this.#answered.add(where)
  }
}
