import { equal } from '../ballot/group'
import { record_id } from '../ballot/record_id'
import type { Randomness } from '../ballot/sodium'
import type { LogKey } from '../ballot/vkey'
import type { DeviceKey } from '../ballot/voting_key'
import { from_content } from '../wire/content'
import type {
  AgendaView,
  BoxProgress,
  KeyHoldersView,
  MeetingId,
  PersonId,
  SecretVoteView,
  VoteId,
  VoteView,
} from '../wire/types'
import { check_box, check_box_confirmations, check_roll, is_refusal, own_context } from './box_check'
import { read_secret_file } from './box_files'
import { heard_of, type BoxReason, type BoxReport, type BoxStop } from './box_report'
import type { Desk } from './desk'
import { new_followed, type Followed } from './followed'
import { make_given, message_of, witness, type Giver } from './giving'
import { has_another, hex_of, is_erased, refused_all } from './held_keys'
import type { Given, HeldKeys, HeldShare } from './held_keys'
import { own_election, type OwnElection } from './own_election'
import { PastMeetings, type Erasure } from './past_meetings'
import { is_opened } from './vote_watch'

const ballots_min = 5 // Of fewer a total may say who voted how.
const patience_ms = 60_000
const retry_ms = 5_000

/**
 * A key holder's part in the secret votes of the meetings it has shares of: it follows what the server says
 * of each, verifies the list as soon as the vote is open and the sealed box with everything that belongs to
 * it, and gives its share once, when the holder says so. Nothing the server says is believed; what does not
 * hold is told, and that vote is over for this page. With its share it cosigns the record that holds the vote
 * and the box. Before a share leaves, it stands in the key file for good: the same box asked for again gets
 * the same bytes, another box of the same vote never anything.
 */
export class SecretBoxes {
  private is_kept = true
  private readonly elections = new Map<string, OwnElection>()
  private readonly wrong_records = new Set<MeetingId>()
  private readonly votes = new Map<VoteId, Followed>()
  private readonly past: PastMeetings
  private readonly giver: Giver

  /** `builds`: hex of the programs consoles may run; none of them: any, but all the same. */
  constructor(
    private readonly keys: HeldKeys,
    private readonly key: DeviceKey,
    private readonly me: PersonId,
    private readonly log: LogKey,
    private builds: readonly string[],
    private readonly desk: Desk,
    randomness: Randomness,
  ) {
    this.giver = { keys, key, log, desk, randomness }
    this.past = new PastMeetings(keys, key, me, log.name, desk)
  }

  get reports(): BoxReport[] {
    return [...this.votes.values()].map(({ report }) => report)
  }

  /** Meetings whose ceremony on record is not the one this device agreed to. */
  get deceived_in(): MeetingId[] {
    return [...this.wrong_records]
  }

  /** Erased shares whose erasure is still to be signed. */
  get owed(): Erasure[] {
    return this.past.owed
  }

  /** The holder signs that the share of a meeting that is over is erased. */
  async state_erased(meeting: MeetingId): Promise<void> {
    await this.past.state(meeting)
  }

  /** Other programs are accepted: what was not given is checked anew by them, and the holder asked again. */
  async accept(builds: readonly string[]): Promise<void> {
    this.builds = builds
    for (const vote of this.votes.values()) {
      if (vote.report.stop === 'other_build') {
        vote.is_done = false
        this.say(vote, { step: 'following', stop: null })
      }
      if (vote.is_done) continue
      vote.roll = vote.consent = null
      await this.proceed(vote)
    }
  }

  /** The meeting is closed and its share erased, or there never was one. */
  is_over(meeting: MeetingId): boolean {
    return this.past.is_over(meeting)
  }

  /** A new line to the server; `entries` is the length of its log, as hello told it. */
  async begin_line(entries: number): Promise<void> {
    for (const vote of this.votes.values()) {
      vote.is_sent = false
      vote.retry_at_ms = 0
    }
    const restored = this.keys.shares.filter(
      (share) => share.origin === this.log.name && share.refused_before === refused_all && !is_erased(share),
    )
    for (const share of restored) share.refused_before = BigInt(entries)
    if (restored.length > 0) await this.keep()
  }

