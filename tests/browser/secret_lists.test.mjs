// A differential election and an evaluation, secretly at real consoles: a real server, seven of them in
// Chromium, and three key holders' programs. One ballot is spoiled and opened, one is cast anew, a console
// is loaded anew; then two auditors agree on who was elected, and neither lets a changed record pass.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { after, before } from 'node:test'
import { open_page, picture, shows, take_step } from './browser.mjs'
import { load_forger } from './checker.mjs'
import { look } from './moments.mjs'
import { motion_rule, over_half, prepare_vote } from './motion.mjs'
import { Line } from './real_server.mjs'
import { SecretDay, tracker_of } from './secret_day.mjs'

const day = new SecretDay()
const { hall, skip } = day
const step = (name, run) => day.step(name, run)
const consoles = 7
const candidates = ['王秀英', '李建国', '欧阳文静']
const objects = ['区财政局', '区卫生健康委员会']
const grades = [
  { zh: '满意', en: 'satisfied' },
  { zh: '基本满意', en: 'basically satisfied' },
  { zh: '不满意', en: 'unsatisfied' },
]
const of_valid = { ...over_half, base: 'valid' }
const election = {
  title: '选举常务委员会副主任',
  list: {
    list_kind: 'differential_election',
    candidates: candidates.map((name) => ({ name, person: null })),
    places: { places: 2, majority: over_half, tie: 'revote' },
    ballot: { marks_max: 2, write_in: 'none', blank: 'abstain' },
    extra: { min: 1, max: 3, basis: { law: '地方组织法', article: '27', version_date: '2022-03-11' } },
    follows: null,
  },
}
const evaluation = {
  title: '对部分部门工作的满意度测评',
  grades: {
    objects,
    rule: {
      grades,
      verdicts: [
        { id: 'satisfied', name: grades[0], grades: [0], threshold: of_valid },
        { id: 'basically', name: grades[1], grades: [0, 1], threshold: of_valid },
      ],
      rounding: 'half_up',
    },
  },
}
const trackers = []
let conductor
let chair
let wall
let seats
let bundle

before(async () => {
  if (skip) return
  const ballots = [election, evaluation]
  await hall.prepare({ people: consoles + 1, title: '', text: '按票面进行。', ballots })
  await day.begin()
  conductor = await Line.open(hall.server, hall.server.code('chair'))
  chair = await day.screen('chair', undefined, { width: 1440, height: 900 })
  wall = await day.screen('hall', undefined, { width: 1920, height: 1080 })
  seats = []
  for (let number = 101; number < 101 + consoles; ++number) {
    const shown = number === 103 ? { width: 390, height: 844 } : {}
    seats.push(await day.screen('delegate', String(number), shown))
  }
})

after(async () => {
  conductor?.close()
  await day.end()
})

/** Marks a ballot as `said` spells it, a key a line, and casts it; the tracker it is received under. */
async function cast(seat, said, before = '') {
  const again = seat.locator('[data-do=vote-again]')
  await seat.locator('[data-do=cast], [data-do=vote-again]').first().waitFor()
  if (await again.isVisible()) await again.click()
  for (const [line, key] of [...said].entries())
    await seat.locator(`[data-line="${line}"] [data-key="${key}"]`).click()
  await seat.locator('[data-do=cast][aria-disabled=false]').click()
  await seat.locator('dialog button[type=submit]').click()
  return await tracker_of(seat, before)
}

/** Calls the roll and opens the vote once every console has signed. */
async function open_vote(vote, overrides) {
  await conductor.ask('roll.call', { vote, without: [] })
  for (const seat of seats) await seat.locator('.listing.signed').waitFor()
  await conductor.ask('vote.open', { vote, overrides })
  for (const seat of seats) await seat.locator('[data-do=cast]').waitFor()
}

/** Closes it, waits for the key holders, and announces what the totals come to. */
async function conclude(vote) {
  await conductor.ask('vote.close', { vote })
  for (const seat of seats) await seat.locator('[data-confirmed]').waitFor({ timeout: 30_000 })
  const decided = await conductor.until(() => {
    const told = conductor.votes.get(vote)
    return told?.state === 'decided' ? told : null
  })
  await look(`secret_list_decided_${vote}`, { chair, seat: seats[0] })
  await conductor.ask('vote.announce', { vote })
  await wall.locator('[data-shown=result]').waitFor()
  return decided.result
}

