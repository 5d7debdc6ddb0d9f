// Names in rare characters show: each is drawn with a font that has it, in the type the pages ask for. Noto
// Sans CJK has those in common use as names; Hanazono Mincho has the rest of the planes behind the first.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture } from './browser.mjs'
import { FakeServer } from './fake_server.mjs'

const skip = no_browser
const server = new FakeServer()
const names = {
  '\u{20bb7}田明': ['Noto Sans CJK SC'],
  '王\u{20164}': ['Noto Sans CJK SC'],
  '买买提·吐尔逊': ['Noto Sans CJK SC'],
  '李\u{2a6a5}': ['HanaMinA', 'Noto Sans CJK SC'],
  '陈\u{23c9e}': ['HanaMinB', 'Noto Sans CJK SC'],
}
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

const patience_ms = 10_000

/** The families Chromium really drew the text of a node with, once it has drawn it. */
async function drawn_with(page, selector) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('DOM.enable')
  await devtools.send('CSS.enable')
  const { root } = await devtools.send('DOM.getDocument')
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector })
  const until = Date.now() + patience_ms
  for (;;) {
    const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId })
    // Before the first layout there is nothing to tell of: on a busy machine the question comes too early.
    if (fonts.length > 0 || Date.now() > until) return fonts.map((font) => font.familyName).sort()
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
  }
}

for (const [name, families] of Object.entries(names)) {
  test(`${name} is drawn with ${families.join(' and ')}`, { skip }, async () => {
    const { page, context } = await open_page(browser, server.url)
    await page.evaluate((text) => {
      const shown = document.createElement('h1')
      shown.id = 'rare'
      shown.textContent = text
      document.body.prepend(shown)
    }, name)
    assert.deepEqual(await drawn_with(page, '#rare'), families)
    await picture(page, `rare_${name.codePointAt(0)}`)
    await context.close()
  })
}
