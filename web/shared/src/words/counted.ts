/** "1 entretien", "2 entretiens": French counts zero as one, English does not. */
export function counted(count: number, one: string, several: string, isOne = count < 2): string {
  return `${count} ${isOne ? one : several}`
}
