// The independent checker: a record dropped on the page shows every check green; one byte changed, red with
// the
// sentence that says what is wrong.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
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
  shows,
} from './browser.mjs'
import { FakeServer } from './fake_server.mjs'

const skip = no_browser
const golden = readFileSync(new URL('../../schemas/vectors/bundle_v1.plenum', import.meta.url))
const sizes = { phone: [360, 740], desk: [1280, 800] }
const server = new FakeServer()
let browser

before(async () => {
  if (skip) return
  await server.start()
  browser = await launch()
})

after(async () => {
  await close_browser(browser)
  if (!skip) await server.stop()
})

function open(size, language) {
  const [width, height] = sizes[size]
  return open_page(browser, `${server.url}/verify.html`, { width, height, language })
}

function give(page, buffer, name = 'record.plenum') {
  return page
    .locator('[data-do=bundle]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

/** One bit of one byte in a copy. */
function flipped(at) {
  const bytes = Buffer.from(golden)
  bytes[at] ^= 1
  return bytes
}

const states = (page) =>
  page
    .locator('[data-check]')
    .evaluateAll((lines) => lines.map((line) => [line.dataset.check, line.dataset.state]))

for (const size of Object.keys(sizes)) {
  for (const language of ['zh-CN', 'en']) {
    test(`a golden record is all green, ${size}, ${language}`, { skip }, async () => {
      const { page, context, complaints } = await open(size, language)
      await picture(page, `verify_empty_${size}_${language}`)
      await give(page, golden)
      await shows(page, '[data-verdict=good]', language === 'en' ? 'Verified' : '核验通过')
      for (const [name, state] of await states(page)) assert.equal(state, 'good', name)
      assert.equal((await states(page)).length, 11)
      assert.equal(await page.locator('[data-vote]').count(), 13)
      assert.match(
        await page.locator('[data-vote="49"]').innerText(),
        language === 'en' ? /not passed/ : /未通过/,
      )
      assert.ok((await overflow_px(page)) <= 0)
      assert.deepEqual(await cramped_words(page), [])
      assert.deepEqual(await accessibility_findings(page), [])
      assert.deepEqual(complaints, [])
      await picture(page, `verify_good_${size}_${language}`)
      await context.close()
    })

    test(`one byte changed is red and says so, ${size}, ${language}`, { skip }, async () => {
      const { page, context, complaints } = await open(size, language)
      await give(page, flipped(40_000))
      await shows(page, '[data-verdict=bad]', language === 'en' ? 'Not verified' : '核验不通过')
      const line = page.locator('[data-check=archive]')
      assert.equal(await line.getAttribute('data-state'), 'bad')
      const sentence = language === 'en' ? 'was damaged or changed' : '文件末行的摘要与前面的内容不符'
      assert.ok((await line.innerText()).includes(sentence))
      assert.equal(await page.locator('[data-check=tree]').getAttribute('data-state'), 'unseen')
      assert.ok((await overflow_px(page)) <= 0)
      assert.deepEqual(await accessibility_findings(page), [])
      assert.deepEqual(complaints, [])
      await picture(page, `verify_bad_${size}_${language}`)
      await context.close()
    })
  }
}

test('another key than the one published elsewhere is red', { skip }, async () => {
  const { page, context } = await open('desk', 'zh-CN')
  const key = 'plenum.example/assembly-2026+a398f3d3+AaL6L0o1W6LpB6UwCenjfK3fesfmagi6B2MfVTBys/JM'
  await page.locator('[data-do=trusted]').fill(key)
  await give(page, golden)
  await shows(page, '[data-verdict=good]', '所有检查都通过。')
  await page.locator('[data-do=trusted]').fill(key.replace('a398', 'a399'))
  await give(page, golden)
  await shows(page, '[data-verdict=bad]', '核验不通过')
  await shows(page, '[data-check=key][data-state=bad]', '不是您指定的公钥')
  await context.close()
})

test('a tracker is read as people type it, and one that is none is told apart', { skip }, async () => {
  const { page, context } = await open('phone', 'zh-CN')
  await give(page, golden)
  await page.locator('[data-do=tracker]').fill('abc')
  await page.locator('[data-do=find-tracker]').click()
  await shows(page, '[data-tracker=malformed]', '追踪码是16位')
  await page.locator('[data-do=tracker]').fill('olb2 c3d4-e5f6 g7h8')
  await page.locator('[data-do=find-tracker]').click()
  await shows(page, '[data-tracker=none]', '不含秘密表决')
  await context.close()
})
