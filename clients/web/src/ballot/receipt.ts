import { equal, type Point } from './group'
import { sodium } from './sodium'
import type { BallotTerms } from './terms'
import { Transcript } from './transcript'

const signature_bytes = 64
const box_and_leaf_bytes = 16 + 8

/** The name of a ballot: its SHA-256. */
export function ballot_name(ballot: Uint8Array): Uint8Array {
  return sodium.crypto_hash_sha256(ballot)
}

/**
 * Whether the server signed that this ballot is durable (`receipt`), or that it no longer counts (`spoil-
 * ok`).
 * `answer` is what it sent; everything in it but the place in the log must be what this console knows.
 */
export function is_receipt(
  use: 'receipt' | 'spoil-ok',
  terms: BallotTerms,
  pseudonym: Point,
  ballot: { seq: number; bytes: Uint8Array },
  answer: Uint8Array,
  server_key: Uint8Array,
): boolean {
  const domain = new Transcript(`plenum/${use}/v1`).bytes().length
  const known = new Transcript(`plenum/${use}/v1`).raw(terms.vote).raw(terms.context).raw(pseudonym)
  known.u32(ballot.seq).raw(ballot_name(ballot.bytes))
  const fields = known.bytes().slice(domain)
  const signed = 1 + fields.length + box_and_leaf_bytes
  if (answer.length !== signed + signature_bytes || answer[0] !== 1) return false
  if (!equal(fields, answer.slice(1, 1 + fields.length))) return false
  known.raw(answer.slice(1 + fields.length, signed))
  return sodium.crypto_sign_verify_detached(answer.slice(signed), known.bytes(), server_key)
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Sixteen characters a person can compare: XXXX-XXXX-XXXX-XXXX. */
export function tracker_of(ballot: Uint8Array): string {
  const hash = new Transcript('plenum/tracker/v1').raw(ballot).hash()
  let bits = 0n
  for (const byte of hash.slice(0, 10)) bits = (bits << 8n) | BigInt(byte)
  const text = Array.from({ length: 16 }, (_, at) => crockford[Number((bits >> BigInt(75 - 5 * at)) & 31n)])
  return text.join('').replace(/(.{4})(?=.)/g, '$1-')
}
