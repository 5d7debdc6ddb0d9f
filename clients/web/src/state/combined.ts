import type { PersonnelMatter, VoteView } from '../wire/types'

/** A name or clause of a combined vote. */
export interface CombinedPart {
  /** in the combined vote, from 1 */
  position: number
  title: string
  personnel: PersonnelMatter | null
  /** who asked that it be put separately; null while it is not */
  asked_by: string | null
}

/** What is put together in a vote, in its order; empty where nothing is. */
export function combined_parts({ matter }: VoteView): CombinedPart[] {
  return (matter.combined ?? []).map(({ title, personnel }, at) => {
    const position = at + 1
    const taken = matter.taken_out?.find((one) => one.position === position)
    return { position, title, personnel, asked_by: taken?.asked_by ?? null }
  })
}

/** What a combined vote still holds. */
export function held_parts(vote: VoteView): CombinedPart[] {
  return combined_parts(vote).filter((part) => part.asked_by === null)
}

/** Whom a vote is about: one, or those of a combined vote that were not taken out. */
export function persons_of(vote: VoteView): PersonnelMatter[] {
  const { personnel } = vote.matter
  if (personnel) return [personnel]
  return held_parts(vote).flatMap((part) => (part.personnel ? [part.personnel] : []))
}

/** Whether something can still be taken out: before the vote is put, and never the last of it. */
export function may_be_split(vote: VoteView): boolean {
  const is_due =
    vote.state === 'prepared' || (vote.state === 'voided' && vote.void_reason !== 'withdrawn')
  return is_due && held_parts(vote).length > 1
}
