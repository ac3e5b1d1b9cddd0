// Cuts the values of a map into at most five classes of about as many zones each.
export const RAMP = ['#f3dcc4', '#e3ae82', '#c97a47', '#a04a20', '#692a10'] as const
export const NO_DATA = '#ffffff'

export interface Classes {
  /** Lower bound of each class, smallest first. */
  bounds: number[]
  /** Greatest value that a class holds: what the legend may promise. */
  tops: number[]
  colours: string[]
  hasGaps: boolean
}

export function cutInClasses(values: number[]): Classes {
  const sorted = [...values].sort((a, b) => a - b)
  const least = sorted[0]
  const most = sorted[sorted.length - 1]
  if (least === undefined || most === undefined) return { bounds: [], tops: [], colours: [], hasGaps: true }
  const wanted = Math.min(RAMP.length, new Set(sorted).size)
  const cuts = new Set<number>([least])
  for (let place = 1; place < wanted; place++) {
    cuts.add(sorted[Math.floor((place * sorted.length) / wanted)] ?? most)
  }
  const bounds = [...cuts]
  // Spread the few classes over the whole ramp, so that two classes are told apart.
  const colours = bounds.map((_, place) => {
    // A lone class is drawn in the middle of the ramp, unless it says that nobody is there.
    const alone = most === 0 ? 0 : 2
    const spread = bounds.length === 1 ? alone : Math.round((place * (RAMP.length - 1)) / (bounds.length - 1))
    return RAMP[spread] ?? RAMP[0]
  })
  const tops = bounds.map((_, place) => {
    const next = bounds[place + 1] ?? Infinity
    return sorted.filter((value) => value < next).pop() ?? most
  })
  return { bounds, tops, colours, hasGaps: false }
}

export function classOf(classes: Classes, value: number | null): string {
  if (value === null) {
    classes.hasGaps = true
    return NO_DATA
  }
  let found = 0
  classes.colours.forEach((_, place) => {
    if (value >= (classes.bounds[place] ?? Infinity)) found = place
  })
  return classes.colours[found] ?? NO_DATA
}
