import { response } from './ballot'
import { FieldReader, joined } from './fields'
import {
  equal,
  is_identity,
  point_add,
  product,
  product_of_generator,
  scalar_of_challenge,
  times,
  times_generator,
  type Point,
  type Scalar,
} from './group'
import type { ElectionKey } from './key_holders'
import { Secrets, sodium, type Randomness } from './sodium'
import { Transcript, u32_bytes } from './transcript'
import type { DeviceKey } from './voting_key'

// A key holder's part of a decryption, with its proof (docs/ballot_protocol.md 7). Only sums are decrypted.

/** The sum of one ciphertext over all ballots of a box. */
export type EncryptedSum = { alpha: Point; beta: Point }

/** What shares are given for: one root of one vote. */
export type ShareTerms = { vote: Uint8Array; context: Uint8Array; box_root: Uint8Array }

/** D = x_i·a, and that log_G X_i = log_a D. */
type SumShare = { factor: Point; key_commitment: Point; sum_commitment: Point; answer: Scalar }

const sum_bytes = 4 * 32

function statement_of(
  { context, box_root }: ShareTerms,
  holder: number,
  share_key: Point,
  index: number,
  alpha: Point,
  factor: Point,
): Transcript {
  const said = new Transcript('plenum/share/v1').raw(context).raw(box_root).u32(holder)
  return said.raw(share_key).u32(index).raw(alpha).raw(factor)
}

/**
 * `u8 1 | vote_id | box_root | u32 i | (D | t1 | t2 | z)·n`: the shares of all sums. `share` is the x_i of
 * `holder`; for a box the holder has verified itself, and once.
 */
export function make_share(
  terms: ShareTerms,
  holder: number,
  share: Scalar,
  sums: readonly EncryptedSum[],
  randomness: Randomness,
): Uint8Array {
  const secrets = new Secrets()
  const share_key = times_generator(share)
  try {
    const parts = sums.flatMap(({ alpha }, index) => {
      const factor = times(share, alpha)
      const said = statement_of(terms, holder, share_key, index, alpha, factor)
      const nonce = secrets.keep(said.nonce(share, 0, randomness))
      const [t1, t2] = [times_generator(nonce), times(nonce, alpha)]
      const challenge = scalar_of_challenge(said.raw(t1).raw(t2).challenge())
      return [factor, t1, t2, response(nonce, challenge, share, secrets)]
    })
    return joined(Uint8Array.of(1), terms.vote, terms.box_root, u32_bytes(holder), ...parts)
  } finally {
    secrets.wipe()
  }
}

/** t1 = z·G + e·X_i and t2 = z·a + e·D. */
function holds(said: Transcript, share_key: Point, alpha: Point, sum: SumShare): boolean {
  const { factor, key_commitment, sum_commitment, answer } = sum
  const e = scalar_of_challenge(said.raw(key_commitment).raw(sum_commitment).challenge())
  const expected_key = point_add(product_of_generator(answer), product(e, share_key))
  const expected_sum = point_add(product(answer, alpha), product(e, factor))
  return equal(key_commitment, expected_key) && equal(sum_commitment, expected_sum)
}

/** Whether these bytes are shares of these sums whose every proof holds. */
export function is_share(
  terms: ShareTerms,
  election: ElectionKey,
  bytes: Uint8Array,
  sums: readonly EncryptedSum[],
): boolean {
  const reader = new FieldReader(bytes)
  reader.require(reader.u8() === 1 && equal(reader.raw(16), terms.vote))
  reader.require(equal(reader.raw(32), terms.box_root))
  const holder = reader.u32()
  const share_key = election.share_keys[holder - 1]
  if (!share_key || reader.left !== sums.length * sum_bytes) return false
  const parts = sums.map(() => ({
    factor: reader.any_point(),
    key_commitment: reader.any_point(),
    sum_commitment: reader.any_point(),
    answer: reader.scalar(),
  }))
  if (!reader.end() || parts.some(({ factor }) => is_identity(factor))) return false
  return parts.every((part, index) => {
    const { alpha } = sums[index]!
    return holds(statement_of(terms, holder, share_key, index, alpha, part.factor), share_key, alpha, part)
  })
}

/**
 * What a key holder says beside a share, which `share` is the SHA-256 of: that everything was verified on the
 * holder's own device.
 */
export type HolderStatement = { holder: number; confirmed: number; overridden: boolean; share: Uint8Array }

function statement_bytes(terms: ShareTerms, statement: HolderStatement): Uint8Array {
  const { holder, confirmed, overridden, share } = statement
  const said = new Transcript('plenum/share-statement/v1').raw(terms.vote).raw(terms.context)
  said
    .raw(terms.box_root)
    .u32(holder)
    .u32(confirmed)
    .u32(overridden ? 1 : 0)
  return said.raw(share).bytes()
}

/** By the key the holder's ceremony messages are signed with. */
export function sign_statement(terms: ShareTerms, statement: HolderStatement, key: DeviceKey): Uint8Array {
  return key.sign(statement_bytes(terms, statement).slice())
}

export function is_statement(
  terms: ShareTerms,
  statement: HolderStatement,
  key: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.length !== 64) return false
  return sodium.crypto_sign_verify_detached(signature, statement_bytes(terms, statement), key)
}
