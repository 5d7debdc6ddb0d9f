import { describe, expect, it } from 'vitest'
import { next_step } from '../src/state/next_step'
import type { Role, SittingView, VoteView } from '../src/wire/types'
import { a_sitting, a_vote, an_item } from './views'

const few = { due: 352, present: 198, absent: 154, quorum: 235 }
const drafts = [an_item(31, 'draft'), an_item(32, 'draft')]
const done = [an_item(31, 'decided'), an_item(32, 'decided', true)]
const opened = { opened_at_ms: 1, present: 331 }

describe('the next step', () => {
  const rows: [string, Partial<SittingView>, VoteView[], string | null][] = [
    ['signing in', { state: 'signing_in' }, [], 'sitting.open'],
    ['recess', { state: 'recess' }, [], 'sitting.resume'],
    ['closed', { state: 'closed' }, [], null],
    [
      'closed before the announcement',
      { state: 'closed' },
      [a_vote({ ...opened, state: 'decided' })],
      'vote.announce',
    ],
    ['closed with a vote never opened', { state: 'closed' }, [a_vote()], null],
    ['agenda not adopted', { items: drafts }, [], 'agenda.adopt'],
    ['agenda adopted, nothing called', { items: [an_item(31, 'adopted')] }, [], 'item.activate'],
    ['item with a prepared vote', {}, [a_vote()], 'vote.open'],
    ['vote open', {}, [a_vote({ ...opened, state: 'open' })], 'vote.close'],
    ['vote on hold', {}, [a_vote({ ...opened, state: 'held' })], 'vote.resume'],
    ['vote being decided', {}, [a_vote({ ...opened, state: 'closed' })], null],
    ['vote decided', {}, [a_vote({ ...opened, state: 'decided' })], 'vote.announce'],
    ['vote announced', {}, [a_vote({ ...opened, state: 'announced' })], 'item.activate'],
    ['vote voided', {}, [a_vote({ state: 'voided', void_reason: 'disorder' })], 'vote.retry'],
    ['vote taken back', {}, [a_vote({ state: 'voided', void_reason: 'withdrawn' })], 'item.activate'],
    [
      'second attempt prepared',
      {},
      [
        a_vote({ state: 'voided', void_reason: 'disorder' }),
        a_vote({ id: 60, attempt: 2, first_attempt: 51 }),
      ],
      'vote.open',
    ],
    [
      'two votes on one item',
      {},
      [a_vote({ ...opened, state: 'announced' }), a_vote({ id: 52 })],
      'vote.open',
    ],
    ['a vote of another item waits for it', {}, [a_vote({ item: 33 })], 'item.activate'],
    ['a vote of no item waits for the agenda', {}, [a_vote({ item: null })], 'item.activate'],
    ['a vote of no item, agenda finished', { items: done }, [a_vote({ item: null })], 'vote.open'],
    ['a vote without any agenda', { items: [] }, [a_vote({ item: null })], 'vote.open'],
    ['new items do not interrupt', { items: [...a_sitting().items, ...drafts] }, [a_vote()], 'vote.open'],
    [
      'new items are adopted before the end',
      { items: [...done, an_item(33, 'draft')] },
      [],
      'agenda.adopt',
    ],
    ['everything done', { items: done }, [], 'sitting.close'],
    [
      'a decided vote of an earlier item',
      {},
      [a_vote({ ...opened, item: 31, state: 'decided' })],
      'vote.announce',
    ],
  ]
  it.each(rows)('%s', (_name, changes, votes, method) => {
    expect(next_step(a_sitting(changes), votes, 'chair')?.action?.method ?? null).toBe(method)
  })

  it('names the item that is called, in agenda order after the active one', () => {
    const items = [an_item(31, 'adopted'), an_item(32, 'decided', true), an_item(33, 'adopted')]
    expect(next_step(a_sitting({ items }), [], 'chair')!.action).toEqual({
      method: 'item.activate',
      params: { sitting: 40, item: 33 },
    })
    const skipped = [an_item(31, 'adopted'), an_item(32, 'decided', true)]
    expect(next_step(a_sitting({ items: skipped }), [], 'chair')!.item!.id).toBe(31)
  })

  const quorum_rows: [string, Partial<SittingView>, VoteView[]][] = [
    ['open_sitting', { state: 'signing_in' }, []],
    ['resume_sitting', { state: 'recess' }, []],
    ['open_vote', {}, [a_vote()]],
  ]
  it.each(quorum_rows)('%s waits for the quorum and says how many are missing', (name, changes, votes) => {
    const step = next_step(a_sitting({ ...changes, counts: few }), votes, 'chair')!
    expect(step).toMatchObject({ name, action: null, blocked: { by: 'quorum', missing: 37 } })
  })

  it('does not keep a running vote open for want of a quorum', () => {
    const step = next_step(a_sitting({ counts: few }), [a_vote({ ...opened, state: 'open' })], 'chair')!
    expect(step.action).toEqual({ method: 'vote.close', params: { vote: 51 } })
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
  ]
  it.each(rows)('%s, %o', (role, changes, method) => {
    const step = next_step(a_sitting(changes), [], role)!
    expect(step.action?.method ?? null).toBe(method)
    if (method === null) expect(step.blocked).toMatchObject({ by: 'role' })
  })
})
