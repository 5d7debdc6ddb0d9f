import {
  agreement_of,
  are_sound,
  ceremony_id,
  commit_in,
  evaluate,
  fields_of,
  open_fault,
  open_in,
  type CeremonyTerms,
} from './ceremony'
import { equal, identity, is_identity, point_add, type Point } from './group'
import { sodium } from './sodium'
import { Transcript } from './transcript'

// The key ceremony, checked from its first message to its last (docs/ballot_protocol.md 7): a console takes
// the election key from nobody's word.

/** What the record holds of one key holder; the messages as they were signed. */
export type HolderRecord = {
  name: string
  /** Ed25519. */
  key: Uint8Array
  commit: Uint8Array
  open: Uint8Array
  agree: Uint8Array
}

export type CeremonyRecord = Omit<CeremonyTerms, 'holders'> & {
  /** Numbered from 1 in this order. */
  holders: HolderRecord[]
}

/** What the ceremony made. */
export type ElectionKey = {
  /** Y. */
  key: Point
  /** X_1 … X_n. */
  share_keys: Point[]
  threshold: number
  /** key_holders_hash. */
  holders: Uint8Array
  /** Four numbers that people compare. */
  words: string
}

/** What people compare of a hash of key holders: four numbers of 11 bits. */
export function words_of(hash: Uint8Array): string {
  const bits = Array.from(hash.subarray(0, 6), (byte) => byte.toString(2).padStart(8, '0')).join('')
  const word = (at: number) => Number.parseInt(bits.slice(11 * at, 11 * at + 11), 2)
  return [0, 1, 2, 3].map((at) => String(word(at)).padStart(4, '0')).join(' ')
}

/** The election key of the coefficients of all holders in order; null when part of it is nothing. */
export function key_of(ceremony: CeremonyTerms, all: readonly (readonly Point[])[]): ElectionKey | null {
  const { threshold, holders } = ceremony
  const sums = Array.from({ length: threshold }, (_, l) =>
    all.reduce((sum, points) => point_add(sum, points[l]!), identity),
  )
  const share_keys = holders.map((_, at) => evaluate(sums, at + 1))
  if ([sums[0]!, ...share_keys].some(is_identity)) return null
  const said = new Transcript('plenum/key-holders/v1').u32(threshold).u32(holders.length)
  holders.forEach(({ name, key }, at) => {
    said.text(name).raw(key)
    for (const point of all[at]!) said.raw(point)
    said.raw(share_keys[at]!)
  })
  const hash = sodium.crypto_hash_sha256(said.bytes())
  return { key: sums[0]!, share_keys, threshold, holders: hash, words: words_of(hash) }
}

/** The election key of a ceremony in which everything holds; null when anything does not. */
export function check_ceremony(ceremony: CeremonyRecord): ElectionKey | null {
  if (!are_sound(ceremony)) return null
  const sid = ceremony_id(ceremony)
  const all: Point[][] = []
  for (const [at, { key, commit, open }] of ceremony.holders.entries()) {
    const number = at + 1
    const committed = commit_in(fields_of(sid, 'commit', number, commit, key) ?? new Uint8Array(0))
    const opened = open_in(ceremony, fields_of(sid, 'open', number, open, key) ?? new Uint8Array(0))
    if (!committed || !opened || open_fault(sid, number, committed, opened) !== null) return null
    all.push(opened.coefficients)
  }
  for (const [at, { key, agree }] of ceremony.holders.entries()) {
    const agreed = fields_of(sid, 'agree', at + 1, agree, key)
    if (!agreed || !equal(agreed, agreement_of(sid, at + 1, all))) return null
  }
  return key_of(ceremony, all)
}
