// A voting day on real screens: a real server, a chair, an operator and three members in Chromium, nine
// more members without a screen. In the middle of a vote the server is killed, and everybody goes on where
// they were.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture, shows, take_step } from './browser.mjs'
import { add_item, appoint_chair, call_meeting, prepare_vote } from './motion.mjs'
import { find_plenum, Line, no_server, RealServer } from './real_server.mjs'

const program = find_plenum()
const skip = no_server || no_browser

const body = '试验区人大常委会'
const members = Array.from({ length: 12 }, (_unused, index) => ({
  number: String(101 + index),
  name: `委员${index + 1}`,
  group: '',
  seat: `${index + 1}号`,
}))
const title = '关于批准年度预算调整方案的决议（草案）'
const text = '常务委员会会议决定，批准年度预算调整方案。\n本决议自通过之日起施行。'
const server = program ? new RealServer(program) : null
const complaints = []
let browser
let record
let chair
let operator
let seats

/** The secretariat's part, over the same socket the screens use. */
async function prepare_meeting() {
  const office = await Line.open(server, server.code('secretary'))
  const body_id = (await office.ask('body.create', { body_kind: 'standing_committee', name: body })).seq
  await office.ask('roster.import', { body: body_id, members })
  const { codes } = await office.ask('access_codes.issue', { body: body_id })
  // The last member presides; a new sheet replaces this one's code.
  const presiding = await appoint_chair(office, body_id, codes.at(-1).person)
  server.codes.push(...codes.slice(0, -1), ...presiding)
  const called = { body: body_id, title: '第二十二次会议', meeting_kind: 'standing_committee' }
  const { meeting, sitting } = await call_meeting(office, called)
  const item = await add_item(office, meeting, '审议预算调整方案')
  const vote = await prepare_vote(office, { sitting, item, title, text })
  const appointed = await office.ask('members.list', { sitting, from: 0, limit: 1 })
  assert.equal(appointed.total, members.length)
  office.close()
  return { sitting, item, vote }
}

async function screen(role, number, language = 'zh-CN') {
  const opened = await open_page(browser, `${server.url}/#code=${server.code(role, number)}`, { language })
  complaints.push(opened.complaints)
  return opened.page
}

before(async () => {
  if (skip) return
  server.prepare()
  await server.serve()
  record = await prepare_meeting()
  browser = await launch()
  chair = await screen('chair')
  operator = await screen('operator')
  seats = await Promise.all([
    screen('delegate', '101'),
    screen('delegate', '102'),
    screen('delegate', '103', 'en'),
  ])
})

after(async () => {
  await close_browser(browser)
  await server?.remove()
})

test('everybody is led to the page made for them, and the code leaves the address', { skip }, async () => {
  await chair.waitForURL(/\/chair\.html$/)
  await operator.waitForURL(/\/chair\.html$/)
  for (const seat of seats) await seat.waitForURL(/\/console\.html$/)
  for (const page of [chair, operator, ...seats]) await page.locator('[data-link=open]').waitFor()
})

test('members sign in, and the chair cannot open before the quorum is there', { skip }, async () => {
  await shows(chair, '#step-note', '等待操作员')
  await take_step(operator, 'open_sign_in')
  await shows(chair, '#step-note', '还差 7 人')
  for (const seat of seats) {
    await seat.locator('[data-present=false] + button').click()
    await seat.locator('[data-present=true]').waitFor()
  }
  await shows(chair, '[data-count=present]', /^3$/)
  assert.equal(await chair.locator('[data-step=open_sitting]').isDisabled(), true)
  record.lines = await Promise.all(
    members.slice(3).map(({ number }) => Line.open(server, server.code('delegate', number))),
  )
  for (const line of record.lines.slice(0, 8))
    await line.ask('attendance.sign_in', { sitting: record.sitting })
  await shows(chair, '[data-count=present]', /^11$/)
})

test('the operator signs somebody in at the desk', { skip }, async () => {
  await operator.locator('[data-do=members]').click()
  await operator.locator('tr', { hasText: '委员12' }).getByRole('button', { name: '补签到' }).click()
  await shows(operator, '[data-count=present]', /^12$/)
})

