import { from_content } from '../wire/content'

const hash = /^[0-9a-f]{64}$/

/**
 * The SHA-256 that the build of these pages gave its console; zeros where nothing was built, which key
 * holders see as a build they do not know.
 */
export async function read_console_build(): Promise<Uint8Array> {
  const unknown = new Uint8Array(32)
  try {
    const answer = await fetch('/console_build.txt', { cache: 'no-cache' })
    const text = answer.ok ? (await answer.text()).trim() : ''
    if (!hash.test(text)) return unknown
    return Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16))
  } catch {
    return unknown
  }
}

/** Whether the question that ballots are bound to is what this vote shows; null when nobody can tell. */
export async function is_own_question(
  question: string,
  expected: { text: string; shape: object },
): Promise<boolean | null> {
  const hex = Array.from(from_content(question), (byte) => byte.toString(16).padStart(2, '0')).join('')
  try {
    const answer = await fetch(`/documents/${hex}`)
    if (!answer.ok) return null
    const bytes = await answer.arrayBuffer()
    const found = globalThis.crypto?.subtle ? await crypto.subtle.digest('SHA-256', bytes) : null
    if (found && !same_bytes(new Uint8Array(found), from_content(question))) return false
    const said = JSON.parse(new TextDecoder().decode(bytes)) as { text?: unknown; shape?: object }
    return said.text === expected.text && same_shape(said.shape, expected.shape)
  } catch {
    return null
  }
}

function same_bytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}

function same_shape(left: object | undefined, right: object): boolean {
  const spelled = (shape: object) => JSON.stringify(Object.entries(shape).sort())
  return left !== undefined && spelled(left) === spelled(right)
}
