/** The form that will most likely be asked next is made ready while nobody touches the telephone: an enumerator then waits for the
 *  first question a fraction of the time. Nothing of it is done before the PIN. */

import { onScopeDispose } from 'vue'
import { readSource } from './lists.ts'
import { facts, opened } from './phone.ts'

const CALM_MS = 1500
const TOUCHES = ['pointerdown', 'keydown', 'input', 'scroll'] as const

/** Make the form ready once the page that calls this has been left alone for a moment. */
export function warmWhenCalm(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void warm(), CALM_MS)
  }
  for (const touch of TOUCHES) document.addEventListener(touch, wait, { capture: true, passive: true })
  wait()
  onScopeDispose(() => {
    clearTimeout(timer)
    for (const touch of TOUCHES) document.removeEventListener(touch, wait, { capture: true })
  })
}

async function warm(): Promise<void> {
  const store = opened.value?.store
  const [assignment] = facts.work.assignments
  const form = facts.forms.find((one) => one.code === assignment?.form) ?? facts.forms[0]
  if (!store || !form) return
  try {
    const { warmUp } = await import('../pages/InterviewPage.vue')
    const source = await readSource(store, form)
    if (opened.value?.store === store) await warmUp(source)
  } catch {
    // Whoever opens the interview will hear of it.
  }
}
