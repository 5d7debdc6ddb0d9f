// Ballots with a list or with grades at a console, in a real Chromium against canned messages: what is
// marked, what is refused in words, what arrives encrypted, and a server that swaps candidates.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { close_browser, launch, no_browser, picture, shows } from './browser.mjs'
import { result, vote } from './canned.mjs'
import { CannedSeat, until } from './canned_seat.mjs'

const skip = no_browser
const seat = new CannedSeat()
const { title } = vote('')
let browser

before(async () => {
  if (skip) return
  browser = await launch()
  await seat.start(browser)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await seat.server.stop()
})

afterEach(() => seat.leave())

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'

/** So many candidates, some with long names. */
const candidates = (count) =>
  Array.from({ length: count }, (_, at) => ({
    name:
      at % 11 === 4 ? `${surnames[at]}·阿不都热合曼` : `${surnames[at]}${'建国文'.slice(0, 1 + (at % 2))}`,
    person: null,
  }))

function list(list_kind, names, places) {
  return {
    list_kind,
    candidates: names,
    places: { places, majority: null, tie: 'revote' },
    ballot: { marks_max: places, write_in: 'none', blank: 'abstain' },
    extra: null,
    follows: null,
  }
}

/** What the ballots of a list ask, and what is told of the vote. */
function of_list(kind, on_it, list_of) {
  const names = on_it.candidates.map((one) => one.name)
  const shape = { kind, options: names.length, rows: 1, min: 0, max: on_it.ballot.marks_max }
  return { asked: { shape, labels: [title, ...names] }, changes: { list: on_it, list_of } }
}

const election = of_list('elect', list('differential_election', candidates(3), 2), 'persons')
const long_election = of_list('elect', list('differential_election', candidates(30), 20), 'persons')
const projects = of_list(
  'choose',
  list(
    'projects',
    ['老旧小区加装电梯', '新建社区托育中心三处，改造农贸市场两处', '夜间公交延时', '口袋公园'].map(
      (name) => {
        return { name, person: null }
      },
    ),
    2,
  ),
  'projects',
)
const scale = ['满意', '基本满意', '不满意'].map((zh, at) => ({
  zh,
  en: ['satisfied', 'basically satisfied', 'unsatisfied'][at],
}))
const objects = ['区财政局', '区人力资源和社会保障局', '区卫生健康委员会']
const sheet = {
  asked: {
    shape: { kind: 'grid', options: 3, rows: 3, min: 0, max: 1 },
    labels: [title, ...objects, ...scale.map((one) => one.zh)],
  },
  changes: { grades: { objects, rule: { grades: scale, verdicts: [], rounding: 'half_up' } } },
}

const sizes = [
  ['phone', 360, 780],
  ['seat', 1280, 800],
  ['wide', 1920, 1080],
]

async function open_ballot({ asked, changes }, more = {}) {
  seat.begin(asked)
  const opened = await seat.in_open_vote({ ...changes, ...more })
  await opened.page.locator('[data-do=cast]').waitFor()
  return opened
}

const mark = (page, line, key) => page.locator(`[data-line="${line}"] [data-key="${key}"]`).click()

/** Presses Cast, and once more under the summary. */
async function cast(page) {
  await page.locator('[data-do=cast][aria-disabled=false]').click()
  await page.locator('dialog button[type=submit]').click()
}

/** Opens the ballot that was received last: what it says on the screen and to another device. */
async function spoil(page) {
  await page.locator('[data-do=spoil]').click()
  await page.locator('dialog button[type=submit]').click()
  const opened = page.locator('[data-opened]')
  await opened.waitFor()
  await page.locator('.opened summary').click()
  const heard = seat.clerk.opened(await page.locator('textarea').inputValue())
  return { shown: await opened.getAttribute('data-opened'), heard }
}

