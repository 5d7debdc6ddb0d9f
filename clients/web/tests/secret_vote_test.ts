import { describe, expect, it } from 'vitest'
import { build_profile, conducted, usual_choice } from '../src/office/rules'
import { empty_chamber, apply_message } from '../src/state/chamber'
import { shown_on } from '../src/state/hall'
import { lawful_steps } from '../src/state/next_step'
import { pick_vote } from '../src/state/selection'
import { choice_said, option_of } from '../src/state/marks'
import {
  context_of,
  key_of_server,
  no_part,
  secret_press_state,
  secret_said,
  secret_why_not,
  shares_progress,
  signed_of,
  type OwnPart,
} from '../src/state/secret_vote'
import { from_content } from '../src/wire/content'
import type { SecretPhase, SecretVoteView, ShareView, VoteState, VoteView } from '../src/wire/types'
import { a_floor, a_sitting, a_vote, an_agenda, some_items } from './views'

const bytes = (fill: number, length = 32) => Buffer.alloc(length, fill).toString('base64url')

const roll = {
  round: 2,
  question: bytes(1),
  rule: bytes(2),
  roll_root: bytes(3),
  list_length: 12,
  vote_generator: bytes(4),
  without: 0,
}

function share(number: number, changes: Partial<ShareView> = {}): ShareView {
  return {
    person: 90 + number,
    name: `持有人${number}`,
    number,
    given: false,
    wrong: false,
    overridden: false,
    cosigned: 0,
    ...changes,
  }
}

function a_secret(phase: SecretPhase, changes: Partial<SecretVoteView> = {}): SecretVoteView {
  return {
    phase,
    meeting_id: bytes(5, 16),
    vote_id: bytes(6, 16),
    shape: { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 },
    election_key: bytes(7),
    key_holders: bytes(8),
    words: '0417 1983 0052 1204',
    threshold: 2,
    with_key: 12,
    without_key: 0,
    roll: phase === 'to_call' ? null : roll,
    box_id: null,
    box: null,
    shredded: false,
    ...changes,
  }
}

function secret_vote(state: VoteState, secret: SecretVoteView, changes: Partial<VoteView> = {}): VoteView {
  return a_vote({ state, secret, item: 32, ...changes })
}

function sealed(shares: ShareView[]): SecretVoteView {
  return a_secret('sealed', {
    box: { root: bytes(9), file: bytes(10), ballots: 11, spoils: 1, contested: 0, shares },
  })
}

