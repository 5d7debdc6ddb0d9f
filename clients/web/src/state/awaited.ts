import type { VoteView } from '../wire/types'

/** What a screen waits for between the end of a vote and its figures; null when for nothing. */
export function awaited(vote: VoteView): 'announcement' | 'counting' | 'sealing' | 'opening' | null {
  if (vote.result || (vote.state !== 'closed' && vote.state !== 'decided')) return null
  if (vote.secret && vote.state === 'closed') return vote.secret.phase === 'sealed' ? 'opening' : 'sealing'
  return vote.result_display === 'delayed' ? 'announcement' : 'counting'
}
