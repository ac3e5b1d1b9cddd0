/** Calls that end when nothing was heard for a while, and not before: a list may take minutes on a slow network. */

export async function fetchPatiently(address: string, how: RequestInit, patience: number): Promise<Response> {
  const end = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => clearTimeout(timer)
  const wait = (): void => {
    stop()
    timer = setTimeout(() => end.abort(new Error('nothing was heard')), patience)
  }
  wait()
  const answer = await fetch(address, { ...how, signal: end.signal }).catch((error: unknown) => {
    stop()
    throw error
  })
  if (!answer.body) {
    stop()
    return answer
  }
  const heard = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, out) {
      wait()
      out.enqueue(piece)
    },
    flush: stop,
  })
  return new Response(answer.body.pipeThrough(heard), { status: answer.status, headers: answer.headers })
}
