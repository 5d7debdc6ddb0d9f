import { Reader, Said, equal, to_hex } from './bytes'
import type { Terms } from './context'
import {
  inverse,
  modulo,
  parse_key,
  parse_point,
  parse_scalar,
  sum,
  times,
  times_generator,
  generator,
  type Point,
} from './group'
import { ciphertexts_of } from './shape'

// Decryption shares of the sums, and what the sums say (docs/ballot_protocol.md 7 and 8).

export type Share = {
  /** From 1. */
  holder: number
  /** D of each sum. */
  parts: Point[]
}

export type ShareFault = {
  reason: 'malformed' | 'wrong_vote' | 'wrong_box' | 'unknown_holder' | 'identity' | 'proof'
  sum?: number
}

/**
 * `u8 1 | vote_id | box_root | u32 i | (D | t1 | t2 | z)·n`: whether a holder decrypted these sums
 * honestly.
 */
export function check_share(
  terms: Terms,
  box_root: Uint8Array,
  share_keys: Point[],
  sums: [Point, Point][],
  bytes: Uint8Array,
): Share | ShareFault {
  const reader = new Reader(bytes)
  if (reader.u8() !== 1) return { reason: 'malformed' }
  if (!equal(reader.take(16), terms.vote)) return { reason: 'wrong_vote' }
  if (!equal(reader.take(32), box_root)) return { reason: 'wrong_box' }
  const holder = reader.u32()
  const key = share_keys[holder - 1]
  if (key === undefined) return { reason: 'unknown_holder' }
  const parts: Point[] = []
  for (const [t, [a]] of sums.entries()) {
    const [spelled, t1, t2] = [reader.take(32), reader.take(32), reader.take(32)]
    const z = parse_scalar(reader.take(32))
    const part = parse_key(spelled)
    if (reader.failed) return { reason: 'malformed' }
    if (part === null) return { reason: parse_point(spelled) === null ? 'malformed' : 'identity', sum: t }
    if (z === null) return { reason: 'malformed', sum: t }
    const said = new Said('plenum/share/v1')
      .raw(terms.context, box_root)
      .u32(holder)
      .raw(key.toBytes())
      .u32(t)
    const e = said.raw(a.toBytes(), spelled, t1, t2).challenge()
    const first = times_generator(z).add(times(key, e))
    const second = times(a, z).add(times(part, e))
    if (!equal(first.toBytes(), t1) || !equal(second.toBytes(), t2)) return { reason: 'proof', sum: t }
    parts.push(part)
  }
  return reader.done() ? { holder, parts } : { reason: 'malformed' }
}

/** λ_i of Lagrange at zero over these holders. */
export function weight(holder: number, of: number[]): bigint {
  return of
    .filter((other) => other !== holder)
    .reduce((product, other) => modulo(product * BigInt(other) * inverse(BigInt(other - holder))), 1n)
}

/** M_t of each sum, from k shares that hold. */
export function messages_of(sums: [Point, Point][], shares: Share[]): Point[] {
  const numbers = shares.map(({ holder }) => holder)
  return sums.map(([, b], t) => {
    const masked = shares.map(({ holder, parts }) => times(parts[t]!, weight(holder, numbers)))
    return b.subtract(sum(masked))
  })
}

/** The number v ≤ max with v·G = message, by baby steps and giant steps; null when there is none. */
export function find_number(message: Point, max: bigint): bigint | null {
  if (message.is0()) return 0n
  const width = BigInt(Math.max(1, Math.ceil(Math.sqrt(Number(max) + 1))))
  const steps = new Map<string, bigint>()
  let baby = generator.subtract(generator)
  for (let n = 0n; n < width; ++n) {
    steps.set(to_hex(baby.toBytes()), n)
    baby = baby.add(generator)
  }
  const giant = times_generator(width)
  let rest = message
  for (let n = 0n; n * width <= max; ++n) {
    const small = steps.get(to_hex(rest.toBytes()))
    if (small !== undefined) return n * width + small <= max ? n * width + small : null
    rest = rest.subtract(giant)
  }
  return null
}

/** The most that one sum can say with m ballots. */
export function most(terms: Terms, m: number): bigint {
  const { kind, options } = terms.shape
  return kind === 'grid' ? BigInt(m) * terms.base ** BigInt(options - 2) : BigInt(m)
}

/**
 * The counts that the numbers under the sums mean, row by row: of a grid how often each option was chosen; of
 * `choose` one row with the marks of each option; of `elect` each candidate's abstentions, approvals and
 * oppositions. Null when they cannot be counts of m ballots of this shape.
 */
export function counts_of(
  terms: Pick<Terms, 'shape' | 'base'>,
  m: number,
  numbers: bigint[],
): number[][] | null {
  const { kind, options, min, max } = terms.shape
  if (numbers.length !== ciphertexts_of(terms.shape)) return null
  if (kind === 'grid') return rows_of_grid(terms, m, numbers)
  const counts = numbers.map(Number)
  const total = (of: number[]) => of.reduce((left, right) => left + right, 0)
  if (kind === 'choose') {
    const marks = total(counts)
    const fits = counts.every((count) => count <= m) && marks >= m * min && marks <= m * max
    return fits ? [counts] : null
  }
  const rows = Array.from({ length: options }, (_, at) => {
    const [approve, oppose] = [counts[2 * at]!, counts[2 * at + 1]!]
    return [m - approve - oppose, approve, oppose]
  })
  const fits = rows.every(([neither]) => neither! >= 0) && total(rows.map((row) => row[1]!)) <= m * max
  return fits ? rows : null
}

function rows_of_grid(
  { shape, base }: Pick<Terms, 'shape' | 'base'>,
  m: number,
  numbers: bigint[],
): number[][] | null {
  const rows: number[][] = []
  for (let rest of numbers) {
    const digits: number[] = []
    for (let option = 1; option < shape.options; ++option) {
      digits.push(Number(rest % base))
      rest /= base
    }
    const chosen = digits.reduce((left, right) => left + right, 0)
    if (rest !== 0n || chosen > m) return null
    rows.push([m - chosen, ...digits])
  }
  return rows
}
