import { joined } from './fields'
import { equal } from './group'
import { sodium } from './sodium'

// RFC 6962 trees over the list, over the box and over the log.

/** A leaf's place and the way from it to the root. */
export type Inclusion = { index: number; size: number; path: Uint8Array[] }

function hash_of(...parts: Uint8Array[]): Uint8Array {
  return sodium.crypto_hash_sha256(joined(...parts))
}

export function leaf_hash(leaf: Uint8Array): Uint8Array {
  return hash_of(Uint8Array.of(0), leaf)
}

export function node_hash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash_of(Uint8Array.of(1), left, right)
}

/** SHA-256 of nothing. */
export function empty_root(): Uint8Array {
  return hash_of()
}

/** The root over the hashes of all leaves, in order. */
export function root_of(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return empty_root()
  let level = [...leaves]
  while (level.length > 1) {
    const pairs: Uint8Array[] = []
    // One that is left over goes up as it is, which makes the tree of RFC 6962.
    for (let at = 0; at < level.length; at += 2) {
      const right = level[at + 1]
      pairs.push(right === undefined ? level[at]! : node_hash(level[at]!, right))
    }
    level = pairs
  }
  return level[0]!
}

/** Whether `leaf` stands at its place in the tree with this root (RFC 9162 2.1.3.2). */
export function is_included(leaf: Uint8Array, { index, size, path }: Inclusion, root: Uint8Array): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return false
  let node = index
  let last = size - 1
  let hash = leaf_hash(leaf)
  for (const step of path) {
    if (last === 0 || step.length !== 32) return false
    if (node % 2 === 1 || node === last) {
      hash = node_hash(step, hash)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = node_hash(hash, step)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equal(hash, root)
}

/** A tree by how many leaves it has, and its root. */
export type TreeHead = { size: number; root: Uint8Array }

function half(number: number): number {
  return Math.floor(number / 2)
}

/** Whether the tree `now` begins with the tree `before` (RFC 9162 2.1.4.2). */
export function is_consistent(before: TreeHead, now: TreeHead, path: readonly Uint8Array[]): boolean {
  const are_sizes = [before.size, now.size].every((size) => Number.isSafeInteger(size) && size >= 0)
  if (!are_sizes || before.size > now.size || path.some((step) => step.length !== 32)) return false
  if (before.size === 0 && !equal(before.root, empty_root())) return false
  if (before.size === now.size) return path.length === 0 && equal(before.root, now.root)
  if (before.size === 0) return path.length === 0
  let [node, last] = [before.size - 1, now.size - 1]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  // Where the first tree is perfect its root is the node to start from, and the path leaves it out.
  const steps = node === 0 ? [before.root, ...path] : path
  let [first, second] = [steps[0], steps[0]]
  if (first === undefined || second === undefined) return false
  for (const step of steps.slice(1)) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      first = node_hash(step, first)
      second = node_hash(step, second)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      second = node_hash(second, step)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equal(first, before.root) && equal(second, now.root)
}
