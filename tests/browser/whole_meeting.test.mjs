// A whole meeting of a standing committee on real screens and a real server: the secretariat prepares it from
// a workbook, chair, desk, members, tellers and the hall hold it, the server is killed and a cable cut in the
// middle, 23 persons are appointed one by one, reports on duties are graded on paper, and at the end the
// record is exported, audited and printed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before } from 'node:test'
import { shows, take_step } from './browser.mjs'
import {
  agenda_table,
  appointments,
  body,
  budget_text,
  members,
  rejected,
  reporters,
  votes,
  workbook,
} from './committee.mjs'
import { count_ballots, count_hands } from './counting.mjs'
import { Day } from './day.mjs'
import { look } from './moments.mjs'
import { begin_vote, put_grades, store_vote } from './office_votes.mjs'
import { find_plenum, Line } from './real_server.mjs'
import { Relay } from './relay.mjs'

const program = find_plenum()
const auditor = program && join(dirname(program), 'plenum-audit')
const day = new Day('whole', auditor && !existsSync(auditor) ? 'plenum-audit is not built' : false)
/** What people look at: office, chair, desk, phone, seat, wide, teller, teller_phone, hall. */
const { on, server } = day
const step = (name, act) => day.step(name, act)

const sizes = { phone: [360, 740], desk: [1280, 800], wall: [1920, 1080] }
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000))
/** The newest access codes from the printed cards, by the name and role on them: `孟晓 计票人`. */
const cards = new Map()
/** Consoles without a screen, by number. */
const lines = new Map()
let guest
let cable

function screen(code, size, more = {}) {
  const [width, height] = sizes[size]
  return day.screen(code, { width, height, ...more })
}

/** The step that the chair's panel, or another, offers. */
function take(step, page = on.chair) {
  return take_step(page, step)
}

function consoles() {
  return [on.phone, on.seat, on.wide]
}

function tellers() {
  return [on.teller, on.teller_phone]
}

function desk_row(number) {
  const { name } = members.find((member) => member.number === number)
  return on.desk.locator('[data-person]', { hasText: name })
}

/** Every console without a screen presses alike, except those of the numbers in `but`; says how many. */
async function all_lines_cast(choice, but = []) {
  const casting = [...lines].filter(([number]) => !but.includes(number))
  await Promise.all(
    casting.map(async ([, line]) => line.ask('vote.cast', { vote: (await line.open_vote()).id, choice })),
  )
  return casting.length
}

/** Consoles without a screen come back after the server did. */
async function reopen_lines() {
  for (const [number, line] of lines) {
    line.close()
    lines.set(number, await Line.open(server, code_of(number)))
  }
}

/** The code on the member's card of a number. */
function code_of(number) {
  return cards.get(`${members.find((member) => member.number === number).name} 代表`)
}

/** A console with a screen presses the key of a choice, as soon as it shows the vote of this title open. */
async function press(page, title, choice) {
  await shows(page, 'h1, h2', title)
  await page.locator('[data-vote-state=open]').waitFor()
  await page.locator(`.key.${choice}:not([aria-disabled=true])`).waitFor()
  await page.keyboard.press({ approve: '1', oppose: '2', abstain: '3' }[choice])
}

/** The next item is called, heard and ended without a vote. */
async function hear_item(words) {
  await take('activate_item')
  await shows(on.hall, '[data-shown=item]', words)
  await take('conclude_noted')
  await on.chair.getByRole('dialog').getByRole('button', { name: '本项结束' }).click()
  await shows(on.chair, '.agenda .finished', words)
}

/** The report called and deliberated ends with an opinion. */
async function conclude_with(opinion, words) {
  await take('conclude_opinion')
  await on.chair.getByLabel('审议意见', { exact: true }).fill(opinion)
  await on.chair.getByRole('dialog').getByRole('button', { name: '形成审议意见' }).click()
  await shows(on.chair, '.agenda .finished', words)
}

async function result_on_all(verdict, figures) {
  for (const page of consoles()) {
    await page.locator(`[data-verdict=${verdict}]`).first().waitFor({ timeout: 20_000 })
    if (figures) assert.deepEqual(await page.locator('[data-figure]').allTextContents(), figures)
  }
  await on.hall.locator('[data-shown=result]').waitFor()
}

