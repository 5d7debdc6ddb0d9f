import type { Checkpoint } from '../ballot/checkpoint'
import { checkpoint_over, read_proof } from '../ballot/entry_proof'
import { equal } from '../ballot/group'
import { is_consistent } from '../ballot/merkle'
import type { LogKey } from '../ballot/vkey'
import { from_content, to_content } from '../wire/content'
import type { RecordProof, VoteId } from '../wire/types'
import type { BoxRefusal, CheckedBox, CheckedRoll } from './box_check'

// What a key holder verifies of the record before it cosigns it with a share: that everybody who reads the
// record finds in it the vote as it was opened and the box as it was sealed here.

type Json = Record<string, unknown>
/** An event that was proven to be in the log, and under which checkpoint. */
type Proven = { kind: string; body: Json; checkpoint: Checkpoint }

function is_object(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Members by their names, as entries spell them. */
function in_order(_name: string, value: unknown): unknown {
  if (!is_object(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** An entry in its one spelling; null for any other bytes. */
function entry_in(bytes: Uint8Array): { seq: number; kind: string; body: Json } | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const entry: unknown = JSON.parse(text)
    if (!is_object(entry) || JSON.stringify(entry, in_order) !== text) return null
    const { v, seq, kind, body } = entry
    if (v !== 1 || typeof seq !== 'number' || typeof kind !== 'string' || !is_object(body)) return null
    return { seq, kind, body }
  } catch {
    return null
  }
}

function proven(text: string, log: LogKey): Proven | null {
  const proof = read_proof(text)
  const checkpoint = proof && checkpoint_over(proof, log)
  const entry = proof && entry_in(proof.entry)
  if (!checkpoint || !entry || entry.seq !== proof.index) return null
  return { kind: entry.kind, body: entry.body, checkpoint }
}

function opens({ kind, body }: Proven, vote: VoteId, roll: CheckedRoll): boolean {
  const { secret } = body
  return (
    kind === 'vote.opened' &&
    body.vote === vote &&
    is_object(secret) &&
    secret.context === to_content(roll.terms.context) &&
    secret.acknowledgements === to_content(roll.acknowledgements)
  )
}

function seals({ kind, body }: Proven, vote: VoteId, box: CheckedBox): boolean {
  return (
    kind === 'ballot_box.sealed' &&
    body.vote === vote &&
    body.root === to_content(box.share_terms.box_root) &&
    body.box === to_content(box.file) &&
    body.ballots === box.ballots &&
    body.spoils === box.spoils
  )
}

/** Both are of one log already. */
function is_same(left: Checkpoint, right: Checkpoint): boolean {
  return left.size === right.size && equal(left.root, right.root)
}

/**
 * The checkpoint to cosign. `not_in_record` when the proofs do not hold, are not signed by `log`, or are of
 * other entries than the ones that opened this vote and sealed this box; `other_record` when the log does not
 * go on from `known`, which was cosigned before and may be of size 0.
 */
export function check_record(
  vote: VoteId,
  { roll, box }: { roll: CheckedRoll; box: CheckedBox },
  proof: RecordProof,
  log: LogKey,
  known: Checkpoint,
): Checkpoint | BoxRefusal {
  const [opened, sealed] = [proven(proof.opened, log), proven(proof.sealed, log)]
  const are_it =
    opened !== null &&
    sealed !== null &&
    is_same(opened.checkpoint, sealed.checkpoint) &&
    opens(opened, vote, roll) &&
    seals(sealed, vote, box)
  if (!are_it) return { fault: 'not_in_record', n: 0 }
  const { checkpoint } = sealed
  const goes_on = is_consistent(known, checkpoint, proof.consistency.map(from_content))
  return goes_on ? checkpoint : { fault: 'other_record', n: 0 }
}
