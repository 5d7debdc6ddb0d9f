// Every state a page can be in, as the server would tell it: name, access code, page, what is shown, what has
// to be there.
import {
  agenda,
  agenda_at,
  counts,
  floor,
  item,
  open_vote,
  result,
  sitting,
  speech,
  vote,
} from './canned.mjs'
import { clock } from './clock.mjs'

const short_of_quorum = { ...counts, due: 352, present: 198, absent: 154, on_leave: 9, remote: 0 }
const closed = {
  present: 331,
  opened_at_ms: Date.UTC(2026, 10, 26, 7, 3),
  decided_at_ms: Date.UTC(2026, 10, 26, 7, 4),
}
const long_title = '关于批准大足区2023年国民经济和社会发展计划执行情况及2024年计划草案的报告的决议(草案)'.repeat(11)

const queue = [
  speech(71, '欧阳晓燕', '第一代表团'),
  speech(72, '周建国', '第二代表团', { person: 17, earlier: 1, limit_ms: 300_000 }),
  speech(73, '古丽努尔·阿布都热合曼', '第五代表团', { speech_kind: 'question' }),
]

function speaking(left_ms, changes = {}) {
  const granted_at_ms = clock.now_ms() - 600_000 + left_ms
  return speech(70, '李文斌', '第三代表团', { state: 'speaking', granted_at_ms, ...changes })
}

const schedule = [
  { starts_at_ms: Date.UTC(2026, 10, 27, 1), minutes: 90, title: '第二次全体会议', place: '礼堂', items: [31, 32] },
  { starts_at_ms: Date.UTC(2026, 10, 27, 6), minutes: 0, title: '分组审议', place: '', items: [32, 33] },
  { starts_at_ms: Date.UTC(2026, 10, 28, 1), minutes: 60, title: '闭幕会', place: '礼堂', items: [] },
]

/** A special inquiry: the first question is being answered, the second waits together with its answer. */
function inquiry() {
  const asked = { speech_kind: 'question' }
  const answers = (id) => ({ speech_kind: 'answer', answers: id })
  return floor({
    ended: [speech(68, '周建国', '第二代表团', { ...asked, person: 17, state: 'ended', used_ms: 90_000 })],
    speaking: speaking(300_000, { ...answers(68), name: '王志远', unit: '区发展和改革委员会' }),
    queue: [
      queue[2],
      speech(74, '王志远', '区发展和改革委员会', answers(73)),
      speech(75, '周建国', '第二代表团', { ...asked, person: 17 }),
    ],
  })
}

function at(one, more = [], rest = {}) {
  return { sittings: [sitting()], votes: [...more, one], ...rest }
}

function votes(text) {
  const hands_view = (counted, agreed = false) => ({
    electors: 331,
    agreed,
    counted: counted.map(([teller, name, approve, oppose, abstain]) => ({
      teller,
      name,
      hands: { approve, oppose, abstain },
    })),
  })
  const differing = hands_view([
    [5, '孟晓', 301, 12, 18],
    [8, '许静', 300, 12, 18],
  ])
  const silent = open_vote(text, { vote_method: 'no_objection', received: null })
  return {
    earlier: vote(text, { id: 50, item: 31, state: 'announced', ...closed, result: result(325, 2, 3, 1) }),
    running: open_vote(text, { closes_at_ms: clock.now_ms() + 45_000 }),
    prepared: vote(text),
    decided: vote(text, { state: 'decided', ...closed }),
    announced: vote(text, { state: 'announced', ...closed, result: result(298, 12, 15, 6) }),
    lost: vote(text, { state: 'decided', ...closed, result: result(176, 120, 30, 5, 'not_passed') }),
    rejected: vote(text, { state: 'announced', ...closed, result: result(176, 120, 30, 5, 'not_passed') }),
    voided: vote(text, { state: 'voided', ...closed, void_reason: 'equipment_failure', void_note: '断电' }),
    hands: open_vote(text, { vote_method: 'hands', received: null, hands: hands_view([]) }),
    differing: open_vote(text, { vote_method: 'hands', received: null, hands: differing }),
    agreed: open_vote(text, {
      vote_method: 'hands',
      received: null,
      hands: hands_view([
        [5, '孟晓', 301, 12, 18],
        [8, '许静', 301, 12, 18],
      ], true),
    }),
    silent,
    objected: { ...silent, objections: 2 },
    silently: vote(text, {
      state: 'announced',
      ...closed,
      vote_method: 'no_objection',
      result: result(0, 0, 0, 331, 'adopted_no_objection'),
    }),
    mixed: open_vote(text, {
      hands: { ...hands_view([]), electors: 6 },
      closes_at_ms: clock.now_ms() + 45_000,
    }),
    huge: open_vote(text, { title: long_title.slice(0, 500), closes_at_ms: clock.now_ms() + 45_000 }),
  }
}