before(async () => {
  if (day.skip) return
  await day.begin()
  cable = new Relay(server.port)
  await cable.start()
})

after(async () => {
  for (const line of lines.values()) line.close()
  await cable?.stop()
  await day.end()
})

step('the roster comes from a workbook; the wrong row is named, then mended', async () => {
  on.office = await screen(server.code('secretary'), 'desk')
  const page = on.office
  await page.getByLabel('名称').fill(body)
  await page.getByRole('button', { name: '建立', exact: true }).click()
  await shows(page, '#roster-title', body)
  await page.locator('[data-do=import]').click()
  const file = join(server.folder, '名册.xlsx')
  await workbook(file, { 1019: { seat: '1排1号' } })
  await page.locator('input[type=file]').setInputFiles(file)
  await shows(page, '[data-remark=error]', '第 20 行')
  await shows(page, '[data-remark=error]', '座位 1排1号 与第 2 行重复')
  assert.equal(await page.locator('[data-do=store]').isDisabled(), true)
  await look('import', { office: page }, ['office'])
  await page.locator('[data-do=other-source]').click()
  await workbook(file)
  await page.locator('input[type=file]').setInputFiles(file)
  await shows(page, '[data-figure=added]', /^35$/)
  await page.locator('[data-do=store]').click()
  await shows(page, '[role=status]', '共 35 人')
})

step('the committee adopts the rules it votes by', async () => {
  const page = on.office
  await page.locator('[data-do=rules]').click()
  await page.locator('[data-do=rule-book]').selectOption('cn.chongqing.standing_committee')
  await page.locator('[data-do=rules-decided-by]').fill('常委会主任会议')
  await page.locator('[data-do=adopt-rules]').click()
  await shows(page, '[data-rules-in-force]', '重庆市区县人民代表大会常务委员会')
  const rules = page.locator('section', { has: page.locator('#rules-title') })
  await rules.getByRole('button', { name: '关闭' }).click()
})

step('the meeting comes from a template, its agenda from a table', async () => {
  const page = on.office
  await page.locator('[data-part=meetings]').click()
  await page.locator('[data-do=new-meeting]').click()
  await page.getByLabel('届', { exact: true }).fill('18')
  await page.getByLabel('次', { exact: true }).fill('22')
  await page.locator('[data-do=sittings]').fill('第一次全体会议')
  await page.getByLabel(/带入 \d+ 项议程/).uncheck()
  await page.locator('[data-do=create-meeting]').click()
  await shows(page, '[role=status]', '会议已建立')
  await page.locator('[data-do=import-agenda]').click()
  await page.locator('[data-do=paste]').fill(agenda_table)
  await page.locator('[data-do=take-pasted]').click()
  await page.locator('[data-do=store-agenda]:not([disabled])').click()
  await page.locator('[data-item]').nth(17).waitFor()
  // The resignation comes before the credentials after all.
  await page.locator('[data-item]', { hasText: '接受代表辞职' }).locator('[data-do=edit]').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await shows(page, '[data-item]', /九、\s*表决接受代表辞职/)
  await shows(page, '[data-item]', /十、\s*表决代表资格/)
  await look('agenda', { office: page }, ['office'])
})

step('votes are prepared with their texts, methods and a paper', async () => {
  const page = on.office
  const report = page.locator('[data-item]', { hasText: '审计工作情况' })
  await report.locator('[data-do=documents]').click()
  await report.locator('input[type=file]').setInputFiles({
    name: '审计工作报告.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('审计工作报告全文。'),
  })
  await shows(page, '[data-item]', '审计工作报告.txt')
  await report.locator('[data-do=documents]').click()
  await page.locator('[data-tab=votes]').click()
  await prepare_vote(votes.agenda)
  await prepare_vote(votes.budget, { item: '预算调整', text: budget_text })
  await prepare_vote(votes.resignation, { item: '接受代表辞职', method: 'hands' })
  await prepare_vote(votes.credentials, { item: '代表资格', method: 'no_objection' })
  await prepare_vote(votes.plan, { item: '工作方案', method: 'no_objection' })
  await prepare_appointments()
  await prepare_evaluation()
  await page.locator('[data-do=notify]').click()
  await page.getByRole('dialog').getByLabel('通知说明').fill('短信发至全体组成人员')
  await page.getByRole('dialog').getByRole('button', { name: '发出会议通知' }).click()
  await page.locator('[data-meeting-state=notified]').waitFor()
})

