import { digest_to_hex, sha256_hex } from '../wire/digest'
import type { Digest } from '../wire/types'

/** The words put to the vote, and whether they are those the vote names; null: this browser cannot check. */
export interface DocumentText {
  text: string
  is_genuine: boolean | null
}

const fetched = new Map<Digest, Promise<DocumentText>>()

/**
 * Fetches a document once and compares its SHA-256 with the digest it was asked for. Rejects when it cannot
 * be had.
 */
export function fetch_document(digest: Digest): Promise<DocumentText> {
  const known = fetched.get(digest)
  if (known) return known
  const coming = fetch_and_compare(digest)
  fetched.set(digest, coming)
  coming.catch(() => fetched.delete(digest))
  return coming
}

async function fetch_and_compare(digest: Digest): Promise<DocumentText> {
  const hex = digest_to_hex(digest)
  const response = await fetch(`/documents/${hex}`)
  if (!response.ok) throw new Error(`document ${hex}: ${response.status}`)
  const bytes = await response.arrayBuffer()
  const found = await sha256_hex(bytes)
  return { text: new TextDecoder().decode(bytes), is_genuine: found === null ? null : found === hex }
}
