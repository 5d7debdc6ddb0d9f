import { describe, expect, it } from 'vitest'
import { item_lines, item_words } from '../src/state/agenda'
import { kinds_to_ask, moved, my_floor, question_of, questions_for, time_left } from '../src/state/floor'
import { empty_chamber } from '../src/state/chamber'
import { shown_on, sitting_on_wall, stale_seconds, wall_address } from '../src/state/hall'
import { as_count, vote_to_count, why_not_counted } from '../src/state/hands'
import type { FloorView, HallContent, ItemView, SittingView, VoteView } from '../src/wire/types'
import { a_floor, a_result, a_sitting, a_speech, a_vote, an_item, some_items } from './views'

const opened = { opened_at_ms: 1000, present: 331 }
const result = a_result()
const decided_at_ms = 1500
const speaking = a_speech(60, { granted_at_ms: 2000, state: 'speaking' })

function kind(
  sitting: Partial<SittingView>,
  votes: VoteView[] = [],
  floor: Partial<FloorView> = {},
  items: ItemView[] = some_items(),
  screen = 'main',
): string {
  return shown_on(screen, a_sitting(sitting), items, a_floor(floor), votes).kind
}

function set(content: HallContent, message = '') {
  return { screens: [{ screen: 'main', content, message }] }
}

describe('a hall screen left to itself', () => {
  const running = a_vote({ ...opened, state: 'open' })
  const announced = a_vote({ ...opened, state: 'announced', result, decided_at_ms })
  type Row = [string, Partial<SittingView>, VoteView[], Partial<FloorView>, string]
  const rows: Row[] = [
    ['an open vote before everything', {}, [announced, { ...running, id: 52 }], { speaking }, 'vote'],
    ['a vote on hold', {}, [{ ...running, state: 'held' }], {}, 'vote'],
    ['a vote whose result is not out yet', {}, [{ ...running, state: 'decided' }], {}, 'vote'],
    ['the result', {}, [announced], {}, 'result'],
    [
      'the result before a speaker from before the vote',
      {},
      [announced],
      { speaking: { ...speaking, granted_at_ms: 500 } },
      'result',
    ],
    [
      'the result before a speaker who was granted the floor while the vote was open',
      {},
      [announced],
      { speaking: { ...speaking, granted_at_ms: 1200 } },
      'result',
    ],
    ['a speaker who came after the result', {}, [announced], { speaking }, 'speaker'],
    ['a void attempt until the next one', {}, [a_vote({ ...opened, state: 'voided' })], {}, 'void'],
    ['the speaker', {}, [], { speaking }, 'speaker'],
    ['the recess', { state: 'recess' }, [], {}, 'recess'],
    ['the recess after a result', { state: 'recess' }, [announced], {}, 'recess'],
    ['the item', {}, [a_vote()], {}, 'item'],
    ['the item once the next is called', { active_item: 33 }, [announced], {}, 'item'],
    [
      'the item once one is called after the vote on the agenda',
      {},
      [a_vote({ ...opened, item: null, adopts_agenda: true, state: 'announced', result })],
      {},
      'item',
    ],
    ['the state of the sitting otherwise', { active_item: null }, [], {}, 'nothing'],
  ]
  it.each(rows)('shows %s', (_name, sitting, votes, floor, expected) => {
    expect(kind(sitting, votes, floor)).toBe(expected)
  })
})

describe('a wall beside several sittings', () => {
  const plenary = a_sitting({ id: 40, state: 'recess' })
  const presidium = a_sitting({ id: 41, body: 11, body_kind: 'presidium' })
  const delegation = a_sitting({ id: 42, body: 12, body_kind: 'delegation' })
  const rows: [string, SittingView[], number | null, number | null][] = [
    ['the plenary in its recess', [plenary, presidium, delegation], null, 40],
    ['the plenary before it begins', [{ ...plenary, state: 'draft' }, delegation], null, 40],
    ['the plenary that sits before the next one', [a_sitting({ id: 39 }), plenary], null, 39],
    ['a committee like any plenary', [{ ...plenary, body_kind: 'standing_committee' }, delegation], null, 40],
    ['what still sits once the plenary is closed', [{ ...plenary, state: 'closed' }, delegation], null, 42],
    ['the plenary once all are closed', [{ ...plenary, state: 'closed' }], null, 40],
    ['the one in its address', [plenary, presidium, delegation], 42, 42],
    ['the plenary when that one is gone', [plenary, presidium], 42, 40],
    ['nothing', [], null, null],
  ]
  it.each(rows)('shows %s', (_name, sittings, wanted, expected) => {
    const known = Object.fromEntries(sittings.map((one) => [one.id, one]))
    expect(sitting_on_wall({ ...empty_chamber, sittings: known }, wanted)?.id ?? null).toBe(expected)
  })

  it.each(['main', '主席台', 'a&b #1+2%'])('is found again by the address of a screen named %s', (name) => {
    const address = new URL(wall_address('https://hall.example', 40, name))
    expect([...address.searchParams.entries()]).toEqual([['sitting', '40'], ['screen', name]])
    expect(address.hash).toBe('')
  })
})

