import { t } from '../messages/words.svelte'
import { awaited_by, date_of, newest_answer, shown_phase } from '../state/suggestions'
import type { EvaluationOutcome, EvaluationStage, RosterMember, SuggestionView } from '../wire/types'

/** The members a line of names or numbers means, and the words that mean nobody or more than one. */
export interface FoundMembers {
  members: RosterMember[]
  unknown: string[]
}

/** Names or numbers, with any of the usual marks or blanks between them; nobody is named twice. */
export function members_named(words: string, roster: readonly RosterMember[]): FoundMembers {
  const found: FoundMembers = { members: [], unknown: [] }
  for (const word of words.split(/[\s,;\u3001\uff0c\uff1b]+/).filter((one) => one !== '')) {
    const by_number = roster.filter((member) => member.number === word)
    const meant = by_number.length > 0 ? by_number : roster.filter((member) => member.name === word)
    const [member] = meant
    if (!member || meant.length > 1) found.unknown.push(word)
    else if (!found.members.includes(member)) found.members.push(member)
  }
  return found
}

/** Thousandths as people write them: 923 is 92.3%. */
export function per_cent(per_mille: number | null): string {
  return per_mille === null ? '—' : `${(per_mille / 10).toFixed(1)}%`
}

function grade_of(suggestion: SuggestionView, stage: EvaluationStage, now_ms: number): string {
  const answer = suggestion.answers.findLast((one) => one.stage === stage)
  if (!answer) return ''
  if (answer.grade !== null) return t(`suggestion.grade.${answer.grade}`)
  const is_last = answer === newest_answer(suggestion)
  return is_last ? t(`suggestion.phase.${shown_phase(suggestion, now_ms)}`) : ''
}

/** The ledger of suggestions as a table, its head first. */
export function suggestion_table(suggestions: readonly SuggestionView[], now_ms: number): string[][] {
  const head = (
    [
      'number',
      'title',
      'lead',
      'signers',
      'responsible',
      'registered',
      'due',
      'phase',
      'awaited',
      'class',
      'promised',
      'reply',
      'delivery',
      'reason',
    ] as const
  ).map((column) => t(`suggestion.column.${column}`))
  return [head, ...suggestions.map((one) => row_of(one, now_ms))]
}

function row_of(suggestion: SuggestionView, now_ms: number): string[] {
  const reply = suggestion.answers.findLast((one) => one.stage === 'reply')
  const awaited = awaited_by(suggestion)
  return [
    suggestion.number,
    suggestion.title,
    suggestion.lead.name,
    suggestion.signers.map((one) => one.name).join(t('office.name_join')),
    suggestion.responsible_body,
    date_of(suggestion.registered_at_ms),
    date_of(suggestion.due_at_ms),
    t(`suggestion.phase.${shown_phase(suggestion, now_ms)}`),
    awaited === null ? '' : date_of(awaited),
    reply ? t(`suggestion.class.${reply.reply_class}`) : '',
    reply?.deliver_by_ms == null ? '' : date_of(reply.deliver_by_ms),
    grade_of(suggestion, 'reply', now_ms),
    grade_of(suggestion, 'delivery', now_ms),
    newest_answer(suggestion)?.reason ?? '',
  ]
}

/** How many of a round are there in all, counted or not. */
export function all_of(outcome: EvaluationOutcome): number {
  return outcome.base + outcome.excluded + outcome.awaited
}
