// A town congress elects on paper, from the screens alone: rules adopted, scrutineers approved, an election
// that ends in a tie, the vote on it, projects, an evaluation, a series; then the sheet a chair signs. Two
// tellers count each box and have to agree.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { accessibility_findings, picture, shows, take_step } from './browser.mjs'
import { count_ballots, count_hands } from './counting.mjs'
import { Day, done } from './day.mjs'
import { code_for, form_body } from './motion.mjs'
import { begin_vote, put_grades, put_list, store_series, store_vote } from './office_votes.mjs'

const day = new Day('election')
/** What people look at: office, chair, tellers, seat, hall. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
const screen = (code, size) => day.screen(code, size)
const line = (code) => day.line(code)
const names = ['赵建国', '钱文静', '孙志远', '李晓燕', '周明', '吴立新', '郑海峰', '王丽', '冯涛']
let body
let sitting
let codes

const code_of = (role, name) => code_for(codes, role, name)

async function both_count(counted) {
  for (const teller of on.tellers) await count_ballots(teller, counted)
}

/** Opens the vote at hand, lets `counting` count it, closes and announces it. */
async function hold(counting) {
  await take_step(on.chair, 'open_vote')
  await counting()
  await take_step(on.chair, 'close_ballots')
  await take_step(on.chair, 'announce_vote')
}

before(async () => {
  if (day.skip) return
  await day.begin()
  const secretary = await line(server.code('secretary'))
  const members = names.map((name, index) => ({
    number: String(101 + index),
    name,
    group: index < 5 ? '第一代表团' : '第二代表团',
    seat: `1排${index + 1}号`,
  }))
  const made = { body_kind: 'town_congress', name: '试验镇人民代表大会', members }
  ;({ body, codes } = await form_body(secretary, made))
  on.office = await screen(server.code('secretary'))
})

after(() => day.end())

step('the office adopts the rules the congress votes by', async () => {
  await on.office.locator(`[data-body="${body}"]`).click()
  await on.office.locator('[data-do=rules]').click()
  await on.office.locator('[data-do=rule-book]').selectOption('cn.chongqing.town_congress')
  await on.office.locator('[data-do=rules-decided-by]').fill('第十九届人民代表大会第七次会议')
  await on.office.locator('[data-do=adopt-rules]').click()
  await done(on.office, '已采用')
  await shows(on.office, '[data-rules-in-force]', '重庆市乡镇人民代表大会')
  assert.deepEqual(await accessibility_findings(on.office), [])
  await picture(on.office, 'election_rules')
})

step('nine come, and the sitting opens', async () => {
  const secretary = day.lines[0]
  const made = await secretary.ask('meeting.create', {
    body,
    title: '第十九届第七次会议',
    term_no: 19,
    session_no: 7,
    quorum: { num: 2, den: 3, strict: false, base: 'all_members' },
    meeting_kind: 'town_congress',
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
  })
  sitting = (await secretary.ask('sitting.create', { meeting: made.seq, title: '第二次全体会议' })).seq
  await secretary.ask('sign_in.open', { sitting })
  const others = codes.filter(({ name, role }) => role === 'delegate' && name !== names[0])
  assert.equal(others.length, names.length - 1)
  for (const { code } of others) await (await line(code)).ask('attendance.sign_in', { sitting })
  on.chair = await screen(code_of('chair'), { width: 1280, height: 900 })
  on.hall = await screen(server.code('hall'), { width: 1920, height: 1080 })
  on.tellers = [await screen(code_of('teller', '孟晓')), await screen(code_of('teller', '许静'))]
  on.seat = await screen(code_of('delegate', names[0]), { width: 390, height: 844 })
  await on.seat.getByRole('button', { name: '签到', exact: true }).click()
  await take_step(on.chair, 'open_sitting')
  await on.office.reload() // The meeting was called by other means than this page.
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-meeting]').first().click()
  await on.office.locator('[data-tab=votes]').click()
})

step('an election does not open before the assembly has approved scrutineers', async () => {
  await begin_vote(on.office, '选举')
  await put_list(on.office, 'differential_election', ['钱文静', '孙志远', '李晓燕'], 2)
  await on.office.locator('[data-do=extra-basis]').selectOption('deputy_chief')
  await shows(on.office, '[data-extra]', '3 至 5 名')
  await picture(on.office, 'election_form')
  await store_vote(on.office, '选举副镇长')
  await on.chair.locator('[data-step=open_vote][aria-disabled=false]').click()
  await shows(on.chair, '[role=alert]', '监票人')
})

