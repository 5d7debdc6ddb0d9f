// What is decided otherwise, and what becomes of results, from the screens alone: an appointment without its
// exam that the council of chairs lets through, one whose papers are there, the approval of the body above,
// the oath, a tie the presidium decides, and a result that is annulled.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { accessibility_findings, picture, shows, take_step } from './browser.mjs'
import { count_ballots } from './counting.mjs'
import { Day, done } from './day.mjs'
import { add_item, call_meeting, code_for, form_body } from './motion.mjs'
import { begin_vote, put_list, store_vote } from './office_votes.mjs'

const day = new Day('otherwise')
const rule_books = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../schemas/rules')
const names = ['赵建国', '钱文静', '孙志远', '李晓燕', '周明', '吴立新', '郑海峰']
/** What people look at: office, chair, seat, hall, tellers. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
const screen = (code, size) => day.screen(code, size)
const line = (code) => day.line(code)
const seats = []
let body
let sitting
let meeting
let codes
let secretary
let first_item

const code_of = (role, name) => code_for(codes, role, name)
const in_office = (title) => on.office.locator('[data-vote]', { hasText: title })

/** Writes an appointment down in the office, under the rule of the committee for appointments. */
async function prepare_appointment(name, post, approval_by = '') {
  await begin_vote(on.office, '人事任免')
  await on.office.locator('[data-do=vote-text]').fill(`决定任命${name}为${post}`)
  await on.office.locator('[data-do=personnel]').selectOption('appoint')
  await on.office.locator('[data-do=person]').fill(name)
  await on.office.locator('[data-do=post]').fill(post)
  if (approval_by) await on.office.locator('[data-do=approval-by]').fill(approval_by)
  await store_vote(on.office, `任命${name}为${post}`)
}

async function everybody_approves() {
  const vote = await seats[0].open_vote()
  for (const seat of seats) await seat.ask('vote.cast', { vote: vote.id, choice: 'approve' })
  await take_step(on.chair, 'close_vote')
  await take_step(on.chair, 'announce_vote')
}

before(async () => {
  if (day.skip) return
  await day.begin()
  secretary = await line(server.code('secretary'))
  const members = names.map((name, at) => ({ number: String(at + 1), name, group: '', seat: `${at + 1}号` }))
  const made = { body_kind: 'standing_committee', name: '试验区人大常委会', members }
  ;({ body, codes } = await form_body(secretary, made))
  const rules = JSON.parse(readFileSync(join(rule_books, 'cn.chongqing.standing_committee.json'), 'utf8'))
  await secretary.ask('rules.adopt', { body, rules, decided_by: '第三届第一次会议' })
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

after(() => day.end())

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
  await put_list(on.office, 'projects', ['修路', '修桥', '办学'], 2)
  await on.office.locator('[data-do=tie]').selectOption('presidium')
  await store_vote(on.office, '民生实事项目')
  const prepared = await secretary.until(() =>
    [...secretary.votes.values()].find((vote) => vote.title === '民生实事项目'),
  )
  await day.lines.at(-1).ask('vote.open', { vote: prepared.id })
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