test('an election: approve, oppose, abstain; one too many is refused in words', { skip }, async () => {
  const { page, complaints } = await open_ballot(election)
  await shows(page, '.count', '已选 0 / 最多 2')
  assert.equal(await page.locator('[aria-checked=true]').count(), 3, 'all abstain at first')
  await seat.look(page, 'election_blank', sizes)
  await mark(page, 0, 0)
  await mark(page, 2, 0)
  await mark(page, 1, 0)
  await shows(page, '[data-too-many]', '最多选 2')
  assert.equal(await page.locator('[data-line="1"]').getAttribute('data-mark'), '0')
  await seat.look(page, 'election_too_many', sizes)
  await mark(page, 1, 1)
  assert.equal(await page.locator('[data-too-many]').count(), 0)
  await shows(page, '.count', '已选 2 / 最多 2')
  await page.locator('[data-do=cast]').click()
  await shows(page, 'dialog [data-told="1"]', candidates(3)[2].name)
  await shows(page, 'dialog [data-told="2"]', candidates(3)[1].name)
  await seat.look(page, 'election_summary', [])
  await picture(page, 'secret-election_summary')
  assert.equal(seat.clerk.kept.casts, 0, 'nothing is sent before it was confirmed')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('[data-tracker]').waitFor()
  await shows(page, '.said', '选票已收到')
  assert.equal(await page.locator('[data-mark]').count(), 0, 'no mark stays on the screen')
  await seat.look(page, 'election_received', sizes)
  for (const { method, params } of seat.server.requests)
    assert.doesNotMatch(JSON.stringify(params ?? {}), /approve|oppose|abstain/, method)
  assert.deepEqual(complaints, [])
})

test('a ballot is cast anew, spoiled, and says in words what was marked', { skip }, async () => {
  const { page, complaints } = await open_ballot(election)
  await cast(page)
  const first = await page.locator('[data-tracker]').getAttribute('data-tracker')
  await page.locator('[data-do=vote-again]').click()
  await mark(page, 1, 0)
  await mark(page, 2, 1)
  await cast(page)
  await page.locator(`[data-tracker]:not([data-tracker="${first}"])`).waitFor()
  assert.deepEqual(await spoil(page), { shown: '012', heard: '012' })
  await shows(page, '.opened [data-told="2"]', candidates(3)[2].name)
  await seat.look(page, 'election_opened', sizes)
  await page.locator('[data-do=opened-close]').click()
  await shows(page, '.said', '不计票，请重新投票')
  await mark(page, 0, 0)
  await cast(page)
  await page.locator('[data-tracker]').waitFor()
  seat.tell_vote('closed', 'sealed', election.changes, { box: seat.clerk.seal() })
  await page.locator('[data-confirmed]').waitFor()
  assert.deepEqual(complaints, [])
})

test('thirty candidates on a phone, and in large type', { skip }, async () => {
  const { page, complaints } = await open_ballot(long_election)
  for (let line = 0; line < 20; ++line) await mark(page, line, line % 3 === 2 ? 1 : 0)
  await seat.look(page, 'thirty', sizes)
  await page.setViewportSize({ width: 360, height: 780 })
  assert.ok(await page.locator('[data-do=cast]').isVisible())
  const { y } = await page.locator('[data-do=cast]').boundingBox()
  assert.ok(y < 780, 'the key that casts is in view however long the list is')
  await page.evaluate(() => (document.documentElement.style.fontSize = '24px'))
  await seat.look(page, 'thirty_large', [
    ['seat', 1280, 800],
    ['phone', 390, 844],
  ])
  await page.evaluate(() => (document.documentElement.style.fontSize = ''))
  await cast(page)
  const { shown, heard } = await spoil(page)
  assert.equal(shown, heard)
  assert.equal(
    shown,
    Array.from({ length: 30 }, (_, at) => (at < 20 ? (at % 3 === 2 ? 2 : 1) : 0)).join(''),
  )
  await page.locator('[data-do=opened-save]').waitFor()
  await seat.look(page, 'thirty_opened', sizes)
  assert.deepEqual(complaints, [])
})

test('keys alone: arrows walk, digits mark, Enter casts', { skip }, async () => {
  const { page } = await open_ballot(election)
  await page.locator('[data-line="0"] [tabindex="0"]').focus()
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('2')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Space')
  const marks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-mark]')].map((one) => one.dataset.mark).join(''),
    )
  assert.equal(await marks(), '121')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('dialog').waitFor()
  await page.locator('dialog button[type=submit]').press('Enter')
  await page.locator('[data-tracker]').waitFor()
  assert.deepEqual(await spoil(page), { shown: '121', heard: '121' })
})

