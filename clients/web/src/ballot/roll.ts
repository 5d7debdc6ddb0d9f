import { is_usable_point, times, type Point, type Scalar } from './group'
import { is_included } from './merkle'
import { context_hash, type VoteContext } from './terms'
import { Transcript } from './transcript'

/** Where the server says this console stands on the list. */
export type RollPlace = { index: number; path: Uint8Array[] }

/** P = x·Gv when it stands where the server says on the list the context commits to, otherwise null. */
export function find_pseudonym(context: VoteContext, voting_key: Scalar, place: RollPlace): Point | null {
  if (!is_usable_point(context.vote_generator)) return null
  const pseudonym = times(voting_key, context.vote_generator)
  const inclusion = { index: place.index, size: context.list_length, path: place.path }
  return is_included(pseudonym, inclusion, context.roll_root) ? pseudonym : null
}

/** What the device signs to say: I am on this list. `build` is the SHA-256 of the console's program. */
export function ack_message(context: VoteContext, build: Uint8Array): Uint8Array {
  return new Transcript('plenum/ack/v1')
    .raw(context_hash(context))
    .u32(context.round)
    .raw(context.roll_root)
    .raw(context.vote_generator)
    .u32(context.list_length)
    .raw(build)
    .hash()
}
