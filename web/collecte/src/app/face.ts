/** How the application looks to whoever holds the telephone: where a zone is not safe, like any notebook. */

import type { Zone } from '@gwa/shared/src/sync/protocol.ts'
import { computed, ref, watchEffect } from 'vue'
import { words } from '../words/index.ts'

// Known before the PIN: which enrolments of this telephone work in such a zone, by their opaque names.
const KEY = 'gwa-face'
const MANIFEST = '/collecte/manifest'

const discreet = ref<readonly string[]>(JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[])

export const isDiscreet = computed(() => discreet.value.length > 0)
export const appName = computed(() => (isDiscreet.value ? words.value.discreetName : words.value.name))

export function heedZones(enrolment: string, zones: readonly Zone[]): void {
  const others = discreet.value.filter((one) => one !== enrolment)
  const now = zones.some((zone) => zone.access === 'restricted') ? [...others, enrolment] : others
  if (now.join() === discreet.value.join()) return
  discreet.value = now
  localStorage.setItem(KEY, JSON.stringify(now))
}

/** Keep the page's title, its icon and what is installed under one name. */
export function wearFace(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const manifest = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
  const usual = icon?.href ?? ''
  watchEffect(() => {
    document.title = appName.value
    if (manifest) manifest.href = isDiscreet.value ? `${MANIFEST}-carnet.webmanifest` : `${MANIFEST}.webmanifest`
    if (icon) icon.href = isDiscreet.value ? (icon.dataset['discreet'] ?? '') : usual
  })
}
