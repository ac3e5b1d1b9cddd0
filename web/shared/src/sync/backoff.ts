/** How long to wait before another try: longer each time, five minutes at most, without an end. */

const FIRST_MS = 5_000
export const LONGEST_MS = 300_000

/** `chance` spreads telephones that lost the same network: between a half and the whole of the wait. */
export function waitAfter(tries: number, chance: () => number = Math.random): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 16))
  return Math.round(whole * (0.5 + chance() / 2))
}
