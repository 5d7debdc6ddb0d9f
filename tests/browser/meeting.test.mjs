// What happens around the vote when somebody presses: speaking, objecting, counting hands, signing minutes,
// setting the hall screens; and what a screen says when nothing is heard any more.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture } from './browser.mjs'
import {
  agenda,
  agenda_at,
  chair,
  delegate,
  floor,
  hall,
  members,
  observer,
  open_vote,
  resolution,
  result,
  sitting,
  speech,
  teller,
} from './canned.mjs'
import { FakeServer, private_digest, private_value, refusal } from './fake_server.mjs'

const skip = no_browser
const server = new FakeServer()
let browser
let text

before(async () => {
  if (skip) return
  await server.start()
  browser = await launch()
  text = server.add_document(resolution)
  const people = { seat: delegate, chair, teller, hall, guest: observer }
  for (const [code, person] of Object.entries(people)) server.people.set(code, person)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

async function open(code, path, snapshot, size = {}, answers = {}) {
  server.snapshot = {
    seq: 60,
    agendas: [agenda()],
    sittings: [sitting()],
    floors: [],
    votes: [],
    ...snapshot,
  }
  server.requests = []
  server.answers = answers
  return open_page(browser, `${server.url}${path}#code=${code}`, size)
}

/** The params of the first request of a method, once it has come. */
async function asked(method) {
  for (let tries = 0; tries < 500 && server.requests_of(method).length === 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return server.requests_of(method)[0]?.params
}

const phone = { width: 360, height: 740 }
const waiting = [speech(71, '欧阳晓燕', ''), speech(72, '周建国', '', { person: 17 }), speech(73, '何平', '')]

test('a member asks for the floor, sees the place, is called, and finishes', { skip }, async () => {
  const { page, context } = await open(
    'seat',
    '/console.html',
    { agendas: [agenda_at('deliberating')] },
    phone,
  )
  await page.getByLabel('程序问题').check()
  await page.reload()
  await page.locator('input[value=point_of_order]:checked').waitFor() // Half filled in, and still there.
  await page.locator('[data-do=speak]').click()
  assert.deepEqual(await asked('floor.request'), {
    sitting: 40,
    speech_kind: 'point_of_order',
    answers: null,
  })
  server.tell('floor.changed', { seq: 61, at_ms: Date.now(), floor: floor({ queue: waiting }) })
  await page.locator('.place', { hasText: '排在第 2 位（共 3 人）' }).waitFor()
  const speaking = { ...waiting[1], state: 'speaking', granted_at_ms: Date.now() - 570_000 }
  server.tell('floor.changed', {
    seq: 62,
    at_ms: Date.now(),
    floor: floor({ speaking, queue: [waiting[0]] }),
  })
  await page.locator('[data-floor=speaking] [data-time=soon]').waitFor()
  await page.getByRole('button', { name: '发言完毕' }).click()
  assert.deepEqual(await asked('floor.yield'), { speech: 72 })
  await context.close()
})

test('minutes are signed only after they were checked, exactly those shown', { skip }, async () => {
  const ended = [speech(69, '周建国', '', { person: 17, state: 'ended', minutes: text })]
  const { page, context } = await open('seat', '/console.html', { floors: [floor({ ended })] }, phone)
  const sign = page.locator('[data-do=sign]')
  assert.equal(await sign.isDisabled(), true)
  await page.getByLabel('我已核对').check()
  await sign.click()
  assert.deepEqual(await asked('speech.sign'), { speech: 69, minutes: text })
  await context.close()
})

test('an objection is asked once more, and then on record', { skip }, async () => {
  const silent = open_vote(text, { vote_method: 'no_objection', received: null })
  const { page, context } = await open('seat', '/console.html', { votes: [silent] }, phone)
  await page.locator('.silence', { hasText: '沉默即表示同意' }).waitFor()
  assert.equal(await page.locator('.key').count(), 0)
  await page.locator('[data-do=object]').click()
  assert.equal(server.requests_of('vote.object').length, 0)
  await page.getByRole('dialog').getByRole('button', { name: '提出异议' }).click()
  assert.deepEqual(await asked('vote.object'), { vote: 51 })
  server.tell('me.changed', { seq: 61, me: { ...delegate, objected: [51] } })
  await page.locator('.mine', { hasText: '您的异议已记录' }).waitFor()
  await context.close()
})

test('a private paper is opened in a tab of its own', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {})
  server.answers['document.read'] = () => ({
    result: { seq: 60, ...private_value('内部文件') },
  })
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: '审查结果报告' }).click(),
  ])
  await opened.getByText('内部文件').waitFor()
  assert.match(opened.url(), /^blob:/)
  await context.close()
})

