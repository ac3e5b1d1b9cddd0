/** Installing the application: the browser says when it may be offered, and a tap must ask. */

import { ref } from 'vue'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

export const isInstallable = ref(false)
let offered: InstallPrompt | null = null

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offered = event as InstallPrompt
  isInstallable.value = true
})

window.addEventListener('appinstalled', () => {
  offered = null
  isInstallable.value = false
})

export async function install(): Promise<void> {
  await offered?.prompt()
  isInstallable.value = false
}