test('the sitting is opened, the agenda adopted, the item called, the vote opened', { skip }, async () => {
  await take_step(chair, 'open_sitting')
  await take_step(chair, 'adopt_agenda')
  await take_step(chair, 'activate_item')
  for (const seat of seats) await shows(seat, '#vote-title', title)
  await shows(seats[0], '.words', '本决议自通过之日起施行')
  await shows(seats[0], '.genuine', '已核对')
  await take_step(chair, 'open_vote')
  for (const seat of seats) await seat.locator('[data-vote-state=open]').waitFor()
})

test(
  'a press is shown as recorded, can be changed, and the chair sees how many have pressed',
  { skip },
  async () => {
    await seats[0].keyboard.press('2')
    await shows(seats[0], '.said', '已记录 反对')
    await seats[0].getByRole('button', { name: '赞成' }).click()
    await shows(seats[0], '.said', '已记录 赞成')
    await seats[2].getByRole('button', { name: 'Oppose' }).click()
    await shows(seats[2], '.said', 'Recorded: Oppose')
    for (const line of record.lines.slice(0, 5))
      await line.ask('vote.cast', { vote: record.vote, choice: 'approve' })
    await shows(chair, '[data-received]', '7')
    await chair.locator('[data-do=who]').click()
    await shows(chair, '.not-pressed', '未按表决器 5 人')
    await shows(chair, '.not-pressed', '委员2')
  await picture(chair, 'day_chair_open')
  await picture(seats[2], 'day_seat_open_en')
  },
)

test(
  'the server is killed in the vote: screens come back and nothing recorded is lost',
  { skip },
  async () => {
    await server.kill()
    await seats[1].locator('[data-link=waiting], [data-link=connecting]').waitFor()
    await seats[1].keyboard.press('1')
    await shows(seats[1], '.said', '尚未送达')
    await server.serve()
    for (const page of [chair, operator, ...seats])
      await page.locator('[data-link=open]').waitFor({ timeout: 20_000 })
    await shows(seats[0], '.said', '已记录 赞成')
    await shows(seats[1], '.said', '已记录 赞成')
    await shows(seats[2], '.said', 'Recorded: Oppose')
    await shows(chair, '[data-received]', '8')
  },
)

test(
  'a reload of a console shows what is recorded, not what was pressed on the screen',
  { skip },
  async () => {
    await seats[1].reload()
    await shows(seats[1], '.said', '已记录 赞成')
    const stored = await seats[1].evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
    assert.doesNotMatch(stored, /approve|oppose|abstain/)
  },
)

test('the chair closes and announces; figures appear on consoles only then', { skip }, async () => {
  await take_step(chair, 'close_vote')
  await shows(chair, '[data-figure=approve]', /^7$/)
  for (const seat of seats) await seat.locator('[data-vote-state=decided]').waitFor()
  assert.equal(await seats[0].locator('[data-verdict]').count(), 0)
  await picture(chair, 'day_chair_decided')
  await take_step(chair, 'announce_vote')
  for (const seat of seats) {
    await seat.locator('[data-verdict=passed]').waitFor()
    const figures = await seat.locator('[data-figure]').allTextContents()
    assert.deepEqual(figures, ['7', '1', '0', '4'])
  }
  await picture(seats[0], 'day_seat_announced')
})

test('the chair closes the sitting after being asked', { skip }, async () => {
  await take_step(chair, 'close_sitting')
  await chair.getByRole('dialog').getByRole('button', { name: '散会' }).click()
  await chair.locator('[data-sitting-state=closed]').waitFor()
  for (const seat of seats) await seat.locator('[data-sitting-state=closed]').waitFor()
})

test('no page complained: no script error, nothing the content policy forbade', { skip }, () => {
  const serious = complaints.flat().filter((line) => !/WebSocket connection|net::ERR_CONNECTION/.test(line))
  assert.deepEqual(serious, [])
})
