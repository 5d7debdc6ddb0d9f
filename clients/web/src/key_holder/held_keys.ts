import type { Checkpoint } from '../ballot/checkpoint'
import { not_cosigned, type Cosigned } from '../ballot/cosignature'
import { FieldReader, joined } from '../ballot/fields'
import type { Scalar } from '../ballot/group'
import { empty_root } from '../ballot/merkle'
import { wipe } from '../ballot/sodium'
import { u32_bytes } from '../ballot/transcript'

// The secrets of one key holder, and their bytes as they stand in the key file of plenum-trustee: a holder
// can take that file from a browser to the program and back.

/** What a holder's device keeps for one meeting: its share x_i and what it belongs to. */
export type HeldShare = {
  /** Name of the log. */
  origin: string
  /** Record id. */
  meeting: Uint8Array
  attempt: number
  /** The holders and their keys, as people compared them. */
  key_holders: Uint8Array
  /**
   * Votes prepared before this entry of the log are refused: the file came back from a backup, which may not
   * know what was given for them. 0 for a file that never was one.
   */
  refused_before: bigint
  /** All zeros: erased, and that is still to be told to the server. */
  share: Scalar
}

/** In `refused_before`, until the log's length is known: every vote is refused. */
export const refused_all = 2n ** 64n - 1n

/** What was given for one vote, as it was sent: for ever the only thing. */
export type Given = {
  /** Record id. */
  vote: Uint8Array
  box_root: Uint8Array
  confirmed: number
  overridden: boolean
  statement: Uint8Array
  share: Uint8Array
  /** Digest of what was asked; zeros: written down before this was. */
  question: Uint8Array
  /** Record id of the first attempt of the same vote, as the server called it. */
  first: Uint8Array
  /** Of the log that was cosigned with it; empty: before that was done. */
  origin: string
  cosignature: Cosigned
}

export type HeldKeys = {
  /** Of the key the holder signs by. */
  seed: Uint8Array
  /** Of the file so far: one that has fewer than the device saw is an old one. */
  writes: bigint
  shares: HeldShare[]
  /** By the hex of the vote's record id. */
  given: Map<string, Given>
}

export function is_erased({ share }: HeldShare): boolean {
  return share.every((byte) => byte === 0)
}

const shares_max = 100
const given_max = 10_000

export function hex_of(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * An earlier attempt of the same vote was opened with these keys, now or before a reload; a server that hides
 * it still has to ask the same question. All in hex.
 */
export function has_another({ given }: HeldKeys, vote: string, first: string, question: string): boolean {
  return [...given].some(
    ([other, one]) =>
      other !== vote && (other === first || hex_of(one.first) === first || hex_of(one.question) === question),
  )
}

/**
 * The largest checkpoint of this log that was cosigned: every later one must hold what it held. Of size 0
 * when there is none.
 */
export function cosigned_before({ given }: HeldKeys, origin: string): Checkpoint {
  let newest = { origin, size: 0, root: empty_root() }
  for (const { origin: of, cosignature } of given.values()) {
    const { size, root } = cosignature
    if (of === origin && size > newest.size) newest = { origin, size, root }
  }
  return newest
}

function u64_bytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

function with_length(bytes: Uint8Array): Uint8Array[] {
  return [u32_bytes(bytes.length), bytes]
}

/** The caller wipes it. */
export function to_plain({ seed, writes, shares, given }: HeldKeys): Uint8Array {
  const shares_said = shares.flatMap((one) => [
    ...with_length(new TextEncoder().encode(one.origin)),
    one.meeting,
    u32_bytes(one.attempt),
    one.key_holders,
    u64_bytes(one.refused_before),
    one.share,
  ])
  // As the program writes them: by the bytes of the vote's id, of which the hex sorts alike.
  const entries = [...given.entries()].sort(([left], [right]) => (left < right ? -1 : 1))
  const given_said = entries.flatMap(([, one]) => [
    one.vote,
    one.box_root,
    one.question,
    one.first,
    u32_bytes(one.confirmed),
    Uint8Array.of(one.overridden ? 1 : 0),
    ...with_length(one.statement),
    ...with_length(one.share),
    ...with_length(new TextEncoder().encode(one.origin)),
    u64_bytes(BigInt(one.cosignature.size)),
    one.cosignature.root,
    u64_bytes(BigInt(one.cosignature.time_s)),
    ...with_length(one.cosignature.signature),
  ])
  const [shares_count, given_count] = [u32_bytes(shares.length), u32_bytes(given.size)]
  return joined(seed, u64_bytes(writes), shares_count, ...shares_said, given_count, ...given_said)
}

function read_share(reader: FieldReader, is_v1: boolean): HeldShare {
  return {
    origin: new TextDecoder().decode(reader.raw(reader.u32())),
    meeting: reader.raw(16),
    attempt: reader.u32(),
    key_holders: reader.raw(32),
    refused_before: is_v1 ? 0n : reader.u64(),
    share: reader.raw(32),
  }
}

/** One that a checkpoint or a clock can say. */
function read_number(reader: FieldReader): number {
  const number = reader.u64()
  reader.require(number <= BigInt(Number.MAX_SAFE_INTEGER))
  return Number(number)
}

function read_cosigned(reader: FieldReader): Pick<Given, 'origin' | 'cosignature'> {
  const origin = new TextDecoder().decode(reader.raw(reader.u32()))
  const [size, root, time_s] = [read_number(reader), reader.raw(32), read_number(reader)]
  return { origin, cosignature: { size, root, time_s, signature: reader.raw(reader.u32()) } }
}

function read_given(reader: FieldReader, version: FileVersion): Given {
  const is_v2 = version === 2
  return {
    vote: reader.raw(16),
    box_root: reader.raw(32),
    question: is_v2 ? new Uint8Array(32) : reader.raw(32),
    first: is_v2 ? new Uint8Array(16) : reader.raw(16),
    confirmed: reader.u32(),
    overridden: reader.u8() !== 0,
    statement: reader.raw(reader.u32()),
    share: reader.raw(reader.u32()),
    ...(version < 4 ? { origin: '', cosignature: not_cosigned() } : read_cosigned(reader)),
  }
}

/** Versions of the file that are read; the last one is written. */
export type FileVersion = 1 | 2 | 3 | 4

/**
 * Null for bytes of another version. Version 1 had neither writes nor what was given; 2 did not say what was
 * asked, and 3 not what was cosigned.
 */
export function from_plain(plain: Uint8Array, version: FileVersion): HeldKeys | null {
  const is_v1 = version === 1
  const reader = new FieldReader(plain)
  const keys: HeldKeys = { seed: reader.raw(32), writes: 0n, shares: [], given: new Map() }
  if (!is_v1) keys.writes = reader.u64()
  const shares = reader.u32()
  reader.require(shares <= shares_max)
  for (let left = shares; left > 0 && reader.ok; --left) keys.shares.push(read_share(reader, is_v1))
  const given = is_v1 ? 0 : reader.u32()
  reader.require(given <= given_max)
  for (let left = given; left > 0 && reader.ok; --left) {
    const entry = read_given(reader, version)
    reader.require(!keys.given.has(hex_of(entry.vote)))
    keys.given.set(hex_of(entry.vote), entry)
  }
  if (reader.end()) return keys
  wipe_keys(keys)
  return null
}

export function wipe_keys(keys: HeldKeys): void {
  wipe(keys.seed)
  for (const { share } of keys.shares) wipe(share)
}
