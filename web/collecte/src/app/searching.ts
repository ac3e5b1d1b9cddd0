/** The search of households, for as long as its page is shown. */

import { type Answer, type Asked, find, type Index, makeIndexGently } from '@gwa/shared/src/search/households.ts'
import { onScopeDispose, ref, shallowRef } from 'vue'

const NOTHING: Answer = { found: [], total: 0 }

export function useSearch() {
  const known = ref<number | null>(null)
  const answer = shallowRef<Answer>(NOTHING)
  let index: Index | null = null
  let asked: Asked = { text: '', zone: '' }
  let reading = 0

  onScopeDispose(() => (reading += 1))

  async function load(menages: string, personnes: string): Promise<void> {
    const own = (reading += 1)
    known.value = index = null
    const made = await makeIndexGently(menages, personnes, () => own !== reading)
    if (!made) return
    index = made
    known.value = made.households.length
    ask(asked)
  }

  function ask(next: Asked): void {
    asked = next
    answer.value = index ? find(index, next) : NOTHING
  }

  return { known, answer, load, ask }
}
