import type { KeyHolderView } from '../wire/types'

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
