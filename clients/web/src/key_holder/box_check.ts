import { is_spoil, read_box, root_of_box, type BoxContent } from '../ballot/box_file'
import { equal, is_usable_point, type Point } from '../ballot/group'
import { record_id } from '../ballot/record_id'
import type { EncryptedSum, ShareTerms } from '../ballot/share'
import {
  count_acknowledgements,
  count_confirmations,
  read_acknowledgements,
  read_confirmations,
  read_list,
  roll_root,
} from '../ballot/signed_lists'
import { sodium } from '../ballot/sodium'
import { terms_of, type BallotTerms, type VoteContext } from '../ballot/terms'
import { BallotSums, CiphertextIndex, verify_ballot } from '../ballot/verify'
import { question_of, spelled } from '../state/marks'
import { context_of as context_said } from '../state/secret_vote'
import { from_content } from '../wire/content'
import type { RollAnswer, SecretVoteView, VoteView } from '../wire/types'
import { hex_of } from './held_keys'
import type { OwnElection } from './own_election'

// What a key holder verifies of a vote and its sealed box before it opens the totals (docs/threat_model.md):
// list, acknowledgements, ballots, spoils, confirmations, from nothing but the files, in the order of
// clients/trustee/box_check.hpp and for the same reasons.

/** What does not hold. */
export type BoxFault =
  | 'other_meeting'
  | 'other_vote'
  | 'other_key'
  | 'bad_roll'
  | 'other_question'
  | 'other_shape'
  | 'bad_list'
  | 'other_list'
  | 'bad_people'
  | 'other_present'
  | 'bad_acknowledgements'
  | 'other_build'
  | 'foreign_acknowledgement'
  | 'missing_acknowledgement'
  | 'bad_box'
  | 'other_count'
  | 'other_root'
  | 'bad_ballot'
  | 'foreign_ballot'
  | 'copied_ballot'
  | 'bad_spoil'
  | 'foreign_spoil'
  | 'bad_confirmations'
  | 'foreign_confirmation'
  | 'not_in_record'
  | 'other_record'

/** `n` says which ballot, or how many are missing. */
export type BoxRefusal = { fault: BoxFault; n: number }

/** A vote of which everything holds that is known when it is opened. */
export type CheckedRoll = {
  context: VoteContext
  terms: BallotTerms
  /** Sorted. */
  list: Point[]
  /** Of the list. */
  devices: Uint8Array[]
  /** Hex of the programs consoles ran, each once. */
  builds: string[]
  /** Digest of their file. */
  acknowledgements: Uint8Array
}

/** A box of which everything but the confirmations holds. */
export type CheckedBox = {
  share_terms: ShareTerms
  sums: readonly EncryptedSum[]
  /** Digest of it. */
  file: Uint8Array
  ballots: number
  spoils: number
}

/** The files known when a vote is opened, as the server gave them; nothing about them is believed. */
export type RollFiles = {
  question: Uint8Array
  list: Uint8Array
  acknowledgements: Uint8Array
  people: RollAnswer
}

export function is_refusal(checked: object): checked is BoxRefusal {
  return 'fault' in checked
}

function refuse(fault: BoxFault, n = 0): BoxRefusal {
  return { fault, n }
}

/**
 * What every ballot of the vote is bound to, as this device computes it from its own key and the figures of
 * the list: whatever else the server meant, no signature fits it.
 */
export function own_context(vote: VoteView, election: OwnElection): VoteContext | BoxRefusal {
  const secret = vote.secret!
  const said = context_said(election.origin, secret)!
  const { keys, origin, meeting } = election
  if (!equal(said.meeting, meeting)) return refuse('other_meeting')
  const vote_id = record_id(origin, 'vote.prepared', BigInt(vote.id))
  if (!equal(said.vote, vote_id)) return refuse('other_vote')
  const is_own = equal(said.election_key, keys.key) && equal(said.key_holders, keys.holders)
  if (!is_own || secret.threshold !== keys.threshold) return refuse('other_key')
  const is_roll = is_usable_point(said.vote_generator) && said.list_length >= 1 && said.round >= 1
  return is_roll ? said : refuse('bad_roll')
}

