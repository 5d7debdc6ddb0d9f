// The whole socket as schemas/asyncapi.yaml says it, read by the AsyncAPI parser:
//     node tests/asyncapi/check.mjs schemas/asyncapi.yaml
// Exit 1 on any error the parser finds, when a message is missing, or when a damaged copy passes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const file = resolve(process.argv[2])
const text = readFileSync(file, 'utf8')

if (!existsSync(join(here, 'node_modules/@asyncapi/parser'))) {
  console.error('missing: tests/asyncapi/node_modules. Run scripts/setup, which installs it.')
  process.exit(1)
}
const { Parser } = (await import('@asyncapi/parser')).default
const { dump, load } = (await import('js-yaml')).default
const severity_error = 0

/** What is wrong with the document, read as if it lay where the file does; and the document. */
async function read(source) {
  const { document, diagnostics } = await new Parser().parse(source, {
    source: pathToFileURL(file).pathname,
  })
  const errors = diagnostics.filter((one) => one.severity === severity_error)
  return { document, errors: errors.map((one) => `${one.path.join('.')}: ${one.message}`) }
}

/** Names of the messages described beside the file, by their kind. */
function described() {
  const folder = join(dirname(file), 'messages')
  const schemas = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return schemas.filter((schema) => schema['x-kind'] !== undefined)
}

/** What the parser cannot know: every message stands in the document, requests with answer and error. */
function missing(document) {
  const operations = new Map(document.operations().all().map((one) => [one.id(), one]))
  const wrong = []
  for (const { title: name, 'x-kind': kind } of described()) {
    if (kind === 'error') continue
    const operation = operations.get(name)
    const is_request = kind !== 'notification'
    if (!operation) wrong.push(`no operation for ${name}`)
    else if (operation.action() !== (is_request ? 'receive' : 'send')) wrong.push(`${name}: wrong direction`)
    else if (is_request) {
      const answers = operation.reply()?.messages().all().map((one) => one.id()) ?? []
      if (answers.join() !== `${name}.answer,error`) wrong.push(`${name} is answered by: ${answers}`)
    }
    operations.delete(name)
  }
  return [...wrong, ...[...operations.keys()].map((name) => `${name} is no message`)]
}

/** The same with few of its messages: seven damaged copies of the whole would take the parser minutes. */
function cut(kept) {
  const small = load(text)
  const is_kept = (name) => kept.includes(name.replace(/\.answer$/, ''))
  for (const named of [small.channels.socket.messages, small.operations, small.components.messages]) {
    for (const name of Object.keys(named)) if (!is_kept(name)) delete named[name]
  }
  return dump(small, { forceQuotes: true, quotingType: '"', lineWidth: -1 })
}

/** Copies with something wrong in them, none of which may pass. */
const damages = [
  ['a schema that is not there', (yaml) => yaml.replace('messages/hello.schema', 'messages/hallo.schema')],
  ['a part of a schema that is not there', (yaml) => yaml.replace('#/$defs/answer', '#/$defs/reply')],
  ['an operation of no channel', (yaml) => yaml.replace('"#/channels/socket"', '"#/channels/pipe"')],
  ['an action that is none', (yaml) => yaml.replace('action: "send"', 'action: "shout"')],
  ['no version', (yaml) => yaml.replace(/^asyncapi: .*\n/m, '')],
  ['a message of another channel', (yaml) => yaml.replace('/messages/hello.answer"', '/messages/hi"')],
  ['broken YAML', (yaml) => yaml.replace('channels:', 'channels: [')],
]

const { document, errors } = await read(text)
const wrong = [...errors, ...(document ? missing(document) : ['there is no document'])]
const small = cut(['hello', 'vote.progress', 'error'])
for (const one of (await read(small)).errors) wrong.push(`cut down: ${one}`)
for (const [name, damage] of damages) {
  const damaged = damage(small)
  if (damaged === small) wrong.push(`the check of "${name}" changes nothing`)
  else if ((await read(damaged)).errors.length === 0) wrong.push(`passed although it has ${name}`)
}
for (const one of wrong) console.error(one)
console.log(
  `${document ? document.operations().all().length : 0} operations, ` +
    `${damages.length} damaged copies, ${wrong.length} wrong`,
)
process.exit(wrong.length === 0 ? 0 : 1)
