import type { MembersPage, SittingId } from '../wire/types'
import type { Session } from './session.svelte'

const page_size = 1000

/**
 * Everybody of a sitting, in the pages the server gave them in, each with the sequence number it is of.
 * Nobody stands in it twice, also when the roster changed between two pages. Null when it was refused, which
 * the session shows.
 */
export async function read_members(
  session: Pick<Session, 'read'>,
  sitting: SittingId,
): Promise<MembersPage[] | null> {
  const pages: MembersPage[] = []
  const seen = new Set<number>()
  for (let from = 0, total = 1; from < total;) {
    const page = await session.read('members.list', { sitting, from, limit: page_size })
    if (!page) return null
    const members = page.members.filter((one) => !seen.has(one.person))
    for (const one of members) seen.add(one.person)
    pages.push({ ...page, members })
    from += page.members.length
    total = page.members.length > 0 ? page.total : 0
  }
  return pages
}
