import { in_words, t, type MessageKey } from '../messages/words.svelte'
import { item_words } from '../state/agenda'
import type { Blocked, Step, StepName } from '../state/next_step'
import { is_of_persons } from '../state/list_result'
import type { AgendaView, PlacesOutcome, SittingView, VoteView } from '../wire/types'

/** Why the next step has to wait. */
export function blocked_words(blocked: Blocked): string {
  if (blocked.by === 'quorum') return t('chair.blocked.quorum', { missing: blocked.missing })
  if (blocked.by === 'hands') {
    return t(blocked.counted > 1 ? 'chair.blocked.hands_differ' : 'chair.blocked.hands', {
      counted: blocked.counted,
    })
  }
  if (blocked.by === 'ballots') return blocked.why ? in_words(blocked.why) : t('chair.blocked.ballots')
  return t(`chair.blocked.${blocked.who}`)
}

/** What is asked before a step that ends something. */
export function closing_words(name: StepName): string {
  return t(name === 'close_meeting' ? 'chair.close_meeting_warning' : 'chair.close_warning')
}

function opening_words(step: Step, sitting: SittingView): string {
  const { due, present, absent, quorum } = sitting.counts
  const key = present < quorum ? `chair.script.${step.name}_short` : `chair.script.${step.name}`
  return t(key as MessageKey, { due, present, absent, missing: Math.max(0, quorum - present) })
}

/** What becomes of those equal at the last place: a further vote, the presidium, or nothing. */
function tied_words({ status, tied, tied_places }: PlacesOutcome, names: string): string {
  if (tied.length === 0) return ''
  if (status === 'tie_revote_needed') return t('chair.script.tied.revote', { names, n: tied_places })
  if (status === 'tie_for_presidium') return t('chair.script.tied.presidium', { names, n: tied_places })
  return t('chair.script.tied.none', { names })
}

/** 发出选票…张，收回…张，选举有效; then who is elected, or what the ballots say. */
function ballots_words(vote: VoteView): string {
  const result = vote.result!
  const { verdict } = result.outcome
  const box = result.ballots ?? result.places?.counted ?? result.grades?.counted
  const opening = t('chair.script.ballots', { issued: box?.issued ?? 0, collected: box?.collected ?? 0 })
  if (verdict === 'void_more_collected') return opening + t('chair.script.ballots_void')
  if (result.places) {
    const { counted, outcome } = result.places
    const names = (lines: readonly number[]) =>
      lines.map((line) => counted.list[line]!.name).join(t('list.and'))
    const kind = is_of_persons(vote) ? 'persons' : 'projects'
    const parts = [opening + t('chair.script.ballots_valid')]
    if (outcome.elected.length > 0)
      parts.push(t(`chair.script.elected.${kind}`, { names: names(outcome.elected) }))
    parts.push(tied_words(outcome, names(outcome.tied)))
    if (outcome.unfilled > 0) parts.push(t(`chair.script.unfilled.${kind}`, { n: outcome.unfilled }))
    return parts.join('')
  }
  if (result.grades) return opening + t('chair.script.graded')
  const words = t(`result.verdict.${verdict}`)
  return opening + t('chair.script.announce_ballots', { ...result.tally, verdict: words })
}

function result_words(step: Step): string {
  const result = step.vote?.result
  if (!result) return ''
  const { verdict } = result.outcome
  if (verdict === 'adopted_no_objection') return t('chair.script.announce_silent')
  if (result.ballots || result.places || result.grades) return ballots_words(step.vote!)
  const by_hands = step.vote?.vote_method === 'hands'
  const key = by_hands ? 'chair.script.announce_hands' : 'chair.script.announce_vote'
  return t(key, { ...result.tally, verdict: t(`result.verdict.${verdict}`) })
}

function voting_words(name: 'open_vote' | 'resume_vote', vote: VoteView | null | undefined): string {
  return t(`chair.script.${name}.${vote?.vote_method ?? 'console'}`, { title: vote?.title ?? '' })
}

/** What the chair reads out at this step. */
export function script_words(step: Step, sitting: SittingView, agenda: AgendaView | null): string {
  switch (step.name) {
    case 'open_sitting':
    case 'resume_sitting':
      return opening_words(step, sitting)
    case 'announce_vote':
      return result_words(step)
    case 'open_vote':
    case 'resume_vote':
      return voting_words(step.name, step.vote)
    case 'close_vote':
      return t(step.blocked?.by === 'hands' ? 'chair.script.close_vote_hands' : 'chair.script.close_vote')
    case 'close_ballots':
      return t(step.blocked ? 'chair.script.close_ballots_waiting' : 'chair.script.close_ballots')
    case 'close_hands':
      return t(step.blocked ? 'chair.script.close_hands_waiting' : 'chair.script.close_hands')
    case 'adopt_agenda': {
      const items = agenda?.items.filter((item) => item.state === 'draft' && item.parent === null) ?? []
      return t('chair.script.adopt_agenda', { n: items.length })
    }
    case 'await_follow_up':
      return t('chair.script.await_follow_up', { title: step.vote?.title ?? '' })
    default: {
      const title = step.item ? item_words(step.item, t('item.closed')) : ''
      return t(`chair.script.${step.name}`, { title, name: step.speaker })
    }
  }
}
