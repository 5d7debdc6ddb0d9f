// A congress whose presidium and two delegations sit side by side: the office puts one sitting on, each body
// has a chair's panel and a wall of its own, one votes while another debates, and no screen turns to the
// others.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { picture, shows, take_step } from './browser.mjs'
import { Day } from './day.mjs'
import { add_item, call_meeting, over_half, prepare_vote } from './motion.mjs'

const names = ['赵建国', '钱文静', '孙志远', '李晓燕', '周明', '吴立新', '郑海峰', '王丽', '冯涛']
const day = new Day('groups')
/** What people look at: office, and of each body `chair` and `hall` with its name. */
const { on, server } = day
const step = (name, act) => day.step(name, act)
/** By key: its number, its sitting, who presides and who sits in it, each a console without a screen. */
const bodies = { first: {}, second: {}, presidium: {} }
let secretary
let congress
let meeting
let item

async function office_of(role, name, person, body) {
  const appointed = await secretary.ask('officer.appoint', { person, name, role, body })
  const { codes } = await secretary.ask('access_codes.issue', { person: person ?? appointed.person })
  return codes
}

/** A chair and a wall; the chair is one of the members, whose own code is made anew with it. */
async function equip(one, person, codes) {
  for (const { role, code } of await office_of('chair', '', person, one.body)) {
    if (role === 'chair') one.chair = code
    else codes.set(person, code)
  }
  one.hall = (await office_of('hall', '大屏幕', null, one.body)).find(({ role }) => role === 'hall').code
}

function rows(from, to) {
  return names.slice(from, to).map((name, index) => ({
    number: String(101 + from + index),
    name,
    group: from + index < 5 ? '第一代表团' : '第二代表团',
    seat: '',
  }))
}

before(async () => {
  if (day.skip) return
  await day.begin()
  secretary = await day.line(server.code('secretary'))
  congress = (await secretary.ask('body.create', { body_kind: 'congress', name: '试验区人民代表大会' })).seq
  await secretary.ask('roster.import', { body: congress, members: rows(0, 9) })
  bodies.first.body = (await secretary.ask('delegations.form', { body: congress })).seq
  bodies.second.body = bodies.first.body + 2
  const seat = { body_kind: 'presidium', name: '大会主席团', parent: congress }
  bodies.presidium.body = (await secretary.ask('body.create', seat)).seq
  const { codes } = await secretary.ask('access_codes.issue', { body: congress })
  const person = (name) => codes.find((one) => one.name === name).person
  const presidium = ['孙志远', '周明', '冯涛']
  const seats = rows(0, 9).filter(({ name }) => presidium.includes(name))
  const members = seats.map((row) => ({ ...row, person: person(row.name) }))
  await secretary.ask('roster.import', { body: bodies.presidium.body, members })
  const code_of = new Map(codes.map((one) => [one.person, one.code]))
  await equip(bodies.first, person('赵建国'), code_of)
  await equip(bodies.second, person('吴立新'), code_of)
  await equip(bodies.presidium, person('孙志远'), code_of)
  ;({ meeting } = await call_meeting(secretary, {
    body: congress,
    title: '第三届第四次会议',
    meeting_kind: 'congress_session',
  }))
  item = await add_item(secretary, meeting, '审议政府工作报告')
  await adopt_the_agenda([...code_of.values()])
  // Those of the presidium sit in it meanwhile; the rest with their delegations.
  const sits = { first: ['赵建国', '钱文静', '李晓燕'], second: ['吴立新', '郑海峰', '王丽'], presidium }
  for (const [key, people] of Object.entries(sits)) {
    bodies[key].members = []
    for (const name of people) bodies[key].members.push(await day.line(code_of.get(person(name))))
  }
})

after(() => day.end())

/** In the plenary, which then has its recess: delegations deliberate what is on the agenda. */
async function adopt_the_agenda(codes) {
  const [{ code: chair_code }] = await office_of('chair', '何敏', null, congress)
  const chair = await day.line(chair_code)
  const { id: sitting } = chair.snapshot.sittings[0]
  await secretary.ask('sign_in.open', { sitting })
  for (const code of codes.slice(2, 9)) {
    const line = await day.line(code)
    await line.ask('attendance.sign_in', { sitting })
    line.close()
  }
  await chair.ask('sitting.open', { sitting })
  await chair.ask('agenda.adopt', { sitting })
  await chair.ask('sitting.recess', { sitting, reason: '分组审议' })
}

async function add_sitting(one, title) {
  const params = { meeting, title, body: one.body, quorum: over_half }
  one.sitting = (await secretary.ask('sitting.create', params)).seq
}