describe('a hall screen that was set', () => {
  const rows: [HallContent, string][] = [
    ['blank', 'blank'],
    ['attendance', 'attendance'],
    ['agenda', 'agenda'],
    ['item', 'item'],
    ['message', 'message'],
    ['vote', 'nothing'],
    ['speaker', 'nothing'],
  ]
  it.each(rows)('to %s shows %s', (content, expected) => expect(kind(set(content, '请就座'))).toBe(expected))

  it('shows its own content, and others theirs', () => {
    const running = a_vote({ ...opened, state: 'open' })
    expect(kind(set('blank'), [running], {}, some_items(), 'podium')).toBe('vote')
    expect(kind(set('blank'), [running])).toBe('blank')
  })

  it('shows nothing but the number of a closed item', () => {
    const items = [an_item(32, 'reading', { is_closed: true, title: '', number: '二、' })]
    expect(kind({}, [], {}, items)).toBe('closed')
    expect(kind({}, [a_vote({ ...opened, state: 'open' })], {}, items)).toBe('closed')
    expect(kind({}, [], { speaking }, items)).toBe('closed')
    expect(kind({}, [a_vote({ ...opened, item: null, state: 'open' })], {}, items)).toBe('vote')
  })
})

describe('old data', () => {
  it.each([
    [0, null],
    [3000, null],
    [3001, 3],
    [12_900, 12],
  ])('%i ms of silence are shown as %s', (silent_ms, shown) => expect(stale_seconds(silent_ms)).toBe(shown))
})

describe('the floor', () => {
  const queue = [a_speech(60), a_speech(61, { person: 18 }), a_speech(62, { person: 19 })]

  it('tells a person the place in the queue', () => {
    expect(my_floor(a_floor({ queue }), 18)).toMatchObject({ waiting: { id: 61 }, place: 2, speaking: null })
    expect(my_floor(a_floor({ queue }), 99)).toMatchObject({ waiting: null, place: 0 })
    expect(my_floor(a_floor({ speaking }), 17).speaking!.id).toBe(60)
  })

  it('asks for the signature of exactly what is not signed', () => {
    const ended = [
      a_speech(63, { minutes: 'B'.repeat(43) }),
      a_speech(64, { minutes: 'B'.repeat(43), is_signed: true }),
      a_speech(65),
      a_speech(66, { minutes: 'B'.repeat(43), person: 18 }),
    ]
    expect(my_floor(a_floor({ ended }), 17).to_sign.map((speech) => speech.id)).toEqual([63])
  })

  it('pairs an answer with its question, whether that was asked, is being asked or waits', () => {
    const asked = [60, 61, 62].map((id) => a_speech(id, { person: id, speech_kind: 'question' }))
    const answer = (answers: number | null) => a_speech(70, { speech_kind: 'answer', answers })
    const floor = a_floor({ ended: [asked[0]!, a_speech(59)], speaking: asked[1]!, queue: [asked[2]!] })
    for (const question of asked) expect(question_of(floor, answer(question.id))).toBe(question)
    expect(question_of(floor, answer(50))).toBeNull() // So long ago that no screen knows of it.
    expect(question_of(floor, a_speech(71))).toBeNull()
    expect(questions_for(floor, 61).map((one) => one.id)).toEqual([60, 62])
    expect(kinds_to_ask(questions_for(floor, 61))).toContain('answer')
    expect(kinds_to_ask(questions_for(a_floor({ queue: [a_speech(60)] }), 61))).not.toContain('answer')
  })

  it('moves a request by one place, and not beyond the ends', () => {
    expect(moved(queue, 61, -1)).toEqual([61, 60, 62])
    expect(moved(queue, 61, 1)).toEqual([60, 62, 61])
    expect(moved(queue, 60, -1)).toBeNull()
    expect(moved(queue, 62, 1)).toBeNull()
    expect(moved(queue, 99, 1)).toBeNull()
  })

  it.each([
    [600_000, 300_000, 'plenty', 302_000],
    [600_000, 545_000, 'soon', 57_000],
    [600_000, 603_000, 'over', -1000],
    [0, 65_000, 'none', 63_000],
  ])('with %i ms at %i is %s', (limit_ms, now_ms, expected, ms) => {
    expect(time_left({ ...speaking, limit_ms }, 60_000, now_ms)).toEqual({ kind: expected, ms })
  })
})

describe('an agenda', () => {
  it('is a tree with headings', () => {
    const items = [
      an_item(31, 'adopted'),
      an_item(34, 'adopted', { parent: 31 }),
      an_item(35, 'adopted', { parent: 34 }),
      an_item(32, 'adopted'),
    ]
    const lines = item_lines(items)
    expect(lines.map((line) => line.depth)).toEqual([0, 1, 2, 0])
    expect(lines.map((line) => line.is_heading)).toEqual([true, true, false, false])
  })

  it('names a closed item by its number alone', () => {
    expect(item_words(an_item(31, 'adopted'), 'closed')).toBe('一、议题31')
    expect(item_words(an_item(31, 'adopted', { title: '', is_closed: true }), 'closed')).toBe('一、closed')
  })
})

describe('counting hands', () => {
  const hands = { electors: 30, counted: [], agreed: false }
  const vote = a_vote({ ...opened, state: 'open', vote_method: 'hands', hands })

  it('is asked for while a vote with hands runs', () => {
    expect(vote_to_count([a_vote({ state: 'open' }), vote])).toBe(vote)
    expect(vote_to_count([{ ...vote, state: 'decided' }])).toBeNull()
    expect(vote_to_count([{ ...vote, hands: { ...hands, electors: 0 } }])).toBeNull()
  })

  it.each([
    [[20, 5, 5], null],
    [[20, 5, 6], 'too_many'],
    [[20, null, 5], 'incomplete'],
    [[0, 0, 0], null],
  ])('%j: %s', (numbers, why) => expect(why_not_counted(vote, numbers)).toBe(why))

  it('waits while the vote is on hold', () => {
    expect(why_not_counted({ ...vote, state: 'held' }, [1, 1, 1])).toBe('held')
    expect(as_count([1, 2, null])).toEqual({ approve: 1, oppose: 2, abstain: 0 })
  })
})
