// What figures mean under a rule. Whole numbers only, and BigInt where they are multiplied: no rounding
// decides.

export type Threshold = { num: number; den: number; strict: boolean; base: string }

export type Tally = { abstain: number; approve: number; not_pressed: number; oppose: number }

export type GroupTally = { group: string; members: number; tally: Tally }

export type Rule = {
  majority: Threshold
  min_participation: Threshold | null
  groups: string[]
}

export type Compared = { base: number; group: string; have: number; met: boolean; need: number }

export type Outcome = { findings: Compared[]; participation: Compared | null; verdict: string }

export function no_tally(): Tally {
  return { abstain: 0, approve: 0, not_pressed: 0, oppose: 0 }
}

function cast(tally: Tally): number {
  return tally.approve + tally.oppose + tally.abstain
}

/** What the share is taken of; null for a base this program does not know. */
function base_of(base: string, members: number, tally: Tally): number | null {
  switch (base) {
    case 'all_members':
      return members
    case 'present':
      return cast(tally) + tally.not_pressed
    case 'cast':
    case 'valid':
    case 'ballots':
      return cast(tally)
    case 'for_and_against':
      return tally.approve + tally.oppose
    default:
      return null
  }
}

/** The smallest count that meets the share: more than it when strict, otherwise at least it. */
export function least(base: number, { num, den, strict }: Threshold): number {
  const product = BigInt(base) * BigInt(num)
  const divisor = BigInt(den)
  return Number(strict ? product / divisor + 1n : (product + divisor - 1n) / divisor)
}

export function compare(group: string, have: number, base: number, threshold: Threshold): Compared {
  const need = least(base, threshold)
  return { base, group, have, met: have >= need, need }
}

/** Nothing is adopted without a single approval, whatever the share of nobody is. */
function compare_approvals(group: string, have: number, base: number, threshold: Threshold): Compared {
  const { need } = compare(group, have, base, threshold)
  const at_least = Math.max(1, need)
  return { base, group, have, met: have >= at_least, need: at_least }
}

/** Null for a rule this program cannot follow. */
export function outcome_of(
  rule: Rule,
  members: number,
  tally: Tally,
  groups: GroupTally[],
): Outcome | null {
  const parts = rule.groups.length === 0 ? [{ group: '', members, tally }] : groups
  const findings: Compared[] = []
  for (const part of parts) {
    const base = base_of(rule.majority.base, part.members, part.tally)
    if (base === null || rule.majority.den < 1) return null
    findings.push(compare_approvals(part.group, part.tally.approve, base, rule.majority))
  }
  const passed = findings.every(({ met }) => met)
  const outcome: Outcome = { findings, participation: null, verdict: passed ? 'passed' : 'not_passed' }
  if (rule.min_participation === null) return outcome
  const base = base_of(rule.min_participation.base, members, tally)
  if (base === null || rule.min_participation.den < 1) return null
  outcome.participation = compare('', cast(tally), base, rule.min_participation)
  if (!outcome.participation.met) outcome.verdict = 'invalid_low_participation'
  return outcome
}