  async take_keys(view: KeyHoldersView): Promise<void> {
    for (const share of this.keys.shares) {
      const name = hex_of(share.key_holders)
      const is_it = view.key_holders !== null && hex_of(from_content(view.key_holders)) === name
      if (!is_it || share.origin !== this.log.name || is_erased(share) || this.elections.has(name)) continue
      const election = own_election(share, this.key.public_key, view)
      if (election === null) this.wrong_records.add(view.meeting)
      else this.elections.set(name, election)
    }
    this.past.take_keys(view)
    await this.erase_what_is_over()
    this.desk.changed()
  }

  async take_vote(view: VoteView): Promise<void> {
    if (!view.secret) return
    this.past.take_vote(view)
    if (this.share_of(view.secret) === null) return
    const vote = this.follow(view)
    const fault = vote.watch.take(view.secret)
    if (fault !== null && !vote.is_done) this.stop(vote, fault)
    await this.proceed(vote)
    await this.erase_what_is_over()
  }

  async take_progress({ vote, confirmed, list_length }: BoxProgress): Promise<void> {
    const found = this.votes.get(vote)
    if (found && 3 * confirmed > 2 * list_length) await this.proceed(found)
  }

  /** Some seconds later: what was not there may be there now. */
  async look_again(): Promise<void> {
    for (const vote of this.votes.values()) {
      // What only waits for the holder is not read again and again.
      if (vote.report.step !== 'ready') await this.proceed(vote)
    }
  }

  /** The holder gives the share for the box with this root; with a reason when something speaks against. */
  async give(id: VoteId, root: string, reason: string | null): Promise<void> {
    const vote = this.votes.get(id)
    if (!vote) return
    vote.consent = { root, reason }
    await this.proceed(vote)
  }

  async take_agenda(view: AgendaView): Promise<void> {
    this.past.take(view)
    await this.erase_what_is_over()
  }

  private follow(view: VoteView): Followed {
    const known = this.votes.get(view.id)
    if (known) {
      known.view = view
      known.report = { ...known.report, ...heard_of(view) }
      return known
    }
    const vote = new_followed(view)
    this.votes.set(view.id, vote)
    return vote
  }

  private say(vote: Followed, changes: Partial<BoxReport>): void {
    vote.report = { ...vote.report, ...changes }
    this.desk.changed()
  }

  private stop(vote: Followed, stop: BoxStop, n = 0): void {
    vote.is_done = true
    this.say(vote, { step: 'refused', stop, n, progress: null })
  }

  private async keep(): Promise<boolean> {
    this.is_kept = await this.desk.keep()
    return this.is_kept
  }

  /** The share this vote's ballots are encrypted for, or any of its meeting: then its key is another one. */
  private share_of({ meeting_id, key_holders }: SecretVoteView): HeldShare | null {
    const [meeting, holders] = [from_content(meeting_id), from_content(key_holders)]
    const of_meeting = this.keys.shares.filter(
      (share) => share.origin === this.log.name && equal(share.meeting, meeting) && !is_erased(share),
    )
    return of_meeting.find((share) => equal(share.key_holders, holders)) ?? of_meeting.at(-1) ?? null
  }

  private id_of(vote: VoteId): string {
    return hex_of(record_id(this.log.name, 'vote.prepared', BigInt(vote)))
  }

  /** From an opened vote to the share, as far as it goes now. What cannot be read is refused. */
  private async proceed(vote: Followed): Promise<void> {
    if (vote.is_done || vote.is_sent || this.desk.now_ms() < vote.retry_at_ms) return
    const { phase, roll, box } = vote.view.secret!
    if (roll === null || !is_opened(phase)) return
    try {
      if (phase === 'sealed' && box !== null) await this.proceed_with_box(vote)
      else if (phase === 'opened') this.close(vote)
      else await this.check_early(vote)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.stop(vote, 'unreadable')
    }
  }

