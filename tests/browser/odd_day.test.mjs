// What goes wrong in a hall, on real screens and a real server: an agenda of 400 items with titles of 500
// characters, the same roster pasted twice, two tablets of one member, two people conducting at once, a
// tablet whose clock is a day off. Everybody is told in words, and nothing half-done stays.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, overflow_px, picture, shows } from './browser.mjs'
import { members } from './committee.mjs'
import { add_item, appoint_chair, call_meeting, motion_rule, prepare_vote } from './motion.mjs'
import { find_plenum, Line, no_server, RealServer } from './real_server.mjs'

const program = find_plenum()
const skip = no_server || no_browser

const day_ms = 86_400_000
const items_many = 400
const server = program ? new RealServer(program) : null
const lines = []
let browser
let office
let secretary
let body
let meeting
let sitting
let item
let codes

async function screen(code, options) {
  const opened = await open_page(browser, `${server.url}/#code=${code}`, options)
  await opened.page.waitForURL(/\.html/)
  return opened.page
}

async function line(code) {
  const opened = await Line.open(server, code)
  lines.push(opened)
  return opened
}

function code_of(role, index = 0) {
  return codes.filter((one) => one.role === role)[index].code
}

async function paste(text) {
  await office.locator('[data-do=paste]').fill(text)
  await office.locator('[data-do=take-pasted]').click()
}

/** The message of a refusal, or nothing when it was done. */
async function refused(asked) {
  try {
    await asked
    return null
  } catch (error) {
    return error.message
  }
}

before(async () => {
  if (skip) return
  server.prepare()
  await server.serve()
  browser = await launch()
  const first = await line(server.code('secretary'))
  body = (await first.ask('body.create', { body_kind: 'standing_committee', name: '试验区人大常委会' })).seq
  first.close()
})

after(async () => {
  for (const one of lines) one.close()
  await close_browser(browser)
  await server?.remove()
})

test('a roster pasted twice doubles nobody; names of 60 characters pass, of 101 not', { skip }, async () => {
  office = await screen(server.code('secretary'))
  const table = ['证号\t姓名\t座席号', ...members.map((one) => `${one.number}\t${one.name}\t${one.seat}`)]
  const names = [`1036\t丁\t9排1号`, `1037\t${'艾'.repeat(60)}\t9排2号`]
  await office.locator(`[data-body="${body}"]`).click()
  await office.locator('[data-do=import]').click()
  await paste([...table, ...names, `1038\t${'艾'.repeat(101)}\t9排3号`].join('\n'))
  await shows(office, '[data-remark=error]', '39')
  assert.equal(await office.locator('[data-do=store]').isDisabled(), true)
  await office.locator('[data-do=other-source]').click()
  await paste([...table, ...names].join('\n'))
  await office.locator('[data-do=store]:not([disabled])').click()
  await office.getByRole('status').filter({ hasText: '37' }).waitFor()
  await office.locator('[data-do=import]').click()
  await paste([...table, ...names].join('\n'))
  await shows(office, '[data-check] [data-figure=unchanged]', /^37$/)
  assert.equal(await office.locator('[data-check] [data-figure=added]').innerText(), '0')
  await office.locator('[data-do=store]').click()
  await office.getByRole('status').filter({ hasText: '37' }).waitFor()
  await office.reload()
  await shows(office, `[data-body="${body}"]`, '37 人')
  await office.close()
})

