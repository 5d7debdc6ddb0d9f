// Suggestions and joint signatures on real screens and a real server: one is handed in, answered, evaluated,
// delivered and evaluated again; one deputy stays silent after the reminder and is left out of the rates; a
// bill finds its signatures, is handed in and stands on the agenda. An auditor agrees with all of it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before } from 'node:test'
import { accessibility_findings, overflow_px, shows } from './browser.mjs'
import { invented_names } from './committee.mjs'
import { confirm, Day, done } from './day.mjs'
import { call_meeting, code_for, form_body } from './motion.mjs'
import { find_plenum } from './real_server.mjs'

const program = find_plenum()
const auditor = program && join(dirname(program), 'plenum-audit')
const day = new Day('duties', auditor && !existsSync(auditor) ? 'plenum-audit is not built' : false)
/** What people look at: office, lead, signer. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
const names = invented_names(9)
/** The chair, who leads the suggestion, who signs it, and one who says nothing. */
const [, lead, signer, silent] = names
const bill = '关于修订村镇供水管理办法的议案'
const number = '第001号'
const late_number = '第002号'
let body
let codes
let secretary
/** Consoles without a screen, by name. */
const seats = new Map()

const person = (name) => codes.find((one) => one.name === name).person
const on_card = (page) => page.locator('[data-suggestion]', { hasText: number })
const in_office = (words) => on.office.locator('[data-suggestion]', { hasText: words })
/** A figure of the evaluation that goes on. */
const figure = (stage, name) => on.office.locator(`[data-round=${stage}] [data-figure=${name}]`)

before(async () => {
  if (day.skip) return
  await day.begin()
  secretary = await day.line(server.code('secretary'))
  const members = names.map((name, at) => ({ number: String(101 + at), name, group: '', seat: `${at + 1}号` }))
  const congress = { body_kind: 'town_congress', name: '龙水镇人民代表大会', members }
  ;({ body, codes } = await form_body(secretary, congress))
  await call_meeting(secretary, { body, title: '第十九届第四次会议', meeting_kind: 'congress_session' })
  on.office = await day.screen(server.code('secretary'), { width: 1280, height: 900 })
  await on.office.locator('[data-part=suggestions]').click()
  for (const [who, name, size] of [['lead', lead, { width: 390, height: 844 }], ['signer', signer, {}]]) {
    on[who] = await day.screen(code_for(codes, 'delegate', name), size)
    await on[who].locator('[data-do=duties]').click()
  }
  for (const name of names.slice(3)) seats.set(name, await day.line(code_for(codes, 'delegate', name)))
})

after(() => day.end())

step('the office registers a suggestion, and those who made it have it before them', async () => {
  const page = on.office
  await page.locator('[data-do=new-suggestion]').click()
  await page.locator('[data-do=suggestion-number]').fill(number)
  await page.locator('[data-do=suggestion-title]').fill('关于修缮山区公路的建议')
  await page.locator('[data-do=suggestion-lead]:not([disabled])').fill('102')
  await page.locator('[data-do=suggestion-signers]').fill(signer)
  await page.locator('[data-do=suggestion-unit]').fill('区交通局')
  await page.locator('[data-do=paper-text]').fill('龙水镇至宝顶镇的山区公路年久失修。')
  await page.locator('[data-do=register-suggestion]').click()
  await done(page, `已登记建议 ${number}`)
  for (const who of [on.lead, on.signer])
    await who.locator('[data-suggestion][data-phase=awaiting_reply]').waitFor()
})

/** Records an answer of this stage in the office. */
async function answer(stage, words, reply_class = null) {
  const row = in_office(number)
  const heading = row.locator('.textlink').first()
  if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click()
  await row.locator(`[data-do=answer-${stage}]`).click()
  if (reply_class) await row.locator('[data-do=reply-class]').selectOption(reply_class)
  await row.locator('[data-do=paper-text]').fill(words)
  await row.locator('[data-do=record-answer]').click()
  await done(on.office, `已记录建议 ${number} 的答复`)
}

