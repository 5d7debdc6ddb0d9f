import { canonical, is_object, type Json } from './json'
import { is_possible, motion, type Shape } from './shape'
import type { Desk } from './secret_state'
import type { Vote } from './vote'

// What a secret vote asks, read off what was prepared: the shape of its ballots and the words they are
// bound to (docs/ballot_protocol.md 2).

export type Matter = {
  shape: Shape
  /** The title, then every name in its place. */
  labels: string[]
}

const lines_max = 100
const grades_max = 4

/** Whether a list chooses among projects; of a re-vote the list it began with says. */
function is_of_projects(desk: Pick<Desk, 'vote'>, list: Json): boolean {
  let first: Json = list
  const seen = new Set<number>()
  while (typeof first.follows === 'number' && !seen.has(first.follows)) {
    seen.add(first.follows)
    const before = desk.vote(first.follows)?.prepared.list
    if (!is_object(before)) return false
    first = before
  }
  return first.list_kind === 'projects' || first.list_kind === 'ranked_projects'
}

function names(values: unknown, member?: string): string[] {
  const all: unknown[] = Array.isArray(values) ? values : []
  return all.map((one) => String(member === undefined ? one : is_object(one) ? one[member] : ''))
}

function matter_of_list(desk: Pick<Desk, 'vote'>, title: string, list: Json): Matter | null {
  const candidates = names(list.candidates, 'name')
  const ballot = is_object(list.ballot) ? list.ballot : {}
  const is_marked_only = ballot.write_in === 'none' && ballot.blank === 'abstain'
  if (list.list_kind === 'ranked_projects' || !is_marked_only) return null
  const kind = is_of_projects(desk, list) ? 'choose' : 'elect'
  const shape = { kind, options: candidates.length, rows: 1, min: 0, max: Number(ballot.marks_max) }
  return candidates.length <= lines_max && is_possible(shape)
    ? { shape, labels: [title, ...candidates] }
    : null
}

function matter_of_grades(title: string, sheet: Json): Matter | null {
  const objects = names(sheet.objects)
  const grades = names(is_object(sheet.rule) ? sheet.rule.grades : [], 'zh')
  const shape = { kind: 'grid', options: grades.length, rows: objects.length, min: 0, max: 1 }
  const fits = objects.length <= lines_max && grades.length <= grades_max && is_possible(shape)
  return fits ? { shape, labels: [title, ...objects, ...grades] } : null
}

/** Null when no console can ask this: names written in, a ranking, more than a ballot holds. */
export function matter_of(desk: Pick<Desk, 'vote'>, vote: Vote): Matter | null {
  const { list, grades } = vote.prepared
  const title = String(vote.prepared.title)
  if (list !== undefined && grades !== undefined) return null
  if (is_object(list)) return matter_of_list(desk, title, list)
  if (is_object(grades)) return matter_of_grades(title, grades)
  return { shape: motion, labels: [title, '弃权', '赞成', '反对'] }
}

/** Whether ballots are bound to exactly this: the text, the shape, and every name in its place. */
export function asks(question: Json, vote: Vote, { shape, labels }: Matter): boolean {
  return canonical(question) === canonical({ v: 1, text: vote.prepared.text, shape, labels })
}
