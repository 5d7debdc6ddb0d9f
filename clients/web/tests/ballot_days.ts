import { createHash } from 'node:crypto'
import { leaf_hash, node_hash } from '../src/ballot/merkle'
import { motion_shape, type BallotShape } from '../src/ballot/shape'
import type { Randomness } from '../src/ballot/sodium'
import type { VoteContext } from '../src/ballot/terms'
import { times, times_generator, scalar_reduce, type Point, type Scalar } from '../src/ballot/group'

// Votes as a server would prepare them, from a seed, so that a vector is the same bytes every time.

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
export const from_hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

/** The same bytes for the same seed: SHA-512 of a counter. */
export function seeded(seed: string): Randomness {
  let counter = 0
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 64) }, () =>
      createHash('sha512').update(`${seed} ${counter++}`).digest(),
    )
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length))
  }
}

export function digest(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

export function scalar(seed: string): Scalar {
  return scalar_reduce(seeded(seed)(64))
}

/** Root and paths of a tree over few leaves, by the definition of RFC 6962. */
export function tree(leaves: Uint8Array[]): { root: Uint8Array; paths: Uint8Array[][] } {
  if (leaves.length === 0) return { root: digest(''), paths: [] }
  if (leaves.length === 1) return { root: leaf_hash(leaves[0]!), paths: [[]] }
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const left = tree(leaves.slice(0, split))
  const right = tree(leaves.slice(split))
  const paths = [
    ...left.paths.map((path) => [...path, right.root]),
    ...right.paths.map((path) => [...path, left.root]),
  ]
  return { root: node_hash(left.root, right.root), paths }
}

export type Day = {
  context: VoteContext
  shape: BallotShape
  /** Voting keys, in no order. */
  keys: Scalar[]
  /** The sorted list. */
  list: Point[]
  paths: Uint8Array[][]
}

/** A vote of `members` voters; `claimed` lets N be larger than the list that was really made. */
export function prepare(
  seed: string,
  members: number,
  shape: BallotShape = motion_shape,
  claimed = members,
): Day {
  const generator = scalar(`${seed} r`)
  const keys = Array.from({ length: members }, (_, at) => scalar(`${seed} x ${at}`))
  const list = keys.map((key) => times(generator, times_generator(key))).sort(Buffer.compare)
  const { root, paths } = tree(list)
  const context: VoteContext = {
    origin: 'plenum.example/assembly-2026',
    meeting: digest(`${seed} meeting`).slice(0, 16),
    vote: digest(`${seed} vote`).slice(0, 16),
    round: 1,
    question: digest(`${seed} question`),
    rule: digest(`${seed} rule`),
    roll_root: root,
    list_length: claimed,
    key_holders: digest('key holders'),
    election_key: times_generator(scalar('election key')),
    vote_generator: times_generator(generator),
  }
  return { context, shape, keys, list, paths }
}

/** Where a member stands on the list. */
export function place_of(day: Day, key: Scalar): { index: number; path: Uint8Array[] } {
  const pseudonym = times(key, day.context.vote_generator)
  const index = day.list.findIndex((point) => Buffer.compare(point, pseudonym) === 0)
  return { index, path: day.paths[index] ?? [] }
}
