import { check_ballots, read_ballot, is_fault } from './ballot'
import { check_order, check_spoil, read_box, type Box } from './box'
import { equal, from_base64url, to_hex } from './bytes'
import { times_generator, type Point } from './group'
import { hash_of_context, type Terms } from './context'
import { is_object, type Json } from './json'
import { check_box_oks } from './list'
import { count_grades, count_list, type Counted } from './counted'
import { no_tally, type Tally } from './outcome'
import type { Vote } from './vote'
import type { Desk, Roll, SealedBox, SecretState } from './secret_state'
import { ciphertexts_of, length_of } from './shape'
import { is_cosigned, is_stated } from './statements'
import { check_share, counts_of, messages_of, type Share } from './totals'

// The ballot box of a secret vote, the shares it is opened by, and its totals (docs/ballot_protocol.md 6-8).

const nothing = new Uint8Array(0)
const crowd_min = 10

/** Of a vote that is closed, or in one of these states, with a list and a box. */
function roll_of(desk: Desk, vote: Vote, state: SecretState, may_be = ['closed']): Roll | null {
  if (may_be.includes(vote.state) && state.created && state.roll !== null) return state.roll
  desk.complain('box_out_of_order', vote.state, vote)
  return null
}

/** Every record of a box: its owner, its proof, and the sums of the ballots when all hold. */
function check_records(
  desk: Desk,
  vote: Vote,
  roll: Roll,
  terms: Terms,
  box: Box,
): [Point, Point][] | null {
  for (const { reason, index } of check_order(terms.vote, box))
    desk.complain('box_changed', `${reason} ${index ?? ''}`, vote)
  if (desk.kind === 'auditor') {
    const members = new Set((roll.list ?? []).map(to_hex))
    for (const record of [...box.ballots, ...box.spoils]) {
      if (!members.has(to_hex(record.subarray(17, 49)))) desk.complain('ballot_of_outsider', '', vote)
    }
  }
  for (const spoil of box.spoils) {
    const fault = check_spoil(terms, spoil)
    if (fault !== null) desk.complain('spoil_wrong', fault, vote)
  }
  const faults = check_ballots(terms, box.ballots, (checked) => desk.checked(checked))
  for (const [, { reason }] of faults) desk.complain('ballot_wrong', reason, vote)
  if (faults.size > 0) return null
  const zero = times_generator(0n)
  let sums = Array.from({ length: ciphertexts_of(terms.shape) }, (): [Point, Point] => [zero, zero])
  for (const bytes of box.ballots) {
    const read = read_ballot(terms, bytes)
    if (is_fault(read)) return null
    sums = sums.map(([a, b], at) => [a.add(read.ciphertexts[at]![0]), b.add(read.ciphertexts[at]![1])])
  }
  return sums
}

export function seal(desk: Desk, vote: Vote, body: Json): void {
  const state = desk.state_of(vote)
  const roll = roll_of(desk, vote, state)
  if (roll === null) return
  if (state.box !== null) return desk.complain('box_out_of_order', 'sealed', vote)
  const [ballots, spoils] = [Number(body.ballots), Number(body.spoils)]
  if (ballots > roll.context.list_length) desk.complain('box_changed', String(ballots), vote)
  if (ballots + spoils > 0 && state.frames === 0) desk.complain('box_out_of_order', 'box.frame', vote)
  const sealed: SealedBox = {
    root: from_base64url(String(body.root)) ?? nothing,
    seq: desk.seq,
    ballots,
    spoils,
    sums: null,
  }
  state.box = sealed
  const blob = desk.blob(body.box, vote, 'members')
  if (blob === null || roll.terms === null) return
  const box = read_box(roll.terms.context, length_of(roll.terms.shape), blob)
  if (box === null) return desk.complain('box_changed', 'malformed', vote)
  if (!equal(box.root, sealed.root)) desk.complain('box_changed', 'root', vote)
  if (box.ballots.length !== ballots || box.spoils.length !== spoils)
    desk.complain('box_changed', `${ballots} / ${box.ballots.length}`, vote)
  sealed.ballots = box.ballots.length
  for (const ballot of box.ballots) desk.tracked(vote, ballot)
  sealed.sums = check_records(desk, vote, roll, roll.terms, box)
}

/** A ballot that was refused because its number had another; whose it was stands nowhere. */
export function note_reuse(desk: Desk, vote: Vote): void {
  const state = desk.state_of(vote)
  const roll = roll_of(desk, vote, state, ['open'])
  if (roll === null) return
  state.reused += 1
  if (state.reused > roll.context.list_length) desk.complain('box_out_of_order', 'seq.reused', vote)
  else desk.note('seq_reused', '', vote)
}

