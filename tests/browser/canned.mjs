// A small chamber in views, as the server would send them.
import { clock } from './clock.mjs'

export const rule = {
  zh: '以全体组成人员 352 人为基数，过半数通过，须 177 票赞成；未按表决器、弃权均不计入赞成。',
  en: 'More than half of all 352 members must approve: 177. Abstaining or not pressing does not count.',
}

export const counts = {
  due: 352,
  present: 331,
  absent: 21,
  quorum: 235,
  remote: 6,
  on_leave: 15,
  left: 2,
  absent_without_leave: 0,
  nonvoting: 18,
}

function person(number, name, role, changes = {}) {
  return {
    person: number,
    name,
    role,
    seat: '',
    present_in: [],
    remote_in: [],
    presses: [],
    objected: [],
    by_hands: [],
    device: null,
    keyed_in: [],
    ...changes,
  }
}

export const delegate = person(17, '周建国', 'delegate', { seat: '12排08号', present_in: [40] })
export const chair = person(1, '陈立群', 'chair')
export const operator = person(2, '吴敏', 'operator')
export const secretary = person(3, '秦川', 'secretary')
export const teller = person(5, '孟晓', 'teller')
export const observer = person(6, '区发展改革委', 'observer')
export const hall = person(7, '大屏幕', 'hall')

export function item(id, number, title, state, changes = {}) {
  return {
    id,
    parent: null,
    number,
    title,
    state,
    item_kind: 'report',
    outcome: state === 'decided' ? 'by_vote' : 'none',
    minutes: 20,
    presenter: '',
    is_closed: false,
    documents: [],
    opinion: null,
    ...changes,
  }
}

export const papers = [
  {
    document: 'B'.repeat(42) + 'A',
    name: '关于2023年国民经济和社会发展计划执行情况的报告.pdf',
    media_type: 'application/pdf',
    bytes: 1_482_000,
    is_private: false,
  },
  {
    document: 'C'.repeat(42) + 'A',
    name: '审查结果报告(草案)',
    media_type: 'text/plain',
    bytes: 48_000,
    is_private: true,
  },
]

export function agenda(changes = {}) {
  return {
    meeting: 30,
    body: 10,
    title: '第三届第四次会议',
    meeting_kind: 'congress_session',
    made_from: '',
    state: 'in_session',
    term_no: 3,
    session_no: 4,
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
    items: [
      item(31, '一、', '听取和审议政府工作报告', 'decided'),
      item(32, '二、', '审查和批准国民经济和社会发展计划执行情况的报告', 'reading', {
        presenter: '区发展改革委主任 王志远',
        documents: papers,
      }),
      item(33, '三、', '审查和批准财政预算执行情况的报告', 'adopted'),
      item(34, '四、', '听取和审议各项工作报告', 'adopted'),
      item(35, '（一）', '常务委员会工作报告', 'adopted', { parent: 34 }),
      item(36, '（二）', '人民法院、人民检察院工作报告', 'adopted', { parent: 34 }),
      item(37, '五、', '人事任免事项', 'adopted', { item_kind: 'personnel', is_closed: true }),
    ],
    schedule: [],
    ...changes,
  }
}

/** The same agenda with the second item in another state. */
export function agenda_at(state, changes = {}) {
  const items = agenda().items.map((one) => (one.id === 32 ? { ...one, state, ...changes } : one))
  return agenda({ items })
}

export function speech(id, name, unit, changes = {}) {
  return {
    id,
    person: id + 100,
    name,
    unit,
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

export function floor(changes = {}) {
  return { sitting: 40, speaking: null, queue: [], ended: [], warn_ms: 60_000, ...changes }
}

export function sitting(changes = {}) {
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
    counts,
    active_item: 32,
    recess_reason: '',
    cancelled: '',
    screens: [],
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
    ...changes,
  }
}

export function vote(text, changes = {}) {
  return {
    id: 51,
    sitting: 40,
    item: 32,
    title: '关于国民经济和社会发展计划执行情况报告的决议（草案）',
    text,
    state: 'prepared',
    attempt: 1,
    first_attempt: null,
    rule,
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
    grades: null,
    series: null,
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

export function open_vote(text, changes = {}) {
  return vote(text, { state: 'open', present: 331, opened_at_ms: clock.now_ms(), received: 208, ...changes })
}

export function result(approve, oppose, abstain, not_pressed, verdict = 'passed') {
  const finding = { group: '', base: 352, need: 177, have: approve, met: approve >= 177 }
  return {
    tally: { approve, oppose, abstain, not_pressed },
    groups: [],
    left: 2,
    outcome: { verdict, findings: [finding], participation: null },
    hands: null,
  }
}

export function members(count) {
  return Array.from({ length: count }, (unused, index) => ({
    person: 100 + index,
    number: String(1001 + index),
    name: `代表${index + 1}`,
    group: `第${(index % 5) + 1}代表团`,
    seat: `${Math.floor(index / 20) + 1}排${String((index % 20) + 1).padStart(2, '0')}号`,
    presence: index % 7 !== 0 ? 'present' : index % 3 === 0 ? 'on_leave' : 'absent',
    has_photo: false,
  }))
}

export const resolution = `大足区第三届人民代表大会第四次会议，听取和审查了区发展和改革委员会受区人民政府委托提出的《关于2023年国民经济和社会发展计划执行情况及2024年计划草案的报告》。

会议同意区人民代表大会财政经济委员会的审查结果报告，决定批准2024年国民经济和社会发展计划。

会议要求，区人民政府要坚持稳中求进，完整、准确、全面贯彻新发展理念，扎实推动高质量发展，确保完成全年目标任务。`

export const key_words = '0417 1983 0052 1204'

export function share(number, name, changes = {}) {
  return { person: 89 + number, name, number, given: false, wrong: false, overridden: false, ...changes }
}

/** What a secret vote adds to a vote in this phase. */
export function secret(phase, changes = {}) {
  const bytes = (fill, length = 32) => Buffer.alloc(length, fill).toString('base64url')
  const roll = {
    round: 1,
    question: bytes(1),
    rule: bytes(2),
    roll_root: bytes(3),
    list_length: 325,
    vote_generator: bytes(4),
    without: 0,
  }
  const is_sealed = phase === 'sealed' || phase === 'opened'
  const shares = [share(1, '王秀英', { given: true }), share(2, '李建国'), share(3, '欧阳文静')]
  return {
    phase,
    meeting_id: bytes(5, 16),
    vote_id: bytes(6, 16),
    shape: { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 },
    election_key: bytes(7),
    key_holders: bytes(8),
    words: key_words,
    threshold: 2,
    with_key: 325,
    without_key: 0,
    roll: phase === 'to_call' ? null : roll,
    box_id: ['to_call', 'called'].includes(phase) ? null : bytes(9, 16),
    box: is_sealed
      ? { root: bytes(10), file: bytes(11), ballots: 321, spoils: 2, contested: 0, shares }
      : null,
    shredded: false,
    ...changes,
  }
}
