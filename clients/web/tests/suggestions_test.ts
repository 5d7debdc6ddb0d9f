import { describe, expect, it } from 'vitest'
import { write_csv } from '../src/office/csv'
import { all_of, members_named, per_cent, suggestion_table } from '../src/office/suggestion_rows'
import {
  awaited_by,
  date_of,
  end_of_day,
  is_overdue,
  may_evaluate,
  may_remind,
  months_after,
  next_stages,
  round_now,
  shown_phase,
  with_newest,
  working_days_after,
} from '../src/state/suggestions'
import { digest_to_hex, hex_to_digest } from '../src/wire/digest'
import type { AnswerView, EvaluationRound, RosterMember, SuggestionView } from '../src/wire/types'

const day = 86_400_000
const now = Date.UTC(2026, 10, 27, 4)

function an_answer(changes: Partial<AnswerView> = {}): AnswerView {
  return {
    stage: 'reply',
    reply_class: 'solved',
    document: 'A'.repeat(43),
    document_kept_outside: false,
    answered_at_ms: now - day,
    evaluate_by_ms: now + day,
    deliver_by_ms: null,
    reminded_at_ms: null,
    grade: null,
    reason: '',
    evaluated_by: null,
    evaluated_at_ms: null,
    concluded: false,
    ...changes,
  }
}

function a_suggestion(changes: Partial<SuggestionView> = {}): SuggestionView {
  return {
    id: 7,
    body: 1,
    body_name: 'A',
    number: '001',
    title: 'B',
    text: 'A'.repeat(43),
    text_kept_outside: false,
    lead: { person: 3, name: 'C' },
    signers: [{ person: 4, name: 'D' }],
    responsible_body: 'E',
    registered_at_ms: now - 10 * day,
    due_at_ms: now + 10 * day,
    phase: 'awaiting_reply',
    evaluator: 3,
    answers: [],
    withdrawn: '',
    ...changes,
  }
}

const evaluated = (answer: AnswerView) => a_suggestion({ phase: 'being_evaluated', answers: [answer] })

describe('a suggestion', () => {
  it('waits for the lead deputy alone', () => {
    const one = evaluated(an_answer())
    expect(may_evaluate(one, 3, now)).toBe(true)
    expect(may_evaluate(one, 4, now)).toBe(false)
    expect(may_evaluate(a_suggestion(), 3, now)).toBe(false)
  })

  it('is left out once the time after the reminder is over, and not before', () => {
    const silent = an_answer({ evaluate_by_ms: now - 1, reminded_at_ms: now - day })
    expect(shown_phase(evaluated(silent), now)).toBe('excluded')
    expect(may_evaluate(evaluated(silent), 3, now)).toBe(false)
    expect(shown_phase(evaluated(silent), now - 1)).toBe('being_evaluated')
    const unasked = an_answer({ evaluate_by_ms: now - 1 })
    expect(shown_phase(evaluated(unasked), now)).toBe('being_evaluated')
    expect(may_remind(evaluated(unasked), now)).toBe(true)
    expect(may_remind(evaluated(silent), now)).toBe(false)
    expect(may_remind(evaluated(an_answer()), now)).toBe(false)
  })

  const turns: [string, SuggestionView, string[]][] = [
    ['without a reply', a_suggestion(), ['reply']],
    ['awaited', evaluated(an_answer()), []],
    ['silent', evaluated(an_answer({ evaluate_by_ms: now - 1, reminded_at_ms: now - day })), []],
    ['satisfied', a_suggestion({ phase: 'settled', answers: [an_answer({ grade: 'satisfied' })] }), []],
    [
      'dissatisfied with the reply',
      a_suggestion({ phase: 'to_redo', answers: [an_answer({ grade: 'unsatisfied' })] }),
      ['reply', 'delivery'],
    ],
    [
      'dissatisfied with what was done',
      a_suggestion({ phase: 'to_redo', answers: [an_answer({ stage: 'delivery', grade: 'unsatisfied' })] }),
      ['delivery'],
    ],
    [
      'promised',
      a_suggestion({
        phase: 'awaiting_delivery',
        answers: [an_answer({ grade: 'satisfied', deliver_by_ms: now + day })],
      }),
      ['delivery'],
    ],
    ['withdrawn', a_suggestion({ phase: 'withdrawn' }), []],
  ]
  it.each(turns)('%s may be followed by the right answers', (_name, one, stages) => {
    expect(next_stages(one, now)).toEqual(stages)
  })

  it('is late when what it waits for is past', () => {
    expect(is_overdue(a_suggestion(), now)).toBe(false)
    expect(is_overdue(a_suggestion({ due_at_ms: now - 1 }), now)).toBe(true)
    expect(awaited_by(a_suggestion({ phase: 'settled' }))).toBe(null)
    const promised = a_suggestion({
      phase: 'awaiting_delivery',
      answers: [an_answer({ grade: 'satisfied', deliver_by_ms: now - 1 })],
    })
    expect(is_overdue(promised, now)).toBe(true)
  })

  it('has its place in a list, newest first', () => {
    const list = [a_suggestion({ id: 9 }), a_suggestion({ id: 5 })]
    expect(with_newest(list, a_suggestion()).map((one) => one.id)).toEqual([9, 7, 5])
    expect(with_newest(list, a_suggestion({ id: 1 })).map((one) => one.id)).toEqual([9, 5, 1])
    const again = with_newest(list, a_suggestion({ id: 5, title: 'new' }))
    expect(again.map((one) => one.title)).toEqual(['B', 'new'])
  })
})

