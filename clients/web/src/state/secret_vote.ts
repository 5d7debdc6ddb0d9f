import type { VoteContext } from '../ballot/terms'
import { vkey_parts } from '../ballot/vkey'
import { from_content } from '../wire/content'
import type {
  BoxProgress,
  KeyHoldersView,
  RollProgress,
  SecretVoteView,
  ShareView,
  VoteView,
} from '../wire/types'
import type { PressState } from './press'

/** What a secret vote adds to a vote; null for every other. An older server does not speak of it. */
export function secret_of(vote: VoteView): SecretVoteView | null {
  return vote.secret ?? null
}

/** What ballots of the newest round are bound to; null before a list was drawn. */
export function context_of(origin: string, { roll, ...secret }: SecretVoteView): VoteContext | null {
  if (roll === null) return null
  return {
    origin,
    meeting: from_content(secret.meeting_id),
    vote: from_content(secret.vote_id),
    round: roll.round,
    question: from_content(roll.question),
    rule: from_content(roll.rule),
    roll_root: from_content(roll.roll_root),
    list_length: roll.list_length,
    key_holders: from_content(secret.key_holders),
    election_key: from_content(secret.election_key),
    vote_generator: from_content(roll.vote_generator),
  }
}

/** Record keys of a ceremony that has everything a console checks; null while it has not. */
export function is_key_made(keys: KeyHoldersView | undefined): keys is KeyHoldersView {
  return keys !== undefined && keys.phase === 'made' && keys.key_holders !== null
}

/** The server's Ed25519 key out of `name+id+key`; null for anything else. */
export function key_of_server(vkey: string): Uint8Array | null {
  return vkey_parts(vkey)?.public_key ?? null
}

/** Whether its totals were opened, so that whoever voted in it can look for the ballot. */
export function is_to_check(vote: VoteView): boolean {
  return secret_of(vote) !== null && vote.result !== null
}

/** How a console stands to the list of a vote. */
export type OnList = 'unknown' | 'signed' | 'not_listed' | 'key_differs' | 'refused'
/** What it found in the sealed box. `unchecked`: it has no memory of what it sent. */
export type InBox = 'unknown' | 'confirmed' | 'unchecked' | 'wrong'

/** A spoiled ballot, as it is shown to anybody. */
export interface OpenedBallot {
  tracker: string
  /** the choice that its numbers spell; null when they spell none */
  said: Uint8Array | null
  /** for another device to check */
  text: string
}

/** One secret vote as this console lives it. Which key was pressed is nowhere in it. */
export interface OwnPart {
  list: OnList
  /** the tracker of the ballot that was received last */
  received: string | null
  /** of the one that is on its way */
  sending: string | null
  is_sealing: boolean
  /** whether the ballot received last was spoiled */
  is_spoiled: boolean
  /** whether it may still be: a console that began anew cannot open it any more */
  may_spoil: boolean
  opened: OpenedBallot | null
  box: InBox
  /** an answer of the server's that does not hold */
  is_deceived: boolean
}

export const no_part: OwnPart = {
  list: 'unknown',
  received: null,
  sending: null,
  is_sealing: false,
  is_spoiled: false,
  may_spoil: false,
  opened: null,
  box: 'unknown',
  is_deceived: false,
}

/** Why the keys of a secret vote do not work now, as a message key without its `secret.why.`. */
export type SecretWhyNot = 'not_listed' | 'key_differs' | 'preparing' | 'checking'

/** What the keys allow: like those of any vote, and only to who is on the list. */
export function secret_why_not(vote: VoteView, own: OwnPart): SecretWhyNot | null {
  if (vote.state !== 'open') return null
  if (own.list === 'not_listed' || own.list === 'key_differs') return own.list
  return own.list === 'signed' ? null : 'checking'
}

/** The state of the three keys, without a word about which was pressed. */
export function secret_press_state(press: PressState, vote: VoteView, own: OwnPart): PressState {
  const is_locked = vote.press === 'first' && own.received !== null
  const is_sending = vote.press === 'first' && (own.sending !== null || own.is_sealing)
  const why_not = press.why_not ?? (is_locked ? 'first_press_counts' : is_sending ? 'recording' : null)
  return { recorded: null, recording: null, why_not }
}

/** What people hear of the last press. */
export type SecretSaid = 'please' | 'sealing' | 'sending' | 'unsent' | 'received' | 'spoiled' | 'waiting'

export function secret_said(own: OwnPart, is_linked: boolean, may_press: boolean): SecretSaid {
  if (own.is_sealing) return 'sealing'
  if (own.sending !== null) return is_linked ? 'sending' : 'unsent'
  if (own.is_spoiled) return 'spoiled'
  if (own.received !== null) return 'received'
  return may_press ? 'please' : 'waiting'
}

/** How far the opening of a sealed box has come. */
export interface SharesProgress {
  given: ShareView[]
  wrong: ShareView[]
  awaited: ShareView[]
  missing: number
}

export function shares_progress(secret: SecretVoteView): SharesProgress {
  const shares = secret.box?.shares ?? []
  const given = shares.filter((one) => one.given)
  return {
    given,
    wrong: shares.filter((one) => one.wrong && !one.given),
    awaited: shares.filter((one) => !one.given && !one.wrong),
    missing: Math.max(0, secret.threshold - given.length),
  }
}

/** How many of the newest list have signed it; null while nothing was told of this round. */
export function signed_of(secret: SecretVoteView, progress: RollProgress | undefined): number | null {
  return progress && progress.round === secret.roll?.round ? progress.acknowledged : null
}

/** How many have confirmed the sealed box; null while nothing was told. */
export function confirmed_of(progress: BoxProgress | undefined): number | null {
  return progress ? progress.confirmed : null
}