/** The lead deputy says by name what it was worth. */
async function evaluate(grade, reason = '') {
  const card = on_card(on.lead)
  await card.locator(`input[value=${grade}]`).check()
  if (reason) await card.locator('[data-do=reason]').fill(reason)
  await card.locator('[data-do=evaluate]').click()
  await on.lead.locator('dialog button[type=submit]').click()
}

step('the reply promises something, and the lead deputy alone evaluates it', async () => {
  await answer('reply', '列入明年计划。', 'in_progress')
  await on_card(on.lead).and(on.lead.locator('[data-phase=being_evaluated]')).waitFor()
  await shows(on.signer, '[data-suggestion]', '由领衔代表评价')
  assert.equal(await on_card(on.signer).locator('[data-do=evaluate]').count(), 0)
  await shows(on.office, '[data-round=reply]', '还有 1 件未评价')
  assert.equal(await on.office.locator('[data-round=reply] [data-do=conclude]').isDisabled(), true)
  await evaluate('basically_satisfied')
  await on_card(on.lead).and(on.lead.locator('[data-phase=awaiting_delivery]')).waitFor()
  await figure('reply', 'basically_satisfied').filter({ hasText: /^1$/ }).waitFor()
})

step('what was delivered is evaluated too, and done again where it does not satisfy', async () => {
  await answer('delivery', '已修缮三公里。')
  await evaluate('unsatisfied', '还有五公里没有护栏')
  await on_card(on.signer).and(on.signer.locator('[data-phase=to_redo]')).waitFor()
  await shows(on.office, '[data-suggestion]', '还有五公里没有护栏')
  await answer('delivery', '护栏已全部装好。')
  await evaluate('satisfied')
  for (const page of [on.lead, on.signer]) await page.locator('[data-phase=settled]').waitFor()
  await figure('delivery', 'satisfied').filter({ hasText: /^1$/ }).waitFor()
})

step('whoever stays silent after the reminder is left out of the rates', async () => {
  // Dates on the screen end with a day; so that the test need not wait for midnight, these are short.
  const soon_ms = (ms) => Date.now() + ms
  const { seq: suggestion } = await secretary.ask('suggestion.register', {
    body,
    number: late_number,
    title: '关于增设公交站的建议',
    text: '村口没有公交站。',
    text_digest: null,
    lead: person(silent),
    signers: [],
    responsible_body: '区交通局',
    due_at_ms: soon_ms(600_000),
  })
  await secretary.ask('suggestion.answer', {
    suggestion,
    stage: 'reply',
    reply_class: 'solved',
    document: '已增设。',
    document_digest: null,
    evaluate_by_ms: soon_ms(300),
    deliver_by_ms: null,
  })
  await in_office(late_number).locator('.textlink').first().click()
  await in_office(late_number).locator('[data-do=remind]').waitFor()
  await shows(on.office, '[data-round=reply]', '还有 1 件未评价')
  await secretary.ask('suggestion.remind', { suggestion, evaluate_by_ms: soon_ms(1_500) })
  // The clock alone does it: nothing else happens in the record meanwhile.
  await on.office.locator('[data-wanted=excluded]').waitFor()
  await figure('reply', 'excluded').filter({ hasText: /^1$/ }).waitFor()
  await assert.rejects(
    seats.get(silent).ask('suggestion.evaluate', { suggestion, grade: 'satisfied', reason: '' }),
    /经提醒仍未评价/,
  )
  await on.office.locator('[data-round=reply] [data-do=conclude]:not([disabled])').click()
  await confirm(on.office, '结束本次评价')
  await done(on.office, '评价统计已记录')
  await shows(on.office, 'details', '第一次评价（答复）')
})

