import { describe, expect, it } from 'vitest'
import { blocked_words, script_words } from '../src/chair/step_words'
import { lawful_steps, next_step, type Course } from '../src/state/next_step'
import type { FloorView, ItemView, Role, SittingView, VoteView } from '../src/wire/types'
import { a_floor, a_sitting, a_speech, a_vote, an_agenda, an_item, some_counts, some_items } from './views'

const few = { ...some_counts, present: 198, absent: 154 }
const drafts = [an_item(31, 'draft'), an_item(32, 'draft')]
const done = [an_item(31, 'decided'), an_item(32, 'decided')]
const opened = { opened_at_ms: 1, present: 331 }
const hands = { electors: 331, counted: [], agreed: false }

interface Setting {
  sitting?: Partial<SittingView>
  items?: ItemView[]
  votes?: VoteView[]
  floor?: Partial<FloorView>
  others?: SittingView[]
}

function course({ sitting, items, votes, floor, others }: Setting): Course {
  return {
    sitting: a_sitting(sitting),
    agenda: an_agenda(items ?? some_items()),
    floor: a_floor(floor),
    votes: votes ?? [],
    others: others ?? [],
  }
}

function names(setting: Setting, role: Role = 'chair'): string[] {
  return lawful_steps(course(setting), role).map((step) => step.name)
}

/** The second item, of a kind and in a state; it is before the sitting. */
function at(item_kind: ItemView['item_kind'], state: ItemView['state']): ItemView[] {
  return [an_item(31, 'decided'), an_item(32, state, { item_kind }), an_item(33, 'adopted')]
}

describe('the course of a sitting', () => {
  const rows: [string, Setting, string[]][] = [
    ['signing in', { sitting: { state: 'signing_in' } }, ['open_sitting']],
    ['recess', { sitting: { state: 'recess' } }, ['resume_sitting']],
    ['closed', { sitting: { state: 'closed' } }, []],
    [
      'closed before the announcement',
      { sitting: { state: 'closed' }, votes: [a_vote({ ...opened, state: 'decided' })] },
      ['announce_vote'],
    ],
    ['closed with a vote never opened', { sitting: { state: 'closed' }, votes: [a_vote()] }, []],
    ['agenda not adopted', { items: drafts, sitting: { active_item: null } }, ['adopt_agenda']],
    [
      'a vote on the agenda is prepared',
      {
        items: drafts,
        sitting: { active_item: null },
        votes: [a_vote({ item: null, adopts_agenda: true })],
      },
      ['open_vote', 'adopt_agenda'],
    ],
    [
      'agenda adopted, nothing called',
      { items: [an_item(31, 'adopted')], sitting: { active_item: null } },
      ['activate_item'],
    ],
    ['new items do not interrupt', { items: [...some_items(), ...drafts], votes: [a_vote()] }, ['open_vote']],
    [
      'new items are adopted before the end',
      { items: [...done, an_item(33, 'draft')] },
      ['adopt_agenda'],
    ],
    ['everything done', { items: done }, ['close_sitting']],
    ['no agenda at all', { items: [], sitting: { active_item: null } }, ['close_sitting']],
  ]
  it.each(rows)('%s', (_name, setting, expected) => {
    expect(names(setting).slice(0, Math.max(expected.length, 1))).toEqual(expected)
  })

  it('names the item that is called, in agenda order after the active one', () => {
    const items = [an_item(31, 'adopted'), an_item(32, 'decided'), an_item(33, 'adopted')]
    expect(next_step(course({ items }), 'chair')!.action).toEqual({
      method: 'item.activate',
      params: { sitting: 40, item: 33 },
    })
    const skipped = [an_item(31, 'adopted'), an_item(32, 'decided')]
    expect(next_step(course({ items: skipped }), 'chair')!.item!.id).toBe(31)
  })

  it('passes over headings to what stands below them', () => {
    const items = [an_item(31, 'adopted'), an_item(34, 'adopted', { parent: 31 })]
    expect(next_step(course({ items, sitting: { active_item: null } }), 'chair')!.item!.id).toBe(34)
  })
})

