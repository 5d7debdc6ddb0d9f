import { from_base64, to_base64 } from './base64'
import { open_checkpoint, type Checkpoint } from './checkpoint'
import { is_included } from './merkle'
import type { LogKey } from './vkey'

/**
 * C2SP tlog-proof: one entry, the checkpoint it is under and the way from one to the other. The `extra` line
 * carries the entry's bytes, which are believed only because their hash leads to the signed root.
 */
export type EntryProof = {
  entry: Uint8Array
  index: number
  /** RFC 6962 2.1.1, from the leaf's sibling upwards. */
  hashes: Uint8Array[]
  /** Signed note. */
  checkpoint: string
}

const first_line = 'c2sp.org/tlog-proof@v1'
const hashes_max = 64 // Of a tree of 2^64 leaves.

/** The text of a `.tlog-proof` file. */
export function spell_proof({ entry, index, hashes, checkpoint }: EntryProof): string {
  const head = [first_line, `extra ${to_base64(entry)}`, `index ${index}`]
  return [...head, ...hashes.map(to_base64), '', checkpoint].join('\n')
}

/** Null for what spell_proof would not have written, and for proofs without the entry. */
export function read_proof(text: string): EntryProof | null {
  const blank = text.indexOf('\n\n')
  const [, extra = '', said = '', ...spelled] = text.slice(0, Math.max(blank, 0)).split('\n')
  if (spelled.length > hashes_max) return null
  const entry = from_base64(extra.replace(/^extra /, ''))
  const index = Number(said.replace(/^index /, ''))
  const hashes = spelled.map(from_base64).filter((hash) => hash?.length === 32) as Uint8Array[]
  if (entry === null || !Number.isSafeInteger(index) || index < 0) return null
  const proof = { entry, index, hashes, checkpoint: text.slice(blank + 2) }
  return spell_proof(proof) === text ? proof : null
}

/** What the entry was proven to be under; null when the log did not sign it or nothing leads to it. */
export function checkpoint_over(proof: EntryProof, log: LogKey): Checkpoint | null {
  const checkpoint = open_checkpoint(proof.checkpoint, log)
  if (checkpoint === null) return null
  const { entry, index, hashes: path } = proof
  const { size, root } = checkpoint
  return is_included(entry, { index, size, path }, root) ? checkpoint : null
}
