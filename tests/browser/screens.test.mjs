// Every state of the screens, at the sizes they are used in and in both languages, from canned messages:
// nothing sticks out, nothing breaks the content policy, axe finds nothing; and what happens when somebody
// presses.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  accessibility_findings,
  close_browser,
  cramped_words,
  launch,
  no_browser,
  open_page,
  overflow_px,
  picture,
} from './browser.mjs'
import {
  agenda,
  agenda_at,
  chair,
  counts,
  delegate,
  floor,
  hall,
  members,
  observer,
  open_vote,
  operator,
  resolution,
  result,
  secretary,
  sitting,
  speech,
  teller,
  vote,
} from './canned.mjs'
import { FakeServer, receipt, refusal } from './fake_server.mjs'
import { hall_states, page_states } from './states.mjs'

const skip = no_browser
const sizes = { phone: [360, 740], seat: [1280, 800], hd: [1920, 1080] }
const server = new FakeServer()
let browser
let text

before(async () => {
  if (skip) return
  await server.start()
  browser = await launch()
  text = server.add_document(resolution)
  server.people.set('seat', delegate)
  server.people.set('absent', { ...delegate, present_in: [] })
  server.people.set('video', { ...delegate, remote_in: [40], by_hands: [51] })
  server.people.set('secretary', secretary)
  server.people.set('teller', teller)
  server.people.set('observer', observer)
  server.people.set('hall', hall)
  server.people.set('chair', chair)
  server.people.set('operator', operator)
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

/** What hello is answered with from now on; the answers and requests of earlier tests are forgotten. */
function show(snapshot) {
  server.snapshot = { seq: 60, agendas: [agenda()], floors: [], votes: [], ...snapshot }
  server.requests = []
  server.answers = {}
}

/** Opens a page in one state; the answers and requests of earlier tests are forgotten. */
async function open(code, page, snapshot, size = 'seat', language = 'zh-CN') {
  show(snapshot)
  const [width, height] = sizes[size]
  const opened = await open_page(browser, `${server.url}${page}#code=${code}`, { width, height, language })
  await opened.page.locator('[data-link=open], [role=alert], [data-shown]').first().waitFor()
  return opened
}

// axe takes longest; what it looks at hardly depends on the size, so that one size in each language does.
const passes = [
  ['zh-CN', ['phone', 'seat', 'hd'], 'phone'],
  ['en', ['phone', 'seat'], 'seat'],
]
for (const [language, shapes, axe] of passes) {
  test(`every state is whole and accessible: ${language}`, { skip }, async () => {
    const [width, height] = sizes[shapes[0]]
    const { page, context, complaints } = await open_page(browser, `${server.url}/blank`, {
      width,
      height,
      language,
    })
    for (let index = 0; index < page_states(text).length; index++) {
      const [name, code, path, snapshot, has] = page_states(text)[index] // Anew: clocks run in them.
      show(snapshot)
      await page.goto(`${server.url}/blank`) // Another code in the address alone would load nothing.
      await page.goto(`${server.url}${path}#code=${code}`)
      await page.locator(has).first().waitFor()
      for (const shape of shapes) {
        await page.setViewportSize({ width: sizes[shape][0], height: sizes[shape][1] })
        await picture(page, `${name}-${shape}-${language}`)
        assert.equal(await overflow_px(page), 0, `${name}, ${shape}: sticks out at the right`)
        assert.deepEqual(await cramped_words(page), [], `${name}, ${shape}`)
        if (shape === axe) assert.deepEqual(await accessibility_findings(page), [], name)
      }
      assert.deepEqual(complaints, [], name)
    }
    await context.close()
  })
}

test('the three keys have one size and lie in view at every size of screen', { skip }, async () => {
  for (const size of Object.keys(sizes)) {
    const { page, context } = await open(
      'seat',
      '/console.html',
      { sittings: [sitting()], votes: [open_vote(text)] },
      size,
    )
    await page.locator('.key').first().waitFor()
    const boxes = await Promise.all((await page.locator('.key').all()).map((key) => key.boundingBox()))
    assert.equal(boxes.length, 3)
    for (const box of boxes) {
      assert.ok(
        Math.abs(box.width - boxes[0].width) < 1 && Math.abs(box.height - boxes[0].height) < 1,
        size,
      )
      assert.ok(box.width >= 90 && box.height >= 90, `${size}: large enough for a finger`)
      assert.ok(box.y >= 0 && box.y + box.height <= sizes[size][1], `${size}: in view without scrolling`)
    }
    await context.close()
  }
})

test('a press says that it is being recorded until the receipt is there', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {
    sittings: [sitting()],
    votes: [open_vote(text)],
  })
  let release
  server.answers['vote.cast'] = (params, request) => {
    release = (line) => line.send(JSON.stringify({ jsonrpc: '2.0', id: request.id, result: receipt(70) }))
    return null
  }
  await page.keyboard.press('1')
  await page.locator('.said', { hasText: '正在记录“赞成”…' }).waitFor()
  assert.equal(await page.locator('[aria-pressed=true].key').count(), 0)
  await picture(page, 'console_recording')
  release([...server.lines][0])
  await page.locator('.said', { hasText: '已记录 赞成' }).waitFor()
  assert.equal(await page.locator('.key.approve').getAttribute('aria-pressed'), 'true')
  await picture(page, 'console_recorded')
  await context.close()
})

