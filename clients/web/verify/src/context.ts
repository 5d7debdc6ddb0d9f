import { Said } from './bytes'
import { parse_key, type Point } from './group'
import { base_of, is_possible, type Shape } from './shape'

/** What one round of a vote rests on (docs/ballot_protocol.md 2). */
export type Context = {
  origin: string
  meeting: Uint8Array
  vote: Uint8Array
  round: number
  question: Uint8Array
  rule: Uint8Array
  roll_root: Uint8Array
  list_length: number
  key_holders: Uint8Array
  election_key: Uint8Array
  vote_generator: Uint8Array
}

/** What ballots are checked against. */
export type Terms = {
  vote: Uint8Array
  /** ctx. */
  context: Uint8Array
  /** Y. */
  election_key: Point
  /** Gv. */
  vote_generator: Point
  shape: Shape
  /** B. */
  base: bigint
}

export function hash_of_context(context: Context): Uint8Array {
  const { origin, meeting, vote, round, question, rule, roll_root, list_length } = context
  return new Said('plenum/vote-ctx/v1')
    .text('ristretto255-sha512')
    .text(origin)
    .raw(meeting, vote)
    .u32(round)
    .raw(question, rule, roll_root)
    .u32(list_length)
    .raw(context.key_holders, context.election_key, context.vote_generator)
    .u32(Number(base_of(list_length)))
    .hash()
}

/** Null when no vote can have these terms. */
export function terms_of(context: Context, shape: Shape): Terms | null {
  const election_key = parse_key(context.election_key)
  const vote_generator = parse_key(context.vote_generator)
  if (election_key === null || vote_generator === null || !is_possible(shape)) return null
  return {
    vote: context.vote,
    context: hash_of_context(context),
    election_key,
    vote_generator,
    shape,
    base: base_of(context.list_length),
  }
}