  /** Others were quicker, or ours was among those that opened it. */
  private close(vote: Followed): void {
    const given = this.keys.given.get(this.id_of(vote.view.id))
    if (given !== undefined) this.say_given(vote, given)
    else this.say(vote, { step: 'opened_by_others', progress: null })
  }

  private say_given(vote: Followed, given: Given | undefined): void {
    this.say(vote, { step: 'given', progress: null, cosigned: given?.cosignature.size || null })
  }

  private async proceed_with_box(vote: Followed): Promise<void> {
    const secret = vote.view.secret!
    const share = this.share_of(secret)
    const mine = secret.box!.shares.find(({ person }) => person === this.me)
    if (share === null || !mine) return
    const given = this.keys.given.get(this.id_of(vote.view.id))
    if (mine.given || mine.wrong) {
      vote.is_done = true
      if (!mine.wrong) return this.say_given(vote, given)
      return this.say(vote, { step: 'called_wrong', progress: null })
    }
    vote.sealed_seen_ms ??= this.desk.now_ms()
    if (given !== undefined) {
      if (equal(given.box_root, from_content(secret.box!.root))) return await this.send(vote, given)
      return this.stop(vote, 'other_box_given')
    }
    if (BigInt(vote.view.id) < share.refused_before) return this.stop(vote, 'restored')
    await this.open(vote, share)
  }

  private election_of(share: HeldShare, vote: Followed): OwnElection | null {
    const election = this.elections.get(hex_of(share.key_holders)) ?? null
    if (election === null) this.say(vote, { step: 'no_record' })
    return election
  }

  /** While the vote runs: its list and who acknowledged it. */
  private async check_early(vote: Followed): Promise<void> {
    const share = this.share_of(vote.view.secret!)
    const election = share && this.election_of(share, vote)
    if (election) await this.verify_roll(vote, election)
    if (vote.roll !== null && !vote.is_done) this.say(vote, { step: 'following' })
  }

  /** A box nothing was given for yet. */
  private async open(vote: Followed, share: HeldShare): Promise<void> {
    const election = this.election_of(share, vote)
    if (election === null || !(await this.verify(vote, election))) return
    const [box, roll] = [vote.box!, vote.roll!]
    if (box.ballots === 0) {
      vote.is_done = true
      return this.say(vote, { step: 'nothing' })
    }
    // Before the first console has confirmed there may be no file.
    const file = await read_secret_file(this.desk, vote.view.id, 'confirmations')
    const confirmed = file === null ? 0 : check_box_confirmations(roll, box, file)
    if (typeof confirmed !== 'number') return this.stop(vote, confirmed.fault, confirmed.n)
    this.say(vote, { confirmed })
    const reasons = this.reasons_against(vote, confirmed)
    const { root } = vote.view.secret!.box!
    const consent = vote.consent?.root === root ? vote.consent : null
    if (reasons.length === 0 && consent === null) return this.say(vote, { step: 'ready', reasons })
    if (reasons.length > 0 && !consent?.reason) {
      const may_settle = reasons.length === 1 && reasons[0] === 'few_confirmations'
      const waits = may_settle && this.desk.now_ms() < vote.sealed_seen_ms! + patience_ms
      return this.say(vote, { step: waits ? 'waiting' : 'asked', reasons })
    }
    const overridden = reasons.includes('few_confirmations')
    await this.give_share(vote, share, election, { confirmed, overridden })
  }

  /** Why the holder has to decide. */
  private reasons_against(vote: Followed, confirmed: number): BoxReason[] {
    const reasons: BoxReason[] = []
    if (vote.box!.ballots < ballots_min) reasons.push('few_ballots')
    const { id, first_attempt, secret } = vote.view
    const question = hex_of(from_content(secret!.roll!.question))
    if (has_another(this.keys, this.id_of(id), this.id_of(first_attempt ?? id), question))
      reasons.push('repeated')
    if (3 * confirmed <= 2 * vote.roll!.devices.length) reasons.push('few_confirmations')
    return reasons
  }

