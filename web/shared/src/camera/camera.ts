/** The camera inside the page: leaving for the telephone's own may kill the page. */
import { onBeforeUnmount, ref, shallowRef, type Ref } from 'vue'

export interface Camera {
  readonly video: Ref<HTMLVideoElement | null>
  readonly isReady: Ref<boolean>
  readonly isRefused: Ref<boolean>
  start(): Promise<void>
  stop(): void
}

export function useCamera(facing: 'environment' | 'user' = 'environment'): Camera {
  const video = shallowRef<HTMLVideoElement | null>(null)
  const isReady = ref(false)
  const isRefused = ref(false)
  let stream: MediaStream | null = null
  let isGone = false

  function stop(): void {
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = null
    isReady.value = false
  }

  async function start(): Promise<void> {
    try {
      const opened = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 960 } },
      })
      stream = opened
      if (isGone || !video.value) return stop()
      video.value.srcObject = opened
      await video.value.play()
      isReady.value = true
    } catch {
      isRefused.value = true
      stop()
    }
  }

  onBeforeUnmount(() => {
    isGone = true
    stop()
  })
  return { video, isReady, isRefused, start, stop }
}
