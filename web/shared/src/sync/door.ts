/** The calls of a telephone to its server. Whatever is not an answer of the server is `Unreachable`. */

import { fetchPatiently } from './patience.ts'

const BASE = '/phone/v1/'
const PATIENCE_MS = 60_000
/** What every answer of this door bears. */
const SIGNATURE = 'X-Gwa-Phone'

/** There is no network, or something on the way answered in the server's place. */
export class Unreachable extends Error {}

/** The server understood and says no. */
export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, readonly sentence: string) {
    super(sentence || code)
  }
}

/** The server broke. */
export class Broken extends Error {}

export interface Call {
  readonly token?: string
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly json?: unknown
  readonly body?: BodyInit
  readonly etag?: string
}

/** Call the server and return its answer, whatever its status below 500. */
export async function knockAt(path: string, { token, method = 'GET', json, body, etag }: Call): Promise<Response> {
  const headers: Record<string, string> = {}
  if (token) headers['Authorization'] = `Bearer ${token}`
  if (etag) headers['If-None-Match'] = etag
  if (json !== undefined) headers['Content-Type'] = 'application/json'
  const content = json === undefined ? body : JSON.stringify(json)
  let answer: Response
  try {
    answer = await fetchPatiently(path.startsWith('/') ? path : BASE + path, {
      method, headers, cache: 'no-store', credentials: 'omit', redirect: 'error',
      ...(content === undefined ? {} : { body: content }),
    }, PATIENCE_MS)
  } catch (error) {
    throw new Unreachable(String(error))
  }
  if (answer.status >= 500) throw new Broken(`${answer.status}`)
  if (!answer.headers.has(SIGNATURE)) throw new Unreachable('another answered in the place of the server')
  return answer
}

/** Call the server and read its JSON; raises `Refused` where it says no. */
export async function call<Shape>(path: string, how: Call): Promise<Shape> {
  const answer = await knockAt(path, how)
  const told = await readJson(answer)
  if (!answer.ok) throw refusalOf(answer, told)
  return told as Shape
}

/** Read an answer as JSON. */
export function readJson(answer: Response): Promise<unknown> {
  return whole(answer.json())
}

/** Read an answer to its end, where it is not cut in the middle. */
export async function whole<Content>(reading: Promise<Content>): Promise<Content> {
  try {
    return await reading
  } catch (error) {
    throw new Unreachable(String(error))
  }
}

export function refusalOf(answer: Response, told: unknown): Refused {
  const refused = (told as { refused?: { code?: string; sentence?: string } } | null)?.refused
  return new Refused(answer.status, refused?.code ?? '', refused?.sentence ?? '')
}
