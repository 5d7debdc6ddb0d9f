import { is_fault, name_of, read_ballot, type BallotFault, check_ballots } from './ballot'
import { compare, concat, equal, Reader, Said, sha256, to_hex } from './bytes'
import type { Terms } from './context'
import { is_signed, parse_key, parse_scalar, times } from './group'
import { is_included, root_of } from './merkle'
import { length_of } from './shape'

// Receipts, spoils and the box (docs/ballot_protocol.md 5 and 6).

const spoil_bytes = 1 + 16 + 32 + 4 + 32 + 32
const leaf_bytes = 1 + 32 + 4 + 32
const ballot_kind = 1
const spoil_kind = 2

export type SpoilFault =
  'wrong_length' | 'wrong_version' | 'wrong_vote' | 'not_canonical_point' | 'identity' | 'proof'

/** `u8 1 | vote_id | P | u32 seq | K | z`: whether the signer of the ballot itself took it back. */
export function check_spoil(
  terms: Pick<Terms, 'vote' | 'context' | 'vote_generator'>,
  bytes: Uint8Array,
): SpoilFault | null {
  if (bytes.length !== spoil_bytes) return 'wrong_length'
  const reader = new Reader(bytes)
  if (reader.u8() !== 1) return 'wrong_version'
  if (!equal(reader.take(16), terms.vote)) return 'wrong_vote'
  const pseudonym = reader.take(32)
  const seq = reader.u32()
  const commitment = reader.take(32)
  const z = parse_scalar(reader.take(32))
  const point = parse_key(pseudonym)
  if (point === null) return pseudonym.every((byte) => byte === 0) ? 'identity' : 'not_canonical_point'
  if (z === null) return 'proof'
  const said = new Said('plenum/spoil/v1').raw(terms.context, pseudonym).u32(seq).raw(commitment)
  const expected = times(terms.vote_generator, z).add(times(point, said.challenge()))
  return equal(expected.toBytes(), commitment) ? null : 'proof'
}

/**
 * `u8 1 | the fields | signature`: whether the server signed that it holds this ballot, or no longer counts
 * it.
 */
export function check_receipt(
  use: 'receipt' | 'spoil-ok',
  terms: Pick<Terms, 'vote' | 'context'>,
  ballot: Uint8Array,
  bytes: Uint8Array,
  server_key: Uint8Array,
): boolean {
  const pseudonym_and_seq = ballot.subarray(17, 17 + 32 + 4)
  const known = concat([terms.vote, terms.context, pseudonym_and_seq, name_of(ballot)])
  const reader = new Reader(bytes)
  if (reader.u8() !== 1 || !reader.expect(known)) return false
  const place = reader.take(16 + 8)
  const signature = reader.take(64)
  if (!reader.done()) return false
  return is_signed(new Said(`plenum/${use}/v1`).raw(known, place).bytes(), signature, server_key)
}

export type Leaf = { kind: number; pseudonym: Uint8Array; seq: number; name: Uint8Array }

function bytes_of_leaf({ kind, pseudonym, seq, name }: Leaf): Uint8Array {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, seq, true)
  return concat([Uint8Array.of(kind), pseudonym, number, name])
}

function leaf_of(kind: number, bytes: Uint8Array): Leaf {
  const reader = new Reader(bytes.subarray(17))
  return { kind, pseudonym: reader.take(32), seq: reader.u32(), name: sha256(bytes) }
}

function order_of_leaves(left: Leaf, right: Leaf): number {
  return compare(left.pseudonym, right.pseudonym) || left.kind - right.kind || left.seq - right.seq
}

export type Box = { ballots: Uint8Array[]; spoils: Uint8Array[]; root: Uint8Array }

/** The parts of a box file of ballots of this length, and its root; null when it is none of this vote. */
export function read_box(context: Uint8Array, length: number, bytes: Uint8Array): Box | null {
  const reader = new Reader(bytes)
  reader.expect(new Said('plenum/box/v1').raw(context).bytes())
  const ballots = Array.from({ length: reader.count(length) }, () => reader.take(length))
  const spoils = Array.from({ length: reader.count(spoil_bytes) }, () => reader.take(spoil_bytes))
  if (!reader.done()) return null
  const leaves = [
    ...ballots.map((ballot) => leaf_of(ballot_kind, ballot)),
    ...spoils.map((spoil) => leaf_of(spoil_kind, spoil)),
  ].sort(order_of_leaves)
  return { ballots, spoils, root: root_of(leaves.map(bytes_of_leaf)) }
}

export type BoxFault = {
  reason:
    | 'malformed'
    | 'not_sorted'
    | 'outsider' // a pseudonym that is not on the list
    | 'spoiled' // counted although its own signer took it back
    | SpoilFault
    | BallotFault['reason']
  index?: number
  statement?: number
}

