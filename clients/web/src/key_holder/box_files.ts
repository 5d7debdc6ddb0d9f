import { equal } from '../ballot/group'
import { joined } from '../ballot/fields'
import { sodium } from '../ballot/sodium'
import { from_content } from '../wire/content'
import type { SecretFile, VoteId } from '../wire/types'
import type { Desk } from './desk'

const file_bytes_max = 256 * 1024 * 1024
const readings_max = 5

/** The file once; `changed` when it became another one on the way. */
async function read_once(
  desk: Desk,
  vote: VoteId,
  file: SecretFile,
): Promise<Uint8Array | 'changed' | null> {
  const pages: Uint8Array[] = []
  let digest: string | null = null
  for (let from = 0; ;) {
    const page = await desk.ask('box.read', { vote, file, from })
    if (page === null) return null
    if (digest !== null && digest !== page.digest) return 'changed'
    digest = page.digest
    const content = from_content(page.content)
    if (page.total > file_bytes_max || from + content.length > page.total) return null
    pages.push(content)
    from += content.length
    if (from === page.total) break
    if (content.length === 0) return null
  }
  const bytes = joined(...pages)
  return equal(sodium.crypto_hash_sha256(bytes), from_content(digest)) ? bytes : null
}

/**
 * A file of a vote, page by page; one that grew on the way is read again. Null when the server does not give
 * it, or gives pages that do not make it up.
 */
export async function read_secret_file(
  desk: Desk,
  vote: VoteId,
  file: SecretFile,
): Promise<Uint8Array | null> {
  for (let reading = 0; reading < readings_max; ++reading) {
    const bytes = await read_once(desk, vote, file)
    if (bytes !== 'changed') return bytes
  }
  return null
}
