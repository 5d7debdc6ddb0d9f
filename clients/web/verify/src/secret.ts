import { tracker_of } from './ballot'
import { from_base64url, to_hex } from './bytes'
import { Ceremonies } from './ceremonies'
import { may_write } from './hands'
import { record_id } from './ids'
import type { Json } from './json'
import type { Record as Followed } from './record'
import { matter_of } from './matter'
import { confirm, contest, give, note_reuse, open_totals, seal, shred, type Opened } from './secret_box'
import { check_opening, Consoles } from './secret_roll'
import { is_secret, nothing_yet, type Audience, type Desk, type SecretState } from './secret_state'
import type { Findings, SignedLog } from './signed_log'
import type { SecretFigures, Vote } from './vote'
import { words, type BundleKind, type FindingName, type NoticeName, type Words } from './words'

// Secret votes at consoles, entry by entry. Offices are plenum-audit's to follow; everything a ballot passes
// through is followed here.

const ceremony_kinds = ['key_holders.appointed', 'election_key.made']
const ends_of_meeting = ['meeting.closed', 'meeting.archived', 'meeting.cancelled']
const builds_max = 16

/** An entry the next one must belong to. */
type Due = { what: 'vote.opened' | 'box.confirmed'; vote: Vote; seq: number; hand: string }

/** Of one record. Answers what it took, and is asked where a secret vote differs from others. */
export class SecretVotes implements Desk {
  readonly origin: string
  readonly kind: BundleKind
  /** Of all ballots in boxes that were seen, and in which vote. */
  readonly trackers = new Map<string, number>()
  /** Whether an entry names what others have, and this bundle is not for them. */
  left_out = false
  private readonly states = new Map<number, SecretState>()
  private readonly boxes = new Map<string, Vote>()
  private readonly pinned = new Map<number, Set<string>>()
  private readonly ended = new Set<number>()
  private readonly ceremonies: Ceremonies
  private readonly consoles: Consoles
  private due: Due | null = null
  seq = 0

  constructor(
    private readonly log: SignedLog,
    private readonly findings: Findings,
    private readonly record: Followed,
    readonly checked: (ballots: number) => void,
  ) {
    this.origin = log.checkpoint.origin
    this.kind = log.kind
    this.ceremonies = new Ceremonies(this.origin)
    this.consoles = new Consoles(this)
  }

  complain(name: FindingName, detail: Words | string = '', vote?: Vote): void {
    this.findings.add('secret', name, detail, this.seq)
    if (vote === undefined) return
    this.findings.list.at(-1)!.vote = vote.id
    vote.sound = false
  }

  note(name: NoticeName, detail: Words | string = '', vote?: Vote): void {
    const said = typeof detail === 'string' ? words(detail, detail) : detail
    this.findings.notices.push({
      name,
      detail: said,
      seq: this.seq,
      ...(vote === undefined ? {} : { vote: vote.id }),
    })
  }

  blob(digest: unknown, vote: Vote | undefined, audience: Audience): Uint8Array | null {
    const is_theirs = audience === 'members' ? this.kind !== 'public' : this.kind === 'auditor'
    if (audience !== 'everybody' && !is_theirs) {
      this.left_out = true
      return null
    }
    const bytes = from_base64url(String(digest))
    const path = `blobs/${bytes === null ? '' : to_hex(bytes)}`
    const content = this.log.files.get(path)
    if (content !== undefined) return content
    this.findings.add('blobs', 'file_missing', path, this.seq)
    if (vote !== undefined) vote.sound = false
    return null
  }

  root_at(size: number): Uint8Array | null {
    const { tree } = this.log
    return Number.isSafeInteger(size) && size >= 0 && size <= tree.size ? tree.root(size) : null
  }

  vote(id: unknown): Vote | undefined {
    return this.record.votes.get(Number(id))
  }

  state_of(vote: Vote): SecretState {
    const known = this.states.get(vote.id) ?? nothing_yet()
    this.states.set(vote.id, known)
    return known
  }

  sittings() {
    return this.record.sittings
  }

  keys_of(meeting: number) {
    return this.ceremonies.of(meeting)
  }

  pinned_in(meeting: number) {
    return this.pinned.get(meeting) ?? null
  }

  votes() {
    return this.record.votes.values()
  }