  /** The same vote, told in the same words; otherwise everything is checked anew. */
  private async verify_roll(vote: Followed, election: OwnElection): Promise<boolean> {
    const { secret, text, present } = vote.view
    const { meeting_id, vote_id, shape, election_key, key_holders, threshold, roll } = secret!
    const of_key = [meeting_id, vote_id, election_key, key_holders, threshold]
    const said = JSON.stringify([of_key, shape, roll, text, present])
    if (vote.roll !== null && vote.roll_said === said) return true
    vote.roll = null
    // Before anything is fetched: a vote that is of another key is no business of this one.
    const context = own_context(vote.view, election)
    if (is_refusal(context)) return this.refuse(vote, context)
    const question = await this.desk.document(roll!.question)
    const list = question && (await read_secret_file(this.desk, vote.view.id, 'list'))
    const acknowledgements = list && (await read_secret_file(this.desk, vote.view.id, 'acknowledgements'))
    const people = acknowledgements && (await this.desk.ask('roll.read', { vote: vote.view.id }))
    if (!question || !list || !acknowledgements || !people) return this.miss(vote)
    const files = { question, list, acknowledgements, people }
    const checked = check_roll(vote.view, files, election, this.builds)
    if (is_refusal(checked)) return this.refuse(vote, checked)
    vote.roll = checked
    vote.roll_said = said
    this.say(vote, { listed: checked.list.length, builds: checked.builds })
    return true
  }

  private refuse(vote: Followed, { fault, n }: { fault: BoxStop; n: number }): false {
    this.stop(vote, fault, n)
    return false
  }

  private miss(vote: Followed): false {
    this.say(vote, { step: 'missing', progress: null })
    return false
  }

  /** Reads and checks what belongs to the box, once; false: not now, or never. */
  private async verify(vote: Followed, election: OwnElection): Promise<boolean> {
    const had_roll = vote.roll
    if (!(await this.verify_roll(vote, election))) return false
    if (vote.box !== null && had_roll === vote.roll) return true
    vote.box = null
    const file = await read_secret_file(this.desk, vote.view.id, 'box')
    if (file === null) return this.miss(vote)
    const told = (done: number, total: number) =>
      this.say(vote, { step: 'verifying', progress: { done, total } })
    const box = await check_box(vote.view, file, vote.roll!, told)
    if (is_refusal(box)) return this.refuse(vote, box)
    vote.box = box
    const { ballots, spoils } = box
    this.say(vote, { ballots, spoils, root: hex_of(box.share_terms.box_root).slice(0, 8), progress: null })
    return true
  }

  private async give_share(
    vote: Followed,
    held: HeldShare,
    election: OwnElection,
    said: { confirmed: number; overridden: boolean },
  ): Promise<void> {
    const checkpoint = await witness(this.giver, vote)
    if (checkpoint === null) return void this.miss(vote)
    if (is_refusal(checkpoint)) return void this.refuse(vote, checkpoint)
    const entry = make_given(this.giver, vote, held, election, { ...said, checkpoint })
    if (entry === null) return this.stop(vote, 'own_share')
    this.keys.given.set(hex_of(entry.vote), entry)
    if (!(await this.keep())) return this.say(vote, { step: 'not_kept' })
    await this.desk.note({
      vote: hex_of(entry.vote),
      number: vote.view.id,
      title: vote.view.title,
      ballots: vote.box!.ballots,
      listed: vote.roll!.list.length,
      ...said,
      reason: vote.consent?.reason ?? '',
    })
    await this.send(vote, entry)
  }

  /** What stands in the ledger, and nothing before it stands there for good. */
  private async send(vote: Followed, entry: Given): Promise<void> {
    if (!this.is_kept && !(await this.keep())) return this.say(vote, { step: 'not_kept' })
    this.say(vote, { step: 'sending', refused: null })
    const refused = await this.desk.act('share.give', message_of(vote.view.id, entry))
    vote.is_sent = refused === null
    vote.retry_at_ms = this.desk.now_ms() + retry_ms
    if (refused === null) this.say_given(vote, entry)
    else this.say(vote, { step: 'turned_down', refused })
  }

  private async erase_what_is_over(): Promise<void> {
    await this.past.erase([...this.votes.values()].map(({ view }) => view))
  }
}
