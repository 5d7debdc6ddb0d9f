import type { VoteView } from '../wire/types'

/** What a screen waits for between the end of a vote and its figures; null when for nothing. */
export function awaited(vote: VoteView): 'announcement' | 'counting' | null {
  if (vote.result || (vote.state !== 'closed' && vote.state !== 'decided')) return null
  return vote.result_display === 'delayed' ? 'announcement' : 'counting'
}