const departments = [
  '区审计局',
  '区人力资源和社会保障局',
  '区规划和自然资源局（区林业和草原局）',
  ...Array.from({ length: 21 }, (_unused, index) => `第${index + 1}街道办事处及其所属各站所`),
]

/** Satisfaction with each of these, announced. */
function graded(text, objects) {
  const graded_rule = {
    grades: [
      { zh: '满意', en: 'satisfied' },
      { zh: '基本满意', en: 'basically satisfied' },
      { zh: '不满意', en: 'unsatisfied' },
      { zh: '不了解', en: 'unfamiliar' },
    ],
    verdicts: [
      { id: 'good', name: { zh: '满意', en: 'satisfied' } },
      { id: 'poor', name: { zh: '不满意', en: 'unsatisfied' } },
    ],
  }
  const counted = objects.map((object, at) => ({ object, counts: [301 - 9 * at, 12, 9 * at, 3], invalid: 6 }))
  const outcomes = objects.map((_unused, at) => ({
    verdict: at % 5 === 1 ? 'poor' : 'good',
    valid: 325,
    per_mille: [900, 40, 30, 30],
  }))
  const grades = { counted: { issued: 331, collected: 331, objects: counted }, outcomes }
  return vote(text, {
    title: '对工作情况的满意度测评',
    state: 'announced',
    vote_method: 'paper',
    ...closed,
    grades: { rule: graded_rule, objects },
    result: { ...result(0, 0, 0, 0, 'counted'), grades },
  })
}

