import { FieldReader, joined } from './fields'
import { equal, product, point_add, scalar_of_challenge, type Point, type Scalar } from './group'
import { leaf_hash, root_of } from './merkle'
import { ballot_name } from './receipt'
import { ballot_size } from './shape'
import type { BallotTerms } from './terms'
import { Transcript, u32_bytes } from './transcript'

// The sealed box as a file: every ballot that counts and every spoil (docs/ballot_protocol.md 6).

const spoil_bytes = 1 + 16 + 32 + 4 + 32 + 32

/** A ballot or a spoil: what it begins with, and all of its bytes. */
export type BoxRecord = { pseudonym: Point; seq: number; bytes: Uint8Array }
export type BoxContent = { ballots: BoxRecord[]; spoils: BoxRecord[] }

/** The head of a ballot or a spoil of this vote; null when it has none. */
export function read_record(bytes: Uint8Array, vote: Uint8Array): BoxRecord | null {
  const reader = new FieldReader(bytes)
  reader.require(reader.u8() === 1 && equal(reader.raw(16), vote))
  const pseudonym = reader.point()
  const seq = reader.u32()
  return reader.ok ? { pseudonym, seq, bytes } : null
}

function read_records(reader: FieldReader, size: number, vote: Uint8Array): BoxRecord[] {
  const count = reader.u32()
  reader.require(count * size <= reader.left)
  const records: BoxRecord[] = []
  for (let left = count; left > 0 && reader.ok; --left) {
    const record = read_record(reader.raw(size), vote)
    reader.require(record !== null)
    if (record !== null) records.push(record)
  }
  return records
}

/** Below zero when `left` stands first. */
export function compare(left: Uint8Array, right: Uint8Array): number {
  for (let at = 0; at < Math.min(left.length, right.length); ++at) {
    const difference = left[at]! - right[at]!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function by_place(left: BoxRecord, right: BoxRecord): number {
  return compare(left.pseudonym, right.pseudonym) || left.seq - right.seq
}

function ascend<One>(all: readonly One[], order: (left: One, right: One) => number): boolean {
  return all.every((one, at) => at === 0 || order(all[at - 1]!, one) < 0)
}

function place_of({ pseudonym, seq }: BoxRecord): string {
  return `${pseudonym.join(' ')} ${seq}`
}

/** Sorted, one ballot for each P, and none whose seq is spoiled. */
function in_order({ ballots, spoils }: BoxContent): boolean {
  const by_pseudonym = (left: BoxRecord, right: BoxRecord) => compare(left.pseudonym, right.pseudonym)
  if (!ascend(ballots, by_pseudonym) || !ascend(spoils, by_place)) return false
  const spoiled = new Set(spoils.map(place_of))
  return !ballots.some((one) => spoiled.has(place_of(one)))
}

/** K and z of a spoil. */
function proof_of({ bytes }: BoxRecord): { commitment: Point; answer: Scalar; holds: boolean } {
  const reader = new FieldReader(bytes.slice(1 + 16 + 32 + 4))
  const proof = { commitment: reader.any_point(), answer: reader.scalar() }
  return { ...proof, holds: reader.end() }
}

/** Strict; null for anything that is no box of this vote. The proofs are for others to check. */
export function read_box(terms: BallotTerms, bytes: Uint8Array): BoxContent | null {
  const reader = new FieldReader(bytes)
  reader.domain('plenum/box/v1')
  reader.require(equal(reader.raw(64), terms.context))
  const ballots = read_records(reader, ballot_size(terms.shape), terms.vote)
  const spoils = read_records(reader, spoil_bytes, terms.vote)
  if (!reader.end() || !spoils.every((spoil) => proof_of(spoil).holds)) return null
  const box = { ballots, spoils }
  return in_order(box) ? box : null
}

function leaf_of(kind: 1 | 2, { pseudonym, seq, bytes }: BoxRecord): Uint8Array {
  return joined(Uint8Array.of(kind), pseudonym, u32_bytes(seq), ballot_name(bytes))
}

/** The root of the tree over a box, its leaves sorted by (P, kind, seq). */
export function root_of_box({ ballots, spoils }: BoxContent): Uint8Array {
  const leaves = [
    ...ballots.map((record) => ({ kind: 1 as const, record })),
    ...spoils.map((record) => ({ kind: 2 as const, record })),
  ]
  leaves.sort(
    (left, right) =>
      compare(left.record.pseudonym, right.record.pseudonym) ||
      left.kind - right.kind ||
      left.record.seq - right.record.seq,
  )
  return root_of(leaves.map(({ kind, record }) => leaf_hash(leaf_of(kind, record))))
}

/** Whether the owner of its pseudonym made it: K = z·Gv + e·P. */
export function is_spoil(terms: BallotTerms, spoil: BoxRecord): boolean {
  const { commitment, answer, holds } = proof_of(spoil)
  if (!holds) return false
  const { pseudonym, seq } = spoil
  const said = new Transcript('plenum/spoil/v1').raw(terms.context).raw(pseudonym).u32(seq)
  const e = scalar_of_challenge(said.raw(commitment).challenge())
  return equal(commitment, point_add(product(answer, terms.vote_generator), product(e, pseudonym)))
}
