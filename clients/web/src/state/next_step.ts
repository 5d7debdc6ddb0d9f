import type { Method } from '../wire/connection'
import type {
  AgendaView,
  FloorView,
  ItemView,
  LocalText,
  PersonId,
  Requests,
  Role,
  RollProgress,
  SittingView,
  VoteView,
} from '../wire/types'
import { active_item, is_plenary, next_item } from './agenda'
import { may_conduct, may_confirm, may_keep_attendance } from './rights'
import { is_retried, is_running } from './selection'
import { calls_for } from './list_result'
import { item_steps, type ItemStepName } from './item_steps'
import { signed_of, secret_of } from './secret_vote'
import { is_invalid, vote_steps, type VoteStepName } from './vote_steps'

/** A request ready to be sent when its button is pressed. */
export type Action = { [M in Method]: { method: M; params: Requests[M]['params'] } }[Method]

export type StepName =
  | 'open_sign_in'
  | 'open_sitting'
  | 'resume_sitting'
  | 'adopt_agenda'
  | 'activate_item'
  | 'await_follow_up'
  | 'close_sitting'
  | 'close_meeting'
  | ItemStepName
  | VoteStepName

/** Why the next step cannot be taken yet: shown beside the button. */
export type Blocked =
  | { by: 'quorum'; missing: number }
  | { by: 'role'; who: 'operator' | 'chair' | 'secretary' }
  | { by: 'hands'; counted: number }
  | { by: 'ballots'; why: LocalText | null }
  | { by: 'roll'; signed: number; listed: number }
  | { by: 'keys'; with_key: number }
  | { by: 'seal' }
  | { by: 'shares'; missing: number }
  | { by: 'second_person' }

/** A step that is lawful now. `action` is null while it is blocked. */
export interface Step {
  name: StepName
  action: Action | null
  blocked: Blocked | null
  vote: VoteView | null
  item: ItemView | null
  /** whose turn it is to speak, or who speaks */
  speaker: string
}

/** A step as the chapters below propose it, before rights and quorum are looked at. */
export interface Proposal {
  name: StepName
  /** null for what comes by itself */
  action: Action | null
  vote?: VoteView
  item?: ItemView
  speaker?: string
  blocked?: Blocked
}

/** All that decides what is lawful at a sitting. */
export interface Course {
  sitting: SittingView
  /** null while the agenda has not been told */
  agenda: AgendaView | null
  floor: FloorView
  /** of this sitting, in the order they were prepared */
  votes: readonly VoteView[]
  /** the other sittings of the same meeting */
  others: readonly SittingView[]
  /** how many consoles have signed the newest list, by secret vote, as far as it was told */
  rolls?: Readonly<Record<number, RollProgress>>
  /** who is to take the step; null where that is not known */
  me?: PersonId | null
}

function needs_quorum(name: StepName): boolean {
  return ['open_sitting', 'resume_sitting', 'open_vote', 'call_roll'].includes(name)
}

/** Whoever wrote a base down does not confirm it. */
function block_confirming(vote: VoteView | undefined, role: Role, me: PersonId | null): Blocked | null {
  if (!may_confirm(role)) return { by: 'role', who: 'chair' }
  return me !== null && vote?.base_given?.by === me ? { by: 'second_person' } : null
}

function block({ name, blocked, vote }: Proposal, { sitting, me }: Course, role: Role): Blocked | null {
  if (name === 'open_sign_in') return may_keep_attendance(role) ? null : { by: 'role', who: 'operator' }
  if (name === 'confirm_base') return block_confirming(vote, role, me ?? null)
  if (name === 'close_meeting') return role === 'secretary' ? null : { by: 'role', who: 'secretary' }
  if (!may_conduct(role, sitting)) return { by: 'role', who: 'chair' }
  const { present } = sitting.counts
  // Nobody at all is no meeting, whatever the rule says; a vote may ask for more than the sitting does.
  const quorum = Math.max(sitting.counts.quorum, vote?.quorum ?? 0, 1)
  if (needs_quorum(name) && present < quorum) return { by: 'quorum', missing: quorum - present }
  return blocked ?? null
}

function step(proposal: Proposal, course: Course, role: Role): Step {
  const blocked = block(proposal, course, role)
  return {
    name: proposal.name,
    action: blocked ? null : proposal.action,
    blocked,
    vote: proposal.vote ?? null,
    item: proposal.item ?? null,
    speaker: proposal.speaker ?? '',
  }
}

function may_be_retried(vote: VoteView): boolean {
  if (vote.state === 'voided') return vote.void_reason !== 'withdrawn'
  return vote.state === 'announced' && is_invalid(vote)
}

/**
 * The vote a chair has to deal with before anything else: running, decided but not announced, or voided at
 * this item.
 */
