import { interrupted } from './interviewing.ts'
import { opened } from './phone.ts'
import { go } from './screens.ts'

/** After the PIN: back to the interview that was open when the telephone was locked or the page was killed. */
export async function resume(): Promise<void> {
  const id = opened.value && (await interrupted(opened.value.store))
  if (id) go({ name: 'interview', id })
}
