/** Which page is shown, and what the telephone's own "back" does: one step of ours is one step of the browser's. */

import { computed, shallowRef } from 'vue'

export type Screen =
  | { readonly name: 'home' }
  | { readonly name: 'settings' }
  | { readonly name: 'search'; readonly zone: string; readonly form: string }
  | { readonly name: 'card'; readonly id: string }
  | { readonly name: 'interview'; readonly id: string }
  | { readonly name: 'receipt'; readonly id: string }

const HOME: Screen = { name: 'home' }

const path = shallowRef<readonly Screen[]>([HOME])

export const screen = computed<Screen>(() => path.value.at(-1) ?? HOME)

export function go(next: Screen): void {
  path.value = [...path.value, next]
  history.pushState({ depth: path.value.length - 1 }, '')
}

/** Show `next` in the place of the present page: "back" does not return there. */
export function replace(next: Screen): void {
  path.value = [...path.value.slice(0, -1), next]
}

export function back(): void {
  if (path.value.length > 1) history.back()
}

export function goHome(): void {
  const steps = path.value.length - 1
  if (steps > 0) history.go(-steps)
}

/** Forget the way: another person may read next. */
export function forgetWay(): void {
  path.value = [HOME]
  history.replaceState({ depth: 0 }, '')
}

// A page that was loaded again starts at the beginning, wherever the browser remembers it.
history.replaceState({ depth: 0 }, '')

window.addEventListener('popstate', ({ state }) => {
  const depth = (state as { depth?: number } | null)?.depth ?? 0
  path.value = path.value.slice(0, depth + 1)
})
