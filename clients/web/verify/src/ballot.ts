import { equal, from_little_endian, Reader, Said, sha256, sha512, to_hex, concat } from './bytes'
import type { Terms } from './context'
import {
  generator,
  modulo,
  parse_point,
  parse_scalar,
  sum,
  sum_of_products,
  times,
  times_generator,
  type Point,
} from './group'
import { ciphertexts_of, claims_of, length_of } from './shape'

// Checking ballots (docs/ballot_protocol.md 4).

export type BallotFault = {
  reason:
    | 'wrong_length'
    | 'wrong_version'
    | 'wrong_vote'
    | 'not_canonical_point'
    | 'not_canonical_scalar'
    | 'identity'
    | 'statement'
    | 'credential'
    | 'copied_ciphertext'
  /** Of a statement, which one, from 0. */
  statement?: number
}

/** g·G + y·Y + gv·Gv + Σ products = 0, when the ballot holds. */
type Equation = {
  fault: BallotFault
  g: bigint
  y: bigint
  gv: bigint
  products: [Point, bigint][]
}

export type Ballot = {
  bytes: Uint8Array
  pseudonym: Uint8Array
  seq: number
  ciphertexts: [Point, Point][]
  equations: Equation[]
}

const challenge_modulus = 1n << 128n

/** Reads fields and keeps the first thing that is wrong. */
class Fields {
  fault: BallotFault | null = null

  constructor(private readonly reader: Reader) {}

  point(may_be_identity: boolean): { bytes: Uint8Array; point: Point } {
    const bytes = this.reader.take(32)
    const point = parse_point(bytes)
    if (point === null) this.fault ??= { reason: 'not_canonical_point' }
    else if (!may_be_identity && point.is0()) this.fault ??= { reason: 'identity' }
    return { bytes, point: point ?? generator }
  }

  scalar(): bigint {
    const value = parse_scalar(this.reader.take(32))
    if (value === null) this.fault ??= { reason: 'not_canonical_scalar' }
    return value ?? 0n
  }
}

/** The fields of a ballot and the equations it must meet. */
export function read_ballot(terms: Terms, bytes: Uint8Array): Ballot | BallotFault {
  if (bytes.length !== length_of(terms.shape)) return { reason: 'wrong_length' }
  const reader = new Reader(bytes)
  if (reader.u8() !== 1) return { reason: 'wrong_version' }
  if (!equal(reader.take(16), terms.vote)) return { reason: 'wrong_vote' }
  const fields = new Fields(reader)
  const pseudonym = fields.point(false)
  const seq = reader.u32()
  const said = new Said('plenum/ballot/v1').raw(terms.context, pseudonym.bytes).u32(seq)

  const n = ciphertexts_of(terms.shape)
  said.u32(n)
  const ciphertexts: [Point, Point][] = []
  for (let at = 0; at < n; ++at) {
    const alpha = fields.point(false)
    const beta = fields.point(true)
    said.raw(alpha.bytes, beta.bytes)
    ciphertexts.push([alpha.point, beta.point])
  }
  const claims = claims_of(terms.shape, terms.base)
  said.u32(claims.length)
  const proofs = claims.map(({ values }) => {
    const k = values.length
    said.u32(k)
    const commitments = values.map(() => {
      const [a, b] = [fields.point(true), fields.point(true)]
      said.raw(a.bytes, b.bytes)
      return [a.point, b.point] as const
    })
    const challenges = Array.from({ length: k - 1 }, () => from_little_endian(reader.take(16)))
    return { commitments, challenges, answers: values.map(() => fields.scalar()) }
  })
  const commitment = fields.point(true)
  const answer = fields.scalar()
  if (fields.fault !== null) return fields.fault
  if (!reader.done()) return { reason: 'wrong_length' }

  const c = said.raw(commitment.bytes).challenge()
  const equations = claims.flatMap(({ of, values }, statement) => {
    const { commitments, challenges, answers } = proofs[statement]!
    const told = challenges.reduce((left, right) => left + right, 0n)
    const last = (((c - told) % challenge_modulus) + challenge_modulus) % challenge_modulus
    const a = sum(of.map((at) => ciphertexts[at]![0]))
    const b = sum(of.map((at) => ciphertexts[at]![1]))
    return values.flatMap((value, branch): Equation[] => {
      const [A, B] = commitments[branch]!
      const cj = [...challenges, last][branch]!
      const z = answers[branch]!
      const fault: BallotFault = { reason: 'statement', statement }
      return [
        {
          fault,
          g: -z,
          y: 0n,
          gv: 0n,
          products: [
            [A, 1n],
            [a, -cj],
          ],
        },
        {
          fault,
          g: cj * value,
          y: -z,
          gv: 0n,
          products: [
            [B, 1n],
            [b, -cj],
          ],
        },
      ]
    })
  })
  const products: [Point, bigint][] = [
    [commitment.point, 1n],
    [pseudonym.point, -c],
  ]
  equations.push({ fault: { reason: 'credential' }, g: 0n, y: 0n, gv: -answer, products })
  return { bytes, pseudonym: pseudonym.bytes, seq, ciphertexts, equations }
}