  tracked(vote: Vote, ballot: Uint8Array): void {
    this.trackers.set(tracker_of(ballot), vote.id)
  }

  /** Whether the entry was one of a secret vote alone, and nobody else has to follow it. */
  take(seq: number, kind: string, body: Json, hand: string): boolean {
    this.seq = seq
    const due = this.settle_due(kind, body, hand)
    if (!may_write(hand.split(' ')[0]!, kind, body)) this.complain('hand_wrong', kind, this.vote(body.vote))
    if (kind === 'sitting.closed') this.end_sitting(Number(body.sitting))
    if (ends_of_meeting.includes(kind)) this.ended.add(Number(body.meeting))
    if (kind.startsWith('ceremony.') || ceremony_kinds.includes(kind)) {
      const is_anew = kind === 'key_holders.appointed' || kind === 'ceremony.restarted'
      const is_too_early = is_anew && this.anything_waits(Number(body.meeting))
      if (!this.ceremonies.take(kind, body) || is_too_early) this.complain('election_key_wrong')
      return true
    }
    if (kind === 'access_codes.issued') {
      const issued = this.consoles.codes.issue(seq, body, (of) => this.record.persons_in(of))
      if (!issued) this.complain('codes_wrong', String(body.count))
    } else if (kind === 'console_builds.pinned') this.pin(body)
    else if (kind === 'share.erased') this.erase(body)
    else if (kind === 'console.enrolled') this.consoles.enroll(seq, body)
    else if (kind === 'voting_key.registered')
      this.consoles.register(this.record.sittings.get(Number(body.sitting)), body)
    else if (kind === 'box.frame') this.frame(String(body.box))
    else if (!own_kinds.includes(kind)) return false
    else this.follow(kind, body, hand, due)
    return true
  }

  /** Secret votes that have begun and are not decided. */
  private waiting(): Vote[] {
    const waits = ['open', 'held', 'closed']
    return [...this.votes()].filter((vote) => is_secret(vote) && waits.includes(vote.state))
  }

  private anything_waits(meeting: number): boolean {
    return this.waiting().some((vote) => vote.sitting.meeting === meeting)
  }

  /** No box is left behind. */
  private end_sitting(sitting: number): void {
    const ended = this.record.sittings.get(sitting)
    for (const vote of this.waiting())
      if (vote.sitting === ended) this.complain('box_out_of_order', 'sitting.closed', vote)
  }

  private pin(body: Json): void {
    const meeting = Number(body.meeting)
    const builds = (body.builds as unknown[]).map((build) => from_base64url(String(build)))
    const named = new Set(builds.flatMap((build) => (build === null ? [] : [to_hex(build)])))
    const can_be = named.size > 0 && named.size <= builds_max && named.size === builds.length
    const is_time = this.ceremonies.has_holders(meeting) && !this.ended.has(meeting)
    if (!can_be || named.has('0'.repeat(64)) || !is_time || this.anything_waits(meeting))
      this.complain('builds_wrong', String(builds.length))
    this.pinned.set(meeting, named)
  }

  private erase(body: Json): void {
    const meeting = Number(body.meeting)
    const is_time = this.ended.has(meeting) && !this.anything_waits(meeting)
    if (!this.ceremonies.erase(body) || !is_time)
      this.complain('erasure_wrong', String(body.holder))
  }

  private follow(kind: string, body: Json, hand: string, due: Due | null): void {
    const vote = this.vote(body.vote)
    if (vote === undefined) return this.complain('vote_out_of_order')
    if (kind !== 'roll.called' && !is_secret(vote)) return this.complain('box_out_of_order', kind, vote)
    switch (kind) {
      case 'roll.called':
        return this.consoles.call(vote, body)
      case 'ballot_box.created':
        return this.create(vote, body, hand)
      case 'ballot_box.sealed':
        return seal(this, vote, body)
      case 'seq.reused':
        return note_reuse(this, vote)
      case 'box.contested':
        return contest(this, vote, body)
      case 'share.given':
        if (give(this, vote, body)) this.due = { what: 'box.confirmed', vote, seq: this.seq, hand }
        return
      case 'box.confirmed':
        return confirm(this, vote, body, due?.what === kind)
      default:
        shred(this, vote, kind === 'box.shred_started')
    }
  }

