import { from_hex } from './bytes'
import type { Context } from './context'

// What all files of schemas/vectors spell alike.

/** What was expected of one case, and what this program found. */
export type Verdict = { name: string; expected: string; found: string }

export type Json = { [name: string]: unknown }

/** Bytes spelled in hexadecimal. */
export function bytes_in(json: Json, name: string): Uint8Array {
  const bytes = from_hex(String(json[name]))
  if (bytes === null) throw new Error(`${name} is not hexadecimal`)
  return bytes
}

/** A context whose byte strings are spelled in hexadecimal. */
export function context_in(json: Json): Context {
  return {
    origin: String(json.origin),
    meeting: bytes_in(json, 'meeting'),
    vote: bytes_in(json, 'vote'),
    round: Number(json.round),
    question: bytes_in(json, 'question'),
    rule: bytes_in(json, 'rule'),
    roll_root: bytes_in(json, 'roll_root'),
    list_length: Number(json.list_length),
    key_holders: bytes_in(json, 'key_holders'),
    election_key: bytes_in(json, 'election_key'),
    vote_generator: bytes_in(json, 'vote_generator'),
  }
}