test('what is put to the vote on a closed item is read by question, and checked', { skip }, async () => {
  const closed = agenda_at('put_to_vote', { is_closed: true, documents: [] })
  const secret = private_value('任命李四为秘书长。')
  for (const [code, path] of [
    ['seat', '/console.html'],
    ['chair', '/chair.html'],
  ]) {
    const votes = [open_vote(private_digest(secret), { text_is_private: true })]
    const answers = { 'document.read': () => ({ result: { seq: 60, ...secret } }) }
    const { page, context } = await open(code, path, { agendas: [closed], votes }, phone, answers)
    await page.locator('.words', { hasText: '任命李四为秘书长。' }).first().waitFor()
    await page.locator('.genuine').waitFor()
    assert.deepEqual(await asked('document.read'), { item: 32, document: votes[0].text })
    server.tell('vote.changed', { seq: 61, at_ms: 0, vote: { ...votes[0], received: 209 } })
    await page.getByText('209').first().waitFor()
    assert.equal(server.requests_of('document.read').length, 1)
    await context.close()
  }
})

test('a text of a closed item that is another than the record names is called out', { skip }, async () => {
  const votes = [open_vote(private_digest(private_value('原文')), { text_is_private: true })]
  const changed = private_value('改过的文字')
  const answers = { 'document.read': () => ({ result: { seq: 60, ...changed } }) }
  const { page, context } = await open('seat', '/console.html', { votes }, phone, answers)
  await page.locator('.forged').waitFor()
  await context.close()
})

test('a teller counts with large steps; half a count survives a reload', { skip }, async () => {
  const hands = { electors: 30, counted: [], agreed: false }
  const vote = open_vote(text, { vote_method: 'hands', received: null, hands })
  const { page, context } = await open('teller', '/teller.html', { votes: [vote] }, phone)
  await page.getByLabel('赞成', { exact: true }).fill('24')
  await page.getByRole('button', { name: '反对加一' }).click()
  await page.reload()
  await page.getByLabel('赞成', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('赞成', { exact: true }).inputValue(), '24')
  const confirm = page.getByRole('button', { name: '确认报数' })
  assert.equal(await confirm.isDisabled(), true) // Nobody said how many abstain.
  await page.getByLabel('弃权', { exact: true }).fill('6')
  await page.locator('.note', { hasText: '超过举手表决人数 30 人' }).waitFor()
  await page.getByLabel('弃权', { exact: true }).fill('5')
  await confirm.click()
  assert.deepEqual(await asked('vote.count_hands'), {
    vote: 51,
    hands: { approve: 24, oppose: 1, abstain: 5 },
  })
  const counted = [5, 8].map(
    (one) => ({ teller: one, name: '', hands: { approve: 24, oppose: 1, abstain: 5 } }),
  )
  server.tell('vote.changed', {
    seq: 62,
    at_ms: Date.now(),
    vote: { ...vote, hands: { electors: 30, counted, agreed: true } },
  })
  await page.locator('[data-agreed=true]').waitFor()
  await context.close()
})

test('the queue is ordered by keyboard; after the vote a reason is needed', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', {
    agendas: [agenda_at('decided')],
    floors: [floor({ queue: waiting })],
  })
  await page.getByRole('button', { name: '将何平上移' }).focus()
  await page.keyboard.press('Enter')
  assert.deepEqual(await asked('floor.order'), { sitting: 40, order: [71, 73, 72] })
  await page.locator('[data-queued="71"]').getByRole('button', { name: '请发言' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('主席团同意补充说明')
  await picture(page, 'chair_override')
  await dialog.getByRole('button', { name: '付表决后准许发言' }).click()
  assert.deepEqual(await asked('floor.grant'), { speech: 71, override_reason: '主席团同意补充说明' })
  await context.close()
})

test('the chair ends an item with an opinion that survives a reload', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', { agendas: [agenda_at('deliberating')] })
  await page.locator('[data-step=conclude_opinion][aria-disabled=false]').click()
  await page.getByLabel('审议意见', { exact: true }).fill('建议加强跟踪监督')
  await page.reload()
  await page.locator('[data-step=conclude_opinion][aria-disabled=false]').click()
  await page.getByRole('dialog').getByRole('button', { name: '形成审议意见' }).click()
  assert.deepEqual(await asked('item.conclude'), {
    sitting: 40,
    item: 32,
    outcome: 'deliberation_opinion',
    opinion: '建议加强跟踪监督',
  })
  await context.close()
})

