/** How the bytes of a text file were read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

export interface DecodedText {
  text: string
  encoding: Encoding
}

/**
 * The text of a file, whoever wrote it: by its byte order mark, else strictly as UTF-8, else as GB18030, in
 * which Excel on Chinese systems saves CSV. Null when it is none of them, or no text at all.
 */
export function decode_text(bytes: Uint8Array): DecodedText | null {
  for (const encoding of candidates(bytes)) {
    const text = decode_as(bytes, encoding)
    if (text !== null) return { text, encoding }
  }
  return null
}

function candidates(bytes: Uint8Array): Encoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le']
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be']
  return ['utf-8', 'gb18030']
}

function decode_as(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
