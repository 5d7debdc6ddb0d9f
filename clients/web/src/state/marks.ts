import { grid_options_max, is_shape, motion_shape, options_max, type BallotShape } from '../ballot/shape'
import type { Choice, LocalText, VoteView } from '../wire/types'
import question_labels from './question_labels.json'

// What a person marks on a secret ballot of a list or of grades before it is cast, and what every ballot of a
// vote asks (docs/ballot_protocol.md 2). A motion is pressed at once and has no marks.

/** 选举, 项目, 测评, or for and against. */
export type SecretForm = 'motion' | 'elect' | 'choose' | 'grades'

export function secret_form({
  list,
  grades,
  list_of,
}: Pick<VoteView, 'list' | 'grades' | 'list_of'>): SecretForm {
  if (list) return list_of === 'projects' ? 'choose' : 'elect'
  return grades ? 'grades' : 'motion'
}

/** The option of a ballot that says this: abstain is the first of them. */
const options: readonly Choice[] = ['abstain', 'approve', 'oppose']

export function option_of(choice: Choice): number {
  return options.indexOf(choice)
}

/** What the only row of an opened ballot says; null when it spells nothing. */
export function choice_said(said: Uint8Array | null): Choice | null {
  return options[said?.[0] ?? options.length] ?? null
}

/** What ballots of a vote are bound to, as this vote is shown: a server that asks another is found out. */
export interface Question {
  text: string
  shape: BallotShape
  labels: string[]
}

/** What a vote asks, as far as a question says it. */
export type Asked = Pick<VoteView, 'title' | 'text' | 'list' | 'grades' | 'list_of'>

export function question_of(vote: Asked): Question {
  const { list, grades, title, text } = vote
  const form = secret_form(vote)
  if (list && form !== 'motion') {
    const kind = form === 'choose' ? 'choose' : 'elect'
    const shape = {
      kind,
      options: list.candidates.length,
      rows: 1,
      min: 0,
      max: list.ballot.marks_max,
    } as const
    return { text, shape, labels: [title, ...list.candidates.map((one) => one.name)] }
  }
  if (grades) {
    const { objects, rule } = grades
    const shape: BallotShape = {
      kind: 'grid',
      options: rule.grades.length,
      rows: objects.length,
      min: 0,
      max: 1,
    }
    return { text, shape, labels: [title, ...objects, ...rule.grades.map((one) => one.zh)] }
  }
  return { text, shape: motion_shape, labels: [title, ...question_labels.motion] }
}

/**
 * The one spelling whose SHA-256 ballots are bound to: names ascending, no blanks (RFC 8785). A console
 * makes it of what it shows, so no other question can hide behind it.
 */
export function spelled({ text, shape, labels }: Question): string {
  const { kind, max, min, options, rows } = shape
  return JSON.stringify({ labels, shape: { kind, max, min, options, rows }, text, v: 1 })
}

/** One number a line of the ballot, as choices are spelled; null where a grade is still to be given. */
export type Marks = readonly (number | null)[]

/** The names on the ballot, in its order. */
export function lines_of({ list, grades }: VoteView): string[] {
  return list?.candidates.map((one) => one.name) ?? grades?.objects ?? []
}

/** As a paper is handed out: nobody is marked, which abstains; no grade is given. */
export function blank_marks(vote: VoteView): Marks {
  return lines_of(vote).map(() => (vote.grades ? null : 0))
}

/** One of the keys in a line. */
export interface MarkKey {
  value: number
  /** what it says: one of the three choices, a mark, or a grade in its words */
  says: Choice | 'mark' | LocalText
}

/**
 * The keys of each line, in the order they stand. Where names are only marked, one key that is pressed
 * again to take the mark back: nobody opposes there.
 */
export function mark_keys(vote: VoteView): MarkKey[] {
  if (vote.grades) return vote.grades.rule.grades.map((says, value) => ({ value, says }))
  if (secret_form(vote) === 'choose' || vote.list?.list_kind === 'primary')
    return [{ value: 1, says: 'mark' }]
  return (['approve', 'oppose', 'abstain'] as const).map((says) => ({ value: option_of(says), says }))
}

/** How many are chosen, or how many objects have a grade. */
export function marked(vote: VoteView, marks: Marks): number {
  return marks.filter((one) => (vote.grades ? one !== null : one === 1)).length
}

/** How many may be chosen; of grades how many there are to give. */
export function marks_most({ list, grades }: VoteView): number {
  return list?.ballot.marks_max ?? grades?.objects.length ?? 0
}

/** The marks with one line marked otherwise; null where that would choose more than may be chosen. */
export function with_mark(vote: VoteView, marks: Marks, line: number, value: number): Marks | null {
  const is_taken_back = mark_keys(vote).length === 1 && marks[line] === value
  const changed = marks.map((one, at) => (at === line ? (is_taken_back ? 0 : value) : one))
  return vote.list && marked(vote, changed) > marks_most(vote) ? null : changed
}

/** How many lines are still without the grade they need. */
export function marks_missing(marks: Marks): number {
  return marks.filter((one) => one === null).length
}

/** The choice as it is encrypted; null while something is missing. */
export function choice_of_marks(marks: Marks): Uint8Array | null {
  return marks_missing(marks) > 0 ? null : Uint8Array.from(marks, (one) => one ?? 0)
}

/** The lines that say the same. */
export interface ToldMarks extends MarkKey {
  names: string[]
}

/**
 * What a ballot says, key by key, also those that nothing was marked with; lines without any mark are told
 * where that abstains. Null for a choice that is none of this vote's ballots.
 */
export function told_marks(vote: VoteView, said: Uint8Array | null): ToldMarks[] | null {
  const lines = lines_of(vote)
  if (said === null || said.length !== lines.length) return null
  const told = mark_keys(vote).map((key) => ({
    ...key,
    names: lines.filter((_, at) => said[at] === key.value),
  }))
  const is_whole =
    told.length === 1 || told.reduce((sum, { names }) => sum + names.length, 0) === lines.length
  return is_whole ? told : null
}

/** Why no ballot at a console can ask this, as a message key without its `office.consoles.why.`. */
export type NoConsole = 'ranked' | 'lines' | 'grades' | 'bytes'

export function console_misfit(asked: Pick<Asked, 'list' | 'grades' | 'list_of'>): NoConsole | null {
  const { list, grades } = asked
  const lines = list?.candidates.length ?? grades?.objects.length ?? 0
  if (list?.list_kind === 'ranked_projects') return 'ranked'
  if (lines > options_max) return 'lines'
  if (grades && grades.rule.grades.length > grid_options_max) return 'grades'
  if (lines === 0) return null // Still to be written down.
  return is_shape(question_of({ title: '', text: '', ...asked }).shape) ? null : 'bytes'
}
