import { ed25519, ristretto255, x25519 } from '@noble/curves/ed25519.js'
import { from_little_endian } from './bytes'

// ristretto255 (RFC 9496) and Ed25519 by @noble/curves. Everything here is public, so nothing needs
// constant time.

const { Point: Ristretto } = ristretto255

export type Point = InstanceType<typeof Ristretto>

/** q. */
export const order = 2n ** 252n + 27742317777372353535851937790883648493n

export const generator: Point = Ristretto.BASE
export const zero: Point = Ristretto.ZERO

/** A number below q. */
export function modulo(value: bigint): bigint {
  const rest = value % order
  return rest < 0n ? rest + order : rest
}

/** Null for any but the one spelling of a point. The identity is one. */
export function parse_point(bytes: Uint8Array): Point | null {
  if (bytes.length !== 32) return null
  try {
    return Ristretto.fromBytes(bytes)
  } catch {
    return null
  }
}

/** A point that may stand as a key: not the identity. */
export function parse_key(bytes: Uint8Array): Point | null {
  const point = parse_point(bytes)
  return point === null || point.is0() ? null : point
}

/** Null for 32 bytes of a number that is not below q. */
export function parse_scalar(bytes: Uint8Array): bigint | null {
  const value = from_little_endian(bytes)
  return bytes.length === 32 && value < order ? value : null
}

export function times(point: Point, scalar: bigint): Point {
  const factor = modulo(scalar)
  return factor === 0n ? zero : point.multiplyUnsafe(factor)
}

/** scalar·G, by the tables of the library. */
export function times_generator(scalar: bigint): Point {
  const factor = modulo(scalar)
  return factor === 0n ? zero : generator.multiply(factor)
}

export function sum(points: Point[]): Point {
  return points.reduce((left, right) => left.add(right), zero)
}

/** Sum of products; many of them at once cost far less than one by one. */
export function sum_of_products(points: Point[], scalars: bigint[]): Point {
  const used = scalars
    .map((scalar, at) => [points[at]!, modulo(scalar)] as const)
    .filter(([, s]) => s !== 0n)
  if (used.length === 0) return zero
  return Ristretto.msm(
    used.map(([point]) => point),
    used.map(([, scalar]) => scalar),
  )
}

export function inverse(scalar: bigint): bigint {
  let [left, right] = [modulo(scalar), order]
  let [factor, other] = [1n, 0n]
  while (left !== 0n) {
    const quotient = right / left
    ;[right, left] = [left, right - quotient * left]
    ;[other, factor] = [factor, other - quotient * factor]
  }
  return modulo(other)
}

/** RFC 8032 as the server checks it: no key of small order, no second spelling of a signature. */
export function is_signed(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  if (signature.length !== 64 || key.length !== 32) return false
  try {
    if (ed25519.Point.fromBytes(key).isSmallOrder()) return false
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** Whether an X25519 key is of small order, so that what it agrees on is known to everybody. */
export function is_small_x25519(key: Uint8Array): boolean {
  try {
    x25519.getSharedSecret(new Uint8Array(32).fill(8), key)
    return false
  } catch {
    return true
  }
}
