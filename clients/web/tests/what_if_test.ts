import { describe, expect, it } from 'vitest'
import { what_if } from '../src/state/what_if'
import type { Base, Threshold } from '../src/wire/types'
import { a_sitting, a_vote } from './views'

describe('what if more leave', () => {
  const counts = { ...a_sitting().counts, present: 240, quorum: 235 }
  const sitting = a_sitting({ counts })
  const vote = a_vote({ quorum: 235, needed: 177 })
  const no_quorum = { counts: { ...counts, quorum: 1 } }
  const half = (base: Base): Threshold => ({ num: 1, den: 2, strict: true, base })

  it.each([
    [0, { present: 240, quorum_missing: 0, needed: 177, to_spare: 63 }],
    [5, { present: 235, quorum_missing: 0, needed: 177, to_spare: 58 }],
    [6, { present: 234, quorum_missing: 1, needed: 177, to_spare: 57 }],
    [70, { present: 170, quorum_missing: 65, needed: 177, to_spare: -7 }],
    [999, { present: 0, quorum_missing: 235, needed: 177, to_spare: -177 }],
    [-3, { present: 240, quorum_missing: 0, needed: 177, to_spare: 63 }],
  ])('%i', (leaving, answer) => {
    const asked_for_nobody = { participation: 0, participation_missing: 0 }
    expect(what_if(sitting, vote, leaving)).toEqual({ ...answer, ...asked_for_nobody })
  })

  it('of those present it depends on who stays', () => {
    const of_present = a_vote({ quorum: 0, needed: 0, majority: half('present') })
    const then = (leaving: number) => what_if(a_sitting(no_quorum), of_present, leaving)
    expect(then(0)).toMatchObject({ needed: 121, to_spare: 119 })
    expect(then(5)).toMatchObject({ present: 235, needed: 118, to_spare: 117 })
    expect(then(240)).toMatchObject({ present: 0, needed: 1, to_spare: -1, quorum_missing: 1 })
  })

  it('too few to take part are told apart from too few to pass', () => {
    const guangdong = a_vote({
      quorum: 0,
      participation: half('all_members'),
      participation_needed: 177,
    })
    const then = (leaving: number) => what_if(a_sitting(no_quorum), guangdong, leaving)
    expect(then(63)).toMatchObject({ present: 177, participation: 177, participation_missing: 0 })
    expect(then(64)).toMatchObject({ present: 176, participation_missing: 1 })
  })

  it.each(['valid', 'ballots', 'cast', 'for_and_against'] as Base[])(
    'of %s nothing is known before the count',
    (base) => {
      const unknown = a_vote({ quorum: 0, needed: 0, majority: half(base), participation: half(base) })
      expect(what_if(sitting, unknown, 1)).toMatchObject({ needed: 0, to_spare: 0, participation: 0 })
    },
  )

  it('silence needs the quorum and nothing else', () => {
    const silent = a_vote({ vote_method: 'no_objection', participation_needed: 177 })
    expect(what_if(sitting, silent, 200)).toMatchObject({ needed: 0, participation: 0 })
  })
})
