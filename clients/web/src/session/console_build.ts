import { hex_of } from '../wire/digest'

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

/** The same as hex; null where nothing was built. */
export async function read_build_name(): Promise<string | null> {
  const build = await read_console_build()
  return build.some((byte) => byte !== 0) ? hex_of(build) : null
}
