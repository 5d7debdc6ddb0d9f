import { FieldReader } from './fields'
import {
  challenge_subtract,
  equal,
  identity,
  number_times_generator,
  point_add,
  point_subtract,
  product,
  product_of_generator,
  scalar_of_challenge,
  type Challenge,
  type Point,
  type Scalar,
} from './group'
import type { EncryptedSum } from './share'
import { ballot_size, ciphertext_count, statements_of, type Statement } from './shape'
import type { BallotTerms } from './terms'
import { Transcript } from './transcript'

// Checking a ballot, equation by equation (docs/ballot_protocol.md 4). Everything here is public.

/** Why bytes are no ballot of a vote, in the words of the specification's vectors. */
export type BallotFault =
  | 'wrong_length'
  | 'wrong_version'
  | 'wrong_vote'
  | 'not_canonical_point'
  | 'not_canonical_scalar'
  | 'identity'
  | 'statement'
  | 'credential'

/** A ballot whose proofs hold; `parts` are its ciphertexts. Whether it is of the list is the caller's. */
export type CheckedBallot = { pseudonym: Point; seq: number; parts: EncryptedSum[] }

type Proof = { commitments: Uint8Array; challenges: Uint8Array; answers: Uint8Array }

/** A ballot cut where its shape says; nothing of it is read yet. */
type Fields = {
  pseudonym: Point
  seq: number
  ciphertexts: Uint8Array
  proofs: Proof[]
  commitment: Point
  answer: Scalar
}

function split(bytes: Uint8Array, terms: BallotTerms, statements: Statement[]): Fields | BallotFault {
  if (bytes.length !== ballot_size(terms.shape)) return 'wrong_length'
  const reader = new FieldReader(bytes)
  if (reader.u8() !== 1) return 'wrong_version'
  if (!equal(reader.raw(16), terms.vote)) return 'wrong_vote'
  const pseudonym = reader.raw(32)
  const seq = reader.u32()
  const ciphertexts = reader.raw(64 * ciphertext_count(terms.shape))
  const proofs = statements.map(({ values }) => ({
    commitments: reader.raw(64 * values.length),
    challenges: reader.raw(16 * (values.length - 1)),
    answers: reader.raw(32 * values.length),
  }))
  return { pseudonym, seq, ciphertexts, proofs, commitment: reader.raw(32), answer: reader.raw(32) }
}

function chunk(bytes: Uint8Array, at: number, size = 32): Uint8Array {
  return bytes.subarray(size * at, size * at + size)
}

/** The first field that is not what it must be, in the order in which they stand. */
function field_fault({ pseudonym, ciphertexts, proofs, commitment, answer }: Fields): BallotFault | null {
  const points = (bytes: Uint8Array) =>
    Array.from({ length: bytes.length / 32 }, (_, at): [Uint8Array, 'point'] => [chunk(bytes, at), 'point'])
  const scalars = (bytes: Uint8Array) =>
    Array.from({ length: bytes.length / 32 }, (_, at): [Uint8Array, 'scalar'] => [
      chunk(bytes, at),
      'scalar',
    ])
  const fields: [Uint8Array, 'point' | 'alpha' | 'scalar'][] = [
    [pseudonym, 'alpha'],
    ...points(ciphertexts).map(([point], at): [Uint8Array, 'point' | 'alpha'] => [
      point,
      at % 2 === 0 ? 'alpha' : 'point',
    ]),
    ...proofs.flatMap((proof) => [...points(proof.commitments), ...scalars(proof.answers)]),
    [commitment, 'point'],
    [answer, 'scalar'],
  ]
  for (const [bytes, kind] of fields) {
    const reader = new FieldReader(bytes)
    if (kind === 'scalar') reader.scalar()
    else reader.any_point()
    if (!reader.ok) return kind === 'scalar' ? 'not_canonical_scalar' : 'not_canonical_point'
    if (kind === 'alpha' && equal(bytes, identity)) return 'identity'
  }
  return null
}

/** c: the one challenge of the whole ballot. */
function challenge_of(terms: BallotTerms, fields: Fields): Challenge {
  const said = new Transcript('plenum/ballot/v1').raw(terms.context).raw(fields.pseudonym).u32(fields.seq)
  said
    .u32(fields.ciphertexts.length / 64)
    .raw(fields.ciphertexts)
    .u32(fields.proofs.length)
  for (const { commitments, answers } of fields.proofs) said.u32(answers.length / 32).raw(commitments)
  return said.raw(fields.commitment).challenge()
}

