// A whole secret vote on real screens: a real server, seven consoles, a chair and a wall in Chromium, and
// three key holders' programs. One ballot is spoiled and opened, one press is changed, a console is loaded
// anew, the server is killed in the middle; then the record is exported, and two auditors agree on it.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { open_page, picture, shows, take_step } from './browser.mjs'
import { look, tour_picture } from './moments.mjs'
import { SecretDay, tracker_of } from './secret_day.mjs'

const day = new SecretDay()
const { hall, skip } = day
const step = (name, run) => day.step(name, run)
const title = '关于接受辞职请求的决定（草案）'
const text = '常务委员会会议决定，接受辞职请求。\n报代表大会备案。'
const consoles = 7
const trackers = []
let chair
let wall
let seats
let spoiled
let bundle

before(async () => {
  if (skip) return
  await hall.prepare({ people: consoles + 1, title, text })
  await day.begin()
  chair = await day.screen('chair', undefined, { width: 1440, height: 900 })
  wall = await day.screen('hall', undefined, { width: 1920, height: 1080 })
  const numbers = Array.from({ length: consoles }, (_unused, index) => String(101 + index))
  seats = []
  for (const [at, number] of numbers.entries())
    seats.push(await day.screen('delegate', number, { language: at === 2 ? 'en' : 'zh-CN' }))
})

after(async () => {
  await day.end()
})

const press = (seat, choice) => seat.locator(`.key.${choice}[aria-disabled=false]`).click()

step('members sign in, and their consoles register their keys by themselves', async () => {
  await hall.sign_in(seats)
  await take_step(chair, 'open_sitting')
  await take_step(chair, 'adopt_agenda')
  await take_step(chair, 'activate_item')
  for (const seat of seats) await shows(seat, '[data-key-words]', hall.words)
  await shows(chair, '[data-with-key]', String(consoles))
})

step('the roll is called: every console finds itself on the list and signs it', async () => {
  await take_step(chair, 'call_roll')
  for (const [at, seat] of seats.entries())
    await shows(seat, '.listing.signed', at === 2 ? `of ${consoles}` : `共 ${consoles} 人`)
  await chair.locator('.complete').waitFor()
  await look('secret_called', { chair, seat: seats[0] }, ['chair'])
  await take_step(chair, 'open_vote')
  for (const seat of seats) await seat.locator('[data-vote-state=open]').waitFor()
  await shows(wall, '[data-key-words]', hall.words)
})

step('a press is received, another changes it, a spoiled one is opened and pressed again', async () => {
  await press(seats[0], 'oppose')
  const first = await tracker_of(seats[0])
  await press(seats[0], 'approve')
  trackers.push(await tracker_of(seats[0], first))

  await press(seats[1], 'oppose')
  spoiled = await tracker_of(seats[1])
  await seats[1].locator('[data-do=spoil]').click()
  await seats[1].locator('dialog button[type=submit]').click()
  await seats[1].locator('[data-opened=oppose]').waitFor()
  await picture(seats[1], 'secret_vote_opened')
  await seats[1].locator('[data-do=opened-close]').click()
  await press(seats[1], 'approve')
  trackers.push(await tracker_of(seats[1], spoiled))
})

step('a console that is loaded anew goes on with its key', async () => {
  await press(seats[2], 'abstain')
  const before_reload = await tracker_of(seats[2])
  await seats[2].reload()
  assert.equal(await tracker_of(seats[2]), before_reload)
  await press(seats[2], 'approve')
  trackers.push(await tracker_of(seats[2], before_reload))
  const stored = await seats[2].evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  assert.doesNotMatch(stored, /approve|oppose|abstain/)
})

step(
  'the server is killed in the vote: what was pressed meanwhile arrives, and nothing is lost',
  async () => {
    await press(seats[3], 'approve')
    trackers.push(await tracker_of(seats[3]))
    await hall.server.kill()
    await seats[4].locator('[data-link=waiting], [data-link=connecting]').waitFor()
    await press(seats[4], 'oppose')
    await shows(seats[4], '.said', '尚未送达')
    await hall.server.serve()
    for (const page of [chair, ...seats]) await page.locator('[data-link=open]').waitFor({ timeout: 20_000 })
    trackers.push(await tracker_of(seats[4]))
    await press(seats[5], 'abstain')
    trackers.push(await tracker_of(seats[5]))
    assert.equal(await tracker_of(seats[3]), trackers[3])
    await shows(chair, '[data-received]', '6')
    await look('secret_open', { chair, hall: wall, seat: seats[5] }, ['seat'])
  },
)

step('the box is sealed, every console finds its ballot in it, and the holders open the totals', async () => {
  await take_step(chair, 'close_vote')
  for (const seat of seats) await seat.locator('[data-confirmed]').waitFor({ timeout: 30_000 })
  await chair.locator('[data-step=announce_vote]').waitFor({ timeout: 60_000 })
  await shows(chair, '[data-ballots]', '6')
  await shows(chair, '[data-spoils]', '1')
  assert.equal(await chair.locator('[data-contested]').count(), 0)
  assert.ok((await chair.locator('[data-share=given]').count()) >= 2)
  await chair.locator('[data-shredded]').waitFor()
  const figures = await chair.locator('[data-figure]').allTextContents()
  assert.deepEqual(figures, ['4', '1', '1', '1'])
  await look('secret_decided', { chair, hall: wall, seat: seats[0] })
  for (const seat of seats) assert.equal(await seat.locator('[data-verdict]').count(), 0)
})

