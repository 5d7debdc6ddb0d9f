import { equal, from_base64url, to_base64url, to_hex } from './bytes'
import { hash_of_context, terms_of, type Context } from './context'
import { parse_key } from './group'
import { record_id } from './ids'
import { read_canonical, type Json } from './json'
import { check_acks, check_list, check_registration, other_builds, read_list } from './list'
import { asks } from './matter'
import type { Sitting, Vote } from './vote'
import { is_secret, keyed_in, rule_hash, type Desk, type Roll } from './secret_state'
import { is_enrolled } from './statements'

// A secret vote until it is opened: consoles, voting keys, the list and who signed it
// (docs/ballot_protocol.md 2 and 3).

const voters_min = 5
const voters_max = 10_000
const nothing = new Uint8Array(0)

function bytes_of(value: unknown): Uint8Array {
  return from_base64url(String(value)) ?? nothing
}

function digest_of(value: unknown): Uint8Array {
  return from_base64url(String(value)) ?? nothing
}

/** For whom access codes were issued, and which have enrolled a console since: numbers of entries. */
export class Codes {
  /** An entry said for whom: all that follow do, and only then anything is checked. */
  private are_named = false
  private newest_unnamed = -1
  private readonly newest = new Map<number, number>()
  private readonly spent = new Map<number, number>()

  /** False when it says for nobody, for two, or for more than there are. */
  issue(seq: number, body: Json, members_of: (body: number) => number[]): boolean {
    const [has_body, has_person] = [body.body !== undefined, body.person !== undefined]
    if (!has_body && !has_person) {
      this.newest_unnamed = seq
      return !this.are_named
    }
    this.are_named = true
    if (has_person) this.newest.set(Number(body.person), seq)
    const members = has_body ? members_of(Number(body.body)) : []
    for (const person of members) this.newest.set(person, seq)
    return has_body !== has_person && (has_person || Number(body.count) <= members.length)
  }

  /** Whether this member had a code issued since a console of his or hers was enrolled last. */
  spend(person: number, seq: number): boolean {
    const newest = Math.max(this.newest_unnamed, this.newest.get(person) ?? -1)
    const had_one = !this.are_named || newest > (this.spent.get(person) ?? -1)
    this.spent.set(person, seq)
    return had_one
  }
}

/** Consoles, by person; of a newer one nothing registered on the older stays. */
export class Consoles {
  private readonly devices = new Map<number, string>()
  private readonly generators = new Set<string>()
  readonly codes = new Codes()

  constructor(private readonly desk: Desk) {}

  enroll(seq: number, body: Json): void {
    const person = Number(body.person)
    const [device, channel, proof] = [body.device, body.channel, body.proof].map(bytes_of) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const { origin } = this.desk
    const named = record_id(origin, 'person', person)
    const is_proven = is_enrolled({ origin, person: named, channel, device, proof })
    const name = to_hex(device)
    const is_taken = [...this.devices].some(([other, of]) => other !== person && of === name)
    if (is_taken || !is_proven) this.desk.complain('console_wrong', String(person))
    if (!this.codes.spend(person, seq)) this.desk.complain('console_without_code', String(person))
    this.devices.set(person, name)
    for (const [, sitting] of this.desk.sittings()) sitting.voting_keys.delete(person)
  }

