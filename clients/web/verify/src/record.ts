import type { Counted } from './counted'
import { from_base64url, to_base64url, to_hex } from './bytes'
import { canonical, hash_of, is_object, read_canonical, type Json } from './json'
import { least, no_tally, outcome_of, type GroupTally, type Outcome, type Tally } from './outcome'
import { SecretVotes } from './secret'
import { is_secret } from './secret_state'
import type { Findings, SignedLog } from './signed_log'
import {
  agreed,
  ascending,
  both,
  numbers,
  pressed,
  states_for,
  window_of,
  type Hands,
  type Member,
  type Profile,
  type Sitting,
  type Vote,
} from './vote'
import { said_and_found, words, type FindingName, type Words } from './words'

// The record followed entry by entry, as far as the figures of votes rest on it: rosters, who was signed
// in, the rule as it was frozen, presses, hands, silence, and secret ballots. Offices, agenda and floor are
// plenum-audit's to follow.

const no_words = words('', '')

/** Follows entries and complains. */
export class Record {
  readonly votes = new Map<number, Vote>()
  private readonly rosters = new Map<number, { digest: string; members: Member[] }>()
  private readonly meetings = new Map<number, number>()
  readonly sittings = new Map<number, Sitting>()
  readonly secret: SecretVotes
  private seq = 0
  private at = 0

  constructor(
    private readonly log: SignedLog,
    private readonly findings: Findings,
    checked: (ballots: number) => void = () => undefined,
  ) {
    this.secret = new SecretVotes(log, findings, this, checked)
  }

  /** One entry, in order. `hand`: by whom and in which command. */
  take(seq: number, kind: string, at: number, body: Json, hand: string): void {
    this.seq = seq
    this.at = at
    if (this.secret.take(seq, kind, body, hand)) return
    switch (kind) {
      case 'roster.adopted':
        return this.adopt_roster(body)
      case 'meeting.created':
        this.meetings.set(seq, Number(body.body))
        return
      case 'sitting.created': {
        const of = body.body === null ? this.meetings.get(Number(body.meeting)) : Number(body.body)
        this.sittings.set(seq, {
          body: of ?? -1,
          meeting: Number(body.meeting),
          present: new Set(),
          remote: new Set(),
          voting_keys: new Map(),
        })
        return
      }
      case 'attendance.signed_in':
      case 'attendance.signed_out':
        return this.attend(kind, body)
      case 'sitting.closed':
        this.sittings.get(Number(body.sitting))?.voting_keys.clear()
        return
      case 'vote.prepared':
        return this.prepare(body)
      default:
        if (kind.startsWith('vote.')) this.follow_vote(kind, body)
    }
  }

  complain(name: FindingName, detail: Words = no_words, vote?: Vote): void {
    this.findings.add('votes', name, detail, this.seq)
    if (vote === undefined) return
    this.findings.list.at(-1)!.vote = vote.id
    vote.sound = false
  }

  /** The blob of this digest as canonical JSON. */
  private blob(digest: unknown, vote?: Vote): Json | null {
    const bytes = from_base64url(String(digest))
    const path = `blobs/${bytes === null ? '' : to_hex(bytes)}`
    const content = this.log.files.get(path)
    const read = content === undefined ? null : read_canonical(content)
    if (content === undefined) this.findings.add('blobs', 'file_missing', path, this.seq)
    else if (read === null) this.findings.add('blobs', 'blob_changed', path, this.seq)
    if (read === null && vote !== undefined) vote.sound = false
    return read
  }

  private adopt_roster(body: Json): void {
    const roster = this.blob(body.roster)
    const members = Array.isArray(roster?.members) ? roster.members.filter(is_object) : []
    const read = members.map(({ person, group }) => ({ person: Number(person), group: String(group) }))
    this.rosters.set(Number(body.body), { digest: String(body.roster), members: read })
  }

  persons_in(body: number): number[] {
    return this.rosters.get(body)?.members.map(({ person }) => person) ?? []
  }

  private members_of(sitting: Sitting): Member[] {
    return this.rosters.get(sitting.body)?.members ?? []
  }

  private attend(kind: string, body: Json): void {
    const sitting = this.sittings.get(Number(body.sitting))
    const person = Number(body.person)
    if (sitting === undefined) return
    sitting.remote.delete(person)
    sitting.voting_keys.delete(person) // one is made after every sign-in
    if (kind === 'attendance.signed_out') {
      sitting.present.delete(person)
    } else if (this.members_of(sitting).some((member) => member.person === person)) {
      sitting.present.add(person)
      if (body.mode === 'remote') sitting.remote.add(person)
    }
  }

