// The steps that a good day does not need, each pressed on the real screens of a real server: what the office
// takes back, what the desk puts right, what the chair does when something goes wrong, and two screens that
// want the same thing at once. One congress of nine for all of it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { accessibility_findings, picture, shows, take_step } from './browser.mjs'
import { count_hands } from './counting.mjs'
import { confirm, Day, done } from './day.mjs'
import { form_body, motion_rule, prepare_vote } from './motion.mjs'
import { Relay } from './relay.mjs'

const day = new Day('rare')
/** What people look at: office, chair, second_chair, desk, teller, other_teller. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
const line = (code) => day.line(code)
const names = ['赵建国', '钱文静', '孙志远', '李晓燕', '周明', '吴立新', '郑海峰', '王丽', '冯涛']
let cable
let secretary
let body
let meeting
let sitting
let codes

async function screen(code, url = server.url) {
  const page = await day.screen(code, { url })
  await page.locator('[data-link=open]').waitFor()
  return page
}

/** A row of the office's agenda by its title. */
function item_row(title) {
  return on.office.locator('[data-item]', { hasText: title })
}

function desk_row(name) {
  return on.desk.locator('[data-person]', { hasText: name })
}

async function paste_agenda(text) {
  await on.office.locator('[data-do=import-agenda]').click()
  await on.office.locator('[data-do=paste]').fill(text)
  await on.office.locator('[data-do=take-pasted]').click()
  await on.office.locator('[data-do=store-agenda]:not([disabled])').click()
  await done(on.office, '已导入')
}

async function add_item(title) {
  await on.office.locator('[data-do=add-item]').click()
  await on.office.getByLabel('标题').fill(title)
  await on.office.locator('[data-do=save-item]').click()
  await item_row(title).waitFor()
}

async function new_meeting(sittings) {
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-do=new-meeting]').click()
  await on.office.locator('[data-do=body]').selectOption(String(body))
  await on.office.locator('[data-do=sittings]').fill(sittings)
  await on.office.getByLabel(/带入 \d+ 项议程/).uncheck()
  await on.office.locator('[data-do=create-meeting]').click()
}

/** Calls an item up in the chair's list, or does something else with it. */
async function with_item(title, button) {
  const row = on.chair.locator('.agenda [data-item]', { hasText: title })
  const heading = row.locator('.line')
  if ((await heading.getAttribute('aria-expanded')) !== 'true') await heading.click()
  await row.getByRole('button', { name: button, exact: true }).click()
}

before(async () => {
  if (day.skip) return
  await day.begin()
  secretary = await line(server.code('secretary'))
  const members = names.map((name, index) => ({
    number: String(101 + index),
    name,
    group: index < 5 ? '第一代表团' : '第二代表团',
    seat: `1排${index + 1}号`,
  }))
  const made = { body_kind: 'congress', name: '试验区人民代表大会', members }
  ;({ body, codes } = await form_body(secretary, made))
  secretary.close()
  on.office = await screen(server.code('secretary'))
})

after(async () => {
  await cable?.stop()
  await day.end()
})

step('delegations are formed of the groups of the roster', async () => {
  await on.office.locator(`[data-body="${body}"]`).click()
  await on.office.locator('[data-do=delegations]').click()
  await on.office.locator('[data-body]', { hasText: '第二代表团' }).waitFor()
  await shows(on.office, '[data-body]', '第一代表团')
})

/** Presses what removes something, gives the reason in the dialog and confirms. */
async function remove_with_reason(button) {
  await on.office.locator(`[data-do=${button}]`).click()
  await on.office.getByRole('dialog').getByLabel('理由').fill('分组有误')
  await on.office.getByRole('dialog').locator('button[type=submit]').click()
}

step('delegations made by mistake are taken back, one and all, and formed anew', async () => {
  await remove_with_reason('remove-body')
  await shows(on.office, '[role=alert]', '请先删除其下的“第一代表团”')
  await on.office.locator('[data-body]', { hasText: '第二代表团' }).click()
  await remove_with_reason('remove-body')
  await done(on.office, '已删除“第二代表团”')
  await on.office.locator('[data-body]', { hasText: '第二代表团' }).waitFor({ state: 'detached' })
  await on.office.locator(`[data-body="${body}"]`).click()
  await on.office.locator('[data-do=delegations]').click()
  await on.office.locator('[data-body]', { hasText: '第二代表团' }).waitFor()
  await picture(on.office, 'rare_delegations')
  await remove_with_reason('remove-delegations')
  await done(on.office, '已撤回 2 个代表团')
  assert.equal(await on.office.locator('[data-body]').count(), 1)
  assert.equal(await on.office.locator('[data-do=remove-delegations]').count(), 0)
})

