// The ballot worker in a real browser, under the server's content policy: libsodium compiles, keys are made,
// a registration comes out.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { close_browser, launch, no_browser, open_page } from './browser.mjs'
import { policy } from './fake_server.mjs'
import { esbuild } from './packages.mjs'

const skip = no_browser
const entry = fileURLToPath(new URL('../../clients/web/src/ballot/worker.ts', import.meta.url))
let browser
let server
let url

before(async () => {
  if (skip) return
  const made = await esbuild.build({ entryPoints: [entry], bundle: true, write: false, format: 'esm' })
  const files = {
    '/': ['text/html', '<!doctype html><title>worker</title><link rel="icon" href="data:,">'],
    '/worker.js': ['text/javascript', made.outputFiles[0].text],
  }
  server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', '']
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${server.address().port}/`
  browser = await launch()
})

after(async () => {
  await close_browser(browser)
  server?.closeAllConnections()
  server?.close()
})

/** Runs in the page: asks the worker one thing after another and gives back what it answered. */
async function converse(requests) {
  const worker = new Worker('/worker.js', { type: 'module' })
  const answers = []
  for (const [at, request] of requests.entries()) {
    const answered = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'))
    })
    for (const [name, value] of Object.entries(request.registrant ?? {})) {
      if (Array.isArray(value)) request.registrant[name] = Uint8Array.from(value)
    }
    for (const [name, value] of Object.entries(request.election ?? {}))
      request.election[name] = Uint8Array.from(value)
    worker.postMessage({ id: at + 1, ...request })
    answers.push(await answered)
  }
  worker.terminate()
  return answers.map(({ id, answer }) => ({
    id,
    ok: answer.ok,
    refusal: answer.refusal,
    bytes: answer.ok && answer.value ? Object.values(answer.value)[0].length : 0,
  }))
}

test('a console makes its keys in a worker under the content policy', { skip }, async () => {
  const { page, context, complaints } = await open_page(browser, url)
  const bytes = (length) => Array.from({ length }, (_, at) => at)
  const registrant = { origin: 'plenum.example', meeting: bytes(16), person: bytes(16), channel: bytes(32) }
  const election = { key: bytes(32), holders: bytes(32), server_key: bytes(32) }
  const answers = await page.evaluate(converse, [
    { kind: 'sign_in', registrant, election },
    { kind: 'device', seed: null },
    { kind: 'sign_in', registrant, election },
    { kind: 'sign_out' },
  ])
  assert.deepEqual(answers, [
    { id: 1, ok: false, refusal: 'not_signed_in', bytes: 0 },
    { id: 2, ok: true, refusal: undefined, bytes: 32 },
    { id: 3, ok: true, refusal: undefined, bytes: 161 },
    { id: 4, ok: true, refusal: undefined, bytes: 0 },
  ])
  assert.deepEqual(complaints, [])
  await context.close()
})
