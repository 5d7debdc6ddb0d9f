import { sodium } from './sodium'

// ristretto255 by libsodium, in constant time (docs/ballot_protocol.md 1).

/** 32 canonical bytes of a point. */
export type Point = Uint8Array
/** 32 bytes, little-endian, below the order of the group. */
export type Scalar = Uint8Array
/** 16 bytes, little-endian: what a hash asks of a prover. */
export type Challenge = Uint8Array

/** The identity, as its bytes. */
export const identity: Point = new Uint8Array(32)

const order = 2n ** 252n + 27742317777372353535851937790883648493n

export function is_identity(point: Point): boolean {
  return point.every((byte) => byte === 0)
}

function is_zero(scalar: Scalar): boolean {
  return scalar.every((byte) => byte === 0)
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at])
}

/** Whether these are the one spelling of a point that is not the identity. */
export function is_usable_point(bytes: Uint8Array): boolean {
  return bytes.length === 32 && !is_identity(bytes) && sodium.crypto_core_ristretto255_is_valid_point(bytes)
}

/** Whether these are the one spelling of a point, the identity included. */
export function is_point(bytes: Uint8Array): boolean {
  return sodium.crypto_core_ristretto255_is_valid_point(bytes)
}

/** Whether these are the one spelling of a scalar. */
export function is_scalar(bytes: Uint8Array): boolean {
  const wide = new Uint8Array(64)
  wide.set(bytes)
  return equal(scalar_reduce(wide), bytes)
}

/** A public number below 2^256 as a scalar; negative ones are taken modulo the order. */
export function scalar_of(value: bigint): Scalar {
  const bytes = new Uint8Array(32)
  let rest = ((value % order) + order) % order
  for (let at = 0; at < 32; ++at, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
  return bytes
}

/** A challenge as a scalar. */
export function scalar_of_challenge(challenge: Challenge): Scalar {
  const bytes = new Uint8Array(32)
  bytes.set(challenge)
  return bytes
}

/** 64 bytes reduced modulo the order. */
export function scalar_reduce(wide: Uint8Array): Scalar {
  return sodium.crypto_core_ristretto255_scalar_reduce(wide)
}

export function scalar_add(left: Scalar, right: Scalar): Scalar {
  return sodium.crypto_core_ristretto255_scalar_add(left, right)
}

export function scalar_subtract(left: Scalar, right: Scalar): Scalar {
  return sodium.crypto_core_ristretto255_scalar_sub(left, right)
}

export function scalar_multiply(left: Scalar, right: Scalar): Scalar {
  return sodium.crypto_core_ristretto255_scalar_mul(left, right)
}

export function point_add(left: Point, right: Point): Point {
  return sodium.crypto_core_ristretto255_add(left, right)
}

/** scalar·G. The library refuses zero, which a secret is with probability 2^-252. */
export function times_generator(scalar: Scalar): Point {
  return sodium.crypto_scalarmult_ristretto255_base(scalar)
}

/** scalar·point; neither may be zero. */
export function times(scalar: Scalar, point: Point): Point {
  return sodium.crypto_scalarmult_ristretto255(scalar, point)
}

/** Of public values: also where one of them is nothing, which the library refuses. */
export function product(scalar: Scalar, point: Point): Point {
  return is_identity(point) || is_zero(scalar) ? identity.slice() : times(scalar, point)
}

/** The same of G. */
export function product_of_generator(scalar: Scalar): Point {
  return is_zero(scalar) ? identity.slice() : times_generator(scalar)
}

/** left − right; either may be the identity. */
export function point_subtract(left: Point, right: Point): Point {
  return sodium.crypto_core_ristretto255_sub(left, right)
}

/** A public number times G; zero gives the identity. */
export function number_times_generator(value: bigint): Point {
  return value === 0n ? identity.slice() : times_generator(scalar_of(value))
}

/** left − right modulo 2^128. */
export function challenge_subtract(left: Challenge, right: Challenge): Challenge {
  const result = new Uint8Array(16)
  let borrow = 0
  for (let at = 0; at < 16; ++at) {
    const digit = left[at]! - right[at]! - borrow
    borrow = digit < 0 ? 1 : 0
    result[at] = digit & 0xff
  }
  return result
}
