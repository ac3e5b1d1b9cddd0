/** Dates in the order people say them, and dates of which a part is not known. */

/** A day, a month, or a year only. */
export type Precision = 'day' | 'month' | 'year'

export interface DateParts {
  readonly day: string
  readonly month: string
  readonly year: string
}

export const NO_DATE: DateParts = { day: '', month: '', year: '' }

export function readDate(text: string): DateParts {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
  if (!found) return NO_DATE
  return { day: String(Number(found[3])), month: String(Number(found[2])), year: String(Number(found[1])) }
}

/** `YYYY-MM-DD`; empty where a needed part is missing, null where there is no such day. */
export function writeDate(parts: DateParts, precision: Precision): string | null {
  const needed = [parts.year, precision === 'year' ? '1' : parts.month, precision === 'day' ? parts.day : '1']
  if (needed.some((part) => part.trim() === '')) return ''
  const [year = NaN, month = NaN, day = NaN] = needed.map((part) => (/^\d{1,4}$/.test(part.trim()) ? Number(part) : NaN))
  const made = new Date(Date.UTC(year, month - 1, day))
  const isReal = year >= 1000 && made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
  return isReal ? made.toISOString().slice(0, 10) : null
}