test('a cut shows at once; the press waits and goes out again under its own id', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {
    sittings: [sitting()],
    votes: [open_vote(text)],
  })
  server.answers['vote.cast'] = () => null
  await page.keyboard.press('2')
  await page.locator('.said', { hasText: '正在记录' }).waitFor()
  const hello = server.hello
  server.hello = () => {}
  server.cut()
  await page.locator('.said', { hasText: '“反对”尚未送达' }).waitFor()
  await page.getByRole('alert').filter({ hasText: '连接已中断' }).waitFor()
  await picture(page, 'console_cut')
  server.hello = hello
  server.answers['vote.cast'] = () => ({ result: receipt(70) })
  server.cut()
  await page.locator('.said', { hasText: '已记录 反对' }).waitFor()
  const casts = server.requests_of('vote.cast')
  assert.equal(casts.length, 2)
  assert.equal(casts[0].id, casts[1].id)
  assert.equal(server.requests_of('hello').at(-1).params.since, 60)
  await context.close()
})

test('with the first press counting, the keys lock and say why', { skip }, async () => {
  const once = open_vote(text, { press: 'first' })
  const { page, context } = await open('seat', '/console.html', { sittings: [sitting()], votes: [once] })
  await page.getByRole('button', { name: '弃权' }).click()
  await page.locator('.said', { hasText: '已记录 弃权' }).waitFor()
  await page.keyboard.press('1')
  await page.locator('#press-note', { hasText: '以第一次按键为准，已锁定' }).waitFor()
  assert.equal(server.requests_of('vote.cast').length, 1)
  await picture(page, 'console_first_press')
  await context.close()
})

test('a refusal is shown in words, with what to do next', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {
    sittings: [sitting()],
    votes: [open_vote(text)],
  })
  server.answers['vote.cast'] = () => ({
    error: refusal(1013, 'not_in_electorate', '您在表决开启之后才签到', '请等待下一项表决'),
  })
  await page.keyboard.press('1')
  await page
    .getByRole('alert')
    .filter({ hasText: '您在表决开启之后才签到' })
    .filter({ hasText: '请等待下一项表决' })
    .waitFor()
  await page.locator('#press-note', { hasText: '不能参加本次表决' }).waitFor()
  await picture(page, 'console_refused')
  await context.close()
})

test('somebody else’s text is never passed off as the text put to the vote', { skip }, async () => {
  const forged = server.add_document('第一稿')
  const hex = [...server.documents].find(([, words]) => words === '第一稿')[0]
  server.documents.set(hex, '被改过的文字')
  const { page, context } = await open('seat', '/console.html', {
    sittings: [sitting()],
    votes: [open_vote(forged)],
  })
  await page.getByRole('alert').filter({ hasText: '不一致' }).waitFor()
  await context.close()
})