step('scrutineers are approved without objection and recorded', async () => {
  await begin_vote(on.office, '无异议')
  await store_vote(on.office, '监票人名单（草案）')
  const list = on.chair.locator('[data-other-step], [data-step]')
  await list.first().waitFor()
  const lines_chair = await line(code_of('chair'))
  const prepared = await lines_chair.until(() =>
    [...lines_chair.votes.values()].find((vote) => vote.title.startsWith('监票人')),
  )
  await lines_chair.ask('vote.open', { vote: prepared.id })
  await take_step(on.chair, 'adopt_silently')
  await take_step(on.chair, 'announce_vote')
  await on.chair.locator('[data-do=scrutineers]').click()
  const dialog = on.chair.getByRole('dialog')
  await dialog.getByLabel('周明').check()
  await dialog.getByLabel('吴立新').check()
  await picture(on.chair, 'election_scrutineers')
  // Up to two hundred are ticked: a dialog that closed, as it does when the server refuses, has them still.
  await dialog.getByRole('button', { name: '取消' }).click()
  await on.chair.locator('[data-do=scrutineers]').click()
  assert.equal(await dialog.getByLabel('周明').isChecked(), true)
  await dialog.getByRole('button', { name: '登记 2 名' }).click()
})

step('a tie at the last place is counted by two tellers who first differ', async () => {
  await take_step(on.chair, 'open_vote')
  await shows(on.seat, '[data-way=paper]', '投入票箱')
  await shows(on.seat, '[data-ballot-paper]', '李晓燕')
  const box = { issued: 9, collected: 9, invalid: 0 }
  const [first, second] = on.tellers
  await count_ballots(first, { ...box, rows: [[8, 1, 0], [5, 4, 0], [4, 4, 1]] })
  await count_ballots(second, { ...box, rows: [[8, 1, 0], [5, 4, 0], [5, 3, 1]] })
  await on.chair.locator('[data-ballots-state=differ]').waitFor()
  assert.equal(await on.chair.locator('[data-step=close_ballots]').getAttribute('aria-disabled'), 'true')
  await picture(on.chair, 'election_differ')
  await picture(second, 'election_teller')
  assert.deepEqual(await accessibility_findings(second), [])
  // Held and resumed, it is counted anew: nobody sends the figures of before once more by one press.
  await on.chair.locator('[data-do=hold]').click()
  await on.chair.getByLabel('理由').fill('重新清点')
  await on.chair.getByRole('dialog').getByRole('button', { name: '暂停表决' }).click()
  await on.chair.locator('[data-step=resume_vote]').waitFor()
  await shows(on.chair, '.script', '现在恢复投票')
  await take_step(on.chair, 'resume_vote')
  await on.chair.locator('[data-ballots-state=waiting]').waitFor()
  for (const teller of on.tellers) {
    await teller.locator('[data-sent]').waitFor({ state: 'detached' })
    assert.equal(await teller.locator('#ballots-issued').inputValue(), '')
    assert.equal(await teller.locator('#ballots-0-0').inputValue(), '')
  }
  await both_count({ ...box, rows: [[8, 1, 0], [5, 4, 0], [5, 3, 1]] })
  await on.chair.locator('[data-ballots-state=agreed]').waitFor()
  await take_step(on.chair, 'close_ballots')
  await shows(on.chair, '.script', '钱文静当选')
  await take_step(on.chair, 'announce_vote')
  await shows(on.seat, '[data-places=tie_revote_needed]', '再次投票')
  await shows(on.hall, '.lines .elected', '钱文静')
  await picture(on.hall, 'election_hall')
  await picture(on.chair, 'election_result')
})

step('the office prepares the vote on the tie, and the higher number wins', async () => {
  await on.office.locator('[data-do=after]').click()
  assert.equal(await on.office.locator('[data-do=names]').inputValue(), '孙志远\n李晓燕')
  await store_vote(on.office)
  await hold(() => both_count({ issued: 9, collected: 9, invalid: 1, rows: [[3, 0, 0], [5, 0, 0]] }))
  await shows(on.seat, '[data-places=complete] [data-standing=elected]', '李晓燕')
})

