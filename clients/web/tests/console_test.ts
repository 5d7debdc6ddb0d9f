import { describe, expect, it } from 'vitest'
import { empty_chamber, type ChamberState } from '../src/state/chamber'
import { awaited } from '../src/state/awaited'
import { format_countdown, ServerClock } from '../src/state/clock'
import { filter_members, with_changes } from '../src/state/members'
import { press_state, way_to_vote } from '../src/state/press'
import { pick_sitting, pick_vote } from '../src/state/selection'
import type { Choice, MyView, Presence, RefusalCode, SittingView, VoteView } from '../src/wire/types'
import { a_me, a_result, a_sitting, a_vote } from './views'

function chamber(me: MyView, sittings: SittingView[] = [], votes: VoteView[] = []): ChamberState {
  const by_id = <View extends { id: number }>(views: View[]) =>
    Object.fromEntries(views.map((one) => [one.id, one]))
  return { ...empty_chamber, me, sittings: by_id(sittings), votes: by_id(votes) }
}

describe('the keys', () => {
  const pressed = a_me({ presses: [{ vote: 51, choice: 'approve', seq: 11 }] })
  const absent = a_me({ present_in: [] })
  type Row = [string, MyView, Partial<VoteView>, Choice | null, RefusalCode | null, string | null]
  const rows: Row[] = [
    ['work while the vote is open', a_me(), { state: 'open' }, null, null, null],
    ['work again after a press when the last one counts', pressed, { state: 'open' }, null, null, null],
    ['work while a press is being recorded', a_me(), { state: 'open' }, 'oppose', null, null],
    [
      'lock after the first press when that counts',
      pressed,
      { state: 'open', press: 'first' },
      null,
      null,
      'first_press_counts',
    ],
    [
      'lock while the first press is being recorded',
      a_me(),
      { state: 'open', press: 'first' },
      'oppose',
      null,
      'recording',
    ],
    ['wait for the vote to open', a_me(), { state: 'prepared' }, null, null, 'not_open'],
    ['wait while it is on hold', a_me(), { state: 'held' }, null, null, 'held'],
    ['end with the vote', a_me(), { state: 'closed' }, null, null, 'closed'],
    ['end with an announced vote', a_me(), { state: 'announced' }, null, null, 'closed'],
    ['end with a void vote', a_me(), { state: 'voided' }, null, null, 'voided'],
    ['ask for the sign-in', absent, { state: 'open' }, null, null, 'not_signed_in'],
    [
      'say that one came too late',
      a_me(),
      { state: 'open' },
      null,
      'not_in_electorate',
      'not_in_electorate',
    ],
    ['say that one is not on the roster', a_me(), { state: 'open' }, null, 'not_a_member', 'not_a_member'],
    ['say that one attends by video', a_me(), { state: 'open' }, null, 'not_in_person', 'remote'],
    [
      'are not for those who attend without a vote',
      a_me({ role: 'observer' }),
      { state: 'open' },
      null,
      null,
      'nonvoting',
    ],
    ['work again after another refusal', a_me(), { state: 'open' }, null, 'vote_held', null],
  ]
  it.each(rows)('%s', (_name, me, changes, recording, refused, why_not) => {
    const vote = a_vote(changes)
    expect(press_state(chamber(me), a_sitting(), vote, recording, refused).why_not).toBe(why_not)
  })

  it('show what is recorded apart from what is on its way', () => {
    const state = press_state(chamber(pressed), a_sitting(), a_vote({ state: 'open' }), 'oppose', null)
    expect(state).toMatchObject({ recorded: 'approve', recording: 'oppose' })
  })
})

describe('the way to vote', () => {
  const rows: [string, MyView, Partial<VoteView>, string][] = [
    ['keys in a vote by console', a_me(), { state: 'open' }, 'keys'],
    ['a ballot in a vote on paper', a_me(), { state: 'open', vote_method: 'paper' }, 'paper'],
    ['a hand in a vote by hands', a_me(), { state: 'open', vote_method: 'hands' }, 'hands'],
    ['a hand by video in a vote by console', a_me({ by_hands: [51] }), { state: 'open' }, 'hands'],
    ['a hand by video before it opens', a_me({ remote_in: [40] }), {}, 'hands'],
    ['keys when one came by video after it opened', a_me({ remote_in: [40] }), { state: 'open' }, 'keys'],
    [
      'silence where nobody is asked to vote',
      a_me(),
      { state: 'open', vote_method: 'no_objection' },
      'silence',
    ],
    [
      'silence by video too',
      a_me({ remote_in: [40], by_hands: [51] }),
      { state: 'open', vote_method: 'no_objection' },
      'silence',
    ],
  ]
  it.each(rows)('is %s', (_name, me, changes, way) => {
    expect(way_to_vote(me, a_sitting(), a_vote(changes))).toBe(way)
  })
})

