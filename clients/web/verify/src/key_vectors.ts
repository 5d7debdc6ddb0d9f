import { tracker_of } from './ballot'
import { check_box_proof, check_order, check_receipt, check_spoil, read_box } from './box'
import { from_hex, Reader, sha256, to_hex } from './bytes'
import { hash_of_context, terms_of, type Terms } from './context'
import { generator, parse_point, type Point } from './group'
import { check_transcript, id_of_ceremony, type Ceremony } from './key_holders'
import { check_acks, check_box_oks, check_list, check_registration } from './list'
import { is_included } from './merkle'
import { base_of, motion, type Shape } from './shape'
import { check_share, counts_of, find_number, messages_of, most, type Share } from './totals'
import { bytes_in, context_in, type Json, type Verdict } from './vector_reading'

// Vectors of key ceremonies, shares, boxes and receipts. A refused case has its reason in the words of the
// program
// that wrote it; here it counts whether it is refused, and who is named as the liar.

const refused = (is_refused: boolean) => (is_refused ? 'refused' : 'accepted')

function verdict(name: string, expected: unknown, found: unknown): Verdict {
  return { name, expected: String(expected), found: String(found) }
}

/** An accepted case, and its refused variants. */
function both(name: string, one: Json, field: string, is_right: (bytes: Uint8Array) => boolean): Verdict[] {
  const variants = one.rejected as Json[]
  return [
    verdict(name, 'accepted', refused(!is_right(bytes_in(one, field)))),
    ...variants.map((wrong) =>
      verdict(`${name}: ${String(wrong.why)}`, 'refused', refused(!is_right(bytes_in(wrong, 'bytes')))),
    ),
  ]
}

function ceremony_in(terms: Json): Ceremony {
  return {
    origin: String(terms.origin),
    meeting: bytes_in(terms, 'meeting'),
    attempt: Number(terms.attempt),
    threshold: Number(terms.threshold),
    holders: (terms.holders as Json[]).map((holder) => ({
      name: String(holder.name),
      key: bytes_in(holder, 'key'),
    })),
  }
}

export function judge_ceremony(file: Json): Verdict[] {
  const accepted = (file.accepted as Json[]).flatMap((one) => {
    const name = String(one.name)
    const ceremony = ceremony_in(one.terms as Json)
    const keys = check_transcript(ceremony, bytes_in(one, 'transcript'))
    const sid = verdict(`${name}: sid`, one.sid, to_hex(id_of_ceremony(ceremony)))
    if ('reason' in keys) return [sid, verdict(name, 'accepted', keys.reason)]
    return [
      sid,
      verdict(`${name}: election key`, one.election_key, to_hex(keys.election_key.toBytes())),
      verdict(
        `${name}: share keys`,
        String(one.share_keys),
        String(keys.shares.map((key) => to_hex(key.toBytes()))),
      ),
      verdict(`${name}: hash`, one.key_holders_hash, to_hex(keys.hash)),
      verdict(`${name}: words`, one.words, keys.words),
    ]
  })
  const ceremony = ceremony_in(file.rejected_terms as Json)
  const rejected = (file.rejected as Json[]).map((one) => {
    const keys = check_transcript(ceremony, bytes_in(one, 'transcript'))
    const liar =
      'reason' in keys ? `refused ${one.liar === undefined ? '' : (keys.holder ?? '')}` : 'accepted'
    return verdict(String(one.why), `refused ${String(one.liar ?? '')}`, liar)
  })
  return [...accepted, ...rejected]
}

function sums_in(sums: unknown): [Point, Point][] {
  return (sums as Json[]).map((sum) => [
    parse_point(bytes_in(sum, 'alpha'))!,
    parse_point(bytes_in(sum, 'beta'))!,
  ])
}

export function judge_share(file: Json): Verdict[] {
  const [vote, context, box_root] = [
    bytes_in(file, 'vote'),
    bytes_in(file, 'context'),
    bytes_in(file, 'box_root'),
  ]
  const keys = (file.share_keys as string[]).map((key) => parse_point(from_hex(key)!)!)
  const threshold = Number(file.threshold)
  const election_key = parse_point(bytes_in(file, 'election_key'))!
  const terms = (shape: Shape, voters: number): Terms => ({
    vote,
    context,
    election_key,
    vote_generator: generator,
    shape,
    base: base_of(voters),
  })
  const accepted = (file.accepted as Json[]).flatMap((one) => {
    const name = String(one.name)
    const of = terms(one.shape as Shape, Number(one.list_length))
    const sums = sums_in(one.sums)
    const totals = one.totals as Json
    const m = Number(totals.ballots)
    const checked = (one.shares as string[]).map((share) =>
      check_share(of, box_root, keys, sums, from_hex(share)!),
    )
    const shares = checked.filter((share): share is Share => 'parts' in share)
    const messages = messages_of(sums, shares.slice(0, threshold))
    const others = messages_of(sums, shares.slice(-threshold))
    const numbers = messages.map((message) => find_number(message, most(of, m)) ?? -1n)
    const spell = (points: Point[]) => String(points.map((point) => to_hex(point.toBytes())))
    return [
      verdict(`${name}: shares`, checked.length, shares.length),
      verdict(`${name}: messages`, String(one.messages), spell(messages)),
      verdict(`${name}: by other holders`, String(one.messages), spell(others)),
      verdict(`${name}: numbers`, String(one.values), String(numbers)),
      verdict(`${name}: counts`, JSON.stringify(totals.rows), JSON.stringify(counts_of(of, m, numbers))),
    ]
  })
  const sums = sums_in(file.rejected_sums)
  const rejected = (file.rejected as Json[]).map((one) => {
    const share = check_share(terms(motion, 1), box_root, keys, sums, bytes_in(one, 'bytes'))
    return verdict(String(one.why), 'refused', refused('reason' in share))
  })
  const totals = (file.rejected_totals as Json[]).map((one) => {
    const of = terms(one.shape as Shape, Number(one.list_length))
    const counts = counts_of(of, Number(one.ballots), (one.values as number[]).map(BigInt))
    return verdict(String(one.why), 'refused', refused(counts === null))
  })
  return [...accepted, ...rejected, ...totals]
}