function console_states(text) {
  const v = votes(text)
  const signing = {
    sittings: [sitting({ state: 'signing_in', counts: short_of_quorum })],
    votes: [v.prepared],
  }
  const floors = (changes) => ({ floors: [floor(changes)] })
  const minuted = speech(69, '周建国', '', { person: 17, state: 'ended', minutes: text, used_ms: 480_000 })
  const deliberating = { agendas: [agenda_at('deliberating')], sittings: [sitting()] }
  const recess = sitting({ state: 'recess', recess_reason: '主席团在会场主席台举行会议' })
  const own_turn = { speaking: speaking(45_000, { person: 17, name: '周建国' }), queue: [queue[0]] }
  return [
    ['sign_in_refused', 'nobody', '/', at(v.running), 'form [role=alert]'],
    ['console_signing_in', 'absent', '/console.html', signing, '[data-present=false]'],
    ['console_open', 'seat', '/console.html', at(v.running, [v.earlier]), '[data-vote-state=open]'],
    ['console_late', 'absent', '/console.html', at(v.running), '#press-note b'],
    ['console_decided', 'seat', '/console.html', at(v.decided), '[data-awaited]'],
    ['console_announced', 'seat', '/console.html', at(v.announced), '[data-verdict=passed]'],
    ['console_void', 'seat', '/console.html', at(v.voided), '.void'],
    ['console_hands', 'seat', '/console.html', at(v.hands), '[data-way=hands]'],
    ['console_remote', 'video', '/console.html', at(v.mixed), '[data-way=hands]'],
    ['console_silence', 'seat', '/console.html', at(v.silent), '[data-do=object]'],
    [
      'console_waiting_to_speak',
      'seat',
      '/console.html',
      { ...deliberating, ...floors({ speaking: speaking(300_000), queue }) },
      '[data-floor=waiting]',
    ],
    [
      'console_speaking',
      'seat',
      '/console.html',
      { ...deliberating, ...floors(own_turn) },
      '[data-floor=speaking]',
    ],
    [
      'console_minutes',
      'seat',
      '/console.html',
      { ...deliberating, ...floors({ ended: [minuted] }) },
      '[data-do=sign]',
    ],
    [
      'console_programme',
      'seat',
      '/console.html',
      { ...deliberating, agendas: [{ ...agenda_at('deliberating'), schedule }] },
      '[data-agenda] summary',
    ],
    ['console_recess', 'seat', '/console.html', { sittings: [recess], votes: [] }, '.recess'],
    ['console_observer', 'observer', '/console.html', at(v.running), '.guest'],
    ['console_nothing', 'seat', '/console.html', { sittings: [], votes: [] }, '.empty'],
    ['teller_idle', 'teller', '/teller.html', at(v.prepared), '.idle'],
    ['teller_counting', 'teller', '/teller.html', at(v.hands), '[data-counting]'],
    ['teller_differ', 'teller', '/teller.html', at(v.differing), '[data-sent]'],
  ]
}

function chair_states(text) {
  const v = votes(text)
  const signing = {
    sittings: [sitting({ state: 'signing_in', counts: short_of_quorum })],
    votes: [v.prepared],
  }
  const second = sitting({ id: 41, title: '第三次全体会议', state: 'draft' })
  const drafts = agenda({ items: agenda().items.map((one) => ({ ...one, state: 'draft', outcome: 'none' })) })
  const debate = {
    agendas: [agenda_at('deliberating')],
    sittings: [sitting()],
    floors: [
      floor({ speaking: speaking(40_000), queue, ended: [speech(69, '周建国', '', { used_ms: 480_000 })] }),
    ],
  }
  const screens = [
    { screen: 'main', content: 'automatic', message: '' },
    { screen: '主席台', content: 'message', message: '请各位代表就座' },
  ]
  const recess = sitting({ state: 'recess', recess_reason: '主席团在会场主席台举行会议', screens })
  return [
    ['chair_sittings', 'chair', '/chair.html', { sittings: [sitting(), second], votes: [] }, '.list'],
    ['chair_no_quorum', 'chair', '/chair.html', signing, '[data-step=open_sitting]'],
    [
      'chair_agenda',
      'chair',
      '/chair.html',
      { sittings: [sitting({ active_item: null })], agendas: [drafts] },
      '[data-step=adopt_agenda]',
    ],
    ['chair_prepared', 'chair', '/chair.html', at(v.prepared, [v.earlier]), '[data-step=open_vote]'],
    ['chair_open', 'chair', '/chair.html', at(v.running, [v.earlier]), '[data-step=close_vote]'],
    ['chair_draft_result', 'chair', '/chair.html', at(v.lost), '[data-step=announce_vote]'],
    ['chair_void', 'chair', '/chair.html', at(v.voided), '[data-step=retry_by_hands]'],
    ['chair_hands_differ', 'chair', '/chair.html', at(v.differing), '[data-hands=differ]'],
    ['chair_hands_agreed', 'chair', '/chair.html', at(v.agreed), '[data-hands=agreed]'],
    ['chair_silence', 'chair', '/chair.html', at(v.silent), '[data-step=adopt_silently]'],
    ['chair_objection', 'chair', '/chair.html', at(v.objected), '[data-step=switch_to_console]'],
    ['chair_debate', 'chair', '/chair.html', debate, '[data-step=stop_speech]'],
    [
      'chair_schedule',
      'chair',
      '/chair.html',
      { ...debate, agendas: [agenda({ schedule })] },
      '.agenda details',
    ],
    ['chair_inquiry', 'chair', '/chair.html', { ...debate, floors: [inquiry()] }, '[data-queued="74"]'],
    ['chair_recess', 'chair', '/chair.html', { sittings: [recess] }, '[data-step=resume_sitting]'],
    [
      'operator_draft',
      'operator',
      '/chair.html',
      { sittings: [sitting({ state: 'draft' })] },
      '[data-step=open_sign_in]',
    ],
  ]
}

