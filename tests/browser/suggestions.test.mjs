// Suggestions and joint signatures on a deputy's console and in the office, on canned answers: in both
// languages and at every size nothing sticks out and axe finds nothing, and what is asked of the server is
// what was chosen.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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
} from './browser.mjs'
import { agenda, delegate, open_vote, sitting } from './canned.mjs'
import { clock } from './clock.mjs'
import { FakeServer, refusal } from './fake_server.mjs'
import { office_answers, secretary } from './office_canned.mjs'
import { answer, day_ms, suggestion, suggestion_answers } from './suggestions_canned.mjs'

const skip = no_browser
const sizes = { phone: [390, 844], desk: [1280, 800] }
const server = new FakeServer()
let browser
let text

before(async () => {
  if (skip) return
  await server.start()
  browser = await launch()
  text = server.add_document('龙水镇至宝顶镇的山区公路年久失修，雨季多次塌方，群众出行不便。')
  server.people.set('seat', delegate)
  server.people.set('office', secretary)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

beforeEach(() => {
  server.snapshot = { seq: 60, agendas: [], sittings: [], floors: [], votes: [], keys: [] }
  server.requests = []
  server.answers = { ...office_answers(), ...suggestion_answers(text) }
})

async function open(page_name, { size = 'desk', language = 'zh-CN' } = {}) {
  const [width, height] = sizes[size]
  const address =
    page_name === 'office'
      ? `${server.url}/office.html?part=suggestions#code=office`
      : `${server.url}/console.html#code=seat`
  const opened = await open_page(browser, address, { width, height, language })
  await opened.page.locator('[data-link=open]').first().waitFor()
  return opened
}

async function asked(method, number = 0) {
  for (let tries = 0; tries < 200; tries++) {
    const found = server.requests_of(method)[number]
    if (found) return found.params
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${method} was not asked`)
}

async function to_duties(page) {
  await page.locator('[data-do=duties]').click()
  await page.locator('[data-suggestion]').first().waitFor()
}

/** page, name, what brings it there. */
const states = [
  ['console', 'duties', to_duties],
  [
    'console',
    'dissatisfied',
    async (page) => {
      await to_duties(page)
      await page.locator('[data-suggestion="108"] input[value=unsatisfied]').check()
      await page.locator('[data-suggestion="108"] summary').first().click()
      await page.locator('[data-suggestion="108"] [role=document]').waitFor()
    },
  ],
  [
    'console',
    'petitions',
    async (page) => {
      await to_duties(page)
      await page.locator('[data-part=petitions]').click()
      await page.locator('[data-petition]').first().waitFor()
    },
  ],
  [
    'console',
    'petition_new',
    async (page) => {
      await to_duties(page)
      await page.locator('[data-part=petitions]').click()
      await page.locator('[data-do=new-petition]').click()
    },
  ],
  ['office', 'ledger', async (page) => page.locator('[data-suggestion]').first().waitFor()],
  [
    'office',
    'registration',
    async (page) => {
      await page.locator('[data-do=new-suggestion]').click()
      await page.locator('[data-do=suggestion-lead]:not([disabled])').fill('102')
      await page.locator('[data-do=suggestion-signers]').fill('欧阳文静、无此人')
    },
  ],
  [
    'office',
    'answer',
    async (page) => {
      await page.locator('[data-suggestion="107"] .textlink').click()
      await page.locator('[data-do=answer-reply]').click()
      await page.locator('[data-do=reply-class]').selectOption('in_progress')
      await page.locator('[data-do=deliver-by]').scrollIntoViewIfNeeded()
    },
  ],
  [
    'office',
    'reminder',
    async (page) => {
      await page.locator('[data-suggestion="105"] .textlink').click()
      await page.locator('[data-do=remind]').scrollIntoViewIfNeeded()
    },
  ],
  [
    'office',
    'signatures',
    async (page) => {
      await page.locator('[data-tab=petitions]').click()
      await page.locator('[data-need=bill] [data-do=change-need]').click()
      await page.locator('[data-petition]').first().waitFor()
    },
  ],
]
for (const [page_name, name, bring] of states) {
  for (const size of Object.keys(sizes)) {
    for (const language of ['zh-CN', 'en']) {
      test(`${page_name} ${name} at ${size} in ${language}`, { skip }, async () => {
        const { page, context, complaints } = await open(page_name, { size, language })
        await bring(page)
        await picture(page, `${page_name}_${name}_${size}_${language}`)
        assert.equal(await overflow_px(page), 0)
        assert.deepEqual(await cramped_words(page), [])
        assert.deepEqual(await accessibility_findings(page), [])
        assert.deepEqual(complaints, [])
        await context.close()
      })
    }
  }
}

test('a deputy evaluates by name, with the reason for not being satisfied', { skip }, async () => {
  const { page, context } = await open('console')
  await to_duties(page)
  const card = page.locator('[data-suggestion="108"]')
  await card.locator('input[value=unsatisfied]').check()
  assert.equal(await card.locator('[data-do=evaluate]').isDisabled(), true)
  await card.locator('[data-do=reason]').fill(' 没有说明工期 ')
  await card.locator('[data-do=evaluate]').click()
  await page.locator('dialog button[type=submit]').click()
  assert.deepEqual(await asked('suggestion.evaluate'), {
    suggestion: 108,
    grade: 'unsatisfied',
    reason: '没有说明工期',
  })
  // Of another lead nothing is asked here, and nothing that is over.
  for (const id of [107, 105, 104])
    assert.equal(await page.locator(`[data-suggestion="${id}"] [data-do=evaluate]`).count(), 0)
  server.tell('suggestion.changed', {
    seq: 61,
    suggestion: suggestion(108, '关于山区公路的建议', text, {
      phase: 'settled',
      answers: [answer(text, { grade: 'satisfied', evaluated_by: { person: 17, name: '周建国' } })],
    }),
  })
  await page.locator('[data-suggestion="108"][data-phase=settled]').waitFor()
  await context.close()
})

test('a vote that opens comes first, whatever the deputy was reading', { skip }, async () => {
  server.snapshot = {
    ...server.snapshot,
    agendas: [agenda()],
    sittings: [sitting()],
    votes: [],
  }
  const { page, context } = await open('console')
  await to_duties(page)
  server.tell('vote.changed', { seq: 61, at_ms: clock.now_ms(), vote: open_vote(text) })
  await page.locator('.key.approve').waitFor()
  assert.equal(await page.locator('[data-suggestion]').count(), 0)
  await context.close()
})

test('a deputy is told that something waits', { skip }, async () => {
  const { page, context } = await open('console')
  await page.locator('[data-do=duties]').waitFor()
  server.tell('suggestion.changed', {
    seq: 61,
    suggestion: suggestion(109, '新的建议', text, { phase: 'being_evaluated', answers: [answer(text)] }),
  })
  await shows(page, '[data-do=duties]', '待评价')
  await context.close()
})

test('joint signatures are signed, taken back and handed in', { skip }, async () => {
  const { page, context } = await open('console')
  await to_duties(page)
  await page.locator('[data-part=petitions]').click()
  await page.locator('[data-petition="206"] [data-do=sign]').click()
  assert.deepEqual(await asked('petition.sign'), { petition: 206 })
  await page.locator('[data-petition="205"] [data-do=take-back]').click()
  assert.deepEqual(await asked('petition.withdraw_signature'), { petition: 205 })
  await page.locator('[data-petition="207"] [data-do=hand-in]').click()
  await page.locator('dialog button[type=submit]').click()
  assert.deepEqual(await asked('petition.hand_in'), { petition: 207 })
  assert.equal(await page.locator('[data-petition="204"] button').count(), 0)
  await page.locator('[data-do=new-petition]').click()
  await page.locator('[data-do=petition-kind]').selectOption('recall')
  await page.locator('[data-do=petition-title]').fill('关于某事的罢免案')
  await page.locator('[data-do=petition-text]').fill('事实和理由。')
  server.answers['petition.open'] = () => ({
    error: refusal(1007, 'wrong_state', '该机构组成人员不能联名提出此类事项', '请核对'),
  })
  await page.locator('[data-do=open-petition]').click()
  assert.deepEqual(await asked('petition.open'), {
    body: 12,
    petition_kind: 'recall',
    title: '关于某事的罢免案',
    text: '事实和理由。',
  })
  await shows(page, '.refusal', '不能联名提出此类事项')
  assert.equal(await page.locator('[data-do=petition-title]').inputValue(), '关于某事的罢免案')
  await context.close()
})

test('the office registers, records, reminds, and saves the ledger', { skip }, async () => {
  const { page, context } = await open('office')
  await page.locator('[data-do=new-suggestion]').click()
  await page.locator('[data-do=suggestion-number]').fill('第109号')
  await page.locator('[data-do=suggestion-title]').fill('关于增设斑马线的建议')
  await page.locator('[data-do=suggestion-lead]:not([disabled])').fill('102')
  await page.locator('[data-do=suggestion-signers]').fill('103 104')
  await page.locator('[data-do=suggestion-unit]').fill('区公安局')
  await page.locator('[data-do=suggestion-due]').fill('2099-12-31')
  await page.locator('[data-do=paper-text]').fill('学校门口没有斑马线。')
  await page.locator('[data-do=register-suggestion]').click()
  assert.deepEqual(await asked('suggestion.register'), {
    body: 10,
    number: '第109号',
    title: '关于增设斑马线的建议',
    text: '学校门口没有斑马线。',
    text_digest: null,
    lead: 101,
    signers: [102, 103],
    responsible_body: '区公安局',
    due_at_ms: Date.parse('2099-12-31T23:59:59.999+08:00'),
  })
  await page.locator('[data-suggestion="105"] .textlink').click()
  await page.locator('[data-do=remind-by]').fill('2099-01-01')
  await page.locator('[data-do=remind]').click()
  assert.equal((await asked('suggestion.remind')).evaluate_by_ms, Date.parse('2099-01-01T23:59:59.999+08:00'))
  await page.locator('[data-suggestion="107"] .textlink').click()
  await page.locator('[data-do=answer-delivery]').click()
  await page.locator('[data-do=paper-text]').fill('充电桩已建成。')
  await page.locator('[data-do=record-answer]').click()
  const recorded = await asked('suggestion.answer')
  assert.equal(recorded.stage, 'delivery')
  assert.equal(recorded.deliver_by_ms, null)
  assert.ok(recorded.evaluate_by_ms > clock.now_ms() + 20 * day_ms)
  // Something is awaited in the second evaluation: it cannot be concluded yet.
  assert.equal(await page.locator('[data-round=delivery] [data-do=conclude]').isDisabled(), true)
  const coming = page.waitForEvent('download')
  await page.locator('[data-do=save-suggestions]').click()
  const lines = readFileSync(await (await coming).path(), 'utf8').trimEnd().split('\r\n')
  assert.equal(lines.length, 9)
  assert.match(lines[2], /第107号,关于增加城区公共充电桩的建议,周建国,/)
  await context.close()
})

test('a text that is not to be published leaves only its digest', { skip }, async () => {
  const { page, context } = await open('office')
  await page.locator('[data-do=new-suggestion]').click()
  await page.locator('[data-do=suggestion-number]').fill('第110号')
  await page.locator('[data-do=suggestion-title]').fill('关于某信访事项的建议')
  await page.locator('[data-do=suggestion-lead]:not([disabled])').fill('102')
  await page.locator('[data-do=suggestion-unit]').fill('区信访办')
  await page.locator('[data-do=kept-outside]').check()
  const file = { name: '原件.txt', mimeType: 'text/plain', buffer: Buffer.from('不宜公开') }
  await page.locator('[data-do=paper-file]').setInputFiles(file)
  await page.locator('[data-do=register-suggestion]').click()
  const sent = await asked('suggestion.register')
  assert.equal(sent.text, '')
  const hash = await crypto.subtle.digest('SHA-256', file.buffer)
  assert.equal(sent.text_digest, Buffer.from(hash).toString('base64url'))
  await context.close()
})
