import { is_usable_point, type Point } from './group'
import { is_shape, packing_base, type BallotShape } from './shape'
import { Transcript } from './transcript'

/** Everything one round of one attempt rests on (docs/ballot_protocol.md 2). No clock in it. */
export type VoteContext = {
  /** Name of the log. */
  origin: string
  /** Record ids, 16 bytes. */
  meeting: Uint8Array
  vote: Uint8Array
  round: number
  /** Digests, 32 bytes. */
  question: Uint8Array
  rule: Uint8Array
  roll_root: Uint8Array
  /** N. */
  list_length: number
  key_holders: Uint8Array
  /** Y. */
  election_key: Point
  /** Gv. */
  vote_generator: Point
}

/** What a ballot is made for. */
export type BallotTerms = {
  vote: Uint8Array
  /** ctx, 64 bytes. */
  context: Uint8Array
  election_key: Point
  vote_generator: Point
  shape: BallotShape
  /** B. */
  base: number
}

/** ctx, which every proof, receipt and signature of the vote speaks of. */
export function context_hash(context: VoteContext): Uint8Array {
  return new Transcript('plenum/vote-ctx/v1')
    .text('ristretto255-sha512')
    .text(context.origin)
    .raw(context.meeting)
    .raw(context.vote)
    .u32(context.round)
    .raw(context.question)
    .raw(context.rule)
    .raw(context.roll_root)
    .u32(context.list_length)
    .raw(context.key_holders)
    .raw(context.election_key)
    .raw(context.vote_generator)
    .u32(packing_base(context.list_length))
    .hash()
}

/** Null for a context or a shape no vote can have. */
export function terms_of(context: VoteContext, shape: BallotShape): BallotTerms | null {
  const ids = [context.meeting, context.vote].every((id) => id.length === 16)
  const { question, rule, roll_root, key_holders } = context
  const digests = [question, rule, roll_root, key_holders].every((digest) => digest.length === 32)
  const points = is_usable_point(context.election_key) && is_usable_point(context.vote_generator)
  const counted = Number.isInteger(context.list_length) && context.list_length >= 1 && context.round >= 1
  if (!ids || !digests || !points || !counted || !is_shape(shape)) return null
  return {
    vote: context.vote,
    context: context_hash(context),
    election_key: context.election_key,
    vote_generator: context.vote_generator,
    shape,
    base: packing_base(context.list_length),
  }
}