/** What is wrong with a box before any proof is looked at: its order, strangers' records, spoiled ballots. */
export function check_order(vote: Uint8Array, box: Box): BoxFault[] {
  const faults: BoxFault[] = []
  const spoiled = new Set(box.spoils.map((spoil) => to_hex(spoil.subarray(17, 53))))
  for (const [kind, records] of [
    [ballot_kind, box.ballots],
    [spoil_kind, box.spoils],
  ] as const) {
    let before: Leaf | null = null
    records.forEach((bytes, index) => {
      const leaf = leaf_of(kind, bytes)
      const again = kind === ballot_kind && before !== null && equal(before.pseudonym, leaf.pseudonym)
      if (again || (before !== null && order_of_leaves(before, leaf) >= 0))
        faults.push({ reason: 'not_sorted', index })
      before = leaf
      if (bytes[0] !== 1) faults.push({ reason: 'wrong_version', index })
      if (!equal(bytes.subarray(1, 17), vote)) faults.push({ reason: 'wrong_vote', index })
      if (kind === ballot_kind && spoiled.has(to_hex(bytes.subarray(17, 53))))
        faults.push({ reason: 'spoiled', index })
    })
  }
  return faults
}

/** Everything that can be wrong with a sealed box: order, owners, proofs, spoils. */
export function check_box(terms: Terms, list: Uint8Array[], bytes: Uint8Array): BoxFault[] {
  const box = read_box(terms.context, length_of(terms.shape), bytes)
  if (box === null) return [{ reason: 'malformed' }]
  const faults = check_order(terms.vote, box)
  const members = new Set(list.map(to_hex))
  for (const records of [box.ballots, box.spoils]) {
    records.forEach((record, index) => {
      if (!members.has(to_hex(record.subarray(17, 49)))) faults.push({ reason: 'outsider', index })
    })
  }
  box.spoils.forEach((spoil, index) => {
    const fault = check_spoil(terms, spoil)
    if (fault !== null) faults.push({ reason: fault, index })
  })
  for (const [index, fault] of check_ballots(terms, box.ballots)) faults.push({ index, ...fault })
  return faults
}

export type Found = { kind: 'present'; seq: number; name: Uint8Array } | { kind: 'absent' }

type Neighbour = Leaf & { index: number; is_first: boolean; is_last: boolean }

/**
 * `u32 leaves | u8 neighbours | (u32 index | leaf | u8 hashes | path)*`: what is shown of one pseudonym's
 * ballot
 * in the box with this root. Null when nothing is.
 */
export function check_box_proof(bytes: Uint8Array, pseudonym: Uint8Array, root: Uint8Array): Found | null {
  const reader = new Reader(bytes)
  const [size, count] = [reader.u32(), reader.u8()]
  if (reader.failed || count > 2) return null
  const neighbours: Neighbour[] = []
  for (let at = 0; at < count; ++at) {
    const index = reader.u32()
    const leaf = reader.take(leaf_bytes)
    const path = Array.from({ length: reader.u8() }, () => reader.take(32))
    if (reader.failed || !is_included(leaf, index, size, path, root)) return null
    const fields = new Reader(leaf)
    const [kind, owner, seq, name] = [fields.u8(), fields.take(32), fields.u32(), fields.take(32)]
    neighbours.push({
      kind,
      pseudonym: owner,
      seq,
      name,
      index,
      is_first: index === 0,
      is_last: index === size - 1,
    })
  }
  if (!reader.done()) return null
  const [one, two] = neighbours
  if (one === undefined) return size === 0 && equal(root, root_of([])) ? { kind: 'absent' } : null
  const side = (leaf: Leaf) => compare(leaf.pseudonym, pseudonym) || leaf.kind - ballot_kind
  if (two !== undefined) {
    return side(one) < 0 && side(two) > 0 && two.index === one.index + 1 ? { kind: 'absent' } : null
  }
  if (side(one) === 0) return { kind: 'present', seq: one.seq, name: one.name }
  return (side(one) > 0 ? one.is_first : one.is_last) ? { kind: 'absent' } : null
}

/** Component-wise sums of all ballots, which is all that is ever decrypted. */
export function sums_of(terms: Terms, ballots: Uint8Array[]) {
  const sums = ballots
    .map((bytes) => read_ballot(terms, bytes))
    .map((read) => (is_fault(read) ? [] : read.ciphertexts))
  return sums.reduce((left, right) => {
    if (left.length === 0) return right
    return left.map(([a, b], at) => [a.add(right[at]![0]), b.add(right[at]![1])])
  }, [])
}
