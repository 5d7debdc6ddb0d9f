import { describe, expect, it } from 'vitest'
import { script_words } from '../src/chair/step_words'
import { shipped_books } from '../src/office/rule_books'
import { build_profile, conducted, usual_choice } from '../src/office/rules'
import {
  blank_marks,
  choice_of_marks,
  console_misfit,
  mark_keys,
  marked,
  question_of,
  spelled,
  told_marks,
  with_mark,
  type Marks,
} from '../src/state/marks'
import { hash_of } from '../verify/src/json'
import { matter_of } from '../verify/src/matter'
import type { Vote } from '../verify/src/vote'
import type { BallotList, GradesSheet, ListKind, VoteView } from '../src/wire/types'
import { a_sitting, a_vote } from './views'

function a_list(list_kind: ListKind, names: string[], places: number): BallotList {
  return {
    list_kind,
    candidates: names.map((name) => ({ name, person: null })),
    places: { places, majority: null, tie: 'revote' },
    ballot: { marks_max: places, write_in: 'none', blank: 'abstain' },
    extra: null,
    follows: null,
  }
}

const text = 'A'.repeat(43)
const grades: GradesSheet = {
  objects: ['甲局', '乙局'],
  rule: { grades: ['好', '中', '差'].map((zh) => ({ zh, en: zh })), verdicts: [], rounding: 'half_up' },
}
const election = a_vote({ text, list: a_list('equal_election', ['甲', '乙', '丙'], 2), list_of: 'persons' })
const primary = a_vote({ text, list: a_list('primary', ['甲', '乙'], 1), list_of: 'persons' })
const projects = a_vote({ text, list: a_list('projects', ['甲', '乙', '丙'], 2), list_of: 'projects' })
const again = a_vote({ text, list: a_list('tie_revote', ['甲', '乙'], 1), list_of: 'projects' })
const sheet = a_vote({ text, grades })
const motion = a_vote({ text })

/** The marks after these keys were pressed, one after the other; null from where one was refused. */
function after(vote: VoteView, ...pressed: [number, number][]): Marks | null {
  let marks: Marks | null = blank_marks(vote)
  for (const [line, value] of pressed) marks = marks && with_mark(vote, marks, line, value)
  return marks
}

describe('marks on a secret ballot', () => {
  it.each<[string, VoteView, Marks, number]>([
    ['persons', election, [0, 0, 0], 3],
    ['persons who only are chosen', primary, [0, 0], 1],
    ['projects', projects, [0, 0, 0], 1],
    ['a re-vote on projects', again, [0, 0], 1],
    ['grades', sheet, [null, null], 3],
  ])('begin blank: %s', (_name, vote, blank, keys) => {
    expect(blank_marks(vote)).toEqual(blank)
    expect(mark_keys(vote).length).toBe(keys)
  })

  it('never choose more than may be chosen', () => {
    expect(after(election, [0, 1], [1, 1])).toEqual([1, 1, 0])
    expect(after(election, [0, 1], [1, 1], [2, 1])).toBeNull()
    expect(after(election, [0, 1], [1, 1], [2, 2])).toEqual([1, 1, 2])
    expect(after(election, [0, 1], [1, 1], [0, 0], [2, 1])).toEqual([0, 1, 1])
    expect(after(election, [0, 1], [0, 1])).toEqual([1, 0, 0])
    expect(after(projects, [0, 1], [0, 1])).toEqual([0, 0, 0])
    expect(after(projects, [0, 1], [1, 1], [2, 1])).toBeNull()
  })

  it('are a choice once nothing is missing', () => {
    expect(choice_of_marks(after(election, [1, 2])!)).toEqual(Uint8Array.of(0, 2, 0))
    expect(choice_of_marks(after(sheet, [1, 0])!)).toBeNull()
    const whole = after(sheet, [1, 0], [0, 2])!
    expect(marked(sheet, whole)).toBe(2)
    expect(choice_of_marks(whole)).toEqual(Uint8Array.of(2, 0))
  })

  it('are told key by key, and what spells no ballot is not', () => {
    const names = (vote: VoteView, ...said: number[]) =>
      told_marks(vote, Uint8Array.from(said))?.map((one) => one.names) ?? null
    expect(names(election, 1, 0, 2)).toEqual([['甲'], ['丙'], ['乙']])
    expect(names(projects, 1, 0, 1)).toEqual([['甲', '丙']])
    expect(names(sheet, 2, 0)).toEqual([['乙局'], [], ['甲局']])
    expect(names(sheet, 3, 0)).toBeNull()
    expect(names(election, 1, 0)).toBeNull()
    expect(told_marks(election, null)).toBeNull()
  })
})

