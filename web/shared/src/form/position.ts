/** The satellites, looked for from the beginning of the interview: a first point takes minutes. */
import { onScopeDispose, shallowReactive, watch } from 'vue'

export interface Fix {
  readonly latitude: number
  readonly longitude: number
  readonly altitude: number
  readonly accuracy: number
  readonly at: number
}

export interface WarmPosition {
  /** The best of the last half minute. */
  fix: Fix | null
  isRefused: boolean
  readonly since: number
}

const FRESH = 30_000
export const LONGEST_WAIT = 120_000

export function watchPosition(): WarmPosition {
  const state = shallowReactive<WarmPosition>({ fix: null, isRefused: !navigator.geolocation, since: Date.now() })
  if (!navigator.geolocation) return state
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      state.isRefused = false
      const fix = {
        latitude: coords.latitude,
        longitude: coords.longitude,
        altitude: coords.altitude ?? 0,
        accuracy: coords.accuracy,
        at: timestamp,
      }
      const known = state.fix
      if (!known || known.accuracy >= fix.accuracy || fix.at - known.at > FRESH) state.fix = fix
    },
    (error) => {
      state.isRefused = error.code === error.PERMISSION_DENIED
    },
    { enableHighAccuracy: true, maximumAge: 0, timeout: 600_000 },
  )
  onScopeDispose(() => navigator.geolocation.clearWatch(watch))
  return state
}

/** The first point that comes, for what the form notes by itself; nothing after two minutes. */
export function firstFix(position: WarmPosition, write: (fix: Fix) => string): Promise<string> {
  return new Promise((resolve) => {
    if (position.fix) return resolve(write(position.fix))
    const done = (point: string): void => {
      stop()
      clearTimeout(timer)
      resolve(point)
    }
    const timer = setTimeout(done, LONGEST_WAIT, '')
    const stop = watch(() => position.fix, (fix) => fix && done(write(fix)))
  })
}

// A hundredth of a degree, about 1.1 km: a village, not a compound.
const ROUNDED_TO = 2
const ROUNDED_METRES = 1100

/** A point that betrays nobody's door. */
export function roundFix(fix: Fix): Fix {
  const round = (degrees: number): number => Number(degrees.toFixed(ROUNDED_TO))
  return {
    ...fix, latitude: round(fix.latitude), longitude: round(fix.longitude), altitude: 0,
    accuracy: Math.max(fix.accuracy, ROUNDED_METRES),
  }
}

/** As an XForm writes a point: latitude, longitude, altitude, accuracy. */
export function writeFix(fix: Fix): string {
  return `${fix.latitude} ${fix.longitude} ${fix.altitude} ${Math.round(fix.accuracy * 10) / 10}`
}
