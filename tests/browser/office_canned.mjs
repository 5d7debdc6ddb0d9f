// A secretariat's day in canned answers: what the office page asks, and what a server would say.
import { receipt } from './fake_server.mjs'

const person = { seat: '', present_in: [], remote_in: [], presses: [], objected: [], by_hands: [] }
export const secretary = { ...person, person: 5, name: '林晓', role: 'secretary' }
export const desk_operator = { ...person, person: 6, name: '吴敏', role: 'operator' }

const names = [
  '王建国',
  '李立',
  '𠮷田明',
  '欧阳文静',
  '丁一',
  '诸葛𠅤',
  '赵敏',
  '张三丰',
  '钱进',
  '周洁',
  '吴刚',
  '郑和',
]

export function roster(count = 35) {
  return Array.from({ length: count }, (_unused, index) => ({
    person: 100 + index,
    number: String(101 + index),
    name: names[index] ?? `委员${index + 1}`,
    group: '',
    seat: `${Math.floor(index / 10) + 1}排${(index % 10) + 1}号`,
    has_photo: index % 3 === 0,
    has_code: index % 2 === 0,
  }))
}

export const bodies = [
  body(10, 'congress', '大足区人民代表大会', 352, null),
  body(11, 'presidium', '大会主席团', 37, 10),
  body(12, 'standing_committee', '大足区人大常委会', 35, null, true),
  body(13, 'council_of_chairs', '区人大常委会主任会议', 7, null),
]

function body(id, body_kind, name, members, parent, can_undo = false) {
  return { id, body_kind, name, parent, members, can_undo }
}

function item(id, parent, number, title, changes = {}) {
  return {
    id,
    parent,
    number,
    title,
    state: 'draft',
    item_kind: 'other',
    outcome: 'none',
    minutes: 0,
    presenter: '',
    is_closed: false,
    documents: [],
    opinion: null,
    ...changes,
  }
}

const paper = {
  document: 'A'.repeat(43),
  name: '关于2023年审计工作的报告.pdf',
  media_type: 'application/pdf',
  bytes: 482_113,
  is_private: false,
}

export function agenda(changes = {}) {
  return {
    meeting: 30,
    body: 12,
    title: '第三届人民代表大会常务委员会第二十二次会议',
    meeting_kind: 'standing_committee',
    made_from: 'standing_committee',
    state: 'draft',
    term_no: 3,
    session_no: 22,
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
    items: [
      item(31, null, '一、', '学习', { item_kind: 'study', minutes: 30 }),
      item(32, null, '二、', '听取人事任免议案的说明', { item_kind: 'personnel', minutes: 30 }),
      item(33, 32, '（一）', '主任会议关于提请任免的议案', { item_kind: 'personnel', is_closed: true }),
      item(34, 32, '（二）', '人民政府关于提请任免的议案', { item_kind: 'personnel', presenter: '张某' }),
      item(35, null, '三、', '听取和审议审计工作报告', {
        item_kind: 'report',
        minutes: 15,
        presenter: '区审计局局长',
        documents: [paper],
      }),
      item(36, null, '四、', '表决事项', { item_kind: 'resolution', minutes: 40 }),
    ],
    schedule: [
      {
        starts_at_ms: 1_727_398_800_000,
        minutes: 90,
        title: '第一次全体会议',
        place: '机关会议中心',
        items: [31, 32],
      },
      { starts_at_ms: 1_727_406_000_000, minutes: 60, title: '分组会议', place: '各会议室', items: [] },
    ],
    ...changes,
  }
}

export const desk_counts = {
  due: 35,
  present: 28,
  absent: 7,
  quorum: 18,
  remote: 2,
  on_leave: 2,
  left: 1,
  absent_without_leave: 1,
  nonvoting: 3,
}

export function desk_sitting(changes = {}) {
  return {
    id: 40,
    meeting: 30,
    body: 12,
    body_name: '大足区人大常委会',
    body_kind: 'standing_committee',
    meeting_title: '第三届人民代表大会常务委员会第二十二次会议',
    title: '第一次全体会议',
    state: 'signing_in',
    conduct_lent: false,
    counts: desk_counts,
    active_item: null,
    recess_reason: '',
    cancelled: '',
    screens: [],
    speaking: agenda().speaking,
    ...changes,
  }
}

/** Somebody's speech of the sitting above that has ended. */
export function spoken(id, index, changes = {}) {
  const { person, name } = roster()[index]
  return {
    id,
    person,
    name,
    unit: '',
    speech_kind: 'speech',
    state: 'ended',
    item: 35,
    answers: null,
    earlier: 0,
    granted_at_ms: null,
    limit_ms: 600_000,
    used_ms: 240_000,
    minutes: null,
    is_signed: false,
    ...changes,
  }
}