test('the reason for a void is half filled in and survives a reload', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', { votes: [open_vote(text)] })
  await page.locator('[data-do=void]').click()
  await page.getByRole('dialog').getByLabel('表决稿有误').check()
  await page.getByRole('dialog').getByLabel('补充说明').fill('第二页缺')
  await page.reload()
  await page.locator('[data-do=void]').click()
  await page.getByRole('dialog').getByRole('button', { name: '作废本次表决' }).click()
  assert.deepEqual(await asked('vote.void'), { vote: 51, reason: 'wrong_text', note: '第二页缺' })
  await page.locator('[data-do=void]').click() // Recorded: the next void starts from nothing.
  assert.equal(await page.getByRole('dialog').getByLabel('补充说明').inputValue(), '')
  await context.close()
})

test('the list of members is read again when the line is back', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', {})
  const [member] = members(1)
  let presence = 'absent'
  server.answers['members.list'] = () => ({
    result: { seq: 60, total: 1, members: [{ ...member, presence }] },
  })
  await page.locator('[data-do=members]').click()
  await page.locator('tbody tr', { hasText: '未签到' }).waitFor()
  presence = 'present' // Signed in while nobody here could hear of it.
  server.resumes = true
  server.cut()
  await page.locator('tbody tr', { hasText: '已签到' }).waitFor()
  server.resumes = false
  await context.close()
})

test('the gallery learns nothing of a vote on a closed item', { skip }, async () => {
  const closed = agenda_at('put_to_vote', { is_closed: true, title: '', documents: [] })
  const votes = [
    open_vote(text, { id: 50, state: 'announced', title: '关于张三的任命', result: result(300, 1, 2, 3) }),
    open_vote(text, { title: '关于李四的任命' }),
  ]
  const { page, context } = await open('guest', '/console.html', { agendas: [closed], votes })
  await page.locator('.item', { hasText: '不公开' }).waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /张三|李四/)
  await context.close()
})

test('the chair sets what each hall screen shows', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', {})
  await page.locator('[data-screen=main] select').selectOption('attendance')
  assert.deepEqual(await asked('hall.show'), {
    sitting: 40,
    screen: 'main',
    content: 'attendance',
    message: '',
  })
  server.requests = []
  await page.getByLabel('新屏幕名称').fill('主席台')
  await page.getByRole('button', { name: '添加' }).click()
  assert.equal((await asked('hall.show')).screen, '主席台')
  server.requests = []
  await page.locator('[data-screen=main] select').selectOption('message')
  await page.getByLabel('要显示的文字').fill('请就座')
  await page.getByRole('button', { name: '显示', exact: true }).click()
  assert.deepEqual(await asked('hall.show'), {
    sitting: 40,
    screen: 'main',
    content: 'message',
    message: '请就座',
  })
  await context.close()
})

test('a hall screen says how old its data is until it hears again', { skip }, async () => {
  const { page, context } = await open('hall', '/hall.html', {}, { width: 1920, height: 1080 })
  await page.locator('[data-shown=item]').waitFor()
  assert.ok(await asked('ping'), 'asks for a sign of life by itself')
  await new Promise((resolve) => setTimeout(resolve, 4000))
  assert.equal(await page.locator('.stale').count(), 0)
  server.answers.ping = () => null
  await page.locator('.stale', { hasText: /数据已 [3-9] 秒未更新/ }).waitFor()
  await picture(page, 'hall_stale')
  server.answers = {}
  server.cut()
  await page.locator('.stale').waitFor({ state: 'detached' })
  await context.close()
})

test('a hall screen shows its own content', { skip }, async () => {
  const screens = [{ screen: '主席台', content: 'message', message: '请就座' }]
  const shown = { sittings: [sitting({ screens })] }
  const { page, context } = await open('hall', '/hall.html?screen=主席台', shown)
  await page.locator('[data-shown=message]', { hasText: '请就座' }).waitFor()
  server.tell('sitting.changed', {
    seq: 61,
    sitting: sitting({ screens: [{ screen: '主席台', content: 'blank', message: '' }] }),
  })
  await page.locator('[data-shown=blank]').waitFor()
  assert.equal((await page.locator('.wall').innerText()).trim(), '')
  await context.close()
})

test('everybody is led to the page of the role', { skip }, async () => {
  for (const [code, path] of [['teller', '/teller.html'], ['hall', '/hall.html?screen=side']]) {
    const start = path.includes('?') ? '/?screen=side' : '/'
    const { page, context } = await open(code, start, {})
    await page.waitForURL((url) => url.pathname + url.search === path)
    await context.close()
  }
})

test('what the server refuses around the vote is said in words', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {}, phone)
  server.answers['floor.request'] = () => ({
    error: refusal(1030, 'speech_limit', '您在本项议题上的发言次数已满', '可请主持人另行准许'),
  })
  await page.locator('[data-do=speak]').click()
  await page.getByRole('alert').filter({ hasText: '发言次数已满' }).waitFor()
  await context.close()
})
