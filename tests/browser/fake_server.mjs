// Serves the built pages under the strictest policy and talks plenum.v1 from canned messages, so that every
// state of a screen can be brought about at will. The real server is driven by voting_day.test.mjs.
import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'
import { clock } from './clock.mjs'
import { WebSocketServer } from './packages.mjs'

const dist = new URL('../../clients/web/dist/', import.meta.url)
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** As server/gateway sends it. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export class FakeServer {
  constructor() {
    /** What hello is answered with, by access code; unknown codes are refused. */
    this.people = new Map()
    this.snapshot = { seq: 0, at_ms: 0, agendas: [], sittings: [], floors: [], votes: [] }
    this.documents = new Map()
    /** Every request received, hello included, across all connections. */
    this.requests = []
    /** method → (params, request) => { result } | { error } | null; null leaves the request unanswered. */
    this.answers = {}
    this.resumes = false
    this.origin = 'test'
    this.vkey = ''
    this.lines = new Set()
  }

  async start() {
    this.http = createServer((request, response) => this.serve(request, response))
    this.sockets = new WebSocketServer({ server: this.http, path: '/ws' })
    this.sockets.on('connection', (line) => this.welcome(line))
    await new Promise((resolve) => this.http.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${this.http.address().port}`
  }

  async stop() {
    for (const line of this.lines) line.terminate()
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }

  /** 32 bytes for each session. */
  channel() {
    return randomBytes(32).toString('base64url')
  }

  /** Stores a text and gives the digest messages name it by. */
  add_document(text) {
    const hash = createHash('sha256').update(text).digest()
    this.documents.set(hash.toString('hex'), text)
    return hash.toString('base64url')
  }

  /** Sends a notification to everybody who said hello. */
  tell(method, params) {
    const text = JSON.stringify({ jsonrpc: '2.0', method, params })
    for (const line of this.lines) line.send(text)
  }

  /** Cuts every line, as a pulled cable would. */
  cut() {
    for (const line of this.lines) line.terminate()
  }

  requests_of(method) {
    return this.requests.filter((request) => request.method === method)
  }

  async serve(request, response) {
    const path = new URL(request.url, 'http://x').pathname
    const headers = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' }
    const send = (status, type, body) =>
      response.writeHead(status, { ...headers, 'content-type': type }).end(body)
    // A place between two visits of a page, where nothing runs.
    if (path === '/blank') return send(200, types['.html'], '<link rel="icon" href="/icon.svg">')
    const document = this.documents.get(path.replace('/documents/', ''))
    if (document !== undefined) return send(200, 'text/plain; charset=utf-8', document)
    try {
      const file = path === '/' ? 'index.html' : path.slice(1)
      send(200, types[extname(file)] ?? 'application/octet-stream', await readFile(new URL(file, dist)))
    } catch {
      send(404, 'text/plain', 'not here')
    }
  }

  welcome(line) {
    this.lines.add(line)
    line.on('close', () => this.lines.delete(line))
    line.on('message', (data) => this.hear(line, JSON.parse(data)))
  }

  hear(line, request) {
    this.requests.push(request)
    const answer = (body) => line.send(JSON.stringify({ jsonrpc: '2.0', id: request.id, ...body }))
    if (request.method === 'hello') return this.hello(line, request, answer)
    const made = this.answers[request.method]
    if (request.method === 'ping' && !made)
      return answer({ result: { seq: this.snapshot.seq, at_ms: clock.now_ms() } })
    const body = made ? made(request.params, request) : { result: receipt(this.requests.length) }
    if (body) answer(body)
  }

  hello(line, request, answer) {
    const me = this.people.get(request.params.code)
    if (!me) return answer({ error: refusal(1020, 'unknown_code', '登录码无效', '请核对登录码') })
    const at_ms = clock.now_ms()
    const resumed = this.resumes && request.params.since !== null
    answer({
      result: {
        protocol: 'plenum.v1',
        origin: this.origin,
        vkey: this.vkey,
        checkpoint: `${this.origin}\n${this.snapshot.seq}\nroot\n\n— test x\n`,
        seq: this.snapshot.seq,
        at_ms,
        me,
        resumed,
        channel: this.channel(),
      },
    })
    if (resumed) return
    const params = { keys: [], ...this.snapshot, at_ms, me }
    line.send(JSON.stringify({ jsonrpc: '2.0', method: 'snapshot', params }))
  }
}

/** A text as the private store holds it, and as document.read answers with it. */
export function private_value(text) {
  const salt = createHash('sha256').update(`salt of ${text}`).digest().subarray(0, 16)
  return {
    content: Buffer.from(text).toString('base64url'),
    media_type: 'text/plain',
    salt: salt.toString('base64url'),
  }
}

/** The digest the record names such a value by. */
export function private_digest({ content, media_type, salt }) {
  const value = JSON.stringify({ content, media_type, salt, v: 1 })
  return createHash('sha256').update(value).digest('base64url')
}

export function receipt(seq) {
  return { seq, at_ms: clock.now_ms(), leaf: 'A'.repeat(43) }
}

export function refusal(code, name, reason_zh, next_zh) {
  return {
    code,
    message: name,
    data: {
      refusal: name,
      reason: { zh: reason_zh, en: `${name} (en)` },
      next: { zh: next_zh, en: 'next (en)' },
    },
  }
}
