import { scalar_reduce, type Challenge } from './group'
import { Secrets, sodium, type Randomness } from './sodium'

const utf8 = new TextEncoder()

/** Little-endian. */
export function u32_bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

/**
 * What a proof or a signature speaks of, as the bytes that are hashed: a domain, then fields in a fixed
 * order.
 * Numbers are little-endian, texts carry their length, everything else has a fixed width
 * (docs/ballot_protocol.md 1).
 */
export class Transcript {
  private buffer = new Uint8Array(1024)
  private length = 0

  /** `domain` like `plenum/ballot/v1`; every use has its own. */
  constructor(domain: string) {
    this.text(domain)
  }

  u8(value: number): this {
    return this.raw(Uint8Array.of(value))
  }

  u32(value: number): this {
    return this.raw(u32_bytes(value))
  }

  u64(value: bigint): this {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, value, true)
    return this.raw(bytes)
  }

  text(value: string): this {
    const bytes = utf8.encode(value)
    return this.u32(bytes.length).raw(bytes)
  }

  raw(bytes: Uint8Array): this {
    const needed = this.length + bytes.length
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.buffer.length))
      larger.set(this.bytes())
      this.buffer.fill(0)
      this.buffer = larger
    }
    this.buffer.set(bytes, this.length)
    this.length = needed
    return this
  }

  /** The bytes so far, where they are signed or sent rather than hashed. Valid until the next field. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  /** H: SHA-512 of all of it. */
  hash(): Uint8Array {
    return sodium.crypto_hash_sha512(this.bytes())
  }

  /** chal: the first 16 bytes of H. */
  challenge(): Challenge {
    return this.hash().slice(0, 16)
  }

  /**
   * A nonce for a proof over this transcript, hedged: neither a bad source of randomness nor a repeated
   * statement alone gives `secret` away. `use` keeps the nonces of one transcript apart.
   */
  nonce(secret: Uint8Array, use: number, randomness: Randomness): Uint8Array {
    const inputs = new Secrets()
    const hashed = new Transcript('plenum/nonce/v1')
    hashed
      .raw(inputs.keep(randomness(64)))
      .raw(secret)
      .raw(this.bytes())
      .u32(use)
    inputs.keep(hashed.buffer)
    try {
      return scalar_reduce(inputs.keep(hashed.hash()))
    } finally {
      inputs.wipe()
    }
  }
}
