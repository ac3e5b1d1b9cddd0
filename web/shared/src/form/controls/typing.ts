/** Text being typed: given to the form when the hand rests, and at once when it leaves the field. */
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

const REST = 250

/** Half a number is another number: it may remove people. */
export const SLOW_REST = 1000

export interface Typing {
  readonly text: Ref<string>
  /** The hand moved: the answer follows. */
  typed(): void
  /** The hand left: the answer is now. */
  left(): void
}

/** `read` tells the answer as text; `write` gives it and says what is wrong with it. */
export function useTyping(read: () => string, write: (text: string) => string, told: (fault: string) => void, rest = REST): Typing {
  const text = ref(read())
  let given = text.value
  let timer: ReturnType<typeof setTimeout> | undefined

  function give(): string {
    clearTimeout(timer)
    timer = undefined
    if (text.value === given) return ''
    given = text.value
    return write(text.value)
  }

  watch(read, (now) => {
    if (timer === undefined && given !== now) text.value = given = now
  })
  onBeforeUnmount(give)
  return {
    text,
    typed() {
      told('')
      clearTimeout(timer)
      timer = setTimeout(() => void give(), rest)
    },
    left() {
      const wasGiven = given === text.value
      const fault = give()
      if (!wasGiven || fault) told(fault)
    },
  }
}
