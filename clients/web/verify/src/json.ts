import { text_bytes, sha256 } from './bytes'

// Canonical JSON (RFC 8785, integers only, ASCII keys) as entries and the manifest are spelled.

export type Json = { [name: string]: unknown }

const depth_max = 16

function spell(value: unknown, depth: number): string {
  if (depth > depth_max) throw new Error('too deep')
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error('not an integer')
  if (Array.isArray(value)) return `[${value.map((one) => spell(one, depth + 1)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Json).sort(([left], [right]) => (left < right ? -1 : 1))
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${spell(one, depth + 1)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export function canonical(value: unknown): string {
  return spell(value, 0)
}

/** SHA-256 of the canonical spelling. */
export function hash_of(value: unknown): Uint8Array {
  return sha256(text_bytes(canonical(value)))
}

export function is_object(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object these bytes spell in the one canonical way; null for everything else. */
export function read_canonical(bytes: Uint8Array): Json | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    return is_object(value) && canonical(value) === text ? value : null
  } catch {
    return null
  }
}
