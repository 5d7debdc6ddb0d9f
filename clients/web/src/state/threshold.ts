import type { Threshold } from '../wire/types'

/** How many of `base` a threshold needs. */
export function needed_of({ num, den, strict }: Threshold, base: number): number {
  return strict ? Math.floor((num * base) / den) + 1 : Math.ceil((num * base) / den)
}
