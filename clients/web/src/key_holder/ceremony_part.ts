import { are_sound, type CeremonyTerms } from '../ballot/ceremony'
import { joined } from '../ballot/fields'
import { CeremonySeat } from '../ballot/ceremony_seat'
import { equal } from '../ballot/group'
import { wipe, type Randomness } from '../ballot/sodium'
import type { DeviceKey } from '../ballot/voting_key'
import { ceremony_of } from '../state/key_holders'
import { from_content, to_content } from '../wire/content'
import type {
  KeyHolderView,
  KeyHoldersView,
  LocalText,
  MeetingId,
  PersonId,
  Requests,
} from '../wire/types'
import type { Desk, HolderCommand } from './desk'
import { hex_of, type HeldKeys, type HeldShare } from './held_keys'

/** Why a ceremony does not go on here. */
export type CeremonyStop =
  | 'terms'
  | 'began_before'
  | 'holder_lies'
  | 'does_not_hold'
  | 'carrier_lies'
  | 'other_key'
  | 'not_kept'
  | 'unreadable'

/** What this device tells of a ceremony; whose messages are there stands in the server's view. */
export type CeremonyReport = {
  meeting: MeetingId
  is_done: boolean
  /** The page must not be left: what it needs to go on is in its memory only. */
  is_busy: boolean
  stop: CeremonyStop | null
  /** Of the holder whose messages do not hold. */
  name: string
  /** The server's words when it refused something. */
  refused: LocalText | null
}

function bytes_of(content: string | null): Uint8Array | null {
  return content === null ? null : from_content(content)
}

/**
 * One key holder's part in making the election key of one meeting: at every view of it, the next thing this
 * holder has to do. Checks everything itself: what the server says is only where the others' messages come
 * from. A ceremony that this page has not seen from its first step cannot be continued, because its secrets
 * were only in memory; the office begins it again. Once this holder has agreed the share is in the key file:
 * whatever happens to the page then, the key that is made has all its holders.
 */
export class CeremonyPart {
  private number = 0
  private attempt = 0
  private terms: CeremonyTerms | null = null
  private seat: CeremonySeat | null = null
  private is_kept = true
  /** The share of this attempt, once it is among the keys. */
  private share: HeldShare | null = null
  /** The newest step of this attempt that the server took. */
  private said: HolderCommand | null = null
  private report_now: CeremonyReport

  constructor(
    private readonly keys: HeldKeys,
    private readonly key: DeviceKey,
    private readonly me: PersonId,
    private readonly origin: string,
    private readonly desk: Desk,
    private readonly randomness: Randomness,
    meeting: MeetingId,
  ) {
    this.report_now = { meeting, is_done: false, is_busy: false, stop: null, name: '', refused: null }
  }

  get report(): CeremonyReport {
    return this.report_now
  }

  /** Does what the view asks for. */
  async take(view: KeyHoldersView): Promise<void> {
    this.number = view.holders.findIndex(({ person }) => person === this.me) + 1
    if (this.number === 0 || this.report.is_done) return
    try {
      await this.go_on(view)
    } catch (error) {
      // What cannot be read is no message of any holder's program.
      this.end('unreadable', '', error)
    }
    this.say({ is_busy: this.seat !== null && !this.report.is_done })
  }

  /** Forgets the secrets of a ceremony that is not over. */
  forget(): void {
    this.seat?.wipe()
    this.seat = null
  }

  private async go_on(view: KeyHoldersView): Promise<void> {
    if (this.seat === null && this.holds_share_of(view)) return await this.settle()
    const mine = view.holders[this.number - 1]!
    if (view.phase === 'joining') return await this.join(view, mine)
    if (!(await this.begin_attempt(view, mine))) return
    if (view.phase === 'committing') await this.commit(view, mine)
    else if (view.phase === 'opening') await this.open(view)
    else if (view.phase === 'agreeing') await this.agree(view)
    else if (view.phase === 'made') await this.finish(view)
  }

  private holds_share_of(view: KeyHoldersView): boolean {
    const hash = bytes_of(view.key_holders)
    const { shares } = this.keys
    return hash !== null && shares.some((one) => one.origin === this.origin && equal(one.key_holders, hash))
  }

  private async settle(): Promise<void> {
    if (await this.keep_share()) this.say({ is_done: true, stop: null })
  }

  private async join(view: KeyHoldersView, mine: KeyHolderView): Promise<void> {
    const key = to_content(this.key.public_key)
    if (mine.key === key) return
    this.say({ stop: null })
    this.heard(await this.desk.act('ceremony.join', { meeting: view.meeting, key }))
  }

  /** What the body decided, as the server tells it; null when its terms cannot be or name another key. */
  private terms_of(view: KeyHoldersView): CeremonyTerms | null {
    const { origin, meeting, attempt, threshold, holders } = ceremony_of(this.origin, view)
    const terms = {
      origin,
      meeting,
      attempt,
      threshold,
      holders: holders.map(({ name, key }) => ({ name, key })),
    }
    const is_own = equal(terms.holders[this.number - 1]!.key, this.key.public_key)
    return meeting.length === 16 && are_sound(terms) && is_own ? terms : null
  }