  register(sitting: Sitting | undefined, body: Json): void {
    const person = Number(body.person)
    const device = this.devices.get(person)
    if (sitting === undefined || device === undefined) {
      return this.desk.complain('voting_key_wrong', String(person))
    }
    const is_there = sitting.present.has(person) && !sitting.remote.has(person)
    if (!is_there || this.desk.keys_of(sitting.meeting) === null)
      this.desk.complain('voting_key_wrong', String(person))
    const blob = this.desk.blob(body.registration, undefined, 'auditors')
    let key: string | null = null
    if (blob !== null) {
      const { origin } = this.desk
      const registrant = {
        origin,
        meeting: record_id(origin, 'meeting.created', sitting.meeting),
        person: record_id(origin, 'person', person),
        device_key: Uint8Array.from(device.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
        channel: bytes_of(body.channel),
      }
      key = to_hex(blob.subarray(1, 33))
      const again = [...sitting.voting_keys].some(([other, { key: of }]) => other !== person && of === key)
      if (again || check_registration(registrant, blob) !== null)
        this.desk.complain('voting_key_wrong', String(person))
    }
    sitting.voting_keys.set(person, { device, key })
  }

  /** The list of one round. */
  call(vote: Vote, body: Json): void {
    const { desk } = this
    if (!is_secret(vote) || vote.state !== 'prepared') return desk.complain('secret_vote_wrong', '', vote)
    const state = desk.state_of(vote)
    const round = Number(body.round)
    if (round !== state.rounds + 1) desk.complain('roll_wrong', String(round), vote)
    state.rounds = round
    state.roll = null
    this.check_question(vote, body)
    const drawn = keyed_in(vote.sitting)
    for (const person of body.without as number[]) drawn.delete(person)
    const length = Number(body.list_length)
    if (length !== drawn.size) desk.complain('roll_members_wrong', `${length} / ${drawn.size}`, vote)
    const keys = desk.keys_of(vote.sitting.meeting)
    const generator = bytes_of(body.vote_generator)
    const name = to_hex(generator)
    const is_usable = keys !== null && parse_key(generator) !== null && length <= voters_max
    if (!is_usable || this.generators.has(name)) {
      return desk.complain('roll_wrong', 'vote_generator', vote)
    }
    this.generators.add(name)
    const context: Context = {
      origin: desk.origin,
      meeting: record_id(desk.origin, 'meeting.created', vote.sitting.meeting),
      vote: record_id(desk.origin, 'vote.prepared', vote.id),
      round,
      question: digest_of(body.question),
      rule: rule_hash(vote),
      roll_root: digest_of(body.roll_root),
      list_length: length,
      key_holders: keys.hash,
      election_key: keys.election_key.toBytes(),
      vote_generator: generator,
    }
    const blob = desk.blob(body.list, vote, 'auditors')
    const fault = blob === null ? null : check_list(context, blob)
    if (fault !== null) desk.complain('roll_wrong', fault, vote)
    const list = blob === null ? null : read_list(blob)
    const terms = state.matter === null ? null : terms_of(context, state.matter.shape)
    state.roll = { round, context, terms, list, drawn, keys }
  }

  private check_question(vote: Vote, body: Json): void {
    const blob = this.desk.blob(body.question, vote, 'everybody')
    if (blob === null) return
    const question = read_canonical(blob)
    const { matter } = this.desk.state_of(vote)
    if (question === null || matter === null || !asks(question, vote, matter))
      this.desk.complain('question_wrong', '', vote)
  }
}

/** What is special about opening a secret vote; answers who votes in it. */
export function check_opening(desk: Desk, vote: Vote, body: Json): number[] {
  const state = desk.state_of(vote)
  const said = body.secret as Json | undefined
  const { roll } = state
  if (said === undefined || roll === null) {
    desk.complain('secret_vote_wrong', 'secret', vote)
    return []
  }
  if (!state.created) desk.complain('box_out_of_order', 'ballot_box.created', vote)
  if (said.round !== roll.round) desk.complain('roll_wrong', String(said.round), vote)
  const keys = desk.keys_of(vote.sitting.meeting)
  const same_keys = keys !== null && equal(keys.hash, roll.keys.hash)
  if (!same_keys || said.context !== to_base64url(hash_of_context(roll.context)))
    desk.complain('context_wrong', '', vote)
  check_still_there(desk, vote, roll)
  if (roll.drawn.size < voters_min) desk.complain('secret_vote_wrong', String(roll.drawn.size), vote)
  const acks = desk.blob(said.acknowledgements, vote, 'auditors')
  if (acks !== null) {
    const devices = new Set([...roll.drawn.values()].map(({ device }) => device))
    const fault = check_acks(roll.context, devices, null, acks)
    if (fault !== null) desk.complain('acknowledgements_wrong', fault.reason, vote)
    else note_builds(desk, vote, roll, acks)
  }
  return [...roll.drawn.keys()].sort((left, right) => left - right)
}

/** Consoles that ran another program than the body had pinned; where it pinned none nothing is said. */
function note_builds(desk: Desk, vote: Vote, roll: Roll, acks: Uint8Array): void {
  const pinned = desk.pinned_in(vote.sitting.meeting)
  if (pinned === null) return
  const others = other_builds(roll.context, pinned, acks)
  if (others > 0) desk.note('build_other', `${others} / ${roll.drawn.size}`, vote)
}

/** Whoever came, left or changed the console since the roll was called makes it another list. */
function check_still_there(desk: Desk, vote: Vote, roll: Roll): void {
  const there = keyed_in(vote.sitting)
  for (const [person, { device, key }] of roll.drawn) {
    const now = there.get(person)
    if (now?.device !== device || now.key !== key) desk.complain('roll_members_wrong', String(person), vote)
  }
}
