// A day on real screens of a real server, act after act: what the tests of whole meetings begin and end with.
import { test } from 'node:test'
import { close_browser, launch, no_browser, open_page, picture } from './browser.mjs'
import { find_plenum, Line, no_server, RealServer } from './real_server.mjs'

export class Day {
  /** `name` begins the names of the pictures; `why_not` is what else may be missing here, or false. */
  constructor(name, why_not = false) {
    this.name = name
    this.program = find_plenum()
    this.skip = no_server || why_not || no_browser
    this.server = this.program ? new RealServer(this.program) : null
    /** What people look at, by who: a page, or a list of them. */
    this.on = {}
    /** What went wrong in each page. */
    this.complaints = []
    this.lines = []
    this.is_broken = false
    this.browser = null
  }

  async begin() {
    this.server.prepare()
    await this.server.serve()
    this.browser = await launch()
  }

  async end() {
    for (const one of this.lines) one.close()
    await close_browser(this.browser)
    await this.server?.remove()
  }

  /** One act of the day. After one that failed the others have nothing to stand on. */
  step(name, act) {
    test(name, { skip: this.skip }, async (context) => {
      if (this.is_broken) return context.skip('an earlier act failed')
      this.is_broken = true
      try {
        await act()
        this.is_broken = false
      } finally {
        if (this.is_broken) await this.pictures('failed')
      }
    })
  }

  pictures(moment) {
    const pages = Object.entries(this.on).flatMap(([who, page]) =>
      Array.isArray(page) ? page.map((one, index) => [`${who}_${index}`, one]) : [[who, page]],
    )
    return Promise.all(pages.map(([who, page]) => picture(page, `${this.name}_${moment}_${who}`)))
  }

  /** A screen whose person has signed in with this code. */
  async screen(code, { url = this.server.url, ...look } = {}) {
    const opened = await open_page(this.browser, `${url}/#code=${code}`, look)
    this.complaints.push(opened.complaints)
    await opened.page.waitForURL(/\.html/)
    return opened.page
  }

  /** A console without a screen. */
  async line(code) {
    const opened = await Line.open(this.server, code)
    this.lines.push(opened)
    return opened
  }
}

/** Waits until the page says that something is done. */
export function done(page, words) {
  return page.getByRole('status').filter({ hasText: words }).first().waitFor()
}

/** Presses the button of the dialog that is open. */
export function confirm(page, words) {
  return page.getByRole('dialog').getByRole('button', { name: words }).click()
}