describe('votes', () => {
  const first_void = a_vote({ state: 'voided', void_reason: 'disorder' })
  const rows: [string, Setting, string[]][] = [
    ['item with a prepared vote', { votes: [a_vote()] }, ['open_vote']],
    ['open', { votes: [a_vote({ ...opened, state: 'open' })] }, ['close_vote']],
    ['on hold', { votes: [a_vote({ ...opened, state: 'held' })] }, ['resume_vote']],
    ['being decided', { votes: [a_vote({ ...opened, state: 'closed' })] }, []],
    ['decided', { votes: [a_vote({ ...opened, state: 'decided' })] }, ['announce_vote']],
    ['voided', { votes: [first_void] }, ['retry_vote']],
    [
      'voided because consoles failed',
      { votes: [a_vote({ state: 'voided', void_reason: 'equipment_failure' })] },
      ['retry_by_hands', 'retry_on_paper', 'retry_vote'],
    ],
    [
      'a show of hands voided',
      { votes: [a_vote({ state: 'voided', void_reason: 'disorder', vote_method: 'hands' })] },
      ['retry_vote'],
    ],
    [
      'second attempt prepared',
      { votes: [first_void, a_vote({ id: 60, attempt: 2, first_attempt: 51 })] },
      ['open_vote'],
    ],
    [
      'a decided vote of an earlier item',
      { votes: [a_vote({ ...opened, item: 31, state: 'decided' })] },
      ['announce_vote'],
    ],
    [
      'nobody has objected',
      { votes: [a_vote({ ...opened, state: 'open', vote_method: 'no_objection' })] },
      ['adopt_silently', 'record_objection'],
    ],
    [
      'somebody has objected',
      { votes: [a_vote({ ...opened, state: 'open', vote_method: 'no_objection', objections: 1 })] },
      ['switch_to_console', 'switch_to_hands'],
    ],
    [
      'hands that agree',
      {
        votes: [
          a_vote({ ...opened, state: 'open', vote_method: 'hands', hands: { ...hands, agreed: true } }),
        ],
      },
      ['close_hands'],
    ],
    ['no item, agenda finished', { items: done, votes: [a_vote({ item: null })] }, ['open_vote']],
    [
      'no item and no agenda',
      { items: [], sitting: { active_item: null }, votes: [a_vote({ item: null })] },
      ['open_vote'],
    ],
  ]
  it.each(rows)('%s', (_name, setting, expected) => {
    expect(names(setting).slice(0, Math.max(expected.length, 1))).toEqual(expected)
  })

  it('of another item, or of none while items wait, are not opened', () => {
    expect(names({ votes: [a_vote({ item: 33 })] })).not.toContain('open_vote')
    const items = at('resolution', 'decided')
    expect(names({ items, votes: [a_vote({ item: null })] })).toEqual(['activate_item'])
  })

  it('with hands in them wait for the tellers', () => {
    const waiting = (counted: number) => {
      const teller = { teller: 5, name: '计票人', hands: { approve: 1, oppose: 0, abstain: 0 } }
      const view = { ...hands, counted: Array(counted).fill(teller) }
      const votes = [a_vote({ ...opened, state: 'open', vote_method: 'hands', hands: view })]
      return next_step(course({ votes }), 'chair')!
    }
    expect(waiting(0)).toMatchObject({ action: null, blocked: { by: 'hands', counted: 0 } })
    expect(waiting(2)).toMatchObject({ name: 'close_hands', blocked: { by: 'hands', counted: 2 } })
    const nobody = a_vote({ ...opened, state: 'open', hands: { electors: 0, counted: [], agreed: false } })
    expect(next_step(course({ votes: [nobody] }), 'chair')!.action!.method).toBe('vote.close')
  })
})

describe('an item', () => {
  const rows: [string, Setting, string[]][] = [
    ['is deliberated after its reading', { items: at('report', 'reading') }, ['deliberate', 'activate_item']],
    [
      'ends with an opinion when there is no vote',
      { items: at('report', 'deliberating') },
      ['conclude_opinion', 'conclude_noted', 'activate_item'],
    ],
    ['is only heard', { items: at('study', 'reading') }, ['conclude_noted', 'deliberate', 'activate_item']],
    ['of persons never ends without a vote', { items: at('personnel', 'deliberating') }, ['activate_item']],
    [
      'is voted on, or deliberated first',
      { items: at('report', 'reading'), votes: [a_vote()] },
      ['open_vote', 'deliberate', 'activate_item'],
    ],
    [
      'is not concluded by a delegation',
      { items: at('report', 'deliberating'), sitting: { body: 11 } },
      ['activate_item'],
    ],
  ]
  it.each(rows)('%s', (_name, setting, expected) => expect(names(setting)).toEqual(expected))

  it('that is only drafted is not adopted by a delegation', () => {
    const setting = { items: [...done, an_item(33, 'draft')], sitting: { body: 11 } }
    expect(names(setting)).toEqual(['close_sitting'])
  })

  it('whose vote was announced is over', () => {
    const votes = [a_vote({ ...opened, state: 'announced' })]
    expect(names({ items: at('report', 'deliberating'), votes })).toEqual(['activate_item'])
  })
})