const rules = { console: '议案表决', hands: '举手表决', no_objection: '无异议通过' }

/** Opens the form for a vote by the rule of this name; on an item, or on none but the agenda itself. */
async function begin(rule, item) {
  await begin_vote(on.office, rule, item)
  await shows(on.office, '[data-rule]', '须 18 票赞成')
}

async function prepare_vote(title, { item = null, text = `${title}\n（全文）`, method = 'console' } = {}) {
  await begin(rules[method], item)
  if (item) await on.office.locator('[data-do=vote-text]').fill(text)
  await store_vote(on.office, title)
}

/** Every person a vote, all prepared at once. */
async function prepare_appointments() {
  await begin('任免表决', '逐人表决')
  await on.office.locator('[data-do=series]').check()
  await on.office.locator('[data-do=vote-text]').fill(appointments.join('\n'))
  await look('series', { office: on.office })
  await store_vote(on.office)
}

async function prepare_evaluation() {
  await begin('满意度测评', '满意度测评')
  await put_grades(on.office, reporters)
  await on.office.locator('[data-do=vote-text]').fill(reporters.join('\n'))
  await store_vote(on.office, votes.duties)
}

step('the chair and the tellers are appointed, and everybody gets a card', async () => {
  const page = on.office
  await page.locator('[data-part=officers]').click()
  await page.locator('[data-do=person]').selectOption({ label: `${members[0].name} 1001` })
  await page.locator('[data-do=appoint]').click()
  await shows(page, '[role=status]', '任命为主持人')
  await page.locator('[data-do=other-person]').click()
  for (const [name, role] of [['孟晓', 'teller'], ['许静', 'teller'], ['公民代表', 'observer']]) {
    await page.locator('[data-do=role]').selectOption(role)
    await page.locator('[data-do=officer-name]').fill(name)
    await page.locator('[data-do=appoint]').click()
    await shows(page, '[role=status]', `${name} 已任命为`)
  }
  await page.locator('[data-do=issue]').click()
  await page.locator('.access').nth(34).waitFor()
  // Whoever presides votes as well: one card for each of the two.
  for (const [name, role] of [[members[0].name, '主持人'], ['孟晓', '计票人'], ['许静', '计票人'], ['公民代表', '旁听']]) {
    await page.locator('[data-officer]', { hasText: name }).locator('[data-do=issue-for]').click()
    await page.locator('.access', { hasText: name }).filter({ hasText: role }).waitFor()
  }
  for (const card of await page.locator('.access').all()) {
    const [name, code] = await Promise.all(['.name', '.code'].map((part) => card.locator(part).innerText()))
    const [role] = (await card.locator('.role').innerText()).split(' ')
    cards.set(`${name} ${role}`, code.trim())
  }
  assert.equal(cards.size, 39)
  await look('cards', { office: page }, ['office'])
  await page.locator('[data-do=close-cards]').click()
})

step('everybody takes their place', async () => {
  on.chair = await screen(cards.get(`${members[0].name} 主持人`), 'desk')
  on.desk = await screen(server.code('operator'), 'desk')
  on.hall = await screen(server.code('hall'), 'wall')
  on.phone = await screen(code_of('1002'), 'phone', { url: cable.url })
  on.seat = await screen(code_of('1003'), 'desk')
  on.wide = await screen(code_of('1004'), 'wall', { language: 'en' })
  on.teller = await screen(cards.get('孟晓 计票人'), 'desk')
  on.teller_phone = await screen(cards.get('许静 计票人'), 'phone')
  guest = await screen(cards.get('公民代表 旁听'), 'desk')
  for (const { number } of [members[0], ...members.slice(4, 33)])
    lines.set(number, await Line.open(server, code_of(number)))
})

