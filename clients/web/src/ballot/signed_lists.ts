import { box_ok_message } from './box'
import { compare } from './box_file'
import { FieldReader } from './fields'
import { equal, type Point } from './group'
import { leaf_hash, root_of } from './merkle'
import { ack_message } from './roll'
import { sodium } from './sodium'
import { context_hash, type BallotTerms, type VoteContext } from './terms'

// What every console of the list signs, counted against the roll of device keys
// (docs/ballot_protocol.md 3, 6).

/** The pseudonyms of a list; null unless they are points, sorted, and all different. */
export function read_list(bytes: Uint8Array): Point[] | null {
  const reader = new FieldReader(bytes)
  const count = reader.u32()
  reader.require(reader.left === 32 * count)
  const points: Point[] = []
  for (let left = count; left > 0 && reader.ok; --left) points.push(reader.point())
  return reader.end() && ascend(points) ? points : null
}

function ascend(all: readonly Uint8Array[]): boolean {
  return all.every((one, at) => at === 0 || compare(all[at - 1]!, one) < 0)
}

/** roll_root: over the points as leaves. */
export function roll_root(list: readonly Point[]): Uint8Array {
  return root_of(list.map(leaf_hash))
}

/** A console's word that it stands in the list; `build` is the SHA-256 of its program. */
export type Acknowledgement = { device: Uint8Array; build: Uint8Array; signature: Uint8Array }
/** A console's word that it found in the box what it must. */
export type Confirmation = { device: Uint8Array; signature: Uint8Array }

function rows<Row extends { device: Uint8Array }>(
  reader: FieldReader,
  width: number,
  read: () => Row,
): Row[] | null {
  const count = reader.u32()
  reader.require(reader.left === width * count)
  const all: Row[] = []
  for (let left = count; left > 0 && reader.ok; --left) all.push(read())
  return reader.end() && ascend(all.map(({ device }) => device)) ? all : null
}

/** Null for another context, or a device twice or out of order. */
export function read_acknowledgements(context: VoteContext, bytes: Uint8Array): Acknowledgement[] | null {
  const reader = new FieldReader(bytes)
  reader.domain('plenum/acks/v1')
  reader.require(equal(reader.raw(64), context_hash(context)))
  return rows(reader, 32 + 32 + 64, () => ({
    device: reader.raw(32),
    build: reader.raw(32),
    signature: reader.raw(64),
  }))
}

/** Null for another context or root, or a device twice or out of order. */
export function read_confirmations(
  terms: BallotTerms,
  root: Uint8Array,
  bytes: Uint8Array,
): Confirmation[] | null {
  const reader = new FieldReader(bytes)
  reader.domain('plenum/box-oks/v1')
  reader.require(equal(reader.raw(64), terms.context) && equal(reader.raw(32), root))
  return rows(reader, 32 + 64, () => ({ device: reader.raw(32), signature: reader.raw(64) }))
}

/** How many of the roll signed; null when something is there that should not be. */
function count<Row extends { device: Uint8Array; signature: Uint8Array }>(
  all: readonly Row[],
  roll: readonly Uint8Array[],
  message_of: (row: Row) => Uint8Array,
): number | null {
  const devices = new Set(roll.map((device) => device.join(' ')))
  for (const row of all) {
    const signed = sodium.crypto_sign_verify_detached(row.signature, message_of(row), row.device)
    if (!devices.delete(row.device.join(' ')) || !signed) return null
  }
  return all.length
}

/** How many devices of the roll acknowledged the list; null when one is forged, or not of the roll. */
export function count_acknowledgements(
  context: VoteContext,
  all: readonly Acknowledgement[],
  roll: readonly Uint8Array[],
): number | null {
  return count(all, roll, ({ build }) => ack_message(context, build))
}

/** How many devices of the roll confirmed the box; null when one is forged, or not of the roll. */
export function count_confirmations(
  terms: BallotTerms,
  root: Uint8Array,
  all: readonly Confirmation[],
  roll: readonly Uint8Array[],
): number | null {
  return count(all, roll, () => box_ok_message(terms, root))
}
