import type {
  BodyKind,
  FloorView,
  HallContent,
  ItemView,
  SittingId,
  SittingView,
  VoteView,
} from '../wire/types'
import { active_item } from './agenda'
import type { ChamberState } from './chamber'
import { is_retried, is_running, sittings_in_order, votes_at_hand } from './selection'

/** A screen that was never set shows whatever is going on. */
export const main_screen = 'main'

/** What a screen puts on the wall now. */
export type Shown =
  | { kind: 'vote'; vote: VoteView }
  | { kind: 'result'; vote: VoteView }
  | { kind: 'void'; vote: VoteView }
  | { kind: 'speaker' }
  | { kind: 'recess' }
  | { kind: 'item'; item: ItemView }
  | { kind: 'agenda' }
  | { kind: 'attendance' }
  | { kind: 'message'; message: string }
  | { kind: 'closed'; number: string }
  | { kind: 'blank' }
  | { kind: 'nothing' }

/** Bodies that sit beside a congress: their sittings are not what the wall of the hall is for. */
const side_bodies: readonly BodyKind[] = ['presidium', 'delegation']

/**
 * The sitting a wall follows: the one in its address while it exists; else the plenary, from the draft on
 * until it is closed, so that a recess does not turn the wall to a delegation; else the most urgent.
 */
export function sitting_on_wall(chamber: ChamberState, wanted: SittingId | null): SittingView | null {
  if (wanted !== null && chamber.sittings[wanted]) return chamber.sittings[wanted]
  const sittings = sittings_in_order(chamber)
  const plenary = sittings.find((one) => one.state !== 'closed' && !side_bodies.includes(one.body_kind))
  return plenary ?? sittings[0] ?? null
}

/** Where a screen of this name is set up; readable, because somebody will have to type it. */
export function wall_address(origin: string, sitting: SittingId, screen: string): string {
  const name = screen.replace(/[%&#+\s]/g, encodeURIComponent)
  return `${origin}/hall.html?sitting=${sitting}&screen=${name}`
}

export function content_of(sitting: SittingView, screen: string): { content: HallContent; message: string } {
  const found = sitting.screens.find((one) => one.screen === screen)
  return found ?? { content: 'automatic', message: '' }
}

/** The vote a screen shows: running, else the newest at hand that has something to say. */
function vote_to_show(
  sitting: SittingView,
  items: readonly ItemView[],
  votes: readonly VoteView[],
): Shown | null {
  const running = votes.find(is_running)
  if (running) return { kind: 'vote', vote: running }
  const counting = votes.find((vote) => vote.state === 'closed')
  if (counting) return { kind: 'vote', vote: counting }
  const here = votes_at_hand(sitting, items, votes).filter((vote) => vote.state !== 'prepared')
  const newest = here.sort((a, b) => (a.opened_at_ms ?? 0) - (b.opened_at_ms ?? 0)).at(-1)
  if (!newest) return null
  if (newest.result) return { kind: 'result', vote: newest }
  if (newest.state === 'decided') return { kind: 'vote', vote: newest }
  return newest.state === 'voided' && !is_retried(newest, votes) ? { kind: 'void', vote: newest } : null
}

function item_or_nothing(item: ItemView | null): Shown {
  return item ? { kind: 'item', item } : { kind: 'nothing' }
}

/** An open vote comes before everything; a result gives way to a speaker or a recess that came after it. */
function automatic(
  sitting: SittingView,
  items: readonly ItemView[],
  floor: FloorView,
  votes: readonly VoteView[],
): Shown {
  const vote = vote_to_show(sitting, items, votes)
  if (vote?.kind === 'vote') return vote
  const since = vote?.kind === 'result' ? (vote.vote.decided_at_ms ?? 0) : 0
  const speaks_since = floor.speaking?.granted_at_ms ?? 0
  if (vote && !(floor.speaking && speaks_since > since) && sitting.state !== 'recess') return vote
  if (floor.speaking) return { kind: 'speaker' }
  if (sitting.state === 'recess') return { kind: 'recess' }
  return item_or_nothing(active_item(items, sitting))
}

function set_by_hand(
  screen: string,
  sitting: SittingView,
  items: readonly ItemView[],
  floor: FloorView,
  votes: readonly VoteView[],
): Shown {
  const { content, message } = content_of(sitting, screen)
  switch (content) {
    case 'automatic':
      return automatic(sitting, items, floor, votes)
    case 'vote':
      return vote_to_show(sitting, items, votes) ?? { kind: 'nothing' }
    case 'speaker':
      return floor.speaking || floor.queue.length > 0 ? { kind: 'speaker' } : { kind: 'nothing' }
    case 'item':
      return item_or_nothing(active_item(items, sitting))
    case 'message':
      return { kind: 'message', message }
    default:
      return { kind: content }
  }
}

/** The item something on the wall is about. */
function subject(shown: Shown, sitting: SittingView, floor: FloorView): number | null {
  if (shown.kind === 'item') return shown.item.id
  if (shown.kind === 'speaker') return floor.speaking ? floor.speaking.item : sitting.active_item
  return 'vote' in shown ? shown.vote.item : null
}

/** What a screen of this name shows. Of a closed item nothing but its number goes on the wall. */
export function shown_on(
  screen: string,
  sitting: SittingView,
  items: readonly ItemView[],
  floor: FloorView,
  votes: readonly VoteView[],
): Shown {
  const shown = set_by_hand(screen, sitting, items, floor, votes)
  const about = subject(shown, sitting, floor)
  const item = about === null ? undefined : items.find((one) => one.id === about)
  return item?.is_closed ? { kind: 'closed', number: item.number } : shown
}

/** Older than this, what stands on the wall may be wrong, and says so. */
const stale_after_ms = 3000

/** How old the data is in whole seconds once that has to be shown; null while it is fresh. */
export function stale_seconds(silent_ms: number): number | null {
  return silent_ms > stale_after_ms ? Math.floor(silent_ms / 1000) : null
}