function text_of(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** The shape and text a question blob asks of, in its one spelling; null for any other bytes. */
function question_in(bytes: Uint8Array): { text: string; shape: string } | null {
  const said = text_of(bytes)
  try {
    const { v, text, shape, labels } = JSON.parse(said)
    const { kind, max, min, options, rows } = shape
    const canonical = { labels, shape: { kind, max, min, options, rows }, text, v }
    const is_named = Array.isArray(labels) && labels.every((label) => typeof label === 'string')
    if (v !== 1 || typeof text !== 'string' || !is_named) return null
    return JSON.stringify(canonical) === said ? { text, shape: spelled_shape(shape) } : null
  } catch {
    return null
  }
}

function spelled_shape({ kind, options, rows, min, max }: SecretVoteView['shape']): string {
  return [kind, options, rows, min, max].join(' ')
}

/** The device of everybody on the list; null unless by counting nothing belongs to anybody else. */
function devices_of({ members }: RollAnswer, listed: number): Uint8Array[] | null {
  const ascend = members.every((one, at) => at === 0 || members[at - 1]!.person < one.person)
  const devices = members.map(({ device }) => from_content(device)).filter((one) => one.length === 32)
  const different = new Set(devices.map(hex_of)).size
  return ascend && members.length === listed && different === listed ? devices : null
}

/**
 * Verifies what is known when a vote is opened. `builds`: hex of the programs consoles may run;
 * none: one.
 */
export function check_roll(
  vote: VoteView,
  files: RollFiles,
  election: OwnElection,
  builds: readonly string[],
): CheckedRoll | BoxRefusal {
  const context = own_context(vote, election)
  if (is_refusal(context)) return context
  const question = question_in(files.question)
  const is_asked = equal(sodium.crypto_hash_sha256(files.question), context.question)
  if (!is_asked || question?.text !== vote.text) return refuse('other_question')
  const { shape } = vote.secret!
  const terms = question.shape === spelled_shape(shape) ? terms_of(context, shape) : null
  if (terms === null) return refuse('other_shape')
  if (spelled(question_of(vote)) !== text_of(files.question)) return refuse('other_question')
  const list = read_list(files.list)
  if (list === null) return refuse('bad_list')
  if (list.length !== context.list_length || !equal(roll_root(list), context.roll_root))
    return refuse('other_list')
  const devices = devices_of(files.people, list.length)
  if (devices === null) return refuse('bad_people')
  if (vote.present !== list.length) return refuse('other_present')
  const all = read_acknowledgements(context, files.acknowledgements)
  if (all === null) return refuse('bad_acknowledgements')
  const ran = [...new Set(all.map(({ build }) => hex_of(build)))]
  const are_pinned = ran.every((build) => builds.includes(build))
  if (builds.length === 0 ? ran.length > 1 : !are_pinned) return refuse('other_build')
  const counted = count_acknowledgements(context, all, devices)
  if (counted === null) return refuse('foreign_acknowledgement')
  if (counted < list.length) return refuse('missing_acknowledgement', list.length - counted)
  const acknowledgements = sodium.crypto_hash_sha256(files.acknowledgements)
  return { context, terms, list, devices, builds: ran, acknowledgements }
}

function box_in(vote: VoteView, terms: BallotTerms, file: Uint8Array): BoxContent | BoxRefusal {
  const said = vote.secret!.box!
  const box = read_box(terms, file)
  if (box === null || !equal(sodium.crypto_hash_sha256(file), from_content(said.file)))
    return refuse('bad_box')
  if (box.ballots.length !== said.ballots || box.spoils.length !== said.spoils) return refuse('other_count')
  return equal(root_of_box(box), from_content(said.root)) ? box : refuse('other_root')
}

const slice = 4

/** Verifies the sealed box; `told` hears how many of its ballots are done, and may take a moment. */
export async function check_box(
  vote: VoteView,
  file: Uint8Array,
  roll: CheckedRoll,
  told: (done: number, total: number) => Promise<void> | void,
): Promise<CheckedBox | BoxRefusal> {
  const { terms } = roll
  const box = box_in(vote, terms, file)
  if (is_refusal(box)) return box
  const listed = new Set(roll.list.map(hex_of))
  const [index, sums] = [new CiphertextIndex(), new BallotSums(terms)]
  for (const [at, { bytes }] of box.ballots.entries()) {
    if (at % slice === 0) await told(at, box.ballots.length)
    const checked = verify_ballot(bytes, terms)
    if (typeof checked === 'string') return refuse('bad_ballot', at + 1)
    if (!listed.has(hex_of(checked.pseudonym))) return refuse('foreign_ballot', at + 1)
    if (!index.add(checked)) return refuse('copied_ballot', at + 1)
    sums.add(checked)
  }
  for (const spoil of box.spoils) {
    if (!is_spoil(terms, spoil)) return refuse('bad_spoil')
    if (!listed.has(hex_of(spoil.pseudonym))) return refuse('foreign_spoil')
  }
  const said = vote.secret!.box!
  const share_terms = { vote: terms.vote, context: terms.context, box_root: from_content(said.root) }
  const [ballots, spoils] = [box.ballots.length, box.spoils.length]
  return { share_terms, sums: sums.all, file: from_content(said.file), ballots, spoils }
}

/** How many consoles have confirmed this box; some may be missing, none may be wrong. */
export function check_box_confirmations(
  roll: CheckedRoll,
  { share_terms: { box_root } }: CheckedBox,
  file: Uint8Array,
): number | BoxRefusal {
  const all = read_confirmations(roll.terms, box_root, file)
  if (all === null) return refuse('bad_confirmations')
  return count_confirmations(roll.terms, box_root, all, roll.devices) ?? refuse('foreign_confirmation')
}
