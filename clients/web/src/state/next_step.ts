import type { Method } from '../wire/connection'
import type { ItemView, Requests, Role, SittingView, VoteView } from '../wire/types'
import { may_conduct, may_keep_attendance } from './rights'
import { active_item, is_retried, is_running } from './selection'

/** A request ready to be sent when its button is pressed. */
export type Action = { [M in Method]: { method: M; params: Requests[M]['params'] } }[Method]

export type StepName =
  | 'open_sign_in'
  | 'open_sitting'
  | 'resume_sitting'
  | 'adopt_agenda'
  | 'activate_item'
  | 'open_vote'
  | 'resume_vote'
  | 'close_vote'
  | 'announce_vote'
  | 'retry_vote'
  | 'close_sitting'

/** Why the next step cannot be taken yet: shown beside the button. */
export type Blocked = { by: 'quorum'; missing: number } | { by: 'role'; who: 'operator' | 'chair' }

/** The one step that comes next. `action` is null while it is blocked. */
export interface Step {
  name: StepName
  action: Action | null
  blocked: Blocked | null
  vote: VoteView | null
  item: ItemView | null
}

function needs_quorum(name: StepName): boolean {
  return name === 'open_sitting' || name === 'resume_sitting' || name === 'open_vote'
}

function block(name: StepName, sitting: SittingView, role: Role): Blocked | null {
  if (name === 'open_sign_in') return may_keep_attendance(role) ? null : { by: 'role', who: 'operator' }
  if (!may_conduct(role, sitting)) return { by: 'role', who: 'chair' }
  const { present } = sitting.counts
  const quorum = Math.max(sitting.counts.quorum, 1) // Nobody at all is no meeting, whatever the rule says.
  if (needs_quorum(name) && present < quorum) return { by: 'quorum', missing: quorum - present }
  return null
}

function step(
  name: StepName,
  action: Action,
  sitting: SittingView,
  role: Role,
  subject: Partial<Step> = {},
): Step {
  const blocked = block(name, sitting, role)
  return {
    name,
    action: blocked ? null : action,
    blocked,
    vote: subject.vote ?? null,
    item: subject.item ?? null,
  }
}

/**
 * The vote a chair has to deal with before anything else: running, decided but not announced, or voided at
 * this item.
 */
export function vote_at_hand(sitting: SittingView, votes: readonly VoteView[]): VoteView | null {
  const item = active_item(sitting)?.id ?? null
  const here = votes.filter((vote) => vote.item === item || vote.item === null)
  return (
    votes.find(is_running) ??
    votes.find((vote) => vote.state === 'closed' || vote.state === 'decided') ??
    here.find(
      (vote) => vote.state === 'voided' && vote.void_reason !== 'withdrawn' && !is_retried(vote, votes),
    ) ??
    here.find((vote) => vote.state === 'prepared' && vote.attempt > 1) ??
    here.find((vote) => vote.state === 'prepared' && vote.item === item) ??
    here.find((vote) => vote.state === 'prepared') ??
    null
  )
}

function step_of_vote(vote: VoteView, sitting: SittingView, role: Role): Step | null {
  const make = (name: StepName, action: Action) => step(name, action, sitting, role, { vote })
  switch (vote.state) {
    case 'prepared':
      return make('open_vote', { method: 'vote.open', params: { vote: vote.id } })
    case 'open':
      return make('close_vote', { method: 'vote.close', params: { vote: vote.id } })
    case 'held':
      return make('resume_vote', { method: 'vote.resume', params: { vote: vote.id } })
    case 'decided':
      return make('announce_vote', { method: 'vote.announce', params: { vote: vote.id } })
    case 'voided':
      return make('retry_vote', { method: 'vote.retry', params: { vote: vote.id } })
    default:
      return null // Being decided: the next view follows at once.
  }
}

function next_item(sitting: SittingView): ItemView | null {
  const from = sitting.items.findIndex((item) => item.active)
  const waits = (item: ItemView) => item.state === 'adopted' && !item.active
  return sitting.items.slice(from + 1).find(waits) ?? sitting.items.find(waits) ?? null
}

function step_in_session(sitting: SittingView, votes: readonly VoteView[], role: Role): Step | null {
  const make = (name: StepName, action: Action, item?: ItemView) =>
    step(name, action, sitting, role, item ? { item } : {})
  const id = { sitting: sitting.id }
  const drafts = sitting.items.some((item) => item.state === 'draft')
  const begun = sitting.items.some((item) => item.state !== 'draft')
  const vote = vote_at_hand(sitting, votes)
  const must_finish = vote !== null && (vote.state !== 'prepared' || vote.attempt > 1)
  if (drafts && !begun && !must_finish) return make('adopt_agenda', { method: 'agenda.adopt', params: id })
  const item = next_item(sitting)
  // A vote that belongs to no item waits until the chair has called the first one.
  const vote_waits = vote?.state === 'prepared' && vote.item === null && vote.attempt === 1 && item !== null
  if (vote && !vote_waits) return step_of_vote(vote, sitting, role)
  if (item)
    return make('activate_item', { method: 'item.activate', params: { ...id, item: item.id } }, item)
  if (drafts) return make('adopt_agenda', { method: 'agenda.adopt', params: id })
  return make('close_sitting', { method: 'sitting.close', params: id })
}

/** The next lawful step of a sitting, or null when it is over or about to tell us more. */
export function next_step(sitting: SittingView, votes: readonly VoteView[], role: Role): Step | null {
  const id = { sitting: sitting.id }
  switch (sitting.state) {
    case 'draft':
      return step('open_sign_in', { method: 'sign_in.open', params: id }, sitting, role)
    case 'signing_in':
      return step('open_sitting', { method: 'sitting.open', params: id }, sitting, role)
    case 'recess':
      return step('resume_sitting', { method: 'sitting.resume', params: id }, sitting, role)
    case 'in_session':
      return step_in_session(sitting, votes, role)
    case 'closed': {
      // A result that was decided may still be announced.
      const decided = votes.find((vote) => vote.state === 'decided')
      return decided ? step_of_vote(decided, sitting, role) : null
    }
  }
}
