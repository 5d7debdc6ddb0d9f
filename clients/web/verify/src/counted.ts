import { is_object, type Json } from './json'
import { compare, least, type Compared, type Threshold } from './outcome'
import type { Vote } from './vote'

// What the opened totals of a list or of a sheet of grades come to: who is elected or tied, which verdict
// holds. Whole numbers only, and BigInt where they are multiplied.

/** One line of a list as the record has it. */
type Line = { name: string; approve: number; oppose: number; abstain: number; is_write_in: boolean }

type Places = { places: number; majority: Threshold | null; tie: string; shortfall?: string }

type PlacesOutcome = {
  status: string
  base: number
  need: number
  elected: number[]
  tied: number[]
  tied_places: number
  unfilled: number
}

type Graded = { object: string; counts: number[]; invalid: number }

type GradesOutcome = {
  object: string
  valid: number
  per_mille: number[]
  findings: { id: string; finding: Compared }[]
  verdict: string
}

/** How a vote by list or grades was decided, as `vote.decided` spells it. */
export type Counted =
  | { places: { counted: Json & { list: Line[] }; outcome: PlacesOutcome } }
  | { grades: { counted: Json & { objects: Graded[] }; outcomes: GradesOutcome[] } }

/** Null for a base that a list does not have. */
function base_of_list(base: string, members: number, collected: number): number | null {
  if (base === 'all_members') return members
  return ['ballots', 'cast', 'valid'].includes(base) ? collected : null
}

const ties: { [rule: string]: string } = {
  revote: 'tie_revote_needed',
  presidium: 'tie_for_presidium',
  none: 'shortfall_separate_election',
}

/**
 * Those with enough votes, highest first and equal ones as listed; who stands equal at the last place is
 * tied.
 */
function fill(
  votes: number[],
  need: number,
  { places, tie }: Places,
): Omit<PlacesOutcome, 'base' | 'need'> {
  const enough = votes.map((_, line) => line).filter((line) => votes[line]! >= need)
  enough.sort((left, right) => votes[right]! - votes[left]! || left - right)
  const none = { tied: [], tied_places: 0, unfilled: 0 }
  if (enough.length <= places) {
    const unfilled = places - enough.length
    const status = unfilled > 0 ? 'shortfall_separate_election' : 'complete'
    return { ...none, status, elected: enough, unfilled }
  }
  const last = votes[enough[places - 1]!]!
  if (votes[enough[places]!]! < last)
    return { ...none, status: 'complete', elected: enough.slice(0, places) }
  const elected = enough.filter((line) => votes[line]! > last)
  const tied = enough.filter((line) => votes[line] === last)
  const open = places - elected.length
  const [tied_places, unfilled] = tie === 'none' ? [0, open] : [open, 0]
  return { status: ties[tie] ?? '?', elected, tied, tied_places, unfilled }
}

/** 选举法 44 and 45, 组织法 25 and 29. Null for a rule this program cannot follow. */
export function decide_places(
  rule: Places,
  members: number,
  collected: number,
  list: { approve: number }[],
): PlacesOutcome | null {
  const { majority } = rule
  const base = majority === null ? 0 : base_of_list(majority.base, members, collected)
  if (base === null || (majority !== null && majority.den < 1) || rule.places < 1) return null
  const need = majority === null ? 1 : Math.max(1, least(base, majority))
  const votes = list.map(({ approve }) => approve)
  const filled = fill(votes, need, rule)
  const stays_empty =
    rule.shortfall === 'left_empty' && filled.status === 'shortfall_separate_election'
  return { base, need, ...filled, ...(stays_empty ? { status: 'shortfall_left_empty' } : {}) }
}

/** Rows of elect are neither, approved, opposed; the one row of choose has the marks of each. */
export function count_list(vote: Vote, listed: number, ballots: number, rows: number[][]): Counted | null {
  const list = vote.prepared.list as Json
  const names = (list.candidates as { name: string }[]).map(({ name }) => name)
  const is_marked = rows.length === 1 && rows[0]!.length === names.length
  const lines = names.map((name, at): Line => {
    const [abstain, approve, oppose] = is_marked
      ? [0, rows[0]![at]!, 0]
      : (rows[at] as [number, number, number])
    return { name, approve, oppose, abstain, is_write_in: false }
  })
  const outcome = decide_places(list.places as Places, vote.base_members, ballots, lines)
  const counted = { issued: listed, collected: ballots, invalid: 0, list: lines }
  return outcome === null ? null : { places: { counted, outcome } }
}

type Verdict = { id: string; grades: number[]; threshold: Threshold }
type GradesRule = { grades: unknown[]; verdicts: Verdict[]; rounding: string }

/** Null for a base that grades do not have. */
function base_of_grades(base: string, members: number, present: number, valid: number): number | null {
  return { all_members: members, present, valid }[base] ?? null
}

function per_mille(count: number, of: number, rounding: string): number {
  const [left, right] = [BigInt(count), BigInt(of)]
  return Number(rounding === 'half_up' ? (2000n * left + right) / (2n * right) : (1000n * left) / right)
}

/** What one object came to: every verdict compared, and the first that holds. */
export function decide_grades(
  rule: GradesRule,
  members: number,
  present: number,
  object: string,
  counts: number[],
): GradesOutcome | null {
  const valid = counts.reduce((left, right) => left + right, 0)
  const findings: { id: string; finding: Compared }[] = []
  for (const { id, grades, threshold } of rule.verdicts) {
    const base = base_of_grades(threshold.base, members, present, valid)
    if (base === null || threshold.den < 1) return null
    const have = grades.reduce((sum, grade) => sum + (counts[grade] ?? 0), 0)
    const finding = compare('', have, base, threshold)
    findings.push({ id, finding: { ...finding, met: finding.met && base > 0 } })
  }
  return {
    object,
    valid,
    per_mille: valid === 0 ? [] : counts.map((count) => per_mille(count, valid, rule.rounding)),
    findings,
    verdict: findings.find(({ finding }) => finding.met)?.id ?? '',
  }
}

/** Rows are objects, each with the number of every grade. */
export function count_grades(
  vote: Vote,
  listed: number,
  ballots: number,
  rows: number[][],
): Counted | null {
  const sheet = vote.prepared.grades as Json
  if (!is_object(sheet.rule)) return null
  const rule = sheet.rule as GradesRule
  const objects = (sheet.objects as string[]).map((object, at) => ({
    object,
    counts: rows[at]!,
    invalid: 0,
  }))
  const outcomes: GradesOutcome[] = []
  for (const { object, counts } of objects) {
    const outcome = decide_grades(rule, vote.base_members, listed, object, counts)
    if (outcome === null) return null
    outcomes.push(outcome)
  }
  return { grades: { counted: { issued: listed, collected: ballots, objects }, outcomes } }
}