/** (a, b) = Σ (alpha_j, beta_j). */
function sum_of(parts: readonly EncryptedSum[]): EncryptedSum {
  return parts.reduce(
    (sum, { alpha, beta }) => ({ alpha: point_add(sum.alpha, alpha), beta: point_add(sum.beta, beta) }),
    { alpha: identity, beta: identity },
  )
}

/** A = z·G + c·a and B = z·Y + c·(b − s·G) for every s, with challenges that sum up to `whole`. */
function statement_holds(
  proof: Proof,
  whole: Challenge,
  { alpha, beta }: EncryptedSum,
  values: readonly bigint[],
  election_key: Point,
): boolean {
  let rest = whole
  return values.every((value, branch) => {
    const is_last = branch === values.length - 1
    const sent = is_last ? rest : chunk(proof.challenges, branch, 16)
    if (!is_last) rest = challenge_subtract(rest, sent)
    const c = scalar_of_challenge(sent)
    const z = chunk(proof.answers, branch)
    const off = point_subtract(beta, number_times_generator(value))
    const a = point_add(product_of_generator(z), product(c, alpha))
    const b = point_add(product(z, election_key), product(c, off))
    return (
      equal(a, chunk(proof.commitments, 2 * branch)) && equal(b, chunk(proof.commitments, 2 * branch + 1))
    )
  })
}

/** K = z'·Gv + c·P. */
function credential_holds({ pseudonym, commitment, answer }: Fields, whole: Challenge, terms: BallotTerms) {
  const c = scalar_of_challenge(whole)
  return equal(commitment, point_add(product(answer, terms.vote_generator), product(c, pseudonym)))
}

/** The ballot these bytes are, or the first reason why they are none. */
export function verify_ballot(bytes: Uint8Array, terms: BallotTerms): CheckedBallot | BallotFault {
  const statements = statements_of(terms.shape, terms.base)
  const fields = split(bytes, terms, statements)
  if (typeof fields === 'string') return fields
  const fault = field_fault(fields)
  if (fault !== null) return fault
  const { pseudonym, seq, ciphertexts } = fields
  const parts = Array.from({ length: ciphertexts.length / 64 }, (_, at) => ({
    alpha: chunk(ciphertexts, 2 * at),
    beta: chunk(ciphertexts, 2 * at + 1),
  }))
  const whole = challenge_of(terms, fields)
  for (const [at, { of, values }] of statements.entries()) {
    const sum = sum_of(of.map((one) => parts[one]!))
    if (!statement_holds(fields.proofs[at]!, whole, sum, values, terms.election_key)) return 'statement'
  }
  return credential_holds(fields, whole, terms) ? { pseudonym, seq, parts } : 'credential'
}

/**
 * Every ciphertext of one vote and whose it is. Two voters never draw the same randomness, so one under two
 * pseudonyms was copied or agreed upon, and would let one of them vote as the other did.
 */
export class CiphertextIndex {
  private readonly pseudonyms = new Map<string, string>()

  /** False when a ciphertext stands under another pseudonym. */
  add({ pseudonym, parts }: CheckedBallot): boolean {
    const owner = pseudonym.join(' ')
    const names = parts.map(({ alpha, beta }) => `${alpha.join(' ')} ${beta.join(' ')}`)
    if (names.some((name) => (this.pseudonyms.get(name) ?? owner) !== owner)) return false
    for (const name of names) this.pseudonyms.set(name, owner)
    return true
  }
}

/** The sums of all ballots of a box, one for each ciphertext: all that is ever decrypted. */
export class BallotSums {
  private readonly sums: EncryptedSum[]

  constructor(terms: BallotTerms) {
    const nothing = () => ({ alpha: identity, beta: identity })
    this.sums = Array.from({ length: ciphertext_count(terms.shape) }, nothing)
  }

  add({ parts }: CheckedBallot): void {
    parts.forEach((part, at) => (this.sums[at] = sum_of([this.sums[at]!, part])))
  }

  get all(): readonly EncryptedSum[] {
    return this.sums
  }
}
