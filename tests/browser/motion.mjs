// What the tests against the real server put to the vote, and the meeting around it, as the wire has them.

export const over_half = { num: 1, den: 2, strict: true, base: 'all_members' }

/** A motion by console, closed by the chair; `changes` replace what stands in the rule. */
export function motion_rule(changes = {}) {
  return {
    id: 'test.motion',
    version: 1,
    name: { zh: '议案表决', en: 'motion' },
    quorum: over_half,
    majority: over_half,
    groups: [],
    secrecy: 'named',
    press: 'last',
    close: 'chair',
    window_ms: 60_000,
    progress: 'steps',
    result: 'delayed',
    legal_basis: [],
    method: 'console',
    tellers: 2,
    ...changes,
  }
}

/** Asks for a meeting with one sitting; both numbers. */
export async function call_meeting(secretary, { body, title, meeting_kind }) {
  const called = await secretary.ask('meeting.create', {
    body,
    title,
    term_no: 3,
    session_no: 22,
    quorum: over_half,
    meeting_kind,
    speaking: { first_ms: 600_000, second_ms: 300_000, warn_ms: 60_000, speeches_max: 2 },
  })
  const opened = await secretary.ask('sitting.create', { meeting: called.seq, title: '第一次全体会议' })
  return { meeting: called.seq, sitting: opened.seq }
}

/** Adds an item to the agenda; its number. */
export async function add_item(secretary, meeting, title) {
  const kind = { item_kind: 'resolution', minutes: 20, presenter: '', is_closed: false }
  return (await secretary.ask('item.add', { meeting, title, ...kind })).seq
}

/** Prepares a vote on an item; its number. `ballot` is a list or grades. */
export async function prepare_vote(
  secretary,
  { sitting, item, title, text, profile = motion_rule(), ballot = {} },
) {
  const asked = { sitting, item, title, text, profile, base_reason: '', adopts_agenda: false, ...ballot }
  return (await secretary.ask('vote.prepare', asked)).seq
}

/** Makes a member the chair. New codes for all the member's roles, that of the chair among them. */
export async function appoint_chair(secretary, body, person) {
  await secretary.ask('officer.appoint', { person, name: '', role: 'chair', body })
  const { codes } = await secretary.ask('access_codes.issue', { person })
  return codes
}

/**
 * Makes a body of these rows with its cards, its first member in the chair, and two tellers of no seat. Its
 * number, and every code that is valid then; the first member has one more, for the chair.
 */
export async function form_body(secretary, { body_kind, name, members, tellers = ['孟晓', '许静'] }) {
  const body = (await secretary.ask('body.create', { body_kind, name })).seq
  await secretary.ask('roster.import', { body, members })
  const { codes } = await secretary.ask('access_codes.issue', { body })
  codes.push(...(await appoint_chair(secretary, body, codes.shift().person)))
  for (const teller of tellers) {
    const office = { person: null, name: teller, role: 'teller', body }
    const { person } = await secretary.ask('officer.appoint', office)
    codes.push(...(await secretary.ask('access_codes.issue', { person })).codes)
  }
  return { body, codes }
}

/** The code of a role, or of the one of this name who has it. */
export function code_for(codes, role, name = '') {
  return codes.find((one) => one.role === role && (name === '' || one.name === name)).code
}
