// The ballot worker in a real browser, under the server's content policy: libsodium compiles, keys are made,
// a registration comes out.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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

/** A ceremony out of the specification's vectors, its bytes as lists of numbers. */
function ceremony_record() {
  const vectors = new URL('../../schemas/vectors/ceremony.json', import.meta.url)
  const [{ terms, commits, opens, agrees }] = JSON.parse(readFileSync(vectors, 'utf8')).accepted
  const bytes = (hex) => [...Buffer.from(hex, 'hex')]
  const holders = terms.holders.map(({ name, key }, at) => ({
    name,
    key: bytes(key),
    commit: bytes(commits[at]),
    open: bytes(opens[at]),
    agree: bytes(agrees[at]),
  }))
  return { ...terms, meeting: bytes(terms.meeting), holders }
}

/** Runs in the page: asks the worker one thing after another and gives back what it answered. */
async function converse(requests) {
  const worker = new Worker('/worker.js', { type: 'module' })
  // Bytes come into the page as lists of numbers.
  const as_bytes = (value) => {
    if (Array.isArray(value) && value.every(Number.isInteger)) return Uint8Array.from(value)
    if (Array.isArray(value)) return value.map(as_bytes)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, as_bytes(one)]))
  }
  const answers = []
  for (const [at, request] of requests.entries()) {
    const answered = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'))
    })
    worker.postMessage({ id: at + 1, ...as_bytes(request) })
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
  const where = { member: 'plenum.example 17', sitting: 40 }
  const sign_in = { person: 17, channel: bytes(32), ceremony: ceremony_record(), server_key: bytes(32) }
  const answers = await page.evaluate(converse, [
    { kind: 'sign_in', ...sign_in },
    { kind: 'device', ...where },
    { kind: 'enroll', origin: 'plenum.example', person: 17, channel: bytes(32) },
    { kind: 'sign_in', ...sign_in },
    { kind: 'sign_in', ...sign_in, ceremony: { ...sign_in.ceremony, attempt: 2 } },
    { kind: 'sign_out' },
  ])
  assert.deepEqual(answers, [
    { id: 1, ok: false, refusal: 'not_signed_in', bytes: 0 },
    { id: 2, ok: true, refusal: undefined, bytes: 32 },
    { id: 3, ok: true, refusal: undefined, bytes: 64 },
    { id: 4, ok: true, refusal: undefined, bytes: 161 },
    { id: 5, ok: false, refusal: 'ceremony_wrong', bytes: 0 },
    { id: 6, ok: true, refusal: undefined, bytes: 0 },
  ])
  assert.deepEqual(complaints, [])
  await context.close()
})
