import { from_base64 } from './base64'

/** By which a log signs: C2SP signed-note. */
export type LogKey = {
  /** Of the log, its origin. */
  name: string
  /** Eight hexadecimal digits, which follow from name and key. */
  id: string
  /** Ed25519. */
  public_key: Uint8Array
}

/** The parts of `name+id+key`, whether or not the id is that of the key; null for anything else. */
export function vkey_parts(vkey: string): LogKey | null {
  const [, name, id, spelled] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey) ?? []
  const key = spelled === undefined ? null : from_base64(spelled)
  if (!name || !id || key === null || key.length !== 33 || key[0] !== 1) return null
  return { name, id, public_key: key.slice(1) }
}
