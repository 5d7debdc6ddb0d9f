import type { ItemId, ItemView, MoveItem } from '../wire/types'

/** An item with its place: `level` from 1, `position` from 0 among `siblings` items. */
export interface PlacedItem {
  item: ItemView
  level: number
  position: number
  siblings: readonly ItemView[]
}

export type Move = 'up' | 'down' | 'indent' | 'outdent'
export const moves: readonly Move[] = ['up', 'down', 'indent', 'outdent']

export const level_max = 4

/** The items in the order they stand, each with its place. */
export function placed_items(items: readonly ItemView[]): PlacedItem[] {
  const children = new Map<ItemId | null, ItemView[]>()
  for (const item of items) children.set(item.parent, [...(children.get(item.parent) ?? []), item])
  const below = (parent: ItemId | null, level: number): PlacedItem[] => {
    const siblings = children.get(parent) ?? []
    return siblings.flatMap((item, position) => [
      { item, level, position, siblings },
      ...below(item.id, level + 1),
    ])
  }
  return below(null, 1)
}

/** Where a move takes an item; null where it cannot go. Positions count without the item that moves. */
export function move_target(placed: readonly PlacedItem[], id: ItemId, move: Move): MoveItem | null {
  const here = placed.find((one) => one.item.id === id)
  if (!here) return null
  const { item, position, siblings } = here
  switch (move) {
    case 'up':
      return position > 0 ? { item: id, parent: item.parent, position: position - 1 } : null
    case 'down':
      return position + 1 < siblings.length
        ? { item: id, parent: item.parent, position: position + 1 }
        : null
    case 'indent': {
      const before = siblings[position - 1]
      return before && deepest_below(placed, here) < level_max
        ? { item: id, parent: before.id, position: null }
        : null
    }
    case 'outdent': {
      const parent = placed.find((one) => one.item.id === item.parent)
      return parent ? { item: id, parent: parent.item.parent, position: parent.position + 1 } : null
    }
  }
}

/** The deepest level an item or anything below it stands on. */
function deepest_below(placed: readonly PlacedItem[], from: PlacedItem): number {
  const start = placed.indexOf(from) + 1
  const end = placed.findIndex((one, index) => index >= start && one.level <= from.level)
  const below = placed.slice(start, end < 0 ? undefined : end)
  return Math.max(from.level, ...below.map((one) => one.level))
}
