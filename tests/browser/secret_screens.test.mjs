// What the chair, the hall and the office see of a secret vote, from canned messages: the steps one after
// another, what is sent when somebody presses, and every screen looked at in both languages.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  accessibility_findings,
  close_browser,
  cramped_words,
  launch,
  no_browser,
  open_page,
  overflow_px,
  picture,
  shows,
  take_step,
} from './browser.mjs'
import {
  agenda_at,
  chair,
  hall,
  key_words,
  resolution,
  result,
  secret,
  share,
  sitting,
  vote,
} from './canned.mjs'
import { FakeServer } from './fake_server.mjs'
import { agenda, desk_sitting, office_answers, secretary } from './office_canned.mjs'

const skip = no_browser
const server = new FakeServer()
let browser
let text

before(async () => {
  if (skip) return
  await server.start()
  text = server.add_document(resolution)
  server.people.set('chair', chair)
  server.people.set('hall', hall)
  server.people.set('office', secretary)
  browser = await launch()
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

beforeEach(() => {
  server.requests = []
  server.answers = { 'roll.silent': () => ({ result: silent_answer }) }
})

let silent_answer = { seq: 60, round: 0, acknowledged: 0, silent: [], without_key: [] }

/** The vote as everybody is told of it from now on. */
function set_vote(state, of_secret, changes = {}) {
  const opened = state === 'prepared' ? {} : { present: 325, opened_at_ms: 1, received: 280 }
  const one = vote(text, { state, ...opened, secret: of_secret, ...changes })
  const agendas = [agenda_at('put_to_vote')]
  server.snapshot = { seq: 60, agendas, sittings: [sitting()], floors: [], votes: [one] }
  return one
}

function tell_vote(...of) {
  server.tell('vote.changed', { seq: 71, at_ms: Date.now(), vote: set_vote(...of) })
}

function tell(method, params) {
  server.tell(method, { seq: 72, vote: 51, ...params })
}

async function asked(method) {
  for (let tries = 0; tries < 200; tries++) {
    const found = server.requests_of(method).at(-1)
    if (found) return found.params
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${method} was not asked`)
}

/** Looks at a page in both languages, and leaves it in Chinese. */
async function look(page, name, shapes, at = null) {
  for (const [width, height] of shapes) {
    await page.setViewportSize({ width, height })
    for (const language of ['en', 'zh-CN']) {
      await page.locator(`header button[lang="${language}"]`).click()
      if (at) await page.locator(at).scrollIntoViewIfNeeded()
      await picture(page, `secret-${name}-${width}-${language}`)
      assert.equal(await overflow_px(page), 0, `${name} ${width} ${language}: sticks out`)
      assert.deepEqual(await cramped_words(page), [], `${name} ${width} ${language}`)
    }
  }
  assert.deepEqual(await accessibility_findings(page), [], name)
}

const panel = [
  [390, 844],
  [1440, 900],
]

test('the chair calls the roll, sees who is silent, and opens', { skip }, async () => {
  set_vote('prepared', secret('to_call', { without_key: 2 }))
  silent_answer = {
    seq: 60,
    round: 0,
    acknowledged: 0,
    silent: [],
    without_key: [
      { person: 7, name: '丁一' },
      { person: 8, name: '欧阳文静' },
    ],
  }
  const { page, complaints } = await open_page(browser, `${server.url}/chair.html#code=chair`)
  await shows(page, '[data-keyless]', '欧阳文静')
  await look(page, 'chair_to_call', panel)
  await take_step(page, 'call_roll')
  assert.deepEqual(await asked('roll.call'), { vote: 51, without: [] })

  const silent = ['王建国', '赵敏', '张三丰'].map((name, at) => ({ person: 30 + at, name }))
  silent_answer = { seq: 61, round: 1, acknowledged: 322, silent, without_key: [] }
  tell_vote('prepared', secret('called'))
  tell('roll.progress', { round: 1, acknowledged: 200, list_length: 325 })
  await page.locator('[data-signed="322"]').waitFor()
  await shows(page, '[data-silent]', '张三丰')
  await shows(page, '.blocked', '已有 322 台表决器确认，共 325 台')
  assert.equal(await page.locator('[data-step=open_vote]').isDisabled(), true)
  await look(page, 'chair_called', panel)
  await page.locator('[data-do=without-silent]').click()
  await shows(page, 'dialog', '王建国')
  await page.locator('dialog button[type=submit]').click()
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(await asked('roll.call'), { vote: 51, without: [30, 31, 32] })

  silent_answer = { seq: 62, round: 2, acknowledged: 322, silent: [], without_key: [] }
  const roll = { ...secret('called').roll, round: 2, list_length: 322, without: 3 }
  tell_vote('prepared', secret('called', { roll }))
  tell('roll.progress', { round: 2, acknowledged: 322, list_length: 322 })
  await shows(page, '.complete', '可以开启表决')
  await shows(page, '[data-roll]', '本轮未列入 3 人')
  await look(page, 'chair_complete', panel)
  await take_step(page, 'open_vote')
  assert.deepEqual(await asked('vote.open'), { vote: 51 })
  assert.deepEqual(complaints, [])
})

test('too few consoles cannot vote secretly, and the panel says so', { skip }, async () => {
  silent_answer = { seq: 60, round: 0, acknowledged: 0, silent: [], without_key: [] }
  set_vote('prepared', secret('to_call', { with_key: 4 }))
  const { page } = await open_page(browser, `${server.url}/chair.html#code=chair`)
  await shows(page, '.blocked', '可以无记名表决的表决器只有 4 台，至少需要 5 台')
  assert.equal(await page.locator('[data-step=call_roll]').isDisabled(), true)
})

test('the chair closes, follows the box and the shares, and announces', { skip }, async () => {
  set_vote('open', secret('open'))
  const { page, complaints } = await open_page(browser, `${server.url}/chair.html#code=chair`)
  await shows(page, '[data-received]', '280')
  assert.equal(await page.locator('[data-do=who]').count(), 0)
  await look(page, 'chair_open', panel)
  await take_step(page, 'close_vote')
  assert.deepEqual(await asked('vote.close'), { vote: 51 })
  tell_vote('closed', secret('closed'))
  await page.locator('[data-step=await_sealing]').waitFor()
  await look(page, 'chair_sealing', panel)
  const shares = [
    share(1, '王秀英', { given: true, overridden: true }),
    share(2, '李建国', { wrong: true }),
    share(3, '欧阳文静'),
  ]
  const box = { ...secret('sealed').box, contested: 1, shares }
  tell_vote('closed', secret('sealed', { box }))
  tell('box.progress', { confirmed: 301, list_length: 325 })
  await shows(page, '[data-box-confirmed]', '301 / 325')
  await shows(page, '.blocked', '还差 1 名密钥持有人')
  await shows(page, '[data-share=wrong]', '李建国')
  await shows(page, '[data-contested]', '先查明原因')
  await look(page, 'chair_shares', panel)
  assert.equal(await page.locator('[data-do=void]').isEnabled(), true)
  const given = shares.map((one) => ({ ...one, given: true, wrong: false }))
  const opened = secret('opened', { shredded: true, box: { ...secret('sealed').box, shares: given } })
  tell_vote('decided', opened, { result: result(240, 50, 31, 4), decided_at_ms: Date.now() })
  await shows(page, '[data-shredded]', '票箱密钥已销毁')
  await look(page, 'chair_decided', panel)
  await take_step(page, 'announce_vote')
  assert.deepEqual(await asked('vote.announce'), { vote: 51 })
  assert.deepEqual(complaints, [])
})

test('a vote whose box key was lost is void and can be taken again', { skip }, async () => {
  set_vote('voided', secret('ended'), { void_reason: 'ballot_key_lost' })
  const { page } = await open_page(browser, `${server.url}/chair.html#code=chair`)
  await shows(page, '.void', '票箱密钥丢失，选票无法开启')
  await page.locator('[data-step=retry_on_paper]').waitFor()
  await page.locator('[data-other-step=retry_vote]').waitFor()
  assert.equal(await page.locator('[data-other-step=retry_by_hands], [data-step=retry_by_hands]').count(), 0)
})

test('the hall shows how many came, the four numbers, and how far the opening is', { skip }, async () => {
  const states = [
    ['open', 'open', '无记名表决', {}],
    ['closed', 'closed', '正在封存票箱', {}],
    ['closed', 'sealed', '正在开启结果', {}],
    ['decided', 'opened', '等待宣布', {}],
    ['announced', 'opened', '未按表决器', { result: result(240, 50, 31, 4), decided_at_ms: Date.now() }],
  ]
  for (const [state, phase, words, changes] of states) {
    set_vote(state, secret(phase), changes)
    for (const language of ['zh', 'en']) {
      const { page, context } = await open_page(
        browser,
        `${server.url}/hall.html?lang=${language}#code=hall`,
        {
          width: 1920,
          height: 1080,
        },
      )
      await page.locator('[data-shown=vote], [data-shown=result]').waitFor()
      if (language === 'zh') await shows(page, 'main, [data-shown]', words)
      if (state !== 'announced') await shows(page, '[data-key-words]', key_words)
      if (phase === 'sealed') await page.locator('[data-shares="1"]').waitFor()
      assert.equal(await page.locator('[data-received]').count(), state === 'open' ? 1 : 0)
      await picture(page, `secret-hall_${state}_${phase}-${language}`)
      assert.equal(await overflow_px(page), 0, phase)
      assert.deepEqual(await accessibility_findings(page), [], phase)
      await context.close()
    }
  }
})

test(
  'the office prepares a secret vote once the meeting has its key, and says why not before',
  { skip },
  async () => {
    const keys = {
      meeting: 30,
      meeting_id: '',
      threshold: 2,
      attempt: 1,
      restart: null,
      holders: [],
      words: '',
    }
    const made = {
      ...keys,
      phase: 'made',
      election_key: 'A'.repeat(43),
      key_holders: 'A'.repeat(43),
      words: key_words,
    }
    for (const has_key of [false, true]) {
      server.requests = []
      server.answers = office_answers()
      const meeting = agenda().meeting
      server.snapshot = {
        seq: 60,
        agendas: [agenda()],
        sittings: [desk_sitting()],
        floors: [],
        votes: [],
        keys: has_key ? [{ ...made, meeting }] : [],
      }
      const { page, context, complaints } = await open_page(
        browser,
        `${server.url}/office.html?part=meetings#code=office`,
      )
      await page.locator('main .card').first().waitFor()
      await page.locator('[data-tab=votes]').click()
      await page.locator('[data-do=prepare-vote]').click()
      await page.locator('[data-do=adopts-agenda]').uncheck()
      const box = page.locator('[data-do=secret]')
      if (!has_key) {
        assert.equal(await box.isDisabled(), true)
        await shows(page, '[data-no-secret=key]', '还没有选举密钥')
        await look(page, 'office_no_key', [[1280, 900]], '[data-no-secret]')
      } else {
        await box.check()
        await page.locator('[data-do=vote-title]').fill('关于接受辞职的决定（草案）')
        await page.locator('[data-do=vote-text]').fill('接受辞职。')
        await look(page, 'office_secret', [[1280, 900]], '[data-do=store-vote]')
        await page.locator('[data-do=store-vote]').click()
        const { profile } = await asked('vote.prepare')
        assert.equal(profile.secrecy, 'secret')
        assert.equal(profile.method, 'console')
        assert.match(profile.id, /\.secret$/)
      }
      assert.deepEqual(complaints, [])
      await context.close()
    }
  },
)

const election = {
  list_of: 'persons',
  list: {
    list_kind: 'differential_election',
    candidates: ['王秀英', '李建国', '欧阳文静'].map((name) => ({ name, person: null })),
    places: { places: 2, majority: { num: 1, den: 2, strict: true, base: 'all_members' }, tie: 'revote' },
    ballot: { marks_max: 2, write_in: 'none', blank: 'abstain' },
    extra: null,
    follows: null,
  },
}
const counted_list = [
  [250, 40, 31],
  [120, 90, 111],
  [199, 80, 42],
].map(([approve, oppose, abstain], at) => {
  const { name } = election.list.candidates[at]
  return { name, approve, oppose, abstain, is_write_in: false }
})
const elected = {
  ...result(0, 0, 0, 325, 'counted'),
  left: 0,
  places: {
    counted: { issued: 325, collected: 321, invalid: 0, list: counted_list },
    outcome: {
      status: 'complete',
      base: 352,
      need: 177,
      elected: [0, 2],
      tied: [],
      tied_places: 0,
      unfilled: 0,
    },
  },
}

test('an election at consoles: the chair says so, and the result speaks of no paper', { skip }, async () => {
  const shape = { kind: 'elect', options: 3, rows: 1, min: 0, max: 2 }
  set_vote('prepared', secret('called', { shape }), election)
  silent_answer = { seq: 60, round: 1, acknowledged: 325, silent: [], without_key: [] }
  const { page, complaints } = await open_page(browser, `${server.url}/chair.html#code=chair`)
  tell('roll.progress', { round: 1, acknowledged: 325, list_length: 325 })
  await shows(page, '[data-ballot-paper]', '欧阳文静')
  await shows(page, 'body', '请在表决器上选择，核对后按“投票”')
  await look(page, 'chair_list_called', panel)
  tell_vote('open', secret('open', { shape }), election)
  await page.locator('[data-step=close_vote]').waitFor()
  assert.equal(await page.locator('[data-step=close_ballots], [data-ballots-state]').count(), 0)
  const decided = { ...election, result: elected, decided_at_ms: Date.now() }
  tell_vote('decided', secret('opened', { shape }), decided)
  await shows(page, '[data-box]', '名单 325 人，投出选票 321 张。')
  await shows(page, 'body', '王秀英，赞成 250 票')
  assert.equal(await page.getByText('收回').count(), 0)
  await look(page, 'chair_list_decided', panel)
  assert.deepEqual(complaints, [])
})

test('the hall calls to mark a ballot and shows who was elected at consoles', { skip }, async () => {
  for (const [state, changes, words] of [
    ['open', {}, '请在表决器上投票'],
    ['announced', { result: elected, decided_at_ms: Date.now() }, '欧阳文静'],
  ]) {
    set_vote(state, secret(state === 'open' ? 'open' : 'opened'), { ...election, ...changes })
    for (const language of ['zh', 'en']) {
      const address = `${server.url}/hall.html?lang=${language}#code=hall`
      const { page, context } = await open_page(browser, address, { width: 1920, height: 1080 })
      await page.locator('[data-shown=vote], [data-shown=result]').waitFor()
      if (language === 'zh') await shows(page, '[data-shown]', words)
      if (language === 'zh' && state === 'announced') await shows(page, '.present', '名单 325')
      await picture(page, `secret-hall_list_${state}-${language}`)
      assert.equal(await overflow_px(page), 0, state)
      assert.deepEqual(await accessibility_findings(page), [], state)
      await context.close()
    }
  }
})

test('the office lets consoles take the place of paper, and says what they cannot do', { skip }, async () => {
  const made = {
    meeting: agenda().meeting,
    meeting_id: '',
    threshold: 2,
    attempt: 1,
    restart: null,
    holders: [],
    phase: 'made',
    election_key: 'A'.repeat(43),
    key_holders: 'A'.repeat(43),
    words: key_words,
  }
  server.answers = office_answers()
  const told = { agendas: [agenda()], sittings: [desk_sitting()], floors: [], votes: [], keys: [made] }
  server.snapshot = { seq: 60, ...told }
  const { page, complaints } = await open_page(browser, `${server.url}/office.html?part=meetings#code=office`)
  await page.locator('main .card').first().waitFor()
  await page.locator('[data-tab=votes]').click()
  await page.locator('[data-do=prepare-vote]').click()
  await page.locator('[data-do=adopts-agenda]').uncheck()
  await page.locator('[data-do=rule]').selectOption('other')
  await page.locator('[data-do=method]').selectOption('paper')
  await page.locator('[data-do=vote-title]').fill('选举副镇长')
  await page.locator('[data-do=vote-text]').fill('选举副镇长')
  await page.locator('[data-do=ballot-form]').selectOption('list')
  await page.locator('[data-do=list-kind]').selectOption('equal_election')
  await page.locator('[data-do=names]').fill('王秀英')
  assert.equal(await page.locator('[data-do=write-in]').isDisabled(), false)
  await page.locator('[data-do=at-consoles]').check()
  await shows(page, '[data-at-consoles]', '不能另选他人')
  assert.equal(await page.locator('[data-do=write-in]').isDisabled(), true)
  assert.equal(await page.locator('[data-do=write-in]').inputValue(), 'none')
  assert.equal(await page.locator('[data-do=blank]').isDisabled(), true)
  assert.equal(await page.locator('[data-do=by-room]').count(), 0)
  await look(page, 'office_list', [[360, 780], [1280, 900]], '[data-at-consoles]')
  const many = Array.from({ length: 101 }, (_unused, at) => `候选人${at}`).join('\n')
  await page.locator('[data-do=names]').fill(many)
  await shows(page, '[data-misfit=lines]', '至多 100 行')
  assert.equal(await page.locator('[data-do=store-vote]').isDisabled(), true)
  await page.locator('[data-do=names]').fill('王秀英')
  await page.locator('[data-do=store-vote]').click()
  const { profile, list, rooms } = await asked('vote.prepare')
  assert.deepEqual([profile.method, profile.secrecy, rooms], ['console', 'secret', null])
  assert.deepEqual(list.ballot, { marks_max: 1, write_in: 'none', blank: 'abstain' })
  assert.deepEqual(complaints, [])
})