export function is_fault(read: Ballot | BallotFault): read is BallotFault {
  return 'reason' in read
}

/** The first equation of a ballot that does not hold. */
export function first_fault(terms: Terms, ballot: Ballot): BallotFault | null {
  for (const { fault, g, y, gv, products } of ballot.equations) {
    const left = products.map(([point, factor]) => (factor === 1n ? point : times(point, factor)))
    const bases = [times_generator(g), times(terms.election_key, y), times(terms.vote_generator, gv)]
    if (!sum([...left, ...bases]).is0()) return fault
  }
  return null
}

/** What is wrong with one ballot, or null. */
export function check_ballot(terms: Terms, bytes: Uint8Array): BallotFault | null {
  const read = read_ballot(terms, bytes)
  return is_fault(read) ? read : first_fault(terms, read)
}

/** Whether all hold, in one sum under factors nobody could foretell when the ballots were made. */
function all_hold(terms: Terms, ballots: Ballot[]): boolean {
  let [g, y, gv] = [0n, 0n, 0n]
  const points: Point[] = []
  const factors: bigint[] = []
  for (const { equations } of ballots) {
    const random = crypto.getRandomValues(new Uint8Array(16 * equations.length))
    equations.forEach((equation, at) => {
      const rho = from_little_endian(random.subarray(16 * at, 16 * at + 16))
      g += rho * equation.g
      y += rho * equation.y
      gv += rho * equation.gv
      for (const [point, factor] of equation.products) {
        points.push(point)
        factors.push(modulo(rho * factor))
      }
    })
  }
  points.push(generator, terms.election_key, terms.vote_generator)
  factors.push(modulo(g), modulo(y), modulo(gv))
  return sum_of_products(points, factors).is0()
}

/** The ballots among these that do not hold, by their place; a sum that fails is halved. */
function find_faults(terms: Terms, ballots: [number, Ballot][], found: Map<number, BallotFault>): void {
  const [first] = ballots
  if (first === undefined) return
  if (ballots.length > 1) {
    if (
      all_hold(
        terms,
        ballots.map(([, ballot]) => ballot),
      )
    )
      return
    const middle = ballots.length >> 1
    find_faults(terms, ballots.slice(0, middle), found)
    find_faults(terms, ballots.slice(middle), found)
    return
  }
  const fault = first_fault(terms, first[1])
  if (fault !== null) found.set(first[0], fault)
}

const at_once = 128

/**
 * All ballots of a vote: what is wrong with which, ciphertexts that stand in two of them included. `checked`
 * is told of every so many.
 */
export function check_ballots(
  terms: Terms,
  all: Uint8Array[],
  checked: (ballots: number) => void = () => undefined,
): Map<number, BallotFault> {
  const found = new Map<number, BallotFault>()
  const read: [number, Ballot][] = []
  const owners = new Map<string, string>()
  all.forEach((bytes, at) => {
    const ballot = read_ballot(terms, bytes)
    if (is_fault(ballot)) {
      found.set(at, ballot)
      return
    }
    read.push([at, ballot])
    const owner = to_hex(ballot.pseudonym)
    for (let n = 0; n < ballot.ciphertexts.length; ++n) {
      const ciphertext = to_hex(bytes.subarray(53 + 64 * n, 53 + 64 * n + 64))
      if ((owners.get(ciphertext) ?? owner) !== owner) found.set(at, { reason: 'copied_ciphertext' })
      else owners.set(ciphertext, owner)
    }
  })
  for (let at = 0; at < read.length; at += at_once) {
    const some = read.slice(at, at + at_once)
    find_faults(terms, some, found)
    checked(some.length)
  }
  return found
}

/** What a spoiled ballot was opened to: for each ciphertext `u64 m | r`. */
export function is_opening(terms: Terms, bytes: Uint8Array, opening: Uint8Array): boolean {
  const ballot = read_ballot(terms, bytes)
  if (is_fault(ballot)) return false
  const reader = new Reader(opening)
  const holds = ballot.ciphertexts.every(([alpha, beta]) => {
    const value = reader.u64()
    const drawn = parse_scalar(reader.take(32))
    if (drawn === null || reader.failed) return false
    const expected = times(terms.election_key, drawn).add(times_generator(value))
    return alpha.equals(times_generator(drawn)) && beta.equals(expected)
  })
  return holds && reader.done()
}

/** The name of a ballot: its SHA-256. */
export function name_of(ballot: Uint8Array): Uint8Array {
  return sha256(ballot)
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** XXXX-XXXX-XXXX-XXXX, the first 80 bits of a hash of the ballot. */
export function tracker_of(ballot: Uint8Array): string {
  const domain = new Said('plenum/tracker/v1').bytes()
  const first = sha512(concat([domain, ballot])).subarray(0, 10)
  const bits = Array.from(first, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => crockford[Number.parseInt(five, 2)])
  return (letters.join('').match(/.{4}/g) ?? []).join('-')
}

/**
 * A tracker as a person types it: any case, spaces or hyphens, O for 0, I and L for 1. Null when it is
 * none.
 */
export function read_tracker(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain)) return null
  return (plain.match(/.{4}/g) ?? []).join('-')
}
