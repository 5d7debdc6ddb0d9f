import type { AttachDocument } from '../wire/types'

/**
 * The largest paper one message can carry: the server reads messages of at most 4 MiB from the office, and
 * base64 makes four characters of three bytes.
 */
export const document_bytes_max = 3_000_000

/** Bytes as messages carry them: base64url without padding. */
export function to_content(bytes: Uint8Array): AttachDocument['content'] {
  let binary = ''
  for (let from = 0; from < bytes.length; from += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  const text = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return text as unknown as AttachDocument['content']
}

export function from_content(content: AttachDocument['content']): Uint8Array {
  const text = String(content).replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}

/** Offers bytes or text to be saved as a file. */
export function save_as(name: string, content: Uint8Array | string, media_type: string): void {
  const part = typeof content === 'string' ? content : (content.slice().buffer as ArrayBuffer)
  const address = URL.createObjectURL(new Blob([part], { type: media_type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
