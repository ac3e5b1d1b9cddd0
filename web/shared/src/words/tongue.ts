/** The language of the screens, and how it writes days and numbers. */

import { ref, watchEffect } from 'vue'

export type Tongue = 'fr' | 'en' | 'bm'

export const TONGUES: Readonly<Record<Tongue, string>> = { fr: 'Français', en: 'English', bm: 'Bamanankan' }

const KEPT = 'gwa-tongue'

export const tongue = ref<Tongue>(firstTongue())

watchEffect(() => {
  document.documentElement.lang = tongue.value
})

export function chooseTongue(chosen: Tongue): void {
  tongue.value = chosen
  localStorage.setItem(KEPT, chosen)
}

/** Tell whether this telephone was told its language already. */
export function isTongueChosen(): boolean {
  return localStorage.getItem(KEPT) !== null
}

export function isTongue(text: string): text is Tongue {
  return Object.hasOwn(TONGUES, text)
}

function firstTongue(): Tongue {
  const kept = localStorage.getItem(KEPT) ?? ''
  if (isTongue(kept)) return kept
  const browsers = navigator.languages.map((one) => one.slice(0, 2)).find(isTongue)
  return (browsers as Tongue | undefined) ?? 'fr'
}

/** Bambara has no calendar of its own in browsers: days are written as in French. */
const locale = (): string => (tongue.value === 'en' ? 'en-GB' : 'fr-FR')

export function writeDay(at: number): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

export function writeMoment(at: number): string {
  const form = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear()
  return new Intl.DateTimeFormat(locale(), isThisYear ? form : { ...form, year: 'numeric' }).format(at)
}

export function writeNumber(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

export function writeSize(bytes: number): string {
  const megabytes = bytes / 2 ** 20
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: megabytes < 10 ? 1 : 0 }).format(megabytes)
}

/** In groups of four, as it is read aloud. */
export function writeRegistryNumber(number: string): string {
  return number.replace(/\d{4}(?=\d)/g, '$& ')
}
