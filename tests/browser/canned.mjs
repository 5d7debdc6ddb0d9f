// A small chamber in views, as the server would send them.

export const rule = {
  zh: '以全体组成人员 352 人为基数，过半数通过，须 177 票赞成；未按表决器、弃权均不计入赞成。',
  en: 'More than half of all 352 members must approve: 177. Abstaining or not pressing does not count.',
}

export const counts = { due: 352, present: 331, absent: 21, quorum: 235 }

export const delegate = {
  person: 17,
  name: '周建国',
  role: 'delegate',
  seat: '12排08号',
  present_in: [40],
  presses: [],
}
export const chair = { person: 1, name: '陈立群', role: 'chair', seat: '', present_in: [], presses: [] }
export const operator = { person: 2, name: '吴敏', role: 'operator', seat: '', present_in: [], presses: [] }

export function item(id, title, state, active = false) {
  return { id, title, state, active }
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
    items: [
      item(31, '听取和审议政府工作报告', 'decided'),
      item(32, '审查和批准国民经济和社会发展计划执行情况的报告', 'reading', true),
      item(33, '审查和批准财政预算执行情况的报告', 'adopted'),
      item(34, '听取和审议常务委员会工作报告', 'adopted'),
    ],
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

export function open_vote(text, changes = {}) {
  return vote(text, { state: 'open', present: 331, opened_at_ms: Date.now(), received: 208, ...changes })
}

export function result(approve, oppose, abstain, not_pressed, verdict = 'passed') {
  const finding = { group: '', base: 352, need: 177, have: approve, met: approve >= 177 }
  return {
    tally: { approve, oppose, abstain, not_pressed },
    groups: [],
    left: 2,
    outcome: { verdict, findings: [finding], participation: null },
  }
}

export function members(count) {
  return Array.from({ length: count }, (unused, index) => ({
    person: 100 + index,
    number: String(1001 + index),
    name: `代表${index + 1}`,
    group: `第${(index % 5) + 1}代表团`,
    seat: `${Math.floor(index / 20) + 1}排${String((index % 20) + 1).padStart(2, '0')}号`,
    present: index % 7 !== 0,
  }))
}

export const resolution = `大足区第三届人民代表大会第四次会议，听取和审查了区发展和改革委员会受区人民政府委托提出的《关于2023年国民经济和社会发展计划执行情况及2024年计划草案的报告》。

会议同意区人民代表大会财政经济委员会的审查结果报告，决定批准2024年国民经济和社会发展计划。

会议要求，区人民政府要坚持稳中求进，完整、准确、全面贯彻新发展理念，扎实推动高质量发展，确保完成全年目标任务。`
