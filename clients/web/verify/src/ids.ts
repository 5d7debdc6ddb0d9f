import { concat, sha256, text_bytes } from './bytes'

// Names of records in statements: docs/journal_format.md.

/** Big-endian, of 2 or 8 bytes. */
function big_endian(value: number, width: number): Uint8Array {
  let rest = BigInt(value)
  const bytes = new Uint8Array(width)
  for (let at = width - 1; at >= 0; --at) {
    bytes[at] = Number(rest & 255n)
    rest >>= 8n
  }
  return bytes
}

/** 16 bytes that no other log and no other kind of record shares. */
export function record_id(origin: string, kind: string, seq: number): Uint8Array {
  const texts = [origin, kind].flatMap((text) => {
    const bytes = text_bytes(text)
    return [big_endian(bytes.length, 2), bytes]
  })
  return sha256(concat([text_bytes('plenum/id/v1'), ...texts, big_endian(seq, 8)])).subarray(0, 16)
}