describe('the steps of a secret vote', () => {
  const steps = (vote: VoteView, acknowledged: number | null = null) => {
    const progress = { seq: 9, vote: vote.id, round: 2, acknowledged: acknowledged ?? 0, list_length: 12 }
    const course = {
      sitting: a_sitting(),
      agenda: an_agenda(
        some_items().map((item) => (item.id === 32 ? { ...item, state: 'put_to_vote' as const } : item)),
      ),
      floor: a_floor(),
      votes: [vote],
      others: [],
      rolls: acknowledged === null ? {} : { [vote.id]: progress },
    }
    return lawful_steps(course, 'chair').map(({ name, action, blocked }) => [
      name,
      action?.method ?? null,
      blocked?.by ?? null,
    ])
  }

  it('begin with the list, which needs enough consoles', () => {
    expect(steps(secret_vote('prepared', a_secret('to_call')))[0]).toEqual(['call_roll', 'roll.call', null])
    const few = a_secret('to_call', { with_key: 4 })
    expect(steps(secret_vote('prepared', few))[0]).toEqual(['call_roll', null, 'keys'])
  })

  it('open only when every console on the list has signed', () => {
    const called = secret_vote('prepared', a_secret('called'))
    for (const signed of [null, 0, 11]) {
      expect(steps(called, signed).slice(0, 2)).toEqual([
        ['open_vote', null, 'roll'],
        ['call_roll_again', 'roll.call', null],
      ])
    }
    expect(steps(called, 12)[0]).toEqual(['open_vote', 'vote.open', null])
    const other_round = secret_vote('prepared', a_secret('called', { roll: { ...roll, round: 3 } }))
    expect(steps(other_round, 12)[0]).toEqual(['open_vote', null, 'roll'])
  })

  it('close, wait for the box and the shares, and end as ever', () => {
    expect(steps(secret_vote('open', a_secret('open')))[0]).toEqual(['close_vote', 'vote.close', null])
    expect(steps(secret_vote('closed', a_secret('closed')))).toEqual([['await_sealing', null, 'seal']])
    const opening = sealed([share(1, { given: true }), share(2), share(3, { wrong: true })])
    expect(steps(secret_vote('closed', opening))).toEqual([['await_shares', null, 'shares']])
    expect(steps(secret_vote('decided', a_secret('opened')))[0]).toEqual([
      'announce_vote',
      'vote.announce',
      null,
    ])
    for (const void_reason of ['ballot_key_lost', 'equipment_failure'] as const) {
      const voided = secret_vote('voided', a_secret('ended'), { void_reason })
      expect(
        steps(voided)
          .map(([name]) => name)
          .slice(0, 2),
      ).toEqual(['retry_on_paper', 'retry_vote'])
    }
    const stopped = secret_vote('voided', a_secret('ended'), { void_reason: 'disorder' })
    expect(steps(stopped)[0]).toEqual(['retry_vote', 'vote.retry', null])
  })

  it('name who has given, who is wrong and how many are missing', () => {
    const { given, wrong, awaited, missing } = shares_progress(
      sealed([share(1, { given: true, wrong: true }), share(2, { wrong: true }), share(3)]),
    )
    expect([given, wrong, awaited].map((list) => list.map((one) => one.number))).toEqual([[1], [2], [3]])
    expect(missing).toBe(1)
    expect(shares_progress(a_secret('closed')).missing).toBe(2)
  })

  it('bring the vote everybody waits for to every screen', () => {
    const announced = a_vote({ id: 50, state: 'announced', item: 32, opened_at_ms: 5 })
    for (const [state, phase] of [
      ['prepared', 'called'],
      ['closed', 'closed'],
      ['closed', 'sealed'],
    ] as const) {
      const vote = secret_vote(state, a_secret(phase))
      const chamber = { ...empty_chamber, votes: { 50: announced, [vote.id]: vote } }
      expect(pick_vote(chamber, a_sitting())?.id, phase).toBe(vote.id)
    }
    const closed = secret_vote('closed', a_secret('sealed'))
    expect(shown_on('main', a_sitting(), some_items(), a_floor(), [announced, closed])).toEqual({
      kind: 'vote',
      vote: closed,
    })
  })

  it('are told how far they are', () => {
    const told = apply_message(empty_chamber, {
      method: 'roll.progress',
      params: { seq: 4, vote: 51, round: 2, acknowledged: 3, list_length: 12 },
    })
    expect(signed_of(a_secret('called'), told.rolls[51])).toBe(3)
    expect(signed_of(a_secret('called'), undefined)).toBe(null)
    const confirmed = apply_message(told, {
      method: 'box.progress',
      params: { seq: 5, vote: 51, confirmed: 8, list_length: 12 },
    })
    expect(confirmed.boxes[51]?.confirmed).toBe(8)
    expect(confirmed.seq).toBe(5)
  })
})

