import { describe, expect, it } from 'vitest'
import { apply_message, empty_chamber, type ChamberState, type Message } from '../src/state/chamber'
import { a_me, a_result, a_sitting, a_vote } from './views'

function snapshot(changes: Partial<ChamberState> = {}): ChamberState {
  const params = { seq: 10, at_ms: 0, me: a_me(), sittings: [a_sitting()], votes: [a_vote()] }
  return { ...apply_message(empty_chamber, { method: 'snapshot', params }), ...changes }
}

describe('apply_message', () => {
  it('takes over a snapshot whole', () => {
    const state = snapshot()
    expect(state.seq).toBe(10)
    expect(Object.keys(state.sittings)).toEqual(['40'])
    expect(Object.keys(state.votes)).toEqual(['51'])
    const params = { seq: 11, at_ms: 0, me: a_me(), sittings: [], votes: [] }
    expect(apply_message(state, { method: 'snapshot', params }).votes).toEqual({})
  })

  it('never changes the state it was given', () => {
    const before = snapshot()
    const copy = structuredClone(before)
    apply_message(before, {
      method: 'vote.changed',
      params: { seq: 11, at_ms: 0, vote: a_vote({ state: 'open' }) },
    })
    apply_message(before, { method: 'press.recorded', params: { vote: 51, choice: 'oppose', seq: 11 } })
    apply_message(before, {
      method: 'members.changed',
      params: { seq: 11, sitting: 40, present: [1], gone: [2] },
    })
    expect(before).toEqual(copy)
  })

  it('replaces a view under the same id and keeps the others', () => {
    const other = a_vote({ id: 52 })
    let state = apply_message(snapshot(), {
      method: 'vote.changed',
      params: { seq: 11, at_ms: 0, vote: other },
    })
    state = apply_message(state, {
      method: 'vote.changed',
      params: { seq: 12, at_ms: 0, vote: a_vote({ state: 'announced', result: a_result() }) },
    })
    expect(state.votes[51]!.result!.tally.approve).toBe(180)
    expect(state.votes[52]).toEqual(other)
    expect(state.seq).toBe(12)
  })

  it('puts counts into the sitting they belong to', () => {
    const counts = { due: 9, present: 7, absent: 2, quorum: 5 }
    const state = apply_message(snapshot(), {
      method: 'counts.changed',
      params: { seq: 11, sitting: 40, counts },
    })
    expect(state.sittings[40]!.counts).toEqual(counts)
    const unknown = apply_message(state, {
      method: 'counts.changed',
      params: { seq: 12, sitting: 99, counts },
    })
    expect(unknown.sittings[99]).toBeUndefined()
  })

  it('shows progress while a vote runs, and not after it closed', () => {
    const progress = {
      method: 'vote.progress',
      params: { seq: 12, vote: 51, received: 3, present: 9 },
    } as const
    const open = snapshot({ votes: { 51: a_vote({ state: 'open' }) } })
    expect(apply_message(open, progress).votes[51]!.received).toBe(3)
    const closed = snapshot({ votes: { 51: a_vote({ state: 'decided' }) } })
    expect(apply_message(closed, progress).votes[51]!.received).toBeNull()
  })

  it('remembers who came and went, the newest fact for each person', () => {
    const first: Message = {
      method: 'members.changed',
      params: { seq: 11, sitting: 40, present: [1, 2], gone: [3] },
    }
    const second: Message = {
      method: 'members.changed',
      params: { seq: 13, sitting: 40, present: [3], gone: [1] },
    }
    const state = apply_message(apply_message(snapshot(), first), second)
    expect(state.presence[40]).toEqual({
      1: { present: false, seq: 13 },
      2: { present: true, seq: 11 },
      3: { present: true, seq: 13 },
    })
  })

  it('ignores what a newer server may tell', () => {
    const state = snapshot()
    expect(apply_message(state, { method: 'floor.changed', params: {} } as never)).toBe(state)
  })
})

describe("one's own presses", () => {
  const approve = { vote: 51, choice: 'approve', seq: 12 } as const
  const oppose = { vote: 51, choice: 'oppose', seq: 14 } as const

  it('are what the receipts say, the newest last', () => {
    let state = apply_message(snapshot(), { method: 'press.recorded', params: approve })
    state = apply_message(state, { method: 'press.recorded', params: oppose })
    expect(state.me!.presses).toEqual([oppose])
    expect(apply_message(state, { method: 'press.recorded', params: approve }).me!.presses).toEqual([
      oppose,
    ])
  })

  it('survive a view of oneself that was made before them', () => {
    const pressed = apply_message(snapshot(), { method: 'press.recorded', params: oppose })
    const older = apply_message(pressed, {
      method: 'me.changed',
      params: { seq: 13, me: a_me({ presses: [approve], present_in: [40] }) },
    })
    expect(older.me!.presses).toEqual([oppose])
    expect(older.me!.present_in).toEqual([40])
    const newer = apply_message(pressed, {
      method: 'me.changed',
      params: { seq: 15, me: a_me({ presses: [] }) },
    })
    expect(newer.me!.presses).toEqual([])
  })

  it('come back with the answer to hello after a cut', () => {
    const params = {
      protocol: 'plenum.v1',
      origin: '',
      vkey: '',
      checkpoint: '',
      seq: 15,
      at_ms: 0,
      resumed: true,
      me: a_me({ presses: [approve] }),
    }
    const state = apply_message(snapshot(), { method: 'hello.answered', params })
    expect(state.me!.presses).toEqual([approve])
    expect(state.votes[51]).toBeDefined()
  })
})
