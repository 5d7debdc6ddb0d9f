import { equal } from '../ballot/group'
import { record_id } from '../ballot/record_id'
import { wipe } from '../ballot/sodium'
import { from_content } from '../wire/content'
import type { AgendaView, MeetingId, VoteView } from '../wire/types'
import type { HeldShare } from './held_keys'

/** Meetings that are closed: their shares are erased, except while a box of theirs may still be opened. */
export class PastMeetings {
  private readonly closed = new Set<MeetingId>()
  private readonly over = new Set<MeetingId>()

  constructor(private readonly origin: string) {}

  take({ meeting, state }: AgendaView): void {
    const is_closed = state === 'closed' || state === 'archived' || state === 'cancelled'
    if (is_closed && !this.over.has(meeting)) this.closed.add(meeting)
  }

  /** The meeting is closed and its share erased, or there never was one. */
  is_over(meeting: MeetingId): boolean {
    return this.over.has(meeting)
  }

  /** Takes out of `shares` what is over; true when there was something, which is then to be kept. */
  erase(shares: HeldShare[], votes: readonly VoteView[]): boolean {
    let is_erased = false
    for (const meeting of [...this.closed]) {
      const id = record_id(this.origin, 'meeting.created', BigInt(meeting))
      if (votes.some((vote) => may_be_opened(vote, id))) continue
      for (const gone of shares.filter((one) => one.origin === this.origin && equal(one.meeting, id))) {
        wipe(gone.share)
        shares.splice(shares.indexOf(gone), 1)
        is_erased = true
      }
      this.closed.delete(meeting)
      this.over.add(meeting)
    }
    return is_erased
  }
}

function may_be_opened({ secret }: VoteView, meeting: Uint8Array): boolean {
  if (!secret || !equal(from_content(secret.meeting_id), meeting)) return false
  return secret.phase === 'open' || secret.phase === 'closed' || secret.phase === 'sealed'
}
