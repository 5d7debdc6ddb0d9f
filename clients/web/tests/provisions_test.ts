import { describe, expect, it } from 'vitest'
import { build_list, type ListDraft } from '../src/office/ballot_lists'
import { provisions_words } from '../src/office/provision_words'
import { fixed_of, kinds_of, points, with_point, with_rule } from '../src/office/provisions'
import { shipped_books } from '../src/office/rule_books'
import { conducted, usual_choice } from '../src/office/rules'
import { figures_shown, shows_votes_of_each } from '../src/state/announced'
import { vote_steps } from '../src/state/vote_steps'
import type { RuleProfileInput } from '../src/wire/types'
import { a_vote } from './views'

const rule_named = (id: string): RuleProfileInput =>
  shipped_books.flatMap((book) => book.rules).find((one) => one.id === id)!

const election = rule_named('cn.chongqing.congress.election')

const filled_in: ListDraft = {
  kind: 'differential_election',
  seats: 2,
  candidates: ['甲', '乙', '丙'].map((name) => ({ name, person: null })),
  write_in: 'allowed',
  blank_means: 'approve',
  tie: 'none',
  needs_majority: false,
  extra: { min: 1, max: 1, basis: { law: '组织法', article: '27', version_date: '' } },
  follows: null,
  is_chief: false,
}

describe('what a rule provides for lists', () => {
  it('comes before what was filled in, and the rest is left as it was', () => {
    const list = build_list(filled_in, election)
    expect(list.places).toEqual({ places: 2, majority: election.majority, tie: 'revote' })
    expect(list.ballot).toEqual({ marks_max: 2, write_in: 'requires_opposition', blank: 'approve' })
  })

  it('leaves a vote again to the highest number unless it asks for the majority', () => {
    const again: ListDraft = { ...filled_in, kind: 'tie_revote', follows: 7, extra: null }
    expect(build_list(again, election).places.majority).toBeNull()
    const strict = { ...election, list: { ...election.list, revote_by: 'majority' as const } }
    expect(build_list(again, strict).places.majority).toEqual(election.majority)
  })

  it('fixes seats, marks and what becomes of places left over', () => {
    const list = { seats: 3, marks_max: 2, shortfall: 'left_empty', by: 'highest' } as const
    const made = build_list(filled_in, { ...election, list })
    expect(made.places).toEqual({ places: 3, majority: null, tie: 'none', shortfall: 'left_empty' })
    expect(made.ballot.marks_max).toBe(2)
    // What follows has the seats that are left.
    expect(fixed_of({ ...election, list }, 'separate_election')).not.toHaveProperty('seats')
  })

  it('offers the kinds of lists that the rule is for', () => {
    const kinds = ['equal_election', 'projects'] as const
    expect(kinds_of(election, kinds)).toEqual(['equal_election'])
    expect(kinds_of({ ...election, list: {} }, kinds)).toEqual([...kinds])
  })

  it('gives way to marks only where consoles take the place of paper', () => {
    const made = conducted(election, { ...usual_choice, is_at_consoles: true })
    expect(made).toMatchObject({ method: 'console', list: { write_in: 'none', blank: 'abstain' } })
    expect(build_list(filled_in, made).ballot).toMatchObject({ write_in: 'none', blank: 'abstain' })
  })
})

describe('what a rule provides for the hall', () => {
  it('names those chosen without numbers, which the chair has all the same', () => {
    const vote = { ...a_vote({ id: 7 }), announcement: 'chosen_only' as const }
    expect(shows_votes_of_each(vote, false)).toBe(false)
    expect(shows_votes_of_each(vote, true)).toBe(true)
    expect(shows_votes_of_each(a_vote({ id: 7 }), false)).toBe(true)
  })

  it('keeps who pressed nothing to the record', () => {
    const vote = { ...a_vote({ id: 7 }), not_pressed: 'not_shown' as const }
    expect(figures_shown(vote, false)).toEqual(['approve', 'oppose', 'abstain'])
    expect(figures_shown(vote, true)).toContain('not_pressed')
  })

  it.each([
    ['hands', 'retry_by_hands'],
    ['paper', 'retry_on_paper'],
  ] as const)('offers %s alone when consoles failed', (fallback, step) => {
    const failed = {
      ...a_vote({ id: 7 }),
      state: 'voided' as const,
      void_reason: 'equipment_failure' as const,
      fallback,
    }
    expect(vote_steps(failed).map((one) => one.name)).toEqual([step, 'retry_vote'])
  })

  it('lets no raised hand take the place of a secret press', () => {
    const motion = rule_named('cn.national_congress.motion')
    expect(motion.fallback).toBe('hands')
    expect(conducted(motion, { ...usual_choice, is_secret: true })).not.toHaveProperty('fallback')
  })
})

describe('the method a body adopted', () => {
  const book = shipped_books.find((one) => one.id === 'cn.chongqing.congress')!

  it('is a book of its own, with one point after another filled in', () => {
    const first = with_rule(book, with_point(election, 'seats', '5'))
    const of = first.rules.find((one) => one.id === election.id)!
    const second = with_rule(first, with_point(with_point(of, 'tie', 'presidium'), 'write_in', ''))
    expect(second.id).toBe('cn.chongqing.congress.own')
    expect(second.name.zh).toBe(`${book.name.zh}（本机构）`)
    const made = second.rules.find((one) => one.id === election.id)!
    expect(made.list).toMatchObject({ seats: 5, tie: 'presidium', by: 'majority' })
    expect(made.list).not.toHaveProperty('write_in')
    expect(second.rules.length).toBe(book.rules.length)
    expect(election.list).not.toHaveProperty('seats')
  })

  it('has words for every point and every choice', () => {
    for (const point of points) {
      const values = 'options' in point ? point.options : [String(point.least)]
      for (const value of values) {
        const words = provisions_words(with_point({ ...election, list: {} }, point.name, value))
        expect(words).toMatch(/^[^：]+：[^：]+$/)
        expect(words).not.toContain('office.')
      }
    }
  })
})