test('projects are marked, and a mark is taken back', { skip }, async () => {
  const { page, complaints } = await open_ballot(projects)
  for (const line of [0, 1, 2]) await mark(page, line, 0)
  await shows(page, '[data-too-many]', '夜间公交延时')
  await mark(page, 0, 0)
  await mark(page, 3, 0)
  await shows(page, '.count', '已选 2 / 最多 2')
  await seat.look(page, 'projects', sizes)
  await cast(page)
  assert.deepEqual(await spoil(page), { shown: '0101', heard: '0101' })
  await shows(page, '.opened [data-told="1"]', '口袋公园')
  assert.deepEqual(complaints, [])
})

test('a sheet of grades is cast when every line has one', { skip }, async () => {
  const { page, complaints } = await open_ballot(sheet)
  await mark(page, 0, 0)
  await mark(page, 1, 2)
  await shows(page, '.cast .note', '还有 1 项未选')
  assert.equal(await page.locator('[data-do=cast]').getAttribute('aria-disabled'), 'true')
  await seat.look(page, 'grades', sizes)
  await page.locator('[data-do=cast]').click({ force: true })
  assert.equal(await page.locator('dialog').count(), 0)
  await mark(page, 2, 1)
  await cast(page)
  assert.deepEqual(await spoil(page), { shown: '021', heard: '021' })
  await shows(page, '.opened [data-told="2"]', '区人力资源和社会保障局')
  await seat.look(page, 'grades_opened', sizes)
  assert.deepEqual(complaints, [])
})

test('where the first ballot counts, there is no second', { skip }, async () => {
  const { page } = await open_ballot(election, { press: 'first' })
  await cast(page)
  await page.locator('[data-tracker]').waitFor()
  await shows(page, '.ballot .note', '以第一次按键为准')
  assert.equal(await page.locator('[data-do=vote-again], [data-do=spoil], [data-line]').count(), 0)
})

test('a server that binds ballots to swapped names is found out', { skip }, async () => {
  const [head, ...names] = election.asked.labels
  const swapped = { ...election.asked, labels: [head, ...names.toReversed()] }
  const fewer = { ...election.asked, shape: { ...election.asked.shape, max: 1 } }
  for (const asked of [swapped, fewer, sheet.asked]) {
    seat.begin(asked)
    seat.set_vote('prepared', 'to_call', election.changes)
    const { page } = await seat.open_console()
    await until(() => seat.clerk.voting_key, 'a voting key')
    seat.clerk.call({ text: seat.text })
    seat.tell_vote('prepared', 'called', election.changes)
    await page.locator('[data-deceived]').waitFor()
    assert.equal(seat.clerk.kept.acknowledgements, 0)
    await seat.leave()
  }
})

test('names that are swapped on the screen after the list was signed cast nothing', { skip }, async () => {
  const { page } = await open_ballot(election)
  const turned = { ...election.changes.list, candidates: candidates(3).toReversed() }
  seat.tell_vote('open', 'open', { list: turned, list_of: 'persons' })
  await shows(page, '[data-line="0"]', candidates(3)[2].name)
  await mark(page, 0, 0)
  await cast(page)
  await page.locator('[data-deceived]').waitFor()
  assert.equal(seat.clerk.kept.casts, 0)
})

test('the result of a list says who was on the list and how many ballots were cast', { skip }, async () => {
  const { page } = await open_ballot(election)
  const lines = candidates(3).map(({ name }, at) => {
    return { name, approve: [9, 3, 7][at], oppose: 1, abstain: [1, 7, 3][at], is_write_in: false }
  })
  const outcome = {
    status: 'complete',
    base: 12,
    need: 7,
    elected: [0, 2],
    tied: [],
    tied_places: 0,
    unfilled: 0,
  }
  const places = { counted: { issued: 12, collected: 11, invalid: 0, list: lines }, outcome }
  const told = { ...result(0, 0, 0, 12, 'counted'), places, left: 0 }
  told.outcome.findings = []
  seat.tell_vote('announced', 'opened', { ...election.changes, result: told }, { box: seat.clerk.seal() })
  await shows(page, '[data-box]', '名单 12 人，投出选票 11 张。')
  assert.equal(await page.locator('[data-standing=elected]').count(), 2)
  await seat.look(page, 'election_result', sizes)
})
