import { in_words, t, type MessageKey } from '../messages/words.svelte'
import { item_words } from '../state/agenda'
import type { Blocked, Step, StepName } from '../state/next_step'
import { figures_shown, shows_votes_of_each } from '../state/announced'
import { is_of_persons } from '../state/list_result'
import { least_voters } from '../state/vote_steps'
import { secret_form } from '../state/marks'
import { secret_of } from '../state/secret_vote'
import type {
  AgendaView,
  BallotBox,
  GradesDecided,
  GradesSheet,
  ListVotes,
  PlacesDecided,
  PlacesOutcome,
  SittingView,
  VoteView,
} from '../wire/types'

/** Why the next step has to wait. */
export function blocked_words(blocked: Blocked): string {
  if (blocked.by === 'quorum') return t('chair.blocked.quorum', { missing: blocked.missing })
  if (blocked.by === 'hands') {
    return t(blocked.counted > 1 ? 'chair.blocked.hands_differ' : 'chair.blocked.hands', {
      counted: blocked.counted,
    })
  }
  if (blocked.by === 'roll')
    return t('chair.blocked.roll', { signed: blocked.signed, listed: blocked.listed })
  if (blocked.by === 'keys') return t('chair.blocked.keys', { n: blocked.with_key, least: least_voters })
  if (blocked.by === 'seal') return t('chair.blocked.seal')
  if (blocked.by === 'shares') return t('chair.blocked.shares', { missing: blocked.missing })
  if (blocked.by === 'second_person') return t('chair.blocked.second_person')
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

/** What is given out, and so what is valid: 选票, 测评票, 表决票. */
function ballot_kind(vote: VoteView): 'election' | 'evaluation' | 'decision' {
  if (vote.grades !== null) return 'evaluation'
  return is_of_persons(vote) ? 'election' : 'decision'
}

/** 发出选票…张，收回…张，选举有效: said before anybody knows what stands on them (选举法 44). */
function box_words(vote: VoteView, { issued, collected }: BallotBox): string {
  const kind = ballot_kind(vote)
  const box = t(`chair.script.box.${kind}`, { issued, collected })
  return box + t(collected > issued ? `chair.script.box_void.${kind}` : `chair.script.box_valid.${kind}`)
}

/** 请总监票人报告: what the boxes hold by number first, the count after it. */
function counting_words({ vote, blocked }: Step): string {
  if (blocked) return t('chair.script.close_ballots_waiting')
  const box = vote?.ballots?.box
  if (!vote || !box) return t('chair.script.close_ballots')
  const opening = t('chair.script.report') + box_words(vote, box)
  return box.collected > box.issued ? opening : opening + t('chair.script.close_ballots')
}

/** 公布候选人的得票数: every line of the list with its figures, whatever became of it. */
function lines_words(lines: readonly ListVotes[]): string {
  const is_by_marks = lines.every((line) => line.oppose + line.abstain === 0)
  const words = ({ name, approve, oppose, abstain, is_write_in }: ListVotes) => {
    if (is_write_in) return t('chair.script.line.write_in', { name, approve })
    return t(is_by_marks ? 'chair.script.line.marks' : 'chair.script.line.full', {
      name,
      approve,
      oppose,
      abstain,
    })
  }
  return lines.map(words).join(t('chair.script.semicolon')) + t('chair.script.stop')
}

function places_words(vote: VoteView, { counted, outcome }: PlacesDecided): string {
  const names = (lines: readonly number[]) =>
    lines.map((line) => counted.list[line]!.name).join(t('list.and'))
  const kind = is_of_persons(vote) ? 'persons' : 'projects'
  const parts = [t(`chair.script.result.${kind}`)]
  if (shows_votes_of_each(vote, false)) parts.push(lines_words(counted.list))
  if (outcome.elected.length > 0)
    parts.push(t(`chair.script.elected.${kind}`, { names: names(outcome.elected) }))
  parts.push(tied_words(outcome, names(outcome.tied)))
  if (outcome.unfilled > 0) parts.push(t(`chair.script.unfilled.${kind}`, { n: outcome.unfilled }))
  return parts.join('')
}

/** Every object with what it was given and what that comes to. */
function grades_words({ rule }: GradesSheet, { counted, outcomes }: GradesDecided): string {
  const objects = counted.objects.map(({ object, counts, invalid }, at) => {
    const given = counts.map((n, grade) =>
      t('chair.script.grade', { grade: in_words(rule.grades[grade]!), n }),
    )
    if (invalid > 0) given.push(t('chair.script.grade_invalid', { n: invalid }))
    const verdict = rule.verdicts.find(({ id }) => id === outcomes[at]?.verdict)
    if (verdict) given.push(t('chair.script.graded_as', { verdict: in_words(verdict.name) }))
    return t('chair.script.graded_object', { object, given: given.join(t('chair.script.comma')) })
  })
  return t('chair.script.graded') + objects.join('')
}

/** What the ballots say; of those that are void only that they are. */
function ballots_words(vote: VoteView): string {
  const { outcome, ballots, places, grades, tally } = vote.result!
  const box = ballots ?? places?.counted ?? grades?.counted
  if (box && outcome.verdict === 'void_more_collected')
    return box_words(vote, box) + t('chair.script.ballots_again')
  if (places) return places_words(vote, places)
  if (grades && vote.grades) return grades_words(vote.grades, grades)
  const verdict = t(`result.verdict.${outcome.verdict}`)
  return t('chair.script.announce_ballots', { ...tally, invalid: ballots?.invalid ?? 0, verdict })
}

function result_words(step: Step): string {
  const result = step.vote?.result
  if (!result) return ''
  const { verdict } = result.outcome
  if (verdict === 'adopted_no_objection') return t('chair.script.announce_silent')
  if (result.ballots || result.places || result.grades) return ballots_words(step.vote!)
  const by_hands = step.vote?.vote_method === 'hands'
  const pressed = figures_shown(step.vote!, false).includes('not_pressed') ? 'vote' : 'pressed'
  const key = by_hands ? 'chair.script.announce_hands' : (`chair.script.announce_${pressed}` as const)
  return t(key, { ...result.tally, verdict: t(`result.verdict.${verdict}`) })
}

function voting_words(name: 'open_vote' | 'resume_vote', vote: VoteView | null | undefined): string {
  const is_secret = vote && secret_of(vote) !== null
  const marks = is_secret && secret_form(vote) !== 'motion' ? 'marks' : 'secret'
  const method = is_secret ? marks : (vote?.vote_method ?? 'console')
  return t(`chair.script.${name}.${method}`, { title: vote?.title ?? '' })
}

/** The figure and why it is another than the roster's, before somebody stands for it. */
function base_words(vote: VoteView | null, sitting: SittingView): string {
  const reason = vote?.base_given?.reason ?? ''
  return t('chair.script.confirm_base', {
    title: vote?.title ?? '',
    base: vote?.base_members ?? 0,
    due: sitting.counts.due,
    reason,
  })
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
      if (step.blocked?.by === 'roll') return t('chair.script.await_roll')
      return voting_words(step.name, step.vote)
    case 'resume_vote':
      return voting_words(step.name, step.vote)
    case 'call_roll':
      return t('chair.script.call_roll', { title: step.vote?.title ?? '' })
    case 'confirm_base':
      return base_words(step.vote, sitting)
    case 'close_vote':
      return t(step.blocked?.by === 'hands' ? 'chair.script.close_vote_hands' : 'chair.script.close_vote')
    case 'close_ballots':
      return counting_words(step)
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
