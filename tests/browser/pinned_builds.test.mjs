// Which console programs secret votes may be given with, on real screens: nothing is pinned at first, then
// the office pins what this server's consoles run, then something else, which makes a rehearsal of the next
// vote. At the end the meeting is closed, and the key holders' programs sign that their shares are erased.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { accessibility_findings, overflow_px, picture, shows, take_step } from './browser.mjs'
import { Line } from './real_server.mjs'
import { SecretDay } from './secret_day.mjs'

const day = new SecretDay()
const { hall, skip } = day
const step = (name, run) => day.step(name, run)
const title = '关于接受辞职请求的决定（草案）'
const text = '常务委员会会议决定，接受辞职请求。'
const consoles = 6
const other = 'ab'.repeat(32)
const own = skip
  ? ''
  : readFileSync(new URL('../../clients/web/dist/console_build.txt', import.meta.url), 'utf8').trim()
let chair
let wall
let office
let seats

async function switch_to(page, language) {
  const button = page.locator(`button[lang="${language}"]`)
  if ((await button.count()) > 0) await button.first().click()
}

/** A phone in English and a console in Chinese, nothing cut off. */
async function look(name, seat = seats[0]) {
  for (const [width, height, language] of [
    [360, 780, 'en'],
    [360, 780, 'zh-CN'],
    [1280, 800, 'en'],
    [1280, 800, 'zh-CN'],
  ]) {
    await seat.setViewportSize({ width, height })
    await switch_to(seat, language)
    assert.equal(await overflow_px(seat), 0, `${name} at ${width} in ${language}`)
    await seat.locator('[data-secret-phase]').scrollIntoViewIfNeeded()
    await picture(seat, `pinned_${name}_${width}_${language}`)
  }
  assert.deepEqual(await accessibility_findings(seat), [])
}

async function open_keys() {
  office ??= await day.screen('secretary', undefined, { width: 1280, height: 1000 })
  await office.locator('[data-part=meetings]').click()
  await office.locator('[data-meeting]').first().click()
  await office.locator('[data-tab=keys]').click()
  await office.locator(`[data-own-build="${own}"]`).waitFor()
}

before(async () => {
  if (skip) return
  // Key holders do not open the same question a second time by themselves.
  const second = { title: '关于任命的决定（草案）', text: '常务委员会会议决定任命。' }
  await hall.prepare({ people: consoles + 1, title, text, ballots: [{}, second] })
  await day.begin()
  chair = await day.screen('chair', undefined, { width: 1440, height: 900 })
  wall = await day.screen('hall', undefined, { width: 1920, height: 1080 })
  seats = []
  for (let at = 0; at < consoles; at++) seats.push(await day.screen('delegate', String(101 + at)))
})

after(async () => {
  await day.end()
})

async function call_roll() {
  await take_step(chair, 'call_roll')
  await chair.locator('.complete').waitFor()
}

async function vote(approve) {
  await take_step(chair, 'open_vote')
  for (const [at, seat] of seats.entries()) {
    await seat.locator(`.key.${at < approve ? 'approve' : 'oppose'}[aria-disabled=false]`).click()
    await seat.locator('[data-tracker]').waitFor()
  }
}

async function decide() {
  await take_step(chair, 'close_vote')
  await chair.locator('[data-step=announce_vote]').waitFor({ timeout: 60_000 })
  await take_step(chair, 'announce_vote')
}

step('where nothing is pinned a console says so in one small line and is no rehearsal', async () => {
  await hall.sign_in(seats)
  for (const one of ['open_sitting', 'adopt_agenda', 'activate_item']) await take_step(chair, one)
  await shows(chair, '[data-with-key]', String(consoles))
  for (const seat of seats) await seat.locator('[data-program=unpinned]').waitFor()
  assert.equal(await seats[0].locator('[data-program=rehearsal]').count(), 0)
  await look('none')
})

step('the office sees what this server’s consoles run, and pins it in one press', async () => {
  await open_keys()
  await office.locator('[data-builds=not_pinned] [data-none-pinned]').waitFor()
  await office.locator('[data-do=other-builds]').fill('no digest')
  assert.ok(await office.locator('[data-do=pin-builds]').isDisabled())
  await office.locator('[data-do=other-builds]').fill('')
  await office.locator('[data-do=builds-decided-by]').fill('主任会议')
  await office.locator('[data-do=pin-builds]').click()
  await office.locator(`[data-builds=pinned] [data-pinned-build="${own}"]`).waitFor()
  for (const language of ['en', 'zh-CN']) {
    await switch_to(office, language)
    assert.equal(await overflow_px(office), 0)
    await office.locator('[data-builds]').scrollIntoViewIfNeeded()
    await picture(office, `pinned_office_${language}`)
  }
  assert.deepEqual(await accessibility_findings(office), [])
  for (const seat of seats) await seat.locator('[data-program]').waitFor({ state: 'detached' })
})

step('a vote with pinned consoles is nobody’s rehearsal', async () => {
  await call_roll()
  await vote(4)
  await look('own')
  assert.equal(await wall.locator('[data-programs]').count(), 0)
  // While it is under way nothing is pinned.
  await office.locator('[data-do=builds-decided-by]').fill('主任会议')
  await office.locator('[data-do=other-builds]').fill(other)
  await office.locator('[data-do=pin-builds]').click()
  await office.locator('[data-refusal], [role=alert]').first().waitFor()
  await picture(office, 'pinned_office_refused')
  await decide()
})

step('another program pinned: every console is marked, with one sentence of why', async () => {
  const secretary = await Line.open(hall.server, hall.server.code('secretary'))
  const [{ meeting }] = secretary.snapshot.keys
  const builds = [Buffer.from(other, 'hex').toString('base64url')]
  await secretary.ask('console_builds.pin', { meeting, builds, decided_by: '主任会议' })
  secretary.close()
  await office.locator(`[data-builds=not_pinned] [data-pinned-build="${other}"]`).waitFor()
  await call_roll()
  for (const seat of seats) await shows(seat, '[data-program=rehearsal]', '演练')
  await look('rehearsal_prepared')
  await vote(3)
  await shows(wall, '[data-programs=others]', `${consoles}`)
  await picture(wall, 'pinned_hall_others')
  await look('rehearsal_open')
  await decide()
})

step('the meeting is over: the holders’ programs sign the erasure by themselves', async () => {
  await chair.locator('[data-step=close_sitting]').waitFor()
  await hall.end_meeting()
  await office.locator('[data-erased="3"]').waitFor({ timeout: 30_000 })
  assert.equal(await office.locator('[data-step=erased][data-done=true]').count(), 3)
  assert.equal(await office.locator('[data-builds]').count(), 0)
  for (const language of ['en', 'zh-CN']) {
    await switch_to(office, language)
    await picture(office, `pinned_office_erased_${language}`)
  }
  for (const { process } of hall.programs)
    if (process.exitCode === null) await new Promise((resolve) => process.once('exit', resolve))
  assert.deepEqual(
    hall.programs.map(({ process }) => process.exitCode),
    [0, 0, 0],
  )
})

step('the auditor is content, and tells of the vote with other programs alone', async () => {
  await hall.server.kill()
  const { is_content, report } = hall.audit(hall.export_bundle())
  assert.ok(is_content, JSON.stringify(report.findings))
  const others = report.findings.filter(({ code }) => code === 'build_other')
  assert.equal(others.length, 1)
  assert.match(JSON.stringify(others), /6 \/ 6/)
})

day.end_without_complaints(/WebSocket connection|net::ERR_/)