async function give_reason(words) {
  await on.office.getByRole('dialog').getByLabel('理由').fill(words)
  await on.office.getByRole('dialog').locator('button[type=submit]').click()
}

step('a body gets another name', async () => {
  await on.office.locator('[data-do=rename-body]').click()
  assert.equal(await on.office.locator('[data-do=new-name]').inputValue(), '试验区人民代表大会')
  await on.office.locator('[data-do=new-name]').fill('示范区人民代表大会')
  assert.deepEqual(await accessibility_findings(on.office), [])
  await picture(on.office, 'rare_rename')
  await give_reason('名称更正')
  await done(on.office, '“试验区人民代表大会”已更名为“示范区人民代表大会”')
  await shows(on.office, `[data-body="${body}"]`, '示范区人民代表大会')
})

step('an officer is dismissed, and the own page is signed out for good', async () => {
  secretary = await line(server.code('secretary'))
  const appointment = { person: null, name: '韩离任', role: 'operator', body }
  const { person } = await secretary.ask('officer.appoint', appointment)
  const [{ code }] = (await secretary.ask('access_codes.issue', { person })).codes
  secretary.close()
  const leaver = await screen(code)
  await on.office.reload()
  await on.office.locator('[data-part=officers]').click()
  await on.office.locator('[data-officer]', { hasText: '韩离任' }).locator('[data-do=dismiss]').click()
  assert.deepEqual(await accessibility_findings(on.office), [])
  await picture(on.office, 'rare_dismiss')
  await give_reason('工作调动')
  await done(on.office, '已免去 韩离任 的')
  assert.equal(await on.office.locator('[data-officer]', { hasText: '韩离任' }).count(), 0)
  await shows(leaver, '[role=alert]', '登录码')
  await leaver.close()
  // Without the only secretary who can sign in nothing could go on, and the refusal says so.
  await on.office.locator('[data-officer]', { hasText: '秘书处' }).first().locator('[data-do=dismiss]').click()
  await give_reason('工作调动')
  await shows(on.office, '[role=alert]', '请先任命另一位')
  await on.office.locator('[data-part=bodies]').click()
  await on.office.locator(`[data-body="${body}"]`).click()
})

/** The row of a member in the roster of the office, and the panel it opens. */
function roster_row(name) {
  return on.office.locator('tbody tr', { hasText: name })
}

async function open_member(name) {
  await roster_row(name).locator('[data-do=member]').click()
  return on.office.locator('[data-member]')
}

step('a row of the roster is put right, taken off, and brought back', async () => {
  const panel = await open_member('冯涛')
  await panel.locator('[data-field=seat]').fill('2排1号')
  assert.deepEqual(await accessibility_findings(on.office), [])
  await picture(on.office, 'rare_member')
  await panel.locator('[data-do=save-member]').click()
  await done(on.office, '已更正“冯涛”')
  await shows(on.office, 'tbody tr', /冯涛.*2排1号/s)
  await (await open_member('冯涛')).locator('[data-do=remove-member]').click()
  await confirm(on.office, '从名册中移除')
  await done(on.office, '已将“冯涛”移出名册')
  await roster_row('冯涛').waitFor({ state: 'detached' })
  await on.office.locator('[data-do=undo]').click()
  await confirm(on.office, '撤销导入')
  await shows(on.office, 'tbody tr', /冯涛.*2排1号/s)
  assert.equal(await on.office.locator('tbody tr').count(), names.length)
})

async function store_photo(number) {
  await on.office.locator('[data-do=photos]').click()
  const buffer = await on.office.screenshot({ clip: { x: 0, y: 0, width: 60, height: 80 } })
  const file = { name: `${number}.png`, mimeType: 'image/png', buffer }
  await on.office.locator('input[data-do=photos]').setInputFiles(file)
  await on.office.locator('[data-do=store-photos]').click()
  await done(on.office, '1')
  await on.office.getByRole('button', { name: '关闭' }).click()
}

