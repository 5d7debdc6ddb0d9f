import { equal, Reader, Said, sha256, to_hex } from './bytes'
import {
  is_signed,
  is_small_x25519,
  parse_key,
  parse_scalar,
  sum,
  times,
  times_generator,
  type Point,
} from './group'

// The key ceremony as the record holds it (docs/ballot_protocol.md 7).

export type Holder = { name: string; key: Uint8Array }

export type Ceremony = {
  origin: string
  meeting: Uint8Array
  /** From 1; a ceremony that failed begins again under the next. */
  attempt: number
  threshold: number
  holders: Holder[]
}

export type CeremonyFault = {
  reason: 'terms' | 'malformed' | 'signature' | 'commitment' | 'possession' | 'agreement' | 'identity'
  /** From 1. */
  holder?: number
}

export type Keys = {
  /** Y. */
  election_key: Point
  /** X_1 … X_n. */
  shares: Point[]
  hash: Uint8Array
  words: string
}

const holders_max = 15

export function id_of_ceremony({ origin, meeting, attempt, threshold, holders }: Ceremony): Uint8Array {
  const said = new Said('plenum/ceremony/v1').text(origin).raw(meeting).u32(attempt)
  said.u32(threshold).u32(holders.length)
  for (const { name, key } of holders) said.text(name).raw(key)
  return said.hash()
}

type Message = { step: number; holder: number; fields: Reader }

/** One message of the transcript, signed by the holder whose turn it is. */
function read_message(
  reader: Reader,
  sid: Uint8Array,
  holder: { number: number; key: Uint8Array },
  step: number,
  length: number,
): Message | CeremonyFault {
  const [version, said_step, said_holder] = [reader.u8(), reader.u32(), reader.u32()]
  const fields = reader.take(length)
  const signature = reader.take(64)
  const is_right = version === 1 && said_step === step && said_holder === holder.number
  if (reader.failed || !is_right) return { reason: 'malformed', holder: holder.number }
  const said = new Said('plenum/ceremony-message/v1').raw(sid).u32(step).u32(holder.number).raw(fields)
  if (!is_signed(said.bytes(), signature, holder.key)) return { reason: 'signature', holder: holder.number }
  return { step, holder: holder.number, fields: new Reader(fields) }
}

function is_fault(read: object): read is CeremonyFault {
  return 'reason' in read
}

/** A_i0 … with the proof that the first one's secret is known, as they were committed to. */
function check_open(
  sid: Uint8Array,
  k: number,
  number: number,
  fields: Reader,
  committed: Uint8Array,
): Point[] | CeremonyFault {
  const spelled = Array.from({ length: k }, () => fields.take(32))
  const [commitment, answer] = [fields.take(32), fields.take(32)]
  const points = spelled.map(parse_key)
  const z = parse_scalar(answer)
  if (points[0] === null) return { reason: 'identity', holder: number }
  if (points.includes(null) || z === null) return { reason: 'malformed', holder: number }
  const hashed = new Said('plenum/ceremony-commit/v1')
    .raw(sid)
    .u32(number)
    .raw(...spelled, commitment, answer)
  if (!equal(hashed.hash(), committed)) return { reason: 'commitment', holder: number }
  const said = new Said('plenum/ceremony-key/v1')
    .raw(sid)
    .u32(number)
    .raw(...spelled, commitment)
  const expected = times_generator(z).add(times(points[0]!, said.challenge()))
  if (!equal(expected.toBytes(), commitment)) return { reason: 'possession', holder: number }
  return points as Point[]
}

/** A transcript from its first message to its last; the keys it makes, or what is wrong with it. */
export function check_transcript(ceremony: Ceremony, bytes: Uint8Array): Keys | CeremonyFault {
  const { threshold: k, holders } = ceremony
  const n = holders.length
  const distinct =
    new Set(holders.map(({ key }) => to_hex(key))).size === n &&
    new Set(holders.map(({ name }) => name)).size === n
  if (n > holders_max || k < 2 || k > n || 2 * k <= n || !distinct) return { reason: 'terms' }
  const sid = id_of_ceremony(ceremony)
  const reader = new Reader(bytes)
  reader.expect(new Said('plenum/ceremony-transcript/v1').raw(sid).bytes())
  const lengths = [64 + 32, k * 32 + 64 + (n - 1) * 32, 64]
  const messages: Message[][] = []
  for (const [at, length] of lengths.entries()) {
    const of_step: Message[] = []
    for (const [index, { key }] of holders.entries()) {
      const message = read_message(reader, sid, { number: index + 1, key }, at + 1, length)
      if (is_fault(message)) return message
      of_step.push(message)
    }
    messages.push(of_step)
  }
  if (!reader.done()) return { reason: 'malformed' }
  const [commits, opens, agrees] = messages as [Message[], Message[], Message[]]
  const polynomials: Point[][] = []
  for (const [at, { fields, holder }] of opens.entries()) {
    const committed = commits[at]!.fields.take(64)
    if (is_small_x25519(commits[at]!.fields.take(32))) return { reason: 'malformed', holder }
    const points = check_open(sid, k, holder, fields, committed)
    if (is_fault(points)) return points
    polynomials.push(points)
  }
  const all = polynomials.flat().map((point) => point.toBytes())
  for (const { holder, fields } of agrees) {
    const expected = new Said('plenum/ceremony-agree/v1')
      .raw(sid)
      .u32(holder)
      .raw(...all)
      .hash()
    if (!equal(fields.take(64), expected)) return { reason: 'agreement', holder }
  }
  return keys_of(ceremony, polynomials)
}

/** Y, X_j and the hash that names them, from what every holder published. */
export function keys_of(
  ceremony: Pick<Ceremony, 'threshold' | 'holders'>,
  polynomials: Point[][],
): Keys | CeremonyFault {
  const { threshold, holders } = ceremony
  const election_key = sum(polynomials.map((points) => points[0]!))
  const shares = holders.map((_, index) => {
    const j = BigInt(index + 1)
    return sum(polynomials.flatMap((points) => points.map((point, l) => times(point, j ** BigInt(l)))))
  })
  if ([election_key, ...shares].some((point) => point.is0())) return { reason: 'identity' }
  const said = new Said('plenum/key-holders/v1').u32(threshold).u32(holders.length)
  holders.forEach(({ name, key }, at) => {
    const points = polynomials[at]!.map((point) => point.toBytes())
    said.text(name).raw(key, ...points, shares[at]!.toBytes())
  })
  const hash = sha256(said.bytes())
  return { election_key, shares, hash, words: words_of(hash) }
}

/** Four numbers of 11 bits that people compare. */
export function words_of(hash: Uint8Array): string {
  const bits = Array.from(hash.subarray(0, 6), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return [0, 1, 2, 3]
    .map((at) => String(Number.parseInt(bits.slice(11 * at, 11 * at + 11), 2)).padStart(4, '0'))
    .join(' ')
}
