/** Lock when nobody touches the telephone: two minutes, ten inside an interview. */

const LOOK_EVERY_MS = 5_000
const ORDINARY_MS = 2 * 60_000
const IN_INTERVIEW_MS = 10 * 60_000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'input', 'scroll'] as const

/** Call `lock` when it is time; return what ends the watch. */
export function watchIdle(isInterviewing: () => boolean, lock: () => void): () => void {
  let touchedAt = Date.now()
  const touch = (): void => void (touchedAt = Date.now())
  const look = (): void => {
    if (Date.now() - touchedAt > (isInterviewing() ? IN_INTERVIEW_MS : ORDINARY_MS)) lock()
  }
  for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, touch, { capture: true, passive: true })
  // A telephone that slept wakes up with its timers late: look before anything is shown.
  document.addEventListener('visibilitychange', look)
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, touch, { capture: true })
    document.removeEventListener('visibilitychange', look)
    clearInterval(timer)
  }
}