export function contest(desk: Desk, vote: Vote, body: Json): void {
  const state = desk.state_of(vote)
  const roll = roll_of(desk, vote, state, ['closed', 'decided'])
  if (roll === null) return
  const person = Number(body.person)
  if (state.box === null || !roll.drawn.has(person) || state.contested.has(person))
    return desk.complain('box_out_of_order', String(person), vote)
  state.contested.add(person)
  desk.note('box_contested', String(person), vote)
}

/** The share when it holds, as far as one can tell: null when it does not. */
function read_share(
  roll: Roll,
  terms: Terms,
  box: SealedBox,
  holder: number,
  blob: Uint8Array,
): Share | null {
  if (box.sums !== null) {
    const share = check_share(terms, box.root, roll.keys.shares, box.sums, blob)
    return 'reason' in share || share.holder !== holder ? null : share
  }
  // Without the box only what the share says of itself can be compared.
  const length = 1 + 16 + 32 + 4 + 128 * ciphertexts_of(terms.shape)
  const is_of_it =
    blob.length === length &&
    blob[0] === 1 &&
    equal(blob.subarray(1, 17), terms.vote) &&
    equal(blob.subarray(17, 49), box.root) &&
    new DataView(blob.buffer, blob.byteOffset + 49, 4).getUint32(0, true) === holder
  return is_of_it ? { holder, parts: [] } : null
}

/** A checkpoint of this record, of the sealed box or later, as its holder had it before the share. */
function is_of_record(desk: Desk, box: SealedBox, key: Uint8Array, said: unknown): boolean {
  if (!is_object(said)) return false
  const { size, time_s } = said
  if (typeof size !== 'number' || typeof time_s !== 'number') return false
  const root = from_base64url(String(said.root)) ?? nothing
  const signature = from_base64url(String(said.signature)) ?? nothing
  const there = desk.root_at(size)
  const is_in_time = size > box.seq && size <= desk.seq
  if (!is_in_time || there === null || !equal(there, root)) return false
  return is_cosigned({ origin: desk.origin, size, root, time_s, key, signature })
}

/** Whether the holder signed the record it verified the box in. */
function check_cosigned(desk: Desk, vote: Vote, { keys }: Roll, holder: number, said: unknown): void {
  const { box, cosigners } = desk.state_of(vote)
  const name = keys.names[holder - 1]!
  if (said === undefined) return desk.note('share_not_cosigned', name, vote)
  if (!is_of_record(desk, box!, keys.signing[holder - 1]!, said))
    return desk.complain('cosignature_wrong', name, vote)
  cosigners.add(holder)
}

/** True when this is the first share that holds, so that the confirmations must follow. */
export function give(desk: Desk, vote: Vote, body: Json): boolean {
  const state = desk.state_of(vote)
  const roll = roll_of(desk, vote, state)
  const { box } = state
  if (roll === null || roll.terms === null) return false
  if (box === null) {
    desk.complain('box_out_of_order', 'share.given', vote)
    return false
  }
  const person = Number(body.holder)
  const holder = roll.keys.persons.indexOf(person) + 1
  if (holder === 0) {
    desk.complain('share_wrong', String(person), vote)
    return false
  }
  check_cosigned(desk, vote, roll, holder, body.cosignature)
  const name = roll.keys.names[holder - 1]!
  const [confirmed, listed] = [Number(body.confirmed), roll.context.list_length]
  const is_said = is_stated({
    vote: roll.terms.vote,
    context: roll.terms.context,
    box_root: box.root,
    holder,
    confirmed,
    overridden: body.overridden === true,
    share: from_base64url(String(body.share)) ?? nothing,
    key: roll.keys.signing[holder - 1]!,
    signature: from_base64url(String(body.statement)) ?? nothing,
  })
  const too_few = body.overridden !== true && 3 * confirmed <= 2 * listed
  if (!is_said || too_few || confirmed > listed || state.shares.has(holder))
    desk.complain('share_wrong', name, vote)
  const blob = desk.blob(body.share, vote, 'everybody')
  const share = blob === null ? null : read_share(roll, roll.terms, box, holder, blob)
  const is_known = blob !== null && (box.sums !== null || share === null)
  if (is_known && (share !== null) !== body.holds) desk.complain('share_wrong', name, vote)
  if (body.holds !== true) {
    desk.note('share_refused', name, vote)
    return false
  }
  if (body.overridden === true) desk.note('share_overridden', `${confirmed} / ${listed}`, vote)
  const is_first = state.shares.size === 0 && state.confirmed === null
  if (share !== null) state.shares.set(holder, share)
  if (is_first) state.first_counted = body.overridden === true ? 0 : confirmed
  return is_first
}

