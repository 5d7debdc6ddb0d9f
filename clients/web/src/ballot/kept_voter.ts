import { from_content, to_content } from '../wire/content'
import type { KeptVoter } from './voter'

// A voter as bytes for the vault: the 32 bytes of the voting key, then the rest as JSON in which byte strings
// are base64url. The key stands apart so that no string, which nothing can overwrite, ever holds it.

const key_bytes = 32

export function to_kept(voter: KeptVoter): Uint8Array {
  const { voting_key, ...rest } = voter
  const spelled = JSON.stringify(rest, (_, value: unknown) =>
    value instanceof Uint8Array ? { bytes: to_content(value) } : value,
  )
  const text = new TextEncoder().encode(spelled)
  const bytes = new Uint8Array(key_bytes + text.length)
  bytes.set(voting_key)
  bytes.set(text, key_bytes)
  return bytes
}

/** Null for bytes of another version of the console. */
export function from_kept(bytes: Uint8Array): KeptVoter | null {
  try {
    const text = new TextDecoder().decode(bytes.subarray(key_bytes))
    const rest = JSON.parse(text, (_, value) =>
      typeof value?.bytes === 'string' ? from_content(value.bytes) : value,
    ) as Omit<KeptVoter, 'voting_key'>
    if (!Array.isArray(rest.votes) || !Array.isArray(rest.generators) || !rest.election) return null
    return { voting_key: bytes.slice(0, key_bytes), ...rest }
  } catch {
    return null
  }
}
