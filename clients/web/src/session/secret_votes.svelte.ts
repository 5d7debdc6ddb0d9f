import { untrack } from 'svelte'
import { BallotWorker } from '../ballot/ballot_worker'
import { browser_vault, member_name, voter_entry } from '../ballot/vault'
import { is_key_made, no_part, secret_of, type OwnPart } from '../state/secret_vote'
import { hex_of } from '../wire/digest'
import type { SittingId, SittingView, VoteView } from '../wire/types'
import { read_console_build } from './console_build'
import { empty_seat, SecretSeat, type Place, type SeatState } from './secret_seat'
import type { Session } from './session.svelte'

/** The secret votes of whoever sits at this console: keys, lists, ballots and boxes, mostly by itself. */
export class SecretVotes {
  /** Hex of the program this console signs that it runs; null until it is asked for. */
  program: string | null = $state(null)
  private states: Readonly<Record<number, SeatState>> = $state.raw({})
  private readonly seats = new Map<SittingId, SecretSeat>()
  private readonly erased = new Set<SittingId>()
  private is_tending = false
  private is_asked_again = false
  private build: Promise<Uint8Array> | null = null

  constructor(
    private readonly session: Session,
    private readonly start_worker: () => BallotWorker = BallotWorker.start,
  ) {}

  /** Follows what the server tells until the page is left. */
  start(): void {
    $effect.root(() => {
      $effect(() => {
        const { chamber, hello, link } = this.session
        if (chamber.me && hello && link === 'open') untrack(() => void this.tend())
      })
    })
  }

  seat(sitting: SittingId): SeatState {
    return this.states[sitting] ?? empty_seat
  }

  part(vote: VoteView): OwnPart {
    return this.seat(vote.sitting).parts[vote.id] ?? no_part
  }

  async press(vote: VoteView, choice: Uint8Array): Promise<void> {
    this.session.refusal = null
    const secret = secret_of(vote)
    if (secret) await this.seats.get(vote.sitting)?.press(vote, secret, choice)
  }

  async spoil(vote: VoteView): Promise<void> {
    this.session.refusal = null
    const secret = secret_of(vote)
    if (secret) await this.seats.get(vote.sitting)?.spoil(vote, secret)
  }

  forget_opened(vote: VoteView): void {
    this.seats.get(vote.sitting)?.forget_opened(vote)
  }

  /** One walk at a time: what changes meanwhile is looked at in the next. */
  private async tend(): Promise<void> {
    this.is_asked_again = true
    if (this.is_tending) return
    this.is_tending = true
    try {
      while (this.is_asked_again) {
        this.is_asked_again = false
        await this.walk()
      }
    } finally {
      this.is_tending = false
    }
  }

  private async walk(): Promise<void> {
    const { chamber } = this.session
    if (chamber.me?.role !== 'delegate') return
    for (const sitting of Object.values(chamber.sittings)) {
      if (this.is_there(sitting)) await this.serve(sitting)
      else await this.leave(sitting.id)
    }
  }

  /** In person, at a sitting that is on: whoever left it has no voting key any more. */
  private is_there(sitting: SittingView): boolean {
    const { me } = this.session.chamber
    if (!me?.present_in.includes(sitting.id) || me.remote_in.includes(sitting.id)) return false
    return sitting.state !== 'closed' && sitting.state !== 'draft'
  }

  private place(sitting: SittingView): Place | null {
    const { hello, chamber } = this.session
    const keys = chamber.keys[sitting.meeting]
    return hello && chamber.me && is_key_made(keys) ? { me: chamber.me, hello, keys } : null
  }

  private async serve(sitting: SittingView): Promise<void> {
    const place = this.place(sitting)
    if (!place) return
    const seat = this.seat_at(sitting.id)
    await seat.prepare(place)
    for (const vote of Object.values(this.session.chamber.votes)) {
      const secret = secret_of(vote)
      if (vote.sitting === sitting.id && secret) await seat.tend(vote, secret, place)
    }
  }

  private async read_build(): Promise<Uint8Array> {
    const build = await read_console_build()
    this.program = hex_of(build)
    return build
  }

  private seat_at(sitting: SittingId): SecretSeat {
    const known = this.seats.get(sitting)
    if (known) return known
    const changed = (state: SeatState) => (this.states = { ...this.states, [sitting]: state })
    const build = () => (this.build ??= this.read_build())
    const seat = new SecretSeat(sitting, this.start_worker(), this.session, build, changed)
    this.seats.set(sitting, seat)
    void build()
    return seat
  }

  private async leave(sitting: SittingId): Promise<void> {
    const seat = this.seats.get(sitting)
    this.seats.delete(sitting)
    if (seat) return await seat.end()
    const { hello, chamber } = this.session
    // Signed out while this page was not there: what it had kept goes now.
    if (!hello || !chamber.me || this.erased.has(sitting)) return
    this.erased.add(sitting)
    await browser_vault.erase(voter_entry(member_name(hello.origin, chamber.me.person), sitting))
  }
}
