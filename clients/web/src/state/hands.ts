import type { HandsCount, VoteView } from '../wire/types'
import { is_running } from './selection'

/** The vote whose hands are counted now. */
export function vote_to_count(votes: readonly VoteView[]): VoteView | null {
  return votes.find((vote) => is_running(vote) && vote.hands !== null && vote.hands.electors > 0) ?? null
}

/** What is wrong with a count before it is sent, as a message key without its `teller.why.`. */
export type WhyNotCounted = 'too_many' | 'held' | 'incomplete'

export function why_not_counted(vote: VoteView, numbers: readonly (number | null)[]): WhyNotCounted | null {
  if (vote.state === 'held') return 'held'
  if (numbers.some((number) => number === null)) return 'incomplete'
  const total = numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0)
  return total > (vote.hands?.electors ?? 0) ? 'too_many' : null
}

/** Three numbers as they were typed, in the order the hands are asked for. */
export function as_count([approve, oppose, abstain]: readonly (number | null)[]): HandsCount {
  return { approve: approve ?? 0, oppose: oppose ?? 0, abstain: abstain ?? 0 }
}
