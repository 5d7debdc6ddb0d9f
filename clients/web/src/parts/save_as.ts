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
