import { t, type MessageKey } from '../messages/words.svelte'
import type { Blocked, Step } from '../state/next_step'
import type { SittingView } from '../wire/types'

/** Why the next step has to wait. */
export function blocked_words(blocked: Blocked): string {
  if (blocked.by === 'quorum') return t('chair.blocked.quorum', { missing: blocked.missing })
  return t(`chair.blocked.${blocked.who}`)
}

/** What the chair reads out at this step. */
export function script_words(step: Step, sitting: SittingView): string {
  const { due, present, absent, quorum } = sitting.counts
  if (step.name === 'open_sitting') {
    return t(present < quorum ? 'chair.script.open_sitting_short' : 'chair.script.open_sitting', {
      due,
      present,
      absent,
    })
  }
  if (step.name === 'announce_vote' && step.vote?.result) {
    const { tally, outcome } = step.vote.result
    return t('chair.script.announce_vote', { ...tally, verdict: t(`result.verdict.${outcome.verdict}`) })
  }
  return t(`chair.script.${step.name}` as MessageKey, { title: step.item?.title ?? '' })
}
