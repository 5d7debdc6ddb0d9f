import { encrypt, response, Wire, type Opening } from './ballot'
import { equal, scalar_of_challenge, times, type Scalar } from './group'
import { Secrets, type Randomness } from './sodium'
import type { BallotTerms } from './terms'
import { Transcript, u32_bytes } from './transcript'

const spoil_bytes = 1 + 16 + 32 + 4 + 32 + 32

/** Says that the ballot `seq` does not count; only its own signer can (docs/ballot_protocol.md 5). */
export function make_spoil(
  terms: BallotTerms,
  voting_key: Scalar,
  seq: number,
  randomness: Randomness,
): Uint8Array {
  const secrets = new Secrets()
  try {
    const pseudonym = times(voting_key, terms.vote_generator)
    const said = new Transcript('plenum/spoil/v1').raw(terms.context).raw(pseudonym).u32(seq)
    const nonce = secrets.keep(said.nonce(voting_key, 0, randomness))
    const commitment = times(nonce, terms.vote_generator)
    const challenge = scalar_of_challenge(said.raw(commitment).challenge())
    const wire = new Wire(spoil_bytes)
    wire.put(Uint8Array.of(1)).put(terms.vote).put(pseudonym).put(u32_bytes(seq)).put(commitment)
    return wire.put(response(nonce, challenge, voting_key, secrets)).done()
  } finally {
    secrets.wipe()
  }
}

/** Whether a ballot holds exactly these numbers under this randomness. */
export function opens(terms: BallotTerms, ballot: Uint8Array, opening: Opening): boolean {
  const first = 1 + 16 + 32 + 4
  return opening.values.every((value, at) => {
    const [alpha, beta] = encrypt(terms.election_key, value, opening.randomness[at]!)
    const from = first + 64 * at
    return equal(alpha, ballot.slice(from, from + 32)) && equal(beta, ballot.slice(from + 32, from + 64))
  })
}

/** `u64 m | r` of each ciphertext: what a spoiled ballot shows. */
export function opening_bytes(opening: Opening): Uint8Array {
  const wire = new Wire(40 * opening.values.length)
  opening.values.forEach((value, at) => {
    const number = new Uint8Array(8)
    new DataView(number.buffer).setBigUint64(0, value, true)
    wire.put(number).put(opening.randomness[at]!)
  })
  return wire.done()
}
