import { from_content, to_content } from '../wire/content'

// Standard base64 with padding, as signed notes and proofs spell bytes.

export function to_base64(bytes: Uint8Array): string {
  const digits = to_content(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, '=')
}

/** Null for anything but the one spelling of these bytes. */
export function from_base64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const bytes = from_content(text)
  return to_base64(bytes) === text ? bytes : null
}
