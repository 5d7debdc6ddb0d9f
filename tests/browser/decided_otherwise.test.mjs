// What is decided otherwise, and what becomes of results, from the screens alone: an appointment without its
// exam that the council of chairs lets through, one whose papers are there, the approval of the body above,
// the oath, a tie the presidium decides, and a result that is annulled.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  accessibility_findings,
  close_browser,
  launch,
  no_browser,
  open_page,
  picture,
  shows,
  take_step,
} from './browser.mjs'
import { count_ballots } from './counting.mjs'
import { add_item, appoint_chair, call_meeting } from './motion.mjs'
import { find_plenum, Line, no_server, RealServer } from './real_server.mjs'

const program = find_plenum()
const skip = no_server || no_browser
const server = program ? new RealServer(program) : null
const rule_books = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../schemas/rules')
const names = ['赵建国', '钱文静', '孙志远', '李晓燕', '周明', '吴立新', '郑海峰']
/** What people look at: office, chair, seat, hall, tellers. */
const on = {}
const lines = []
const seats = []
let browser
let body
let sitting
let meeting
let codes
let secretary
let first_item
let is_broken = false

/** One act of the day. After one that failed the others have nothing to stand on. */
function step(name, act) {
  test(name, { skip }, async (context) => {
    if (is_broken) return context.skip('an earlier act failed')
    is_broken = true
    try {
      await act()
      is_broken = false
    } finally {
      if (is_broken)
        await Promise.all(
          Object.entries({ ...on, ...on.tellers })
            .filter(([who]) => who !== 'tellers')
            .map(([who, page]) => picture(page, `otherwise_failed_${who}`)),
        )
    }
  })
}

async function screen(code, size = {}) {
  const opened = await open_page(browser, `${server.url}/#code=${code}`, size)
  await opened.page.waitForURL(/\.html/)
  return opened.page
}

async function line(code) {
  const opened = await Line.open(server, code)
  lines.push(opened)
  return opened
}

const done = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor()
const code_of = (role, name) => codes.find((one) => one.role === role && (!name || one.name === name)).code
const in_office = (title) => on.office.locator('[data-vote]', { hasText: title })

/** Writes an appointment down in the office, under the rule of the committee for appointments. */
async function prepare_appointment(name, post, approval_by = '') {
  await on.office.locator('[data-do=prepare-vote]').click()
  const option = on.office.locator('[data-do=rule] option', { hasText: '人事任免' }).first()
  await on.office.locator('[data-do=rule]').selectOption(await option.getAttribute('value'))
  await on.office.locator('[data-do=adopts-agenda]').setChecked(false)
  await on.office.locator('[data-do=vote-title]').fill(`任命${name}为${post}`)
  await on.office.locator('[data-do=vote-text]').fill(`决定任命${name}为${post}`)
  await on.office.locator('[data-do=personnel]').selectOption('appoint')
  await on.office.locator('[data-do=person]').fill(name)
  await on.office.locator('[data-do=post]').fill(post)
  if (approval_by) await on.office.locator('[data-do=approval-by]').fill(approval_by)
  await on.office.locator('[data-do=store-vote]').click()
  await done(on.office, '已准备')
}

async function everybody_approves() {
  const vote = await seats[0].open_vote()
  for (const seat of seats) await seat.ask('vote.cast', { vote: vote.id, choice: 'approve' })
  await take_step(on.chair, 'close_vote')
  await take_step(on.chair, 'announce_vote')
}