  private prepare(body: Json): void {
    const sitting = this.sittings.get(Number(body.sitting))
    const profile = body.profile as Profile
    if (sitting === undefined || !is_object(body.profile)) return this.complain('vote_out_of_order')
    const vote: Vote = {
      id: this.seq,
      title: String(body.title),
      attempt: Number(body.attempt),
      sitting,
      sitting_id: Number(body.sitting),
      profile,
      prepared: body,
      method: profile.method,
      state: 'prepared',
      base_members: Number(body.base_members),
      electorate: [],
      by_hands: new Set(),
      presses: new Map(),
      hands: new Map(),
      objections: 0,
      closes_at: null,
      tally: null,
      verdict: null,
      void_reason: null,
      sound: true,
      counted: null,
      secret: null,
    }
    this.votes.set(this.seq, vote)
    if (is_secret(vote)) this.secret.prepare(vote)
  }

  private follow_vote(kind: string, body: Json): void {
    const vote = this.votes.get(Number(body.vote))
    if (vote === undefined) return this.complain('vote_out_of_order')
    const allowed = states_for[kind]
    // A secret vote is closed for a while before it is decided.
    const may_wait = kind === 'vote.voided' && vote.state === 'closed' && is_secret(vote)
    if (allowed !== undefined && !allowed.includes(vote.state) && !may_wait) {
      return this.complain('vote_out_of_order', words(vote.state, vote.state), vote)
    }
    switch (kind) {
      case 'vote.opened':
        return this.open(vote, body)
      case 'vote.cast':
        return this.press(vote, Number(body.person), String(body.choice))
      case 'vote.held':
        vote.state = 'held'
        vote.closes_at = null
        return
      case 'vote.resumed':
        vote.state = 'open'
        vote.hands.clear()
        vote.closes_at = window_of(body)
        return
      case 'vote.extended':
        vote.closes_at = window_of(body)
        return
      case 'vote.hands_counted':
        return this.count_hands(vote, body)
      case 'vote.objected':
        ++vote.objections
        return
      case 'vote.method_switched':
        vote.method = String(body.method)
        if (vote.method === 'hands') vote.by_hands = new Set(vote.electorate)
        return
      case 'vote.closed':
        return this.close(vote)
      case 'vote.decided':
        return this.decide(vote, body)
      case 'vote.announced':
        vote.state = 'announced'
        return
      case 'vote.voided':
        this.secret.check_void(vote, String(body.reason))
        vote.state = 'voided'
        vote.void_reason = String(body.reason)
    }
  }

  private open(vote: Vote, body: Json): void {
    vote.state = 'open'
    vote.base_members = Number(body.base_members)
    vote.closes_at = window_of(body)
    if (body.profile_hash !== to_base64url(hash_of(vote.profile)))
      this.complain('profile_changed', no_words, vote)
    if (body.text !== vote.prepared.text) this.complain('text_changed', no_words, vote)
    const roster = this.rosters.get(vote.sitting.body)
    const base = vote.prepared.base_reason === '' ? roster?.members.length : vote.prepared.base_members
    if (vote.base_members !== base) {
      this.complain('base_changed', said_and_found(String(vote.base_members), String(base)), vote)
    }
    const blob = this.blob(body.electorate, vote)
    if (blob === null) return
    const [said, by_hands] = [numbers(blob.present), numbers(blob.by_hands)]
    const there = ascending(vote.sitting.present)
    const present = is_secret(vote) ? this.secret.open(vote, body) : there
    if (!is_secret(vote) && body.secret !== undefined) this.complain('secret_vote_wrong', no_words, vote)
    const nobody = vote.method === 'paper' || is_secret(vote)
    const hands = nobody ? [] : vote.method === 'hands' ? present : ascending(vote.sitting.remote)
    const is_right =
      canonical(said) === canonical(present) &&
      canonical(by_hands) === canonical(hands) &&
      blob.sitting === vote.sitting_id &&
      blob.roster === roster?.digest &&
      body.present === said.length &&
      body.by_hands === by_hands.length
    if (!is_right) this.complain('electorate_wrong', no_words, vote)
    const need = Math.max(least(roster?.members.length ?? 0, vote.profile.quorum), 1)
    if (there.length < need || body.quorum !== need) {
      this.complain('electorate_wrong', said_and_found(String(body.quorum), String(need)), vote)
    }
    vote.electorate = ascending(new Set(said))
    vote.by_hands = new Set(by_hands.filter((person) => vote.electorate.includes(person)))
  }

  private press(vote: Vote, person: number, choice: string): void {
    if (is_secret(vote)) return this.complain('press_in_secret_vote', no_words, vote)
    const too_late = vote.profile.close === 'timer' && vote.closes_at !== null && this.at > vote.closes_at
    const by_console = vote.method !== 'no_objection' && vote.method !== 'paper'
    const is_there = vote.sitting.present.has(person) && !vote.sitting.remote.has(person)
    const raises_hand = vote.by_hands.has(person) && vote.method !== 'no_objection'
    const again = vote.profile.press === 'first' && vote.presses.has(person)
    if (too_late || !by_console || !vote.electorate.includes(person) || !is_there || raises_hand || again) {
      return this.complain('cast_not_counted', words(`代表${person}`, `person ${person}`), vote)
    }
    vote.presses.set(person, choice)
  }