step('projects are chosen by marks alone', async () => {
  await begin_vote(on.office, '民生实事')
  await put_list(on.office, 'projects', ['修路', '建桥', '架灯'], 2)
  await store_vote(on.office, '票决民生实事项目')
  await hold(() => both_count({ issued: 9, collected: 9, invalid: 0, rows: [[8], [6], [3]] }))
  await shows(on.seat, '[data-places=complete]', '入选')
  await picture(on.seat, 'election_projects')
})

step('more ballots than were given out void an evaluation, which is then taken again', async () => {
  await begin_vote(on.office, '满意度')
  await put_grades(on.office, ['财政所', '派出所'])
  await store_vote(on.office, '满意度测评')
  await hold(async () => {
    await both_count({ issued: 8, collected: 9, rows: [[6, 2, 1, 0], [5, 2, 2, 0]] })
    await shows(on.tellers[0], '[data-void]', '收回多于发出')
  })
  await shows(on.chair, '[data-verdict=void_more_collected]', '无效')
  await take_step(on.chair, 'retry_vote')
  await hold(() => both_count({ issued: 9, collected: 9, rows: [[6, 2, 1, 0], [3, 2, 4, 0]] }))
  await shows(on.seat, '[data-object=财政所][data-verdict=satisfied]', '满意')
  await shows(on.seat, '[data-object=派出所][data-verdict=basically_satisfied]', '基本满意')
  await picture(on.hall, 'election_grades')
})

step('a series is put one after another with one key press each', async () => {
  await begin_vote(on.office, '举手')
  await store_series(on.office, ['通过政府工作报告的决议', '通过预算报告的决议'])
  for (const approve of [8, 4]) {
    await take_step(on.chair, 'open_vote')
    for (const teller of on.tellers) await count_hands(teller, approve, 1, 0)
    await take_step(on.chair, 'close_hands')
    await take_step(on.chair, 'announce_vote')
  }
  await shows(on.chair, '[data-verdict=not_passed]', '未通过')
})

step('the sheet of a result opens beside the panel, and another rule needs a decision', async () => {
  const opening = on.chair.context().waitForEvent('page')
  await on.chair.locator('[data-do=sheet]').click()
  const sheet = await opening
  await sheet.getByText('表决结果单').waitFor()
  await shows(sheet, 'body', '通过预算报告的决议')
  await picture(sheet, 'election_sheet')
  const opening_series = on.chair.context().waitForEvent('page')
  await on.chair.locator('[data-do=series-sheet]').click()
  const series = await opening_series
  await series.getByText('表决结果汇总').waitFor()
  await shows(series, 'tr', '通过政府工作报告的决议')
  await picture(series, 'election_series_sheet')
  await on.office.locator('[data-do=prepare-vote]').click()
  await on.office.locator('[data-do=rule]').selectOption('other')
  await on.office.locator('[data-do=vote-title]').fill('另一规则')
  await on.office.locator('[data-do=vote-text]').fill('另一规则')
  await on.office.locator('[data-do=departs-by]').waitFor()
  assert.equal(await on.office.locator('[data-do=store-vote]').isDisabled(), true)
  await on.office.locator('[data-do=departs-by]').fill('主席团')
  await on.office.locator('[data-do=departs-reason]').fill('本次另有规定')
  await on.office.locator('[data-do=store-vote]').click()
  await done(on.office, '已准备')
})

step('the record of the day verifies, and every sheet of it is printed from the bundle', async () => {
  for (const one of day.complaints) assert.deepEqual(one, [])
  const bundle = join(server.folder, 'day.plenum')
  execFileSync(day.program, ['export', '--data', server.data, '--out', bundle])
  execFileSync(join(day.program, '..', 'plenum-audit'), ['verify', bundle])
  const out = join(server.folder, 'sheets')
  execFileSync(day.program, ['sheets', bundle, '--out', out])
  const files = readdirSync(out)
  assert.equal(files.filter((file) => /^series-.*html$/.test(file)).length, 1)
  assert.equal(files.filter((file) => /^series-.*json$/.test(file)).length, 1)
  const texts = files
    .filter((file) => /^sheet-.*html$/.test(file))
    .map((file) => readFileSync(join(out, file), 'utf8'))
  const of = (title) => texts.find((text) => text.includes(`<h2>${title}</h2>`))
  assert.match(of('选举副镇长'), /票数相等，再次投票/)
  assert.match(of('票决民生实事项目'), /入选/)
  assert.ok(texts.some((text) => text.includes('收回多于发出，无效')))
})
