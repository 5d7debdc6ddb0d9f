import { describe, expect, it } from 'vitest'
import {
  as_candidates,
  build_list,
  build_sheet,
  first_extra,
  has_base_of_lists,
  lawful_extra,
  list_after,
  names_in,
  type ListDraft,
} from '../src/office/ballot_lists'
import { basis_words, books_for, read_book, shipped_books } from '../src/office/rule_books'
import { build_profile, conducted, usual_choice } from '../src/office/rules'
import {
  as_ballots,
  as_grades,
  as_list,
  counts_state,
  draft_of,
  empty_draft,
  is_void,
  misfit_of,
  with_write_in,
  type CountDraft,
} from '../src/state/ballots'
import { calls_for, listed, status_key } from '../src/state/list_result'
import { vote_steps } from '../src/state/vote_steps'
import { needed_of } from '../src/state/threshold'
import type {
  BallotList,
  PlacesDecided,
  RosterMember,
  TellerBallots,
  VoteView,
} from '../src/wire/types'
import { a_result, a_vote } from './views'

const candidates = ['甲', '乙', '丙'].map((name) => ({ name, person: null }))

const an_election: BallotList = {
  list_kind: 'differential_election',
  candidates,
  places: { places: 2, majority: { num: 1, den: 2, strict: true, base: 'all_members' }, tie: 'revote' },
  ballot: { marks_max: 2, write_in: 'requires_opposition', blank: 'abstain' },
  extra: { min: 1, max: 1, basis: { law: '组织法', article: '27', version_date: '' } },
  follows: null,
}