step('a reminder with a date is recorded from the screen', async () => {
  const { seq: suggestion } = await secretary.ask('suggestion.register', {
    body,
    number: '第003号',
    title: '关于村道照明的建议',
    text: '夜间没有路灯。',
    text_digest: null,
    lead: person(silent),
    signers: [],
    responsible_body: '区交通局',
    due_at_ms: Date.now() + 600_000,
  })
  const short = { reply_class: 'solved', document: '已安装。', document_digest: null, deliver_by_ms: null }
  const evaluate_by_ms = Date.now() + 300
  await secretary.ask('suggestion.answer', { suggestion, stage: 'reply', evaluate_by_ms, ...short })
  const row = in_office('第003号')
  await row.locator('.textlink').first().click()
  await row.locator('[data-do=remind]').click()
  await done(on.office, '建议 第003号 已催办')
  await row.locator('[data-do=remind]').waitFor({ state: 'detached' })
})

step('a bill finds its signatures; of whoever is suspended none counts', async () => {
  for (const page of [on.lead, on.signer]) await page.locator('[data-part=petitions]').click()
  await on.lead.locator('[data-do=new-petition]').click()
  await on.lead.locator('[data-do=petition-title]').fill(bill)
  await on.lead.locator('[data-do=petition-text]').fill('案由、案据和方案。')
  await on.lead.locator('[data-do=open-petition]').click()
  await on.signer.locator('[data-petition] [data-do=sign]').click()
  await on.signer.locator('[data-petition] [data-do=take-back]').waitFor()
  const petition = Number(await on.lead.locator('[data-petition]').getAttribute('data-petition'))
  const others = names.slice(3, 6)
  for (const name of others) await seats.get(name).ask('petition.sign', { petition })
  await shows(on.lead, '[data-petition]', '已联名 5 人，须 5 人')
  const decision = { body, person: person(others[0]), decided_by: '镇人民代表大会主席团' }
  await secretary.ask('member.suspend', { ...decision, reason: '被立案调查' })
  await on.lead.locator('[data-petition] [data-have="4"]').waitFor()
  assert.equal(await on.lead.locator('[data-do=hand-in]').isDisabled(), true)
  await assert.rejects(seats.get(others[0]).ask('petition.withdraw_signature', { petition }), /暂停执行代表职务/)
  await secretary.ask('member.reinstate', { ...decision, reason: '不予起诉' })
  await on.signer.locator('[data-petition] [data-have="5"]').waitFor()
})

step('it is handed in and becomes an item of the agenda', async () => {
  await on.lead.locator('[data-do=hand-in]:not([disabled])').click()
  await on.lead.locator('dialog button[type=submit]').click()
  await on.signer.locator('[data-petition][data-state=handed_in]').waitFor()
  assert.equal(await on.signer.locator('[data-petition] button').count(), 0)
  await on.office.locator('[data-tab=petitions]').click()
  await on.office.locator('[data-petition]', { hasText: bill }).locator('[data-do=put-on-agenda]').click()
  await done(on.office, `“${bill}”已列入议程草案`)
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-meeting]').first().click()
  await shows(on.office, '[data-item]', bill)
  const later = await day.line(code_for(codes, 'chair'))
  const [agenda] = later.snapshot.agendas
  assert.deepEqual(
    agenda.items.map(({ title, presenter, state }) => ({ title, presenter, state })),
    [{ title: bill, presenter: lead, state: 'draft' }],
  )
})

step('nothing sticks out, and axe finds nothing', async () => {
  for (const page of [on.office, on.lead, on.signer]) {
    assert.equal(await overflow_px(page), 0)
    assert.deepEqual(await accessibility_findings(page), [])
  }
  assert.deepEqual(day.complaints.flat(), [])
})

step('an auditor agrees with the record', () => {
  const bundle = join(server.folder, 'duties.plenum')
  execFileSync(program, ['export', '--data', server.data, '--out', bundle])
  const report = JSON.parse(execFileSync(auditor, ['verify', '--json', bundle], { encoding: 'utf8' }))
  assert.equal(report.ok, true)
  assert.deepEqual(report.findings.filter(({ severity }) => severity !== 'notice'), [])
})
