/** The service worker serves one whole version; another one waits until somebody on the first page takes it. */

import { ref } from 'vue'

const LOOK_EVERY_MS = 60 * 60_000

export const isNewVersionReady = ref(false)
let registration: ServiceWorkerRegistration | null = null

export async function followUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const isFirst = !navigator.serviceWorker.controller
  registration = await navigator.serviceWorker.register('/collecte/sw.js', { scope: '/collecte/', updateViaCache: 'none' })
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'version-ready') isNewVersionReady.value = true
    // Only the page that was asked to take it hears this.
    if (data === 'version-taken') location.reload()
  })
  if (isFirst) return
  look()
  setInterval(look, LOOK_EVERY_MS)
  window.addEventListener('online', look)
}

function look(): void {
  registration?.active?.postMessage({ say: 'look', entry: import.meta.url })
}

/** Use the version that waits: from the first page, where nothing is open. */
export function takeNewVersion(): void {
  registration?.active?.postMessage({ say: 'take', entry: import.meta.url })
}
