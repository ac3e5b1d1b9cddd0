import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { fetchPatiently } from '../src/sync/patience.ts'

const PATIENCE = 1500
const PIECES = 12

// `/slow` says a word long before patience ends, again and again; `/silent` stops in the middle; `/deaf` says nothing.
const server = createServer(({ url }, answer) => {
  if (url === '/deaf') return
  answer.write('a')
  let said = 1
  const speak = setInterval(() => {
    if (url === '/slow') answer.write('a')
    if ((said += 1) === PIECES) {
      clearInterval(speak)
      if (url === '/slow') answer.end()
    }
  }, PATIENCE / 8)
})
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
after(() => {
  server.closeAllConnections()
  server.close()
})

test('an answer may take longer than patience, as long as it goes on', async () => {
  const answer = await fetchPatiently(`${address}/slow`, {}, PATIENCE)
  assert.equal((await answer.text()).length, PIECES)
})

test('silence ends a call, before its answer and in the middle of it', async () => {
  const deaf = assert.rejects(fetchPatiently(`${address}/deaf`, {}, PATIENCE))
  const answer = await fetchPatiently(`${address}/silent`, {}, PATIENCE)
  await Promise.all([deaf, assert.rejects(answer.text())])
})
