import { FieldReader, joined } from './fields'
import {
  equal,
  identity,
  is_identity,
  is_point,
  is_scalar,
  point_add,
  product,
  product_of_generator,
  scalar_of,
  scalar_of_challenge,
  type Point,
  type Scalar,
} from './group'
import { sodium } from './sodium'
import { Transcript } from './transcript'
import type { DeviceKey } from './voting_key'

// The messages of the key ceremony and what everybody recomputes from them (docs/ballot_protocol.md 7).

/** What the body decided before the ceremony: who holds, and how many of them decrypt. */
export type CeremonyTerms = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  meeting: Uint8Array
  attempt: number
  threshold: number
  /** Numbered from 1 in this order; `key` is Ed25519. */
  holders: { name: string; key: Uint8Array }[]
}

/** Numbers that stand in signed bytes. */
export const steps = { commit: 1, open: 2, agree: 3, complain: 4 } as const
export type CeremonyStep = keyof typeof steps

export const sealed_share_bytes = 24 + 16 + 32
const holders_max = 15
const name_bytes_max = 200
const envelope_bytes = 1 + 4 + 4
const signature_bytes = 64

/** Whether a ceremony can have these terms. */
export function are_sound({ threshold, holders }: CeremonyTerms): boolean {
  const count = holders.length
  const names = new Set(holders.map(({ name }) => name))
  const keys = new Set(holders.map(({ key }) => key.join(' ')))
  const enough = threshold >= 2 && threshold <= count && count <= holders_max && 2 * threshold > count
  const named = holders.every(({ name }) => name !== '' && utf8_length(name) <= name_bytes_max)
  const keyed = holders.every(({ key }) => key.length === 32)
  return enough && names.size === count && keys.size === count && named && keyed
}

function utf8_length(text: string): number {
  return new TextEncoder().encode(text).length
}

/** sid. */
export function ceremony_id({ origin, meeting, attempt, threshold, holders }: CeremonyTerms): Uint8Array {
  const said = new Transcript('plenum/ceremony/v1').text(origin).raw(meeting).u32(attempt)
  said.u32(threshold).u32(holders.length)
  for (const { name, key } of holders) said.text(name).raw(key)
  return said.hash()
}

/** How long the fields of a step are under these terms. */
export function fields_length(step: CeremonyStep, { threshold, holders }: CeremonyTerms): number {
  const open = 32 * (threshold + 2 + holders.length - 1)
  return { commit: 64 + 32, open, agree: 64, complain: 4 + sealed_share_bytes + 32 }[step]
}

function signed_part(sid: Uint8Array, step: CeremonyStep, number: number, fields: Uint8Array): Transcript {
  return new Transcript('plenum/ceremony-message/v1').raw(sid).u32(steps[step]).u32(number).raw(fields)
}

/** `u8 1 | u32 step | u32 i | fields | signature`. */
export function sign_message(
  sid: Uint8Array,
  step: CeremonyStep,
  number: number,
  fields: Uint8Array,
  key: DeviceKey,
): Uint8Array {
  const signature = key.sign(signed_part(sid, step, number, fields).bytes().slice())
  const head = new Uint8Array(envelope_bytes)
  const view = new DataView(head.buffer)
  view.setUint8(0, 1)
  view.setUint32(1, steps[step], true)
  view.setUint32(5, number, true)
  return joined(head, fields, signature)
}

/** The fields of a message of this step, signed by this holder; null for anything else. */
export function fields_of(
  sid: Uint8Array,
  step: CeremonyStep,
  number: number,
  message: Uint8Array,
  key: Uint8Array,
): Uint8Array | null {
  const length = message.length - envelope_bytes - signature_bytes
  if (length < 0 || key.length !== 32) return null
  const view = new DataView(message.buffer, message.byteOffset)
  const is_it =
    message[0] === 1 && view.getUint32(1, true) === steps[step] && view.getUint32(5, true) === number
  if (!is_it) return null
  const fields = message.slice(envelope_bytes, envelope_bytes + length)
  const signature = message.slice(envelope_bytes + length)
  const said = signed_part(sid, step, number, fields)
  return sodium.crypto_sign_verify_detached(signature, said.bytes(), key) ? fields : null
}