step('members sign in, one by video, one is on leave; the chair waits for the quorum', async () => {
  await on.desk.locator('[data-link-to=desk]').click()
  await on.desk.locator('[data-do=open-sign-in]').click()
  await shows(on.chair, '#step-note', '还差 18 人')
  for (const page of consoles()) await page.locator('[data-present=false] + button').click()
  await desk_row('1001').locator('[data-do=sign_in]').click()
  await desk_row('1035').locator('[data-do=sign_in_remote]').click()
  await desk_row('1034').locator('[data-do=leave]').click()
  await on.desk.locator('[data-do=reason]').fill('因病住院')
  await on.desk.getByRole('dialog').getByRole('button', { name: '请假' }).click()
  await shows(on.chair, '[data-count=present]', /^5$/)
  const [, ...others] = lines.values() // The first is the one who presides, signed in at the desk.
  const sitting = others[0].snapshot.sittings[0].id
  await Promise.all(others.map((line) => line.ask('attendance.sign_in', { sitting })))
  for (const page of [on.chair, on.desk, on.phone, on.hall])
    await shows(page, '[data-count=present]', /^34$/)
  await shows(desk_row('1034'), '.chip', '请假')
  await look('sign_in', on, ['desk', 'chair'])
  await take('open_sitting')
  for (const page of consoles()) await page.locator('[data-sitting-state=in_session]').waitFor()
})

step('the agenda is the first thing put to the vote', async () => {
  await take('open_vote')
  await on.phone.locator('[data-vote-state=open]').waitFor()
  await on.phone.getByRole('button', { name: '赞成' }).click()
  await on.seat.keyboard.press('1')
  await on.wide.getByRole('button', { name: 'Approve' }).click()
  assert.equal(await all_lines_cast('approve'), 30)
  // Whoever takes part by video raises a hand, which the tellers count.
  await shows(on.chair, '#step-note', '等待计票人报数')
  for (const teller of tellers()) await count_hands(teller, 1, 0, 0)
  await take('close_vote')
  await take('announce_vote')
  await result_on_all('passed', ['34', '0', '0', '0'])
  await guest.locator('[data-verdict=passed]').waitFor()
  assert.equal(await guest.locator('.key, [data-do=speak], [data-present]').count(), 0)
})

step('items that are only heard end without a vote, those under a heading one by one', async () => {
  for (const words of ['学习', '主任会议关于', '区人民政府关于提请', '区人民法院关于']) await hear_item(words)
})

step('members speak in turn; the chair extends and stops; an opinion ends the item', async () => {
  await take('activate_item')
  await take('deliberate')
  await on.phone.locator('[data-do=speak]').click()
  await shows(on.phone, '.place', '第 1 位')
  await on.seat.locator('[data-do=speak]').click()
  await shows(on.seat, '.place', '第 2 位（共 2 人）')
  await take('grant_floor')
  await on.phone.locator('[data-floor=speaking]').waitFor()
  await shows(on.hall, '[data-shown=speaker]', members[1].name)
  await look('speech', { chair: on.chair, phone: on.phone, seat: on.seat, hall: on.hall }, ['chair', 'hall'])
  await on.chair.locator('[data-do=extend_floor]').click()
  await shows(on.phone, '[data-floor=speaking]', /10:5\d/)
  await on.chair.locator('[data-do=stop]').click()
  await on.phone.locator('[data-floor=idle]').waitFor()
  await take('grant_floor')
  await on.seat.getByRole('button', { name: '发言完毕' }).click()
  await conclude_with('建议区人民政府加强整改跟踪。', '审计工作情况')
})

step('the secretary writes what was said, and the speaker signs it on the phone', async () => {
  await on.office.locator('[data-part=desk]').click()
  await on.office.locator('[data-tab=minutes]').click()
  const said = on.office.locator('[data-spoken]', { hasText: members[1].name })
  await said.locator('[data-do=write-minutes]').click()
  await said.locator('[data-do=minutes-text]').fill('建议对整改情况跟踪审计。')
  await said.locator('[data-do=store-minutes]').click()
  await said.locator('[data-minutes=unsigned]').waitFor()
  await shows(on.phone, '.minutes .words', '建议对整改情况跟踪审计。')
  await look('minutes', { office: on.office, phone: on.phone })
  await on.phone.getByLabel('我已核对，记录无误').check()
  await on.phone.locator('[data-do=sign]').click()
  await on.phone.locator('[data-do=sign]').waitFor({ state: 'detached' })
  await said.locator('[data-minutes=signed]').waitFor()
})