before(async () => {
  if (skip) return
  server.prepare()
  await server.serve()
  browser = await launch()
  secretary = await line(server.code('secretary'))
  body = (await secretary.ask('body.create', { body_kind: 'standing_committee', name: '试验区人大常委会' })).seq
  const members = names.map((name, at) => ({ number: String(at + 1), name, group: '', seat: `${at + 1}号` }))
  await secretary.ask('roster.import', { body, members })
  const rules = JSON.parse(readFileSync(join(rule_books, 'cn.chongqing.standing_committee.json'), 'utf8'))
  await secretary.ask('rules.adopt', { body, rules, decided_by: '第三届第一次会议' })
  codes = (await secretary.ask('access_codes.issue', { body })).codes
  codes.push(...(await appoint_chair(secretary, body, codes.shift().person)))
  for (const name of ['孟晓', '许静']) {
    const { person } = await secretary.ask('officer.appoint', { person: null, name, role: 'teller', body })
    codes.push(...(await secretary.ask('access_codes.issue', { person })).codes)
  }
  const called = await call_meeting(secretary, {
    body,
    title: '第二十二次会议',
    meeting_kind: 'standing_committee',
  })
  meeting = called.meeting
  sitting = called.sitting
  const sworn = { item_kind: 'oath', minutes: 20, presenter: '', is_closed: false }
  first_item = await add_item(secretary, meeting, '人事任免')
  await secretary.ask('item.add', { meeting, title: '宪法宣誓', ...sworn })
  await secretary.ask('sign_in.open', { sitting })
  for (const { code } of codes.filter(({ role }) => role === 'delegate')) {
    const seat = await line(code)
    await seat.ask('attendance.sign_in', { sitting })
    seats.push(seat)
  }
  on.office = await screen(server.code('secretary'), { width: 1280, height: 900 })
  on.chair = await screen(code_of('chair'), { width: 1280, height: 900 })
  on.hall = await screen(server.code('hall'), { width: 1920, height: 1080 })
  on.tellers = [await screen(code_of('teller', '孟晓')), await screen(code_of('teller', '许静'))]
  on.seat = await screen(code_of('delegate', names[1]), { width: 360, height: 780 })
  seats.shift().close() // That member is at the page from here on.
})

after(async () => {
  for (const one of lines) one.close()
  await close_browser(browser)
  await server?.remove()
})

step('the sitting opens and the office has its votes before it', async () => {
  await take_step(on.chair, 'open_sitting')
  await take_step(on.chair, 'adopt_agenda')
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-meeting]').first().click()
  await on.office.locator('[data-tab=votes]').click()
})

step('an appointment without its exam is refused until somebody is named who decided otherwise', async () => {
  await prepare_appointment('王建国', '区教育局局长')
  const prepared = await secretary.until(() =>
    [...secretary.votes.values()].find((vote) => vote.title.startsWith('任命王建国')),
  )
  const chair = await line(code_of('chair'))
  await assert.rejects(chair.ask('vote.open', { vote: prepared.id }), /may_be_set_aside.*not_qualified/)
  await shows(on.chair, '[data-personnel=appoint]', '王建国')
  await take_step(on.chair, 'open_vote')
  await shows(on.chair, '[role=alert]', '未登记通过任前法律知识考试')
  await on.chair.locator('[data-do=set-aside]').click()
  await on.chair.locator('[data-do=decided-by]').fill('主任会议')
  await on.chair.locator('[data-do=decided-why]').fill('考试已通过，系统登记待补')
  assert.deepEqual(await accessibility_findings(on.chair), [])
  await picture(on.chair, 'otherwise_set_aside')
  await on.chair.getByRole('dialog').getByRole('button', { name: '记入并进行' }).click()
  await everybody_approves()
  await shows(on.chair, '[data-override=not_qualified]', '主任会议')
  await picture(on.chair, 'otherwise_result')
})

step('one whose exam and papers are on record opens at once, and waits for the body above', async () => {
  await prepare_appointment('李秀英', '区人民检察院检察长', '市人大常委会')
  await in_office('李秀英').locator('[data-do=qualify]').click()
  await on.office.locator('[data-do=exam]').check()
  await on.office.locator('[data-do=papers-on]').fill('2024-01-05')
  await picture(on.office, 'otherwise_qualify')
  await on.office.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await done(on.office, '已登记任前情况')
  await shows(on.chair, '[data-qualification]', '合格')
  await take_step(on.chair, 'open_vote')
  await everybody_approves()
  await shows(on.chair, '[data-approval=pending]', '市人大常委会')
  await shows(on.hall, '[data-approval=pending]', '待上级批准')
  await shows(on.seat, '[data-approval=pending]', '市人大常委会')
  await picture(on.hall, 'otherwise_pending_hall')
  await picture(on.seat, 'otherwise_pending_seat')
})

