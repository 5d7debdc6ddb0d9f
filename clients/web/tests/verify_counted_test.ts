import { describe, expect, it } from 'vitest'
import { count_grades, count_list, decide_grades, decide_places } from '../verify/src/counted'
import type { Json } from '../verify/src/json'
import { asks, matter_of } from '../verify/src/matter'
import { outcome_of } from '../verify/src/outcome'
import { counts_of } from '../verify/src/totals'
import { base_of, type Shape } from '../verify/src/shape'
import type { Vote } from '../verify/src/vote'

// What the independent checker makes of secret votes on lists and on grades.

const text = 'A'.repeat(43)
const over_half = { num: 1, den: 2, strict: true, base: 'all_members' }

function a_list(list_kind: string, names: string[], places: number, changes: Json = {}): Json {
  return {
    list_kind,
    candidates: names.map((name) => ({ name, person: null })),
    places: { places, majority: over_half, tie: 'revote' },
    ballot: { marks_max: places, write_in: 'none', blank: 'abstain' },
    extra: null,
    follows: null,
    ...changes,
  }
}

const grades = ['满意', '基本满意', '不满意'].map((zh) => ({ zh, en: zh }))
const half_of_valid = { num: 1, den: 2, strict: true, base: 'valid' }
const rule = {
  grades,
  verdicts: [
    { id: 'satisfied', name: grades[0]!, grades: [0], threshold: half_of_valid },
    { id: 'basically', name: grades[1]!, grades: [0, 1], threshold: half_of_valid },
    {
      id: 'not',
      name: grades[2]!,
      grades: [2],
      threshold: { num: 0, den: 1, strict: false, base: 'valid' },
    },
  ],
  rounding: 'half_up',
}

function prepared(changes: Json, base_members = 12): Vote {
  return { base_members, prepared: { title: '选举', text, ...changes } } as unknown as Vote
}

const election = prepared({ list: a_list('differential_election', ['甲', '乙', '丙'], 2) })
const projects = prepared({ list: a_list('projects', ['电梯', '公园'], 1) })
const sheet = prepared({ grades: { objects: ['财政局', '卫健委'], rule } })
const votes = new Map<number, Vote>([
  [1, election],
  [2, projects],
  [3, prepared({ list: a_list('tie_revote', ['电梯', '公园'], 1, { follows: 2 }) })],
])
const desk = { vote: (id: unknown) => votes.get(Number(id)) }

describe('what a secret vote asks', () => {
  const shape = (kind: string, options: number, rows: number, max: number): Shape => {
    return { kind, options, rows, min: 0, max }
  }
  const after = (follows: number) => prepared({ list: a_list('tie_revote', ['甲', '乙'], 1, { follows }) })

  it.each<[string, Vote, Shape | null]>([
    ['a motion', prepared({}), shape('grid', 3, 1, 1)],
    ['an election', election, shape('elect', 3, 1, 2)],
    ['projects', projects, shape('choose', 2, 1, 1)],
    ['a re-vote on persons', after(1), shape('elect', 2, 1, 1)],
    ['a re-vote on projects', after(2), shape('choose', 2, 1, 1)],
    ['a re-vote on a re-vote on projects', after(3), shape('choose', 2, 1, 1)],
    ['grades', sheet, shape('grid', 3, 2, 1)],
    ['a ranking', prepared({ list: a_list('ranked_projects', ['甲', '乙'], 1) }), null],
    [
      'names written in',
      prepared({
        list: a_list('equal_election', ['甲'], 1, {
          ballot: { marks_max: 1, write_in: 'allowed', blank: 'abstain' },
        }),
      }),
      null,
    ],
    [
      'a blank that approves',
      prepared({
        list: a_list('equal_election', ['甲'], 1, {
          ballot: { marks_max: 1, write_in: 'none', blank: 'approve' },
        }),
      }),
      null,
    ],
    [
      'more candidates than a ballot holds',
      prepared({ list: a_list('primary', Array(101).fill('甲'), 1) }),
      null,
    ],
    [
      'five grades',
      prepared({ grades: { objects: ['财政局'], rule: { ...rule, grades: [...grades, ...grades] } } }),
      null,
    ],
    ['a list and grades', prepared({ ...election.prepared, ...sheet.prepared }), null],
  ])('of %s', (_name, vote, expected) => {
    expect(matter_of(desk, vote)?.shape ?? null).toEqual(expected)
  })

  it.each<[string, Json, boolean]>([
    ['as it was prepared', {}, true],
    ['with candidates swapped', { labels: ['选举', '乙', '甲', '丙'] }, false],
    ['with one left out', { labels: ['选举', '甲', '乙'] }, false],
    ['under another title', { labels: ['罢免', '甲', '乙', '丙'] }, false],
    ['for fewer places', { shape: shape('elect', 3, 1, 1) }, false],
    ['as projects', { shape: shape('choose', 3, 1, 2) }, false],
    ['about another text', { text: 'B'.repeat(43) }, false],
    ['in another version', { v: 2 }, false],
    ['with more beside it', { note: '' }, false],
  ])('%s', (_name, changes, holds) => {
    const matter = matter_of(desk, election)!
    const question = { v: 1, text, ...matter, ...changes }
    expect(asks(question, election, matter)).toBe(holds)
  })
})

