import type { MeetingKeys } from './ceremonies'
import type { Context, Terms } from './context'
import type { Point } from './group'
import { hash_of } from './json'
import type { Matter } from './matter'
import type { Share } from './totals'
import type { Keyed, Sitting, Vote } from './vote'
import type { BundleKind, FindingName, NoticeName, Words } from './words'

// What is known of a secret vote while its record is followed.

export type Roll = {
  round: number
  context: Context
  /** Null when no vote can have these. */
  terms: Terms | null
  /** Pseudonyms, of an auditor's bundle. */
  list: Uint8Array[] | null
  drawn: Map<number, Keyed>
  keys: MeetingKeys
}

export type SealedBox = {
  root: Uint8Array
  /** The entry that says so. */
  seq: number
  ballots: number
  spoils: number
  /** Where the box is seen, when every ballot holds. */
  sums: [Point, Point][] | null
}

export type SecretState = {
  /** What it asks; null when no console can ask it. */
  matter: Matter | null
  rounds: number
  roll: Roll | null
  created: boolean
  frames: number
  box: SealedBox | null
  /** ballots refused because their number had another */
  reused: number
  contested: Set<number>
  /** That hold, or that are said to where the box was not seen; by holder from 1. */
  shares: Map<number, Share>
  /** Numbers of holders who signed the record as far as the box, or further. */
  cosigners: Set<number>
  confirmed: number | null
  /** Confirmations the first holder rests its share on; 0 when on none. */
  first_counted: number
  left: number
  /** Whether its totals were opened. */
  opened: boolean
  shred_started: boolean
  shredded: boolean
}

export function nothing_yet(): SecretState {
  return {
    matter: null,
    rounds: 0,
    roll: null,
    created: false,
    frames: 0,
    box: null,
    reused: 0,
    contested: new Set(),
    shares: new Map(),
    cosigners: new Set(),
    confirmed: null,
    first_counted: 0,
    left: 0,
    opened: false,
    shred_started: false,
    shredded: false,
  }
}

/** Who has a blob: everybody, whoever has the boxes, or auditors alone. */
export type Audience = 'everybody' | 'members' | 'auditors'

/** What the chapters of a secret vote ask of the record they stand in. */
export type Desk = {
  origin: string
  kind: BundleKind
  /** The entry that is looked at. */
  readonly seq: number
  /** Root of the log when it had so many entries; null when it never had. */
  root_at(size: number): Uint8Array | null
  complain(name: FindingName, detail?: Words | string, vote?: Vote): void
  note(name: NoticeName, detail?: Words | string, vote?: Vote): void
  /** A blob; null where the bundle is not for those who have it, and after complaining that it is missing. */
  blob(digest: unknown, vote: Vote | undefined, audience: Audience): Uint8Array | null
  vote(id: unknown): Vote | undefined
  state_of(vote: Vote): SecretState
  sittings(): Iterable<[number, Sitting]>
  keys_of(meeting: number): MeetingKeys | null
  /** Hex of the console programs pinned for a meeting; null while none is. */
  pinned_in(meeting: number): ReadonlySet<string> | null
  votes(): Iterable<Vote>
  /** So many ballots were checked. */
  checked(ballots: number): void
  tracked(vote: Vote, ballot: Uint8Array): void
}

export function is_secret(vote: Vote): boolean {
  return vote.profile.secrecy === 'secret' && vote.profile.method === 'console'
}

/** Members there in person with a voting key. */
export function keyed_in(sitting: Sitting): Map<number, Keyed> {
  return new Map(
    [...sitting.voting_keys].filter(
      ([person]) => sitting.present.has(person) && !sitting.remote.has(person),
    ),
  )
}

export function rule_hash(vote: Vote): Uint8Array {
  return hash_of(vote.profile)
}
