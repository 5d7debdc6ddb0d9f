// What a secret ballot can say (docs/ballot_protocol.md 2).

export type BallotShape = {
  kind: 'grid' | 'choose' | 'elect'
  options: number
  /** Only of a grid; otherwise 1. */
  rows: number
  /** Only of choose; otherwise 0. */
  min: number
  /** Of choose the most marks, of elect the seats; of a grid 1. */
  max: number
}

/** Approve, oppose, abstain in one ciphertext. Option 0 is abstain, 1 approve, 2 oppose. */
export const motion_shape: BallotShape = { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }

/** The sum of these ciphertexts is one of these numbers. */
export type Statement = { of: number[]; values: bigint[] }

export const options_max = 100
export const rows_max = 100
export const grid_options_max = 4
export const ballot_bytes_max = 65_000

const prefix_bytes = 1 + 16 + 32 + 4
const credential_bytes = 32 + 32

/** Whether a vote can have this shape. */
export function is_shape(shape: BallotShape): boolean {
  const { kind, options, rows, min, max } = shape
  if (![options, rows, min, max].every((n) => Number.isInteger(n) && n >= 0)) return false
  if (options < 1 || options > options_max) return false
  const fits = {
    grid:
      options >= 2 && options <= grid_options_max && rows >= 1 && rows <= rows_max && min === 0 && max === 1,
    choose: rows === 1 && max >= 1 && min <= max && max <= options,
    elect: rows === 1 && min === 0 && max >= 1,
  }[kind]
  return fits === true && ballot_size(shape) <= ballot_bytes_max
}

/** Smallest power of two above the length of the list: digits of a sum in this base cannot carry. */
export function packing_base(list_length: number): number {
  let base = 1
  while (base <= list_length) base *= 2
  return base
}

export function ciphertext_count(shape: BallotShape): number {
  return { grid: shape.rows, choose: shape.options, elect: 2 * shape.options }[shape.kind]
}

/** Whole numbers from `first` to `last`. */
function range(first: number, last: number): bigint[] {
  return Array.from({ length: last - first + 1 }, (_, at) => BigInt(first + at))
}

/** What the options of a grid add to a sum, in order. */
function packed(options: number, base: number): bigint[] {
  const b = BigInt(base)
  return [0n, 1n, b, b * b].slice(0, options)
}

/** What a ballot of this shape proves, in the order of the specification. */
export function statements_of(shape: BallotShape, base: number): Statement[] {
  const { kind, options, rows, min, max } = shape
  const all = Array.from({ length: options }, (_, at) => at)
  const bit = [0n, 1n]
  if (kind === 'grid') {
    return Array.from({ length: rows }, (_, row) => ({ of: [row], values: packed(options, base) }))
  }
  if (kind === 'choose') {
    const each = all.map((at) => ({ of: [at], values: bit }))
    return min === 0 && max === options ? each : [...each, { of: all, values: range(min, max) }]
  }
  const each = all.flatMap((at) =>
    [[2 * at], [2 * at + 1], [2 * at, 2 * at + 1]].map((of) => ({ of, values: bit })),
  )
  return max >= options ? each : [...each, { of: all.map((at) => 2 * at), values: range(0, max) }]
}

/** Bytes of every ballot of this shape, whatever it says. */
export function ballot_size(shape: BallotShape): number {
  const proofs = statements_of(shape, 2).reduce((sum, { values }) => sum + 112 * values.length - 16, 0)
  return prefix_bytes + 64 * ciphertext_count(shape) + proofs + credential_bytes
}

/**
 * The numbers to encrypt, for a choice spelled as one byte a row of a grid (the option), an option of
 * choose (1
 * when marked) or a candidate (0 neither, 1 approved, 2 opposed). Null when the shape does not allow it.
 */
export function plaintexts_of(shape: BallotShape, base: number, choice: Uint8Array): bigint[] | null {
  const { kind, options, rows, min, max } = shape
  if (choice.length !== (kind === 'grid' ? rows : options)) return null
  const highest = { grid: options - 1, choose: 1, elect: 2 }[kind]
  if (choice.some((said) => said > highest)) return null
  const marks = choice.reduce((sum, said) => sum + (said === 1 ? 1 : 0), 0)
  if (kind !== 'grid' && (marks < min || marks > max)) return null
  if (kind === 'elect') return [...choice].flatMap((said) => [said === 1 ? 1n : 0n, said === 2 ? 1n : 0n])
  const numbers = packed(kind === 'grid' ? options : 2, base)
  return [...choice].map((said) => numbers[said]!)
}

/** The choice that these numbers spell, as plaintexts_of takes it; null for numbers of no ballot. */
export function choice_of(shape: BallotShape, base: number, values: readonly bigint[]): Uint8Array | null {
  const { kind, options } = shape
  if (kind === 'elect') {
    const at = (index: number) => (values[2 * index] === 1n ? 1 : values[2 * index + 1] === 1n ? 2 : 0)
    return Uint8Array.from({ length: options }, (_, index) => at(index))
  }
  const numbers = packed(kind === 'grid' ? options : 2, base)
  const said = values.map((value) => numbers.indexOf(value))
  return said.includes(-1) ? null : Uint8Array.from(said)
}