/** The device keys of a blob of signatures: its head, a count, then rows of this width. */
function devices_in(blob: Uint8Array, head: number, width: number): Set<string> {
  const reader = new Reader(blob.subarray(head))
  return new Set(Array.from({ length: reader.u32() }, () => to_hex(reader.take(width).subarray(0, 32))))
}

export function judge_box(file: Json): Verdict[] {
  const [vote, context, root] = [
    bytes_in(file, 'vote'),
    bytes_in(file, 'context'),
    bytes_in(file, 'box_root'),
  ]
  const length = Number(file.ballot_size)
  const is_right = (bytes: Uint8Array) => {
    const box = read_box(context, length, bytes)
    return box !== null && check_order(vote, box).length === 0
  }
  const box = read_box(context, length, bytes_in(file, 'box'))
  const proofs = (file.proofs as Json[]).map((one, at) => {
    const found = check_box_proof(bytes_in(one, 'bytes'), bytes_in(one, 'pseudonym'), root)
    const expected = one.present === true ? `${String(one.seq)} ${String(one.ballot)}` : 'absent'
    const spelled =
      found?.kind === 'present' ? `${found.seq} ${to_hex(found.name)}` : (found?.kind ?? 'refused')
    return verdict(`proof ${at}`, expected, spelled)
  })
  const rejected = (file.rejected_proofs as Json[]).map((one) => {
    const found = check_box_proof(bytes_in(one, 'bytes'), bytes_in(one, 'pseudonym'), bytes_in(one, 'root'))
    return verdict(`proof: ${String(one.why)}`, 'refused', refused(found === null))
  })
  const confirmations = file.confirmations as Json
  const head = 4 + 'plenum/box-oks/v1'.length + 64 + 32
  const devices = devices_in(bytes_in(confirmations, 'bytes'), head, 32 + 64)
  // How many are on the list; where the file does not say, its case of exactly two thirds does.
  const two_thirds = (confirmations.rejected as Json[]).find(({ why }) => why === 'exactly two thirds')
  const counted =
    two_thirds === undefined ? 0 : devices_in(bytes_in(two_thirds, 'bytes'), head, 32 + 64).size
  const listed = Number(confirmations.list_length ?? (3 * counted) / 2)
  const are_enough = (bytes: Uint8Array) => {
    const count = check_box_oks(vote, context, root, devices, bytes)
    return typeof count === 'number' && 3 * count > 2 * listed
  }
  return [
    verdict('root', to_hex(root), box === null ? 'refused' : to_hex(box.root)),
    ...both('box', { bytes: file.box, rejected: file.rejected_boxes }, 'bytes', is_right),
    ...proofs,
    ...rejected,
    ...both('confirmations', confirmations, 'bytes', are_enough),
  ]
}

export function judge_receipt(file: Json): Verdict[] {
  const vote = file.vote as Json
  const context = context_in(vote)
  const terms = terms_of(context, motion)!
  const registration = file.registration as Json
  const registrant = {
    origin: String(registration.origin),
    meeting: bytes_in(registration, 'meeting'),
    person: bytes_in(registration, 'person'),
    device_key: bytes_in(registration, 'device'),
    channel: bytes_in(registration, 'channel'),
  }
  const list = file.list as Json
  const points = new Reader(bytes_in(list, 'bytes').subarray(4))
  const paths = (list.paths as string[][]).map((path, at) => {
    const point = points.take(32)
    const way = path.map((hash) => from_hex(hash)!)
    return verdict(`path ${at}`, true, is_included(point, at, context.list_length, way, context.roll_root))
  })
  const acks = file.acknowledgements as Json
  const blob = bytes_in(acks, 'blob')
  const devices = devices_in(blob, 4 + 'plenum/acks/v1'.length + 64, 32 + 32 + 64)
  const builds = new Set([String(acks.build)])
  const receipts = (['receipt', 'spoil_ok'] as const).flatMap((name) => {
    const one = file[name] as Json
    const [ballot, server] = [bytes_in(one, 'ballot'), bytes_in(one, 'server')]
    const use = name === 'receipt' ? 'receipt' : 'spoil-ok'
    return both(name, one, 'bytes', (bytes) => check_receipt(use, terms, ballot, bytes, server))
  })
  return [
    verdict('ctx', vote.ctx, to_hex(hash_of_context(context))),
    ...both(
      'registration',
      registration,
      'bytes',
      (bytes) => check_registration(registrant, bytes) === null,
    ),
    ...both('list', list, 'bytes', (bytes) => check_list(context, bytes) === null),
    ...paths,
    verdict('acknowledgements: hash', acks.blob_sha256, to_hex(sha256(blob))),
    ...both(
      'acknowledgements',
      acks,
      'blob',
      (bytes) => check_acks(context, devices, builds, bytes) === null,
    ),
    ...receipts,
    ...both('spoil', file.spoil as Json, 'bytes', (bytes) => check_spoil(terms, bytes) === null),
    ...(file.trackers as Json[]).map((one) =>
      verdict('tracker', one.tracker, tracker_of(bytes_in(one, 'ballot'))),
    ),
  ]
}
