// One console in front of a canned clerk: how it gets to an open secret vote, and how it is looked at.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { accessibility_findings, cramped_words, open_page, overflow_px, picture } from './browser.mjs'
import { agenda_at, delegate, resolution, sitting, vote } from './canned.mjs'
import { CannedClerk } from './canned_clerk.mjs'
import { FakeServer } from './fake_server.mjs'

/** The record id of the member, by the rule of docs/journal_format.md. */
function person_id(origin, person) {
  const field = (one) => {
    const bytes = Buffer.from(one)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(person))
  const said = Buffer.concat([Buffer.from('plenum/id/v1'), field(origin), field('person'), number])
  return createHash('sha256').update(said).digest('hex').slice(0, 32)
}

export async function until(look, what = String(look)) {
  for (let tries = 0; tries < 500; ++tries) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`it never came about: ${what}`)
}

export class CannedSeat {
  constructor() {
    this.server = new FakeServer()
    this.contexts = []
  }

  async start(browser) {
    const { server } = this
    this.browser = browser
    await server.start()
    this.text = server.add_document(resolution)
    server.people.set('seat', delegate)
    const person = person_id('plenum.example/npc', delegate.person)
    this.clerk = await CannedClerk.open(server, 'seat', person)
  }

  /** A new vote, which asks what `asked` says instead of the canned motion, and a console nobody knows. */
  begin(asked = null) {
    Object.assign(this.server, { requests: [], answers: {}, resumes: false })
    this.clerk.begin()
    this.clerk.asked = asked ?? this.clerk.asked
    this.set_vote('prepared', 'to_call')
  }

  /** One console at a time, also after a test that failed in the middle. */
  async leave() {
    for (const context of this.contexts.splice(0)) await context.close()
  }

  /** The vote as everybody is told of it from now on. */
  set_vote(state, phase, changes = {}, secret = {}) {
    const { clerk, text } = this
    const opened = state === 'prepared' ? {} : { present: 12, opened_at_ms: 1, received: 3 }
    const one = vote(text, { state, ...opened, secret: clerk.view(phase, secret), ...changes })
    this.server.snapshot = {
      seq: 60,
      agendas: [agenda_at('put_to_vote')],
      sittings: [sitting()],
      floors: [],
      votes: [one],
      keys: [clerk.keys()],
    }
    return one
  }

  tell_vote(...of) {
    this.server.tell('vote.changed', { seq: 71, at_ms: Date.now(), vote: this.set_vote(...of) })
  }

  async open_console(shown = {}) {
    const opened = await open_page(this.browser, `${this.server.url}/console.html#code=seat`, shown)
    this.contexts.push(opened.context)
    return opened
  }

  /** A console that is registered, has signed the list, and whose vote is open. */
  async in_open_vote(changes = {}, shown = {}) {
    const { clerk, text } = this
    this.set_vote('prepared', 'to_call', changes)
    const opened = await this.open_console(shown)
    await until(() => clerk.voting_key, 'a voting key')
    clerk.call({ text })
    this.tell_vote('prepared', 'called', changes)
    await until(() => clerk.kept.acknowledgements > 0, 'an acknowledgement')
    this.tell_vote('open', 'open', changes)
    return opened
  }

  /** What every moment is looked at for; with PLENUM_PICTURES also kept. */
  async look(
    page,
    name,
    sizes = [
      ['seat', 1280, 800],
      ['phone', 390, 844],
    ],
  ) {
    for (const [size, width, height] of sizes) {
      await page.setViewportSize({ width, height })
      for (const language of ['en', 'zh-CN']) {
        await page.locator(`header button[lang="${language}"]`).click()
        await picture(page, `secret-${name}-${size}-${language}`)
        assert.equal(await overflow_px(page), 0, `${name} ${size} ${language}: sticks out`)
        assert.deepEqual(await cramped_words(page), [], `${name} ${size} ${language}`)
      }
      assert.deepEqual(await accessibility_findings(page), [], `${name} ${size}`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }
}