describe('the floor', () => {
  const waiting = [a_speech(60), a_speech(61, { name: '吴敏' })]

  it('goes to the first in the queue, and the vote may be put all the same', () => {
    const setting = { votes: [a_vote()], floor: { queue: waiting } }
    expect(names(setting).slice(0, 2)).toEqual(['grant_floor', 'open_vote'])
    expect(next_step(course(setting), 'chair')).toMatchObject({
      speaker: '周建国',
      action: { method: 'floor.grant', params: { speech: 60, override_reason: '' } },
    })
  })

  it('is taken back before anything else', () => {
    const step = next_step(course({ floor: { speaking: waiting[0]!, queue: [waiting[1]!] } }), 'chair')
    expect(step).toMatchObject({ name: 'stop_speech', action: { params: { speech: 60 } } })
    expect(names({ votes: [a_vote()], floor: { speaking: waiting[0]! } })).not.toContain('open_vote')
  })

  it('waits while a vote runs, and after it only points of order come by themselves', () => {
    const votes = [a_vote({ ...opened, state: 'open' })]
    expect(names({ votes, floor: { queue: waiting } })).toEqual(['close_vote'])
    const items = at('report', 'decided')
    expect(names({ items, floor: { queue: waiting } })).not.toContain('grant_floor')
    const order = [...waiting, a_speech(62, { speech_kind: 'point_of_order' })]
    expect(next_step(course({ items, floor: { queue: order } }), 'chair')!.action).toMatchObject({
      params: { speech: 62 },
    })
  })
})

describe('a quorum', () => {
  const rows: [string, Setting][] = [
    ['open_sitting', { sitting: { state: 'signing_in', counts: few } }],
    ['resume_sitting', { sitting: { state: 'recess', counts: few } }],
    ['open_vote', { sitting: { counts: few }, votes: [a_vote()] }],
  ]
  it.each(rows)('is awaited by %s, which says how many are missing', (name, setting) => {
    const step = next_step(course(setting), 'chair')!
    expect(step).toMatchObject({ name, action: null, blocked: { by: 'quorum', missing: 37 } })
  })

  it('may be higher for a vote than for the sitting', () => {
    const step = next_step(course({ votes: [a_vote({ quorum: 340 })] }), 'chair')!
    expect(step.blocked).toEqual({ by: 'quorum', missing: 9 })
  })

  it('does not keep a running vote open', () => {
    const votes = [a_vote({ ...opened, state: 'open' })]
    const step = next_step(course({ sitting: { counts: few }, votes }), 'chair')!
    expect(step.action).toEqual({ method: 'vote.close', params: { vote: 51 } })
  })
})

describe('a base that is not the roster\'s', () => {
  const given = { reason: '一名代表资格终止', by: 7, confirmed_by: null }
  const waiting = a_vote({ base_members: 351, base_given: given })

  it('is confirmed by a second person before the vote is opened', () => {
    expect(names({ votes: [waiting] })[0]).toBe('confirm_base')
    expect(names({ votes: [waiting] })).not.toContain('open_vote')
    expect(next_step(course({ votes: [waiting] }), 'chair')!.action).toEqual({
      method: 'vote.confirm_base',
      params: { vote: waiting.id, base_members: 351 },
    })
    const confirmed = { ...given, confirmed_by: { person: 8, name: '主任' } }
    expect(names({ votes: [a_vote({ base_given: confirmed })] })[0]).toBe('open_vote')
  })

  it('is not confirmed by who wrote it down, nor by the operator', () => {
    const by = (me: number, role: Role) =>
      next_step({ ...course({ votes: [waiting] }), me }, role)!.blocked
    expect(by(7, 'secretary')).toEqual({ by: 'second_person' })
    expect(by(9, 'secretary')).toBeNull()
    expect(by(9, 'operator')).toEqual({ by: 'role', who: 'chair' })
  })

  it('is read out with its reason', () => {
    const step = next_step(course({ votes: [waiting] }), 'chair')!
    const words = script_words(step, a_sitting(), null)
    expect(words).toContain('351')
    expect(words).toContain('一名代表资格终止')
    expect(blocked_words({ by: 'second_person' })).not.toBe('')
  })
})

describe('who may take it', () => {
  const rows: [Role, Partial<SittingView>, string | null][] = [
    ['chair', { state: 'draft' }, null],
    ['operator', { state: 'draft' }, 'sign_in.open'],
    ['secretary', { state: 'draft' }, 'sign_in.open'],
    ['chair', { state: 'signing_in' }, 'sitting.open'],
    ['operator', { state: 'signing_in' }, null],
    ['operator', { state: 'signing_in', conduct_lent: true }, 'sitting.open'],
    ['secretary', { state: 'signing_in', conduct_lent: true }, null],
    ['secretary', { state: 'closed' }, 'meeting.close'],
  ]
  it.each(rows)('%s, %o', (role, sitting, method) => {
    const step = next_step(course({ sitting }), role)!
    expect(step.action?.method ?? null).toBe(method)
    if (method === null) expect(step.blocked).toMatchObject({ by: 'role' })
  })

  it('is nobody while another sitting of the meeting goes on, or once it is closed', () => {
    const sitting = { state: 'closed' } as const
    expect(names({ sitting, others: [a_sitting({ id: 41 })] }, 'secretary')).toEqual([])
    const over = { ...course({ sitting }), agenda: an_agenda([], { state: 'closed' }) }
    expect(next_step(over, 'secretary')).toBeNull()
  })
})
