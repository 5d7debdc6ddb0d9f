// A day of secret votes on real screens, step after step: what its tests begin and end with.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { close_browser, launch, no_browser, open_page } from './browser.mjs'
import { SecretHall } from './secret_hall.mjs'

export class SecretDay {
  constructor() {
    this.skip = SecretHall.why_not() || no_browser
    this.hall = this.skip ? null : new SecretHall()
    /** What went wrong in each page. */
    this.complaints = []
    this.browser = null
  }

  async begin() {
    this.browser = await launch()
  }

  async end() {
    await close_browser(this.browser)
    await this.hall?.remove()
  }

  /** A page whose person signs in with this code. */
  async open(code, shown = {}, path = '/') {
    const opened = await open_page(this.browser, `${this.hall.server.url}${path}#code=${code}`, shown)
    this.complaints.push(opened.complaints)
    return opened.page
  }

  screen(role, number, shown = {}) {
    return this.open(this.hall.server.code(role, number), shown, role === 'hall' ? '/hall.html' : '/')
  }

  /** What the key holders' programs said, and what `seen` tells, stands with the failure of a step. */
  step(name, run, seen = () => '') {
    test(name, { skip: this.skip }, async () => {
      try {
        await run()
      } catch (error) {
        error.message += `\n${this.hall.said()}${await seen()}`
        throw error
      }
    })
  }

  /** The last of them; lines that were cut on purpose are `expected`. */
  end_without_complaints(expected) {
    this.step('no page complained: no script error, nothing the content policy forbade', () => {
      assert.deepEqual(
        this.complaints.flat().filter((line) => !expected.test(line)),
        [],
      )
    })
  }
}

/** The tracker of the ballot that was received, other than the one before. */
export async function tracker_of(seat, before = '') {
  const shown = seat.locator(`[data-tracker]:not([data-tracker="${before}"])`)
  await shown.waitFor()
  return await shown.getAttribute('data-tracker')
}
