import sodium from 'libsodium-wrappers-sumo'

// The one place that loads the library. Everything else in this folder may be called once `ready` is kept.

/** Resolves when the library can be used; before that its functions do not exist. */
export const ready: Promise<void> = sodium.ready

export { sodium }

/** Fills with bytes nobody can foretell; a test passes a repeatable one. */
export type Randomness = (length: number) => Uint8Array

export const system_randomness: Randomness = (length) => sodium.randombytes_buf(length)

/**
 * Byte strings nobody else may learn, overwritten together when the work they were needed for is over. Copies
 * inside the library's own memory are out of reach: it frees them without overwriting.
 */
export class Secrets {
  private readonly held: Uint8Array[] = []

  /** Hands the bytes back, to be overwritten by `wipe`. */
  keep(bytes: Uint8Array): Uint8Array {
    this.held.push(bytes)
    return bytes
  }

  wipe(): void {
    for (const bytes of this.held) wipe(bytes)
    this.held.length = 0
  }
}

/** Overwrites the bytes, also before the library is there. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0)
  if (bytes.length > 0) sodium.memzero(bytes)
}
