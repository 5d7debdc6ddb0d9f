import { check_ballot, check_ballots, is_opening, name_of, tracker_of } from './ballot'
import { check_spoil } from './box'
import { from_hex, sha256, text_bytes, to_hex } from './bytes'
import { hash_of_context, terms_of, type Terms } from './context'
import { is_signed } from './group'
import { ack_of, box_ok_of, check_registration } from './list'
import { judge_box, judge_ceremony, judge_receipt, judge_share } from './key_vectors'
import { ciphertexts_of, claims_of, length_of, motion, type Shape } from './shape'
import { is_cosigned, is_enrolled, is_stated } from './statements'
import { bytes_in, context_in, type Json, type Verdict } from './vector_reading'

// The vectors of schemas/vectors, told from each other by their `format`.

/** A reason, and of which statement where that is told. */
function spell_fault(reason: unknown, statement: unknown): string {
  return statement === undefined ? String(reason) : `${String(reason)} ${String(statement)}`
}

function fault_of(terms: Terms | null, ballot: Uint8Array, with_statement = false): string {
  if (terms === null) return 'terms'
  const fault = check_ballot(terms, ballot)
  return fault === null
    ? 'accepted'
    : spell_fault(fault.reason, with_statement ? fault.statement : undefined)
}

/** One ballot, with what else is said of it. */
function judge_case(one: Json): Verdict[] {
  const name = String(one.name)
  const context = context_in(one.context as Json)
  const terms = terms_of(context, one.shape as Shape)
  const ballot = bytes_in(one, 'ballot')
  const verdicts = [{ name, expected: String(one.expect), found: fault_of(terms, ballot) }]
  const also = (what: string, expected: unknown, found: string) =>
    verdicts.push({ name: `${name}: ${what}`, expected: String(expected), found })
  also('ctx', one.ctx, to_hex(hash_of_context(context)))
  if (one.sha256 !== undefined) also('sha256', one.sha256, to_hex(name_of(ballot)))
  if (one.tracker !== undefined) also('tracker', one.tracker, tracker_of(ballot))
  if (one.opening !== undefined && terms !== null) {
    also('opening', 'true', String(is_opening(terms, ballot, bytes_in(one, 'opening'))))
  }
  return verdicts
}

function judge_signed(name: string, one: Json, message: Uint8Array): Verdict[] {
  const signed = is_signed(message, bytes_in(one, 'signature'), bytes_in(one, 'device_key'))
  return [
    { name, expected: String(one.message), found: to_hex(message) },
    { name: `${name}: signature`, expected: 'true', found: String(signed) },
  ]
}

/** What the console of clients/web made. */
function judge_browser(file: Json): Verdict[] {
  const registration = file.registration as Json
  const registrant = {
    origin: String(registration.origin),
    meeting: bytes_in(registration, 'meeting'),
    person: bytes_in(registration, 'person'),
    device_key: bytes_in(registration, 'device_key'),
    channel: bytes_in(registration, 'channel'),
  }
  const spoil = file.spoil as Json
  const spoil_terms = terms_of(context_in(spoil.context as Json), motion)!
  const ack = file.ack as Json
  const box_ok = file.box_ok as Json
  const confirmed = context_in(box_ok.context as Json)
  const box_message = box_ok_of(confirmed.vote, hash_of_context(confirmed), bytes_in(box_ok, 'box_root'))
  return [
    ...(file.cases as Json[]).flatMap(judge_case),
    {
      name: 'registration',
      expected: 'accepted',
      found: check_registration(registrant, bytes_in(registration, 'bytes')) ?? 'accepted',
    },
    {
      name: 'spoil',
      expected: 'accepted',
      found: check_spoil(spoil_terms, bytes_in(spoil, 'bytes')) ?? 'accepted',
    },
    ...judge_signed('ack', ack, ack_of(context_in(ack.context as Json), bytes_in(ack, 'build'))),
    ...judge_signed('box_ok', box_ok, box_message),
  ]
}

type ServerVote = { terms: Terms; verdicts: Verdict[] }

/** One vote of the server's file: its terms, and the figures that follow from them. */
function judge_vote(vote: Json): ServerVote {
  const name = String(vote.name)
  const context = context_in(vote.context as Json)
  const shape = vote.shape as Shape
  const terms = terms_of(context, shape)
  if (terms === null) throw new Error(`${name}: no vote has these terms`)
  const claims = claims_of(shape, terms.base).map(({ of, values }) => ({ of, values: values.map(String) }))
  const said = (vote.statements as Json[]).map(({ first, count, step, values }) => ({
    of: Array.from({ length: Number(count) }, (_, at) => Number(first) + at * Number(step)),
    values: (values as unknown[]).map(String),
  }))
  const verdict = (what: string, expected: unknown, found: unknown) => ({
    name: `${name}: ${what}`,
    expected: String(expected),
    found: String(found),
  })
  return {
    terms,
    verdicts: [
      verdict('question', to_hex(sha256(text_bytes(String(vote.question)))), to_hex(context.question)),
      verdict('ctx', vote.ctx, to_hex(terms.context)),
      verdict('base', vote.base, terms.base),
      verdict('ciphertexts', vote.ciphertexts, ciphertexts_of(shape)),
      verdict('ballot_bytes', vote.ballot_bytes, length_of(shape)),
      verdict('statements', JSON.stringify(said), JSON.stringify(claims)),
    ],
  }
}

