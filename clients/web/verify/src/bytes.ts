import { sha256, sha512 } from '@noble/hashes/sha2.js'

// Bytes, numbers and spellings. This program shares nothing with the screens: what both know, both wrote down
// from the specification.

export { sha256, sha512 }

const utf8 = new TextEncoder()

export function text_bytes(text: string): Uint8Array {
  return utf8.encode(text)
}

export function to_hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Null for anything but pairs of lower-case hexadecimal digits. */
export function from_hex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Standard base64 with padding, in its one spelling; null for any other. */
export function from_base64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  return to_base64(bytes) === text ? bytes : null
}

export function to_base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** base64url without padding, as entries spell digests; null for any other spelling. */
export function from_base64url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null
  const standard = text.replaceAll('-', '+').replaceAll('_', '/')
  return from_base64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='))
}

export function to_base64url(bytes: Uint8Array): string {
  return to_base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Order of unsigned bytes; a prefix comes first. */
export function compare(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; ++at) if (left[at] !== right[at]) return left[at]! - right[at]!
  return left.length - right.length
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return compare(left, right) === 0
}

export function concat(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Little-endian, of 1, 4 or 8 bytes. */
function number_bytes(value: number | bigint, width: number): Uint8Array {
  let rest = BigInt(value)
  return Uint8Array.from({ length: width }, () => {
    const byte = Number(rest & 255n)
    rest >>= 8n
    return byte
  })
}

export function from_little_endian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** What is hashed or signed: a domain, then fields as docs/ballot_protocol.md 1 spells them. */
export class Said {
  private readonly parts: Uint8Array[] = []

  constructor(domain: string) {
    this.text(domain)
  }

  u8(value: number): this {
    return this.raw(number_bytes(value, 1))
  }

  u32(value: number): this {
    return this.raw(number_bytes(value, 4))
  }

  u64(value: bigint): this {
    return this.raw(number_bytes(value, 8))
  }

  text(value: string): this {
    const bytes = text_bytes(value)
    return this.u32(bytes.length).raw(bytes)
  }

  raw(...fields: Uint8Array[]): this {
    this.parts.push(...fields)
    return this
  }

  bytes(): Uint8Array {
    return concat(this.parts)
  }

  /** H. */
  hash(): Uint8Array {
    return sha512(this.bytes())
  }

  /** chal, a number below 2^128. */
  challenge(): bigint {
    return from_little_endian(this.hash().subarray(0, 16))
  }
}

/** Takes fields off bytes in order; after the first one that is not there, `failed` says so. */
export class Reader {
  failed = false
  private at = 0

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    if (this.failed || this.at + length > this.bytes.length) {
      this.failed = true
      return new Uint8Array(length <= 1_000_000 ? length : 0)
    }
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  u8(): number {
    return this.take(1)[0]!
  }

  u32(): number {
    return Number(from_little_endian(this.take(4)))
  }

  u64(): bigint {
    return from_little_endian(this.take(8))
  }

  /** The number of things that follow; fails when they could not fit in what is left. */
  count(each_at_least: number): number {
    const count = this.u32()
    if (count * each_at_least > this.bytes.length - this.at) this.failed = true
    return this.failed ? 0 : count
  }

  /** Whether these bytes stand next. */
  expect(bytes: Uint8Array): boolean {
    const stands = equal(this.take(bytes.length), bytes)
    if (!stands) this.failed = true
    return stands
  }

  /** Whether everything was there and nothing is left. */
  done(): boolean {
    return !this.failed && this.at === this.bytes.length
  }
}
