import type { SecretVoteView, VoteMethod, VoteView } from '../wire/types'
import type { Action, Proposal } from './next_step'
import { secret_of, shares_progress } from './secret_vote'

export type VoteStepName =
  | 'confirm_base'
  | 'open_vote'
  | 'call_roll'
  | 'call_roll_again'
  | 'await_sealing'
  | 'await_shares'
  | 'resume_vote'
  | 'close_vote'
  | 'close_hands'
  | 'close_ballots'
  | 'adopt_silently'
  | 'record_objection'
  | 'switch_to_console'
  | 'switch_to_hands'
  | 'announce_vote'
  | 'retry_vote'
  | 'retry_by_hands'
  | 'retry_on_paper'

function switch_to(vote: VoteView, to: VoteMethod & ('console' | 'hands')): Proposal {
  return {
    name: `switch_to_${to}`,
    action: { method: 'vote.switch_method', params: { vote: vote.id, to } },
    vote,
  }
}

/** Silence adopts; after an objection the same vote goes on by console or by hands. */
function silent_steps(vote: VoteView): Proposal[] {
  if (vote.objections > 0) return [switch_to(vote, 'console'), switch_to(vote, 'hands')]
  return [
    { name: 'adopt_silently', action: { method: 'vote.close', params: { vote: vote.id } }, vote },
    {
      name: 'record_objection',
      action: { method: 'vote.record_objection', params: { vote: vote.id } },
      vote,
    },
  ]
}

/** A vote with hands in it, or on paper, closes once the tellers agree. */
function closing_steps(vote: VoteView): Proposal[] {
  const action = { method: 'vote.close', params: { vote: vote.id } } as const
  const { ballots, hands } = vote
  if (ballots) {
    const step: Proposal = { name: 'close_ballots', action, vote }
    return ballots.agreed ? [step] : [{ ...step, blocked: { by: 'ballots', why: ballots.missing } }]
  }
  if (!hands || hands.electors === 0) return [{ name: 'close_vote', action, vote }]
  const name = vote.vote_method === 'hands' ? 'close_hands' : 'close_vote'
  if (hands.agreed) return [{ name, action, vote }]
  return [{ name, action, vote, blocked: { by: 'hands', counted: hands.counted.length } }]
}

/** Consoles that failed would fail again: hands and ballots come first. No other vote may change its rule. */
function retry_steps(vote: VoteView): Proposal[] {
  const again: Proposal = {
    name: 'retry_vote',
    action: { method: 'vote.retry', params: { vote: vote.id } },
    vote,
  }
  const has_failed = vote.void_reason === 'equipment_failure' || vote.void_reason === 'ballot_key_lost'
  if (vote.vote_method !== 'console' || !has_failed) return [again]
  const by = (method: VoteMethod): Action => ({
    method: 'vote.retry',
    params: { vote: vote.id, by: method },
  })
  const on_paper: Proposal = { name: 'retry_on_paper', action: by('paper'), vote }
  // What was to be secret is never shown by a raised hand.
  if (secret_of(vote)) return [on_paper, again]
  const by_hands: Proposal = { name: 'retry_by_hands', action: by('hands'), vote }
  if (vote.fallback) return [vote.fallback === 'paper' ? on_paper : by_hands, again]
  return [by_hands, on_paper, again]
}

/** Whether nothing was decided: too few took part, or more ballots came back than were given out. */
export function is_invalid(vote: VoteView): boolean {
  const verdict = vote.result?.outcome.verdict
  return verdict === 'invalid_low_participation' || verdict === 'void_more_collected'
}

/** Fewer ballots would say who voted how (ballots are secret only among others). */
export const least_voters = 5

/** 核对名单: the consoles sign a list before a secret vote opens. */
function roll_steps(vote: VoteView, secret: SecretVoteView): Proposal[] {
  const action: Action = { method: 'roll.call', params: { vote: vote.id, without: [] } }
  const { with_key } = secret
  if (secret.phase === 'to_call') {
    const call: Proposal = { name: 'call_roll', action, vote }
    return [with_key < least_voters ? { ...call, blocked: { by: 'keys', with_key } } : call]
  }
  return [
    { name: 'open_vote', action: { method: 'vote.open', params: { vote: vote.id } }, vote },
    { name: 'call_roll_again', action, vote },
  ]
}

/** From the end of a secret vote to its totals everything comes by itself, or from the key holders. */
function opening_steps(vote: VoteView, secret: SecretVoteView): Proposal[] {
  if (secret.phase !== 'sealed')
    return [{ name: 'await_sealing', action: null, vote, blocked: { by: 'seal' } }]
  const { missing } = shares_progress(secret)
  return [{ name: 'await_shares', action: null, vote, blocked: { by: 'shares', missing } }]
}

/** A base that is not the roster's is confirmed by a second person before the vote may be opened. */
function prepared_steps(vote: VoteView): Proposal[] {
  const { id, base_members } = vote
  if (vote.base_given && !vote.base_given.confirmed_by) {
    const action = { method: 'vote.confirm_base', params: { vote: id, base_members } } as const
    return [{ name: 'confirm_base', action, vote }]
  }
  const secret = secret_of(vote)
  if (secret) return roll_steps(vote, secret)
  return [{ name: 'open_vote', action: { method: 'vote.open', params: { vote: id } }, vote }]
}

/** What may be done with a vote, the step that comes next first. */
export function vote_steps(vote: VoteView): Proposal[] {
  const secret = secret_of(vote)
  if (secret && vote.state === 'closed') return opening_steps(vote, secret)
  switch (vote.state) {
    case 'prepared':
      return prepared_steps(vote)
    case 'open':
      return vote.vote_method === 'no_objection' ? silent_steps(vote) : closing_steps(vote)
    case 'held':
      return [{ name: 'resume_vote', action: { method: 'vote.resume', params: { vote: vote.id } }, vote }]
    case 'decided':
      return [{ name: 'announce_vote', action: { method: 'vote.announce', params: { vote: vote.id } }, vote }]
    case 'voided':
      return retry_steps(vote)
    case 'announced':
      return is_invalid(vote) ? retry_steps(vote) : []
    default:
      return [] // Being decided: the next view follows at once.
  }
}