step('seven sign in, and silence approves two scrutineers', async () => {
  const office = await Line.open(hall.server, hall.server.code('secretary'))
  await hall.sign_in(seats)
  await take_step(chair, 'open_sitting')
  await take_step(chair, 'adopt_agenda')
  await take_step(chair, 'activate_item')
  for (const seat of seats) await shows(seat, '[data-key-words]', hall.words)
  const profile = motion_rule({ id: 'test.silent', method: 'no_objection' })
  const on_list = {
    sitting: hall.sitting,
    item: null,
    title: '监票人名单（草案）',
    text: '监票人二名',
    profile,
  }
  const vote = await prepare_vote(office, on_list)
  for (const asked of ['vote.open', 'vote.close', 'vote.announce']) await conductor.ask(asked, { vote })
  const persons = hall.server.codes.filter((one) => one.role === 'delegate').map((one) => one.person)
  await conductor.ask('scrutineers.approve', { vote, persons: persons.slice(0, 2) })
  office.close()
})

step('candidates are approved, opposed or neither; one ballot is opened, one is cast anew', async () => {
  const method = { of: 'election_method_missing', decided_by: '主席团', reason: '沿用上次会议的选举办法' }
  await open_vote(hall.votes[0], [method])
  await look('secret_list_open', { chair, hall: wall, seat: seats[0] })
  const first = await cast(seats[0], '121')
  trackers.push(await cast(seats[0], '001', first))
  const spoiled = await cast(seats[1], '110')
  await seats[1].locator('[data-do=spoil]').click()
  await seats[1].locator('dialog button[type=submit]').click()
  await seats[1].locator('[data-opened="221"]').waitFor()
  await shows(seats[1], '.opened [data-told="2"]', '王秀英、李建国')
  await picture(seats[1], 'secret_list_opened')
  await seats[1].locator('[data-do=opened-close]').click()
  trackers.push(await cast(seats[1], '020', spoiled))
  trackers.push(await cast(seats[2], '021'))
  await seats[3].reload()
  await refuse_third(seats[3])
  trackers.push(await cast(seats[4], '020'), await cast(seats[5], '010'))
})

/** A third approval is refused in words; then two are cast. */
async function refuse_third(seat) {
  await seat.locator('[data-do=cast]').waitFor()
  for (const line of [0, 1, 2]) await seat.locator(`[data-line="${line}"] [data-key="0"]`).click()
  await shows(seat, '[data-too-many]', candidates[2])
  trackers.push(await cast(seat, '001'))
}

step('the totals elect one and leave a place, without a word of paper', async () => {
  const { places, tally } = await conclude(hall.votes[0])
  const figures = places.counted.list.map(({ approve, oppose, abstain }) => [approve, oppose, abstain])
  // 001, 020, 021, 001, 020, 010 by key: approve, oppose, abstain.
  assert.deepEqual(figures, [
    [6, 0, 0],
    [2, 1, 3],
    [3, 3, 0],
  ])
  assert.deepEqual([places.counted.issued, places.counted.collected, places.counted.invalid], [7, 6, 0])
  assert.deepEqual(tally, { approve: 0, oppose: 0, abstain: 0, not_pressed: consoles })
  // Five of eight members are needed.
  assert.deepEqual([places.outcome.need, places.outcome.elected], [5, [0]])
  assert.equal(places.outcome.status, 'shortfall_separate_election')
  for (const seat of seats) await shows(seat, '[data-box]', '名单 7 人，投出选票 6 张。')
  await look('secret_list_announced', { chair, hall: wall, seat: seats[0] })
})

step('each object is graded, and a verdict holds', async () => {
  await open_vote(hall.votes[1], [])
  await seats[0].locator('[data-line="0"] [data-key="1"]').click()
  await shows(seats[0], '.cast .note', '还有 1 项未选')
  await look('secret_grades_open', { chair, hall: wall, seat: seats[0] })
  for (const [at, said] of ['02', '02', '01', '01', '11'].entries())
    trackers.push(await cast(seats[at], said))
  const { grades: graded } = await conclude(hall.votes[1])
  assert.deepEqual(
    graded.counted.objects.map(({ counts }) => counts),
    [
      [4, 1, 0],
      [0, 3, 2],
    ],
  )
  assert.deepEqual(
    graded.outcomes.map(({ verdict }) => verdict),
    ['satisfied', 'basically'],
  )
  await look('secret_grades_announced', { chair, hall: wall, seat: seats[0] })
})

