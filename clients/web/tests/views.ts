import type { ItemState, ItemView, MyView, ResultView, SittingView, VoteView } from '../src/wire/types'

export function a_me(changes: Partial<MyView> = {}): MyView {
  return {
    person: 17,
    name: '周建国',
    role: 'delegate',
    seat: '12排08号',
    present_in: [40],
    presses: [],
    ...changes,
  }
}

export function an_item(id: number, state: ItemState, active = false): ItemView {
  return { id, title: `议题${id}`, state, active }
}

export function a_sitting(changes: Partial<SittingView> = {}): SittingView {
  return {
    id: 40,
    meeting: 30,
    body: 10,
    body_name: '大足区人民代表大会',
    body_kind: 'congress',
    meeting_title: '第三届第四次会议',
    title: '第二次全体会议',
    state: 'in_session',
    conduct_lent: false,
    counts: { due: 352, present: 331, absent: 21, quorum: 235 },
    items: [an_item(31, 'decided'), an_item(32, 'reading', true), an_item(33, 'adopted')],
    ...changes,
  }
}

export function a_vote(changes: Partial<VoteView> = {}): VoteView {
  return {
    id: 51,
    sitting: 40,
    item: 32,
    title: '决议（草案）',
    text: 'A'.repeat(43),
    state: 'prepared',
    attempt: 1,
    first_attempt: null,
    rule: { zh: '过半数', en: 'majority' },
    press: 'last',
    result_display: 'direct',
    base_members: 352,
    present: 0,
    opened_at_ms: null,
    closes_at_ms: null,
    received: null,
    result: null,
    void_reason: null,
    void_note: '',
    ...changes,
  }
}

export function a_result(): ResultView {
  return {
    tally: { approve: 180, oppose: 100, abstain: 40, not_pressed: 11 },
    groups: [],
    left: 0,
    outcome: {
      verdict: 'passed',
      findings: [{ group: '', base: 352, need: 177, have: 180, met: true }],
      participation: null,
    },
  }
}