test('the language is changed without losing anything', { skip }, async () => {
  const { page, context } = await open('seat', '/console.html', {
    sittings: [sitting()],
    votes: [open_vote(text)],
  })
  await page.keyboard.press('3')
  await page.locator('.said', { hasText: '已记录 弃权' }).waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('.said', { hasText: 'Recorded: Abstain' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  await context.close()
})

test('a double click on the one big button takes one step, not two', { skip }, async () => {
  const { page, context } = await open('chair', '/chair.html', {
    sittings: [sitting()],
    votes: [vote(text)],
  })
  server.answers['vote.open'] = () => {
    server.tell('vote.changed', { seq: 61, at_ms: Date.now(), vote: open_vote(text, { received: 0 }) })
    return { result: receipt(60) }
  }
  await page.locator('[data-step=open_vote][aria-disabled=false]').click()
  const close = page.locator('[data-step=close_vote]')
  await close.evaluate((button) => button.click()) // At once, as an impatient finger would.
  await page.locator('[data-step=close_vote][aria-disabled=false]').waitFor()
  assert.equal(server.requests_of('vote.close').length, 0)
  await close.click()
  for (let tries = 0; tries < 50 && server.requests_of('vote.close').length === 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.equal(server.requests_of('vote.close').length, 1)
  await context.close()
})

test(
  'the chair sees who has not pressed, voids with a reason, and lends the conduct',
  { skip },
  async () => {
    const { page, context } = await open('chair', '/chair.html', {
      sittings: [sitting()],
      votes: [open_vote(text)],
    })
    const waiting = { seq: 60, total: 123, members: members(30) }
    server.answers['vote.not_pressed'] = () => ({ result: waiting })
    await page.locator('[data-do=who]').click()
    await page.locator('.not-pressed', { hasText: '未按表决器 123 人' }).waitFor()
    await picture(page, 'chair_not_pressed')
    await page.locator('[data-do=void]').click()
    const dialog = page.getByRole('dialog')
    assert.equal(await dialog.getByRole('button', { name: '作废本次表决' }).isDisabled(), true)
    await dialog.getByLabel('表决稿有误').check()
    await picture(page, 'chair_void_dialog')
    await dialog.getByRole('button', { name: '作废本次表决' }).click()
    await page.locator('[data-do=lend]').click()
    await page.locator('[data-do=lend]').waitFor()
    assert.deepEqual(server.requests_of('vote.void')[0].params, {
      vote: 51,
      reason: 'wrong_text',
      note: '',
    })
    assert.deepEqual(server.requests_of('conduct.lend')[0].params, { sitting: 40, lent: true })
    await context.close()
  },
)

test(
  'the list of members follows what happens, and the operator signs in at the desk',
  { skip },
  async () => {
    const signing = { sittings: [sitting({ state: 'signing_in', counts })], votes: [] }
    const { page, context } = await open('operator', '/chair.html', signing)
    const everybody = members(352)
    server.answers['members.list'] = ({ from, limit }) => ({
      result: { seq: 60, total: everybody.length, members: everybody.slice(from, from + limit) },
    })
    await page.locator('[data-do=members]').click()
    await page.getByRole('searchbox').fill('代表352')
    const row = page.locator('tbody tr')
    await row.filter({ hasText: '代表352' }).getByRole('button', { name: '代签退' }).click()
    server.tell('members.changed', {
      seq: 62,
      sitting: 40,
      persons: [{ person: 451, presence: 'left' }],
    })
    await row.filter({ hasText: '已退场' }).waitFor()
    await picture(page, 'operator_members')
    assert.deepEqual(server.requests_of('attendance.sign_out_for')[0].params, { sitting: 40, person: 451 })
    await context.close()
  },
)

test('an answer is registered for the question it is to, and shows with it', { skip }, async () => {
  const asked = speech(73, '欧阳晓燕', '第一代表团', { speech_kind: 'question' })
  const debate = { sittings: [sitting()], agendas: [agenda_at('deliberating')] }
  const floors = [floor({ queue: [asked] })]
  const { page, context } = await open('chair', '/chair.html', { ...debate, floors })
  const list = members(30)
  server.answers['members.list'] = () => ({ result: { seq: 60, total: 30, members: list } })
  await page.locator('[data-do=members]').click()
  await page.getByRole('button', { name: '更多：代表2', exact: true }).click()
  await page.locator('[data-do=speech-kind]').selectOption('answer')
  await page.locator('[data-do=question]').selectOption('73')
  await picture(page, 'chair_register_answer')
  assert.deepEqual(await cramped_words(page), [])
  assert.deepEqual(await accessibility_findings(page), [])
  await page.locator('[data-do=register]').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const wanted = { sitting: 40, person: 101, speech_kind: 'answer', answers: 73 }
  assert.deepEqual(server.requests_of('floor.request_for')[0].params, wanted)
  const answer = speech(74, '代表2', '', { speech_kind: 'answer', answers: 73 })
  server.tell('floor.changed', { seq: 62, at_ms: Date.now(), floor: floor({ queue: [asked, answer] }) })
  await page.locator('[data-queued="74"]', { hasText: '答复欧阳晓燕的询问' }).waitFor()
  await context.close()
})

test('a wall stays with the plenary; a second one is set up by its address', { skip }, async () => {
  const screens = [{ screen: '主席台', content: 'message', message: '请各位代表就座' }]
  const plenary = sitting({ state: 'recess', recess_reason: '休息十分钟', screens })
  const side = { body: 12, body_name: '第一代表团', body_kind: 'delegation', title: '第一代表团会议' }
  const sittings = [plenary, sitting({ ...side, id: 41 })]
  const chairs = await open('chair', '/chair.html', { sittings })
  await chairs.page.locator('.list li', { hasText: '第二次全体会议' }).locator('button').click()
  await chairs.page.locator('.hall summary').click()
  const address = await chairs.page.locator('[data-address="主席台"]').innerText()
  await chairs.page.locator('.hall .note').scrollIntoViewIfNeeded()
  assert.deepEqual(await accessibility_findings(chairs.page), [])
  await picture(chairs.page, 'chair_screens')
  await chairs.context.close()
  const wall = await open('hall', '/hall.html', { sittings }, 'hd')
  await wall.page.locator('[data-shown=recess]', { hasText: '休息十分钟' }).waitFor()
  await wall.page.goto(`${server.url}/blank`)
  await wall.page.goto(`${address}#code=hall`)
  await wall.page.locator('[data-shown=message]', { hasText: '请各位代表就座' }).waitFor()
  await wall.page.goto(`${server.url}/hall.html?sitting=41#code=hall`)
  await wall.page.locator('header', { hasText: '第一代表团会议' }).waitFor()
  await wall.context.close()
})

test('the console has the agenda with its papers, and with the chair the schedule', { skip }, async () => {
  const state = (name) => page_states(text).find(([one]) => one === name)
  const looks = [
    ['console_programme', 'phone'],
    ['console_programme', 'seat'],
    ['chair_schedule', 'seat'],
  ]
  for (const [name, size] of looks) {
    const [, code, path, snapshot] = state(name)
    const { page, context } = await open(code, path, snapshot, size)
    await page.locator(code === 'seat' ? '[data-agenda] summary' : '.agenda summary').click()
    await page.locator('[data-schedule] li', { hasText: '闭幕会' }).waitFor()
    assert.match(await page.locator('[data-schedule] li').first().innerText(), /09:00–10:30\s+第二次全体会议/)
    assert.match(await page.locator('[data-schedule] li').nth(1).innerText(), /14:00\s+分组审议\s+二、三$/)
    if (code === 'seat') {
      await page.locator('[data-agenda] [data-item="32"] .documents a').first().waitFor()
      assert.equal(await page.locator('[data-agenda] [aria-current=step]').getAttribute('data-item'), '32')
    }
    await page.locator('[data-schedule]').scrollIntoViewIfNeeded()
    await picture(page, `${name}_opened_${size}`)
    assert.equal(await overflow_px(page), 0)
    assert.deepEqual(await accessibility_findings(page), [])
    await context.close()
  }
})

for (const language of ['zh', 'both', 'en']) {
  test(`the hall screen is whole and readable: ${language}`, { skip }, async () => {
    const [width, height] = sizes.hd
    const { page, context, complaints } = await open_page(
      browser,
      `${server.url}/blank`,
      { width, height },
    )
    for (let index = 0; index < hall_states(text).length; index++) {
      const [name, snapshot, shown] = hall_states(text)[index]
      show(snapshot)
      await page.goto(`${server.url}/blank`)
      await page.goto(`${server.url}/hall.html?lang=${language}#code=hall`)
      await page.locator(`[data-shown=${shown}]`).waitFor()
      await picture(page, `${name}-${language}`)
      assert.deepEqual(await page.evaluate(find_clipped), [], `${name}: cut off`)
      if (language === 'zh') assert.deepEqual(await accessibility_findings(page), [], name)
      // A wall of another size shows the same, smaller.
      await page.setViewportSize({ width: 1280, height: 720 })
      assert.deepEqual(await page.evaluate(find_clipped), [], `${name}: cut off on a smaller wall`)
      await page.setViewportSize({ width: 1920, height: 1080 })
      assert.deepEqual(complaints, [], name)
    }
    await context.close()
  })
}

/** Runs in the page: frames whose content is taller or wider than they are. */
function find_clipped() {
  const parts = 'main, main > *, main ol, main th, main td, header, header > *, footer'
  const frames = [...document.querySelectorAll(parts)]
  return frames
    .filter(
      (frame) =>
        frame.scrollHeight > frame.clientHeight + 2 || frame.scrollWidth > frame.clientWidth + 2,
    )
    .map((frame) => `${frame.tagName}.${frame.className} ${frame.scrollHeight} > ${frame.clientHeight}`)
}