export function desk_floor(ended, changes = {}) {
  return { sitting: 40, speaking: null, queue: [], ended, warn_ms: 60_000, ...changes }
}

const odd = { 3: 'remote', 5: 'on_leave', 7: 'left', 9: 'absent', 11: 'absent_without_leave', 13: 'absent' }

export function desk_members() {
  return roster().map(({ has_code: _has_code, ...member }, index) => ({
    ...member,
    presence: odd[index] ?? 'present',
  }))
}

export const attendees = [
  {
    person: 301,
    name: '冯局长',
    attendee_kind: 'nonvoting_attendee',
    unit: '区审计局',
    seat: '列1',
    presence: 'present',
  },
  {
    person: 302,
    name: '陈记者',
    attendee_kind: 'press',
    unit: '区融媒体中心',
    seat: '',
    presence: 'absent',
  },
]

export function office_view() {
  const officers = [
    { person: 100, name: '王建国', role: 'chair', body: 12 },
    { person: 6, name: '吴敏', role: 'operator', body: 12 },
    { person: 7, name: '孙计票', role: 'teller', body: 12 },
    { person: 5, name: '林晓', role: 'secretary', body: null },
  ]
  const { title, meeting_kind, state } = agenda()
  return { seq: 60, bodies, officers, meetings: [{ id: 30, body: 12, title, meeting_kind, state }] }
}

/** The smallest picture there is. */
const photo =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg'

function statistics(members, from, limit) {
  const nothing = { due: 1, present: 0, late: 0, left: 0, on_leave: 0, absent: 0, absent_without_leave: 0 }
  const tallies = {
    present: { present: 1 },
    remote: { present: 1 },
    left: { present: 1, left: 1 },
    absent: { absent: 1 },
    on_leave: { on_leave: 1 },
    absent_without_leave: { absent: 1, absent_without_leave: 1 },
  }
  const lines = members.map(({ person, number, name, group, presence }) => ({
    person,
    number,
    name,
    group,
    tally: { ...nothing, ...tallies[presence] },
  }))
  const tally = { due: 35, present: 30, late: 0, left: 1, on_leave: 1, absent: 4, absent_without_leave: 1 }
  const title = '第一次全体会议'
  const sitting = { sitting: 40, title, body_name: '大足区人大常委会', opened_at_ms: 1_727_398_800_000, tally }
  return { seq: 60, sittings: [sitting], total: lines.length, members: lines.slice(from, from + limit) }
}

/** Answers of a server on which everything works; commands get a receipt by themselves. */
export function office_answers() {
  const members = desk_members()
  const line = (index, presence, minute) => ({
    person: members[index].person,
    name: members[index].name,
    presence,
    at_ms: 1_727_398_800_000 + minute * 60_000,
  })
  return {
    'office.list': () => ({ result: office_view() }),
    'roster.read': ({ from, limit }) => ({
      result: { seq: 60, total: 35, members: roster().slice(from, from + limit) },
    }),
    'roster.check': ({ members: rows }) => ({
      result: {
        seq: 60,
        findings: [],
        added: 1,
        changed: 2,
        unchanged: rows.length - 3,
        removed: 2,
        removed_names: ['钱进', '周洁'],
      },
    }),
    'agenda.read': () => ({ result: { seq: 60, agenda: agenda(), imported: 0 } }),
    'agenda.check': ({ items }) => ({ result: { seq: 60, findings: [], added: items.length, present: 0 } }),
    'members.list': ({ from, limit }) => ({
      result: { seq: 60, total: members.length, members: members.slice(from, from + limit) },
    }),
    'attendees.list': () => ({ result: { seq: 60, attendees } }),
    'attendance.read': () => ({
      result: {
        seq: 60,
        total: 3,
        lines: [line(0, 'present', 1), line(7, 'present', 2), line(7, 'left', 40)],
      },
    }),
    'attendance.statistics': ({ from, limit }) => ({ result: statistics(members, from, limit) }),
    'person.read_photo': () => ({
      result: { seq: 60, media_type: 'image/png', content: photo, salt: 'A'.repeat(22) },
    }),
    'access_codes.issue': () => ({
      result: {
        receipt: receipt(70),
        codes: roster(11).map(({ person: id, number, name }, index) => ({
          person: id,
          number,
          name,
          role: index === 0 ? 'chair' : 'delegate',
          code: `7K2M-Q9FD-${String(1000 + index)}-XW4C-HT5B-V8NA-3JRE-PD6W`,
        })),
      },
    }),
  }
}
