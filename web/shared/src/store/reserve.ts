/** Some megabytes held back: when the disk is full, an interview is finished and sent from them.
 *
 *  Browsers do not say any more how much room is left: that the reserve had to be given up is also the only warning. */

const NAME = 'reserve'
const SIZE = 8 * 2 ** 20
const PIECE = 65_536
const AGAIN_MS = 60_000
const COUNTED_AGAIN_MS = 500

let held: Promise<boolean> = Promise.resolve(false)
let lostAt = -Infinity

/** Hold the reserve; false where there is no room for it. What is lost is tried again at most once a minute. */
export async function holdReserve(): Promise<boolean> {
  if (performance.now() - lostAt > AGAIN_MS) {
    lostAt = Infinity
    held = tryToHold()
  }
  return held
}

async function tryToHold(): Promise<boolean> {
  try {
    return (await isThere()) || (await fill())
  } catch (error) {
    // A browser that has no such files gives no warning.
    if (isDiskFull(error)) lostAt = performance.now()
    return !isDiskFull(error)
  }
}

/** Do what writes; where the disk is full, give up the reserve and do it again. */
export async function withReserve<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isDiskFull(error)) throw error
    await release()
  }
  try {
    return await work()
  } catch (error) {
    if (!isDiskFull(error)) throw error
    // A browser takes a moment to count what was given back.
    await new Promise((resolve) => setTimeout(resolve, COUNTED_AGAIN_MS))
    return work()
  }
}

/** Tell whether a writing failed because no room is left. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

async function isThere(): Promise<boolean> {
  const file = await find()
  return ((await file?.getFile())?.size ?? 0) >= SIZE
}

async function release(): Promise<void> {
  held = Promise.resolve(false)
  lostAt = performance.now()
  const folder = await navigator.storage.getDirectory()
  // Another writing may have given it up a moment before.
  await folder.removeEntry(NAME).catch(() => undefined)
}

function find(): Promise<FileSystemFileHandle | null> {
  return navigator.storage.getDirectory().then((folder) => folder.getFileHandle(NAME)).catch(() => null)
}

/** Write twice as much and keep the half: what is held must not be the last room. Nothing that a disk could shrink. */
async function fill(): Promise<boolean> {
  const folder = await navigator.storage.getDirectory()
  const file = await (await folder.getFileHandle(NAME, { create: true })).createWritable()
  try {
    for (let written = 0; written < 2 * SIZE; written += PIECE) {
      await file.write(crypto.getRandomValues(new Uint8Array(PIECE)))
    }
    await file.truncate(SIZE)
    await file.close()
  } catch (error) {
    await file.abort().catch(() => undefined)
    await folder.removeEntry(NAME)
    throw error
  }
  return true
}
