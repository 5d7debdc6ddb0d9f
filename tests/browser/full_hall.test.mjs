// The largest assembly: 3,000 seats, each with a line of its own to a real server, the roster imported from a
// workbook in the office page, the chair's panel and a hall screen in Chromium. Screens have to stay live
// while everybody signs in and presses at once. Durations are printed, never asserted.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture, shows, take_step } from './browser.mjs'
import { add_item, appoint_chair, call_meeting, prepare_vote } from './motion.mjs'
import { exceljs } from './packages.mjs'
import { find_plenum, Line, no_server, RealServer } from './real_server.mjs'

const program = find_plenum()
const skip = no_server || no_browser

const seats = 3000
const patience_ms = 30_000
const opened_at_once = 200
const body_name = '试验国民代表大会'
const server = program ? new RealServer(program) : null
const pages = {}
const opened = []
let browser
let secretary
let operator
let body
let sitting
let vote
let lines = []

function report(what, began) {
  console.log(`${what}: ${Math.round(performance.now() - began)} ms`)
}

/** A workbook as a secretariat keeps one: hard names among the others, thirty delegations. */
async function workbook() {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('代表名册')
  sheet.addRow(['证号', '姓名', '代表团', '座席号'])
  for (let index = 0; index < seats; index++) {
    const name = index % 50 === 0 ? `𠮷田${index}` : index % 70 === 0 ? `买买提·${index}` : `代表${index}`
    const seat = `${1 + Math.floor(index / 60)}排${1 + (index % 60)}号`
    sheet.addRow([String(10_001 + index), name, `第${1 + (index % 30)}代表团`, seat])
  }
  const path = join(server.folder, 'roster.xlsx')
  await book.xlsx.writeFile(path)
  return path
}

async function screen(name, code, path, size = {}) {
  const page = await open_page(browser, `${server.url}/${path}#code=${code}`, size)
  opened.push(page)
  await page.page.locator('[data-link=open], [data-shown]:not([data-shown=loading])').first().waitFor()
  pages[name] = page.page
}

function take(step) {
  return take_step(pages.chair, step)
}

/** Everybody asks at once; how long until all have their answer. */
async function all_ask(method, params) {
  const began = performance.now()
  await Promise.all(lines.map((line) => line.ask(method, params)))
  report(`${seats} × ${method}, until the last receipt`, began)
}

/** The chair's panel and the hall show the same figure; how long after everybody had an answer. */
async function both_show(selector, words) {
  const began = performance.now()
  await Promise.all(
    [pages.chair, pages.hall].map((page) => shows(page, selector, words, patience_ms)),
  )
  report(`chair and hall show ${selector}, after the last receipt`, began)
}

before(async () => {
  if (skip) return
  server.prepare()
  await server.serve()
  browser = await launch()
  secretary = await Line.open(server, server.code('secretary'))
  operator = await Line.open(server, server.code('operator'))
  body = (await secretary.ask('body.create', { body_kind: 'congress', name: body_name, parent: null })).seq
})

after(async () => {
  for (const line of lines) line.close()
  secretary?.close()
  operator?.close()
  await close_browser(browser)
  await server?.remove()
})

test('the office imports the whole roster from a workbook, checked first', { skip }, async () => {
  const path = await workbook()
  secretary.close()
  await screen('office', server.code('secretary'), 'office.html?part=bodies')
  await pages.office.locator(`[data-body="${body}"]`).click()
  await pages.office.locator('[data-do=import]').click()
  const began = performance.now()
  await pages.office.locator('input[type=file]').setInputFiles(path)
  await shows(pages.office, '[data-check] [data-figure=added]', new RegExp(`^${seats}$`), patience_ms)
  report(`a workbook of ${seats} read and checked by the server`, began)
  await pages.office.locator('[data-do=store]').click()
  await pages.office.getByRole('status').filter({ hasText: String(seats) }).waitFor()
  report('and stored', began)
  await picture(pages.office, 'full_hall_office')
  await pages.office.close()
})

test('a meeting is called, every seat has a line', { skip }, async () => {
  secretary = await Line.open(server, server.code('secretary'))
  const { codes } = await secretary.ask('access_codes.issue', { body })
  assert.equal(codes.length, seats)
  const presiding = await appoint_chair(secretary, body, codes[0].person)
  const chair = presiding.find((one) => one.role === 'chair')
  const own = presiding.find((one) => one.role === 'delegate')
  const called = { body, title: '第一次会议', meeting_kind: 'congress_session' }
  const meeting = await call_meeting(secretary, called)
  sitting = meeting.sitting
  const item = await add_item(secretary, meeting.meeting, '审议工作报告')
  const title = '关于工作报告的决议（草案）'
  vote = await prepare_vote(secretary, { sitting, item, title, text: '会议决定，批准这个报告。' })
  const keys = codes.slice(1).map((one) => one.code)
  if (own) keys.push(own.code)
  const began = performance.now()
  for (let from = 0; from < keys.length; from += opened_at_once) {
    const some = keys.slice(from, from + opened_at_once)
    lines.push(...(await Promise.all(some.map((key) => Line.open(server, key)))))
  }
  report(`${lines.length} lines opened and signed on`, began)
  assert.equal(lines.length, seats)
  await screen('chair', chair.code, 'chair.html')
  await screen('hall', server.code('hall'), 'hall.html', { width: 1920, height: 1080 })
})

test('everybody signs in at once, and both screens follow', { skip }, async () => {
  await operator.ask('sign_in.open', { sitting })
  await all_ask('attendance.sign_in', { sitting })
  await both_show('[data-count=present]', /^3000$/)
  await picture(pages.hall, 'full_hall_present')
  await picture(pages.chair, 'full_hall_chair')
})

test('everybody presses at once, the result is counted, announced and on the wall', { skip }, async () => {
  await take('open_sitting')
  await take('adopt_agenda')
  await take('activate_item')
  await take('open_vote')
  await pages.hall.locator('[data-vote-state=open]').waitFor()
  await all_ask('vote.cast', { vote, choice: 'approve' })
  await both_show('[data-received="3000"]', /3000/)
  await take('close_vote')
  await take('announce_vote')
  await both_show('[data-figure=approve]', /^3000$/)
  await picture(pages.hall, 'full_hall_announced')
  const room = await pages.hall
    .locator('[data-figure]')
    .evaluateAll((figures) => figures.map((one) => one.clientWidth - one.scrollWidth))
  assert.ok(Math.min(...room) >= 0, 'four digits do not fit beside their bar')
})

test('nobody was cut off as slow, no screen was stale or complained', { skip }, async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  assert.match(metrics, /slow_consumers_closed_total 0\n/)
  assert.equal(await pages.hall.locator('[data-stale]').count(), 0)
  assert.deepEqual(
    opened.flatMap((one) => one.complaints),
    [],
  )
})
