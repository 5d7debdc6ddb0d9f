import type { Counted } from './counted'
import { canonical, type Json } from './json'
import type { Rule, Tally, Threshold } from './outcome'

// A vote and a sitting as the record is followed, and what their entries may be.

export type Profile = Rule & {
  method: string
  secrecy: string
  press: string
  close: string
  tellers: number
  quorum: Threshold
  name: { zh: string; en: string }
}

export type Member = { person: number; group: string }

export type Sitting = {
  body: number
  meeting: number
  present: Set<number>
  remote: Set<number>
  /** Of secret votes; ends with the sign-out. */
  voting_keys: Map<number, Keyed>
}

export type Hands = { abstain: number; approve: number; oppose: number }

export type Vote = {
  /** The entry that prepared it. */
  id: number
  title: string
  attempt: number
  sitting: Sitting
  sitting_id: number
  profile: Profile
  prepared: Json
  method: string
  state: 'prepared' | 'open' | 'held' | 'closed' | 'decided' | 'announced' | 'voided'
  base_members: number
  electorate: number[]
  by_hands: Set<number>
  presses: Map<number, string>
  hands: Map<number, Hands>
  objections: number
  closes_at: number | null
  /** As recomputed; null before the decision, and where this program does not count (paper). */
  tally: Tally | null
  /** Of a secret list or sheet: its figures and what they come to, as recomputed. */
  counted: Counted | null
  verdict: string | null
  void_reason: string | null
  sound: boolean
  /** What the figures of a secret vote rest on, once a roll was called. */
  secret: SecretFigures | null
}

export type SecretFigures = {
  list_length: number
  ballots: number
  spoils: number
  confirmed: number
  shares: number
  /** Holders who signed the record. */
  cosigned: number
  threshold: number
  /** Every ballot was looked at and held: only where the box is seen. */
  proofs_checked: boolean
  shredded: boolean
}

/** A voting key under the console it was made on; the key itself only from an auditor's bundle. */
export type Keyed = { device: string; key: string | null }

export const under_way: Vote['state'][] = ['open', 'held']

/** In which states a vote may take such an entry. */
export const states_for: { [kind: string]: Vote['state'][] } = {
  'vote.opened': ['prepared'],
  'vote.cast': ['open'],
  'vote.held': ['open'],
  'vote.resumed': ['held'],
  'vote.extended': ['open'],
  'vote.hands_counted': under_way,
  'vote.objected': ['open'],
  'vote.method_switched': ['open'],
  'vote.closed': under_way,
  'vote.decided': ['closed'],
  'vote.announced': ['decided'],
  'vote.voided': ['prepared', 'open', 'held', 'decided'],
}

export function window_of(body: Json): number | null {
  return body.closes_at_ms === null ? null : Number(body.closes_at_ms)
}

export function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}

export function ascending(persons: Set<number>): number[] {
  return [...persons].sort((left, right) => left - right)
}

export function pressed(choice: string | undefined): keyof Tally {
  if (choice === undefined) return 'not_pressed'
  return choice === 'approve' || choice === 'oppose' ? choice : 'abstain'
}

/** What as many tellers as the rule names counted alike. */
export function agreed(vote: Vote): Hands | null {
  const counts = [...vote.hands.values()]
  const first = counts[0]
  if (first === undefined || counts.length < vote.profile.tellers) return null
  return counts.every((one) => canonical(one) === canonical(first)) ? first : null
}

export function both(said: Tally, found: Tally): [string, string] {
  const spell = ({ approve, oppose, abstain, not_pressed }: Tally) =>
    `${approve}/${oppose}/${abstain}/${not_pressed}`
  return [spell(said), spell(found)]
}
