import { checkpoint_text, type Checkpoint } from './checkpoint'
import { sodium } from './sodium'
import type { DeviceKey } from './voting_key'

/**
 * C2SP tlog-cosignature by Ed25519: whoever signs it has seen the log up to `size` with this root, and
 * nothing of the log that contradicts it.
 */
export type Cosigned = {
  size: number
  root: Uint8Array
  /** Seconds UTC, by the clock of whoever signs. */
  time_s: number
  signature: Uint8Array
}

/** Of what was given before anybody cosigned. */
export function not_cosigned(): Cosigned {
  return { size: 0, root: new Uint8Array(32), time_s: 0, signature: new Uint8Array(0) }
}

function cosigned_bytes(checkpoint: Checkpoint, time_s: number): Uint8Array {
  return new TextEncoder().encode(`cosignature/v1\ntime ${time_s}\n${checkpoint_text(checkpoint)}`)
}

/**
 * The caller has verified that the log holds what it must and that nothing seen before contradicts it.
 */
export function cosign(checkpoint: Checkpoint, time_s: number, key: DeviceKey): Cosigned {
  const { size, root } = checkpoint
  return { size, root, time_s, signature: key.sign(cosigned_bytes(checkpoint, time_s)) }
}

/** Whether `key` signed this of the log named `origin`. */
export function is_cosigned(origin: string, cosigned: Cosigned, key: Uint8Array): boolean {
  const { time_s, signature, ...signed } = cosigned
  if (signature.length !== sodium.crypto_sign_BYTES) return false
  return sodium.crypto_sign_verify_detached(signature, cosigned_bytes({ origin, ...signed }, time_s), key)
}