function private_values() {
  const files = readdirSync(join(server.data, 'private'), { recursive: true, withFileTypes: true })
  return files.filter((one) => one.isFile()).length
}

step('photos are kept, and one is taken back with its bytes', async () => {
  await store_photo(102)
  const before = private_values()
  await store_photo(103)
  assert.equal(private_values(), before + 1)
  await shows(roster_row('孙志远'), 'td', '有')
  const panel = await open_member('孙志远')
  await panel.locator('[data-photo]').waitFor()
  await picture(on.office, 'rare_member_photo')
  await panel.locator('[data-do=remove-photo]').click()
  await confirm(on.office, '撤下照片')
  await done(on.office, '已撤下“孙志远”的照片')
  assert.equal(private_values(), before)
  assert.equal(await roster_row('孙志远').locator('td', { hasText: /^有$/ }).count(), 1) // the code
})

step('a meeting made in part is called off from the screen', async () => {
  await new_meeting(`第一次全体会议\n${'会'.repeat(700)}`)
  await on.office.locator('[data-step-state=refused]').waitFor()
  await on.office.locator('[data-do=cancel-plan]').click()
  await done(on.office, '已取消')
  await shows(on.office, '[data-meeting]', '已取消')
  // Left as it is, it can be called off later just as well.
  await on.office.getByRole('button', { name: '取消', exact: true }).click()
  await new_meeting(`第一次全体会议\n${'会'.repeat(700)}`)
  await on.office.locator('[data-step-state=refused]').waitFor()
  await on.office.locator('[data-do=abandon-plan]').click()
  await on.office.locator('[data-meeting]').nth(1).waitFor()
  await on.office.locator('[data-meeting]').first().click()
  await on.office.locator('[data-do=cancel]').click()
  await on.office.getByRole('dialog').getByLabel('理由').fill('另行召集')
  await confirm(on.office, '取消会议')
  await on.office.locator('[data-meeting-state=cancelled]').waitFor()
})

step('a meeting is made, an agenda imported by mistake and taken back, a draft removed', async () => {
  await new_meeting('第一次全体会议')
  await done(on.office, '会议已建立')
  await paste_agenda('一、误传的议题\n（一）误传的说明\n二、另一项误传的议题')
  await item_row('误传的说明').locator('[data-do=edit]').click()
  await item_row('误传的说明').getByLabel('标题').fill('留下的说明')
  await on.office.locator('[data-do=save-item]').click()
  await item_row('留下的说明').waitFor()
  await on.office.locator('[data-do=undo-agenda]', { hasText: '1 项' }).click()
  await confirm(on.office, /撤销导入/)
  await done(on.office, '已撤销导入')
  assert.equal(await on.office.locator('[data-item]').count(), 2)
  assert.equal(await on.office.locator('[data-do=undo-agenda]').count(), 0)
  // An item above another is not removed before it, and says so.
  await item_row('误传的议题').first().locator('[data-do=remove]').click()
  await confirm(on.office, '删除')
  await shows(on.office, '[role=alert]', '下面还有子议题')
  for (const title of ['留下的说明', '误传的议题']) {
    await item_row(title).first().locator('[data-do=remove]').click()
    await confirm(on.office, '删除')
    await done(on.office, `已删除“${title}”`)
  }
  for (const title of ['审议工作报告', '待撤回的议题', '待推后的议题', '通过决议']) await add_item(title)
  const saving = on.office.waitForEvent('download')
  await on.office.locator('[data-do=export-agenda]').click()
  const file = join(server.folder, 'agenda.csv')
  await (await saving).saveAs(file)
  assert.match(readFileSync(file, 'utf8'), /待撤回的议题/)
})

step('a sitting is added with speaking times of its own, and they are changed', async () => {
  await on.office.locator('[data-tab=sittings]').click()
  const form = on.office.getByRole('form', { name: '增加一次会议' })
  await form.getByLabel('名称').fill('第二次全体会议')
  await form.locator('[data-do=first-minutes]').fill('15')
  await on.office.locator('[data-do=create-sitting]').click()
  const second = on.office.locator('[data-sitting]', { hasText: '第二次全体会议' })
  await shows(second, '[data-speaking]', '首次 15 分钟，再次 5 分钟')
  const first = on.office.locator('[data-sitting]', { hasText: '第一次全体会议' })
  await shows(first, '[data-speaking]', '首次 10 分钟，再次 5 分钟')
  await first.locator('[data-do=edit-times]').click()
  await on.office.getByRole('form', { name: '发言时间' }).locator('[data-do=first-minutes]').fill('3')
  await on.office.locator('[data-do=save-times]').click()
  await shows(first, '[data-speaking]', '首次 3 分钟，再次 5 分钟')
  sitting = Number(await first.getAttribute('data-sitting'))
  assert.deepEqual(await accessibility_findings(on.office), [])
  await picture(on.office, 'rare_sittings')
})

