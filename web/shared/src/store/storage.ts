/** How the browser keeps what the application stores. */

import { holdReserve, isDiskFull } from './reserve.ts'

export interface StorageState {
  /** Whether the browser promised not to empty it by itself; null where it cannot say. */
  readonly persisted: boolean | null
  readonly used: number | null
  /** The most that there is room for: known only once it was met. */
  readonly quota: number | null
}

export async function readStorage(): Promise<StorageState> {
  const { storage } = navigator
  const hasRoom = await holdReserve()
  const [persisted, estimate] = await Promise.all([storage?.persisted?.(), storage?.estimate?.()])
  const used = estimate?.usage ?? null
  return { persisted: persisted ?? null, used, quota: hasRoom ? null : used }
}

/** Ask the browser never to empty the storage by itself. To be called from a tap: some ask the person. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

/** Go on without what a full disk does not take, where that is no answer: nothing must wait for room. */
export async function unlessFull(writing: Promise<void>): Promise<void> {
  try {
    await writing
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

export function isNearlyFull({ quota }: StorageState): boolean {
  return quota !== null
}