function has_small_order(exchange_key: Uint8Array): boolean {
  try {
    sodium.crypto_scalarmult(new Uint8Array(32).fill(1), exchange_key)
    return false
  } catch {
    return true
  }
}

/** h_i and an X25519 key. */
export type CeremonyCommit = { commitment: Uint8Array; exchange_key: Uint8Array }

export function commit_in(fields: Uint8Array): CeremonyCommit | null {
  const reader = new FieldReader(fields)
  const commit = { commitment: reader.raw(64), exchange_key: reader.raw(32) }
  return reader.end() && !has_small_order(commit.exchange_key) ? commit : null
}

/** A proof that a secret is known: K | z. */
export type Possession = { commitment: Point; answer: Scalar }

/** A_i0 …, that a_i0 is known, and the SHA-256 of the share sealed for each j ≠ i, in order. */
export type CeremonyOpen = { coefficients: Point[]; possession: Possession; share_names: Uint8Array[] }

export function open_fields({ coefficients, possession, share_names }: CeremonyOpen): Uint8Array {
  return joined(...coefficients, possession.commitment, possession.answer, ...share_names)
}

function chunks(bytes: Uint8Array, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => bytes.slice(32 * at, 32 * at + 32))
}

/** Null for fields that no holder with this program sends. */
export function open_in(terms: CeremonyTerms, fields: Uint8Array): CeremonyOpen | null {
  const { threshold, holders } = terms
  if (fields.length !== fields_length('open', terms)) return null
  const coefficients = chunks(fields, threshold)
  const [commitment, answer, ...share_names] = chunks(
    fields.slice(32 * threshold),
    2 + holders.length - 1,
  ) as [Point, Scalar, ...Uint8Array[]]
  if (is_identity(coefficients[0]!) || ![...coefficients, commitment].every(is_point)) return null
  return is_scalar(answer) ? { coefficients, possession: { commitment, answer }, share_names } : null
}

/** What A_i0 … are proved with: everything before the K of the proof. */
export function possession_statement(
  sid: Uint8Array,
  number: number,
  coefficients: readonly Point[],
): Transcript {
  const said = new Transcript('plenum/ceremony-key/v1').raw(sid).u32(number)
  for (const point of coefficients) said.raw(point)
  return said
}

/** h_i. */
export function commitment_of(
  sid: Uint8Array,
  number: number,
  coefficients: readonly Point[],
  { commitment, answer }: Possession,
): Uint8Array {
  const committed = new Transcript('plenum/ceremony-commit/v1').raw(sid).u32(number)
  for (const point of coefficients) committed.raw(point)
  return committed.raw(commitment).raw(answer).hash()
}

/** What is wrong with an opening, held against the commitment of the same holder; null when it holds. */
export function open_fault(
  sid: Uint8Array,
  number: number,
  { commitment }: CeremonyCommit,
  { coefficients, possession }: CeremonyOpen,
): 'other_commitment' | 'no_possession' | null {
  if (!equal(commitment_of(sid, number, coefficients, possession), commitment)) return 'other_commitment'
  const said = possession_statement(sid, number, coefficients)
  const challenge = scalar_of_challenge(said.raw(possession.commitment).challenge())
  const expected = point_add(product_of_generator(possession.answer), product(challenge, coefficients[0]!))
  return equal(expected, possession.commitment) ? null : 'no_possession'
}

/** What holder `number` signs when these are the coefficients of all holders in order. */
export function agreement_of(
  sid: Uint8Array,
  number: number,
  all: readonly (readonly Point[])[],
): Uint8Array {
  const agreed = new Transcript('plenum/ceremony-agree/v1').raw(sid).u32(number)
  for (const point of all.flat()) agreed.raw(point)
  return agreed.hash()
}

/** Where in the names of holder `from` the share for `to` stands; they differ. */
export function share_index(from: number, to: number): number {
  return to < from ? to - 1 : to - 2
}

/** Σ_l x^l·A_l: what f(x)·G must be. */
export function evaluate(coefficients: readonly Point[], x: number): Point {
  return coefficients.reduceRight(
    (sum, point) => point_add(product(scalar_of(BigInt(x)), sum), point),
    identity,
  )
}
