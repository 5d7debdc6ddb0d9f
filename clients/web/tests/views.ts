import type {
  AgendaView,
  Counts,
  FloorView,
  ItemState,
  ItemView,
  MyView,
  ResultView,
  SittingView,
  SpeechView,
  VoteView,
} from '../src/wire/types'

export function a_me(changes: Partial<MyView> = {}): MyView {
  return {
    person: 17,
    name: '周建国',
    role: 'delegate',
    seat: '12排08号',
    present_in: [40],
    remote_in: [],
    presses: [],
    objected: [],
    by_hands: [],
    device: null,
    keyed_in: [],
    ...changes,
  }
}

export function an_item(id: number, state: ItemState, changes: Partial<ItemView> = {}): ItemView {
  return {
    id,
    parent: null,
    number: '一、',
    title: `议题${id}`,
    state,
    item_kind: 'resolution',
    outcome: 'none',
    minutes: 0,
    presenter: '',
    is_closed: false,
    documents: [],
    opinion: null,
    ...changes,
  }
}

export const some_counts: Counts = {
  due: 352,
  present: 331,
  absent: 21,
  quorum: 235,
  remote: 0,
  on_leave: 0,
  left: 0,
  absent_without_leave: 0,
  nonvoting: 0,
}

export function an_agenda(items: ItemView[], changes: Partial<AgendaView> = {}): AgendaView {
  return {
    meeting: 30,
    body: 10,
    title: '第三届第四次会议',
    meeting_kind: 'congress_session',
    state: 'in_session',
    term_no: 3,
    session_no: 4,
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
    items,
    schedule: [],
    made_from: '',
    ...changes,
  }
}

/** Three items of which the second is before the sitting. */
export function some_items(): ItemView[] {
  return [an_item(31, 'decided'), an_item(32, 'reading'), an_item(33, 'adopted')]
}

export function a_speech(id: number, changes: Partial<SpeechView> = {}): SpeechView {
  return {
    id,
    person: 17,
    name: '周建国',
    unit: '第一代表团',
    speech_kind: 'speech',
    state: 'waiting',
    item: 32,
    answers: null,
    earlier: 0,
    granted_at_ms: null,
    limit_ms: 600_000,
    used_ms: 0,
    minutes: null,
    is_signed: false,
    ...changes,
  }
}

export function a_floor(changes: Partial<FloorView> = {}): FloorView {
  return { sitting: 40, speaking: null, queue: [], ended: [], warn_ms: 60_000, ...changes }
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
    counts: some_counts,
    active_item: 32,
    recess_reason: '',
    cancelled: '',
    screens: [],
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
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
    vote_method: 'console',
    press: 'last',
    result_display: 'delayed',
    adopts_agenda: false,
    base_members: 352,
    needed: 177,
    quorum: 235,
    present: 0,
    opened_at_ms: null,
    closes_at_ms: null,
    decided_at_ms: null,
    received: null,
    hands: null,
    objections: 0,
    result: null,
    void_reason: null,
    void_note: '',
    text_is_private: false,
    list: null,
    list_of: null,
    grades: null,
    series: null,
    deviation: null,
    ballots: null,
    scrutineers: [],
    followed_by: null,
    matter: { part: null, personnel: null, qualification: null, approval_by: '', overrides: [] },
    sequel: { tie: null, approval: null, annulled: null, oath_taken: false },
    majority: { num: 1, den: 2, strict: true, base: 'all_members' },
    participation: null,
    participation_needed: 0,
    secret: null,
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
    hands: null,
  }
}
