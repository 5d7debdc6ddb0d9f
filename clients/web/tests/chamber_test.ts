import { describe, expect, it } from 'vitest'
import { apply_message, empty_chamber, type ChamberState, type Message } from '../src/state/chamber'
import {
  a_floor,
  a_me,
  a_result,
  a_sitting,
  a_speech,
  a_vote,
  an_agenda,
  an_item,
  some_counts,
  some_items,
} from './views'

function snapshot(changes: Partial<ChamberState> = {}): ChamberState {
  const params = {
    seq: 10,
    at_ms: 0,
    me: a_me(),
    agendas: [an_agenda(some_items())],
    sittings: [a_sitting()],
    floors: [a_floor()],
    votes: [a_vote()],
    keys: [],
  }
  return { ...apply_message(empty_chamber, { method: 'snapshot', params }), ...changes }
}

describe('apply_message', () => {
  it('takes over a snapshot whole', () => {
    const state = snapshot()
    expect(state.seq).toBe(10)
    expect(Object.keys(state.sittings)).toEqual(['40'])
    expect(Object.keys(state.votes)).toEqual(['51'])
    expect(state.agendas[30]!.items).toHaveLength(3)
    expect(state.floors[40]!.queue).toEqual([])
    const nothing = { agendas: [], sittings: [], floors: [], votes: [], keys: [] }
    const params = { seq: 11, at_ms: 0, me: a_me(), ...nothing }
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
      params: { seq: 11, sitting: 40, persons: [{ person: 1, presence: 'remote' }] },
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
    const counts = { ...some_counts, due: 9, present: 7, absent: 2, quorum: 5 }
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
      params: {
        seq: 11,
        sitting: 40,
        persons: [
          { person: 1, presence: 'present' },
          { person: 2, presence: 'remote' },
          { person: 3, presence: 'left' },
        ],
      },
    }
    const second: Message = {
      method: 'members.changed',
      params: {
        seq: 13,
        sitting: 40,
        persons: [
          { person: 3, presence: 'present' },
          { person: 1, presence: 'on_leave' },
        ],
      },
    }
    const state = apply_message(apply_message(snapshot(), first), second)
    expect(state.presence[40]).toEqual({
      1: { presence: 'on_leave', seq: 13 },
      2: { presence: 'remote', seq: 11 },
      3: { presence: 'present', seq: 13 },
    })
  })

  it('replaces one item and leaves the others as they stand', () => {
    const item = an_item(32, 'deliberating', { title: '改过的标题' })
    const before = snapshot()
    const state = apply_message(before, { method: 'item.changed', params: { seq: 12, meeting: 30, item } })
    expect(state.agendas[30]!.items.map((one) => one.state)).toEqual(['decided', 'deliberating', 'adopted'])
    expect(state.agendas[30]!.items[0]).toBe(before.agendas[30]!.items[0])
    expect(state.seq).toBe(12)
    const unknown = apply_message(before, { method: 'item.changed', params: { seq: 12, meeting: 31, item } })
    expect(unknown).toBe(before)
  })

  it('takes over an agenda and a floor whole', () => {
    let state = apply_message(snapshot(), {
      method: 'agenda.changed',
      params: { seq: 12, agenda: an_agenda([an_item(34, 'draft')], { meeting: 31 }) },
    })
    state = apply_message(state, {
      method: 'floor.changed',
      params: { seq: 13, at_ms: 0, floor: a_floor({ queue: [a_speech(60)] }) },
    })
    expect(Object.keys(state.agendas)).toEqual(['30', '31'])
    expect(state.floors[40]!.queue.map((speech) => speech.id)).toEqual([60])
    expect(state.seq).toBe(13)
  })

  it('ignores what a newer server may tell', () => {
    const state = snapshot()
    expect(apply_message(state, { method: 'weather.changed', params: {} } as never)).toBe(state)
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
      channel: '',
      resumed: true,
      me: a_me({ presses: [approve] }),
    }
    const state = apply_message(snapshot(), { method: 'hello.answered', params })
    expect(state.me!.presses).toEqual([approve])
    expect(state.votes[51]).toBeDefined()
  })
})