  /** What the entry before asked for stands here or nowhere. */
  private settle_due(kind: string, body: Json, hand: string): Due | null {
    const { due } = this
    this.due = null
    if (due === null) return null
    const follows = due.what === kind && Number(body.vote) === due.vote.id && hand === due.hand
    if (follows) return due
    const name = due.what === 'vote.opened' ? 'box_out_of_order' : 'confirmations_wrong'
    this.findings.add('secret', name, '', due.seq)
    due.vote.sound = false
    return null
  }

  private create(vote: Vote, body: Json, hand: string): void {
    const state = this.state_of(vote)
    const is_kept = Number(body.copies) > 0
    if (vote.state !== 'prepared' || state.roll === null || state.created || !is_kept)
      this.complain('box_out_of_order', vote.state, vote)
    state.created = true
    this.boxes.set(to_hex(record_id(this.origin, 'ballot_box.created', this.seq)), vote)
    this.due = { what: 'vote.opened', vote, seq: this.seq, hand }
  }

  private frame(box: string): void {
    const vote = this.boxes.get(box)
    if (vote === undefined) return this.complain('box_out_of_order', box)
    if (vote.state !== 'open') this.complain('box_out_of_order', vote.state, vote)
    ++this.state_of(vote).frames
  }

  prepare(vote: Vote): void {
    const state = this.state_of(vote)
    state.matter = matter_of(this, vote)
    const { list, grades, rooms } = vote.prepared
    if (state.matter === null || rooms !== undefined) this.complain('vote_secret', '', vote)
    const is_plain = list === undefined && grades === undefined
    const has_more = (vote.profile.min_participation ?? null) !== null || vote.prepared.adopts_agenda === true
    if (!is_plain && has_more) this.complain('secret_vote_wrong', 'profile', vote)
    if (vote.profile.groups.length > 0 || this.keys_of(vote.sitting.meeting) === null)
      this.complain('secret_vote_wrong', '', vote)
  }

  /** Who votes in it. */
  open(vote: Vote, body: Json): number[] {
    return check_opening(this, vote, body)
  }

  close(vote: Vote, left: number): void {
    this.state_of(vote).left = left
  }

  left_of(vote: Vote): number {
    return this.state_of(vote).left
  }

  check_void(vote: Vote, reason: string): void {
    if (reason !== 'ballot_key_lost') return
    const was_open = ['open', 'held', 'closed'].includes(vote.state)
    if (!is_secret(vote) || !was_open || this.state_of(vote).box !== null)
      this.complain('void_unfounded', '', vote)
  }

  /** The figures of a secret vote; null when it has none, undefined for other votes. */
  count(vote: Vote, body: Json): Opened | null | undefined {
    if (is_secret(vote)) return open_totals(this, vote, body)
    if (body.totals !== undefined) this.complain('secret_vote_wrong', 'totals', vote)
    return undefined
  }

  /** After the last entry: what is due and never came, keys that were not destroyed, and figures to show. */
  finish(): void {
    this.settle_due('', {}, '')
    for (const [id, state] of this.states) {
      const vote = this.record.votes.get(id)!
      vote.secret = figures_of(state)
      const is_over = vote.state === 'announced' || vote.state === 'voided'
      if (is_over && state.created && !state.shredded) this.note('box_not_shredded', String(id), vote)
    }
    if (this.left_out) this.note(this.kind === 'member' ? 'lists_unseen' : 'secret_unseen')
  }
}

/** Kinds of entries that only secret votes have. */
const own_kinds = [
  'roll.called',
  'ballot_box.created',
  'ballot_box.sealed',
  'seq.reused',
  'box.contested',
  'share.given',
  'box.confirmed',
  'box.shred_started',
  'box.shredded',
]

function figures_of(state: SecretState): SecretFigures | null {
  const { roll, box, confirmed, shares, cosigners, shredded } = state
  if (roll === null) return null
  return {
    list_length: roll.context.list_length,
    ballots: box?.ballots ?? 0,
    spoils: box?.spoils ?? 0,
    confirmed: confirmed ?? 0,
    shares: shares.size,
    cosigned: cosigners.size,
    threshold: roll.keys.threshold,
    proofs_checked: box !== null && box.sums !== null,
    shredded,
  }
}
