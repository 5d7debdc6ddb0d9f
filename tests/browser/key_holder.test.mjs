// A key holder in a browser beside two key holders' programs: together they make the election key, verify a
// secret vote and open its totals. The page is loaded anew in the middle; afterwards its key file
// opens in the program, which gives nothing for the same vote again.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { after, before } from 'node:test'
import {
  accessibility_findings,
  overflow_px,
  picture,
  shows,
  take_step,
} from './browser.mjs'
import { Line } from './real_server.mjs'
import { SecretDay } from './secret_day.mjs'

const day = new SecretDay()
const { hall, skip } = day
const title = '关于接受辞职请求的决定（草案）'
const text = '常务委员会会议决定，接受辞职请求。'
const passphrase = '墨绿 台灯 三月 渡口 算盘'
const consoles = 6
let holder
let chair
let seats

/** The page at the width of a telephone and of a desk, in both languages. */
async function look(name) {
  for (const [width, language] of [
    [360, 'zh-CN'],
    [1280, 'en'],
  ]) {
    await holder.setViewportSize({ width, height: 900 })
    await holder.locator(`button[lang="${language}"]`).click()
    assert.equal(await overflow_px(holder), 0, `${name} at ${width}`)
    await picture(holder, `key_holder_${name}_${width}`)
  }
}

async function unlock() {
  await holder.locator('[data-unlock=true] [data-do=passphrase]').fill(passphrase)
  await holder.locator('[data-do=unlock]').click()
}

before(async () => {
  if (skip) return
  await day.begin()
  const hold_in_page = async (code) => {
    holder = await day.open(code)
    await holder.locator('[data-unlock=false]').waitFor()
    await picture(holder, 'key_holder_create')
    await holder.locator('[data-do=passphrase]').fill('short')
    await holder.locator('[data-do=passphrase-again]').fill('short')
    assert.ok(await holder.locator('[data-do=unlock]').isDisabled())
    await holder.locator('[data-do=passphrase]').fill(passphrase)
    await holder.locator('[data-do=passphrase-again]').fill(passphrase)
    await holder.locator('[data-do=unlock]').click()
  }
  await hall.prepare({ people: consoles + 1, title, text, hold_in_page })
  chair = await day.screen('chair', undefined, { width: 1440, height: 900 })
  seats = []
  for (let at = 0; at < consoles; at++)
    seats.push(await day.screen('delegate', String(101 + at)))
})

after(async () => {
  await day.end()
})

const seen = async () => {
  const shown = holder.isClosed() ? 'closed' : await holder.locator('main').innerText()
  return `\npage: ${shown}`
}
const step = (name, run) => day.step(name, run, seen)

step('the page and the two programs have made one election key', async () => {
  await holder.locator('[data-ceremony=done]').waitFor({ timeout: 30_000 })
  await shows(holder, '[data-key-words]', hall.words)
  assert.deepEqual(await accessibility_findings(holder), [])
  await look('made')
})

step('loaded anew it asks for the passphrase, refuses another, and has its share', async () => {
  await holder.reload()
  await holder.locator('[data-unlock=true] [data-do=passphrase]').fill('another passphrase')
  await holder.locator('[data-do=unlock]').click()
  await holder.locator('[data-fault=bad_passphrase]').waitFor({ timeout: 30_000 })
  await unlock()
  await holder.locator('[data-ceremony=done]').waitFor({ timeout: 30_000 })
  const stored = await holder.evaluate(() => JSON.stringify({ ...localStorage }))
  assert.ok(!stored.includes(passphrase))
})

step('while the vote runs it verifies the list', async () => {
  const operator = await Line.open(hall.server, hall.server.code('operator'))
  await operator.ask('sign_in.open', { sitting: hall.sitting })
  operator.close()
  for (const seat of seats) {
    await seat.locator('[data-present=false] + button').click()
    await seat.locator('[data-present=true]').waitFor()
  }
  for (const one of ['open_sitting', 'adopt_agenda', 'activate_item']) await take_step(chair, one)
  for (const seat of seats) await shows(seat, '[data-key-words]', hall.words)
  await shows(chair, '[data-with-key]', String(consoles))
  await take_step(chair, 'call_roll')
  await chair.locator('.complete').waitFor()
  await take_step(chair, 'open_vote')
  await holder.locator('[data-box-step=following]').waitFor({ timeout: 30_000 })
  await look('following')
})

step('it verifies the box and gives its share when the holder says so, and once', async () => {
  for (const [at, seat] of seats.entries()) {
    await seat.locator(`.key.${at < 4 ? 'approve' : 'oppose'}[aria-disabled=false]`).click()
    await seat.locator('[data-tracker]').waitFor()
  }
  // One of the programs is stopped, so that the total needs the page.
  hall.programs[0].process.kill('SIGSTOP')
  await take_step(chair, 'close_vote')
  await holder.locator('[data-box-step=ready]').waitFor({ timeout: 60_000 })
  await shows(holder, '[data-root]', /^[0-9a-f]{8}$/)
  assert.deepEqual(await accessibility_findings(holder), [])
  await look('ready')
  assert.equal(await chair.locator('[data-step=announce_vote]').count(), 0)
  await holder.locator('[data-do=give]').click()
  await holder.locator('[data-box-step=given]').waitFor({ timeout: 30_000 })
  await chair.locator('[data-step=announce_vote]').waitFor({ timeout: 60_000 })
  const figures = await chair.locator('[data-figure]').allTextContents()
  assert.deepEqual(figures, ['4', '2', '0', '0'])
  hall.programs[0].process.kill('SIGCONT')
})

step('after another reload the ledger stands, and there is no button to give again', async () => {
  await holder.reload()
  await unlock()
  await holder.locator('[data-given="1"]').waitFor({ timeout: 30_000 })
  await shows(holder, '[data-given="1"]', title)
  await holder.locator('[data-box-step=given]').waitFor({ timeout: 30_000 })
  assert.equal(await holder.locator('[data-do=give], [data-do=decide]').count(), 0)
  await look('given')
})

step('its key file opens in the program, which knows it as one from elsewhere', async () => {
  const [download] = await Promise.all([
    holder.waitForEvent('download'),
    holder.locator('[data-do=export]').click({ timeout: 30_000 }),
  ])
  const [file, words, code] = [hall.file('exported'), hall.file('words'), hall.file('code3')]
  await download.saveAs(file)
  writeFileSync(words, `${passphrase}\n`)
  await holder.close() // One line at a time.
  const hold = ['hold', file, '--marks', hall.file('marks9'), '--passphrase-file', words]
  const place = ['--server', hall.server.url, '--code-file', code]
  const program = spawn(hall.program('plenum-trustee'), [...hold, ...place])
  let said = ''
  program.stdout.on('data', (part) => (said += part))
  program.stderr.on('data', (part) => (said += part))
  const late = Date.now() + 30_000
  while (!said.includes('came back from a backup') && Date.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 100))
  program.kill('SIGKILL')
  assert.match(said, /came back from a backup/)
  assert.doesNotMatch(said, /giving the share/)
})

day.end_without_complaints(/WebSocket connection|net::ERR_/)
