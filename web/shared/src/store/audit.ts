/** The log of an interview as it leaves the telephone: in the shape of ODK Collect's `audit.csv`, never an answer. */

import type { InterviewEvent } from '../form/contract.ts'

export const AUDIT = 'audit.csv'

const WORDS: Readonly<Record<InterviewEvent['what'], string>> = {
  opened: 'form start', resumed: 'form resume', paused: 'form exit', answered: 'question', changed: 'question',
  language: 'language', confirmed: 'confirmed', finished: 'form finalize',
}

/** One line an event. Where `changed` names a list, lines of it came or went. */
export function writeAudit(events: readonly InterviewEvent[]): string {
  const lines = events.map(({ at, what, where }) => `${WORDS[what]},${where},${at},`)
  return ['event,node,start,end', ...lines, ''].join('\n')
}
