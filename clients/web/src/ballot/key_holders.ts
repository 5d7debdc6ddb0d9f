import {
  equal,
  identity,
  is_identity,
  point_add,
  scalar_of,
  scalar_of_challenge,
  scalar_reduce,
  times,
  times_generator,
  type Point,
  type Scalar,
} from './group'
import { sodium } from './sodium'
import { Transcript } from './transcript'

// The key ceremony, checked from its first message to its last (docs/ballot_protocol.md 7): a console takes
// the election key from nobody's word.

/** What the record holds of one key holder; the messages as they were signed. */
export type HolderRecord = {
  name: string
  /** Ed25519. */
  key: Uint8Array
  commit: Uint8Array
  open: Uint8Array
  agree: Uint8Array
}

export type CeremonyRecord = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  meeting: Uint8Array
  attempt: number
  threshold: number
  /** Numbered from 1 in this order. */
  holders: HolderRecord[]
}

/** What the ceremony made. */
export type ElectionKey = {
  /** Y. */
  key: Point
  /** key_holders_hash. */
  holders: Uint8Array
  /** Four numbers that people compare. */
  words: string
}

const holders_max = 15
const envelope_bytes = 1 + 4 + 4
const signature_bytes = 64

function ceremony_id({ origin, meeting, attempt, threshold, holders }: CeremonyRecord): Uint8Array {
  const said = new Transcript('plenum/ceremony/v1').text(origin).raw(meeting).u32(attempt)
  said.u32(threshold).u32(holders.length)
  for (const { name, key } of holders) said.text(name).raw(key)
  return said.hash()
}

function are_sound({ threshold, holders }: CeremonyRecord): boolean {
  const count = holders.length
  const names = new Set(holders.map(({ name }) => name))
  const keys = new Set(holders.map(({ key }) => key.join(' ')))
  const enough = threshold >= 2 && threshold <= count && count <= holders_max && 2 * threshold > count
  return enough && names.size === count && keys.size === count && !names.has('')
}

/** The fields of a message of this step, signed by this holder; null for anything else. */
function fields_of(
  sid: Uint8Array,
  step: number,
  number: number,
  length: number,
  message: Uint8Array,
  key: Uint8Array,
): Uint8Array | null {
  if (message.length !== envelope_bytes + length + signature_bytes || key.length !== 32) return null
  const view = new DataView(message.buffer, message.byteOffset)
  if (message[0] !== 1 || view.getUint32(1, true) !== step || view.getUint32(5, true) !== number) return null
  const fields = message.slice(envelope_bytes, envelope_bytes + length)
  const said = new Transcript('plenum/ceremony-message/v1').raw(sid).u32(step).u32(number).raw(fields)
  const signature = message.slice(envelope_bytes + length)
  return sodium.crypto_sign_verify_detached(signature, said.bytes(), key) ? fields : null
}

function is_point(bytes: Uint8Array): boolean {
  return sodium.crypto_core_ristretto255_is_valid_point(bytes)
}

function is_scalar(bytes: Uint8Array): boolean {
  const wide = new Uint8Array(64)
  wide.set(bytes)
  return equal(scalar_reduce(wide), bytes)
}

/** Also where one of them is nothing, which the library refuses. */
function product(scalar: Scalar, point: Point): Point {
  return is_identity(point) || scalar.every((byte) => byte === 0) ? identity.slice() : times(scalar, point)
}

function has_small_order(exchange_key: Uint8Array): boolean {
  try {
    sodium.crypto_scalarmult(new Uint8Array(32).fill(1), exchange_key)
    return false
  } catch {
    return true
  }
}

function chunks(bytes: Uint8Array, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => bytes.slice(32 * at, 32 * at + 32))
}