step('a recess has its reason, and ends with a fresh look at the quorum', async () => {
  await on.chair.locator('[data-do=recess]').click()
  await on.chair.getByLabel('理由').fill('休息十五分钟')
  await on.chair.reload()
  await on.chair.locator('[data-do=recess]').click()
  await on.chair.getByRole('dialog').getByRole('button', { name: '宣布休会' }).click()
  await shows(on.hall, '[data-shown=recess]', '休息十五分钟')
  await shows(on.phone, '.recess', '休息十五分钟')
  const wall = on.chair.locator('[data-screen=main]')
  await wall.locator('select').selectOption('message')
  await wall.getByLabel('要显示的文字').fill('请按时回到会场')
  await wall.getByRole('button', { name: '显示', exact: true }).click()
  await shows(on.hall, '[data-shown=message]', '请按时回到会场')
  await wall.locator('select').selectOption('automatic')
  await on.hall.locator('[data-shown=recess]').waitFor()
  await look('recess', { chair: on.chair, phone: on.phone, hall: on.hall })
  const sitting = lines.values().next().value.snapshot.sittings[0].id
  const gone = [...lines.values()].slice(-17)
  await Promise.all(gone.map((line) => line.ask('attendance.sign_out', { sitting })))
  await shows(on.chair, '#step-note', '还差 1 人')
  await Promise.all(gone.slice(0, -1).map((line) => line.ask('attendance.sign_in', { sitting })))
  await take('resume_sitting')
  await on.phone.locator('[data-sitting-state=in_session]').waitFor()
  await shows(on.chair, '[data-count=present]', /^33$/)
})

step('the other reports end with an opinion each; group deliberation is noted', async () => {
  for (const words of ['计划执行情况', '供水条例', '履职情况报告']) {
    await take('activate_item')
    await take('deliberate')
    await conclude_with('同意报告，转区人民政府研究处理。', words)
  }
  await hear_item('分组审议')
})

step('server killed and a cable cut in an open vote: nothing recorded is lost', async () => {
  await take('activate_item')
  await shows(on.phone, '.words', '本决议自通过之日起施行')
  await take('open_vote')
  await on.phone.locator('[data-vote-state=open]').waitFor()
  await on.phone.getByRole('button', { name: '赞成' }).click()
  await shows(on.phone, '.said', '已记录 赞成')
  await on.seat.keyboard.press('2')
  await shows(on.seat, '.said', '已记录 反对')
  const out = [...lines.keys()].at(-1) // Has not come back from the recess.
  const cast = await all_lines_cast('approve', [out])
  await shows(on.chair, '[data-received]', String(cast + 2))
  await look('vote', on, ['chair', 'phone', 'hall'])
  cable.cut()
  await on.phone.locator('[data-link=waiting]').waitFor()
  const cut_at = performance.now()
  await server.kill()
  await on.wide.locator('[data-link=waiting]').waitFor()
  await on.wide.keyboard.press('3')
  await shows(on.wide, '.said', 'has not reached the server')
  await on.hall.locator('[data-stale]').waitFor()
  await look('cut', { phone: on.phone }, ['phone'])
  await server.serve()
  await shows(on.wide, '.said', 'Recorded: Abstain')
  await on.hall.locator('[data-stale]').waitFor({ state: 'detached' })
  await seconds(Math.max(0, 10 - (performance.now() - cut_at) / 1000))
  await on.phone.locator('[data-link=waiting]').waitFor()
  cable.mend()
  for (const page of [on.chair, on.desk, on.office, ...consoles(), ...tellers()])
    await page.locator('[data-link=open]').waitFor({ timeout: 20_000 })
  await shows(on.phone, '.said', '已记录 赞成')
  await shows(on.seat, '.said', '已记录 反对')
  await shows(on.chair, '[data-received]', String(cast + 3))
})