/** All pages that people work with. */
export function page_states(text) {
  return [...console_states(text), ...chair_states(text)]
}

/** The hall, 1920 × 1080: name, what is shown, what the page must say it shows. */
export function hall_states(text) {
  const v = votes(text)
  const set = (content, message = '') => ({
    sittings: [sitting({ screens: [{ screen: 'main', content, message }] })],
  })
  const many = Array.from({ length: 14 }, (_unused, index) =>
    item(80 + index, `${index + 1}.`, '审查和批准国民经济和社会发展计划执行情况及计划草案的报告', 'adopted'),
  )
  const recess = sitting({ state: 'recess', recess_reason: '主席团在会场主席台举行会议' })
  const waiting = sitting({ state: 'signing_in', active_item: null, counts: short_of_quorum })
  return [
    ['hall_signing_in', { sittings: [waiting] }, 'nothing'],
    ['hall_item', { sittings: [sitting()] }, 'item'],
    ['hall_vote', at(v.running), 'vote'],
    ['hall_vote_mixed', at(v.mixed), 'vote'],
    ['hall_vote_hands', at(v.hands), 'vote'],
    ['hall_vote_silence', at(v.silent), 'vote'],
    ['hall_vote_held', at({ ...v.running, state: 'held', closes_at_ms: null }), 'vote'],
    ['hall_vote_decided', at(v.decided), 'vote'],
    ['hall_vote_huge', at(v.huge), 'vote'],
    ['hall_result', at(v.announced), 'result'],
    ['hall_result_rejected', at(v.rejected), 'result'],
    ['hall_result_silent', at(v.silently), 'result'],
    ['hall_result_huge', at({ ...v.announced, title: long_title.slice(0, 500) }), 'result'],
    ['hall_grades', at(graded(text, departments.slice(0, 3))), 'result'],
    ['hall_grades_many', at(graded(text, departments)), 'result'],
    ['hall_void', at(v.voided), 'void'],
    [
      'hall_speaker',
      { sittings: [sitting()], floors: [floor({ speaking: speaking(300_000), queue })] },
      'speaker',
    ],
    [
      'hall_speaker_soon',
      { sittings: [sitting()], floors: [floor({ speaking: speaking(40_000), queue })] },
      'speaker',
    ],
    [
      'hall_speaker_over',
      { sittings: [sitting()], floors: [floor({ speaking: speaking(-70_000) })] },
      'speaker',
    ],
    ['hall_answer', { sittings: [sitting()], floors: [inquiry()] }, 'speaker'],
    ['hall_recess', { sittings: [recess] }, 'recess'],
    ['hall_closed', { sittings: [sitting({ active_item: 37 })] }, 'closed'],
    ['hall_agenda', set('agenda'), 'agenda'],
    ['hall_agenda_long', { ...set('agenda'), agendas: [agenda({ items: many })] }, 'agenda'],
    ['hall_attendance', set('attendance'), 'attendance'],
    ['hall_message', set('message', '请各位代表就座,会议即将开始'), 'message'],
    ['hall_message_long', set('message', '请各位代表在座位上就座并将手机调至静音状态。'.repeat(8)), 'message'],
    ['hall_blank', set('blank'), 'blank'],
  ]
}
