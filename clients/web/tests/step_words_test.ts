import { describe, expect, it } from 'vitest'
import { script_words } from '../src/chair/step_words'
import type { Step } from '../src/state/next_step'
import type { ListKind, PlacesOutcome, VoteMethod, VoteView } from '../src/wire/types'
import { a_result, a_sitting, a_vote } from './views'

function said(name: Step['name'], vote: VoteView): string {
  const step = { name, action: null, blocked: null, vote, item: null, speaker: '' }
  return script_words(step, a_sitting(), null)
}

/** Of three names with one place left. */
function announced(list_kind: ListKind, outcome: Partial<PlacesOutcome>): string {
  const list = ['甲', '乙', '丙'].map((name) => ({
    name,
    approve: 6,
    oppose: 0,
    abstain: 0,
    is_write_in: false,
  }))
  const places = {
    counted: { issued: 10, collected: 10, invalid: 0, list },
    outcome: { base: 10, need: 6, elected: [0], tied: [], tied_places: 0, unfilled: 0, ...outcome },
  }
  const result = {
    ...a_result(),
    outcome: { verdict: 'counted', findings: [], participation: null },
    ballots: null,
    grades: null,
    places,
  }
  const on_list = { list_kind } as VoteView['list']
  const shown = result as unknown as VoteView['result']
  const list_of = list_kind === 'projects' ? 'projects' : 'persons'
  return said('announce_vote', { ...a_vote(), list: on_list, list_of, result: shown })
}

describe('what the chair reads out of a list', () => {
  const tied = { tied: [1, 2], tied_places: 1 }
  const rows: [string, ListKind, Partial<PlacesOutcome>, string][] = [
    [
      'a tie voted on again',
      'equal_election',
      { ...tied, status: 'tie_revote_needed' },
      '甲当选。乙、丙得票相等，就余下的 1 个名额再次投票。',
    ],
    [
      'a tie for the presidium',
      'equal_election',
      { ...tied, status: 'tie_for_presidium' },
      '甲当选。乙、丙得票相等，余下的 1 个名额由主席团决定。',
    ],
    [
      'a tie that gives nobody the place',
      'equal_election',
      { tied: [1, 2], unfilled: 1, status: 'shortfall_separate_election' },
      '甲当选。乙、丙得票相等，均未取得名额。尚缺 1 个名额，另行选举。',
    ],
    [
      'projects fewer than places',
      'projects',
      { unfilled: 1, status: 'shortfall_separate_election' },
      '甲入选。余下 1 个名额空缺。',
    ],
    ['every place filled', 'projects', { status: 'complete' }, '甲入选。'],
  ]
  it.each(rows)('%s', (_name, kind, outcome, words) => {
    expect(announced(kind, outcome).split('现在宣布结果：')[1]).toBe(words)
  })
})

describe('what the chair says when a vote goes on', () => {
  it.each([
    ['console', true],
    ['hands', false],
    ['paper', false],
    ['no_objection', false],
  ] as [VoteMethod, boolean][])('by %s', (vote_method, by_key) => {
    const words = said('resume_vote', { ...a_vote({ title: '决议' }), vote_method })
    expect(words.includes('表决器')).toBe(by_key)
    expect(words).toMatch(/^现在(恢复|继续)/)
  })
})