describe('a round of evaluation that goes on', () => {
  const outcome = {
    satisfied: 1,
    basically_satisfied: 0,
    unsatisfied: 0,
    excluded: 1,
    awaited: 2,
    base: 1,
    satisfied_per_mille: 1000,
    basically_per_mille: 1000,
  }
  const round: EvaluationRound = { stage: 'reply', outcome, concluded_at_ms: null }
  const silent = (changes: Partial<AnswerView> = {}) =>
    evaluated(an_answer({ evaluate_by_ms: now - 1, reminded_at_ms: now - day, ...changes }))

  it('leaves out by the clock who stayed silent, also before anything else happens', () => {
    const figures = (list: SuggestionView[], at_ms: number) => {
      const { excluded, awaited } = round_now(round, list, at_ms).outcome
      return [excluded, awaited]
    }
    expect(figures([silent(), silent(), evaluated(an_answer())], now)).toEqual([2, 1])
    expect(figures([silent(), silent(), evaluated(an_answer())], now - 1)).toEqual([1, 2])
    // Of the other stage, on record already, withdrawn or graded: no part of it.
    const others = [
      silent({ stage: 'delivery' }),
      silent({ concluded: true }),
      { ...silent(), phase: 'withdrawn' as const },
      silent({ grade: 'satisfied' }),
    ]
    expect(figures([silent(), ...others], now)).toEqual([1, 2])
    expect(figures([silent(), silent(), silent(), silent()], now)).toEqual([3, 0])
  })

  it('is not touched once it is on record', () => {
    const concluded = { ...round, concluded_at_ms: now }
    expect(round_now(concluded, [silent(), silent()], now)).toBe(concluded)
  })
})

describe('dates of the office', () => {
  it('end with the day', () => {
    const end = end_of_day('2026-11-27')!
    expect(date_of(end)).toBe('2026-11-27')
    expect(date_of(end + 1)).toBe('2026-11-28')
    expect(end_of_day('')).toBe(null)
    expect(end_of_day('27.11.2026')).toBe(null)
  })

  it('count working days and months', () => {
    const friday = end_of_day('2026-11-27')!
    expect(working_days_after(friday, 1)).toBe('2026-11-30')
    expect(working_days_after(friday, 20)).toBe('2026-12-25')
    expect(months_after(friday, 3)).toBe('2027-02-27')
    expect(months_after(end_of_day('2026-11-30')!, 3)).toBe('2027-02-28')
  })
})

describe('the ledger', () => {
  const member = (person: number, number: string, name: string): RosterMember => ({
    person,
    number,
    name,
    group: '',
    seat: '',
    has_photo: false,
    has_code: false,
  })
  const roster = [member(1, '101', 'Li'), member(2, '102', 'Wang'), member(3, '103', 'Wang')]

  it('finds members by name or number', () => {
    const found = members_named('Li\u3001102, Li Zhao\uff1bWang', roster)
    expect(found.members.map((one) => one.person)).toEqual([1, 2])
    expect(found.unknown).toEqual(['Zhao', 'Wang'])
    expect(members_named(' ', roster)).toEqual({ members: [], unknown: [] })
  })

  it('has a line for each with what was said of it', () => {
    const reply = an_answer({ grade: 'unsatisfied', reason: 'a, "b"', concluded: true })
    const table = suggestion_table([a_suggestion({ phase: 'to_redo', answers: [reply] })], now)
    expect(table).toHaveLength(2)
    expect(table[1]).toHaveLength(table[0]!.length)
    expect(table[1]!.slice(0, 5)).toEqual(['001', 'B', 'C', 'D', 'E'])
    expect(table[1]!.at(-1)).toBe('a, "b"')
    expect(write_csv(table)).toContain('"a, ""b"""')
  })

  it('shows rates as people write them', () => {
    expect(per_cent(923)).toBe('92.3%')
    expect(per_cent(1000)).toBe('100.0%')
    expect(per_cent(null)).toBe('—')
    const outcome = {
      satisfied: 240,
      basically_satisfied: 15,
      unsatisfied: 5,
      excluded: 8,
      awaited: 0,
      base: 260,
      satisfied_per_mille: 923,
      basically_per_mille: 981,
    }
    expect(all_of(outcome)).toBe(268)
  })

  it('names papers by the digest the server would give', () => {
    const digest = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0'
    expect(hex_to_digest(digest_to_hex(digest))).toBe(digest)
  })
})