function first_of_many(terms: Terms, ballots: Uint8Array[]): string {
  return [...check_ballots(terms, ballots)].map(([at, { reason }]) => `${at} ${reason}`).join()
}

/** What the server's implementation made. */
function judge_server(file: Json): Verdict[] {
  const votes = new Map((file.votes as Json[]).map((vote) => [String(vote.name), judge_vote(vote)]))
  const terms_for = (one: Json) => votes.get(String(one.vote))!.terms
  const list = (name: string) => (file[name] ?? []) as Json[]
  const named = (one: Json) => `${String(one.vote)}: ${String(one.why ?? one.choice)}`
  const accepted = list('accepted').flatMap((one) => {
    const [terms, ballot] = [terms_for(one), bytes_in(one, 'ballot')]
    const opened = is_opening(terms, ballot, bytes_in(one, 'opening'))
    return [
      { name: named(one), expected: 'accepted', found: fault_of(terms, ballot) },
      { name: `${named(one)}: hash`, expected: String(one.hash), found: to_hex(name_of(ballot)) },
      { name: `${named(one)}: opening`, expected: 'true', found: String(opened) },
    ]
  })
  const batches = [...votes].map(([name, { terms }]) => {
    const ballots = list('accepted')
      .filter(({ vote }) => vote === name)
      .map((one) => bytes_in(one, 'ballot'))
    return { name: `${name}: all at once`, expected: '', found: first_of_many(terms, ballots) }
  })
  return [
    ...[...votes.values()].flatMap(({ verdicts }) => verdicts),
    ...accepted,
    ...batches,
    ...list('rejected').map((one) => ({
      name: named(one),
      expected: spell_fault(one.fault, one.statement),
      found: fault_of(terms_for(one), bytes_in(one, 'ballot'), true),
    })),
    ...list('rejected_together').map((one) => ({
      name: named(one),
      expected: `${String(one.refused)} ${String(one.fault)}`,
      found: first_of_many(
        terms_for(one),
        (one.ballots as string[]).map((ballot) => from_hex(ballot)!),
      ),
    })),
    ...list('rejected_openings').map((one) => ({
      name: named(one),
      expected: 'false',
      found: String(is_opening(terms_for(one), bytes_in(one, 'ballot'), bytes_in(one, 'opening'))),
    })),
  ]
}

/** What is said beside a device or a key holder's signature. */
function judge_statements(file: Json): Verdict[] {
  const judge_each = (name: string, holds: (one: Json) => boolean) =>
    (['accepted', 'rejected'] as const).flatMap((expected) =>
      ((file[name] as Json)[expected] as Json[]).map((one) => ({
        name: `${name}: ${String(one.why ?? expected)}`,
        expected,
        found: holds(one) ? 'accepted' : 'rejected',
      })),
    )
  return [
    ...judge_each('enrolment', (one) =>
      is_enrolled({
        origin: String(one.origin),
        person: bytes_in(one, 'person'),
        channel: bytes_in(one, 'channel'),
        device: bytes_in(one, 'device'),
        proof: bytes_in(one, 'proof'),
      }),
    ),
    ...judge_each('share_statement', (one) =>
      is_stated({
        vote: bytes_in(one, 'vote'),
        context: bytes_in(one, 'ctx'),
        box_root: bytes_in(one, 'box_root'),
        holder: Number(one.holder),
        confirmed: Number(one.confirmed),
        overridden: one.overridden === true,
        share: bytes_in(one, 'share_sha256'),
        key: bytes_in(one, 'key'),
        signature: bytes_in(one, 'signature'),
      }),
    ),
    ...judge_each('cosignature', (one) =>
      is_cosigned({
        origin: String(one.origin),
        size: Number(one.size),
        root: bytes_in(one, 'root'),
        time_s: Number(one.time_s),
        key: bytes_in(one, 'key'),
        signature: bytes_in(one, 'signature'),
      }),
    ),
  ]
}

/** How a file is judged, by its `format`. */
const judges: Record<string, (file: Json) => Verdict[]> = {
  'plenum/vectors/ballot/1': judge_server,
  'plenum/vectors/ballot_browser/1': judge_browser,
  'plenum/vectors/box/1': judge_box,
  'plenum/vectors/ceremony/1': judge_ceremony,
  'plenum/vectors/receipt/1': judge_receipt,
  'plenum/vectors/share/1': judge_share,
  'plenum/vectors/statement/1': judge_statements,
}

/** Whether this program knows what to do with the file. */
export function is_known(file: { format?: unknown }): boolean {
  return String(file.format) in judges
}

/** Every statement a vector file makes, beside what this program finds. */
export function judge(file: Json): Verdict[] {
  return judges[String(file.format)]!(file)
}
