import type { Checkpoint } from '../ballot/checkpoint'
import { cosign } from '../ballot/cosignature'
import { record_id } from '../ballot/record_id'
import { is_share, make_share, sign_statement } from '../ballot/share'
import { sodium, type Randomness } from '../ballot/sodium'
import type { LogKey } from '../ballot/vkey'
import type { DeviceKey } from '../ballot/voting_key'
import { from_content, to_content } from '../wire/content'
import type { Requests, VoteId } from '../wire/types'
import type { BoxRefusal } from './box_check'
import type { Desk } from './desk'
import type { Followed } from './followed'
import { cosigned_before, type Given, type HeldKeys, type HeldShare } from './held_keys'
import type { OwnElection } from './own_election'
import { check_record } from './record_check'

// What a key holder gives for a box it has verified: its share of the sums, what it says beside it, and its
// signature under the record that holds the vote and the box.

/** By what a device makes it. */
export type Giver = {
  keys: HeldKeys
  key: DeviceKey
  log: LogKey
  desk: Desk
  randomness: Randomness
}

/** The checkpoint to cosign; null while the server does not prove that vote and box stand in the record. */
export async function witness(
  { keys, log, desk }: Giver,
  { view, roll, box }: Followed,
): Promise<Checkpoint | BoxRefusal | null> {
  const known = cosigned_before(keys, log.name)
  const proof = await desk.ask('record.prove', { vote: view.id, since: known.size })
  return proof && check_record(view.id, { roll: roll!, box: box! }, proof, log, known)
}

/** Everything that is given, for the ledger; null when the share made here does not hold. */
export function make_given(
  { key, log, desk, randomness }: Giver,
  { view, box }: Followed,
  held: HeldShare,
  { number, keys }: OwnElection,
  { checkpoint, ...said }: { confirmed: number; overridden: boolean; checkpoint: Checkpoint },
): Given | null {
  const { share_terms, sums } = box!
  const share = make_share(share_terms, number, held.share, sums, randomness)
  // A share that does not hold would tell of a fault of this device, and perhaps of x_i.
  if (!is_share(share_terms, keys, share, sums)) return null
  const statement = { holder: number, ...said, share: sodium.crypto_hash_sha256(share) }
  const { id, first_attempt, secret } = view
  return {
    vote: share_terms.vote,
    box_root: share_terms.box_root,
    ...said,
    statement: sign_statement(share_terms, statement, key),
    share,
    question: from_content(secret!.roll!.question),
    first: record_id(log.name, 'vote.prepared', BigInt(first_attempt ?? id)),
    origin: log.name,
    cosignature: cosign(checkpoint, desk.now_s(), key),
  }
}

/** What stands in the ledger, as it is sent. */
export function message_of(vote: VoteId, given: Given): Requests['share.give']['params'] {
  const { confirmed, overridden, statement, share, cosignature } = given
  const { size, root, time_s, signature } = cosignature
  return {
    vote,
    confirmed,
    overridden,
    statement: to_content(statement),
    share: to_content(share),
    cosignature: { size, root: to_content(root), time_s, signature: to_content(signature) },
  }
}
