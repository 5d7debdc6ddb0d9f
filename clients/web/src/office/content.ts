/** The largest paper the server keeps; a message of the office may be half as large again, for base64. */
export const document_bytes_max = 4 * 1024 * 1024

/** The longest text of a document, as a form counts it: a third of what the server keeps of Chinese. */
export const document_chars_max = 300_000

/** Offers bytes or text to be saved as a file. */
export function save_as(name: string, content: Uint8Array | Blob | string, media_type: string): void {
  const part = content instanceof Uint8Array ? (content.slice().buffer as ArrayBuffer) : content
  const address = URL.createObjectURL(new Blob([part], { type: media_type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
