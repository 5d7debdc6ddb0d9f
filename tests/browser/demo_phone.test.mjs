// What scripts/demo --host is for: somebody votes in secret on a phone, sees the tracker, looks at the hall
// screen, and finds the ballot when the meeting's record is handed out; of a record with one byte changed
// the checker says that it is wrong.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture, shows, take_step } from './browser.mjs'
import { find_plenum } from './real_server.mjs'
import { SecretHall } from './secret_hall.mjs'
import { tracker_of } from './secret_day.mjs'

const plenum = find_plenum()
const program = plenum && join(dirname(plenum), 'plenum-demo')
const not_built = program && !existsSync(program) && 'plenum-demo is not built'
const skip = SecretHall.why_not() || not_built || no_browser
const host = process.env.PLENUM_DEMO_HOST ?? '127.0.0.1'
const phone = { width: 390, height: 844, trusts_any: true }
const wide = { width: 1440, height: 900, trusts_any: true }
const patience_ms = 60_000
const members = 35

const pages = {}
let folder
let record
let demo
let said = ''
let browser
let tracker

/** The address the demo says next after these words. */
async function address_after(words) {
  const late = Date.now() + patience_ms
  while (Date.now() < late) {
    const found = new RegExp(`${words}[^：]*：\\s+(https\\S+)`).exec(said)
    if (found) return found[1]
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${words} is not said\n${said}`)
}

async function open(name, words, shown) {
  const opened = await open_page(browser, await address_after(words), shown)
  pages[name] = opened.page
}

before(async () => {
  if (skip) return
  folder = mkdtempSync(join(tmpdir(), 'plenum-demo-'))
  record = join(folder, 'members.tar')
  demo = spawn(program, ['--host', host, '--lang', 'zh', '--out', record])
  createInterface({ input: demo.stdout }).on('line', (line) => (said += `${line}\n`))
  browser = await launch()
})

after(async () => {
  await close_browser(browser)
  demo?.kill('SIGKILL')
  if (folder) rmSync(folder, { recursive: true })
})

const step = (name, run) => test(name, { skip }, run)

step('the pages are opened as the demo says, the console on a phone', async () => {
  await open('chair', '主持人', wide)
  await open('seat', '表决器', phone)
  await open('hall', '大屏幕', wide)
  const { seat } = pages
  assert.equal(await seat.evaluate(() => isSecureContext), true)
  await seat.locator('[data-present=false] + button').click()
  await seat.locator('[data-present=true]').waitFor()
})

step('a key is pressed on the phone, and a tracker is shown', async () => {
  const { chair, seat, hall } = pages
  for (const one of ['open_sitting', 'adopt_agenda', 'activate_item']) await take_step(chair, one)
  await shows(chair, '[data-with-key]', String(members), patience_ms)
  await take_step(chair, 'call_roll')
  await chair.locator('.complete').waitFor({ timeout: patience_ms })
  await take_step(chair, 'open_vote')
  await seat.locator('.key.approve[aria-disabled=false]').click({ timeout: patience_ms })
  tracker = await tracker_of(seat)
  await picture(seat, 'demo_phone_tracker')
  // Key holders open no box of a few.
  await shows(chair, '[data-received]', /^\s*[1-3]\d\s*\//, patience_ms)
  await take_step(chair, 'close_vote')
  await chair.locator('[data-step=announce_vote]').waitFor({ timeout: patience_ms })
  await take_step(chair, 'announce_vote')
  await hall.locator('[data-shown=result]').waitFor({ timeout: patience_ms })
  await seat.locator('[data-check-after]').waitFor()
  await picture(seat, 'demo_phone_result')
})

/** What the checker's page on a phone says of a file. */
async function check(file, verdict) {
  const { page, context } = await open_page(browser, await address_after('核验页'), phone)
  await page.locator('[data-do=bundle]').setInputFiles(file)
  await page.locator(`[data-verdict=${verdict}]`).waitFor({ timeout: patience_ms })
  return { page, context }
}

step('after the first interrupt the ballot is found in the record, every check green', async () => {
  demo.kill('SIGINT')
  const { page, context } = await check(record, 'good')
  assert.equal(await page.locator('[data-state]:not([data-state=good])').count(), 0)
  await page.locator('[data-do=tracker]').fill(tracker)
  await page.locator('[data-do=find-tracker]').click()
  await page.locator('[data-tracker=counted]').waitFor()
  await picture(page, 'demo_phone_checker')
  await context.close()
})

step('the phone itself takes the same record home', async () => {
  const { seat } = pages
  const given = seat.waitForEvent('download', { timeout: patience_ms })
  await seat.locator('[data-do=take-record]').click()
  const taken = join(folder, 'taken.plenum')
  await (await given).saveAs(taken)
  const { context } = await check(taken, 'good')
  await context.close()
})

step('one byte changed, and the checker says what is wrong', async () => {
  const bytes = readFileSync(record)
  bytes[bytes.length >> 1] ^= 1
  const changed = join(folder, 'changed.tar')
  writeFileSync(changed, bytes)
  const { page, context } = await check(changed, 'bad')
  assert.ok((await page.locator('[data-state=bad] p').count()) > 0)
  await context.close()
})

step('the next interrupt ends it', async () => {
  const ended = new Promise((resolve) => demo.once('exit', resolve))
  demo.kill('SIGINT')
  assert.equal(await ended, 0, said)
  assert.equal(said.trim().split('\n').at(-1), record)
})
