import { from_base64, to_base64 } from './base64'
import { joined } from './fields'
import { equal } from './group'
import { sodium } from './sodium'
import { vkey_parts, type LogKey } from './vkey'

// What a log says of itself: C2SP signed-note and tlog-checkpoint, as protocol/note.hpp has them.

/** How many entries the log of this origin had, and the root of the tree over them. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

const letters = new TextEncoder()
const note_bytes_max = 1_000_000
const signature_lines_max = 100
const key_id_bytes = 4
const ed25519 = 1
// No spaces of any kind, no control characters, no plus.
const name_rule = /^[^\0- +\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/
const not_in_notes = /[\0-\x09\x0b-\x1f]|[\ud800-\udfff]/u // Control characters, halves of characters.

function id_of(name: string, public_key: Uint8Array): Uint8Array {
  const named = joined(letters.encode(`${name}\n`), Uint8Array.of(ed25519), public_key)
  return sodium.crypto_hash_sha256(named).slice(0, key_id_bytes)
}

/** The key of a log as its server tells it; null unless its id is that of name and key. */
export function log_key_of(vkey: string): LogKey | null {
  const key = vkey_parts(vkey)
  if (key === null || !name_rule.test(key.name)) return null
  return sodium.to_hex(id_of(key.name, key.public_key)) === key.id ? key : null
}

export function is_same_key(left: LogKey, right: LogKey): boolean {
  return left.name === right.name && equal(left.public_key, right.public_key)
}

/** What one signature line of a note holds; null for any other line. */
function signature_in(line: string): { name: string; id: Uint8Array; signature: Uint8Array } | null {
  const [, name, spelled] = /^\u2014 ([^ ]+) (.+)$/.exec(line) ?? []
  const bytes = name && spelled && name_rule.test(name) ? from_base64(spelled) : null
  if (!name || bytes === null || bytes.length <= key_id_bytes) return null
  return { name, id: bytes.slice(0, key_id_bytes), signature: bytes.slice(key_id_bytes) }
}

/**
 * The signed text when the note carries a valid signature by `log`. Signatures by others are ignored; a bad
 * one under our key id fails the note.
 */
function open_note(note: string, log: LogKey): string | null {
  const blank = note.lastIndexOf('\n\n') // The text itself may hold blank lines.
  if (blank < 0 || not_in_notes.test(note) || !note.endsWith('\n')) return null
  if (letters.encode(note).length > note_bytes_max) return null
  const text = note.slice(0, blank + 1)
  const lines = note
    .slice(blank + 2)
    .split('\n')
    .slice(0, -1)
  if (lines.length > signature_lines_max) return null
  const [said, id] = [letters.encode(text), id_of(log.name, log.public_key)]
  let is_signed = false
  for (const line of lines) {
    const found = signature_in(line)
    if (found === null) return null
    if (found.name !== log.name || !equal(found.id, id)) continue
    if (found.signature.length !== sodium.crypto_sign_BYTES) return null
    if (!sodium.crypto_sign_verify_detached(found.signature, said, log.public_key)) return null
    is_signed = true
  }
  return is_signed ? text : null
}

/** Three lines, as they are signed. */
export function checkpoint_text({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${to_base64(root)}\n`
}

/** The checkpoint in a note that `log` signed under its own name; null for anything else. */
export function open_checkpoint(note: string, log: LogKey): Checkpoint | null {
  const text = open_note(note, log)
  if (text === null) return null
  const [origin = '', digits = '', spelled = ''] = text.split('\n')
  const root = from_base64(spelled)
  const size = Number(digits)
  if (root?.length !== 32 || origin !== log.name || !Number.isSafeInteger(size) || size < 0) return null
  const checkpoint = { origin, size, root }
  return checkpoint_text(checkpoint) === text ? checkpoint : null
}
