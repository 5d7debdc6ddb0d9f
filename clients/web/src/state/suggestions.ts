import type {
  AnswerView,
  EvaluationRound,
  EvaluationStage,
  PersonId,
  PetitionView,
  SuggestionPhase,
  SuggestionView,
} from '../wire/types'

/** Where a suggestion stands for a person who looks at it now: time alone leaves a silent deputy out. */
export type ShownPhase = SuggestionPhase | 'excluded'

export function newest_answer(suggestion: SuggestionView): AnswerView | null {
  return suggestion.answers.at(-1) ?? null
}

/** Reminded, the time after that over, and still silent: no grade is taken any more. */
export function is_excluded(answer: AnswerView, now_ms: number): boolean {
  return answer.grade === null && answer.reminded_at_ms !== null && now_ms > answer.evaluate_by_ms
}

export function shown_phase(suggestion: SuggestionView, now_ms: number): ShownPhase {
  const last = newest_answer(suggestion)
  const is_silent = suggestion.phase === 'being_evaluated' && last !== null && is_excluded(last, now_ms)
  return is_silent ? 'excluded' : suggestion.phase
}

/** The date it waits for now, if any: the reply, the evaluation or what was promised. */
export function awaited_by(suggestion: SuggestionView): number | null {
  const last = newest_answer(suggestion)
  switch (suggestion.phase) {
    case 'awaiting_reply':
      return suggestion.due_at_ms
    case 'being_evaluated':
      return last?.evaluate_by_ms ?? null
    case 'awaiting_delivery':
      return last?.deliver_by_ms ?? null
    default:
      return null
  }
}

export function is_overdue(suggestion: SuggestionView, now_ms: number): boolean {
  const by = awaited_by(suggestion)
  return by !== null && now_ms > by && shown_phase(suggestion, now_ms) !== 'excluded'
}

/** Which answers may be recorded now. */
export function next_stages(suggestion: SuggestionView, now_ms: number): EvaluationStage[] {
  const last = newest_answer(suggestion)
  if (suggestion.phase === 'withdrawn') return []
  if (!last) return ['reply']
  if (last.grade === null && !last.concluded && !is_excluded(last, now_ms)) return []
  if (last.grade === 'unsatisfied') return last.stage === 'reply' ? ['reply', 'delivery'] : ['delivery']
  return last.stage === 'reply' && last.deliver_by_ms !== null ? ['delivery'] : []
}

/** The newest answer of this stage that is not counted in figures on record. */
function running_answer(suggestion: SuggestionView, stage: EvaluationStage): AnswerView | null {
  const last = suggestion.answers.findLast((answer) => answer.stage === stage)
  return suggestion.phase !== 'withdrawn' && last && !last.concluded ? last : null
}

/**
 * A round that goes on, as it stands now. The server counts up to its newest entry; since then time alone may
 * have left silent deputies out, and without it nobody could conclude what nothing else happens in.
 */
export function round_now(
  round: EvaluationRound,
  suggestions: readonly SuggestionView[],
  now_ms: number,
): EvaluationRound {
  if (round.concluded_at_ms !== null) return round
  const silent = suggestions.filter((one) => {
    const answer = running_answer(one, round.stage)
    return answer !== null && is_excluded(answer, now_ms)
  })
  const { awaited, excluded } = round.outcome
  const more = Math.min(Math.max(silent.length - excluded, 0), awaited)
  return { ...round, outcome: { ...round.outcome, awaited: awaited - more, excluded: excluded + more } }
}

/** The office may remind: the time to evaluate is over, and it has not reminded yet. */
export function may_remind(suggestion: SuggestionView, now_ms: number): boolean {
  const last = newest_answer(suggestion)
  return (
    suggestion.phase === 'being_evaluated' &&
    last !== null &&
    last.reminded_at_ms === null &&
    now_ms > last.evaluate_by_ms
  )
}

/** This person has to say whether the newest answer satisfies. */
export function may_evaluate(suggestion: SuggestionView, me: PersonId, now_ms: number): boolean {
  return suggestion.evaluator === me && shown_phase(suggestion, now_ms) === 'being_evaluated'
}

export function has_signed(petition: PetitionView, me: PersonId): boolean {
  return petition.signers.some((signer) => signer.person === me)
}

/** A list, newest first, with this one replaced or put where it belongs. */
export function with_newest<View extends { id: number }>(list: readonly View[], one: View): View[] {
  const rest = list.filter((other) => other.id !== one.id)
  const at = rest.findIndex((other) => other.id < one.id)
  return at < 0 ? [...rest, one] : [...rest.slice(0, at), one, ...rest.slice(at)]
}

/** The last millisecond of a day, as this screen's clock has it; null unless it is a date. */
export function end_of_day(date: string): number | null {
  const start = new Date(`${date}T00:00:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(start.getTime())) return null
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1).getTime() - 1
}

/** `2026-11-27`, as date fields have it. */
export function date_of(at_ms: number): string {
  return new Date(at_ms).toLocaleDateString('sv-SE')
}

/** So many days on that are no Saturdays or Sundays. Holidays are for people to know. */
export function working_days_after(at_ms: number, days: number): string {
  const day = new Date(at_ms)
  for (let left = days; left > 0;) {
    day.setDate(day.getDate() + 1)
    if (day.getDay() !== 0 && day.getDay() !== 6) left--
  }
  return date_of(day.getTime())
}

/** The same day so many months on, or the last of that month. */
export function months_after(at_ms: number, months: number): string {
  const from = new Date(at_ms)
  const last = new Date(from.getFullYear(), from.getMonth() + months + 1, 0).getDate()
  return date_of(
    new Date(from.getFullYear(), from.getMonth() + months, Math.min(from.getDate(), last)).getTime(),
  )
}
