import { describe, expect, it } from 'vitest'
import { is_done, params_of, plan_meeting, run_plan, type AskStep } from '../src/office/meeting_plan'
import { threshold } from '../src/office/rules'
import { draft_of, times_of, usual_times } from '../src/office/speaking'
import type { SpeakingTimes } from '../src/wire/types'

describe('making a meeting', () => {
  const meeting = {
    body: 10 as never,
    title: '第一次会议',
    term_no: 1,
    session_no: 1,
    quorum: threshold('over_half'),
    meeting_kind: 'standing_committee' as const,
    speaking: { first_ms: 1, second_ms: 1, warn_ms: 1, speeches_max: 1 },
  }
  const item = {
    level: 1,
    title: '甲',
    item_kind: 'other',
    minutes: 0,
    presenter: '',
    is_closed: false,
  } as const
  const own = (title: string, speaking: SpeakingTimes | null = null) => ({ title, body: null, speaking })
  const plan = () => plan_meeting(meeting, [item], [own('全体会议'), own('分组会议')], '主席团')
  const receipt = (seq: number) => ({ seq, at_ms: 0, leaf: '' })

  it('takes the steps in order, under the id of each', async () => {
    const asked: string[] = []
    const begun = plan()
    const ask: AskStep = async (method, params, id) => {
      asked.push(`${method} ${id === begun.steps[asked.length]!.id} ${JSON.stringify(params).slice(0, 14)}`)
      return receipt(30 + asked.length)
    }
    const done = await run_plan(begun, ask, () => {})
    expect(is_done(done)).toBe(true)
    expect(done.meeting_id).toBe(31)
    expect(asked).toEqual([
      'meeting.create true {"body":10,"ti',
      'agenda.import true {"meeting":31,',
      'sitting.create true {"meeting":31,',
      'sitting.create true {"meeting":31,',
    ])
  })

  it('asks again under the same id after the page was loaded anew in the middle of a step', async () => {
    let kept = plan()
    const first_ids = kept.steps.map((one) => one.id)
    const never: AskStep = (method) =>
      method === 'meeting.create' ? Promise.resolve(receipt(31)) : new Promise(() => {})
    void run_plan(kept, never, (now) => (kept = now))
    await new Promise((done) => setTimeout(done, 0))
    const asked: string[] = []
    const again = await run_plan(
      JSON.parse(JSON.stringify(kept)),
      async (_method, _params, id) => (asked.push(id), receipt(40)),
      () => {},
    )
    expect(asked).toEqual(first_ids.slice(1))
    expect(again.meeting_id).toBe(31)
  })

  it('stops at a refusal, and tries that step anew under another id', async () => {
    const begun = plan()
    const refuses: AskStep = async (method) => (method === 'agenda.import' ? null : receipt(31))
    const stopped = await run_plan(begun, refuses, () => {})
    expect(stopped.steps.map((one) => one.state)).toEqual(['done', 'refused', 'waiting', 'waiting'])
    const ids: string[] = []
    const done = await run_plan(
      stopped,
      async (_method, _params, id) => (ids.push(id), receipt(33)),
      () => {},
    )
    expect(is_done(done)).toBe(true)
    expect(ids).toHaveLength(3)
    expect(ids[0]).not.toBe(begun.steps[1]!.id)
    expect(ids[1]).toBe(begun.steps[2]!.id)
  })

  it('sets the speaking times of the sitting made just before, where it has its own', async () => {
    const times = { first_ms: 900_000, second_ms: 600_000, warn_ms: 60_000, speeches_max: 2 }
    const begun = plan_meeting(
      meeting,
      [],
      [own('全体会议'), own('分组会议', times), own('闭幕会')],
      '主席团',
    )
    const asked: [string, unknown][] = []
    const done = await run_plan(
      begun,
      async (method, params) => (asked.push([method, params]), receipt(30 + asked.length)),
      () => {},
    )
    expect(is_done(done)).toBe(true)
    expect(asked.map(([method]) => method)).toEqual([
      'meeting.create',
      'sitting.create',
      'sitting.create',
      'speaking_times.set',
      'sitting.create',
    ])
    expect(asked[3]![1]).toEqual({ sitting: 33, speaking: times })
  })

  it('makes the presidium where a sitting needs one, with a quorum of its own', async () => {
    const sittings = [
      { title: '主席团会议', body: 'new' as const, speaking: null },
      { title: '代表团会议', body: 71, speaking: null },
      own('全体会议'),
    ]
    const asked: [string, unknown][] = []
    const done = await run_plan(
      plan_meeting(meeting, [], sittings, '大足区人大主席团'),
      async (method, params) => (asked.push([method, params]), receipt(30 + asked.length)),
      () => {},
    )
    expect(is_done(done)).toBe(true)
    const quorum = threshold('over_half')
    expect(asked.slice(1)).toEqual([
      ['body.create', { body_kind: 'presidium', name: '大足区人大主席团', parent: 10 }],
      ['sitting.create', { meeting: 31, title: '主席团会议', body: 32, quorum }],
      ['sitting.create', { meeting: 31, title: '代表团会议', body: 71, quorum }],
      ['sitting.create', { meeting: 31, title: '全体会议' }],
    ])
  })

  it('puts nothing into a meeting that is not there', () => {
    const begun = plan()
    expect(() => params_of(begun, begun.steps[1]!)).toThrow()
    expect(plan_meeting(meeting, [], [], '主席团').steps).toHaveLength(1)
  })
})

describe('speaking times', () => {
  const usual = { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 }

  it('come back from the minutes of a form, and never warn before the speech begins', () => {
    expect(times_of(draft_of(usual), 60_000)).toEqual(usual)
    const short = times_of({ first: 3, second: 0, speeches_max: 1 }, 300_000)
    expect(short).toEqual({ first_ms: 180_000, second_ms: 0, warn_ms: 180_000, speeches_max: 1 })
    expect(times_of({ first: 0, second: 0, speeches_max: 0 }, 60_000).warn_ms).toBe(60_000)
  })

  it('are longer in a presidium, whatever the plenary has', () => {
    expect(usual_times(usual, 'presidium').first_ms).toBe(900_000)
    expect(usual_times(usual, 'delegation')).toEqual(usual)
  })
})
