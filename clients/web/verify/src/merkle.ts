import { concat, equal, sha256 } from './bytes'

// RFC 6962 trees, by the definition.

export function hash_of_leaf(leaf: Uint8Array): Uint8Array {
  return sha256(concat([Uint8Array.of(0), leaf]))
}

function hash_of_node(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat([Uint8Array.of(1), left, right]))
}

/** The hashes of all complete subtrees of a list of leaves, level by level, so that any root is quick. */
export class Tree {
  private readonly levels: Uint8Array[][] = [[]]

  constructor(leaf_hashes: Uint8Array[]) {
    this.levels[0] = leaf_hashes
    for (let below = leaf_hashes; below.length > 1;) {
      const level: Uint8Array[] = []
      for (let at = 0; at + 1 < below.length; at += 2) level.push(hash_of_node(below[at]!, below[at + 1]!))
      this.levels.push(level)
      below = level
    }
  }

  get size(): number {
    return this.levels[0]!.length
  }

  /** The complete subtree of 2^level leaves. */
  node(level: number, index: number): Uint8Array | undefined {
    return this.levels[level]?.[index]
  }

  /** Root of the first `size` leaves. */
  root(size = this.size): Uint8Array {
    return size === 0 ? sha256(new Uint8Array(0)) : this.root_of(0, size)
  }

  private root_of(first: number, count: number): Uint8Array {
    const level = Math.log2(count)
    if (Number.isInteger(level) && first % count === 0) return this.levels[level]![first / count]!
    const left = 2 ** Math.ceil(level - 1)
    return hash_of_node(this.root_of(first, left), this.root_of(first + left, count - left))
  }

  /** The way from a leaf to the root. */
  path(index: number): Uint8Array[] {
    const up = (first: number, count: number): Uint8Array[] => {
      if (count === 1) return []
      const left = 2 ** Math.ceil(Math.log2(count) - 1)
      if (index < first + left) return [...up(first, left), this.root_of(first + left, count - left)]
      return [...up(first + left, count - left), this.root_of(first, left)]
    }
    return up(0, this.size)
  }
}

export function root_of(leaves: Uint8Array[]): Uint8Array {
  return new Tree(leaves.map(hash_of_leaf)).root()
}

/**
 * Where a path leads from a leaf hash, by the recursive definition; null when it has not the length it
 * must.
 */
function lead(hash: Uint8Array, index: number, size: number, path: Uint8Array[]): Uint8Array | null {
  const way = path.slice()
  const down = (at: number, count: number): Uint8Array | null => {
    if (count === 1) return way.length === 0 ? hash : null
    const left = 2 ** Math.ceil(Math.log2(count) - 1)
    const sibling = way.pop()
    if (sibling === undefined || sibling.length !== 32) return null
    if (at < left) {
      const below = down(at, left)
      return below && hash_of_node(below, sibling)
    }
    const below = down(at - left, count - left)
    return below && hash_of_node(sibling, below)
  }
  return index < 0 || index >= size ? null : down(index, size)
}

export function is_included(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array[],
  root: Uint8Array,
): boolean {
  const led = lead(hash_of_leaf(leaf), index, size, path)
  return led !== null && equal(led, root)
}
