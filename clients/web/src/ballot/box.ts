import { equal, type Point } from './group'
import { empty_root, is_included } from './merkle'
import type { BallotTerms } from './terms'
import { Transcript } from './transcript'

// After the close each console looks for its own ballot in the box (docs/ballot_protocol.md 6).

const leaf_bytes = 1 + 32 + 4 + 32
const hash_bytes = 32
const ballot_kind = 1

type ProvenLeaf = { index: number; leaf: Uint8Array; path: Uint8Array[] }
type BoxProof = { leaves: number; neighbours: ProvenLeaf[] }

/** What the box holds of this console: the ballot's `seq` and SHA-256, or none. */
export type Found = { kind: 'present'; seq: number; name: Uint8Array } | { kind: 'absent' }

/** Null for bytes that are no proof. */
function decode(bytes: Uint8Array): BoxProof | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 5) return null
  const proof: BoxProof = { leaves: view.getUint32(0, true), neighbours: [] }
  let at = 5
  for (let left = bytes[4]!; left > 0; --left) {
    if (at + 4 + leaf_bytes + 1 > bytes.length) return null
    const index = view.getUint32(at, true)
    const leaf = bytes.slice(at + 4, at + 4 + leaf_bytes)
    const hashes = bytes[at + 4 + leaf_bytes]!
    at += 4 + leaf_bytes + 1
    if (at + hashes * hash_bytes > bytes.length) return null
    const path = Array.from({ length: hashes }, (_, step) =>
      bytes.slice(at + step * hash_bytes, at + (step + 1) * hash_bytes),
    )
    at += hashes * hash_bytes
    proof.neighbours.push({ index, leaf, path })
  }
  return at === bytes.length ? proof : null
}

/** Below zero before the place of a ballot of this pseudonym, above zero after it, zero for such a ballot. */
function side_of(leaf: Uint8Array, pseudonym: Point): number {
  for (let at = 0; at < 32; ++at) {
    const difference = leaf[1 + at]! - pseudonym[at]!
    if (difference !== 0) return difference
  }
  return leaf[0]! - ballot_kind
}

/** Whether the sides of the neighbours leave no place between them. */
function leaves_no_place({ leaves, neighbours }: BoxProof, pseudonym: Point): boolean {
  const [first, second] = neighbours
  const first_side = side_of(first!.leaf, pseudonym)
  if (second !== undefined) {
    return first_side < 0 && side_of(second.leaf, pseudonym) > 0 && second.index === first!.index + 1
  }
  return first_side > 0 ? first!.index === 0 : first_side < 0 && first!.index === leaves - 1
}

/** What the proof shows of the box with this root; null when it shows nothing. */
export function check_box_proof(bytes: Uint8Array, pseudonym: Point, root: Uint8Array): Found | null {
  const proof = decode(bytes)
  if (proof === null || proof.neighbours.length > 2) return null
  const { leaves, neighbours } = proof
  if (neighbours.length === 0) return leaves === 0 && equal(root, empty_root()) ? { kind: 'absent' } : null
  const proven = neighbours.every(({ index, leaf, path }) =>
    is_included(leaf, { index, size: leaves, path }, root),
  )
  if (!proven) return null
  const only = neighbours[0]!.leaf
  if (neighbours.length === 1 && side_of(only, pseudonym) === 0) {
    const seq = new DataView(only.buffer, only.byteOffset).getUint32(33, true)
    return { kind: 'present', seq, name: only.slice(37) }
  }
  return leaves_no_place(proof, pseudonym) ? { kind: 'absent' } : null
}

/** What the device signs when the box is as it knows it; the same whether it voted or not. */
export function box_ok_message(terms: BallotTerms, root: Uint8Array): Uint8Array {
  return new Transcript('plenum/box-ok/v1').raw(terms.vote).raw(terms.context).raw(root).hash()
}
