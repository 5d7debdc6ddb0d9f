// What everybody has before them at one moment of a meeting: looked at in both languages, checked for what
// sticks out and by axe, and kept as pictures where somebody asked for them.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessibility_findings, cramped_words, overflow_px, picture } from './browser.mjs'
import { small_png } from './png.mjs'

const tour = fileURLToPath(new URL('../../docs/pictures', import.meta.url))
const short = { 'zh-CN': 'zh', en: 'en' }

/** With PLENUM_WRITE_TOUR=1: a picture for docs/tour.md, as part of the sources. */
export async function tour_picture(page, name) {
  if (!process.env.PLENUM_WRITE_TOUR) return
  mkdirSync(tour, { recursive: true })
  writeFileSync(join(tour, `${name}.png`), small_png(await page.screenshot()))
}

/** The language a page stands in. */
function language_of(page) {
  return page.evaluate(() => document.documentElement.lang)
}

/** A hall screen is told its language in its address; all others have a switch. */
async function set_language(page, language) {
  if ((await language_of(page)) === language) return
  if (new URL(page.url()).pathname !== '/hall.html') {
    await page.locator(`header button[lang="${language}"]`).click()
    return
  }
  await page.goto(new URL(`/hall.html?lang=${short[language]}`, page.url()).href)
  // Not what it showed before: the chamber may have gone on while the page was loading.
  await page.locator('[data-shown]:not([data-shown=loading])').waitFor()
}

/**
 * Looks at one page in both languages and leaves it in its own. `day`, `moment` and `name` name the pictures;
 * `in_tour` puts them into the tour as well.
 */
async function look_at(page, day, moment, name, in_tour) {
  const own = await language_of(page)
  for (const language of [own === 'en' ? 'zh-CN' : 'en', own]) {
    await set_language(page, language)
    const called = `${moment}_${name}_${short[language]}`
    await picture(page, `${day}_${called}`)
    if (in_tour) await tour_picture(page, called)
    assert.equal(await overflow_px(page), 0, `${called}: sticks out at the right`)
    assert.deepEqual(await cramped_words(page), [], called)
    assert.deepEqual(await accessibility_findings(page), [], called)
  }
}

/**
 * Looks at all `pages` (name → page) at one moment of a day; those named in `in_tour` belong to the tour,
 * which is of the whole meeting.
 */
export async function look(moment, pages, in_tour = [], day = 'whole') {
  const looks = Object.entries(pages).map(([name, page]) =>
    look_at(page, day, moment, name, in_tour.includes(name)),
  )
  await Promise.all(looks)
}
