import type { ListKind, ListProvisions, RuleBookInput, RuleProfileInput } from '../wire/types'
import { may_write_in, type ListDraft } from './ballot_lists'
import texts from './rules.json'

// What a rule provides for lists, so that a form asks only for what it leaves open.

type Fixed = Partial<
  Pick<ListDraft, 'seats' | 'write_in' | 'blank_means' | 'tie' | 'needs_majority' | 'leaves_empty'>
>

/** Those of `kinds` that are voted on under the rule. */
export function kinds_of(rule: RuleProfileInput, kinds: readonly ListKind[]): ListKind[] {
  const provided = rule.list?.kinds
  return kinds.filter((one) => !provided || provided.includes(one))
}

function of_ballots(provided: ListProvisions, kind: ListKind): Fixed {
  return {
    ...(provided.write_in && may_write_in(kind) ? { write_in: provided.write_in } : {}),
    ...(provided.blank ? { blank_means: provided.blank } : {}),
  }
}

/** What of a list of this kind is as the rule has it. */
export function fixed_of(rule: RuleProfileInput, kind: ListKind): Fixed {
  const provided = rule.list
  if (!provided) return {}
  const follows = kind === 'tie_revote' || kind === 'separate_election'
  const tie = kind === 'tie_revote' ? provided.tie_again : provided.tie
  return {
    ...of_ballots(provided, kind),
    ...(provided.seats && !follows ? { seats: provided.seats } : {}),
    ...(tie ? { tie } : {}),
    ...(provided.by ? { needs_majority: provided.by === 'majority' } : {}),
    ...(provided.shortfall ? { leaves_empty: provided.shortfall === 'left_empty' } : {}),
  }
}

/** How many a ballot chooses: as many as there are seats, unless the rule says fewer. */
export function marks_max_of(rule: RuleProfileInput, seats: number): number {
  return Math.min(rule.list?.marks_max ?? seats, seats)
}

/** One thing a rule may fix of a list: a number up to so many, or one of these. */
export type Point =
  | { name: 'seats' | 'marks_max' | 'scrutineers_min'; most: number; least: number }
  | { name: ChosenPoint; options: readonly string[] }

type ChosenPoint = Exclude<keyof ListProvisions, 'kinds' | 'seats' | 'marks_max' | 'scrutineers_min'>

const ties = ['revote', 'presidium', 'none'] as const

/** In the order a method says them. */
export const points: readonly Point[] = [
  { name: 'seats', least: 1, most: 1000 },
  { name: 'marks_max', least: 1, most: 1000 },
  { name: 'write_in', options: ['requires_opposition', 'allowed', 'none'] },
  { name: 'blank', options: ['abstain', 'approve'] },
  { name: 'by', options: ['majority', 'highest'] },
  { name: 'tie', options: ties },
  { name: 'revote_by', options: ['highest', 'majority'] },
  { name: 'tie_again', options: ties },
  { name: 'shortfall', options: ['separate_election', 'left_empty'] },
  { name: 'scrutineers_min', least: 2, most: 200 },
  { name: 'announcement', options: ['every_figure', 'chosen_only'] },
]

/** The same rule with one point fixed otherwise, or left open. */
export function with_point(rule: RuleProfileInput, name: Point['name'], value: string): RuleProfileInput {
  const { [name]: _, ...rest } = rule.list ?? {}
  const is_number = points.some((one) => one.name === name && 'most' in one)
  return { ...rule, list: value === '' ? rest : { ...rest, [name]: is_number ? Number(value) : value } }
}

/** A book with a rule of the body's own: another book, which no later edition of the shipped one replaces. */
export function with_rule(book: RuleBookInput, rule: RuleProfileInput): RuleBookInput {
  const is_own = book.id.endsWith('.own')
  const name = is_own ? book.name : { zh: book.name.zh + texts.own.zh, en: book.name.en + texts.own.en }
  return {
    ...book,
    id: is_own ? book.id : `${book.id}.own`,
    name,
    rules: book.rules.map((one) => (one.id === rule.id ? rule : one)),
  }
}
