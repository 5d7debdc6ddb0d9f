// Some screens as they looked when somebody last looked at them (golden/*.png), from canned messages and with
// the clock standing still. After a change that is meant: PLENUM_WRITE_GOLDEN=1 node --test golden.test.mjs,
// and look at what git says has changed. The letters are those of Debian's fonts-noto-cjk.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page } from './browser.mjs'
import { agenda, chair, delegate, hall, resolution, teller } from './canned.mjs'
import { clock } from './clock.mjs'
import { FakeServer } from './fake_server.mjs'
import {
  agenda as office_agenda,
  desk_operator,
  desk_sitting,
  office_answers,
  secretary,
} from './office_canned.mjs'
import { difference, small_png } from './png.mjs'
import { hall_states, page_states } from './states.mjs'

const skip = no_browser
const folder = fileURLToPath(new URL('golden', import.meta.url))
const sizes = { phone: [360, 740], desk: [1280, 800], hd: [1920, 1080] }
const now_ms = Date.UTC(2026, 10, 27, 1, 30)
/** Pixels: another release of Chromium smooths letters otherwise; one character that changed is more. */
const tolerance = 60
const server = new FakeServer()
let browser
let text

before(async () => {
  if (skip) return
  clock.now_ms = () => now_ms
  await server.start()
  browser = await launch()
  text = server.add_document(resolution)
  const people = {
    seat: delegate,
    absent: { ...delegate, present_in: [] },
    chair,
    teller,
    hall,
    office: secretary,
    desk: desk_operator,
  }
  for (const [code, person] of Object.entries(people)) server.people.set(code, person)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

/** A picture of a page that has come to rest. */
async function still_picture(page) {
  await page.evaluate(() => document.fonts.ready)
  let last = await page.screenshot()
  for (let tries = 0; tries < 40; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    const now = await page.screenshot()
    if (now.equals(last)) return now
    last = now
  }
  throw new Error('the page never comes to rest')
}

async function compare(name, address, size, language, has) {
  const [width, height] = sizes[size]
  const url = `${server.url}${address}`
  const { page, context } = await open_page(browser, url, { width, height, language, at_ms: now_ms })
  await page.locator(has).first().waitFor()
  const seen = small_png(await still_picture(page))
  await context.close()
  const file = join(folder, `${name}.png`)
  if (process.env.PLENUM_WRITE_GOLDEN) {
    mkdirSync(folder, { recursive: true })
    return writeFileSync(file, seen)
  }
  const differing = difference(readFileSync(file), seen)
  if (differing > tolerance) {
    const beside = join(process.env.PLENUM_PICTURES ?? '/tmp', `golden_${name}.png`)
    writeFileSync(beside, seen)
    assert.fail(`${name}: ${differing} pixels differ; it now looks like ${beside}`)
  }
}

const from_states = [
  ['console_signing_in', 'phone', 'zh-CN'],
  ['console_open', 'phone', 'zh-CN'],
  ['console_open', 'hd', 'en'],
  ['console_speaking', 'phone', 'en'],
  ['console_announced', 'phone', 'zh-CN'],
  ['chair_no_quorum', 'desk', 'zh-CN'],
  ['chair_open', 'desk', 'zh-CN'],
  ['chair_debate', 'desk', 'en'],
  ['teller_differ', 'phone', 'zh-CN'],
]
for (const [state, size, language] of from_states) {
  test(`${state} at ${size} in ${language}`, { skip }, async () => {
    const [, code, path, snapshot, has] = page_states(text).find(([name]) => name === state)
    server.snapshot = { seq: 60, agendas: [agenda()], floors: [], votes: [], ...snapshot }
    server.answers = {}
    await compare(`${state}_${size}_${language}`, `${path}#code=${code}`, size, language, has)
  })
}

for (const [state, language] of [['hall_vote', 'zh'], ['hall_result', 'zh'], ['hall_speaker_soon', 'en']]) {
  test(`${state} in ${language}`, { skip }, async () => {
    const [, snapshot, shown] = hall_states(text).find(([name]) => name === state)
    server.snapshot = { seq: 60, agendas: [agenda()], floors: [], votes: [], ...snapshot }
    server.answers = {}
    const has = `[data-shown=${shown}]`
    await compare(`${state}_${language}`, `/hall.html?lang=${language}#code=hall`, 'hd', 'zh-CN', has)
  })
}

const office_parts = [
  ['bodies', 'office', 'zh-CN', '[data-body]'],
  ['meetings', 'office', 'en', '[data-item]'],
  ['desk', 'desk', 'zh-CN', '[data-person]'],
]
for (const [part, code, language, has] of office_parts) {
  test(`office, ${part} in ${language}`, { skip }, async () => {
    const agendas = [office_agenda()]
    server.snapshot = { seq: 60, agendas, sittings: [desk_sitting()], floors: [], votes: [] }
    server.answers = office_answers()
    const address = `/office.html?part=${part}#code=${code}`
    await compare(`office_${part}_${language}`, address, 'desk', language, has)
  })
}
