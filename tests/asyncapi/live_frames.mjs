// Frames of a real run, as clients/link wrote them down, against the schema of each message:
//     node tests/asyncapi/live_frames.mjs schemas KINDS_MIN TRANSCRIPT...
// Exit 1 when a frame has an unknown method, when no schema takes it, when it names a member no schema knows,
// when a request has not exactly one answer, when fewer than KINDS_MIN kinds of frames were seen, or when a
// damaged copy of a frame passes. A console's frame may be wrong only where the server said so.
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
if (!existsSync(join(here, 'node_modules/ajv'))) {
  console.error('missing: tests/asyncapi/node_modules. Run scripts/setup, which installs it.')
  process.exit(1)
}
const Ajv = createRequire(import.meta.url)('ajv/dist/2020.js').default
const [folder, kinds_min, ...transcripts] = process.argv.slice(2)
const told_max = 20
// The codes of JSON-RPC for what is no request, or no request of ours.
const is_bad_request = ({ code }) => code >= -32768 && code <= -32000
// Before it is signed in nothing of a console is looked at but its hello.
const is_unread = ({ data }) => data.refusal === 'sign_in_first'

/** Receivers ignore members they do not know, so the schemas leave them open; nothing we send has any. */
function close(part) {
  if (Array.isArray(part)) return part.map(close)
  if (part === null || typeof part !== 'object') return part
  const closed = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, close(value)]))
  const describes = part.type === 'object' && part.properties && !('additionalProperties' in part)
  return describes ? { ...closed, additionalProperties: false } : closed
}

const messages = join(resolve(folder), 'messages')
const read = (name) => close(JSON.parse(readFileSync(join(messages, name), 'utf8')))
const schemas = readdirSync(messages).map(read)
const ajv = new Ajv({ strict: false, schemas })
const by_name = new Map(schemas.filter((one) => one['x-kind']).map((one) => [one.title, one]))
const error_schema = schemas.find((one) => one['x-kind'] === 'error')

/** What is wrong with a message by a part of its schema; empty when it fits. */
function misfit(schema, part, message) {
  const fits = ajv.getSchema(schema.$id + part)
  if (fits(message)) return ''
  return fits.errors.map((one) => `${one.instancePath || '/'} ${one.message}`).slice(0, 3).join(', ')
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Answers { kind, why } of a frame; `why` is empty when a schema takes it. `asked`: the method answered. */
function judge(from, message, asked) {
  const is_object = message !== null && typeof message === 'object'
  if (!is_object) return { kind: 'no message', why: 'not a JSON object' }
  if (from === 'server' && 'error' in message) {
    const refusal = message.error?.data?.refusal ?? message.error?.code
    return { kind: `error ${refusal}`, why: misfit(error_schema, '', message) }
  }
  if (from === 'server' && 'result' in message) {
    const schema = by_name.get(asked)
    const why = schema ? misfit(schema, '#/$defs/answer', message) : 'an answer to nothing that was asked'
    return { kind: `answer to ${asked}`, why }
  }
  const schema = by_name.get(message.method)
  const is_request = schema?.['x-kind'] === 'command' || schema?.['x-kind'] === 'question'
  const may_send = from === 'console' ? is_request : schema?.['x-kind'] === 'notification'
  const kind = `${from === 'console' ? 'request' : 'notification'} ${message.method}`
  return { kind, why: may_send ? misfit(schema, '', message) : 'no such method' }
}

const wrong = []
const seen = new Map() // kind: { from, message, asked }, the first of its kind that fits
let frames = 0

function blame(transcript, line, kind, why) {
  wrong.push(`${transcript}:${line}: ${kind}: ${why}`)
}

function keep(from, message, asked, kind) {
  frames += 1
  if (!seen.has(kind)) seen.set(kind, { from, message, asked })
}

/** One connection: what it has asked and not been answered yet. */
class Line {
  open = []

  ask(message, number) {
    const { kind, why } = judge('console', message)
    if (why === '') keep('console', message, undefined, kind)
    this.open.push({ id: message?.id, method: message?.method, kind, why, number })
  }

  /** Takes out the request this frame answers. The text without a readable id is the oldest that is wrong. */
  answered(message) {
    const at = this.open.findIndex((one) => (message.id === null ? one.why !== '' : one.id === message.id))
    return at < 0 ? undefined : this.open.splice(at, 1)[0]
  }

  hear(message, number, transcript) {
    const is_answer = message !== undefined && ('result' in message || 'error' in message)
    const asked = is_answer ? this.answered(message) : undefined
    const { kind, why } = judge('server', message, asked?.method)
    if (why !== '') return blame(transcript, number, kind, why)
    if (is_answer && !asked) return blame(transcript, number, kind, 'answers nothing that was asked')
    keep('server', message, asked?.method, kind)
    if (!asked) return
    const was_bad = 'error' in message && is_bad_request(message.error)
    const is_excused = was_bad || ('error' in message && is_unread(message.error))
    if (asked.why !== '' && !is_excused) blame(transcript, asked.number, asked.kind, asked.why)
    if (asked.why === '' && was_bad) blame(transcript, asked.number, asked.kind, 'fits, but was not taken')
  }
}

for (const transcript of transcripts) {
  const lines = new Map()
  let number = 0
  for await (const text of createInterface({ input: createReadStream(transcript) })) {
    number += 1
    const { connection, from, text: frame } = JSON.parse(text)
    if (!lines.has(connection)) lines.set(connection, new Line())
    const line = lines.get(connection)
    if (from === 'console') line.ask(parsed(frame), number)
    else line.hear(parsed(frame), number, transcript)
  }
  for (const line of lines.values())
    for (const one of line.open) blame(transcript, one.number, one.kind, one.why || 'was never answered')
}

/** Damaged copies of each kind, none of which may pass. */
for (const [kind, { from, message, asked }] of seen) {
  const { jsonrpc, ...bare } = message
  const copies = { 'without jsonrpc': bare, 'with a member nobody knows': { ...message, more: jsonrpc } }
  if ('method' in message) copies['of an unknown method'] = { ...message, method: `${message.method}.again` }
  if ('result' in message) copies['with a text for a result'] = { ...message, result: 'done' }
  if ('params' in message) copies['with a list for params'] = { ...message, params: [] }
  if ('error' in message) copies['with a text for an error'] = { ...message, error: 'no' }
  for (const [damage, copy] of Object.entries(copies))
    if (judge(from, copy, asked).why === '') wrong.push(`${kind} ${damage} passed`)
}

if (seen.size < Number(kinds_min)) wrong.push(`only ${seen.size} kinds of frames were seen, not ${kinds_min}`)
for (const one of wrong.slice(0, told_max)) console.error(one)
console.log(`${frames} frames of ${seen.size} kinds, ${wrong.length} wrong`)
if (process.env.PLENUM_TELL_KINDS) console.log([...seen.keys()].sort().join('\n'))
process.exit(wrong.length === 0 && Number(kinds_min) > 0 ? 0 : 1)