export function vote_at_hand(sitting: SittingView, votes: readonly VoteView[]): VoteView | null {
  const item = sitting.active_item
  const here = votes.filter((vote) => vote.item === item || vote.item === null)
  return (
    votes.find(is_running) ??
    votes.find((vote) => vote.state === 'closed' || vote.state === 'decided') ??
    here.find((vote) => may_be_retried(vote) && !is_retried(vote, votes)) ??
    here.find((vote) => vote.state === 'prepared' && vote.attempt > 1) ??
    here.find((vote) => vote.state === 'prepared' && vote.item === item && vote.matter.part !== null) ??
    here.find((vote) => vote.state === 'prepared' && vote.matter.split !== undefined) ??
    here.find((vote) => vote.state === 'prepared' && vote.item === item) ??
    here.find((vote) => vote.state === 'prepared') ??
    null
  )
}

/** Drafts are adopted without objection, or by the vote that was prepared for it. */
function agenda_steps({ sitting, votes }: Course): Proposal[] {
  const by_silence: Proposal = {
    name: 'adopt_agenda',
    action: { method: 'agenda.adopt', params: { sitting: sitting.id } },
  }
  const prepared = votes.find((vote) => vote.adopts_agenda && vote.state === 'prepared')
  return prepared ? [...vote_steps(prepared), by_silence] : [by_silence]
}

/** What may be done in a sitting that is in session, the one that comes next first. */
function steps_in_session(course: Course): Proposal[] {
  const { sitting, votes } = course
  const items = course.agenda?.items ?? []
  const id = { sitting: sitting.id }
  const drafts = is_plenary(course.agenda, sitting) && items.some((item) => item.state === 'draft')
  const begun = items.some((item) => item.state !== 'draft')
  const vote = vote_at_hand(sitting, votes)
  const must_finish = vote !== null && (vote.state !== 'prepared' || vote.attempt > 1)
  if (vote && must_finish) return vote_steps(vote)
  if (drafts && !begun) return agenda_steps(course)
  const active = active_item(items, sitting)
  const next = next_item(items, sitting)
  const steps = item_steps(course, active, vote?.item === sitting.active_item ? vote : null)
  // A vote that belongs to no item waits until the chair has called the last one.
  if (vote && vote.item === null && !vote.adopts_agenda && sitting.active_item !== null && !next)
    steps.push(...vote_steps(vote))
  if (next) {
    const action: Action = { method: 'item.activate', params: { ...id, item: next.id } }
    steps.push({ name: 'activate_item', action, item: next })
  } else if (vote && vote.item === null && sitting.active_item === null) {
    steps.push(...vote_steps(vote))
  }
  if (drafts) steps.push(...agenda_steps(course))
  if (steps.length === 0) {
    const close: Action = { method: 'sitting.close', params: id }
    const open = votes.find((one) => calls_for(one) !== null)
    const blocked: Blocked = { by: 'role', who: 'secretary' }
    // Another day may settle it, so the sitting can still be closed.
    if (open) steps.push({ name: 'await_follow_up', action: close, vote: open, blocked })
    steps.push({ name: 'close_sitting', action: close })
  }
  return steps
}

function steps_when_closed({ sitting, agenda, votes, others }: Course): Proposal[] {
  // A result that was decided may still be announced.
  const decided = votes.find((vote) => vote.state === 'decided')
  if (decided) return vote_steps(decided)
  const is_over = agenda !== null && ['closed', 'archived', 'cancelled'].includes(agenda.state)
  if (agenda === null || is_over || others.some((other) => other.state !== 'closed')) return []
  return [
    { name: 'close_meeting', action: { method: 'meeting.close', params: { meeting: sitting.meeting } } },
  ]
}

function proposals(course: Course): Proposal[] {
  const id = { sitting: course.sitting.id }
  switch (course.sitting.state) {
    case 'draft':
      return [{ name: 'open_sign_in', action: { method: 'sign_in.open', params: id } }]
    case 'signing_in':
      return [{ name: 'open_sitting', action: { method: 'sitting.open', params: id } }]
    case 'recess':
      return [{ name: 'resume_sitting', action: { method: 'sitting.resume', params: id } }]
    case 'in_session':
      return steps_in_session(course)
    case 'closed':
      return steps_when_closed(course)
  }
}

/** A secret vote opens when every console on its list has signed; until then it waits for them. */
function with_roll(proposal: Proposal, rolls: Course['rolls']): Proposal {
  const { name, vote } = proposal
  const secret = vote ? secret_of(vote) : null
  if (name !== 'open_vote' || !vote || !secret?.roll) return proposal
  const listed = secret.roll.list_length
  const signed = signed_of(secret, rolls?.[vote.id]) ?? 0
  return signed < listed ? { ...proposal, blocked: { by: 'roll', signed, listed } } : proposal
}

/** Everything lawful now, the step that comes next first. Empty when the server is about to tell us more. */
export function lawful_steps(course: Course, role: Role): Step[] {
  const steps = proposals(course).map((proposal) =>
    step(with_roll(proposal, course.rolls), course, role),
  )
  // Closing the meeting is the secretariat's; to all others the sitting is simply over.
  return steps.filter((one) => one.name !== 'close_meeting' || role === 'secretary')
}

/** The next lawful step of a sitting, or null when it is over or about to tell us more. */
export function next_step(course: Course, role: Role): Step | null {
  return lawful_steps(course, role)[0] ?? null
}