  private count_hands(vote: Vote, body: Json): void {
    const hands = body.hands as Hands
    if (
      hands.approve + hands.oppose + hands.abstain > vote.by_hands.size ||
      vote.method === 'no_objection'
    ) {
      return this.complain('hands_not_agreed', no_words, vote)
    }
    vote.hands.set(Number(body.teller), hands)
  }

  private close(vote: Vote): void {
    vote.state = 'closed'
    vote.closes_at = null
    if (is_secret(vote)) return this.secret.close(vote, this.left_of(vote))
    if (vote.method === 'no_objection' && vote.objections > 0)
      this.complain('objection_ignored', no_words, vote)
    const counts_hands = vote.by_hands.size > 0 && vote.method !== 'no_objection' && vote.method !== 'paper'
    if (counts_hands && agreed(vote) === null) this.complain('hands_not_agreed', no_words, vote)
  }

  private decide(vote: Vote, body: Json): void {
    vote.state = 'decided'
    const left = is_secret(vote) ? this.secret.left_of(vote) : this.left_of(vote)
    if (body.left !== left)
      this.complain('left_wrong', said_and_found(String(body.left), String(left)), vote)
    if (vote.method === 'paper') {
      vote.verdict = String((body.outcome as Json).verdict)
      return
    }
    const opened = this.secret.count(vote, body)
    if (opened === null) return
    const tally = opened?.tally ?? this.count(vote)
    const counted = opened?.counted ?? null
    vote.tally = counted === null ? tally : null
    this.check_counted(vote, body, counted)
    if (canonical(body.tally) !== canonical(tally)) {
      this.complain('tally_wrong', said_and_found(...both(body.tally as Tally, tally)), vote)
    }
    if (canonical(body.hands) !== canonical(agreed(vote))) this.complain('hands_not_agreed', no_words, vote)
    const groups = this.count_groups(vote)
    const is_silent = vote.method === 'no_objection'
    if (canonical(body.groups) !== canonical(is_silent ? [] : groups))
      this.complain('groups_wrong', no_words, vote)
    const by_itself = counted !== null ? 'counted' : is_silent ? 'adopted_no_objection' : null
    const outcome: Outcome | null =
      by_itself !== null
        ? { findings: [], participation: null, verdict: by_itself }
        : outcome_of(vote.profile, vote.base_members, tally, groups)
    vote.verdict = outcome?.verdict ?? null
    if (canonical(body.outcome) !== canonical(outcome)) {
      const said = String((body.outcome as Json).verdict)
      this.complain('outcome_wrong', said_and_found(said, outcome?.verdict ?? '?'), vote)
    }
  }

  /**
   * The figures of a list or a sheet, and who is elected or how it was graded; of other votes that there are
   * none.
   */
  private check_counted(vote: Vote, body: Json, counted: Counted | null): void {
    vote.counted = counted
    for (const name of ['places', 'grades'] as const) {
      const found = counted === null ? undefined : (counted as { [name: string]: unknown })[name]
      const said = body[name] as Json | undefined
      if (found === undefined && said === undefined) continue
      if (canonical(said ?? null) === canonical(found ?? null)) continue
      const figures = (value: unknown) => canonical(is_object(value) ? (value.counted ?? null) : null)
      const is_count = figures(said) !== figures(found)
      this.complain(is_count ? 'tally_wrong' : 'outcome_wrong', no_words, vote)
    }
  }

  /** Who votes and is not there any more. */
  private left_of(vote: Vote): number {
    return vote.electorate.filter((person) => !vote.sitting.present.has(person)).length
  }

  private count(vote: Vote, of = vote.electorate): Tally {
    const tally = no_tally()
    const raising = of.filter((person) => vote.by_hands.has(person) && vote.method !== 'no_objection')
    for (const person of of) {
      if (!raising.includes(person)) ++tally[pressed(vote.presses.get(person))]
    }
    const hands = agreed(vote) ?? { abstain: 0, approve: 0, oppose: 0 }
    if (of !== vote.electorate) return tally
    tally.approve += hands.approve
    tally.oppose += hands.oppose
    tally.abstain += hands.abstain
    tally.not_pressed += raising.length - hands.approve - hands.oppose - hands.abstain
    return tally
  }

  private count_groups(vote: Vote): GroupTally[] {
    const members = this.members_of(vote.sitting)
    return vote.profile.groups.map((group) => {
      const persons = members.filter((member) => member.group === group).map(({ person }) => person)
      const of = vote.electorate.filter((person) => persons.includes(person))
      return { group, members: persons.length, tally: this.count(vote, of) }
    })
  }
}

export type { Sitting, Vote } from './vote'
