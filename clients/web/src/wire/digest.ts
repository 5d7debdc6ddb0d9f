import { to_content } from './content'
import type { Digest } from './types'

/** Hex of a digest, as addresses of documents spell it; messages carry base64url. */
export function digest_to_hex(digest: Digest): string {
  const base64 = digest.replaceAll('-', '+').replaceAll('_', '/')
  return Array.from(atob(base64), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

/** Bytes as lower-case hex. */
export function hex_of(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The digest messages carry, from the hex of it. */
export function hex_to_digest(hex: string): Digest {
  return to_content(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
}

/**
 * SHA-256 of bytes as hex; null where the browser offers no cryptography (plain HTTP beyond this machine).
 */
export async function sha256_hex(bytes: ArrayBuffer): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  return hex_of(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