step('the result is announced everywhere; trackers and ticks stay', async () => {
  await take_step(chair, 'announce_vote')
  for (const [at, seat] of seats.entries()) {
    await seat.locator('[data-verdict=not_passed]').waitFor()
    assert.deepEqual(await seat.locator('[data-figure]').allTextContents(), ['4', '1', '1', '1'])
    await seat.locator('[data-confirmed]').waitFor()
    if (at < trackers.length) assert.equal(await tracker_of(seat), trackers[at])
  }
  await wall.locator('[data-shown=result]').waitFor()
  await look('secret_announced', { chair, hall: wall, seat: seats[0] })
})

step('a member takes the record home and finds the ballot in it', async () => {
  const [seat] = seats
  const given = seat.waitForEvent('download', { timeout: 60_000 })
  await seat.locator('[data-do=take-record]').click()
  const record = hall.file('member.plenum')
  await (await given).saveAs(record)
  const told = hall.audit(record, '--tracker', trackers[0])
  assert.deepEqual([told.is_content, told.report.tracker.counted], [true, true])
  const notices = told.report.findings.map(({ code }) => code)
  assert.ok(notices.includes('lists_unseen') && !notices.includes('secret_unseen'), String(notices))
  const link = await seat.locator(`[data-check="${trackers[0]}"]`).getAttribute('href')
  const checker = await open_page(day.browser, hall.server.url + link)
  await checker.page.locator('[data-do=bundle]').setInputFiles(record)
  await checker.page.locator('[data-verdict=good]').waitFor({ timeout: 60_000 })
  assert.equal(await checker.page.locator('[data-state]:not([data-state=good])').count(), 0)
  await checker.page.locator('[data-do=find-tracker]').click()
  await checker.page.locator('[data-tracker=counted]').waitFor()
  await picture(checker.page, 'secret_vote_member_checker')
  await look('secret_check_after', { seat })
  await checker.context.close()
})

step('two auditors agree on the record, and find every ballot but the spoiled one', async () => {
  await hall.server.kill()
  bundle = hall.export_bundle()
  const { is_content, report } = hall.audit(bundle)
  assert.ok(is_content, JSON.stringify(report))
  for (const tracker of trackers) {
    const told = hall.audit(bundle, '--tracker', tracker)
    assert.deepEqual([told.is_content, told.report.tracker.counted], [true, true], tracker)
  }
  assert.equal(hall.audit(bundle, '--tracker', spoiled).report.tracker.counted, false)
  await hall.server.serve()
  const checker = await open_page(day.browser, `${hall.server.url}/verify.html`)
  await checker.page.locator('[data-do=bundle]').setInputFiles(bundle)
  await checker.page.locator('[data-verdict=good]').waitFor({ timeout: 60_000 })
  const states = []
  for (const tracker of [...trackers, spoiled]) {
    await checker.page.locator('[data-do=tracker]').fill(tracker.toLowerCase())
    await checker.page.locator('[data-do=find-tracker]').click()
    states.push(await checker.page.locator('[data-tracker]').getAttribute('data-tracker'))
  }
  assert.equal(new Set(states.slice(0, trackers.length)).size, 1, String(states))
  assert.notEqual(states.at(-1), states[0])
  await picture(checker.page, 'secret_vote_checker')
  await checker.page.locator('[data-do=tracker]').fill(trackers[0])
  await checker.page.locator('[data-do=find-tracker]').click()
  for (const [short, language] of [
    ['en', 'en'],
    ['zh', 'zh-CN'],
  ]) {
    await checker.page.locator(`header button[lang="${language}"]`).click()
    await tour_picture(checker.page, `secret_checker_${short}`)
  }
  await checker.context.close()
})

step('of a record with one byte changed both say what is wrong', async () => {
  const bytes = readFileSync(bundle)
  const at = bytes.indexOf('plenum/box/v1')
  assert.ok(at > 0, 'the box is in the bundle')
  bytes[at + 200] ^= 1
  const changed = hall.file('changed.plenum')
  writeFileSync(changed, bytes)
  const { is_content, report } = hall.audit(changed)
  assert.equal(is_content, false)
  assert.ok(report.findings.length > 0, JSON.stringify(report))
  const checker = await open_page(day.browser, `${hall.server.url}/verify.html`)
  await checker.page.locator('[data-do=bundle]').setInputFiles(changed)
  await checker.page.locator('[data-verdict=bad]').waitFor({ timeout: 60_000 })
  await picture(checker.page, 'secret_vote_checker_bad')
  await checker.context.close()
})

day.end_without_complaints(/WebSocket connection|net::ERR_CONNECTION/)
