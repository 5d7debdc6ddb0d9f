// A key holder in a browser beside two key holders' programs: together they make the election key, verify a
// secret vote and open its totals. The page is loaded anew in the middle; afterwards its key file
// is brought to another browser, which erases its share when the meeting is over, and opens in the program,
// which gives nothing for the same vote again.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
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
const build_file = new URL('../../clients/web/dist/console_build.txt', import.meta.url)
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

step('beside an empty field it shows what is pinned, and keeps what the holder accepts', async () => {
  const own = readFileSync(build_file, 'utf8').trim()
  await holder.locator('[data-accepted="0"] [data-any-build]').waitFor()
  await holder.locator('[data-none-recorded]').waitFor()
  assert.equal(await holder.locator('[data-do=builds]').inputValue(), '')
  const secretary = await Line.open(hall.server, hall.server.code('secretary'))
  const [{ meeting }] = secretary.snapshot.keys
  const builds = [Buffer.from(own, 'hex').toString('base64url')]
  await secretary.ask('console_builds.pin', { meeting, builds, decided_by: '主任会议' })
  secretary.close()
  await holder.locator(`[data-recorded-build="${own}"]`).waitFor()
  assert.equal(await holder.locator('[data-do=builds]').inputValue(), '')
  await holder.locator('[data-do=builds]').fill('123')
  assert.ok(await holder.locator('[data-do=accept-builds]').isDisabled())
  // Another program than the consoles run, so that the holder has to decide again later.
  await holder.locator('[data-do=builds]').fill('ab'.repeat(32))
  await holder.locator('[data-do=accept-builds]').click()
  await shows(holder, '[data-accepted="1"]', /not pinned on record|记录中没有核定/)
  await holder.reload()
  await unlock()
  await holder.locator(`[data-accepted-build="${'ab'.repeat(32)}"]`).waitFor({ timeout: 30_000 })
  await look('builds')
})

step('while the vote runs it verifies the list', async () => {
  await hall.sign_in(seats)
  for (const one of ['open_sitting', 'adopt_agenda', 'activate_item']) await take_step(chair, one)
  for (const seat of seats) await shows(seat, '[data-key-words]', hall.words)
  await shows(chair, '[data-with-key]', String(consoles))
  await take_step(chair, 'call_roll')
  await chair.locator('.complete').waitFor()
  await take_step(chair, 'open_vote')
  // The consoles do not run what the holder named; then the holder accepts what is on record.
  await holder.locator('[data-box-stop=other_build]').waitFor({ timeout: 30_000 })
  await look('other_build')
  const recorded = await holder.locator('[data-recorded-build]').getAttribute('data-recorded-build')
  await holder.locator('[data-do=builds]').fill(recorded)
  await holder.locator('[data-do=accept-builds]').click()
  await holder.locator(`[data-accepted-build="${recorded}"]`).waitFor()
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

let file

step('its key file is exported', async () => {
  file = hall.file('exported')
  const [download] = await Promise.all([
    holder.waitForEvent('download'),
    holder.locator('[data-do=export]').click({ timeout: 30_000 }),
  ])
  await download.saveAs(file)
})

/** The same holder in a browser that has never seen the key. */
async function elsewhere() {
  const code = readFileSync(hall.file('code3'), 'utf8').trim()
  const page = await day.open(code)
  await page.locator('[data-unlock=false]').waitFor()
  await page.locator('[data-do=bring]').click()
  return page
}

async function bring(page, path, words) {
  await page.locator('[data-do=key-file]').setInputFiles(path)
  await page.locator('[data-do=passphrase]').fill(words)
  await page.locator('[data-do=unlock]').click()
}

let other

step('another browser refuses a wrong passphrase and a damaged file in words', async () => {
  await holder.close() // One line at a time.
  other = await elsewhere()
  assert.ok(await other.locator('[data-do=unlock]').isDisabled()) // Without a file and a passphrase.
  await bring(other, file, 'another passphrase')
  await shows(other, '[data-fault=bad_passphrase]', '口令不符', 30_000)
  const whole = readFileSync(file)
  const flipped = Buffer.from(whole)
  flipped[flipped.length - 5] ^= 1
  const damages = [
    ['cut', whole.subarray(0, 40), 'no_key_file', '不是密钥文件'],
    ['of something else', Buffer.from('number,name,role,code\n'), 'no_key_file', '不是密钥文件'],
    ['flipped', flipped, 'bad_passphrase', '口令不符'],
  ]
  for (const [name, bytes, fault, words] of damages) {
    const damaged = hall.file(`damaged_${name.replaceAll(' ', '_')}`)
    writeFileSync(damaged, bytes)
    await bring(other, damaged, passphrase)
    await shows(other, `[data-fault=${fault}]`, words, 30_000)
    await other.reload() // Nothing of it was kept.
    await other.locator('[data-unlock=false]').waitFor()
    await other.locator('[data-do=bring]').click()
  }
  assert.deepEqual(await accessibility_findings(other), [])
})

step('it takes the whole file, knows it as one from elsewhere, and gives nothing again', async () => {
  await bring(other, file, passphrase)
  await other.locator('[data-restored]').waitFor({ timeout: 30_000 })
  await shows(other, '[data-given="1"]', /[0-9a-f]{8}/)
  await other.locator('[data-ceremony=done]').waitFor()
  await other.locator('[data-box-step=given]').waitFor({ timeout: 30_000 })
  assert.equal(await other.locator('[data-do=give], [data-do=decide]').count(), 0)
  await picture(other, 'key_holder_brought')
  await other.reload() // It is this browser's now.
  await other.locator('[data-unlock=true]').waitFor()
})

step('removed, nothing of the key stays but the mark that knows an old copy', async () => {
  await other.locator('[data-do=passphrase]').fill(passphrase)
  await other.locator('[data-do=unlock]').click()
  await other.locator('[data-do=remove]').click({ timeout: 30_000 })
  await shows(other, 'dialog', '没有其他副本')
  await other.locator('dialog button[type=submit]').click()
  await other.locator('[data-unlock=false]').waitFor({ timeout: 30_000 })
  await other.reload()
  await other.locator('[data-unlock=false]').waitFor()
  await other.locator('[data-do=bring]').click()
  await bring(other, file, passphrase)
  await other.locator('[data-restored]').waitFor({ timeout: 30_000 })
})

step('the meeting is over: the share is erased, and the holder signs that with a press', async () => {
  await take_step(chair, 'announce_vote')
  await hall.end_meeting()
  await other.locator('[data-erased=owed]').waitFor({ timeout: 30_000 })
  await picture(other, 'key_holder_erasure_owed')
  // Closed in between, it still owes it.
  await other.reload()
  await other.locator('[data-do=passphrase]').fill(passphrase)
  await other.locator('[data-do=unlock]').click()
  await other.locator('[data-do=state-erased]').click({ timeout: 30_000 })
  await other.locator('[data-erased=stated]').waitFor({ timeout: 30_000 })
  await picture(other, 'key_holder_erasure_stated')
  const again = await Line.open(hall.server, hall.server.code('secretary'))
  const [keys] = again.snapshot.keys
  again.close()
  assert.ok(keys.erased.includes(keys.holders[2].person))
  await other.close()
})

step('its key file opens in the program, which knows it as one from elsewhere', async () => {
  const [words, code] = [hall.file('words'), hall.file('code3')]
  writeFileSync(words, `${passphrase}\n`)
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
