import type { SittingView, Threshold, VoteView } from '../wire/types'
import { needed_of } from './threshold'

/** What it would mean for a vote that is about to open if some more left. */
export interface WhatIf {
  present: number
  /** how many are missing for the quorum then; 0 while it is there */
  quorum_missing: number
  /** how many must take part, or the vote is void; 0 where the rule asks for none */
  participation: number
  /** how many are missing for that; 0 while enough are there */
  participation_missing: number
  /** approvals needed, where they are known before the opening; 0 otherwise */
  needed: number
  /** how many of those left may withhold approval; negative when it can no longer pass */
  to_spare: number
}

/** Of all members the server has counted it; of those present it depends on who stays; else nobody knows. */
function needed_then(share: Threshold | null, of_all: number, present: number): number {
  return share?.base === 'present' ? Math.max(1, needed_of(share, present)) : of_all
}

export function what_if(sitting: SittingView, vote: VoteView, leaving: number): WhatIf {
  const present = Math.max(0, sitting.counts.present - Math.max(0, Math.trunc(leaving)))
  const quorum = Math.max(sitting.counts.quorum, vote.quorum, 1)
  const is_silent = vote.vote_method === 'no_objection'
  const needed = is_silent ? 0 : needed_then(vote.majority, vote.needed, present)
  const participation = is_silent
    ? 0
    : needed_then(vote.participation, vote.participation_needed, present)
  return {
    present,
    quorum_missing: Math.max(0, quorum - present),
    participation,
    participation_missing: Math.max(0, participation - present),
    needed,
    to_spare: needed > 0 ? present - needed : 0,
  }
}