step('the list of oaths comes from the votes that passed, but for whom nobody has approved', async () => {
  const chair = await line(code_of('chair'))
  await chair.ask('item.activate', { sitting, item: first_item })
  await chair.ask('item.conclude', { sitting, item: first_item, outcome: 'noted', opinion: '' })
  await take_step(on.chair, 'activate_item')
  await on.chair.locator('[data-do=oath]').click()
  await shows(on.chair, '[data-oaths]', '王建国')
  assert.equal(await on.chair.locator('[data-oaths] li').count(), 1)
  await picture(on.chair, 'otherwise_oath')
  await on.chair.getByRole('dialog').getByRole('button', { name: /已宣誓/ }).click()
  await in_office('李秀英').locator('[data-do=approve]').click()
  await on.office.locator('[data-do=document]').fill('渝人常〔2026〕7号')
  await on.office.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await done(on.office, '已登记上级决定')
  await on.chair.locator('[data-do=oath]').click()
  await shows(on.chair, '[data-oaths]', '李秀英')
  await on.chair.getByRole('dialog').getByRole('button', { name: /已宣誓/ }).click()
  await on.chair.locator('[data-do=oath]').waitFor({ state: 'detached' })
})

step('a tie the rule leaves to the presidium is decided on the chair’s panel', async () => {
  await on.office.locator('[data-do=prepare-vote]').click()
  await on.office.locator('[data-do=rule]').selectOption('other')
  await on.office.locator('[data-do=method]').selectOption('paper')
  await on.office.locator('[data-do=departs-by]').fill('主任会议')
  await on.office.locator('[data-do=departs-reason]').fill('项目票决办法')
  await on.office.locator('[data-do=ballot-form]').selectOption('list')
  await on.office.locator('[data-do=list-kind]').selectOption('projects')
  await on.office.locator('[data-do=names]').fill('修路\n修桥\n办学')
  await on.office.locator('[data-do=seats]').fill('2')
  await on.office.locator('[data-do=tie]').selectOption('presidium')
  await on.office.locator('[data-do=vote-title]').fill('民生实事项目')
  if ((await on.office.locator('[data-do=vote-text]').inputValue()) === '')
    await on.office.locator('[data-do=vote-text]').fill('民生实事项目')
  await on.office.locator('[data-do=store-vote]').click()
  await done(on.office, '已准备')
  const prepared = await secretary.until(() =>
    [...secretary.votes.values()].find((vote) => vote.title === '民生实事项目'),
  )
  await lines.at(-1).ask('vote.open', { vote: prepared.id })
  // Two marks on each of seven ballots would be fourteen; two have one.
  const box = { issued: 7, collected: 7, invalid: 0, rows: [[4], [4], [4]] }
  for (const teller of on.tellers) await count_ballots(teller, box)
  await take_step(on.chair, 'close_ballots')
  await take_step(on.chair, 'announce_vote')
  await on.chair.locator('[data-do=tie]').click()
  const dialog = on.chair.getByRole('dialog')
  await dialog.getByLabel('修桥').check()
  await dialog.getByLabel('办学').check()
  await on.chair.locator('[data-do=decided-why]').fill('主席团会议表决')
  await picture(on.chair, 'otherwise_tie')
  await dialog.getByRole('button', { name: '记入决定' }).click()
  await shows(on.chair, '[data-tie-decided]', '修桥')
  await shows(on.hall, '.lines .elected', '修桥')
})

step('an announced result is annulled: every screen and the sheet say so', async () => {
  await in_office('民生实事项目').locator('[data-do=annul]').click()
  await on.office.locator('[data-do=decided-by]').fill('区人大常委会')
  await on.office.locator('[data-do=decided-why]').fill('经查程序违法')
  await picture(on.office, 'otherwise_annul')
  await on.office.getByRole('dialog').getByRole('button', { name: '登记结果撤销' }).click()
  await done(on.office, '已登记撤销')
  await shows(on.office, '[data-annulled]', '经查程序违法')
  await shows(on.chair, '[data-annulled]', '区人大常委会')
  await shows(on.hall, '[data-annulled]', '已撤销')
  await picture(on.hall, 'otherwise_annulled_hall')
  await picture(on.chair, 'otherwise_annulled')
  const opening = on.chair.waitForEvent('popup')
  await on.chair.locator('[data-do=sheet]').click()
  await shows(await opening, 'body', '已撤销')
})