/** The confirmations of the box, which follow the first share. */
export function confirm(desk: Desk, vote: Vote, body: Json, is_due: boolean): void {
  const state = desk.state_of(vote)
  const { roll, box } = state
  if (!is_due || roll === null || box === null || state.confirmed !== null)
    return desk.complain('box_out_of_order', 'box.confirmed', vote)
  state.confirmed = Number(body.confirmed)
  const is_of_root = equal(from_base64url(String(body.root)) ?? nothing, box.root)
  const { confirmed, first_counted } = state
  if (!is_of_root || confirmed > roll.context.list_length || confirmed < first_counted)
    desk.complain('confirmations_wrong', '', vote)
  const blob = desk.blob(body.confirmations, vote, 'auditors')
  if (blob === null) return
  const devices = new Set([...roll.drawn.values()].map(({ device }) => device))
  const context = hash_of_context(roll.context)
  const found = check_box_oks(roll.context.vote, context, box.root, devices, blob)
  if (found !== state.confirmed)
    desk.complain('confirmations_wrong', typeof found === 'number' ? String(found) : found.reason, vote)
}

/** v·G = M, from the shares of exactly as many holders as it takes. */
function check_opened(desk: Desk, vote: Vote, totals: Json, roll: Roll, box: SealedBox): void {
  const persons = totals.holders as number[]
  const numbers = persons.map((person) => roll.keys.persons.indexOf(person) + 1)
  const state = desk.state_of(vote)
  const shares = numbers.map((number) => state.shares.get(number))
  const needed = box.ballots === 0 ? 0 : roll.keys.threshold
  const ascends = numbers.every((number, at) => at === 0 || numbers[at - 1]! < number)
  if (numbers.length !== needed || !ascends || shares.includes(undefined))
    return desk.complain('totals_wrong', 'holders', vote)
  if (box.sums === null || needed === 0) return
  const values = (totals.values as number[]).map(BigInt)
  const messages = messages_of(box.sums, shares as Share[])
  const holds =
    values.length === messages.length &&
    messages.every((message, at) => message.equals(times_generator(values[at]!)))
  if (!holds) desk.complain('totals_wrong', 'values', vote)
}

/** Totals of two lists that are nearly alike tell how the few voted by whom they differ. */
function check_crowd(desk: Desk, vote: Vote): void {
  const first = vote.prepared.first_attempt
  if (first === null) return
  for (const other of desk.votes()) {
    const is_same = other.id === first || other.prepared.first_attempt === first
    if (other === vote || !is_same || !desk.state_of(other).opened) continue
    const [these, those] = [new Set(vote.electorate), new Set(other.electorate)]
    const differ =
      vote.electorate.filter((one) => !those.has(one)).length +
      other.electorate.filter((one) => !these.has(one)).length
    if (differ > 0 && differ < crowd_min) desk.note('lists_nearly_alike', String(other.id), vote)
  }
}

/** The figures of a secret vote: of a list or a sheet the tally only says how many were on the list. */
export type Opened = { tally: Tally; counted: Counted | null }

/** What the opened totals mean; null when they mean nothing, which was complained of. */
export function open_totals(desk: Desk, vote: Vote, body: Json): Opened | null {
  const state = desk.state_of(vote)
  const { box, roll } = state
  const totals = body.totals as Json | undefined
  if (box === null || roll === null || totals === undefined || roll.terms === null) {
    desk.complain(box === null ? 'box_out_of_order' : 'totals_wrong', '', vote)
    return null
  }
  state.opened = true
  if (totals.ballots !== box.ballots) desk.complain('totals_wrong', String(totals.ballots), vote)
  check_opened(desk, vote, totals, roll, box)
  check_crowd(desk, vote)
  const counts = counts_of(roll.terms, box.ballots, (totals.values as number[]).map(BigInt))
  if (counts === null) {
    desk.complain('totals_wrong', 'values', vote)
    return null
  }
  const listed = roll.context.list_length
  const { list, grades } = vote.prepared
  if (list === undefined && grades === undefined) {
    const [abstain, approve, oppose] = counts[0] as [number, number, number]
    const not_pressed = Math.max(0, listed - box.ballots)
    return { tally: { abstain, approve, oppose, not_pressed }, counted: null }
  }
  const count = list === undefined ? count_grades : count_list
  const counted = count(vote, listed, box.ballots, counts)
  if (counted === null) {
    desk.complain('outcome_wrong', '', vote)
    return null
  }
  return { tally: { ...no_tally(), not_pressed: listed }, counted }
}

/** Once and after the start of it, and only where the box is of no more use. */
export function shred(desk: Desk, vote: Vote, is_start: boolean): void {
  const state = desk.state_of(vote)
  const of_no_use = ['decided', 'announced', 'annulled', 'voided'].includes(vote.state)
  const follows = is_start ? !state.shred_started : state.shred_started && !state.shredded
  if (!of_no_use || !state.created || !follows) desk.complain('shredding_wrong', vote.state, vote)
  if (is_start) state.shred_started = true
  else state.shredded = true
}