describe('a console in a secret vote', () => {
  const listed: OwnPart = { ...no_part, list: 'signed' }
  const keys = { recorded: null, recording: null, why_not: null }
  const open = (changes: Partial<VoteView> = {}) => secret_vote('open', a_secret('open'), changes)

  it('lets only those press who signed the list', () => {
    expect(secret_why_not(open(), listed)).toBe(null)
    expect(secret_why_not(open(), no_part)).toBe('checking')
    for (const list of ['not_listed', 'key_differs'] as const)
      expect(secret_why_not(open(), { ...no_part, list })).toBe(list)
    expect(secret_why_not(secret_vote('held', a_secret('open')), no_part)).toBe(null)
  })

  it('never says which key was pressed', () => {
    const received = { ...listed, received: '0000-1111-2222-3333' }
    const named = { recorded: 'approve', recording: 'oppose', why_not: null } as const
    expect(secret_press_state(named, open(), received)).toEqual(keys)
  })

  it('locks after the first press where that counts', () => {
    const first = open({ press: 'first' })
    const received = { ...listed, received: '0000-1111-2222-3333' }
    expect(secret_press_state(keys, first, listed).why_not).toBe(null)
    expect(secret_press_state(keys, first, { ...listed, sending: 'x' }).why_not).toBe('recording')
    expect(secret_press_state(keys, first, received).why_not).toBe('first_press_counts')
    expect(secret_press_state(keys, open(), received).why_not).toBe(null)
    expect(secret_press_state({ ...keys, why_not: 'held' }, first, received).why_not).toBe('held')
  })

  it('says what became of the press', () => {
    const rows: [Partial<OwnPart>, boolean, boolean, string][] = [
      [{}, true, true, 'please'],
      [{}, true, false, 'waiting'],
      [{ is_sealing: true }, true, true, 'sealing'],
      [{ sending: 'x' }, true, true, 'sending'],
      [{ sending: 'x', received: 'y' }, false, true, 'unsent'],
      [{ received: 'y' }, true, true, 'received'],
      [{ received: 'y', is_spoiled: true }, true, true, 'spoiled'],
    ]
    for (const [changes, is_linked, may_press, said] of rows)
      expect(secret_said({ ...listed, ...changes }, is_linked, may_press), said).toBe(said)
  })

  it('spells choices as ballots do', () => {
    expect((['abstain', 'approve', 'oppose'] as const).map(option_of)).toEqual([0, 1, 2])
    expect(choice_said(Uint8Array.of(2))).toBe('oppose')
    for (const nothing of [null, Uint8Array.of(3), new Uint8Array(0)]) expect(choice_said(nothing)).toBe(null)
  })

  it('binds ballots to what the view says', () => {
    const context = context_of('plenum.example', a_secret('called'))!
    expect(context).toMatchObject({ origin: 'plenum.example', round: 2, list_length: 12 })
    expect(context.vote).toEqual(from_content(bytes(6, 16)))
    expect(context.vote_generator).toEqual(from_content(bytes(4)))
    expect(context_of('plenum.example', a_secret('to_call'))).toBe(null)
  })

  it('reads the key of the server out of its line', () => {
    const spelled = Buffer.concat([Buffer.of(1), Buffer.alloc(32, 200)]).toString('base64')
    expect(key_of_server(`plenum.test/a+00aa11bb+${spelled}`)).toEqual(new Uint8Array(32).fill(200))
    const other = Buffer.concat([Buffer.of(2), Buffer.alloc(32, 200)]).toString('base64')
    for (const wrong of ['', `plenum.test/a+00aa11bb+${other}`, `a+00aa11bb+${spelled.slice(4)}`, spelled])
      expect(key_of_server(wrong), wrong).toBe(null)
  })
})

describe('a rule with secret consoles', () => {
  const choice = { ...usual_choice, is_secret: true }

  it('is another rule, with an id and a name of its own', () => {
    const made = build_profile('standing_committee', 'over_half', choice)
    const named = build_profile('standing_committee', 'over_half', usual_choice)
    expect(made).toMatchObject({ secrecy: 'secret', method: 'console', id: `${named.id}.secret` })
    expect(made.name.zh).not.toBe(named.name.zh)
    expect(named.secrecy).toBe('named')
    expect(conducted(named, choice)).toMatchObject({ id: `${named.id}.secret`, secrecy: 'secret' })
  })

  it('is not made of a rule by groups, by hands or on paper', () => {
    const grouped = build_profile('standing_committee', 'over_half', usual_choice)
    const by_groups = { ...grouped, groups: ['甲'] }
    expect(conducted(by_groups, choice)).toMatchObject({ secrecy: 'named', id: grouped.id })
    const hands = build_profile('standing_committee', 'over_half', { ...choice, method: 'hands' })
    expect(hands.secrecy).toBe('named')
    const paper = build_profile('standing_committee', 'over_half', { ...choice, method: 'paper' })
    expect(paper.id).not.toMatch(/secret$/)
  })
})