step('the vote goes on where it stood, and passes', async () => {
  for (const teller of tellers()) await count_hands(teller, 1, 0, 0)
  await take('close_vote')
  await shows(on.chair, '[data-figure=approve]', /^31$/)
  assert.equal(await on.phone.locator('[data-verdict]').count(), 0)
  await take('announce_vote')
  await result_on_all('passed', ['31', '1', '1', '0'])
  await look('result', on, ['hall', 'phone', 'chair'])
})

step('a vote by hands closes only when two tellers agree', async () => {
  await take('activate_item')
  await take('open_vote')
  await shows(on.phone, '[data-way=hands]', '举手')
  await on.chair.locator('[data-do=hold]').click()
  await on.chair.getByLabel('理由').fill('请后排同志就座')
  await on.chair.getByRole('dialog').getByRole('button', { name: '暂停表决' }).click()
  await shows(on.teller, '.note', '表决已暂停')
  await take('resume_vote')
  await count_hands(on.teller, 31, 1, 1)
  await count_hands(on.teller_phone, 30, 1, 1)
  await on.chair.locator('[data-hands=differ]').waitFor()
  await shows(on.chair, '#step-note', '不一致')
  const { chair, phone, teller, teller_phone, hall } = on
  await look('hands', { chair, phone, teller, teller_phone, hall }, ['chair', 'teller_phone'])
  await count_hands(on.teller_phone, 31, 1, 1)
  await take('close_hands')
  await take('announce_vote')
  await result_on_all('passed', ['31', '1', '1', '0'])
})

step('silence adopts', async () => {
  await take('activate_item')
  await take('open_vote')
  await on.phone.locator('[data-do=object]').waitFor()
  await take('adopt_silently')
  await take('announce_vote')
  await result_on_all('adopted_no_objection')
})

step('an objection turns silence into a vote by console', async () => {
  await reopen_lines()
  await take('activate_item')
  await take('open_vote')
  await on.seat.locator('[data-do=object]').click()
  await on.seat.getByRole('dialog').getByRole('button', { name: '提出异议' }).click()
  await on.chair.locator('[data-objections="1"]').waitFor()
  await take('switch_to_console')
  for (const page of consoles()) await page.locator('.key.approve:not([aria-disabled=true])').waitFor()
  await on.phone.getByRole('button', { name: '赞成' }).click()
  await on.seat.keyboard.press('2')
  await on.wide.keyboard.press('3')
  await all_lines_cast('approve', [[...lines.keys()].at(-1)])
  for (const teller of tellers()) await count_hands(teller, 1, 0, 0)
  await take('close_vote')
  await take('announce_vote')
  await result_on_all('passed', ['31', '1', '1', '0'])
})

step('31 are left: nobody takes part by video any more', async () => {
  await desk_row('1035').locator('[data-do=sign_out]').click()
  const leaves = [...lines.keys()].at(-2)
  const sitting = lines.get(leaves).snapshot.sittings[0].id
  await lines.get(leaves).ask('attendance.sign_out', { sitting })
  await shows(on.chair, '[data-count=present]', /^31$/)
})

/** 31 press, each figure by so many; the chair opens, closes and announces with one press of a key each. */
async function put_person(title, [approve, oppose, abstain], when_closed) {
  await take('open_vote')
  const choices = [
    ...Array(approve).fill('approve'),
    ...Array(oppose).fill('oppose'),
    ...Array(abstain).fill('abstain'),
  ]
  // Three have a screen: they press the first choice, the last, and the first that differs.
  const on_screens = [[on.phone, choices.shift()], [on.wide, choices.pop()]]
  on_screens.push([on.seat, ...choices.splice(oppose > 0 ? approve - 1 : 0, 1)])
  const pressing = [...lines.values()].slice(0, choices.length)
  await Promise.all([
    ...on_screens.map(([page, choice]) => press(page, title, choice)),
    ...pressing.map(async (line, at) => {
      const is_it = (vote) => vote.state === 'open' && vote.title === title
      const vote = await line.until(() => [...line.votes.values()].find(is_it))
      await line.ask('vote.cast', { vote: vote.id, choice: choices[at] })
    }),
  ])
  await on.chair.locator('[data-received="31"]').waitFor()
  await take('close_vote')
  await when_closed?.()
  await take('announce_vote')
}

