// The day on which a congress elects, on real screens and a real server: scrutineers approved, an election
// with a tie and the vote on it, one that leaves a place empty and the separate election for it, ten projects
// evaluated, ten chosen of twelve, ten put each by itself, six resolutions one after another at consoles, the
// oath. Every result sheet is one page of A4, and an auditor finds every figure that the tellers found.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import { picture, shows, take_step } from './browser.mjs'
import {
  agenda_table,
  body,
  council,
  each_project,
  evaluation,
  items,
  members,
  needed,
  present,
  projects,
  resolutions,
  scrutineers,
  vice_chairs,
} from './congress.mjs'
import { count_ballots, count_hands } from './counting.mjs'
import { Day, done } from './day.mjs'
import { look } from './moments.mjs'
import { code_for, form_body } from './motion.mjs'
import { begin_vote, put_grades, put_list, store_series, store_vote } from './office_votes.mjs'
import { misfit_of_a4 } from './printing.mjs'
import { find_plenum } from './real_server.mjs'

const program = find_plenum()
const auditor = program && join(dirname(program), 'plenum-audit')
const day = new Day('congress', auditor && !existsSync(auditor) ? 'plenum-audit is not built' : false)
/** What people look at: office, chair, tellers, phone, seat, hall. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
const take = (name) => take_step(on.chair, name)
/** Consoles without a screen. */
const lines = []
let codes

/** Both tellers fill in the same figures, side by side. */
function both_count(counted) {
  return Promise.all(on.tellers.map((teller) => count_ballots(teller, counted)))
}

/** The vote of this title is held on paper and counted by both tellers; looked at open, and closed. */
async function hold(title, counted, { when_open, when_closed } = {}) {
  await shows(on.chair, '.next .subject', title)
  await take('open_vote')
  await when_open?.()
  await both_count(counted)
  await take('close_ballots')
  await when_closed?.()
  await take('announce_vote')
}

/** Looks at what these have before them, as a moment of this day. */
function look_at(moment, pages) {
  return look(moment, pages, [], 'congress')
}

/** The row of a vote in the office. */
function in_office(title) {
  return on.office.locator('[data-vote]').filter({ has: on.office.locator(`b:text-is("${title}")`) })
}

before(async () => {
  if (day.skip) return
  await day.begin()
  const secretary = await day.line(server.code('secretary'))
  const made = await form_body(secretary, { body_kind: 'congress', name: body, members })
  codes = made.codes
  on.office = await day.screen(server.code('secretary'), { width: 1280, height: 900 })
})

after(() => day.end())

step('the congress adopts its rules, and its meeting has the agenda of the day', async () => {
  const page = on.office
  await page.locator('[data-body]', { hasText: body }).click()
  await page.locator('[data-do=rules]').click()
  await page.locator('[data-do=rule-book]').selectOption('cn.chongqing.congress')
  await page.locator('[data-do=rules-decided-by]').fill('第十九届人民代表大会第四次会议预备会议')
  // The election method of the session says what the law leaves open.
  await page.locator('[data-provisions] summary').click()
  await page.locator('[data-provision=blank]').selectOption('abstain')
  await page.locator('[data-provision=tie_again]').selectOption('presidium')
  await page.locator('[data-provision=scrutineers_min]').fill('2')
  await page.locator('[data-provision=scrutineers_min]').blur()
  await look_at('election_method', { office: page })
  await page.locator('[data-do=adopt-rules]').click()
  await done(page, '已采用')
  await shows(page, '[data-rules-in-force]', '本机构')
  await shows(page, '[data-provided="cn.chongqing.congress.election"]', '再次投票又相等：由主席团决定')
  await page.locator('[data-part=meetings]').click()
  await page.locator('[data-do=new-meeting]').click()
  await page.locator('[data-do=sittings]').fill('第三次全体会议')
  await page.getByLabel(/带入 \d+ 项议程/).uncheck()
  await page.locator('[data-do=create-meeting]').click()
  await done(page, '会议已建立')
  await page.locator('[data-do=import-agenda]').click()
  await page.locator('[data-do=paste]').fill(agenda_table)
  await page.locator('[data-do=take-pasted]').click()
  await page.locator('[data-do=store-agenda]:not([disabled])').click()
  await page.locator('[data-item]').nth(Object.keys(items).length - 1).waitFor()
})

