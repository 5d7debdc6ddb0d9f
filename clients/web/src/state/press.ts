import type { Choice, RefusalCode, SittingView, VoteView } from '../wire/types'
import type { ChamberState } from './chamber'

export const choices: readonly Choice[] = ['approve', 'oppose', 'abstain']

/** Why the keys do not work now, as a message key without its `press.why.`. */
export type WhyNot =
  | 'not_open'
  | 'held'
  | 'closed'
  | 'voided'
  | 'not_signed_in'
  | 'first_press_counts'
  | 'not_in_electorate'
  | 'recording'

/** What the three keys of a console show and allow. `recorded` is durable; `recording` is not yet. */
export interface PressState {
  recorded: Choice | null
  recording: Choice | null
  why_not: WhyNot | null
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
  if (refused === 'not_in_electorate') return 'not_in_electorate'
  if (!chamber.me?.present_in.includes(sitting.id)) return 'not_signed_in'
  if (vote.press === 'first' && recorded) return 'first_press_counts'
  if (vote.press === 'first' && recording) return 'recording'
  return vote.state === 'held' ? 'held' : null
}
