import type { AgendaView, ItemId, ItemView, MeetingId, SittingView } from '../wire/types'

/** An item with what its place in the tree says about it. */
export interface ItemLine {
  item: ItemView
  /** 0 for a top item */
  depth: number
  /** items stand below it: it is a heading, and what is below is dealt with one by one */
  is_heading: boolean
}

/** Whether nothing more is to be done about an item at this meeting. */
export function is_finished(item: ItemView): boolean {
  return item.state === 'decided' || item.state === 'withdrawn'
}

/** Whether this is a sitting of the meeting's own body; delegations and the presidium do not end items. */
export function is_plenary(agenda: AgendaView | null, sitting: SittingView): boolean {
  return agenda === null || agenda.body === sitting.body
}

/** The agenda in its order, each item with its depth. */
export function item_lines(items: readonly ItemView[]): ItemLine[] {
  const depths = new Map<number, number>()
  const headings = new Set(items.flatMap((item) => (item.parent === null ? [] : [item.parent])))
  return items.map((item) => {
    const above = item.parent === null ? undefined : depths.get(item.parent)
    const depth = above === undefined ? 0 : above + 1
    depths.set(item.id, depth)
    return { item, depth, is_heading: headings.has(item.id) }
  })
}

export function items_of(
  agendas: Readonly<Record<MeetingId, AgendaView>>,
  sitting: SittingView,
): readonly ItemView[] {
  return agendas[sitting.meeting]?.items ?? []
}

/** The item before the sitting now. */
export function active_item(items: readonly ItemView[], sitting: SittingView): ItemView | null {
  return items.find((item) => item.id === sitting.active_item) ?? null
}

/**
 * The item that is called next: the first one waiting after the active one, else any one waiting. Headings
 * are not called, unless one asks for it.
 */
export function next_item(items: readonly ItemView[], sitting: SittingView): ItemView | null {
  const waiting = item_lines(items).map(
    ({ item, is_heading }) => item.state === 'adopted' && !is_heading && item.id !== sitting.active_item,
  )
  const from = items.findIndex((item) => item.id === sitting.active_item) + 1
  const after = waiting.indexOf(true, from)
  return items[after >= 0 ? after : waiting.indexOf(true)] ?? null
}

/** Whether the public is kept from an item: it is closed, or stands below one that is. */
export function is_behind_doors(items: readonly ItemView[], id: ItemId | null): boolean {
  const item = id === null ? undefined : items.find((one) => one.id === id)
  return item !== undefined && (item.is_closed || is_behind_doors(items, item.parent))
}

/** `一、` and the title, as it is read out. */
export function item_words(item: ItemView, closed_words: string): string {
  const title = item.title || (item.is_closed ? closed_words : '')
  return `${item.number}${title}`
}
