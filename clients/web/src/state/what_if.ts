import type { SittingView, VoteView } from '../wire/types'

/** What it would mean for a vote that is about to open if some more left. */
export interface WhatIf {
  present: number
  /** how many are missing for the quorum then; 0 while it is there */
  quorum_missing: number
  /** approvals needed, where they are known before the opening; 0 otherwise */
  needed: number
  /** how many of those left may withhold approval; negative when it can no longer pass */
  to_spare: number
}

/** What is needed of all members stays; what is needed of those present is not known before the opening. */
export function what_if(sitting: SittingView, vote: VoteView, leaving: number): WhatIf {
  const present = Math.max(0, sitting.counts.present - Math.max(0, Math.trunc(leaving)))
  const quorum = Math.max(sitting.counts.quorum, vote.quorum, 1)
  return {
    present,
    quorum_missing: Math.max(0, quorum - present),
    needed: vote.needed,
    to_spare: vote.needed > 0 ? present - vote.needed : 0,
  }
}
