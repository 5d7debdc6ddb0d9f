import { make_ballot } from '../src/ballot/ballot'
import { tracker_of, ballot_name } from '../src/ballot/receipt'
import type { BallotShape } from '../src/ballot/shape'
import { make_spoil, opening_bytes } from '../src/ballot/spoil'
import { context_hash, terms_of, type VoteContext } from '../src/ballot/terms'
import { ack_message } from '../src/ballot/roll'
import { box_ok_message } from '../src/ballot/box'
import { DeviceKey, register, VotingKey } from '../src/ballot/voting_key'
import { digest, from_hex, hex, prepare, seeded, type Day } from './ballot_days'

// Ballots of the console's builder, accepted and rejected, as other checkers read them.

export type BallotCase = {
  name: string
  expect: string
  context: Record<string, string | number>
  shape: BallotShape
  ctx: string
  ballot: string
  sha256?: string
  tracker?: string
  choice?: number[]
  opening?: string
}

const shapes: [string, BallotShape, number, number[]][] = [
  ['abstain', { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }, 5, [0]],
  ['approve', { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }, 5, [1]],
  ['oppose', { kind: 'grid', options: 3, rows: 1, min: 0, max: 1 }, 2_980, [2]],
  ['yes or no', { kind: 'grid', options: 2, rows: 1, min: 0, max: 1 }, 7, [1]],
  ['three rows of four grades', { kind: 'grid', options: 4, rows: 3, min: 0, max: 1 }, 175, [3, 0, 2]],
  ['one of five', { kind: 'choose', options: 5, rows: 1, min: 1, max: 1 }, 8, [0, 0, 1, 0, 0]],
  ['up to two of four', { kind: 'choose', options: 4, rows: 1, min: 0, max: 2 }, 9, [1, 0, 0, 1]],
  ['none of four', { kind: 'choose', options: 4, rows: 1, min: 0, max: 2 }, 9, [0, 0, 0, 0]],
  ['any of three', { kind: 'choose', options: 3, rows: 1, min: 0, max: 3 }, 15, [1, 1, 1]],
  ['three candidates for two seats', { kind: 'elect', options: 3, rows: 1, min: 0, max: 2 }, 16, [1, 2, 1]],
  ['as many candidates as seats', { kind: 'elect', options: 2, rows: 1, min: 0, max: 2 }, 31, [2, 0]],
]

function spell_context(context: VoteContext): Record<string, string | number> {
  const spelled = Object.entries(context).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? hex(value) : value,
  ])
  return Object.fromEntries(spelled) as Record<string, string | number>
}

function case_of(
  name: string,
  expect: string,
  day: Pick<Day, 'context' | 'shape'>,
  ballot: string,
): BallotCase {
  const { context, shape } = day
  return { name, expect, context: spell_context(context), shape, ctx: hex(context_hash(context)), ballot }
}

const members_made = 3

function accepted(): { cases: BallotCase[]; days: Day[] } {
  const days: Day[] = []
  const cases = shapes.map(([name, shape, claimed, choice]) => {
    const day = prepare(name, members_made, shape, claimed)
    days.push(day)
    const terms = terms_of(day.context, shape)!
    const ballot = make_ballot(terms, day.keys[0]!, 1_000 + claimed, Uint8Array.from(choice), seeded(name))!
    return {
      ...case_of(name, 'accepted', day, hex(ballot.bytes)),
      sha256: hex(ballot_name(ballot.bytes)),
      tracker: tracker_of(ballot.bytes),
      choice,
      opening: hex(opening_bytes(ballot.opening)),
    }
  })
  return { cases, days }
}

const order = 2n ** 252n + 27742317777372353535851937790883648493n

function spelled_order(): Uint8Array {
  let value = order
  const spelled = new Uint8Array(32)
  for (let at = 0; at < 32; ++at, value >>= 8n) spelled[at] = Number(value & 0xffn)
  return spelled
}

type Change = (bytes: Uint8Array) => Uint8Array

function put(at: number, part: Uint8Array): Change {
  return (bytes) => {
    bytes.set(part, at)
    return bytes
  }
}

function flip(at: number): Change {
  return (bytes) => put(at, Uint8Array.of(bytes[at]! ^ 1))(bytes)
}

function swap(first: number, second: number, length: number): Change {
  return (bytes) => {
    const kept = bytes.slice(first, first + length)
    bytes.copyWithin(first, second, second + length)
    return put(second, kept)(bytes)
  }
}

/** Places in a ballot of one row and three options. */
const at = {
  vote: 1,
  p: 17,
  seq: 49,
  alpha: 53,
  beta: 85,
  a0: 117,
  a1: 181,
  c0: 309,
  z0: 341,
  k: 437,
  z: 469,
}
const no_point = new Uint8Array(32).fill(255)

