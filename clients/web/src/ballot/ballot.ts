import {
  challenge_subtract,
  number_times_generator,
  point_add,
  scalar_add,
  scalar_multiply,
  scalar_of,
  scalar_of_challenge,
  scalar_subtract,
  times,
  times_generator,
  type Challenge,
  type Point,
  type Scalar,
} from './group'
import { ballot_size, plaintexts_of, statements_of, type Statement } from './shape'
import { Secrets, type Randomness } from './sodium'
import type { BallotTerms } from './terms'
import { Transcript, u32_bytes } from './transcript'

// Making a ballot (docs/ballot_protocol.md 4). The prover knows the randomness, so every product has a fixed
// base, G or Y, and no branch is told from another by what it costs but for the one that is real.

/** What a spoiled ballot shows so that anybody can encrypt again and compare. */
export type Opening = { values: bigint[]; randomness: Scalar[] }

export type Ballot = {
  bytes: Uint8Array
  seq: number
  /** Secret until the ballot is spoiled; whoever holds it wipes it. */
  opening: Opening
}

/** A statement under proof: what is on the wire, and what answers the challenge. */
type Proof = {
  commitments: Point[]
  challenges: (Challenge | null)[]
  answers: (Scalar | null)[]
  real: number
  nonce: Scalar
  randomness: Scalar
}

/**
 * The ballot of `choice` (spelled as plaintexts_of wants it) under the voting key. Null when the shape does
 * not allow the choice. `choice` stays the caller's to wipe.
 */
export function make_ballot(
  terms: BallotTerms,
  voting_key: Scalar,
  seq: number,
  choice: Uint8Array,
  randomness: Randomness,
): Ballot | null {
  const values = plaintexts_of(terms.shape, terms.base, choice)
  if (values === null) return null
  const secrets = new Secrets()
  try {
    const pseudonym = times(voting_key, terms.vote_generator)
    const transcript = new Transcript('plenum/ballot/v1')
    transcript.raw(terms.context).raw(pseudonym).u32(seq).u32(values.length)
    const drawn = values.map((_, at) => transcript.nonce(voting_key, at, randomness))
    const ciphertexts = values.map((value, at) => encrypt(terms.election_key, value, drawn[at]!))
    for (const [alpha, beta] of ciphertexts) transcript.raw(alpha).raw(beta)

    const statements = statements_of(terms.shape, terms.base)
    transcript.u32(statements.length)
    const proofs = statements.map((statement) =>
      commit(terms, statement, values, drawn, transcript, randomness, secrets),
    )
    const nonce = secrets.keep(transcript.nonce(voting_key, 0, randomness))
    const commitment = times(nonce, terms.vote_generator)
    const challenge = transcript.raw(commitment).challenge()

    const wire = new Wire(ballot_size(terms.shape))
    wire.put(Uint8Array.of(1)).put(terms.vote).put(pseudonym).put(u32_bytes(seq))
    for (const [alpha, beta] of ciphertexts) wire.put(alpha).put(beta)
    for (const proof of proofs) answer(wire, proof, challenge, secrets)
    wire.put(commitment).put(response(nonce, scalar_of_challenge(challenge), voting_key, secrets))
    return { bytes: wire.done(), seq, opening: { values, randomness: drawn } }
  } finally {
    secrets.wipe()
  }
}

/** (r·G, r·Y + m·G). */
export function encrypt(election_key: Point, value: bigint, randomness: Scalar): [Point, Point] {
  const masked = times(randomness, election_key)
  return [times_generator(randomness), point_add(masked, number_times_generator(value))]
}

/** nonce − challenge·secret. */
export function response(nonce: Scalar, challenge: Scalar, secret: Scalar, secrets: Secrets): Scalar {
  return scalar_subtract(nonce, secrets.keep(scalar_multiply(challenge, secret)))
}

/** The commitments of one statement, put into the transcript; every branch but the real one is simulated. */
function commit(
  terms: BallotTerms,
  { of, values: allowed }: Statement,
  values: bigint[],
  drawn: Scalar[],
  transcript: Transcript,
  randomness: Randomness,
  secrets: Secrets,
): Proof {
  const value = of.reduce((sum, at) => sum + values[at]!, 0n)
  const sum = of
    .map((at) => drawn[at]!)
    .reduce((left, right) => secrets.keep(scalar_add(left, right)), zero())
  const real = allowed.indexOf(value)
  const nonce = secrets.keep(transcript.nonce(sum, 0, randomness))
  const proof: Proof = { commitments: [], challenges: [], answers: [], real, nonce, randomness: sum }
  allowed.forEach((candidate, branch) => {
    if (branch === real) {
      proof.commitments.push(times_generator(nonce), times(nonce, terms.election_key))
      proof.challenges.push(null)
      proof.answers.push(null)
      return
    }
    const z = secrets.keep(transcript.nonce(sum, 2 * branch + 1, randomness))
    const wide = secrets.keep(transcript.nonce(sum, 2 * branch + 2, randomness))
    const challenge = secrets.keep(wide.slice(0, 16))
    const c = secrets.keep(scalar_of_challenge(challenge))
    const u = secrets.keep(scalar_add(z, secrets.keep(scalar_multiply(c, sum))))
    const difference = secrets.keep(scalar_of(value - candidate))
    const offset = times_generator(secrets.keep(scalar_multiply(c, difference)))
    proof.commitments.push(times_generator(u), point_add(times(u, terms.election_key), offset))
    proof.challenges.push(challenge.slice())
    proof.answers.push(z.slice())
  })
  transcript.u32(allowed.length)
  for (const point of proof.commitments) transcript.raw(point)
  return proof
}

/** Fills in the real branch and writes the statement. */
function answer(wire: Wire, proof: Proof, challenge: Challenge, secrets: Secrets): void {
  const rest = proof.challenges.reduce<Challenge>(
    (left, one) => (one === null ? left : challenge_subtract(left, one)),
    challenge,
  )
  proof.challenges[proof.real] = rest
  proof.answers[proof.real] = response(proof.nonce, scalar_of_challenge(rest), proof.randomness, secrets)
  for (const point of proof.commitments) wire.put(point)
  for (const one of proof.challenges.slice(0, -1)) wire.put(one!)
  for (const one of proof.answers) wire.put(one!)
}

function zero(): Scalar {
  return new Uint8Array(32)
}

/** Bytes of a known length, written in order. */
export class Wire {
  private at = 0
  private readonly bytes: Uint8Array

  constructor(length: number) {
    this.bytes = new Uint8Array(length)
  }

  put(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
    return this
  }

  /** Throws when the length was another: a mistake of this program, never of its input. */
  done(): Uint8Array {
    if (this.at !== this.bytes.length) throw new Error(`wrote ${this.at} of ${this.bytes.length} bytes`)
    return this.bytes
  }
}
