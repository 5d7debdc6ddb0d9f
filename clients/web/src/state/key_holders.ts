import type { CeremonyRecord } from '../ballot/key_holders'
import { from_content } from '../wire/content'
import type { CeremonyPhase, KeyHolderView, KeyHoldersView } from '../wire/types'

export type HolderStep = 'join' | 'commit' | 'open' | 'agree'

/** More than half, and never one alone. */
export function least_threshold(holders: number): number {
  return Math.max(2, Math.floor(holders / 2) + 1)
}

/** What a holder's device has done and has still to do, in order. */
export function steps_of_holder(holder: KeyHolderView): { name: HolderStep; is_done: boolean }[] {
  return [
    { name: 'join', is_done: holder.key !== null },
    { name: 'commit', is_done: holder.commit !== null },
    { name: 'open', is_done: holder.open !== null },
    { name: 'agree', is_done: holder.agree !== null },
  ]
}

/** A ceremony that is over has every message of every holder; one that has not fails the check. */
export function ceremony_of(origin: string, keys: KeyHoldersView): CeremonyRecord {
  const bytes = (spelled: string | null) => from_content(spelled ?? '')
  return {
    origin,
    meeting: from_content(keys.meeting_id),
    attempt: keys.attempt,
    threshold: keys.threshold,
    holders: keys.holders.map(({ name, key, commit, open, agree }) => ({
      name,
      key: bytes(key),
      commit: bytes(commit),
      open: bytes(open),
      agree: bytes(agree),
    })),
  }
}

/** Whose part of the step that is on is still missing; nobody once the key is made. */
export function awaited_holders({ phase, holders }: KeyHoldersView): KeyHolderView[] {
  const said: Record<CeremonyPhase, (holder: KeyHolderView) => unknown> = {
    joining: ({ key }) => key,
    committing: ({ commit }) => commit,
    opening: ({ open }) => open,
    agreeing: ({ agree }) => agree,
    made: () => true,
  }
  return holders.filter((holder) => !said[phase](holder))
}
