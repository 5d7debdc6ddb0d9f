import { describe, expect, it } from 'vitest'
import { read_members } from '../src/session/all_members'
import type { MemberView } from '../src/wire/types'

const member = (person: number) =>
  ({ person, name: `代表${person}`, presence: 'present' }) as unknown as MemberView

/** A server of these answers to one page after another; null: refused. */
function answering(...answers: ({ seq: number; total: number; persons: number[] } | null)[]) {
  const asked: number[] = []
  const session = {
    read: async (_method: string, params: { from: number }) => {
      asked.push(params.from)
      const answer = answers[asked.length - 1] ?? null
      return answer && { ...answer, members: answer.persons.map(member) }
    },
  }
  return { asked, session: session as unknown as Parameters<typeof read_members>[0] }
}

const persons_of = (pages: Awaited<ReturnType<typeof read_members>>) =>
  pages?.map((page) => page.members.map((one) => one.person)) ?? null

describe('everybody of a sitting', () => {
  it('is read page by page, however long the server makes them', async () => {
    const { asked, session } = answering(
      { seq: 5, total: 5, persons: [1, 2] },
      { seq: 7, total: 5, persons: [3, 4] },
      { seq: 7, total: 5, persons: [5] },
    )
    const pages = await read_members(session, 40)
    expect(asked).toEqual([0, 2, 4])
    expect(persons_of(pages)).toEqual([[1, 2], [3, 4], [5]])
    expect(pages?.map((page) => page.seq)).toEqual([5, 7, 7])
  })

  it('is nobody of an empty roster, asked for once', async () => {
    const { asked, session } = answering({ seq: 5, total: 0, persons: [] })
    expect(persons_of(await read_members(session, 40))).toEqual([[]])
    expect(asked).toEqual([0])
  })

  it('is nobody where the server refuses, also in the middle', async () => {
    expect(await read_members(answering(null).session, 40)).toBeNull()
    const { asked, session } = answering({ seq: 5, total: 3, persons: [1, 2] }, null)
    expect(await read_members(session, 40)).toBeNull()
    expect(asked).toEqual([0, 2])
  })

  it('ends when a roster became shorter meanwhile, and holds nobody twice', async () => {
    const { asked, session } = answering(
      { seq: 5, total: 4, persons: [1, 2] },
      { seq: 8, total: 4, persons: [2, 3] },
    )
    expect(persons_of(await read_members(session, 40))).toEqual([[1, 2], [3]])
    expect(asked).toEqual([0, 2])
    const shorter = answering({ seq: 5, total: 4, persons: [1, 2] }, { seq: 8, total: 2, persons: [] })
    expect(persons_of(await read_members(shorter.session, 40))).toEqual([[1, 2], []])
  })
})