step('every vote of the day is prepared in the office', async () => {
  const page = on.office
  await page.locator('[data-tab=votes]').click()
  await begin_vote(page, '举手表决', items.method)
  await store_vote(page, '选举办法（草案）')
  await begin_vote(page, '无异议', items.scrutineers)
  await store_vote(page, '监票人、总监票人名单（草案）')
  await begin_vote(page, '选举', items.election)
  await put_list(page, 'differential_election', vice_chairs.names, vice_chairs.seats)
  await page.locator('[data-do=extra-basis]').selectOption('deputy_chief')
  await store_vote(page, vice_chairs.title)
  await begin_vote(page, '选举', items.election)
  await put_list(page, 'differential_election', council.names, council.seats)
  await page.locator('[data-do=extra-basis]').selectOption('members')
  await shows(page, '[data-extra]', '6')
  assert.equal(await page.locator('[data-do=write-in]').isDisabled(), true)
  assert.equal(await page.locator('[data-do=blank]').isDisabled(), true)
  await shows(page, '[data-provided]', '由所选规则规定')
  await look_at('list_form', { office: page })
  await store_vote(page, council.title)
  await begin_vote(page, '满意度测评', items.evaluation)
  await put_grades(page, evaluation.objects)
  await store_vote(page, evaluation.title)
  await begin_vote(page, '民生实事', items.projects)
  await put_list(page, 'projects', projects.names, projects.seats)
  await store_vote(page, projects.title)
  await begin_vote(page, '民生实事', items.each)
  await store_series(page, each_project.map(({ title }) => title))
  await begin_vote(page, '议案表决', items.resolutions)
  await store_series(page, resolutions.map(({ title }) => title))
  await in_office(resolutions.at(-1).title).waitFor()
})

step('fifty-seven of sixty come, and adopt the agenda', async () => {
  on.chair = await day.screen(code_for(codes, 'chair'), { width: 1280, height: 900 })
  on.hall = await day.screen(server.code('hall'), { width: 1920, height: 1080 })
  on.tellers = [
    await day.screen(code_for(codes, 'teller', '孟晓')),
    await day.screen(code_for(codes, 'teller', '许静'), { width: 390, height: 844 }),
  ]
  const coming = members.slice(0, present).map(({ name }) => code_for(codes, 'delegate', name))
  const [first, second, ...others] = coming
  on.phone = await day.screen(first, { width: 390, height: 844 })
  on.seat = await day.screen(second, { language: 'en' })
  for (const code of others) lines.push(await day.line(code))
  const sitting = lines[0].snapshot.sittings[0].id
  await day.lines[0].ask('sign_in.open', { sitting })
  for (const page of [on.phone, on.seat]) await page.locator('[data-present=false] + button').click()
  await Promise.all(lines.map((line) => line.ask('attendance.sign_in', { sitting })))
  await shows(on.chair, '[data-count=present]', new RegExp(`^${present}$`))
  await take('open_sitting')
  await take('adopt_agenda')
})

step('the election method is adopted by hands', async () => {
  await take('activate_item')
  await take('open_vote')
  for (const teller of on.tellers) await count_hands(teller, 55, 1, 1)
  await take('close_hands')
  await take('announce_vote')
  await on.phone.locator('[data-verdict=passed]').waitFor()
})

step('scrutineers are approved in silence, and named before anybody is elected', async () => {
  await take('activate_item')
  await take('open_vote')
  await take('adopt_silently')
  await take('announce_vote')
  await on.chair.locator('[data-do=scrutineers]').click()
  const dialog = on.chair.getByRole('dialog')
  for (const name of scrutineers) await dialog.getByLabel(name).check()
  await dialog.getByRole('button', { name: `登记 ${scrutineers.length} 名` }).click()
  await dialog.waitFor({ state: 'detached' })
})

