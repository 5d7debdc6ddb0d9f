// What a ballot costs where members press: the pages' own builder (clients/web/src/ballot) under Node and in
// Chromium, in a worker as on a console and on the page itself; there also with the processor slowed down six
// times, as a cheap telephone is, which the browser does for the thread of a page and not for its workers.
// And what it costs a key holder's page to check one, which it does in a worker.
// Prints one JSON line a row, like every bench; --smoke: the same code, one ballot of each shape.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { close_browser, launch, no_browser, open_page } from '../tests/browser/browser.mjs'
import { esbuild } from '../tests/browser/packages.mjs'

const is_smoke = process.argv.includes('--smoke')
const slowdown = 6
const voters = 3000

/** `marked` of so many options. */
const marks = (options, marked) => Array.from({ length: options }, (_, at) => (at < marked ? 1 : 0))

/** The shapes of ballot_bench.cpp. */
const cases = [
  ['motion', { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }, [1], 50],
  ['one of 8', { kind: 'choose', options: 8, rows: 1, min: 1, max: 1 }, marks(8, 1), 20],
  ['20 rows of 4 grades', { kind: 'grid', options: 4, rows: 20, min: 0, max: 1 }, Array(20).fill(2), 9],
  ['up to 15 of 30', { kind: 'choose', options: 30, rows: 1, min: 0, max: 15 }, marks(30, 15), 9],
  ['30 candidates, 15 seats', { kind: 'elect', options: 30, rows: 1, min: 0, max: 15 }, marks(30, 15), 5],
].map(([name, shape, choice, count]) => ({ name, shape, choice, count: is_smoke ? 1 : count }))

/** What is bundled: makes ballots and checks them, and gives back how long each took, in milliseconds, and
 * their size. */
const builder = `
  import { make_ballot } from './ballot'
  import { scalar_reduce, times_generator } from './group'
  import { packing_base } from './shape'
  import { ready, system_randomness } from './sodium'
  import { verify_ballot } from './verify'

  export async function build({ shape, choice, count }) {
    await ready
    const some_key = () => scalar_reduce(system_randomness(64))
    const terms = {
      vote: system_randomness(16),
      context: system_randomness(64),
      election_key: times_generator(some_key()),
      vote_generator: times_generator(some_key()),
      shape,
      base: packing_base(${voters}),
    }
    const took_ms = []
    const checked_ms = []
    let bytes = 0
    // One before the clock: what is compiled on first use belongs to no ballot.
    for (let seq = 0; seq <= count; seq++) {
      const begin = performance.now()
      const ballot = make_ballot(terms, some_key(), 1 + seq, Uint8Array.from(choice), system_randomness)
      const end = performance.now()
      if (ballot === null) throw new Error('the builder refuses a choice that the shape allows')
      bytes = ballot.bytes.length
      if (typeof verify_ballot(ballot.bytes, terms) === 'string') throw new Error('the ballot does not hold')
      const checked = performance.now()
      if (seq === 0) continue
      took_ms.push(end - begin)
      checked_ms.push(checked - end)
    }
    return { took_ms, checked_ms, bytes }
  }
`
const worker = `
  ${builder}
  self.addEventListener('message', async ({ data }) => self.postMessage(await build(data)))
`

async function bundled(code, platform) {
  const resolveDir = fileURLToPath(new URL('../clients/web/src/ballot', import.meta.url))
  const made = await esbuild.build({
    stdin: { contents: code, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform,
    // The library looks for these when it runs under Node.
    banner: platform === 'node' ? { js: require_banner } : {},
  })
  return made.outputFiles[0].text
}

const require_banner = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const __dirname = '.'`

function quantile(values, share) {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(share * (sorted.length - 1))]
}

/** Prints what was measured; answers the median. */
function print(name, where, { took_ms, bytes }, against = null) {
  const us = (share) => Math.round(quantile(took_ms, share) * 100_000) / 100
  const row = { bench: 'web_ballot', row: `${name}: ${where}`, n: took_ms.length }
  Object.assign(row, { p50_us: us(0.5), p99_us: us(0.99), max_us: us(1), ballot_bytes: bytes })
  if (against !== null) row.over_the_page = Math.round((row.p50_us / against) * 100) / 100
  console.log(JSON.stringify(row))
  return row.p50_us
}

function print_both(name, where, measured) {
  print(name, where, measured)
  print(name, `checked ${where}`, { took_ms: measured.checked_ms, bytes: measured.bytes })
}

async function in_node() {
  const folder = mkdtempSync(join(tmpdir(), 'plenum-web-ballot-'))
  try {
    const file = join(folder, 'builder.mjs')
    writeFileSync(file, await bundled(builder, 'node'))
    const { build } = await import(pathToFileURL(file).href)
    for (const one of cases) print_both(one.name, 'in Node', await build(one))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A server of one page, whose address it answers, with what ends it. */
async function serve() {
  const script = ['text/javascript', await bundled(builder, 'browser')]
  const files = {
    '/': ['text/html', '<!doctype html><title>builder</title><link rel="icon" href="data:,">'],
    '/builder.js': script,
    '/worker.js': ['text/javascript', await bundled(worker, 'browser')],
  }
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', '']
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const end = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${server.address().port}/`, end }
}

/** Run in the page. */
const on_the_page = async (one) => (await import('/builder.js')).build(one)

/** Run in the page as well. */
function in_a_worker(one) {
  const thread = new Worker('/worker.js', { type: 'module' })
  return new Promise((resolve, reject) => {
    thread.onmessage = ({ data }) => resolve(data)
    thread.onerror = (event) => reject(new Error(event.message || 'the worker did not start'))
    thread.postMessage(one)
  }).finally(() => thread.terminate())
}

async function in_chromium() {
  const { url, end } = await serve()
  const browser = await launch()
  try {
    const { page, context, complaints } = await open_page(browser, url)
    const switches = await context.newCDPSession(page)
    for (const one of cases) {
      print_both(one.name, 'in a worker of Chromium', await page.evaluate(in_a_worker, one))
      const median = print(one.name, 'on a page of Chromium', await page.evaluate(on_the_page, one))
      await switches.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
      const slowed = await page.evaluate(on_the_page, one)
      await switches.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      print(one.name, `on a page, processor ${slowdown} times slower`, slowed, median)
    }
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  } finally {
    await close_browser(browser)
    end()
  }
}

await in_node()
if (no_browser) console.error(`${no_browser}: only Node was measured`)
else await in_chromium()
