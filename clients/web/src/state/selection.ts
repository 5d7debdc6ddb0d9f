import type { FloorView, ItemView, SittingView, VoteView } from '../wire/types'
import { items_of, next_item } from './agenda'
import type { ChamberState } from './chamber'

const urgency = { in_session: 0, signing_in: 1, recess: 2, draft: 3, closed: 4 } as const

/**
 * Sittings as a person wants them: the one going on first, finished ones last, otherwise the newest first.
 */
export function sittings_in_order(chamber: ChamberState): SittingView[] {
  return Object.values(chamber.sittings).sort((a, b) => urgency[a.state] - urgency[b.state] || b.id - a.id)
}

/** The sitting a screen shows: the chosen one while it exists, else the most urgent. */
export function pick_sitting(chamber: ChamberState, chosen: number | null): SittingView | null {
  const wanted = chosen === null ? undefined : chamber.sittings[chosen]
  return wanted ?? sittings_in_order(chamber)[0] ?? null
}

/** Votes of a sitting in the order they were prepared. */
export function votes_of(chamber: ChamberState, sitting: SittingView): VoteView[] {
  return Object.values(chamber.votes)
    .filter((vote) => vote.sitting === sitting.id)
    .sort((a, b) => a.id - b.id)
}

export function is_running(vote: VoteView): boolean {
  return vote.state === 'open' || vote.state === 'held'
}

/** A secret vote whose list is being signed, or whose box is being opened: everybody waits for it. */
function is_awaited(vote: VoteView): boolean {
  const phase = vote.secret?.phase
  return phase === 'called' || phase === 'closed' || phase === 'sealed'
}

/** Announced, perhaps annulled since, or void: there is a sheet of it. */
export function has_ended(vote: VoteView): boolean {
  return ['announced', 'annulled', 'voided'].includes(vote.state)
}

/** How many may press in a vote: all present when it opened, but for those whose hands are counted. */
export function pressers(vote: VoteView): number {
  return vote.present - (vote.hands?.electors ?? 0)
}

/** The floor of a sitting; empty until the server has told of one. */
export function floor_of(chamber: ChamberState, sitting: SittingView): FloorView {
  const known = chamber.floors[sitting.id]
  return known ?? { sitting: sitting.id, speaking: null, queue: [], ended: [], warn_ms: 0 }
}

/** The votes of these in which something was adopted and announced, newest first. */
export function all_adopted(votes: readonly VoteView[]): VoteView[] {
  return votes
    .filter((vote) => {
      const verdict = vote.result?.outcome.verdict
      return vote.state === 'announced' && (verdict === 'passed' || verdict === 'adopted_no_objection')
    })
    .reverse()
}

/** Whether a voided attempt has been followed by another. */
export function is_retried(vote: VoteView, votes: readonly VoteView[]): boolean {
  const first = vote.first_attempt ?? vote.id
  return votes.some((other) => other.first_attempt === first && other.attempt > vote.attempt)
}

/**
 * The votes on what is before the sitting now: those on the active item. The one on the agenda belongs before
 * anything on it has begun, any other on no item also after the last item.
 */
export function votes_at_hand(
  sitting: SittingView,
  items: readonly ItemView[],
  votes: readonly VoteView[],
): VoteView[] {
  const is_before_all = items.every((item) => item.state === 'draft' || item.state === 'adopted')
  const is_after_all = next_item(items, sitting) === null
  return votes.filter((vote) => {
    if (vote.item !== null) return vote.item === sitting.active_item
    if (vote.adopts_agenda) return is_before_all
    return sitting.active_item === null || is_after_all
  })
}

/**
 * The vote that matters now: the one running; else, of those at hand, the one last opened until its next
 * attempt or the next item comes; else the first that is prepared.
 */
export function pick_vote(chamber: ChamberState, sitting: SittingView): VoteView | null {
  const votes = votes_of(chamber, sitting)
  const running = votes.find(is_running) ?? votes.find(is_awaited)
  if (running) return running
  const at_hand = votes_at_hand(sitting, items_of(chamber.agendas, sitting), votes)
  const retry = at_hand.find((vote) => vote.state === 'prepared' && vote.attempt > 1)
  if (retry) return retry
  const opened = at_hand.filter((vote) => vote.opened_at_ms !== null || vote.state === 'voided')
  const newest = opened.sort((a, b) => (a.opened_at_ms ?? 0) - (b.opened_at_ms ?? 0)).at(-1)
  return newest ?? at_hand.find((vote) => vote.state === 'prepared') ?? null
}