const changes: [string, string, Change][] = [
  ['one byte too few', 'wrong_length', (bytes) => bytes.slice(0, -1)],
  ['one byte too many', 'wrong_length', (bytes) => Uint8Array.from([...bytes, 0])],
  ['nothing', 'wrong_length', () => new Uint8Array(0)],
  ['version 2', 'wrong_version', put(0, Uint8Array.of(2))],
  ['another vote', 'wrong_vote', flip(at.vote)],
  ['pseudonym is the identity', 'identity', put(at.p, new Uint8Array(32))],
  ['pseudonym is no point', 'not_canonical_point', put(at.p, no_point)],
  ['alpha is the identity', 'identity', put(at.alpha, new Uint8Array(32))],
  ['beta is no point', 'not_canonical_point', put(at.beta, no_point)],
  ['a commitment is no point', 'not_canonical_point', put(at.a1, no_point)],
  ['an answer above the order', 'not_canonical_scalar', put(at.z0, spelled_order())],
  ['the credential commitment is no point', 'not_canonical_point', put(at.k, no_point)],
  ['the credential answer above the order', 'not_canonical_scalar', put(at.z, no_point)],
  ['another seq', 'statement', flip(at.seq)],
  ['beta of the pseudonym', 'statement', (bytes) => put(at.beta, bytes.slice(at.p, at.p + 32))(bytes)],
  ['another challenge', 'statement', flip(at.c0)],
  ['another answer', 'statement', flip(at.z0)],
  ['swapped commitments', 'statement', swap(at.a0, at.a1, 64)],
  ['swapped answers', 'statement', swap(at.z0, at.z0 + 32, 32)],
  ['another credential answer', 'credential', flip(at.z)],
]

function rejected(days: Day[], cases: BallotCase[]): BallotCase[] {
  const day = days[1]!
  const bytes = () => from_hex(cases[1]!.ballot)
  const changed = changes.map(([name, expect, change]) => case_of(name, expect, day, hex(change(bytes()))))
  const later = { ...day, context: { ...day.context, round: 2 } }
  const elsewhere = { ...day, context: { ...day.context, origin: 'plenum.example/assembly-2027' } }
  const larger = { ...day, context: { ...day.context, list_length: 8 } }
  const other_key = { ...day, context: { ...day.context, election_key: day.list[0]! } }
  const no_key = { ...day, context: { ...day.context, election_key: new Uint8Array(32) } }
  const other_shape = { ...days[6]!, shape: { ...days[6]!.shape, min: 1, max: 3 } }
  return [
    ...changed,
    case_of('an earlier round', 'statement', later, cases[1]!.ballot),
    case_of('another log', 'statement', elsewhere, cases[1]!.ballot),
    case_of('another base', 'statement', larger, cases[1]!.ballot),
    case_of('another election key', 'statement', other_key, cases[1]!.ballot),
    case_of('no election key', 'terms', no_key, cases[1]!.ballot),
    case_of('proved of other sums', 'statement', other_shape, cases[6]!.ballot),
    case_of('a ballot of more options', 'wrong_length', days[3]!, cases[1]!.ballot),
  ]
}

/** The whole file. */
export function ballot_vectors() {
  const { cases, days } = accepted()
  const day = days[0]!
  const terms = terms_of(day.context, day.shape)!
  const device = new DeviceKey(digest('device'))
  const registrant = {
    origin: day.context.origin,
    meeting: day.context.meeting,
    person: digest('person').slice(0, 16),
    device_key: device.public_key,
    channel: digest('channel'),
  }
  const ack = ack_message(day.context, digest('build'))
  const confirmed = box_ok_message(terms, digest('box'))
  return {
    format: 'plenum/vectors/ballot_browser/1',
    about: 'Made by the console of clients/web; every byte string in hexadecimal.',
    cases: [...cases, ...rejected(days, cases)],
    registration: {
      origin: registrant.origin,
      meeting: hex(registrant.meeting),
      person: hex(registrant.person),
      device_key: hex(device.public_key),
      channel: hex(registrant.channel),
      bytes: hex(
        register(registrant, VotingKey.make(seeded('voting key')), device, seeded('registration')),
      ),
    },
    spoil: {
      context: spell_context(day.context),
      seq: 1_005,
      bytes: hex(make_spoil(terms, day.keys[0]!, 1_005, seeded('spoil'))),
    },
    ack: {
      context: spell_context(day.context),
      build: hex(digest('build')),
      device_key: hex(device.public_key),
      message: hex(ack),
      signature: hex(device.sign(ack)),
    },
    box_ok: {
      context: spell_context(day.context),
      box_root: hex(digest('box')),
      device_key: hex(device.public_key),
      message: hex(confirmed),
      signature: hex(device.sign(confirmed)),
    },
  }
}