describe('the question that ballots are bound to', () => {
  const follow = (vote: VoteView): Vote['prepared'] => ({
    title: vote.title,
    text: vote.text,
    ...(vote.list && { list: vote.list }),
    ...(vote.grades && { grades: vote.grades }),
  })

  it.each<[string, VoteView]>([
    ['a motion', motion],
    ['an election', election],
    ['projects', projects],
    ['grades', sheet],
  ])('is the one the independent checker expects: %s', (_name, vote) => {
    const matter = matter_of({ vote: () => undefined }, { prepared: follow(vote) } as Vote)!
    expect(question_of(vote)).toMatchObject(matter)
    expect(hash_of(JSON.parse(spelled(question_of(vote))))).toEqual(hash_of({ v: 1, text, ...matter }))
    expect(spelled(question_of(vote))).toMatch(/^{"labels":\[/)
  })
})

describe('a vote by list or grades at consoles', () => {
  it.each<[string, Parameters<typeof console_misfit>[0], string | null]>([
    ['an election', { list: election.list, grades: null, list_of: 'persons' }, null],
    ['nobody yet', { list: a_list('projects', [], 1), grades: null, list_of: 'projects' }, null],
    [
      'a ranking',
      { list: a_list('ranked_projects', ['甲', '乙'], 1), grades: null, list_of: 'projects' },
      'ranked',
    ],
    [
      '101 names',
      { list: a_list('primary', Array(101).fill('甲'), 1), grades: null, list_of: 'persons' },
      'lines',
    ],
    [
      '90 persons',
      { list: a_list('primary', Array(90).fill('甲'), 90), grades: null, list_of: 'persons' },
      'bytes',
    ],
    [
      'five grades',
      {
        list: null,
        grades: { ...grades, rule: { ...grades.rule, grades: Array(5).fill({ zh: '好', en: '' }) } },
        list_of: null,
      },
      'grades',
    ],
  ])('fits a ballot: %s', (_name, asked, why) => {
    expect(console_misfit(asked)).toBe(why)
  })

  it('takes the place of paper under a rule of its own, unless groups have to agree', () => {
    const choice = { ...usual_choice, is_at_consoles: true }
    const paper = shipped_books.flatMap((book) => book.rules).filter((rule) => rule.method === 'paper')
    expect(paper.length).toBeGreaterThan(0)
    for (const rule of paper) {
      const made = conducted(rule, choice)
      if (rule.groups.length > 0 || rule.also_in?.length) {
        expect(made.method).toBe('paper')
        continue
      }
      expect(made).toMatchObject({ method: 'console', secrecy: 'secret', id: `${rule.id}.consoles` })
      expect(conducted(rule, usual_choice).method).toBe('paper')
    }
    const other = build_profile('congress', 'two_thirds', { ...choice, method: 'paper' })
    expect(other).toMatchObject({ method: 'console', secrecy: 'secret' })
    expect(build_profile('congress', 'two_thirds', { ...choice, method: 'hands' }).method).toBe('hands')
  })

  it('is called for in words of its own', () => {
    const step = { name: 'open_vote', action: null, item: null, speaker: '' } as const
    const said = (vote: VoteView) =>
      script_words(
        { ...step, vote: { ...vote, secret: {} as VoteView['secret'] } } as never,
        a_sitting(),
        null,
      )
    expect(said(election)).toContain('核对后按“投票”')
    expect(said(motion)).toContain('请按表决器')
  })
})
