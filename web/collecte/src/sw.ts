/** The service worker: it serves one whole version of the application, from the first visit on without network.
 *
 *  A version is the files in `version.json`, each with its fingerprint. It is fetched whole into a cache of its own or
 *  not at all, and is used once a page takes it. The files of the version that runs stay as long as a page uses them. */

/// <reference lib="webworker" />

export {}

declare const self: ServiceWorkerGlobalScope

interface Version {
  readonly version: string
  readonly files: Readonly<Record<string, string>>
}

const SCOPE = '/collecte/'
const WORKERS = `${SCOPE}worker/`
const PREFIX = 'gwa-version-'
/** Which version is used: the name of its cache. */
const CHOICE = 'gwa-choice'
const CHOSEN = `${SCOPE}chosen`
/** Written last into the cache of a version: without it, the version is not whole. */
const WHOLE = `${SCOPE}whole`

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
  return ['/static/', `${SCOPE}manifest`, WORKERS].some((one) => pathname.startsWith(one))
}

/** The first visit: take the version that is there, and use it. A later worker leaves the choice as it is. */
async function install(): Promise<void> {
  if ((await chosen()) === null) await choose(await fetchWhole(await readVersion()))
  await self.skipWaiting()
}

async function answer(request: Request): Promise<Response> {
  const name = await chosen()
  const key = keyOf(request)
  const current = name === null ? undefined : await caches.match(key, { cacheName: name, ignoreSearch: true })
  // A page that opened under the former version asks for files of that one.
  return current ?? (await caches.match(key, { ignoreSearch: true })) ?? fetch(request)
}

/** The name of what is asked for in a version. A script that works beside the page has two: it must be asked for within
 *  the scope of this worker, or nothing answers without network. */
function keyOf(request: Request): RequestInfo {
  const { pathname } = new URL(request.url)
  if (request.mode === 'navigate') return SCOPE
  return pathname.startsWith(WORKERS) ? pathname.replace(WORKERS, '/static/collecte/') : request
}

/** See whether the server has another version; fetch it whole, and say so. `entry`: the script of the page that asks. */
async function look(entry: string): Promise<void> {
  const version = await readVersion().catch(() => null)
  if (!version) return
  const name = PREFIX + version.version
  if (name === (await chosen())) return dropOthers(name, entry)
  if (!(await isWhole(name))) await fetchWhole(version)
  for (const client of await self.clients.matchAll()) client.postMessage('version-ready')
}

async function take(client: Client | null): Promise<void> {
  const version = await readVersion().catch(() => null)
  const whole: string[] = []
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && (await isWhole(name))) whole.push(name)
  const name = whole.find((one) => one === PREFIX + version?.version) ?? whole.at(-1)
  if (name) await choose(name)
  client?.postMessage('version-taken')
}

async function readVersion(): Promise<Version> {
  const answer = await fetch(`${SCOPE}version.json`, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return (await answer.json()) as Version
}

/** Fetch every file of a version; raises, and leaves nothing behind, where one fails or is not what it should be. */
async function fetchWhole(version: Version): Promise<string> {
  const name = PREFIX + version.version
  const cache = await caches.open(name)
  try {
    await cache.addAll(
      Object.entries(version.files).map(([file, integrity]) => new Request(file, { cache: 'reload', integrity })),
    )
    await cache.put(WHOLE, new Response())
  } catch (error) {
    await caches.delete(name)
    throw error
  }
  return name
}

async function isWhole(name: string): Promise<boolean> {
  return (await caches.match(WHOLE, { cacheName: name })) !== undefined
}

/** Asked for each file: read once while this worker lives. */
let choice: Promise<string | null> | null = null

function chosen(): Promise<string | null> {
  choice ??= caches.match(CHOSEN, { cacheName: CHOICE }).then((kept) => kept?.text() ?? null)
  return choice
}

async function choose(name: string): Promise<void> {
  await (await caches.open(CHOICE)).put(CHOSEN, new Response(name))
  choice = null
}

/** The version in use is the server's: the former ones go, unless a page that began with one may still be open. */
async function dropOthers(name: string, entry: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' })
  if (pages.length > 1 || !(await (await caches.open(name)).match(entry))) return
  for (const other of await caches.keys()) {
    if (other.startsWith(PREFIX) && other !== name) await caches.delete(other)
  }
}
