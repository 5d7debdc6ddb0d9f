import type { Choice, MyView, RefusalCode, SittingView, VoteView } from '../wire/types'
import type { ChamberState } from './chamber'

export const choices: readonly Choice[] = ['approve', 'oppose', 'abstain']

/** Why the keys do not work now, as a message key without its `press.why.`. */
export type WhyNot =
  | 'not_open'
  | 'held'
  | 'closed'
  | 'voided'
  | 'nonvoting'
  | 'not_signed_in'
  | 'first_press_counts'
  | 'not_in_electorate'
  | 'not_a_member'
  | 'remote'
  | 'recording'

/** How this person takes part in a vote: the three keys, a raised hand, or silence unless objecting. */
export type WayToVote = 'keys' | 'hands' | 'silence' | 'paper'

/** What the three keys of a console show and allow. `recorded` is durable; `recording` is not yet. */
export interface PressState {
  recorded: Choice | null
  recording: Choice | null
  why_not: WhyNot | null
}

/**
 * Which way a vote is open to this person. Remote attendees raise their hands in a vote by console; everybody
 * does in a vote by hands.
 */
export function way_to_vote(me: MyView, sitting: SittingView, vote: VoteView): WayToVote {
  if (vote.vote_method === 'no_objection') return 'silence'
  if (vote.vote_method === 'paper') return 'paper'
  if (vote.vote_method === 'hands' || me.by_hands.includes(vote.id)) return 'hands'
  // Before it opens nobody is listed yet.
  return vote.state === 'prepared' && me.remote_in.includes(sitting.id) ? 'hands' : 'keys'
}

/**
 * `recording`: the press of this vote that has no answer yet; `refused`: why the server turned the last one
 * down.
 */
export function press_state(
  chamber: ChamberState,
  sitting: SittingView,
  vote: VoteView,
  recording: Choice | null,
  refused: RefusalCode | null,
): PressState {
  const recorded = chamber.me?.presses.find((press) => press.vote === vote.id)?.choice ?? null
  return { recorded, recording, why_not: why_not(chamber, sitting, vote, recorded, recording, refused) }
}

/** Refusals that hold as long as the vote does. */
const lasting: Partial<Record<RefusalCode, WhyNot>> = {
  not_in_electorate: 'not_in_electorate',
  not_a_member: 'not_a_member',
  not_in_person: 'remote',
}

function why_not(
  chamber: ChamberState,
  sitting: SittingView,
  vote: VoteView,
  recorded: Choice | null,
  recording: Choice | null,
  refused: RefusalCode | null,
): WhyNot | null {
  if (vote.state === 'prepared') return 'not_open'
  if (vote.state === 'voided') return 'voided'
  if (vote.state !== 'open' && vote.state !== 'held') return 'closed'
  if (chamber.me && chamber.me.role !== 'delegate') return 'nonvoting'
  const known = refused === null ? undefined : lasting[refused]
  if (known) return known
  if (!chamber.me?.present_in.includes(sitting.id)) return 'not_signed_in'
  if (vote.press === 'first' && recorded) return 'first_press_counts'
  if (vote.press === 'first' && recording) return 'recording'
  return vote.state === 'held' ? 'held' : null
}
