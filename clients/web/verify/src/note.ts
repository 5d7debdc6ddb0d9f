import { concat, equal, from_base64, sha256, text_bytes, to_base64, to_hex } from './bytes'
import { is_signed } from './group'

// C2SP signed-note and tlog-checkpoint.

export type LogKey = { name: string; id: Uint8Array; public_key: Uint8Array }
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

const algorithm = 1 // Ed25519

/** First four bytes of the hash that names a key. */
function id_of(name: string, public_key: Uint8Array): Uint8Array {
  return sha256(concat([text_bytes(`${name}\n`), Uint8Array.of(algorithm), public_key])).subarray(0, 4)
}

export function to_vkey({ name, id, public_key }: LogKey): string {
  return `${name}+${to_hex(id)}+${to_base64(concat([Uint8Array.of(algorithm), public_key]))}`
}

/** `name+id+key`; null for anything else, also a second spelling. */
export function read_vkey(text: string): LogKey | null {
  // A plus ends the name and the id; in the key it is a digit of base64.
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text)
  const key = match && from_base64(match[3]!)
  if (!match || !key || key.length !== 33 || key[0] !== algorithm) return null
  const public_key = key.slice(1)
  const read = { name: match[1]!, id: id_of(match[1]!, public_key), public_key }
  return to_vkey(read) === text ? read : null
}

/** The text a note carries when this key signed it. Signatures by others are ignored. */
function open_note(note: string, key: LogKey): string | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return null
  const text = note.slice(0, end + 1)
  let is_ours = false
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const match = /^— ([^\s+]+) (\S+)$/.exec(line)
    const bytes = match && from_base64(match[2]!)
    if (!match || !bytes || bytes.length < 5) return null
    if (match[1] !== key.name || !equal(bytes.subarray(0, 4), key.id)) continue
    if (!is_signed(text_bytes(text), bytes.subarray(4), key.public_key)) return null
    is_ours = true
  }
  return is_ours ? text : null
}

/** Three lines, as they are signed. */
export function spell_checkpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${to_base64(root)}\n`
}

/** Origin, size and root, signed under the origin as its name. */
export function open_checkpoint(note: Uint8Array, key: LogKey): Checkpoint | null {
  let text: string | null
  try {
    text = open_note(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note), key)
  } catch {
    return null
  }
  const match = text === null ? null : /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n$/.exec(text)
  const root = match && from_base64(match[3]!)
  if (!match || !root || root.length !== 32 || match[1] !== key.name) return null
  const size = Number(match[2])
  return Number.isSafeInteger(size) ? { origin: match[1]!, size, root } : null
}
