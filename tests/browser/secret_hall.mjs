// A chamber in which secret votes can be held: a real server, a meeting with an item and a motion, and three
// key holders' programs that make its election key and open its boxes.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { add_item, appoint_chair, call_meeting, motion_rule, prepare_vote } from './motion.mjs'
import { find_plenum, Line, RealServer } from './real_server.mjs'

const build_file = new URL('../../clients/web/dist/console_build.txt', import.meta.url)
const holders = 3
const made_in_ms = 60_000

export class SecretHall {
  constructor() {
    this.server = new RealServer(find_plenum())
    this.programs = []
  }

  /** Why there can be none here; false when there can. */
  static why_not() {
    const program = find_plenum()
    if (!program) return 'plenum is not built'
    const missing = ['plenum-trustee', 'plenum-audit'].find(
      (name) => !existsSync(join(dirname(program), name)),
    )
    return missing ? `${missing} is not built` : false
  }

  /** Beside the server. */
  program(name) {
    return join(dirname(this.server.program), name)
  }

  file(name) {
    return join(this.server.folder, name)
  }

  /**
   * Up to prepared secret votes, one for each of `ballots`: {} is a motion, others a list or grades. `people`
   * members, of whom the last one presides. With `hold_in_page` the last key holder has no program: it is
   * called with that holder's access code and makes the keys on a screen.
   */
  async prepare({ people, title, text, ballots = [{}], hold_in_page = null }) {
    const { server } = this
    server.prepare()
    await server.serve()
    const office = await Line.open(server, server.code('secretary'))
    const body = (
      await office.ask('body.create', { body_kind: 'standing_committee', name: '试验区人大常委会' })
    ).seq
    const members = Array.from({ length: people }, (_unused, index) => ({
      number: String(101 + index),
      name: `委员${index + 1}`,
      group: '',
      seat: `${index + 1}号`,
    }))
    await office.ask('roster.import', { body, members })
    const { codes } = await office.ask('access_codes.issue', { body })
    const presiding = await appoint_chair(office, body, codes.at(-1).person)
    server.codes.push(...codes.slice(0, -1), ...presiding)
    const called = { body, title: '第二十二次会议', meeting_kind: 'standing_committee' }
    const { meeting, sitting } = await call_meeting(office, called)
    const item = await add_item(office, meeting, '审议人事事项')
    await this.make_key(office, body, meeting, hold_in_page)
    const profile = motion_rule({ id: 'test.motion.secret', secrecy: 'secret' })
    this.votes = []
    for (const ballot of ballots)
      this.votes.push(await prepare_vote(office, { sitting, item, title, text, profile, ballot }))
    this.item = item
    const { codes: wall } = await this.appoint(office, body, '大屏幕', 'hall')
    server.codes.push(...wall)
    office.close()
    this.meeting = meeting
    this.sitting = sitting
  }

  /** What one person says over a line of its own. */
  async say(role, ...requests) {
    const line = await Line.open(this.server, this.server.code(role))
    for (const [method, params] of requests) await line.ask(method, params)
    line.close()
  }

  /** Everybody at these seats signs in, in person. */
  async sign_in(seats) {
    await this.say('operator', ['sign_in.open', { sitting: this.sitting }])
    for (const seat of seats) {
      await seat.locator('[data-present=false] + button').click()
      await seat.locator('[data-present=true]').waitFor()
    }
  }

  /** The sitting and its meeting are over, and the meeting is archived. */
  async end_meeting() {
    const { meeting, sitting } = this
    await this.say('chair', ['sitting.close', { sitting }])
    await this.say('secretary', ['meeting.close', { meeting }], ['meeting.archive', { meeting }])
  }

  async appoint(office, body, name, role) {
    const { person } = await office.ask('officer.appoint', { person: null, name, role, body })
    const { codes } = await office.ask('access_codes.issue', { person })
    return { person, codes }
  }

  /** Three programs run from here on, or two and a page; they make the key and later verify every box. */
  async make_key(office, body, meeting, hold_in_page) {
    const persons = []
    const programs = hold_in_page ? holders - 1 : holders
    for (let number = 1; number <= holders; number++) {
      const { person, codes } = await this.appoint(office, body, `持有人${number}`, 'key_holder')
      persons.push(person)
      writeFileSync(this.file(`code${number}`), `${codes[0].code}\n`)
      writeFileSync(this.file(`passphrase${number}`), `a long passphrase ${number}\n`)
    }
    await office.ask('key_holders.appoint', { meeting, persons, threshold: 2, decided_by: '主任会议' })
    for (let number = 1; number <= programs; number++) this.start_holder(number)
    if (hold_in_page) await hold_in_page(readFileSync(this.file(`code${holders}`), 'utf8').trim())
    this.words = await this.key_words()
  }

  start_holder(number) {
    const keys = [
      this.file(`keys${number}`),
      '--marks',
      this.file(`marks${number}`),
      '--passphrase-file',
      this.file(`passphrase${number}`),
    ]
    const trustee = this.program('plenum-trustee')
    execFileSync(trustee, ['init', ...keys], { stdio: 'ignore' })
    const build = readFileSync(build_file, 'utf8').trim()
    const code = this.file(`code${number}`)
    const hold = ['hold', ...keys, '--server', this.server.url, '--code-file', code, '--build', build]
    const process = spawn(trustee, hold, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    for (const stream of [process.stdout, process.stderr])
      stream.on('data', (text) => said.push(String(text)))
    this.programs.push({ process, said })
  }

  /** What the holders' programs have said, for whoever reads a failure. */
  said() {
    return this.programs.map(({ said }, at) => `持有人${at + 1}: ${said.join('')}`).join('\n')
  }

  async key_words() {
    const late = Date.now() + made_in_ms
    while (Date.now() < late) {
      const line = await Line.open(this.server, this.server.code('secretary'))
      const [keys] = line.snapshot.keys
      line.close()
      if (keys?.phase === 'made') return keys.words
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error(`the key was not made\n${this.said()}`)
  }

  /** The auditors' bundle; the server has ended. */
  export_bundle() {
    const bundle = this.file('auditor.plenum')
    const args = ['export', '--data', this.server.data, '--out', bundle, '--auditor']
    execFileSync(this.server.program, args, { stdio: 'ignore' })
    return bundle
  }

  /** The auditor's report on a bundle, as it tells it, and whether it is content. */
  audit(bundle, ...more) {
    try {
      const args = ['verify', bundle, '--json', ...more]
      const told = execFileSync(this.program('plenum-audit'), args, { encoding: 'utf8' })
      return { is_content: true, report: JSON.parse(told) }
    } catch (error) {
      return { is_content: false, report: JSON.parse(error.stdout) }
    }
  }

  async remove() {
    for (const { process } of this.programs) process.kill('SIGKILL')
    await this.server.remove()
    assert.equal(existsSync(this.server.folder), false)
  }
}