function on_paper(more: Partial<VoteView> = {}): VoteView {
  return {
    ...a_vote({ id: 7 }),
    state: 'open',
    vote_method: 'paper',
    ballots: {
      electors: 10,
      rooms: [],
      counted: [],
      agreed: false,
      missing: null,
      rooms_of_groups: [],
      box: null,
    },
    ...more,
  }
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

describe('counting ballots', () => {
  const plain = on_paper()
  it.each([
    ['whole', [10, 9, 1], [[5, 2, 1]], null],
    ['too many given out', [11, 9, 1], [[5, 2, 1]], 'issued'],
    ['more came back than were given out: recorded as it is', [9, 10, 1], [[5, 2, 2]], null],
    ['does not add up', [10, 9, 1], [[5, 2, 2]], 'adds_up'],
  ] as const)('%s', (_name, box, lines, why) => {
    const draft = filled(plain, [...box], lines.map((line) => [...line]))
    expect(misfit_of(plain, draft, null)?.why ?? null).toBe(why)
    expect(is_void(draft)).toBe(box[1] > box[0])
  })

  it('nothing is sent half filled in', () => {
    expect(misfit_of(plain, empty_draft(plain), null)?.why).toBe('incomplete')
    expect(misfit_of({ ...plain, state: 'held' }, empty_draft(plain), null)?.why).toBe('held')
  })

  const election = on_paper({ list: an_election, list_of: 'persons' })
  const good = [[5, 2, 1], [4, 4, 0], [6, 0, 2]]
  it.each([
    ['whole', [10, 9, 1], good, null],
    ['a line larger than the valid ballots', [10, 9, 1], [[7, 2, 0], ...good.slice(1)], 'line'],
    ['more chosen than places', [10, 9, 1], [[8, 0, 0], [8, 0, 0], [1, 0, 0]], 'chosen'],
  ] as const)('of a list: %s', (_name, box, lines, why) => {
    const draft = filled(election, [...box], lines.map((line) => [...line]))
    expect(misfit_of(election, draft, null)?.why ?? null).toBe(why)
  })

  it('names written in follow the ballot, in the order of their bytes', () => {
    let draft = filled(election, [10, 9, 1], good)
    draft = with_write_in(with_write_in(draft, ''), '丁')
    expect(misfit_of(election, draft, null)).toEqual({ why: 'named', line: '' })
    const lines = draft.lines.map((line, at) =>
      at < 3 ? line : { ...line, name: at === 3 ? '戊' : '丁', numbers: [at === 3 ? 0 : 1] },
    )
    expect(misfit_of(election, { ...draft, lines }, null)).toEqual({ why: 'write_in', line: '戊' })
    const sent = as_list(election, { ...draft, lines })
    expect(sent.list.map((line) => line.name)).toEqual(['甲', '乙', '丙', '丁', '戊'])
    expect(sent.list.at(-1)).toEqual({ name: '戊', approve: 0, oppose: 0, abstain: 0, is_write_in: true })
  })

  it.each([
    ['on the ballot already', [['甲', 1]], 'twice'],
    ['written twice', [['丁', 1], [' 丁 ', 1]], 'twice'],
    ['more than opposed', [['丁', 4], ['戊', 3]], 'opposed'],
    ['as many as opposed', [['丁', 4], ['戊', 2]], null],
  ] as [string, [string, number][], string | null][])('a name written in: %s', (_name, written, why) => {
    const draft = filled(election, [10, 9, 1], [[3, 2, 1], [2, 4, 0], [2, 0, 2]])
    for (const [name, votes] of written)
      draft.lines.push({ name, is_write_in: true, numbers: [votes] })
    expect(misfit_of(election, draft, null)?.why ?? null).toBe(why)
    const freely = { ...an_election, ballot: { ...an_election.ballot, write_in: 'allowed' as const } }
    const allowed = misfit_of(on_paper({ list: freely }), draft, null)
    expect(allowed?.why ?? null).toBe(why === 'opposed' ? null : why)
  })

  it.each([
    [0, null, null],
    [9, '东厅', 'room'],
    [9, null, null],
    [10, '东厅', null],
    [0, '东厅', null],
  ])('%i ballots of room %s', (collected, room, why) => {
    const draft = filled(plain, [10, collected, 0], [[collected, 0, 0]])
    expect(misfit_of(plain, draft, room)?.why ?? null).toBe(why)
  })

  it('tellers differ only within one room', () => {
    const by = (teller: number, room: string | null, approve: number): TellerBallots => ({
      teller,
      name: '',
      room,
      ballots: { issued: 10, collected: 10, invalid: 0, approve, oppose: 10 - approve, abstain: 0 },
      list: null,
      grades: null,
    })
    const state = (...counted: TellerBallots[]) =>
      counts_state({ ...plain.ballots!, rooms: ['东厅', '西厅'], counted })
    expect(state()).toBe('waiting')
    expect(state(by(1, '东厅', 8), by(2, '西厅', 3))).toBe('waiting')
    expect(state(by(1, '东厅', 8), by(2, '东厅', 8), by(1, '西厅', 3))).toBe('waiting')
    expect(state(by(1, '东厅', 8), by(1, '西厅', 3), by(2, '西厅', 4))).toBe('differ')
    expect(counts_state({ ...plain.ballots!, counted: [by(1, null, 8)], agreed: true })).toBe('agreed')
  })

  const sheet = build_sheet(['财政局', '教育局'], 'three', 'valid')
  const graded = on_paper({ grades: sheet })
  it('each object has as many grades as sheets came back', () => {
    const draft = { ...filled(graded, [10, 9, 0], [[5, 2, 1, 1], [6, 2, 1, 0]]), invalid: null }
    expect(misfit_of(graded, draft, null)).toBeNull()
    const short = { ...filled(graded, [10, 9, 0], [[5, 2, 1, 1], [6, 2, 0, 0]]), invalid: null }
    expect(misfit_of(graded, short, null)).toEqual({ why: 'adds_up', line: '教育局' })
    expect(as_grades(draft).objects[0]).toEqual({ object: '财政局', counts: [5, 2, 1], invalid: 1 })
  })

  it('only a room the rule itself asks for counts a few ballots', () => {
    const rooms = { ...plain.ballots!, rooms: ['代表', '居民'], rooms_of_groups: ['代表'] }
    const few = filled(plain, [10, 7, 0], [[7, 0, 0]])
    expect(misfit_of({ ...plain, ballots: rooms }, few, '代表')).toBeNull()
    expect(misfit_of({ ...plain, ballots: rooms }, few, '居民')?.why).toBe('room')
  })

  it('what was sent comes back as it was typed', () => {
    const who = { teller: 3, name: '张', room: null, ballots: null, list: null, grades: null }
    const draft = filled(plain, [10, 9, 1], [[5, 2, 1]])
    expect(draft_of(plain, { ...who, ballots: as_ballots(draft) })).toEqual(draft)
    const of_list = filled(election, [10, 9, 1], good)
    expect(draft_of(election, { ...who, list: as_list(election, of_list) })).toEqual(of_list)
    const of_grades = { ...filled(graded, [10, 9, 0], [[5, 2, 1, 1], [6, 2, 1, 0]]), invalid: null }
    expect(draft_of(graded, { ...who, grades: as_grades(of_grades) })).toEqual(of_grades)
  })

  it('a count closes once the tellers agree; consoles that failed go on by hands or on paper', () => {
    expect(vote_steps(plain)[0]).toMatchObject({ name: 'close_ballots', blocked: { by: 'ballots' } })
    const agreed = on_paper({ ballots: { ...plain.ballots!, agreed: true } })
    expect(vote_steps(agreed)[0]?.blocked).toBeUndefined()
    const failed = { ...a_vote({ id: 7 }), state: 'voided', void_reason: 'equipment_failure' } as VoteView
    expect(vote_steps(failed).map((step) => step.name)).toEqual([
      'retry_by_hands',
      'retry_on_paper',
      'retry_vote',
    ])
  })
})

describe('lists', () => {
  it('as many candidates more as the law says, and none where its share is no whole number', () => {
    const of = (basis: Parameters<typeof lawful_extra>[0], seats: number) => {
      const extra = lawful_extra(basis, seats)
      return extra ? [extra.min, extra.max] : null
    }
    expect(of('chief', 1)).toEqual([1, 1])
    expect(of('deputy_chief', 4)).toEqual([1, 3])
    expect(of('members', 30)).toEqual([3, 6])
    expect(of('members', 4)).toBeNull()
    expect(of('deputies', 10)).toEqual([2, 5])
    expect(of('method', 5)).toBeNull()
  })

  it('names stand as they were typed, with the member of that name where there is one', () => {
    expect(names_in(' 甲 \r\n\n乙\n')).toEqual(['甲', '乙'])
    const members = [
      { person: 1, name: '甲' },
      { person: 2, name: '乙' },
      { person: 3, name: '乙' },
    ] as RosterMember[]
    expect(as_candidates(['甲', '乙', '丙'], members)).toEqual([
      { name: '甲', person: 1 },
      { name: '乙', person: null },
      { name: '丙', person: null },
    ])
  })

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
  it('projects and primaries have no names written in, and only what needs a majority has one', () => {
    expect(build_list(draft, rule)).toMatchObject({
      places: { places: 2, majority: null },
      ballot: { marks_max: 2, write_in: 'none' },
    })
    expect(build_list({ ...draft, needs_majority: true }, rule).places.majority).toEqual(rule.majority)
    expect(build_list({ ...draft, kind: 'primary', needs_majority: true }, rule).places.majority).toBeNull()
    expect(build_list({ ...draft, kind: 'equal_election' }, rule).ballot.write_in).toBe('allowed')
  })

  it('a share of those present is taken of all members: ballots do not tell who was there', () => {
    const choice = { ...usual_choice, majority: 'over_half_of_present' as const, method: 'paper' as const }
    const other = build_profile('congress', 'over_half', choice)
    expect(has_base_of_lists(other)).toBe(false)
    expect(has_base_of_lists(rule)).toBe(true)
    const made = build_list({ ...draft, kind: 'equal_election' }, other)
    expect(made.places.majority).toEqual({ ...other.majority, base: 'all_members' })
  })

  it('a separate election starts from the extra candidates of the one before', () => {
    const extra = { min: 1, max: 3, basis: { law: '组织法', article: '27', version_date: '2022-03-11' } }
    expect(first_extra({ ...draft, kind: 'separate_election', extra })).toEqual(extra)
    expect(first_extra(null)).toEqual({
      min: 1,
      max: 1,
      basis: { law: '选举办法', article: '', version_date: '' },
    })
  })

  function ended(outcome: PlacesDecided['outcome'], votes: number[]): VoteView {
    const list = candidates.map(({ name }, at) => ({
      name,
      approve: votes[at]!,
      oppose: 0,
      abstain: 0,
      is_write_in: false,
    }))
    const places = { counted: { issued: 10, collected: 10, invalid: 0, list }, outcome }
    const result = { ...a_result(), places } as unknown as VoteView['result']
    return on_paper({ state: 'announced', list: an_election, list_of: 'persons', result, followed_by: null })
  }

  const open = { base: 10, need: 6, tied: [], tied_places: 0, unfilled: 0 }
  it('a tie is voted on by the tied only, a shortfall by all not elected, most votes first', () => {
    const tie = ended(
      { ...open, status: 'tie_revote_needed', elected: [0], tied: [1, 2], tied_places: 1 },
      [8, 7, 7],
    )
    expect(calls_for(tie)).toBe('tie_revote')
    expect(list_after(tie, 'tie_revote')).toMatchObject({
      kind: 'tie_revote',
      seats: 1,
      candidates: [{ name: '乙' }, { name: '丙' }],
      follows: 7,
      extra: null,
    })
    const short = ended(
      { ...open, status: 'shortfall_separate_election', elected: [0], unfilled: 1 },
      [8, 3, 5],
    )
    expect(calls_for(short)).toBe('separate_election')
    expect(list_after(short, 'separate_election')).toMatchObject({
      seats: 1,
      candidates: [{ name: '丙' }, { name: '乙' }],
      extra: { min: 1 },
    })
    expect(calls_for({ ...short, followed_by: 9 })).toBeNull()
    const void_one = ended(
      { ...open, status: 'void_more_collected_than_issued', elected: [], unfilled: 2 },
      [8, 3, 5],
    )
    expect(calls_for(void_one)).toBeNull()
    expect(status_key(short, short.result!.places!)).toBe('places.status.shortfall_separate_election')
    // A re-vote or shortfall among projects is one of projects, whatever its list is called.
    const projects = { ...short, list_of: 'projects' as const }
    expect(calls_for(projects)).toBeNull()
    expect(status_key(projects, short.result!.places!)).toBe('places.short_of_projects')
    expect(listed(short, short.result!.places!).map((line) => [line.name, line.standing])).toEqual([
      ['甲', 'elected'],
      ['乙', 'not_elected'],
      ['丙', 'not_elected'],
    ])
  })
})

describe('books of rules', () => {
  it('every kind of body has one', () => {
    const kinds = [
      'congress',
      'standing_committee',
      'council_of_chairs',
      'presidium',
      'delegation',
      'town_congress',
      'street_deliberation',
      'assembly',
    ] as const
    for (const kind of kinds) expect(books_for(kind).length).toBeGreaterThan(0)
    expect(new Set(shipped_books.map((book) => book.id)).size).toBe(shipped_books.length)
  })

  it('how a vote is conducted leaves alone what the book fixes', () => {
    const rule = books_for('standing_committee')[0]!.rules[0]!
    const made = conducted(rule, { ...usual_choice, close: 'timer', window_seconds: 20 })
    expect(made).toEqual({ ...rule, close: 'timer', window_ms: 20_000, result: 'delayed', press: 'last' })
  })

  it('articles get their words only where they are bare numbers', () => {
    const rule = books_for('congress')[0]!.rules[0]!
    const words = (...articles: string[]) =>
      basis_words({
        ...rule,
        legal_basis: articles.map((article) => ({ law: '组织法', article, version_date: '' })),
      })
    expect(words('14', '25')).toBe('组织法 第14、25条')
    expect(words('第二十七条')).toBe('组织法 第二十七条')
    expect(words('25', '第二十七条第二款')).toBe('组织法 第25条、第二十七条第二款')
  })

  it('thresholds are whole numbers', () => {
    const need = (num: number, den: number, strict: boolean, base: number) =>
      needed_of({ num, den, strict, base: 'all_members' }, base)
    expect([need(1, 2, true, 352), need(2, 3, false, 352), need(1, 3, false, 705)]).toEqual([177, 235, 235])
  })

  it('reads a file of rules, and nothing else', () => {
    expect(read_book('{')).toBeNull()
    expect(read_book('[]')).toBeNull()
    expect(read_book('{"rules":1}')).toBeNull()
    expect(read_book(JSON.stringify(shipped_books[0]))).toEqual(shipped_books[0])
  })
})