  /** A new seat at the first step; false when this attempt began without this page. */
  private async begin_attempt(view: KeyHoldersView, mine: KeyHolderView): Promise<boolean> {
    if (this.attempt === view.attempt) return this.seat !== null
    this.attempt = view.attempt
    this.forget()
    await this.drop_share()
    this.said = null
    this.say({ stop: null, name: '', refused: null })
    const terms = this.terms_of(view)
    this.terms = terms
    if (terms === null || mine.commit !== null) {
      this.say({ stop: terms === null ? 'terms' : 'began_before' })
      return false
    }
    this.seat = new CeremonySeat(terms, this.number, this.key, this.randomness)
    return true
  }

  private async commit({ meeting }: KeyHoldersView, mine: KeyHolderView): Promise<void> {
    if (mine.commit !== null) return
    const message = to_content(this.seat!.commit())
    await this.say_once('ceremony.commit', { meeting, message })
  }

  /** False when it ended here. */
  private async open(view: KeyHoldersView): Promise<boolean> {
    const seat = this.seat!
    for (const [at, { commit }] of view.holders.entries()) {
      if (at + 1 === this.number || commit === null) continue
      if (seat.take_commit(at + 1, from_content(commit)) !== 'ok') return await this.give_up(view)
    }
    const opening = seat.open()
    if (opening === null) return await this.give_up(view)
    if (view.holders[this.number - 1]!.open !== null) return true
    const [message, parts] = [to_content(opening.message), to_content(joined(...opening.shares))]
    await this.say_once('ceremony.open', { meeting: view.meeting, message, parts })
    return true
  }

  private async agree(view: KeyHoldersView): Promise<boolean> {
    // Commitments and our own opening, in case the views in between were missed.
    if (!(await this.open(view))) return false
    const seat = this.seat!
    const answer = await this.desk.ask('ceremony.parts', { meeting: view.meeting })
    if (answer === null) return false
    for (const [at, { open }] of view.holders.entries()) {
      if (at + 1 === this.number || open === null) continue
      const share = from_content(answer.parts[at] ?? '')
      const taken = seat.take_open(at + 1, from_content(open), share)
      if (taken === 'carrier') {
        this.say({ stop: 'carrier_lies' })
        return false
      }
      if (taken !== 'ok') return await this.give_up(view)
    }
    const agreement = seat.agree()
    if (agreement === null || !this.take_share(seat)) return await this.give_up(view)
    if (!(await this.keep_share())) return false
    if (view.holders[this.number - 1]!.agree !== null) return true
    const message = to_content(agreement)
    await this.say_once('ceremony.agree', { meeting: view.meeting, message })
    return true
  }

  private async finish(view: KeyHoldersView): Promise<void> {
    if (!(await this.agree(view))) return
    const seat = this.seat!
    for (const [at, { agree }] of view.holders.entries()) {
      if (at + 1 === this.number || agree === null) continue
      if (seat.take_agree(at + 1, from_content(agree)) !== 'ok') return void (await this.give_up(view))
    }
    const made = seat.finish()
    if (made === null) return void (await this.give_up(view))
    wipe(made.share) // It is among the keys since we agreed.
    this.seat = null
    const said = bytes_of(view.key_holders)
    if (said !== null && equal(said, made.election.holders)) return await this.settle()
    this.say({ stop: 'other_key' })
    await this.drop_share()
  }

  /** Puts the share of this attempt among the keys; false when it does not hold. */
  private take_share(seat: CeremonySeat): boolean {
    if (this.share !== null) return true
    const made = seat.made()
    if (made === null) return false
    this.share = {
      origin: this.origin,
      meeting: this.terms!.meeting,
      attempt: this.attempt,
      key_holders: made.election.holders,
      refused_before: 0n,
      share: made.share,
    }
    this.keys.shares.push(this.share)
    this.is_kept = false
    return true
  }

  /** Agreeing says that the share is there. */
  private async keep_share(): Promise<boolean> {
    if (!this.is_kept) this.is_kept = await this.desk.keep()
    if (!this.is_kept) this.say({ stop: 'not_kept' })
    else if (this.report.stop === 'not_kept') this.say({ stop: null })
    return this.is_kept
  }

  /** The key it is of was never made. */
  private async drop_share(): Promise<void> {
    if (this.share === null) return
    const name = hex_of(this.share.key_holders)
    wipe(this.share.share)
    this.keys.shares = this.keys.shares.filter((one) => hex_of(one.key_holders) !== name)
    this.share = null
    this.is_kept = await this.desk.keep()
  }

  /** Somebody's messages do not hold. Where that can be proven it is; the others begin again without them. */
  private async give_up(view: KeyHoldersView): Promise<false> {
    const { accused, complaint } = this.seat!
    const name = view.holders[(accused?.holder ?? 0) - 1]?.name ?? ''
    this.end(accused === null ? 'does_not_hold' : 'holder_lies', name)
    await this.drop_share()
    if (complaint === null) return false
    const message = to_content(complaint)
    this.heard(await this.desk.act('ceremony.complain', { meeting: view.meeting, message }))
    return false
  }

  private end(stop: CeremonyStop, name: string, error?: unknown): void {
    if (error !== undefined && !(error instanceof Error)) throw error
    this.forget()
    this.say({ stop, name })
  }

  /** What this holder says at one step, once: views that were under way do not show it yet. */
  private async say_once<M extends HolderCommand>(method: M, params: Requests[M]['params']): Promise<void> {
    if (this.said === method) return
    const refused = await this.desk.act(method, params)
    if (refused === null) this.said = method
    this.heard(refused)
  }

  private heard(refused: LocalText | null): void {
    this.say({ refused })
  }

  private say(changes: Partial<CeremonyReport>): void {
    this.report_now = { ...this.report_now, ...changes }
    this.desk.changed()
  }
}