describe('what a console shows', () => {
  const opened = { opened_at_ms: 1, present: 331 }
  const rows: [string, VoteView[], number | null][] = [
    [
      'the running vote, whatever item it is on',
      [a_vote(), a_vote({ id: 60, item: 33, state: 'held' })],
      60,
    ],
    ['the prepared vote of the active item', [a_vote(), a_vote({ id: 52 })], 51],
    [
      'the result until the next vote of the item opens',
      [a_vote({ ...opened, state: 'announced' }), a_vote({ id: 52 })],
      51,
    ],
    [
      'the second attempt once it is prepared',
      [a_vote({ state: 'voided' }), a_vote({ id: 60, attempt: 2, first_attempt: 51 })],
      60,
    ],
    ['a void vote until then', [a_vote({ ...opened, state: 'voided' })], 51],
    ['nothing of other items', [a_vote({ item: 31, ...opened, state: 'announced' })], null],
  ]
  it.each(rows)('%s', (_name, votes, id) => {
    const sitting = a_sitting()
    expect(pick_vote(chamber(a_me(), [sitting], votes), sitting)?.id ?? null).toBe(id)
  })

  it('is the sitting going on, unless another was chosen', () => {
    const draft = a_sitting({ id: 41, state: 'draft' })
    const closed = a_sitting({ id: 39, state: 'closed' })
    const state = chamber(a_me(), [closed, draft, a_sitting()])
    expect(pick_sitting(state, null)!.id).toBe(40)
    expect(pick_sitting(state, 41)!.id).toBe(41)
    expect(pick_sitting(state, 99)!.id).toBe(40)
    expect(pick_sitting(chamber(a_me()), null)).toBeNull()
  })

  it('is a vote without an item when no item is active', () => {
    const sitting = a_sitting({ active_item: null })
    expect(pick_vote(chamber(a_me(), [sitting], [a_vote({ item: null })]), sitting)!.id).toBe(51)
  })
})

describe('what a screen without figures waits for', () => {
  const delayed = { result_display: 'delayed' } as const
  const rows: [string, Partial<VoteView>, ReturnType<typeof awaited>][] = [
    ['the chair, when the result is delayed', { state: 'decided', ...delayed }, 'announcement'],
    ['the chair, as soon as the vote has ended', { state: 'closed', ...delayed }, 'announcement'],
    ['the count, when it is shown at once', { state: 'closed', result_display: 'direct' }, 'counting'],
    ['nothing where it sees the figures', { state: 'decided', ...delayed, result: a_result() }, null],
    ['nothing while the vote runs', { state: 'open', ...delayed }, null],
    ['nothing from a void vote', { state: 'voided', ...delayed }, null],
  ]
  it.each(rows)('%s', (_name, changes, what) => expect(awaited(a_vote(changes))).toBe(what))
})

describe('the clock', () => {
  it('trusts the reading that travelled fastest', () => {
    const clock = new ServerClock()
    clock.note(10_000, 4_000)
    clock.note(11_000, 5_400)
    expect(clock.now_ms(6_000)).toBe(12_000)
    clock.reset()
    clock.note(1_000, 2_000)
    expect(clock.now_ms(2_000)).toBe(1_000)
  })

  it.each([
    [60_000, '1:00'],
    [59_001, '1:00'],
    [9_500, '0:10'],
    [1, '0:01'],
    [0, '0:00'],
    [-500, '0:00'],
  ])('%i ms are %s', (left, text) => expect(format_countdown(left)).toBe(text))
})

describe('the list of members', () => {
  const member = (person: number, name: string, presence: Presence) => ({
    person,
    number: `N${person}`,
    name,
    group: '第一代表团',
    seat: `${person}排`,
    presence,
    has_photo: false,
  })
  const page = { seq: 20, total: 2, members: [member(1, '陈立群', 'remote'), member(2, '吴敏', 'absent')] }

  it('shows what happened after it was fetched, and nothing older', () => {
    const changes = {
      1: { presence: 'left', seq: 21 },
      2: { presence: 'present', seq: 20 },
    } as const
    expect(with_changes(page, changes).map((one) => one.presence)).toEqual(['left', 'absent'])
  })

  it('finds people by what they are known by', () => {
    const found = (text: string, only_absent = false) =>
      filter_members(page.members, { text, only_absent }).map((one) => one.person)
    expect(found('')).toEqual([1, 2])
    expect(found('吴')).toEqual([2])
    expect(found('n1')).toEqual([1])
    expect(found('2排')).toEqual([2])
    expect(found('', true)).toEqual([2])
    expect(found('王')).toEqual([])
  })
})