step('the office puts a sitting of a delegation on; the others follow', async () => {
  on.office = await day.screen(server.code('secretary'))
  await on.office.locator('[data-part=meetings]').click()
  await on.office.locator('[data-meeting]').first().click()
  await on.office.locator('[data-tab=sittings]').click()
  const form = on.office.getByRole('form', { name: '增加一次会议' })
  await form.locator('select').first().selectOption(String(bodies.first.body))
  await form.getByLabel('名称').fill('第一代表团第一次会议')
  await on.office.locator('[data-do=create-sitting]').click()
  const row = on.office.locator('[data-sitting]', { hasText: '第一代表团第一次会议' })
  bodies.first.sitting = Number(await row.getAttribute('data-sitting'))
  await add_sitting(bodies.second, '第二代表团第一次会议')
  await add_sitting(bodies.presidium, '主席团第二次会议')
  for (const one of Object.values(bodies)) {
    await secretary.ask('sign_in.open', { sitting: one.sitting })
    for (const line of one.members) await line.ask('attendance.sign_in', { sitting: one.sitting })
  }
  await picture(on.office, 'groups_office')
})

step('a delegation that is to meet is not taken back, and the office is told why', async () => {
  await on.office.locator('[data-part=bodies]').click()
  await on.office.locator(`[data-body="${bodies.first.body}"]`).click()
  await on.office.locator('[data-do=remove-body]').click()
  await on.office.getByRole('dialog').getByLabel('理由').fill('误建')
  await on.office.getByRole('dialog').locator('button[type=submit]').click()
  await shows(on.office, '[role=alert]', '该机构已安排“第一代表团第一次会议”')
})

step('each has its own panel and wall, and opens when its own people are there', async () => {
  const wall = { width: 1280, height: 720 }
  const panel = { width: 1280, height: 800 }
  for (const key of ['first', 'presidium']) {
    on[`chair_${key}`] = await day.screen(bodies[key].chair, panel)
    on[`hall_${key}`] = await day.screen(bodies[key].hall, wall)
  }
  await shows(on.hall_first, '.body', '第一代表团')
  await shows(on.hall_presidium, '.body', '大会主席团')
  await take_step(on.chair_first, 'open_sitting')
  await take_step(on.chair_presidium, 'open_sitting')
  const second = await day.line(bodies.second.chair)
  await second.ask('sitting.open', { sitting: bodies.second.sitting })
  bodies.second.chair_line = second
  assert.deepEqual(
    second.snapshot.sittings.map(({ id }) => id),
    [bodies.second.sitting],
    'a chair sees the sittings of the own body alone',
  )
})

step('one delegation debates while the presidium votes, and no screen turns to the other', async () => {
  await take_step(on.chair_first, 'activate_item')
  await shows(on.hall_first, '[data-shown=item]', '审议政府工作报告')
  const [, speaker] = bodies.first.members
  const asked = { sitting: bodies.first.sitting, speech_kind: 'speech', item, answers: null }
  await speaker.ask('floor.request', asked)
  await on.chair_first.locator('[data-queued] .grant').click()
  await shows(on.hall_first, '[data-shown=speaker]', '钱文静')

  const { sitting } = bodies.presidium
  await prepare_vote(secretary, { sitting, item: null, title: '候选人建议名单', text: '名单全文。' })
  await take_step(on.chair_presidium, 'open_vote')
  await shows(on.hall_presidium, '[data-shown=vote]', '候选人建议名单')
  await on.hall_first.locator('[data-shown=speaker]').waitFor()
  await day.pictures('side_by_side')
  for (const member of bodies.presidium.members)
    await member.ask('vote.cast', { vote: (await member.open_vote()).id, choice: 'approve' })
})

step('votes are open in two sittings at once, each with its own electors', async () => {
  const { sitting, chair_line, members } = bodies.second
  const vote = await prepare_vote(secretary, { sitting, item: null, title: '推选团长', text: '推选。' })
  await chair_line.ask('vote.open', { vote })
  for (const member of members) await member.ask('vote.cast', { vote, choice: 'approve' })
  await chair_line.ask('vote.close', { vote })
  const [outsider] = bodies.first.members
  await assert.rejects(outsider.ask('vote.cast', { vote, choice: 'oppose' }))
  await take_step(on.chair_presidium, 'close_vote')
  await take_step(on.chair_presidium, 'announce_vote')
  await shows(on.hall_presidium, '[data-shown=result]', '候选人建议名单')
  assert.deepEqual(await on.hall_presidium.locator('[data-figure]').allTextContents(), ['3', '0', '0', '0'])
  await on.hall_first.locator('[data-shown=speaker]').waitFor()
  assert.equal(await on.chair_first.getByText('候选人建议名单').count(), 0)
  await day.pictures('result')
})

step('a recess of one is nobody else’s', async () => {
  await take_step(on.chair_first, 'stop_speech')
  await on.chair_first.locator('[data-do=recess]').click()
  await on.chair_first.getByRole('dialog').getByLabel('理由').fill('午餐')
  await on.chair_first.getByRole('dialog').locator('button[type=submit]').click()
  await shows(on.hall_first, '[data-shown=recess]', '午餐')
  await on.hall_presidium.locator('[data-shown=result]').waitFor()
  await shows(on.chair_presidium, '[data-verdict=passed]', '通过')
})

step('no page complained', () => {
  assert.deepEqual(day.complaints.flat(), [])
})