describe('who has a place', () => {
  const places = (changes: Json) => ({ places: 2, majority: over_half, tie: 'revote', ...changes })

  it.each<[string, Json, number[], number, Json]>([
    [
      'the highest over half',
      {},
      [9, 7, 8],
      12,
      { elected: [0, 2], need: 7, base: 12, status: 'complete' },
    ],
    [
      'exactly half is not enough',
      {},
      [9, 6, 3],
      12,
      { elected: [0], unfilled: 1, status: 'shortfall_separate_election' },
    ],
    [
      'equal at the last place',
      {},
      [9, 8, 8],
      12,
      { elected: [0], tied: [1, 2], tied_places: 1, status: 'tie_revote_needed' },
    ],
    ['equal above it', {}, [8, 8, 7], 12, { elected: [0, 1], tied: [], status: 'complete' }],
    [
      'the presidium decides',
      { tie: 'presidium' },
      [9, 8, 8],
      12,
      { status: 'tie_for_presidium', tied_places: 1 },
    ],
    [
      'nobody decides',
      { tie: 'none' },
      [9, 8, 8],
      12,
      { status: 'shortfall_separate_election', tied_places: 0, unfilled: 1 },
    ],
    [
      'the highest win without a share',
      { majority: null },
      [1, 0, 2],
      12,
      { elected: [2, 0], base: 0, need: 1 },
    ],
    ['nobody wins with no vote', { majority: null }, [0, 0, 0], 12, { elected: [], unfilled: 2 }],
    [
      'of the ballots',
      { majority: { ...over_half, base: 'ballots' } },
      [5, 4, 1],
      9,
      { base: 9, need: 5, elected: [0] },
    ],
    [
      'two thirds with the number itself',
      { majority: { num: 2, den: 3, strict: false, base: 'valid' } },
      [6, 5, 6],
      9,
      { need: 6, elected: [0, 2] },
    ],
  ])('%s', (_name, changes, approvals, collected, expected) => {
    const list = approvals.map((approve) => ({ approve }))
    expect(decide_places(places(changes) as never, 12, collected, list)).toMatchObject(expected)
  })

  it('says nothing of a share of those present', () => {
    const rule_of = places({ majority: { ...over_half, base: 'present' } }) as never
    expect(decide_places(rule_of, 12, 9, [{ approve: 9 }])).toBeNull()
  })
})

describe('what opened totals come to', () => {
  const rows_of = (vote: Vote, m: number, numbers: bigint[]) =>
    counts_of({ shape: matter_of(desk, vote)!.shape, base: base_of(12) }, m, numbers)!

  it('of an election', () => {
    const rows = rows_of(election, 11, [9n, 1n, 3n, 2n, 7n, 0n])
    expect(count_list(election, 12, 11, rows)).toEqual({
      places: {
        counted: {
          issued: 12,
          collected: 11,
          invalid: 0,
          list: [
            { name: '甲', approve: 9, oppose: 1, abstain: 1, is_write_in: false },
            { name: '乙', approve: 3, oppose: 2, abstain: 6, is_write_in: false },
            { name: '丙', approve: 7, oppose: 0, abstain: 4, is_write_in: false },
          ],
        },
        outcome: {
          status: 'complete',
          base: 12,
          need: 7,
          elected: [0, 2],
          tied: [],
          tied_places: 0,
          unfilled: 0,
        },
      },
    })
    expect(
      counts_of({ shape: matter_of(desk, election)!.shape, base: 16n }, 11, [9n, 3n, 0n, 0n, 0n, 0n]),
    ).toBeNull()
  })

  it('of projects', () => {
    expect(count_list(projects, 12, 11, rows_of(projects, 11, [3n, 8n]))).toMatchObject({
      places: {
        counted: { list: [{ approve: 3, oppose: 0, abstain: 0 }, { approve: 8 }] },
        outcome: { elected: [1] },
      },
    })
  })

  it('of grades: the first option is what is left of the ballots', () => {
    const base = base_of(12)
    const rows = rows_of(sheet, 11, [2n + 3n * base, 5n])
    expect(rows).toEqual([
      [6, 2, 3],
      [6, 5, 0],
    ])
    expect(count_grades(sheet, 12, 11, rows)).toMatchObject({
      grades: {
        counted: {
          issued: 12,
          collected: 11,
          objects: [{ object: '财政局', counts: [6, 2, 3], invalid: 0 }, {}],
        },
        outcomes: [
          { verdict: 'satisfied', valid: 11, per_mille: [545, 182, 273] },
          { verdict: 'satisfied' },
        ],
      },
    })
  })

  it.each<[string, number[], string]>([
    ['over half are satisfied', [6, 2, 3], 'satisfied'],
    ['over half together', [4, 2, 5], 'basically'],
    ['neither', [1, 2, 8], 'not'],
    ['no ballot', [0, 0, 0], ''],
  ])('grades: %s', (_name, counts, verdict) => {
    expect(decide_grades(rule, 12, 12, '财政局', counts)).toMatchObject({ verdict })
  })

  it('nothing is adopted without an approval, whatever the share of nobody is', () => {
    const majority = { num: 2, den: 3, strict: false, base: 'for_and_against' }
    const none = { abstain: 5, approve: 0, oppose: 0, not_pressed: 0 }
    expect(outcome_of({ majority, min_participation: null, groups: [] }, 9, none, [])).toMatchObject({
      verdict: 'not_passed',
      findings: [{ need: 1, met: false }],
    })
  })
})
