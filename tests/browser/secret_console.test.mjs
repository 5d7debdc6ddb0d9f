// A console in a secret vote, in a real Chromium against a server of canned messages that checks every
// signature and proof by other code than the console's: enrolment, voting key, list, ballots, receipts, a
// spoiled ballot, the sealed box; cut lines, reloads, and a server that lies.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { close_browser, launch, no_browser, shows } from './browser.mjs'
import { result } from './canned.mjs'
import { CannedSeat, until } from './canned_seat.mjs'

const skip = no_browser
const tracker_pattern = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/
const seat = new CannedSeat()
const { server } = seat
let browser
let clerk
let text

before(async () => {
  if (skip) return
  browser = await launch()
  await seat.start(browser)
  ;({ clerk, text } = seat)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

beforeEach(() => {
  if (!skip) seat.begin()
})

afterEach(() => seat.leave())

const set_vote = (...of) => seat.set_vote(...of)
const tell_vote = (...of) => seat.tell_vote(...of)
const open_console = () => seat.open_console()
const look = (page, name) => seat.look(page, name)

/** A console that is registered, has signed the list, and whose vote is open. */
async function in_open_vote(changes = {}) {
  const opened = await seat.in_open_vote(changes)
  await opened.page.locator('.key.approve[aria-disabled=false]').waitFor()
  return opened
}

const press = (page, choice) => page.locator(`.key.${choice}`).click()
const tracker_of = (page) => page.locator('[data-tracker]').getAttribute('data-tracker')

async function received(page) {
  await page.locator('[data-tracker]').waitFor()
  return await tracker_of(page)
}

test('enrols, makes its key, signs the list of its own build, and says so', { skip }, async () => {
  const { page, complaints } = await open_console()
  await until(() => clerk.voting_key)
  await shows(page, '.listing', '等待主持人核对名单')
  await look(page, 'to_call')
  clerk.call({ text })
  tell_vote('prepared', 'called')
  await shows(page, '.listing', '已核对：您在名单上（共 12 人）')
  const build = readFileSync(new URL('../../clients/web/dist/console_build.txt', import.meta.url), 'utf8')
  assert.equal(clerk.build, build.trim())
  await shows(page, '[data-key-words]', clerk.keys().words)
  await look(page, 'called')
  assert.equal(server.requests_of('console.enroll').length, 1)
  assert.equal(server.requests_of('voting_key.register').length, 1)
  assert.deepEqual(complaints, [])
})

test('a press becomes a ballot, a receipt and a tracker; the last one counts', { skip }, async () => {
  const { page, complaints } = await in_open_vote()
  await look(page, 'open')
  await press(page, 'approve')
  const first = await received(page)
  assert.match(first, tracker_pattern)
  await shows(page, '.said', '选票已收到')
  await look(page, 'received')
  await press(page, 'oppose')
  await page.locator(`[data-tracker]:not([data-tracker="${first}"])`).waitFor()
  const sent = server.requests_of('ballot.cast').map((request) => request.params.ballot)
  assert.equal(sent.length, 2)
  assert.equal(new Set(sent.map((one) => one.length)).size, 1)
  const trackers = sent.map((one) => clerk.checker.ballot.tracker_of(Buffer.from(one, 'base64url')))
  assert.equal(trackers[0], first)
  assert.equal(trackers[1], await tracker_of(page))
  // No word of a choice leaves the page in the clear, and none stays on it.
  for (const { method, params } of server.requests)
    assert.doesNotMatch(JSON.stringify(params ?? {}), /approve|oppose|abstain/, method)
  assert.equal(await page.locator('.key.recorded, .key.recording, .key[aria-pressed=true]').count(), 0)
  assert.deepEqual(complaints, [])
})

test('where the first press counts, the keys lock and nothing is spoiled', { skip }, async () => {
  const { page } = await in_open_vote({ press: 'first' })
  await press(page, 'abstain')
  await received(page)
  await shows(page, '.note', '以第一次按键为准，已锁定')
  assert.equal(await page.locator('.key[aria-disabled=false]').count(), 0)
  assert.equal(await page.locator('[data-do=spoil]').count(), 0)
})

test(
  'a spoiled ballot is opened only after the server struck it out, and says what was pressed',
  { skip },
  async () => {
    const { page, complaints } = await in_open_vote()
    for (const choice of ['oppose', 'abstain', 'approve']) {
      await press(page, choice)
      await page.locator('[data-do=spoil]').click()
      await page.locator('dialog button[type=submit]').click()
      await page.locator(`[data-opened=${choice}]`).waitFor()
      await page.locator('.opened summary').click()
      assert.equal(clerk.opened(await page.locator('textarea').inputValue()), choice)
      await shows(page, '.said.busy', '不计票')
      assert.equal(await page.locator('[data-tracker]').count(), 0)
      if (choice === 'oppose') await look(page, 'opened')
      await page.locator('[data-do=opened-close]').click()
    }
    assert.equal(clerk.spoils.length, 3)
    await press(page, 'approve')
    await received(page)
    tell_vote('closed', 'sealed', {}, { box: clerk.seal() })
    await page.locator('[data-confirmed]').waitFor()
    assert.deepEqual(complaints, [])
  },
)

test('looks for its ballot in the sealed box and confirms it by itself', { skip }, async () => {
  const { page, complaints } = await in_open_vote()
  await press(page, 'approve')
  const tracker = await received(page)
  tell_vote('closed', 'closed')
  await shows(page, '[data-awaited=sealing]', '票箱正在封存')
  await look(page, 'closed')
  tell_vote('closed', 'sealed', {}, { box: clerk.seal() })
  await page.locator('[data-confirmed]').waitFor()
  await until(() => clerk.kept.confirmations === 1)
  await look(page, 'sealed')
  server.cut()
  await until(() => clerk.kept.confirmations === 2, 'a confirmation for a server that began anew')
  tell_vote('announced', 'opened', { result: result(8, 0, 0, 4), decided_at_ms: 2 }, { box: clerk.seal() })
  await shows(page, '[data-tracker]', tracker)
  await page.locator('[data-confirmed]').waitFor()
  await look(page, 'announced')
  assert.equal(clerk.kept.contests, 0)
  assert.deepEqual(complaints, [])
})

test('a box without its ballot, or another root, is contested and never confirmed', { skip }, async () => {
  for (const lie of ['dropped', 'root']) {
    server.answers = {}
    clerk.begin()
    set_vote('prepared', 'to_call')
    const { page } = await in_open_vote()
    await press(page, 'approve')
    await received(page)
    clerk.lies[lie] = true
    tell_vote('closed', 'sealed', {}, { box: clerk.seal() })
    await page.locator('[data-box-wrong]').waitFor()
    await until(() => clerk.kept.contests === 1, lie)
    assert.equal(clerk.kept.confirmations, 0, lie)
    if (lie === 'root') await look(page, 'wrong')
  }
})

test('who pressed nothing confirms that the box holds nothing of theirs', { skip }, async () => {
  const { page } = await in_open_vote()
  tell_vote('closed', 'sealed', {}, { box: clerk.seal() })
  await page.locator('[data-confirmed]').waitFor()
  assert.equal(clerk.kept.confirmations, 1)
})

test('who was slower than the key holders still looks into the box', { skip }, async () => {
  const { page } = await in_open_vote()
  await press(page, 'approve')
  await received(page)
  clerk.lies.dropped = true
  tell_vote('decided', 'opened', {}, { box: clerk.seal() })
  await page.locator('[data-box-wrong]').waitFor()
  await until(() => clerk.kept.contests === 1)
})

test('a receipt that does not hold is told to the person at once', { skip }, async () => {
  const { page } = await in_open_vote()
  clerk.lies.receipt = true
  await press(page, 'oppose')
  await shows(page, '[data-deceived]', '请立即报告工作人员')
  assert.equal(await page.locator('[data-tracker]').count(), 0)
})

test('the same bytes go out again after a cut and after a reload', { skip }, async () => {
  const { page, complaints } = await in_open_vote()
  clerk.lies.silence = true
  await press(page, 'approve')
  await until(() => clerk.kept.casts === 1)
  server.cut()
  await until(() => clerk.kept.casts === 2)
  await page.reload()
  await until(() => clerk.kept.casts === 3)
  clerk.lies.silence = false
  server.cut()
  const tracker = await received(page)
  const sent = new Set(server.requests_of('ballot.cast').map((request) => request.params.ballot))
  assert.equal(sent.size, 1)
  assert.equal(clerk.checker.ballot.tracker_of(Buffer.from([...sent][0], 'base64url')), tracker)
  // A reload keeps both keys: nothing was enrolled or registered anew.
  assert.equal(server.requests_of('console.enroll').length, 1)
  assert.equal(server.requests_of('voting_key.register').length, 1)
  assert.equal(await page.locator('[data-do=spoil]').count(), 0)
  await press(page, 'oppose')
  await page.locator(`[data-tracker]:not([data-tracker="${tracker}"])`).waitFor()
  const [first, second] = [...clerk.ballots.keys()]
  assert.ok(second - first > 2 ** 20, 'the number of the ballot jumps after a restart')
  await page.reload()
  await received(page)
  tell_vote('closed', 'sealed', {}, { box: clerk.seal() })
  await page.locator('[data-confirmed]').waitFor()
  assert.deepEqual(
    complaints.filter((one) => !/WebSocket/.test(one)),
    [],
  )
})

test('signs again for a server that began anew, and a second round', { skip }, async () => {
  const { page } = await open_console()
  await until(() => clerk.voting_key)
  clerk.call({ text })
  tell_vote('prepared', 'called')
  await until(() => clerk.kept.acknowledgements === 1)
  server.cut()
  await until(() => clerk.kept.acknowledgements === 2)
  clerk.call({ text })
  tell_vote('prepared', 'called')
  await until(() => clerk.kept.acknowledgements === 3)
  await shows(page, '.listing', '已核对')
  clerk.call({ text, without_console: true })
  tell_vote('prepared', 'called')
  await shows(page, '.listing', '您不在本次表决的名单上')
  tell_vote('open', 'open')
  await shows(page, '.note', '您不在本次表决的名单上')
  assert.equal(await page.locator('.key[aria-disabled=false]').count(), 0)
  await look(page, 'not_listed')
})

test('a list that does not hold, another question and a false key are refused', { skip }, async () => {
  const { page } = await open_console()
  await until(() => clerk.voting_key)
  clerk.call({ text })
  clerk.lies.place = true
  tell_vote('prepared', 'called')
  await shows(page, '.listing', '您不在本次表决的名单上')
  clerk.lies.place = false
  clerk.call({ text: 'A'.repeat(43) })
  tell_vote('prepared', 'called')
  await page.locator('[data-deceived]').waitFor()
  assert.equal(clerk.kept.acknowledgements, 0)

  clerk.begin()
  set_vote('prepared', 'to_call')
  const keys = clerk.keys()
  const [first, second, ...others] = keys.holders
  server.snapshot.keys = [{ ...keys, holders: [{ ...first, agree: second.agree }, second, ...others] }]
  const other = await open_console()
  await other.page.locator('[data-trouble=ceremony_wrong]').waitFor()
  assert.equal(server.requests_of('voting_key.register').length, 1)
  await look(other.page, 'ceremony_wrong')
})

test('a second console on a spent code is told to get a new one, and goes on with it', { skip }, async () => {
  clerk.has_spent_code = true
  const { page } = await open_console()
  await page.locator('[data-trouble=code_spent]').waitFor()
  assert.match(await page.locator('[data-trouble=code_spent]').innerText(), /请到秘书处领取新的登录码/)
  assert.equal(server.requests_of('voting_key.register').length, 0)
  // The desk gave out a new code, and the member signs in by it.
  clerk.has_spent_code = false
  await page.reload()
  await until(() => clerk.me.keyed_in.length === 1)
  assert.equal(await page.locator('[data-trouble]').count(), 0)
})

test('what was kept goes with the sign-out; the device stays the same', { skip }, async () => {
  const { page } = await open_console()
  await until(() => clerk.me.keyed_in.length === 1)
  const kept = () =>
    page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('plenum.ballot', 1)
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const asked = opening.result.transaction('kept').objectStore('kept').getAllKeys()
            asked.onsuccess = () => resolve(asked.result.map((name) => name.split(' ')[0]))
          }
        }),
    )
  assert.deepEqual(await kept(), ['device', 'voter'])
  const { device } = clerk.me
  clerk.tell_me({ present_in: [], keyed_in: [] })
  await until(() => server.requests.length > 0)
  await page.waitForFunction(() => document.querySelector('[data-present=false]'))
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.deepEqual(await kept(), ['device'])
  clerk.tell_me({ present_in: [40] })
  await until(() => clerk.me.keyed_in.length === 1)
  assert.equal(clerk.me.device, device)
  assert.equal(server.requests_of('console.enroll').length, 1)
  assert.equal(server.requests_of('voting_key.register').length, 2)
  clerk.me = { ...clerk.me, present_in: [40] }
})
