// A real plenum with a small chamber, in a folder of its own.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { WebSocket } from './packages.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = join(root, 'clients/web/dist')

/** The program under test: $PLENUM_BIN or the release build. Null when there is none. */
export function find_plenum() {
  const candidates = [process.env.PLENUM_BIN, join(root, 'build/release/bin/plenum')]
  return candidates.find((path) => path && existsSync(path)) ?? null
}

/** Why a test against the real server has to be skipped here; false when it has not. */
export const no_server = find_plenum()
  ? false
  : 'plenum is not built ($PLENUM_BIN or build/release/bin/plenum)'

/** Rows of a file of access codes: number,name,role,code. */
function read_codes(file) {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [number, name, role, code] = line.split(',')
      return { number, name, role, code }
    })
}

export class RealServer {
  constructor(program) {
    this.program = program
    this.folder = mkdtempSync(join(tmpdir(), 'plenum-browser-'))
    this.data = join(this.folder, 'data')
    this.codes = []
    this.port = 0
  }

  /** Makes the record; the access codes of its first officers are known from then on. */
  prepare() {
    const codes = join(this.folder, 'codes.csv')
    const args = ['init', '--data', this.data, '--origin', 'plenum.test/browser', '--codes', codes]
    execFileSync(this.program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    this.codes = read_codes(codes)
  }

  code(role, number = '') {
    return this.codes.find((row) => row.role === role && (number === '' || row.number === number)).code
  }

  /** Listens again on the same port after a kill. */
  async serve() {
    const args = [
      'serve',
      '--plain',
      '--data',
      this.data,
      '--pages',
      pages,
      '--port',
      String(this.port),
      '--reserve-mib',
      '1',
    ]
    this.process = spawn(this.program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    this.ended = new Promise((resolve) => this.process.once('exit', resolve))
    for await (const line of createInterface({ input: this.process.stdout })) {
      const found = /^listening (http:\/\/\S+:(\d+))$/.exec(line)
      if (!found) continue
      this.url = found[1]
      this.port = Number(found[2])
      return
    }
    throw new Error('plenum serve ended before it listened')
  }

  /** As pulling the plug: nothing is flushed, nobody is told. */
  async kill() {
    this.process.kill('SIGKILL')
    await this.ended
  }

  async remove() {
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const answer_patience_ms = 20_000

/** A console without a screen: says hello, then sends one request after another. */
export class Line {
  static async open(server, code) {
    const line = new Line()
    line.waiting = new Map()
    line.count = 0
    /** The newest view of every vote told of, by its id. */
    line.votes = new Map()
    line.socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, 'plenum.v1')
    line.socket.on('message', (data) => line.hear(JSON.parse(data)))
    line.socket.on('close', (code, why) => line.lose(`the server closed the line: ${code} ${why}`))
    await new Promise((resolve, reject) => line.socket.once('open', resolve).once('error', reject))
    await line.ask('hello', { code })
    await line.until(() => line.snapshot)
    return line
  }

  hear(message) {
    if (message.method === 'snapshot') {
      this.snapshot = message.params
      for (const vote of message.params.votes) this.votes.set(vote.id, vote)
    }
    if (message.method === 'vote.changed') this.votes.set(message.params.vote.id, message.params.vote)
    const settle = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    if (settle) settle(message)
  }

  /** Nothing more is to be heard: whoever waits for an answer, or asks later, is told why. */
  lose(why) {
    this.lost = why
    for (const settle of this.waiting.values()) settle({ error: why })
    this.waiting.clear()
  }

  /** What `look` gives once it gives something. */
  async until(look) {
    for (let tries = 0; tries < 1000; tries++) {
      const found = look()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`the line never heard what it waited for: ${look}`)
  }

  /** The vote that is open, as soon as one is. */
  open_vote() {
    return this.until(() => [...this.votes.values()].find((vote) => vote.state === 'open'))
  }

  /** The result; a refusal is thrown with its words. */
  async ask(method, params) {
    const id = `line-${process.pid}-${Math.random().toString(36).slice(2)}-${this.count++}`
    const late = setTimeout(() => this.lose(`no answer in ${answer_patience_ms} ms`), answer_patience_ms)
    const message = await new Promise((resolve) => {
      this.waiting.set(id, resolve)
      if (this.lost) this.lose(this.lost)
      else this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
    })
    clearTimeout(late)
    if (message.error) throw new Error(`${method}: ${JSON.stringify(message.error)}`)
    return message.result
  }

  close() {
    this.socket.terminate()
  }
}
