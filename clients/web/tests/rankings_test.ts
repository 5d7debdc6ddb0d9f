import { describe, expect, it } from 'vitest'
import { build_list, may_be_equal, type ListDraft } from '../src/office/ballot_lists'
import { books_for } from '../src/office/rule_books'
import { as_list, draft_of, empty_draft, misfit_of, type CountDraft } from '../src/state/ballots'
import type { BallotList, VoteView } from '../src/wire/types'
import { a_vote } from './views'

const candidates = ['甲', '乙', '丙'].map((name) => ({ name, person: null }))
const list: BallotList = {
  list_kind: 'ranked_projects',
  candidates,
  places: { places: 2, majority: null, tie: 'revote' },
  ballot: { marks_max: 2, write_in: 'none', blank: 'abstain' },
  extra: null,
  follows: null,
}

function filled(vote: VoteView, box: [number, number, number], lines: number[][]): CountDraft {
  const draft = empty_draft(vote)
  return {
    issued: box[0],
    collected: box[1],
    invalid: box[2],
    lines: draft.lines.map((line, at) => ({ ...line, numbers: lines[at] ?? line.numbers })),
  }
}

describe('a ranking', () => {
  const ranked: VoteView = {
    ...a_vote({ id: 7 }),
    state: 'open',
    vote_method: 'paper',
    list,
    list_of: 'projects',
    ballots: {
      electors: 10,
      rooms: [],
      counted: [],
      agreed: false,
      missing: null,
      rooms_of_groups: [],
      box: null,
    },
  }
  // 1-2-3, 1-3-2, 2-1-3 on three valid ballots.
  it.each([
    ['whole', [[4], [6], [8]], null],
    ['too little', [[4], [6], [7]], 'numbers'],
    ['too much', [[4], [6], [9]], 'numbers'],
    ['two of them first everywhere', [[3], [3], [12]], 'numbers'],
    ['a line missing', [[4], [6]], 'incomplete'],
  ] as [string, number[][], string | null][])('of a ranking: %s', (_name, lines, why) => {
    expect(misfit_of(ranked, filled(ranked, [10, 4, 1], lines), null)?.why ?? null).toBe(why)
  })

  it('a ranking is sent as sums of numbers, and comes back so', () => {
    const who = { teller: 3, name: '张', room: null, ballots: null, list: null, grades: null }
    const draft = filled(ranked, [10, 4, 1], [[4], [6], [8]])
    const sent = as_list(ranked, draft)
    const nothing = { approve: 0, oppose: 0, abstain: 0, is_write_in: false }
    expect(sent.list[2]).toEqual({ name: '丙', ...nothing, numbers: 8 })
    expect(draft_of(ranked, { ...who, list: sent })).toEqual(draft)
  })
})

describe('lists', () => {
  const rule = books_for('congress')[0]!.rules[0]!
  const draft: ListDraft = {
    kind: 'projects',
    seats: 2,
    candidates,
    write_in: 'allowed',
    blank_means: 'abstain',
    tie: 'revote',
    needs_majority: false,
    extra: null,
    follows: null,
    is_chief: false,
  }

  it('a ranking has neither majority nor names written in', () => {
    expect(build_list({ ...draft, kind: 'ranked_projects', needs_majority: true }, rule)).toMatchObject({
      places: { places: 2, majority: null },
      ballot: { write_in: 'none' },
    })
  })

  it('a separate election for a chief post may be equal, and says by which article', () => {
    const extra = { min: 1, max: 1, basis: { law: '组织法', article: '27', version_date: '' } }
    const chief = { ...draft, kind: 'separate_election' as const, seats: 1, extra, follows: 9 }
    expect(may_be_equal(chief)).toBe(true)
    const equal = build_list({ ...chief, is_chief: true }, rule)
    expect(equal.extra).toBeNull()
    expect(equal.equal_by?.article).toBe('29')
    const differential = build_list(chief, rule)
    expect(differential.extra).toEqual(extra)
    expect(differential.equal_by).toBeUndefined()
    expect(may_be_equal({ ...chief, seats: 2 })).toBe(false)
    expect(build_list({ ...chief, seats: 2, is_chief: true }, rule).equal_by).toBeUndefined()
  })
})
