import type { VoteMethod, VoteView } from '../wire/types'
import type { Action, Proposal } from './next_step'

export type VoteStepName =
  | 'confirm_base'
  | 'open_vote'
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
  if (vote.vote_method !== 'console' || vote.void_reason !== 'equipment_failure') return [again]
  const by = (method: VoteMethod): Action => ({
    method: 'vote.retry',
    params: { vote: vote.id, by: method },
  })
  return [
    { name: 'retry_by_hands', action: by('hands'), vote },
    { name: 'retry_on_paper', action: by('paper'), vote },
    again,
  ]
}

/** Whether nothing was decided: too few took part, or more ballots came back than were given out. */
export function is_invalid(vote: VoteView): boolean {
  const verdict = vote.result?.outcome.verdict
  return verdict === 'invalid_low_participation' || verdict === 'void_more_collected'
}

/** A base that is not the roster's is confirmed by a second person before the vote may be opened. */
function opening_steps(vote: VoteView): Proposal[] {
  const { id, base_members } = vote
  if (vote.base_given && !vote.base_given.confirmed_by) {
    const action = { method: 'vote.confirm_base', params: { vote: id, base_members } } as const
    return [{ name: 'confirm_base', action, vote }]
  }
  return [{ name: 'open_vote', action: { method: 'vote.open', params: { vote: id } }, vote }]
}

/** What may be done with a vote, the step that comes next first. */
export function vote_steps(vote: VoteView): Proposal[] {
  switch (vote.state) {
    case 'prepared':
      return opening_steps(vote)
    case 'open':
      return vote.vote_method === 'no_objection' ? silent_steps(vote) : closing_steps(vote)
    case 'held':
      return [{ name: 'resume_vote', action: { method: 'vote.resume', params: { vote: vote.id } }, vote }]
    case 'decided':
      return [
        { name: 'announce_vote', action: { method: 'vote.announce', params: { vote: vote.id } }, vote },
      ]
    case 'voided':
      return retry_steps(vote)
    case 'announced':
      return is_invalid(vote) ? retry_steps(vote) : []
    default:
      return [] // Being decided: the next view follows at once.
  }
}