test('an agenda of 400 items with titles of 500 characters is taken and shown', { skip }, async () => {
  secretary = await line(server.code('secretary'))
  const called = { body, title: '第二十二次会议', meeting_kind: 'standing_committee' }
  ;({ meeting, sitting } = await call_meeting(secretary, called))
  codes = (await secretary.ask('access_codes.issue', { body })).codes
  codes.push(...(await appoint_chair(secretary, body, codes.shift().person)))
  secretary.close()
  office = await screen(server.code('secretary'))
  await office.locator('[data-part=meetings]').click()
  await office.locator('[data-do=import-agenda]').click()
  const title = (index) => `第${index}项：${'关于进一步改进工作的议题'.repeat(50)}`.slice(0, 500)
  const rows = Array.from({ length: items_many }, (_unused, index) => `${title(index + 1)}\t报告\t5\t`)
  await paste(['议题\t类型\t时长\t报告人', ...rows].join('\n'))
  await office.locator('[data-do=store-agenda]:not([disabled])').click({ timeout: 20_000 })
  await office.locator('[data-item]').nth(items_many - 1).waitFor({ timeout: 60_000 })
  await office.reload()
  await office.locator('[data-part=meetings]').click()
  await office.locator('[data-item]').nth(items_many - 1).waitFor({ timeout: 20_000 })
  assert.equal(await office.locator('[data-item]').count(), items_many)
  assert.equal(await overflow_px(office), 0)
  await picture(office, 'odd_office_400')
  await office.close()
  secretary = await line(server.code('secretary'))
  item = await add_item(secretary, meeting, '表决')
})

test('a second tablet of a member takes over; the first says so and can take it back', { skip }, async () => {
  const operator = await line(server.code('operator'))
  await operator.ask('sign_in.open', { sitting })
  const first = await screen(code_of('delegate'))
  await first.locator('[data-link=open]').waitFor()
  const second = await screen(code_of('delegate'))
  await second.locator('[data-link=open]').waitFor()
  await shows(first, '[role=alert]', '另一台设备上登录')
  await first.getByRole('button', { name: '改在本机登录' }).click()
  await first.locator('[data-link=open]').waitFor()
  await shows(second, '[role=alert]', '另一台设备上登录')
  await first.locator('[data-present=false] + button').click()
  await first.locator('[data-present=true]').waitFor()
  await picture(second, 'odd_second_tablet')
  await Promise.all([first.close(), second.close()])
})

test('two people conduct at once: one step is taken, the other is told why not', { skip }, async () => {
  const chair = await line(code_of('chair'))
  const operator = await line(server.code('operator'))
  for (const one of codes.filter((each) => each.role === 'delegate').slice(0, 25)) {
    const console_line = await line(one.code)
    const answer = await refused(console_line.ask('attendance.sign_in', { sitting }))
    if (answer) assert.match(answer, /already/)
  }
  await chair.ask('conduct.lend', { sitting, lent: true })
  const both = (method, params) =>
    Promise.all([chair, operator].map((one) => refused(one.ask(method, params))))
  const opened = await both('sitting.open', { sitting })
  assert.equal(opened.filter((answer) => answer === null).length, 1)
  assert.match(opened.find(Boolean), /会议正在进行/)
  await chair.ask('agenda.adopt', { sitting })
  await chair.ask('item.activate', { sitting, item })
  const prepared = { sitting, item, title: '关于一事的决定', text: '全文。' }
  const profile = motion_rule({ close: 'timer', window_ms: 60_000 })
  const vote = await prepare_vote(secretary, { ...prepared, profile })
  const votes = await both('vote.open', { vote })
  assert.equal(votes.filter((answer) => answer === null).length, 1)
})

test('a tablet whose clock is a day off counts down like the others', { skip }, async () => {
  for (const off_ms of [day_ms, -day_ms]) {
    const page = await screen(code_of('delegate'), { off_ms })
    await page.locator('[data-vote-state=open]').waitFor()
    const left = await page.locator('[role=timer] b').first().innerText()
    assert.match(left, /^(?:1:00|0:[0-5]\d)$/, `off by ${off_ms} it shows ${left}`)
    await page.getByRole('button', { name: '赞成' }).click()
    await shows(page, '.said', '已记录 赞成')
    await picture(page, `odd_clock_${off_ms > 0 ? 'ahead' : 'behind'}`)
    await page.close()
  }
})