step('the desk takes leave back, sends somebody away again, and sees who it is', async () => {
  on.desk = await screen(server.code('operator'))
  await on.desk.locator('[data-link-to=desk]').click()
  await on.desk.locator('[data-do=sitting]').selectOption(String(sitting))
  await desk_row('王丽').locator('[data-do=leave]').click()
  await on.desk.locator('[data-do=reason]').fill('出差')
  await confirm(on.desk, '请假')
  await shows(desk_row('王丽'), '.chip', '请假')
  await desk_row('王丽').locator('[data-do=cancel_leave]').click()
  await shows(desk_row('王丽'), '.chip', '未到')
  await desk_row('钱文静').locator('[data-do=photo]').click()
  const photo = desk_row('钱文静').locator('[data-photo]')
  await photo.waitFor()
  assert.ok((await photo.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 0)
  assert.equal(await desk_row('孙志远').locator('[data-do=photo]').count(), 0)
  await on.desk.locator('[data-tab=attendees]').click()
  await on.desk.locator('[data-do=attendee-name]').fill('何局长')
  await on.desk.locator('[data-do=admit]').click()
  await on.desk.locator('[data-attendee]', { hasText: '何局长' }).locator('[data-do=dismiss]').click()
  await on.desk.locator('[data-attendee]', { hasText: '何局长' }).waitFor({ state: 'detached' })
  await on.desk.locator('[data-tab=members]').click()
  await on.desk.locator('[data-do=open-sign-in]').click()
  for (const name of names.slice(0, 7)) await desk_row(name).locator('[data-do=sign_in]').click()
  await shows(on.desk, '[data-count=present]', /^7$/)
})

step('two chairs press at once: one step is taken, the other is told why and goes on', async () => {
  const code = codes.find((one) => one.role === 'chair').code
  on.chair = await screen(code)
  cable = new Relay(server.port)
  await cable.start()
  on.second_chair = await screen(code, cable.url)
  for (const page of [on.chair, on.second_chair])
    await page.locator('li.card', { hasText: '第一次全体会议' }).getByRole('button').click()
  await on.second_chair.locator('[data-step=open_sitting][aria-disabled=false]').waitFor()
  // The second has not heard of what the first did when it presses the same button.
  cable.hold()
  await take_step(on.chair, 'open_sitting')
  await on.chair.locator('[data-step=adopt_agenda]').waitFor()
  await take_step(on.second_chair, 'open_sitting')
  cable.let_on()
  await shows(on.second_chair, '[role=alert]', '会议正在进行')
  await picture(on.second_chair, 'rare_second_chair')
  await take_step(on.second_chair, 'adopt_agenda')
  for (const page of [on.chair, on.second_chair]) await page.locator('[data-step=activate_item]').waitFor()
  await on.second_chair.close()
  delete on.second_chair
})

step('the operator sets the wall, and conducts as long as the chair lends it', async () => {
  const operator = await screen(server.code('operator'))
  await operator.locator('li.card', { hasText: '第一次全体会议' }).getByRole('button').click()
  await operator.locator('[data-step=activate_item][aria-disabled=true]').waitFor()
  await operator.locator('[data-screen=main] select').selectOption('attendance')
  const wall = (content) => on.chair.waitForFunction(
    (wanted) => document.querySelector('[data-screen=main] select')?.value === wanted, content)
  await wall('attendance')
  await operator.locator('[data-screen=main] select').selectOption('automatic')
  await wall('automatic')
  assert.equal(await operator.locator('[data-do=recess]').count(), 0)
  await on.chair.locator('[data-do=lend]').click()
  await operator.locator('[data-do=recess]').click()
  await operator.getByRole('dialog').getByLabel('理由').fill('短暂休会')
  await operator.getByRole('dialog').locator('button[type=submit]').click()
  await on.chair.locator('[data-step=resume_sitting]').waitFor()
  await take_step(operator, 'resume_sitting')
  await operator.locator('[data-step=activate_item][aria-disabled=false]').waitFor()
  await picture(operator, 'rare_lent')
  await on.chair.locator('[data-do=lend]').click()
  await operator.locator('[data-step=activate_item][aria-disabled=true]').waitFor()
  await operator.close()
})

step('absence without leave is recorded and taken back', async () => {
  await desk_row('冯涛').locator('[data-do=absence]').click()
  await on.desk.locator('[data-do=confirm-name]').fill('冯涛')
  await confirm(on.desk, '未经批准缺席')
  await shows(desk_row('冯涛'), '.chip', '未经批准缺席')
  await desk_row('冯涛').locator('[data-do=clear_absence]').click()
  await on.desk.locator('[data-do=reason]').fill('核实为因病请假')
  await confirm(on.desk, '更正缺席')
  await shows(desk_row('冯涛'), '.chip', '未到')
})

step('what the body adopted changes only by a decision, and leaves by one with a reason', async () => {
  await on.office.locator('[data-tab=agenda]').click()
  const row = item_row('审议工作报告')
  await row.locator('[data-do=edit]').click()
  await row.getByLabel('时长（分钟）').fill('20')
  assert.equal(await row.locator('[data-do=decision]').count(), 0)
  await row.getByLabel('标题').fill('审议年度工作报告')
  assert.equal(await row.locator('[data-do=save-item]').isDisabled(), true)
  await row.locator('[data-do=decision]').fill('主席团提出，全体会议同意')
  await picture(on.office, 'rare_decision')
  await row.locator('[data-do=save-item]').click()
  await item_row('审议年度工作报告').waitFor()
  await item_row('通过决议').locator('[data-move=up]').click()
  await on.office.locator('[data-do=decision]').fill('主席团决定')
  await on.office.getByRole('dialog').locator('button[type=submit]').click()
  await shows(on.office, '[data-item]', /三、\s*通过决议/)
  await with_item('待撤回的议题', '撤回')
  await on.chair.getByLabel('理由').fill('提案人要求撤回')
  await on.chair.getByRole('dialog').locator('button[type=submit]').click()
  await shows(item_row('待撤回的议题'), '.chip', '已撤回')
  await with_item('待推后的议题', '暂不付表决')
  await on.chair.getByLabel('理由').fill('有待进一步研究')
  await on.chair.getByRole('dialog').locator('button[type=submit]').click()
  await shows(item_row('待推后的议题'), '.chip', '暂不付表决')
})

step('the server itself asks for the reasons', async () => {
  const chair = await line(codes.find((one) => one.role === 'chair').code)
  meeting = chair.snapshot.sittings.find((one) => one.id === sitting).meeting
  const { items } = chair.snapshot.agendas.find((one) => one.meeting === meeting)
  const item = items.find((one) => one.title === '通过决议').id
  for (const [method, params] of [
    ['sitting.recess', { sitting, reason: '' }],
    ['item.withdraw', { sitting, item, reason: ' ' }],
    ['item.defer', { sitting, item, reason: '' }],
  ])
    await assert.rejects(chair.ask(method, params), /须写明理由/, method)
  chair.close()
})

step('a vote that runs out is given another minute, fails, and goes on by hands', async () => {
  secretary = await line(server.code('secretary'))
  const { agenda } = await secretary.ask('agenda.read', { meeting })
  const item = agenda.items.find((one) => one.title === '通过决议').id
  const profile = motion_rule({ close: 'timer_then_chair', window_ms: 60_000 })
  await prepare_vote(secretary, { sitting, item, title: '关于一事的决议', text: '全文。', profile })
  const member = await line(codes.find((one) => one.role === 'delegate').code)
  await with_item('通过决议', '进入此项')
  await take_step(on.chair, 'open_vote')
  await on.chair.locator('[data-do=extend]').click()
  await shows(on.chair, '[role=timer] b', /^1:[0-5]\d$/)
  const vote = (await member.open_vote()).id
  await member.ask('vote.cast', { vote, choice: 'approve' })
  await on.chair.locator('[data-do=void]').click()
  await on.chair.getByLabel('设备故障').check()
  await confirm(on.chair, '作废本次表决')
  await take_step(on.chair, 'retry_by_hands')
  const tellers = codes.filter((one) => one.role === 'teller')
  on.teller = await screen(tellers[0].code)
  on.other_teller = await screen(tellers[1].code)
  await take_step(on.chair, 'open_vote')
  await count_hands(on.teller, 5, 1, 0)
  await count_hands(on.other_teller, 5, 1, 0)
  await take_step(on.chair, 'close_hands')
  await take_step(on.chair, 'announce_vote')
  await on.chair.locator('[data-verdict=passed]').first().waitFor()
  // The attempt that failed stays on the chair's agenda.
  await shows(on.chair, '.agenda .outcome', '作废')
})

step('an objection heard in the hall turns silence into a show of hands', async () => {
  const { agenda } = await secretary.ask('agenda.read', { meeting })
  const item = agenda.items.find((one) => one.title === '审议年度工作报告').id
  const profile = motion_rule({ method: 'no_objection' })
  await prepare_vote(secretary, { sitting, item, title: '关于工作报告的决议', text: '全文。', profile })
  await with_item('审议年度工作报告', '进入此项')
  await take_step(on.chair, 'open_vote')
  await on.chair.locator('[data-other-step=record_objection]').click()
  await on.chair.locator('[data-objections="1"]').waitFor()
  await on.chair.locator('[data-other-step=switch_to_hands]').click()
  await count_hands(on.teller, 7, 0, 0)
  await count_hands(on.other_teller, 7, 0, 0)
  await take_step(on.chair, 'close_hands')
  await take_step(on.chair, 'announce_vote')
  await on.chair.locator('[data-verdict=passed]').first().waitFor()
})

step('the statistics of the meeting are counted and saved', async () => {
  await desk_row('周明').locator('[data-do=sign_out]').click()
  await desk_row('王丽').locator('[data-do=sign_in]').click()
  await shows(desk_row('王丽'), '.chip', '在场')
  await on.desk.locator('[data-tab=statistics]').click()
  const totals = on.desk.locator(`[data-statistics-sitting="${sitting}"] [data-figure]`)
  await totals.first().waitFor()
  assert.deepEqual(await totals.allInnerTexts(), ['9', '8', '1', '1', '0', '1', '0', '0'])
  const late = on.desk.locator('[data-statistics-person]', { hasText: '王丽' }).locator('[data-figure]')
  assert.deepEqual(await late.allInnerTexts(), ['1', '1', '1', '0', '0', '0', '0', '0'])
  assert.deepEqual(await accessibility_findings(on.desk), [])
  await picture(on.desk, 'rare_statistics')
  const saving = on.desk.waitForEvent('download')
  await on.desk.locator('[data-do=export-statistics]').click()
  const file = join(server.folder, 'statistics.csv')
  await (await saving).saveAs(file)
  const table = readFileSync(file, 'utf8')
  assert.match(table, /^\uFEFF会议,机构,应到,出席,迟到,早退,请假,缺席,未经批准缺席,暂停职务\r\n/)
  assert.match(table, /108,王丽,第二代表团,1,1,1,0,0,0,0,0\r\n/)
})

step('what has begun is closed and archived, and the page says why it is not called off', async () => {
  await shows(on.office, '.tools', '不能取消，只能闭会')
  const chair = await line(codes.find((one) => one.role === 'chair').code)
  await chair.ask('sitting.close', { sitting })
  // What nobody has come to is called off.
  await on.office.locator('[data-tab=sittings]').click()
  const waiting = on.office.locator('[data-do=cancel-sitting]')
  for (let left = await waiting.count(); left > 0; left--) {
    await waiting.first().click()
    await give_reason('议程已提前完成')
    await on.office.locator('[data-do=cancel-sitting]').nth(left - 1).waitFor({ state: 'detached' })
  }
  await shows(on.office.locator('[data-sitting]', { hasText: '第二次全体会议' }), '.chip', '已取消')
  await shows(on.office.locator('[data-sitting]', { hasText: '第二次全体会议' }), '.reason', '议程已提前完成')
  await picture(on.office, 'rare_called_off')
  await on.office.locator('[data-do=close]').click()
  await confirm(on.office, '闭会')
  await on.office.locator('[data-meeting-state=closed]').waitFor()
  await on.office.locator('[data-do=archive]').click()
  await confirm(on.office, '归档')
  await on.office.locator('[data-meeting-state=archived]').waitFor()
})

step('no page complained', () => {
  assert.deepEqual(day.complaints.flat(), [])
})
