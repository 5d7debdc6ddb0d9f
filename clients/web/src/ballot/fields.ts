import { equal, is_identity, is_point, is_scalar, type Point, type Scalar } from './group'
import { Transcript } from './transcript'

/** A message of fields, one after another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/**
 * Reads a message of fields in a fixed order and remembers when one was wrong, so that a decoder reads all of
 * it and asks once, with end(). What it gives after that means nothing.
 */
export class FieldReader {
  private at = 0
  private holds = true
  private readonly view: DataView

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** A copy of the next bytes; zeros where there are not so many. */
  raw(size: number): Uint8Array {
    if (size > this.left) {
      this.holds = false
      return new Uint8Array(size > this.bytes.length ? 0 : size)
    }
    this.at += size
    return this.bytes.slice(this.at - size, this.at)
  }

  u8(): number {
    return this.raw(1)[0] ?? 0
  }

  /** Little-endian. */
  u32(): number {
    const from = this.at
    this.raw(4)
    return this.holds ? this.view.getUint32(from, true) : 0
  }

  /** Little-endian. */
  u64(): bigint {
    const from = this.at
    this.raw(8)
    return this.holds ? this.view.getBigUint64(from, true) : 0n
  }

  /** A domain, which must be this one. */
  domain(expected: string): void {
    const said = new Transcript(expected).bytes()
    this.require(equal(this.raw(said.length), said))
  }

  /** In its one spelling, the identity included. */
  any_point(): Point {
    const point = this.raw(32)
    this.require(point.length === 32 && is_point(point))
    return point
  }

  /** One that is not the identity. */
  point(): Point {
    const point = this.any_point()
    this.require(!is_identity(point))
    return point
  }

  scalar(): Scalar {
    const scalar = this.raw(32)
    this.require(scalar.length === 32 && is_scalar(scalar))
    return scalar
  }

  /** For rules of one message. */
  require(holds: boolean): void {
    this.holds &&= holds
  }

  get ok(): boolean {
    return this.holds
  }

  /** How many bytes are left: a count that promises more is not believed. */
  get left(): number {
    return this.bytes.length - this.at
  }

  /** Whether every field held and nothing is left over. */
  end(): boolean {
    return this.holds && this.left === 0
  }
}
