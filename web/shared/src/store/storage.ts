/** How the browser keeps what the application stores. */

export interface StorageState {
  /** Whether the browser promised not to empty it by itself; null where it cannot say. */
  readonly persisted: boolean | null
  readonly used: number | null
  readonly quota: number | null
}

const NEARLY_FULL = 0.8
const ROOM_FOR_A_DAY = 100 * 2 ** 20

export async function readStorage(): Promise<StorageState> {
  const { storage } = navigator
  const [persisted, estimate] = await Promise.all([storage?.persisted?.(), storage?.estimate?.()])
  return { persisted: persisted ?? null, used: estimate?.usage ?? null, quota: estimate?.quota ?? null }
}

/** Ask the browser never to empty the storage by itself. To be called from a tap: some ask the person. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

export function isNearlyFull({ used, quota }: StorageState): boolean {
  if (used === null || quota === null) return false
  return used > quota * NEARLY_FULL || quota - used < ROOM_FOR_A_DAY
}
