import { is_behind_doors } from '../state/agenda'
import type { AgendaView, ItemView, SittingView, VoteView } from '../wire/types'

/** Something the record holds: the number of the entry that made it, which is its id, and its words there. */
export interface EntryLine {
  kind: 'meeting' | 'sitting' | 'item' | 'vote'
  entry: number
  words: string
  /** `一、` before an item */
  number: string
  /** its words must not be repeated in a correction, which everybody may read */
  is_closed: boolean
}

/** What of one meeting can be named in a correction, by kind and in the order people know. */
export function entries_of(
  agenda: AgendaView,
  sittings: readonly SittingView[],
  votes: readonly VoteView[],
): EntryLine[] {
  const here = sittings.filter((one) => one.meeting === agenda.meeting).sort((a, b) => a.id - b.id)
  const of_these = votes.filter((vote) => here.some((one) => one.id === vote.sitting))
  const line = (kind: EntryLine['kind'], entry: number, words: string, item: ItemView | null = null) => ({
    kind,
    entry,
    words,
    number: item?.number ?? '',
    is_closed: item !== null && is_behind_doors(agenda.items, item.id),
  })
  return [
    line('meeting', agenda.meeting, agenda.title),
    ...here.map((one) => line('sitting', one.id, one.title)),
    ...agenda.items.map((item) => line('item', item.id, item.title, item)),
    ...of_these.sort((a, b) => a.id - b.id).map((vote) => line('vote', vote.id, vote.title)),
  ]
}
