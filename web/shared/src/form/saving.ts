/** Writes the draft soon after each answer, one writing at a time, and at once when asked. */
export interface Saver {
  /** Something changed: write within `wait` milliseconds. */
  soon(): void
  /** Write now what is not written; the promise holds once the disk has it. */
  now(): Promise<void>
  /** Whether the disk has everything. */
  isFresh(): boolean
}

export function createSaver(write: () => Promise<void>, refused: (error: unknown) => void, wait = 60): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStale = false
  let running: Promise<void> = Promise.resolve()

  async function drain(): Promise<void> {
    while (isStale) {
      isStale = false
      try {
        await write()
      } catch (error) {
        isStale = true
        throw error
      }
    }
  }

  function now(): Promise<void> {
    clearTimeout(timer)
    running = running.catch(() => undefined).then(drain)
    return running
  }

  return {
    soon() {
      isStale = true
      clearTimeout(timer)
      timer = setTimeout(() => void now().catch(refused), wait)
    },
    now,
    isFresh: () => !isStale,
  }
}
