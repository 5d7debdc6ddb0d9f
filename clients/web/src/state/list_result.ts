import type { MessageKey } from '../messages/words.svelte'
import type { PlacesDecided, ResultView, VoteView } from '../wire/types'

/** Whether persons stand on the list, and not projects: of a re-vote the vote it began with says. */
export function is_of_persons(vote: VoteView): boolean {
  return vote.list_of === 'persons'
}

/** Whether the lines are numbered by urgency, so that the lowest sums win. */
export function is_ranking(vote: VoteView): boolean {
  return vote.list?.list_kind === 'ranked_projects'
}

/** How the whole ended, in words: places of projects that stay empty are not elected to. */
export function status_key(vote: VoteView, { outcome }: PlacesDecided): MessageKey {
  const is_short = outcome.status === 'shortfall_separate_election'
  return is_short && !is_of_persons(vote) ? 'places.short_of_projects' : `places.status.${outcome.status}`
}

/** What came of an announced vote in a few words; of a list, how its places stand. */
export function result_key(vote: VoteView, { outcome, places }: ResultView): MessageKey {
  if (outcome.verdict === 'counted' && places) return status_key(vote, places)
  return `result.verdict.${outcome.verdict}`
}

export type Standing = 'elected' | 'tied' | 'not_elected'

/** One line of a result: who, the figures, and what became of it. */
export interface ListedLine {
  name: string
  approve: number
  oppose: number
  abstain: number
  is_write_in: boolean
  /** of a ranking: the sum of the numbers given to it */
  numbers?: number
  standing: Standing
}

/** Those with a place first, in the order of their votes; the others as they stand on the ballot. */
export function listed(vote: VoteView, places: PlacesDecided): ListedLine[] {
  const { counted, outcome } = places
  // Of those tied the presidium may have decided who gets the place.
  const chosen = vote.sequel.tie?.names ?? []
  const decided = outcome.tied.filter((line) => chosen.includes(counted.list[line]!.name))
  const elected = [...outcome.elected, ...decided]
  const standing_of = (line: number): Standing => {
    if (elected.includes(line)) return 'elected'
    return outcome.tied.includes(line) && chosen.length === 0 ? 'tied' : 'not_elected'
  }
  const rest = counted.list.map((_, line) => line).filter((line) => !elected.includes(line))
  return [...elected, ...rest].map((line) => ({
    ...counted.list[line]!,
    standing: standing_of(line),
  }))
}

/** What has to be voted on after this one, and is not prepared yet: for whoever prepares. */
export function calls_for(vote: VoteView): 'tie_revote' | 'separate_election' | null {
  const outcome = vote.result?.places?.outcome
  if (!outcome || vote.state !== 'announced' || vote.followed_by !== null) return null
  if (outcome.status === 'tie_revote_needed') return 'tie_revote'
  const is_short = outcome.status === 'shortfall_separate_election'
  return is_short && is_of_persons(vote) ? 'separate_election' : null
}
