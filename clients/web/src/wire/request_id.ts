/**
 * A fresh request id: 128 random bits, so that no two consoles ever choose the same. The same request keeps
 * its id however often it is sent; a new press is a new request.
 */
export function new_request_id(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `w-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