step('one vice-chair is elected, and two are equal at the second place', async () => {
  await take('activate_item')
  const when_closed = async () => {
    await on.chair.locator('[data-places=tie_revote_needed]').waitFor()
    await shows(on.chair, '.script', `${vice_chairs.names[0]}当选`)
    await shows(on.chair, '.ballots', scrutineers[0])
    // Nobody is waited for any more.
    assert.equal(await on.chair.locator('[data-ballots-state=waiting]').count(), 0)
  }
  await hold(vice_chairs.title, vice_chairs.box, { when_closed })
  await shows(on.phone, '[data-places=tie_revote_needed]', '再次投票')
  await shows(on.hall, '.lines .elected', vice_chairs.names[0])
  await look_at('tie', { hall: on.hall, phone: on.phone, chair: on.chair, seat: on.seat })
})

step('four members are elected, and a place is left', async () => {
  await hold(council.title, council.box)
  for (const page of [on.phone, on.chair])
    await shows(page, '[data-places=shortfall_separate_election]', '另行选举')
  await shows(on.phone, '[data-places]', `须得 ${needed} 票`)
  await on.hall.locator('[data-shown=result]').waitFor()
  await look_at('shortfall', { hall: on.hall, phone: on.phone })
})

step('the two who are equal are voted on again, and the higher number has the place', async () => {
  await in_office(vice_chairs.title).locator('[data-do=after]').click()
  await store_vote(on.office)
  await hold(`${vice_chairs.title}·再次投票`, vice_chairs.again)
  await shows(on.phone, '[data-places=complete] [data-standing=elected]', vice_chairs.names[2])
})

step('the place that was left is filled by an election of its own', async () => {
  await in_office(council.title).locator('[data-do=after]').click()
  assert.equal(await on.office.locator('[data-do=names]').inputValue(), council.names.slice(4).join('\n'))
  await look_at('after_form', { office: on.office })
  await store_vote(on.office)
  await hold(`${council.title}·另行选举`, council.again)
  await shows(on.phone, '[data-places=complete] [data-standing=elected]', council.names[4])
})

step('ten projects are evaluated on one sheet, each with a verdict of its own', async () => {
  await take('activate_item')
  const box = { issued: present, collected: present, rows: evaluation.rows }
  const when_open = async () => {
    await on.tellers[1].locator('[data-ballots]').waitFor()
    await look_at('grading', { teller: on.tellers[1], hall: on.hall, phone: on.phone })
  }
  await hold(evaluation.title, box, { when_open })
  for (const [at, object] of evaluation.objects.entries())
    await on.phone.locator(`[data-object="${object}"][data-verdict=${evaluation.verdicts[at]}]`).waitFor()
  await on.hall.locator('[data-shown=result]').waitFor()
  await look_at('evaluated', { hall: on.hall, phone: on.phone, chair: on.chair })
})

step('ten projects are chosen of twelve', async () => {
  await take('activate_item')
  await hold(projects.title, { issued: present, collected: present, invalid: 0, rows: projects.rows })
  await on.phone.locator('[data-places=complete]').waitFor()
  assert.equal(await on.phone.locator('[data-standing=elected]').count(), projects.seats)
  await on.hall.locator('[data-shown=result]').waitFor()
  await look_at('chosen', { hall: on.hall, phone: on.phone, chair: on.chair })
})

step('ten more are put each by itself; exactly half is not enough', async () => {
  await take('activate_item')
  for (const { title, row } of each_project) {
    await hold(title, { issued: present, collected: present, invalid: 0, rows: [row] })
    const verdict = row[0] >= needed ? 'passed' : 'not_passed'
    await on.phone.locator(`[data-verdict=${verdict}]`).first().waitFor()
  }
})

/** What each of those present presses; null for whoever presses nothing. */
function presses([approve, oppose, abstain]) {
  const pressed = [['approve', approve], ['oppose', oppose], ['abstain', abstain]]
  const all = pressed.flatMap(([choice, count]) => Array(count).fill(choice))
  return [...all, ...Array(present - all.length).fill(null)]
}

