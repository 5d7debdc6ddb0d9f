// A real Chromium, and pages in it that remember everything that went wrong.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { axe_source, chromium } from './packages.mjs'

const candidates = [process.env.PLENUM_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']
const switches = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Null when this machine has no Chromium: the caller says that it skips. */
export function find_chromium() {
  return candidates.find((path) => path && existsSync(path)) ?? null
}

/** Why a test in a browser has to be skipped here; false when it has not. */
export const no_browser = find_chromium() ? false : 'Chromium is not installed'

export function launch() {
  return chromium.launch({ executablePath: find_chromium(), headless: false, args: switches })
}

const close_patience_ms = 10_000

/** Closes it; a Chromium that does not end in time, which happens on a busy machine, is killed. */
export async function close_browser(browser) {
  const late = setTimeout(() => {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    for (const child of children.trim().split(' ').map(Number)) {
      if (/chrom/.test(readFileSync(`/proc/${child}/comm`, 'utf8'))) process.kill(child, 'SIGKILL')
    }
  }, close_patience_ms)
  await browser?.close()
  clearTimeout(late)
}

/**
 * A page of its own browser context (own code, own storage). `complaints` collects errors, also of the
 * content policy. With `at_ms` its clock stands still at that time; with `off_ms` it runs that much ahead.
 */
export async function open_page(
  browser,
  url,
  { width = 1280, height = 800, language = 'zh-CN', at_ms = null, off_ms = 0, trusts_any = false } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    ignoreHTTPSErrors: trusts_any,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  })
  await context.addInitScript((chosen) => {
    if (localStorage.getItem('plenum.language') === null) localStorage.setItem('plenum.language', chosen)
  }, language)
  if (off_ms !== 0) await context.addInitScript(set_clock_ahead, off_ms)
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  if (at_ms !== null) await page.clock.setFixedTime(at_ms)
  await page.goto(url)
  return { page, context, complaints }
}

/** Runs in the page before anything of its own. */
function set_clock_ahead(off_ms) {
  const RightDate = Date
  globalThis.Date = class extends RightDate {
    constructor(...given) {
      if (given.length > 0) super(...given)
      else super(RightDate.now() + off_ms)
    }

    static now() {
      return RightDate.now() + off_ms
    }
  }
}

const patience_ms = 20_000

/** Waits until `selector` shows `words` (a string or a pattern). */
export function shows(page, selector, words, timeout = patience_ms) {
  return page.locator(selector).filter({ hasText: words }).first().waitFor({ timeout })
}

/** Presses the one big button of a chair's panel once it offers `step` and has settled. */
export function take_step(page, step) {
  return page.locator(`[data-step=${step}][aria-disabled=false]`).click({ timeout: patience_ms })
}

/** What axe finds wrong with a page, one line each. */
export async function accessibility_findings(page) {
  await page.evaluate(axe_source)
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
  )
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  )
}

/** With PLENUM_PICTURES=FOLDER in the environment: a picture for people to look at. */
export async function picture(page, name) {
  const folder = process.env.PLENUM_PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** Labels, buttons and headings whose words stick out of their own box, one line each. */
export function cramped_words(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('label, button, dt, dd, h1, h2, th, td, .tag, .chip, select')]
      .filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
      .filter((one) => !['hidden', 'clip'].includes(getComputedStyle(one).overflowX))
      .map((one) => `${one.tagName} “${one.innerText}”: ${one.scrollWidth} > ${one.clientWidth}`),
  )
}

/** How many pixels of a page stick out at the right. */
export function overflow_px(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