step('23 persons are put to the vote one after another; one of them is rejected', async () => {
  await take('activate_item')
  for (const title of appointments) {
    if (title !== rejected) {
      await put_person(title, [31, 0, 0])
      continue
    }
    await put_person(title, [17, 9, 5], () => look('appointment', { chair: on.chair }, ['chair']))
    await result_on_all('not_passed', ['17', '9', '5', '0'])
    await look('rejected', { hall: on.hall, phone: on.phone }, ['hall'])
  }
  await shows(on.chair, '[data-step]', '下一项')
})

step('letters of appointment are handed over', () => hear_item('颁发任命书'))

step('the reports on duties are graded on paper, which two tellers count', async () => {
  await take('activate_item')
  await take('open_vote')
  await shows(on.phone, '[data-way=paper]', '投入票箱')
  await shows(on.phone, '[data-ballot-paper]', reporters[0])
  const rows = [[25, 5, 1, 0], [10, 14, 6, 1], [6, 7, 18, 0]]
  await count_ballots(on.teller, { issued: 31, collected: 31, rows: [[24, 6, 1, 0], ...rows.slice(1)] })
  await count_ballots(on.teller_phone, { issued: 31, collected: 31, rows })
  await on.chair.locator('[data-ballots-state=differ]').waitFor()
  const { chair, phone, teller, teller_phone, hall } = on
  await look('grading', { chair, phone, teller, teller_phone, hall }, ['teller_phone'])
  await count_ballots(on.teller, { issued: 31, collected: 31, rows })
  await take('close_ballots')
  await take('announce_vote')
  for (const [at, verdict] of ['satisfied', 'basically_satisfied', 'unsatisfied'].entries())
    await on.phone.locator(`[data-object="${reporters[at]}"][data-verdict=${verdict}]`).waitFor()
  await on.hall.locator('[data-shown=result]').waitFor()
  await look('grades', { chair, phone, hall }, ['hall'])
  await hall.goto(new URL('/hall.html?lang=en', server.url).href)
  await shows(hall, '.grades', 'basically satisfied')
})

step('those appointed swear their oath', () => hear_item('宪法宣誓'))

step('the sitting and the meeting are closed', async () => {
  await take('close_sitting')
  await on.chair.getByRole('dialog').getByRole('button', { name: '散会' }).click()
  for (const page of [on.chair, ...consoles()])
    await page.locator('[data-sitting-state=closed]').waitFor()
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-do=close]').click()
  await on.office.getByRole('dialog').getByRole('button', { name: '闭会' }).click()
  await on.office.locator('[data-meeting-state=closed]').waitFor()
})

step('the record is exported from the office, and audited', async () => {
  await on.office.locator('[data-part=corrections]').click()
  const saving = on.office.waitForEvent('download')
  await on.office.locator('[data-do=export-bundle]').click()
  const bundle = join(server.folder, 'meeting.plenum')
  await (await saving).saveAs(bundle)
  await look('export', { office: on.office, chair: on.chair, phone: on.phone }, ['office'])
  const report = execFileSync(auditor, ['verify', bundle], { encoding: 'utf8' })
  for (const title of [...Object.values(votes), ...appointments])
    assert.match(report, new RegExp(title.replace(/[（）]/g, '.')))
})

step('the sheets are printed from the bundle; the table of the appointments lists who swears', () => {
  const out = join(server.folder, 'sheets')
  execFileSync(program, ['sheets', join(server.folder, 'meeting.plenum'), '--out', out])
  const [table, ...more] = readdirSync(out).filter((file) => /^series-.*html$/.test(file))
  assert.deepEqual(more, [])
  const html = readFileSync(join(out, table), 'utf8')
  for (const title of appointments) assert.ok(html.includes(`<th scope="row">${title}</th>`), title)
  const [, passed] = /<h3>.* 22<\/h3>\n<p>(.*)<\/p>/.exec(html)
  assert.deepEqual(passed.split('；'), appointments.filter((title) => title !== rejected))
})

step('no page complained: no script error, nothing the content policy forbade', () => {
  const serious = day.complaints.flat().filter((line) => !/WebSocket connection|net::ERR_/.test(line))
  assert.deepEqual(serious, [])
})
