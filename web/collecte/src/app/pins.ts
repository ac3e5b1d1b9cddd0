/** Tell whether a PIN is one of those tried first: one digit six times, or a row up or down. */
export function isGuessable(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, place) => Number(digit) - Number(pin[place])))
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 2)
}