/** All press, two of them on a screen: the chair opens, closes and announces with one press each. */
async function put_resolution({ title, figures }) {
  await shows(on.chair, '.next .subject', title)
  await take('open_vote')
  const [first, second, ...others] = presses(figures)
  const is_it = (vote) => vote.state === 'open' && vote.title === title
  const keys = { approve: '1', oppose: '2', abstain: '3' }
  await Promise.all([
    ...[[on.phone, first], [on.seat, second]].map(async ([page, choice]) => {
      await shows(page, 'h1, h2', title)
      await page.locator(`.key.${choice}:not([aria-disabled=true])`).waitFor()
      await page.keyboard.press(keys[choice])
    }),
    ...others.map(async (choice, at) => {
      const line = lines[at]
      const vote = await line.until(() => [...line.votes.values()].find(is_it))
      if (choice) await line.ask('vote.cast', { vote: vote.id, choice })
    }),
  ])
  const [approve, oppose, abstain] = figures
  await on.chair.locator(`[data-received="${approve + oppose + abstain}"]`).waitFor()
  await take('close_vote')
  await take('announce_vote')
  const shown = [...figures, present - approve - oppose - abstain].map(String)
  await on.phone.locator(`[data-verdict=${approve >= needed ? 'passed' : 'not_passed'}]`).first().waitFor()
  assert.deepEqual(await on.phone.locator('[data-figure]').allTextContents(), shown)
}

step('six resolutions are put one after another at the consoles', async () => {
  await take('activate_item')
  for (const resolution of resolutions) await put_resolution(resolution)
  await on.hall.locator('[data-shown=result]').waitFor()
  await look_at('resolution', { hall: on.hall, phone: on.phone, chair: on.chair, seat: on.seat })
})

step('those elected swear the oath, and the sitting is closed', async () => {
  await take('activate_item')
  await on.chair.locator('[data-do=oath]').click()
  const elected = [vice_chairs.names[0], vice_chairs.names[2], ...council.names.slice(0, 5)]
  for (const name of elected) await shows(on.chair, '[data-oaths]', name)
  await picture(on.chair, 'congress_oath')
  await on.chair.getByRole('dialog').getByRole('button', { name: /已宣誓/ }).click()
  await on.chair.getByRole('dialog').waitFor({ state: 'detached' })
  await take('conclude_noted')
  await on.chair.getByRole('dialog').getByRole('button', { name: '本项结束' }).click()
  await take('close_sitting')
  await on.chair.getByRole('dialog').getByRole('button', { name: '散会' }).click()
  await on.phone.locator('[data-sitting-state=closed]').waitFor()
})

/** Presses a button that opens a sheet in a window of its own. */
async function open_sheet(button, title, name) {
  const opening = on.office.context().waitForEvent('page')
  await button.click()
  const sheet = await opening
  await shows(sheet, 'h2, th', title)
  await picture(sheet, `congress_sheet_${name}`)
  const misfits = await misfit_of_a4(sheet, title)
  await sheet.close()
  return misfits
}

step('the sheet of each method opens from the office, and prints to one page of A4', async () => {
  const misfits = []
  for (const [name, title] of Object.entries({
    hands: '选举办法（草案）',
    silence: '监票人、总监票人名单（草案）',
    tie: vice_chairs.title,
    revote: `${vice_chairs.title}·再次投票`,
    shortfall: council.title,
    separate: `${council.title}·另行选举`,
    grades: evaluation.title,
    projects: projects.title,
    paper: each_project[0].title,
    console: resolutions[0].title,
  }))
    misfits.push(...(await open_sheet(in_office(title).locator('[data-do=sheet]'), title, name)))
  for (const [name, first] of [['each', each_project[0]], ['resolutions', resolutions[0]]]) {
    const button = in_office(first.title).locator('[data-do=series-sheet]')
    misfits.push(...(await open_sheet(button, first.title, `series_${name}`)))
  }
  assert.deepEqual(misfits, [])
})

