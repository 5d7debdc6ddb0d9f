// Suggestions and joint signatures in views, as the server would send them.
import { clock } from './clock.mjs'

export const day_ms = 86_400_000
const lead = { person: 17, name: '周建国' }
const signers = [
  { person: 21, name: '欧阳文静' },
  { person: 22, name: '𠮷田明' },
  { person: 23, name: '李立' },
]

export function answer(document, changes = {}) {
  const now = clock.now_ms()
  return {
    stage: 'reply',
    reply_class: 'solved',
    document,
    document_kept_outside: false,
    answered_at_ms: now - 5 * day_ms,
    evaluate_by_ms: now + 15 * day_ms,
    deliver_by_ms: null,
    reminded_at_ms: null,
    grade: null,
    reason: '',
    evaluated_by: null,
    evaluated_at_ms: null,
    concluded: false,
    ...changes,
  }
}

export function graded(document, grade, changes = {}) {
  return answer(document, {
    grade,
    evaluated_by: lead,
    evaluated_at_ms: clock.now_ms() - 2 * day_ms,
    ...changes,
  })
}

export function suggestion(id, title, text, changes = {}) {
  const now = clock.now_ms()
  return {
    id,
    body: 12,
    body_name: '大足区人民代表大会',
    number: `第${String(id).padStart(3, '0')}号`,
    title,
    text,
    text_kept_outside: false,
    lead,
    signers,
    responsible_body: '区交通局',
    registered_at_ms: now - 60 * day_ms,
    due_at_ms: now + 30 * day_ms,
    phase: 'awaiting_reply',
    evaluator: lead.person,
    answers: [],
    withdrawn: '',
    ...changes,
  }
}

/** One of each state, newest first. */
export function some_suggestions(text) {
  const now = clock.now_ms()
  const displeased = graded(text, 'unsatisfied', {
    reason: '答复没有说明工期，也没有列出资金来源，希望重新研究后当面沟通。',
    concluded: true,
  })
  const promised = graded(text, 'satisfied', {
    reply_class: 'in_progress',
    deliver_by_ms: now + 120 * day_ms,
  })
  return [
    suggestion(108, '关于修缮龙水镇至宝顶镇山区公路并增设护栏、反光镜等安全设施的建议', text, {
      phase: 'being_evaluated',
      answers: [answer(text)],
    }),
    suggestion(107, '关于增加城区公共充电桩的建议', text, {
      phase: 'to_redo',
      responsible_body: '区发展和改革委员会',
      answers: [displeased],
    }),
    suggestion(106, '关于扩建第二人民医院儿科病房的建议', text, {
      phase: 'awaiting_delivery',
      responsible_body: '区卫生健康委员会',
      answers: [promised],
    }),
    suggestion(105, '关于整治农村面源污染的建议', text, {
      phase: 'being_evaluated',
      responsible_body: '区生态环境局',
      evaluator: signers[0].person,
      lead: signers[0],
      signers: [lead],
      answers: [answer(text, { evaluate_by_ms: now - 3 * day_ms })],
    }),
    suggestion(104, '关于石刻文物保护经费的建议', text, {
      phase: 'being_evaluated',
      lead: signers[1],
      evaluator: signers[1].person,
      answers: [
        answer(text, { evaluate_by_ms: now - day_ms, reminded_at_ms: now - 8 * day_ms }),
      ],
    }),
    suggestion(103, '关于加密乡镇公交班次的建议', text, { due_at_ms: now - 4 * day_ms }),
    suggestion(102, '关于某信访事项办理的建议', text, { text_kept_outside: true }),
    suggestion(101, '关于老旧小区加装电梯的建议', text, {
      phase: 'withdrawn',
      withdrawn: '与第097号建议合并办理',
    }),
  ]
}

export function rounds() {
  const outcome = (changes) => ({
    satisfied: 240,
    basically_satisfied: 15,
    unsatisfied: 5,
    excluded: 8,
    awaited: 0,
    base: 260,
    satisfied_per_mille: 923,
    basically_per_mille: 981,
    ...changes,
  })
  return [
    { stage: 'reply', outcome: outcome({}), concluded_at_ms: clock.now_ms() - 30 * day_ms },
    {
      stage: 'delivery',
      outcome: outcome({
        satisfied: 33,
        basically_satisfied: 5,
        unsatisfied: 1,
        excluded: 0,
        awaited: 1,
        base: 39,
        satisfied_per_mille: 846,
        basically_per_mille: 974,
      }),
      concluded_at_ms: null,
    },
  ]
}

export function petition(id, title, text, have, changes = {}) {
  const signed = [lead, ...signers].slice(0, Math.min(have, 4))
  return {
    id,
    body: 12,
    body_name: '大足区人民代表大会',
    petition_kind: 'bill',
    title,
    text,
    lead: signed[0],
    opened_at_ms: clock.now_ms() - 2 * day_ms,
    state: 'open',
    signatures: { group: '', base: 352, need: 10, have, met: have >= 10 },
    signers: signed,
    ended_at_ms: null,
    reason: '',
    ...changes,
  }
}

export function some_petitions(text) {
  const other = { lead: signers[0], signers: [signers[0], signers[1]] }
  return [
    petition(207, '关于修订物业管理办法、明确业主大会表决程序的议案', text, 12),
    petition(206, '关于提请组织特定问题调查的议案', text, 4, {
      ...other,
      petition_kind: 'inquiry',
      signatures: { group: '', base: 352, need: 36, have: 2, met: false },
    }),
    petition(205, '联名提名张三丰为副区长候选人', text, 9, {
      ...other,
      signers: [signers[0], signers[1], lead],
      petition_kind: 'nomination',
    }),
    petition(204, '关于制定石刻保护条例的议案', text, 10, {
      ...other,
      state: 'handed_in',
      ended_at_ms: clock.now_ms() - day_ms,
    }),
  ]
}

export const petition_bodies = [
  {
    body: 12,
    name: '大足区人民代表大会',
    members: 352,
    needs: [
      { petition_kind: 'bill', need: 10, decided_by: '' },
      { petition_kind: 'nomination', need: 10, decided_by: '' },
      { petition_kind: 'interpellation', need: 10, decided_by: '' },
      { petition_kind: 'inquiry', need: 36, decided_by: '' },
      { petition_kind: 'recall', need: 36, decided_by: '' },
      { petition_kind: 'extraordinary_session', need: 71, decided_by: '' },
    ],
  },
]

/** What a server with these would answer. */
export function suggestion_answers(text) {
  const page = (name, all, more) => ({ from, limit }) => ({
    result: { seq: 60, total: all().length, [name]: all().slice(from, from + limit), ...more() },
  })
  return {
    'suggestions.list': page('suggestions', () => some_suggestions(text), () => ({ rounds: rounds() })),
    'petitions.list': page('petitions', () => some_petitions(text), () => ({ bodies: petition_bodies })),
  }
}
