// docs/ballot_protocol.md 2: the three shapes.

export type Shape = { kind: string; options: number; rows: number; min: number; max: number }

/** The sum of the ciphertexts `of` is one of `values`. */
export type Claim = { of: number[]; values: bigint[] }

const ballot_bytes_max = 65_000
const count_max = 100
const grid_options_max = 4

function is_count(value: number, first: number, last: number): boolean {
  return Number.isInteger(value) && value >= first && value <= last
}

/** Whether a vote can ask this. */
export function is_possible(shape: Shape): boolean {
  const { kind, options, rows, min, max } = shape
  if (!is_count(options, 1, count_max)) return false
  let fits = false
  if (kind === 'grid') {
    fits = is_count(options, 2, grid_options_max) && is_count(rows, 1, count_max) && min === 0 && max === 1
  } else if (kind === 'choose') {
    fits = rows === 1 && is_count(max, 1, options) && is_count(min, 0, max)
  } else if (kind === 'elect') {
    fits = rows === 1 && min === 0 && is_count(max, 1, Number.MAX_SAFE_INTEGER)
  }
  return fits && length_of(shape) <= ballot_bytes_max
}

/** B: the smallest power of two above the number of voters. */
export function base_of(voters: number): bigint {
  let base = 1n
  while (base <= BigInt(voters)) base <<= 1n
  return base
}

export function ciphertexts_of(shape: Shape): number {
  if (shape.kind === 'grid') return shape.rows
  return shape.kind === 'elect' ? 2 * shape.options : shape.options
}

function up_to(first: number, last: number): bigint[] {
  const numbers: bigint[] = []
  for (let n = first; n <= last; ++n) numbers.push(BigInt(n))
  return numbers
}

/** Everything a ballot must prove, in order. */
export function claims_of(shape: Shape, base: bigint): Claim[] {
  const claims: Claim[] = []
  if (shape.kind === 'grid') {
    const values = [0n, 1n, base, base * base].slice(0, shape.options)
    for (let row = 0; row < shape.rows; ++row) claims.push({ of: [row], values })
    return claims
  }
  const summed: number[] = []
  for (let option = 0; option < shape.options; ++option) {
    if (shape.kind === 'choose') {
      claims.push({ of: [option], values: up_to(0, 1) })
      summed.push(option)
    } else {
      const [approval, opposition] = [2 * option, 2 * option + 1]
      for (const of of [[approval], [opposition], [approval, opposition]])
        claims.push({ of, values: up_to(0, 1) })
      summed.push(approval)
    }
  }
  const says_nothing = shape.min === 0 && shape.max >= shape.options
  if (!says_nothing) claims.push({ of: summed, values: up_to(shape.min, shape.max) })
  return claims
}

/** Bytes of every ballot of this shape. */
export function length_of(shape: Shape): number {
  const head = 1 + 16 + 32 + 4
  const credential = 32 + 32
  let length = head + ciphertexts_of(shape) * 64 + credential
  for (const { values } of claims_of(shape, 2n))
    length += values.length * (64 + 32) + (values.length - 1) * 16
  return length
}

/** Approve, oppose, abstain: option 0 is abstain, 1 approve, 2 oppose. */
export const motion: Shape = { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }
