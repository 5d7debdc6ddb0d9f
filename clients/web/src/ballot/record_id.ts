import { joined } from './fields'
import { sodium } from './sodium'

const letters = new TextEncoder()

/** `u16 length | bytes`, big-endian as record ids have it. */
function text_field(text: string): Uint8Array {
  const bytes = letters.encode(text)
  const field = new Uint8Array(2 + bytes.length)
  new DataView(field.buffer).setUint16(0, bytes.length)
  field.set(bytes, 2)
  return field
}

/** The name of one record that no other log and no other kind shares (docs/journal_format.md): 16 bytes. */
export function record_id(origin: string, kind: string, seq: bigint): Uint8Array {
  const number = new Uint8Array(8)
  new DataView(number.buffer).setBigUint64(0, seq)
  const named = joined(letters.encode('plenum/id/v1'), text_field(origin), text_field(kind), number)
  return sodium.crypto_hash_sha256(named).slice(0, 16)
}

/** Of a member or guest of this log. */
export function person_id(origin: string, person: number): Uint8Array {
  return record_id(origin, 'person', BigInt(person))
}
