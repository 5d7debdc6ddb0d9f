import type { VoteView } from '../wire/types'

// Which figures of a result are announced. The record, the sheet and the chair's own panel have all of them.

export type Figure = 'approve' | 'oppose' | 'abstain' | 'not_pressed'

/** The figures of a vote for and against; `in_full`: for who conducts it. */
export function figures_shown(vote: VoteView, in_full: boolean): Figure[] {
  const pressed: Figure[] = ['approve', 'oppose', 'abstain']
  return vote.not_pressed === 'not_shown' && !in_full ? pressed : [...pressed, 'not_pressed']
}

/** Whether it is said what each line of a list received. */
export function shows_votes_of_each(vote: VoteView, in_full: boolean): boolean {
  return in_full || vote.announcement !== 'chosen_only'
}
