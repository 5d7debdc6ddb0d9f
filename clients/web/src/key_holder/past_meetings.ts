import { sign_erasure } from '../ballot/erasure'
import { equal } from '../ballot/group'
import { record_id } from '../ballot/record_id'
import { wipe } from '../ballot/sodium'
import type { DeviceKey } from '../ballot/voting_key'
import { from_content, to_content } from '../wire/content'
import type { AgendaView, KeyHoldersView, LocalText, MeetingId, PersonId, VoteView } from '../wire/types'
import type { Desk } from './desk'
import { hex_of, is_erased, type HeldKeys, type HeldShare } from './held_keys'

/** A share that is erased, and how far that is told. */
export type Erasure = { meeting: MeetingId; refused: LocalText | null }

/**
 * Meetings that are closed: their shares are erased, except while a box of theirs may still be opened. What
 * was erased stands in the file as zeros until the holder has signed so and the server taken it: a page that
 * is closed in between loses nothing.
 */
export class PastMeetings {
  private readonly closed = new Set<MeetingId>()
  private readonly over = new Set<MeetingId>()
  /** This holder's number among those of a key, by hex. */
  private readonly numbers = new Map<string, number>()
  private readonly stated = new Set<string>()
  private readonly refused = new Map<MeetingId, LocalText>()

  constructor(
    private readonly keys: HeldKeys,
    private readonly key: DeviceKey,
    private readonly me: PersonId,
    private readonly origin: string,
    private readonly desk: Desk,
  ) {}

  take({ meeting, state }: AgendaView): void {
    const is_closed = state === 'closed' || state === 'archived' || state === 'cancelled'
    if (is_closed && !this.over.has(meeting)) this.closed.add(meeting)
  }

  take_keys({ key_holders, holders, erased }: KeyHoldersView): void {
    const at = holders.findIndex(({ person }) => person === this.me)
    if (key_holders === null || at < 0) return
    const name = hex_of(from_content(key_holders))
    this.numbers.set(name, at + 1)
    if (erased?.includes(this.me)) this.stated.add(name)
  }

  /** Holders of a key that was replaced during the meeting stand with the votes it was for. */
  take_vote({ secret }: VoteView): void {
    const mine = secret?.box?.shares.find(({ person }) => person === this.me)
    if (secret && mine) this.numbers.set(hex_of(from_content(secret.key_holders)), mine.number)
  }

  /** The meeting is closed and its share erased, or there never was one. */
  is_over(meeting: MeetingId): boolean {
    return this.over.has(meeting)
  }

  /** What is erased and not yet stated. */
  get owed(): Erasure[] {
    const owed = [...this.over].filter((meeting) => this.statable(meeting).length > 0)
    return owed.map((meeting) => ({ meeting, refused: this.refused.get(meeting) ?? null }))
  }

  /** Erases what is over, and takes out of the file what the server has on record as erased. */
  async erase(votes: readonly VoteView[]): Promise<void> {
    let is_changed = false
    for (const meeting of [...this.closed]) {
      const id = this.id_of(meeting)
      if (votes.some((vote) => may_be_opened(vote, id))) continue
      for (const gone of this.shares_of(meeting).filter((one) => !is_erased(one))) {
        wipe(gone.share)
        is_changed = true
      }
      this.closed.delete(meeting)
      this.over.add(meeting)
    }
    for (const meeting of this.over) is_changed = this.forget_stated(meeting) || is_changed
    if (is_changed) await this.desk.keep()
  }

  /** The holder signs that the share is erased. */
  async state(meeting: MeetingId): Promise<void> {
    if (!this.over.has(meeting)) return
    for (const share of this.statable(meeting)) {
      const name = hex_of(share.key_holders)
      const terms = { origin: this.origin, meeting: share.meeting, key_holders: share.key_holders }
      const statement = sign_erasure({ ...terms, holder: this.numbers.get(name)! }, this.key)
      const asked = {
        meeting,
        key_holders: to_content(share.key_holders),
        statement: to_content(statement),
      }
      const refused = await this.desk.act('share.state_erased', asked)
      if (refused === null) this.stated.add(name)
      else this.refused.set(meeting, refused)
    }
    if (this.forget_stated(meeting)) await this.desk.keep()
    this.desk.changed()
  }

  private id_of(meeting: MeetingId): Uint8Array {
    return record_id(this.origin, 'meeting.created', BigInt(meeting))
  }

  private shares_of(meeting: MeetingId): HeldShare[] {
    const id = this.id_of(meeting)
    return this.keys.shares.filter((one) => one.origin === this.origin && equal(one.meeting, id))
  }

  private statable(meeting: MeetingId): HeldShare[] {
    return this.shares_of(meeting).filter((one) => {
      const name = hex_of(one.key_holders)
      return is_erased(one) && this.numbers.has(name) && !this.stated.has(name)
    })
  }

  private forget_stated(meeting: MeetingId): boolean {
    const done = this.shares_of(meeting).filter(
      (one) => is_erased(one) && this.stated.has(hex_of(one.key_holders)),
    )
    for (const one of done) this.keys.shares.splice(this.keys.shares.indexOf(one), 1)
    if (done.length > 0) this.refused.delete(meeting)
    return done.length > 0
  }
}

function may_be_opened({ secret }: VoteView, meeting: Uint8Array): boolean {
  if (!secret || !equal(from_content(secret.meeting_id), meeting)) return false
  return secret.phase === 'open' || secret.phase === 'closed' || secret.phase === 'sealed'
}
