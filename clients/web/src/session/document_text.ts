import { from_content } from '../wire/content'
import { digest_to_hex, sha256_hex } from '../wire/digest'
import type { Digest, PrivateAnswer, VoteView } from '../wire/types'
import type { Session } from './session.svelte'

/** The words put to the vote, and whether they are those the vote names; null: this browser cannot check. */
export interface DocumentText {
  text: string
  is_genuine: boolean | null
}

type Fetched = Map<Digest, Promise<DocumentText>>

const fetched: Fetched = new Map()
/** What one person may read is not kept for the next one at the same screen. */
const fetched_in_private = new WeakMap<Session, Fetched>()

/**
 * Fetches a document once and compares its SHA-256 with the digest it was asked for. Rejects when it cannot
 * be had.
 */
export function fetch_document(digest: Digest): Promise<DocumentText> {
  return once(fetched, digest, () => fetch_and_compare(digest))
}

/** The same for what is put to the vote, which on a closed item only those in the room may read. */
export function fetch_vote_text(
  session: Session,
  vote: Pick<VoteView, 'item' | 'text' | 'text_is_private'>,
): Promise<DocumentText> {
  const { item, text, text_is_private } = vote
  if (!text_is_private || item === null) return fetch_document(text)
  const known: Fetched = fetched_in_private.get(session) ?? new Map()
  fetched_in_private.set(session, known)
  return once(known, text, async () => {
    await Promise.resolve() // Asking changes what the screen follows, and it may be in the middle of drawing.
    return compare_private(text, await session.question('document.read', { item, document: text }))
  })
}

function once(known: Fetched, digest: Digest, find: () => Promise<DocumentText>): Promise<DocumentText> {
  const before = known.get(digest)
  if (before) return before
  const coming = find()
  known.set(digest, coming)
  coming.catch(() => known.delete(digest))
  return coming
}

async function fetch_and_compare(digest: Digest): Promise<DocumentText> {
  const hex = digest_to_hex(digest)
  const response = await fetch(`/documents/${hex}`)
  if (!response.ok) throw new Error(`document ${hex}: ${response.status}`)
  const bytes = await response.arrayBuffer()
  return { text: new TextDecoder().decode(bytes), is_genuine: await is_of(bytes, hex) }
}

/** The record names the digest of the value as the private store holds it: canonical JSON with its salt. */
async function compare_private(digest: Digest, answer: PrivateAnswer): Promise<DocumentText> {
  const { content, media_type, salt } = answer
  const value = new TextEncoder().encode(JSON.stringify({ content, media_type, salt, v: 1 }))
  return {
    text: new TextDecoder().decode(from_content(content)),
    is_genuine: await is_of(value.buffer, digest_to_hex(digest)),
  }
}

async function is_of(bytes: ArrayBuffer, hex: string): Promise<boolean | null> {
  const found = await sha256_hex(bytes)
  return found === null ? null : found === hex
}
