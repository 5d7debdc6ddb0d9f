/** The largest paper the server keeps; a message of the office may be half as large again, for base64. */
export const document_bytes_max = 4 * 1024 * 1024

/** The longest text of a document, as a form counts it: a third of what the server keeps of Chinese. */
export const document_chars_max = 300_000