step('two auditors agree on every figure and find every ballot', async () => {
  await hall.server.kill()
  bundle = hall.export_bundle()
  const { is_content, report } = hall.audit(bundle)
  assert.ok(is_content, JSON.stringify(report))
  for (const tracker of trackers)
    assert.equal(hall.audit(bundle, '--tracker', tracker).report.tracker.counted, true, tracker)
  await hall.server.serve()
  const checker = await open_page(day.browser, `${hall.server.url}/verify.html`)
  await checker.page.locator('[data-do=bundle]').setInputFiles(bundle)
  await checker.page.locator('[data-verdict=good]').waitFor({ timeout: 60_000 })
  await shows(checker.page, `[data-vote="${hall.votes[0]}"]`, '6/0/0')
  await shows(checker.page, `[data-vote="${hall.votes[1]}"]`, '基本满意')
  await picture(checker.page, 'secret_lists_checker')
  await checker.context.close()
})

step(
  'neither lets changed names, shapes, figures or winners pass, however well they are signed',
  async () => {
    const { files, json, bytes, verify_bundle } = await load_forger()
    const whole = new Uint8Array(await readFile(bundle))
    const of_kind = (forged, kind, vote) =>
      forged.entries.find((entry) => entry.kind === kind && entry.body.vote === vote).body
    const ask_otherwise = (vote, change) => (forged) => {
      const called = of_kind(forged, 'roll.called', vote)
      const path = `blobs/${bytes.to_hex(bytes.from_base64url(called.question))}`
      const question = change(json.read_canonical(forged.files.get(path)))
      const content = bytes.text_bytes(json.canonical(question))
      forged.files.delete(path)
      forged.files.set(`blobs/${bytes.to_hex(bytes.sha256(content))}`, content)
      called.question = bytes.to_base64url(bytes.sha256(content))
    }
    const [elected, graded] = hall.votes
    const decided = (vote, change) => (forged) => change(of_kind(forged, 'vote.decided', vote))
    const forgeries = {
      nothing: [null, () => undefined],
      'candidates swapped': [
        'question_wrong',
        ask_otherwise(elected, (asked) => {
          const [title, first, second, third] = asked.labels
          return { ...asked, labels: [title, second, first, third] }
        }),
      ],
      'another shape': [
        'question_wrong',
        ask_otherwise(elected, (asked) => ({ ...asked, shape: { ...asked.shape, max: 1 } })),
      ],
      'grades swapped': [
        'question_wrong',
        ask_otherwise(graded, (asked) => ({ ...asked, labels: asked.labels.toReversed() })),
      ],
      'one approval more': [
        'tally_wrong',
        decided(elected, ({ places }) => (places.counted.list[2].approve += 1)),
      ],
      'another winner': ['outcome_wrong', decided(elected, ({ places }) => (places.outcome.elected = [2]))],
      'one grade better': [
        'tally_wrong',
        decided(graded, (body) => (body.grades.counted.objects[0].counts = [5, 0, 0])),
      ],
      'another verdict': [
        'outcome_wrong',
        decided(graded, (body) => (body.grades.outcomes[1].verdict = 'satisfied')),
      ],
      'no figures': ['tally_wrong', decided(elected, (body) => delete body.places)],
    }
    for (const [name, [finding, change]] of Object.entries(forgeries)) {
      const forged = files.forge(whole, change)
      const names = verify_bundle(forged).findings.map((one) => one.name)
      if (finding === null) assert.deepEqual(names, [], name)
      else assert.ok(names.includes(finding), `${name}: ${names}`)
      const path = hall.file('forged.plenum')
      writeFileSync(path, forged)
      assert.equal(hall.audit(path).is_content, finding === null, name)
    }
  },
)

day.end_without_complaints(/WebSocket connection|net::ERR_CONNECTION/)
