import { compare, concat, equal, Reader, Said, to_hex } from './bytes'
import { hash_of_context, type Context } from './context'
import { is_signed, parse_key, parse_scalar, times, times_generator } from './group'
import { root_of } from './merkle'

// Voting keys, the list and what consoles signed about it (docs/ballot_protocol.md 3 and 6).

export type Registrant = {
  origin: string
  meeting: Uint8Array
  person: Uint8Array
  device_key: Uint8Array
  channel: Uint8Array
}

export type RegistrationFault = 'malformed' | 'identity' | 'proof' | 'signature'

/** `u8 1 | PK | K | z | signature`: whether the console knows the secret of its voting key, and signed so. */
export function check_registration(registrant: Registrant, bytes: Uint8Array): RegistrationFault | null {
  const reader = new Reader(bytes)
  const version = reader.u8()
  const [key, commitment, answer] = [reader.take(32), reader.take(32), reader.take(32)]
  const signature = reader.take(64)
  const z = parse_scalar(answer)
  if (!reader.done() || version !== 1 || z === null) return 'malformed'
  const { origin, meeting, person, device_key, channel } = registrant
  const said = new Said('plenum/voting-key/v1').text(origin).raw(meeting, person, device_key, channel, key)
  const challenge = said.raw(commitment).challenge()
  const point = parse_key(key)
  if (point === null) return 'identity'
  const expected = times_generator(z).add(times(point, challenge))
  if (!equal(expected.toBytes(), commitment)) return 'proof'
  return is_signed(said.raw(answer).bytes(), signature, device_key) ? null : 'signature'
}

export type ListFault = 'malformed' | 'not_sorted' | 'not_canonical_point' | 'identity' | 'root' | 'length'

/** `u32 N | P_1 | … | P_N`: sorted, distinct, of the length and root the context commits to. */
export function check_list(
  context: Pick<Context, 'roll_root' | 'list_length'>,
  bytes: Uint8Array,
): ListFault | null {
  const points = read_list(bytes)
  if (points === null) return 'malformed'
  if (points.length !== context.list_length) return 'length'
  for (const [at, point] of points.entries()) {
    if (point.every((byte) => byte === 0)) return 'identity'
    if (parse_key(point) === null) return 'not_canonical_point'
    if (at > 0 && compare(points[at - 1]!, point) >= 0) return 'not_sorted'
  }
  return equal(root_of(points), context.roll_root) ? null : 'root'
}

/** The points of a list, as bytes; null when it is none. */
export function read_list(bytes: Uint8Array): Uint8Array[] | null {
  const reader = new Reader(bytes)
  const count = reader.count(32)
  const points = Array.from({ length: count }, () => reader.take(32))
  return reader.done() ? points : null
}

/** What a console signs about a list. */
export function ack_of(context: Context, build: Uint8Array): Uint8Array {
  const { round, roll_root, vote_generator, list_length } = context
  const said = new Said('plenum/ack/v1').raw(hash_of_context(context)).u32(round)
  return said.raw(roll_root, vote_generator).u32(list_length).raw(build).hash()
}

export function box_ok_of(vote: Uint8Array, context: Uint8Array, box_root: Uint8Array): Uint8Array {
  return new Said('plenum/box-ok/v1').raw(vote, context, box_root).hash()
}

export type SignedFault = {
  reason: 'malformed' | 'unknown_device' | 'signature' | 'build' | 'missing'
  device?: string
}

/**
 * Acknowledgements: one of each device key of the roll, under a build that is allowed. `devices` in
 * hexadecimal;
 * `builds` null when any is.
 */
export function check_acks(
  context: Context,
  devices: Set<string>,
  builds: Set<string> | null,
  bytes: Uint8Array,
): SignedFault | null {
  const reader = new Reader(bytes)
  reader.expect(new Said('plenum/acks/v1').raw(hash_of_context(context)).bytes())
  const count = reader.count(32 + 32 + 64)
  let before: Uint8Array = new Uint8Array(0)
  for (let at = 0; at < count; ++at) {
    const [device, build, signature] = [reader.take(32), reader.take(32), reader.take(64)]
    if (compare(before, device) >= 0) return { reason: 'malformed' }
    before = device
    const name = to_hex(device)
    if (!devices.has(name)) return { reason: 'unknown_device', device: name }
    if (builds !== null && !builds.has(to_hex(build))) return { reason: 'build', device: name }
    if (!is_signed(ack_of(context, build), signature, device)) return { reason: 'signature', device: name }
  }
  if (!reader.done()) return { reason: 'malformed' }
  return count === context.list_length && count === devices.size ? null : { reason: 'missing' }
}

/** How many consoles of well-formed acknowledgements ran none of these programs. */
export function other_builds(context: Context, builds: ReadonlySet<string>, bytes: Uint8Array): number {
  const reader = new Reader(bytes)
  reader.expect(new Said('plenum/acks/v1').raw(hash_of_context(context)).bytes())
  const count = reader.count(32 + 32 + 64)
  const ran = Array.from({ length: count }, () => {
    reader.take(32)
    const build = to_hex(reader.take(32))
    reader.take(64)
    return build
  })
  return ran.filter((build) => !builds.has(build)).length
}

/** Confirmations of a box root; how many hold, or what is wrong with one. */
export function check_box_oks(
  vote: Uint8Array,
  context: Uint8Array,
  box_root: Uint8Array,
  devices: Set<string>,
  bytes: Uint8Array,
): number | SignedFault {
  const reader = new Reader(bytes)
  reader.expect(concat([new Said('plenum/box-oks/v1').bytes(), context, box_root]))
  const count = reader.count(32 + 64)
  const message = box_ok_of(vote, context, box_root)
  let before: Uint8Array = new Uint8Array(0)
  for (let at = 0; at < count; ++at) {
    const [device, signature] = [reader.take(32), reader.take(64)]
    if (compare(before, device) >= 0) return { reason: 'malformed' }
    before = device
    const name = to_hex(device)
    if (!devices.has(name)) return { reason: 'unknown_device', device: name }
    if (!is_signed(message, signature, device)) return { reason: 'signature', device: name }
  }
  return reader.done() ? count : { reason: 'malformed' }
}