/** What the tellers and the consoles found, by the title of the vote. */
function found() {
  const tally = ([approve, oppose, abstain]) => ({
    approve,
    oppose,
    abstain,
    not_pressed: present - approve - oppose - abstain,
  })
  const votes = new Map([
    ['选举办法（草案）', { tally: tally([55, 1, 1]) }],
    ['监票人、总监票人名单（草案）', { verdict: 'adopted_no_objection' }],
    [vice_chairs.title, { box: vice_chairs.box, elected: [0], tied: [1, 2], unfilled: 0 }],
    [`${vice_chairs.title}·再次投票`, { box: vice_chairs.again, elected: [1], tied: [], unfilled: 0 }],
    [council.title, { box: council.box, elected: [0, 1, 2, 3], tied: [], unfilled: 1 }],
    [`${council.title}·另行选举`, { box: council.again, elected: [0], tied: [], unfilled: 0 }],
    [projects.title, { box: projects, elected: [...Array(10).keys()], tied: [], unfilled: 0 }],
    [evaluation.title, { grades: evaluation }],
  ])
  for (const { title, row } of each_project) votes.set(title, { tally: tally(row) })
  for (const { title, figures } of resolutions) votes.set(title, { tally: tally(figures) })
  return votes
}

/** One line of the auditor's report is what was found in the hall. */
function agrees(vote, { tally, box, grades, verdict, elected, tied, unfilled }) {
  assert.equal(vote.sound, true, vote.title)
  assert.equal(vote.state, 'announced', vote.title)
  assert.equal(vote.present, present, vote.title)
  if (verdict) assert.equal(vote.outcome.verdict, verdict, vote.title)
  if (tally) {
    assert.deepEqual(vote.tally, tally, vote.title)
    assert.equal(vote.outcome.verdict, tally.approve >= needed ? 'passed' : 'not_passed', vote.title)
  }
  if (box) {
    const { counted, outcome } = vote.places
    const row = ({ approve, oppose, abstain }) => [approve, oppose, abstain]
    assert.deepEqual(counted.list.map(row), box.rows.map(([a, o = 0, b = 0]) => [a, o, b]), vote.title)
    assert.deepEqual({ elected: outcome.elected, tied: outcome.tied }, { elected, tied }, vote.title)
    assert.equal(outcome.unfilled, unfilled, vote.title)
  }
  if (grades) {
    assert.deepEqual(
      vote.grades.counted.objects.map(({ counts, invalid }) => [...counts, invalid]),
      grades.rows,
    )
    assert.deepEqual(vote.grades.outcomes.map((one) => one.verdict), grades.verdicts)
  }
}

step('an auditor agrees with every line of the day', async () => {
  const bundle = join(server.folder, 'day.plenum')
  execFileSync(program, ['export', '--data', server.data, '--out', bundle])
  const report = JSON.parse(execFileSync(auditor, ['verify', '--json', bundle], { encoding: 'utf8' }))
  assert.equal(report.ok, true)
  // What this program leaves to others to check it says as a notice.
  assert.deepEqual(report.findings.filter(({ severity }) => severity !== 'notice'), [])
  const votes = found()
  assert.deepEqual(report.votes.map((vote) => vote.title).sort(), [...votes.keys()].sort())
  for (const vote of report.votes) agrees(vote, votes.get(vote.title))
})

step('every sheet printed from the bundle is one page of A4', async () => {
  const out = join(server.folder, 'sheets')
  execFileSync(program, ['sheets', join(server.folder, 'day.plenum'), '--out', out])
  const files = readdirSync(out).filter((file) => file.endsWith('.html'))
  assert.equal(files.length, found().size + 2)
  const page = await on.hall.context().newPage()
  const misfits = []
  for (const file of files) {
    await page.goto(pathToFileURL(join(out, file)).href)
    misfits.push(...(await misfit_of_a4(page, file)))
  }
  assert.deepEqual(misfits, [])
})

step('no page complained', () => {
  assert.deepEqual(day.complaints.flat(), [])
})