/** A_i0 … of holder `number`, as committed to, with the proof that the first one's secret is known. */
function coefficients_of(
  sid: Uint8Array,
  threshold: number,
  number: number,
  commit: Uint8Array,
  open: Uint8Array,
): Point[] | null {
  const points = chunks(open, threshold)
  const [commitment, answer] = chunks(open.slice(32 * threshold), 2)
  if (has_small_order(commit.slice(64)) || is_identity(points[0]!)) return null
  if (![...points, commitment!].every(is_point) || !is_scalar(answer!)) return null
  const committed = new Transcript('plenum/ceremony-commit/v1').raw(sid).u32(number)
  const said = new Transcript('plenum/ceremony-key/v1').raw(sid).u32(number)
  for (const point of points) {
    committed.raw(point)
    said.raw(point)
  }
  if (!equal(committed.raw(commitment!).raw(answer!).hash(), commit.slice(0, 64))) return null
  const challenge = scalar_of_challenge(said.raw(commitment!).challenge())
  const own = is_zero(answer!) ? identity : times_generator(answer!)
  return equal(point_add(own, product(challenge, points[0]!)), commitment!) ? points : null
}

function is_zero(scalar: Scalar): boolean {
  return scalar.every((byte) => byte === 0)
}

/** Σ_l j^l·A_l over the sums of what all holders published. */
function share_key(sums: readonly Point[], j: number): Point {
  return sums.reduceRight((sum, point) => point_add(product(scalar_of(BigInt(j)), sum), point), identity)
}

/** What people compare of a hash of key holders: four numbers of 11 bits. */
export function words_of(hash: Uint8Array): string {
  const bits = Array.from(hash.subarray(0, 6), (byte) => byte.toString(2).padStart(8, '0')).join('')
  const word = (at: number) => Number.parseInt(bits.slice(11 * at, 11 * at + 11), 2)
  return [0, 1, 2, 3].map((at) => String(word(at)).padStart(4, '0')).join(' ')
}

function made_by(ceremony: CeremonyRecord, all: Point[][]): ElectionKey | null {
  const { threshold, holders } = ceremony
  const sums = Array.from({ length: threshold }, (_, l) =>
    all.reduce((sum, points) => point_add(sum, points[l]!), identity),
  )
  const shares = holders.map((_, at) => share_key(sums, at + 1))
  if ([sums[0]!, ...shares].some(is_identity)) return null
  const said = new Transcript('plenum/key-holders/v1').u32(threshold).u32(holders.length)
  holders.forEach(({ name, key }, at) => {
    said.text(name).raw(key)
    for (const point of all[at]!) said.raw(point)
    said.raw(shares[at]!)
  })
  const hash = sodium.crypto_hash_sha256(said.bytes())
  return { key: sums[0]!, holders: hash, words: words_of(hash) }
}

/** The election key of a ceremony in which everything holds; null when anything does not. */
export function check_ceremony(ceremony: CeremonyRecord): ElectionKey | null {
  if (!are_sound(ceremony)) return null
  const { threshold, holders } = ceremony
  const sid = ceremony_id(ceremony)
  const lengths = { commit: 64 + 32, open: 32 * (threshold + 2 + holders.length - 1), agree: 64 }
  const all: Point[][] = []
  for (const [at, { key, commit, open }] of holders.entries()) {
    const committed = fields_of(sid, 1, at + 1, lengths.commit, commit, key)
    const opened = fields_of(sid, 2, at + 1, lengths.open, open, key)
    const points = committed && opened && coefficients_of(sid, threshold, at + 1, committed, opened)
    if (!points) return null
    all.push(points)
  }
  for (const [at, { key, agree }] of holders.entries()) {
    const agreed = fields_of(sid, 3, at + 1, lengths.agree, agree, key)
    const expected = new Transcript('plenum/ceremony-agree/v1').raw(sid).u32(at + 1)
    for (const point of all.flat()) expected.raw(point)
    if (!agreed || !equal(agreed, expected.hash())) return null
  }
  return made_by(ceremony, all)
}
