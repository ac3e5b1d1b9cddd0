/** The service worker: it serves one whole version of the application, from the first visit on without network.
 *
 *  A version is the list of files in `version.json`. It is fetched whole into a cache of its own or not at all, and
 *  is used once a page takes it. The files of the version that runs stay as long as a page uses them. */

/// <reference lib="webworker" />

export {}

declare const self: ServiceWorkerGlobalScope

interface Version {
  readonly version: string
  readonly files: readonly string[]
}

const SCOPE = '/collecte/'
const PREFIX = 'gwa-version-'
/** Which version is used: the name of its cache. */
const CHOICE = 'gwa-choice'
const CHOSEN = `${SCOPE}chosen`

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method === 'GET' && origin === location.origin && isOurs(request, pathname)) event.respondWith(answer(request))
})
self.addEventListener('message', (event) => {
  const { say, entry } = event.data as { say: 'look' | 'take'; entry: string }
  if (say === 'look') event.waitUntil(look(entry))
  else event.waitUntil(take(event.source as Client | null))
})

function isOurs({ mode }: Request, pathname: string): boolean {
  if (mode === 'navigate') return pathname === SCOPE
  return pathname.startsWith('/static/') || pathname.startsWith(`${SCOPE}manifest`)
}

/** The first visit: take the version that is there, and use it. A later worker leaves the choice as it is. */
async function install(): Promise<void> {
  if ((await chosen()) === null) await choose(await fetchWhole(await readVersion()))
  await self.skipWaiting()
}

async function answer(request: Request): Promise<Response> {
  const name = await chosen()
  const key = request.mode === 'navigate' ? SCOPE : request
  const current = name === null ? undefined : await (await caches.open(name)).match(key, { ignoreSearch: true })
  // A page that opened under the former version asks for files of that one.
  return current ?? (await caches.match(key, { ignoreSearch: true })) ?? fetch(request)
}

/** See whether the server has another version; fetch it whole, and say so. `entry`: the script of the page that asks. */
async function look(entry: string): Promise<void> {
  const version = await readVersion().catch(() => null)
  if (!version) return
  const name = PREFIX + version.version
  if (name === (await chosen())) return dropOthers(name, entry)
  if (!(await isWhole(name, version))) await fetchWhole(version)
  for (const client of await self.clients.matchAll()) client.postMessage('version-ready')
}

async function take(client: Client | null): Promise<void> {
  const version = await readVersion().catch(() => null)
  const ready = (await caches.keys()).filter((name) => name.startsWith(PREFIX))
  const before = await chosen()
  const name = version && ready.includes(PREFIX + version.version) ? PREFIX + version.version : ready.find((one) => one !== before)
  if (name) await choose(name)
  client?.postMessage('version-taken')
}

async function readVersion(): Promise<Version> {
  const answer = await fetch(`${SCOPE}version.json`, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (await answer.json()) as Version
}

/** Fetch every file of a version; raises, and leaves nothing behind, where one fails. */
async function fetchWhole(version: Version): Promise<string> {
  const name = PREFIX + version.version
  const cache = await caches.open(name)
  try {
    await cache.addAll(version.files.map((file) => new Request(file, { cache: 'reload' })))
  } catch (error) {
    await caches.delete(name)
    throw error
  }
  return name
}

async function isWhole(name: string, { files }: Version): Promise<boolean> {
  if (!(await caches.has(name))) return false
  return (await (await caches.open(name)).keys()).length >= files.length
}

async function chosen(): Promise<string | null> {
  const kept = await (await caches.open(CHOICE)).match(CHOSEN)
  return kept ? kept.text() : null
}

async function choose(name: string): Promise<void> {
  await (await caches.open(CHOICE)).put(CHOSEN, new Response(name))
}

/** The version in use is the server's: the former ones go, unless a page that began with one may still be open. */
async function dropOthers(name: string, entry: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' })
  if (pages.length > 1 || !(await (await caches.open(name)).match(entry))) return
  for (const other of await caches.keys()) {
    if (other.startsWith(PREFIX) && other !== name) await caches.delete(other)
  }
}
