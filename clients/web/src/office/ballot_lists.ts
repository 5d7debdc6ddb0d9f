import type {
  BallotList,
  Candidate,
  CandidateNumber,
  GradesSheet,
  LegalBasis,
  ListKind,
  LocalText,
  RosterMember,
  RuleProfileInput,
  Threshold,
  TieRule,
  VoteView,
  WriteIn,
} from '../wire/types'
import texts from './ballot_texts.json'
import { fixed_of, marks_max_of } from './provisions'
import { threshold } from './rules'

/** Why a differential election has so many candidates more than seats. */
export type ExtraBasis = 'chief' | 'deputy_chief' | 'members' | 'deputies' | 'method'

export const extra_bases: readonly ExtraBasis[] = ['chief', 'deputy_chief', 'members', 'deputies', 'method']

const { organic_law, election_law } = texts

/**
 * How many candidates more than `seats` the law asks for; null where its share of few seats holds no whole
 * number, so that the election method has to say it.
 */
export function lawful_extra(basis: ExtraBasis, seats: number): CandidateNumber | null {
  const between = (least: number, most: number, law: LegalBasis) =>
    least > most ? null : { min: Math.max(1, least), max: most, basis: law }
  switch (basis) {
    case 'chief':
      return between(1, 1, organic_law)
    case 'deputy_chief':
      return between(1, 3, organic_law)
    case 'members':
      return between(Math.ceil(seats / 10), Math.floor(seats / 5), organic_law)
    case 'deputies':
      return between(Math.ceil(seats / 5), Math.floor(seats / 2), election_law)
    case 'method':
      return null
  }
}

/** Names as they were typed or pasted: one a line, blanks around them dropped. */
export function names_in(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** A member of that name stands, where only one is called so. */
export function as_candidates(names: readonly string[], members: readonly RosterMember[]): Candidate[] {
  return names.map((name) => {
    const called = members.filter((member) => member.name === name)
    return { name, person: called.length === 1 ? called[0]!.person : null }
  })
}

/** What a secretary writes down of a list. */
export interface ListDraft {
  kind: ListKind
  seats: number
  candidates: Candidate[]
  write_in: WriteIn
  blank_means: 'abstain' | 'approve'
  tie: TieRule
  /** of projects, unless the rule says it of every list: over half of all besides the highest numbers */
  needs_majority: boolean
  /** places left over stay empty */
  leaves_empty?: boolean
  extra: CandidateNumber | null
  follows: number | null
  /** of a re-vote: whether it began with projects */
  of_projects?: boolean
  /** of a separate election for a chief post: as many stand as there are seats */
  is_chief: boolean
}

/** Whether more candidates than seats stand, so that the number has to rest on something. */
export function is_differential(kind: ListKind): boolean {
  return kind === 'differential_election' || kind === 'deputy_election'
}

/** Whether somebody else may be written in at all. */
export function may_write_in(kind: ListKind): boolean {
  return !['primary', 'projects', 'ranked_projects', 'tie_revote'].includes(kind)
}

/** Of a re-vote among the tied the higher number wins unless the rule says more; a primary only ranks. */
function majority_of(draft: ListDraft, rule: RuleProfileInput): Threshold | null {
  if (['primary', 'ranked_projects'].includes(draft.kind)) return null
  if (draft.kind === 'tie_revote' && rule.list?.revote_by !== 'majority') return null
  const asks = draft.kind === 'projects' || rule.list?.by !== undefined
  if (asks && draft.kind !== 'tie_revote' && !draft.needs_majority) return null
  return has_base_of_lists(rule) ? rule.majority : { ...rule.majority, base: 'all_members' }
}

/** Whether a list may take its majority as the rule has it: ballots do not tell who was there. */
export function has_base_of_lists(rule: RuleProfileInput): boolean {
  return rule.majority.base !== 'present' && rule.majority.base !== 'for_and_against'
}

/** The number of extra candidates a form starts from: that of the vote before, else what the method says. */
export function first_extra(after: ListDraft | null): CandidateNumber {
  const basis = { law: texts.election_method, article: '', version_date: '' }
  return after?.extra ?? { min: 1, max: 1, basis }
}

/** Whether the vote before was differential and this one fills one seat: perhaps that of a chief post. */
export function may_be_equal(draft: Pick<ListDraft, 'kind' | 'seats' | 'extra'>): boolean {
  return draft.kind === 'separate_election' && draft.seats === 1 && draft.extra !== null
}

function has_extra(draft: ListDraft): boolean {
  if (draft.kind === 'separate_election') return !(may_be_equal(draft) && draft.is_chief)
  return is_differential(draft.kind)
}

/** The list as it is written down: what the rule provides comes before what was filled in. */
export function build_list(filled_in: ListDraft, rule: RuleProfileInput): BallotList {
  const draft = { ...filled_in, ...fixed_of(rule, filled_in.kind) }
  return {
    list_kind: draft.kind,
    candidates: draft.candidates,
    places: {
      places: draft.seats,
      majority: majority_of(draft, rule),
      tie: draft.tie,
      ...(draft.leaves_empty ? { shortfall: 'left_empty' } : {}),
    },
    ballot: {
      marks_max: marks_max_of(rule, draft.seats),
      write_in: may_write_in(draft.kind) ? draft.write_in : 'none',
      blank: draft.blank_means,
    },
    extra: has_extra(draft) ? draft.extra : null,
    follows: draft.follows,
    ...(may_be_equal(draft) && draft.is_chief ? { equal_by: { ...organic_law, article: '29' } } : {}),
  }
}

/** The scales in use; the last verdict holds where no other does. */
export type Scale = keyof typeof texts.scales

/** 满意 with over half of `base`, 基本满意 with the first two grades together, otherwise 不满意. */
export function build_sheet(
  objects: readonly string[],
  scale: Scale,
  base: 'all_members' | 'present' | 'valid',
): GradesSheet {
  const grades = texts.scales[scale]
  const [satisfied, basically, unsatisfied] = grades as [LocalText, LocalText, LocalText]
  return {
    objects: [...objects],
    rule: {
      grades,
      verdicts: [
        { id: 'satisfied', name: satisfied, grades: [0], threshold: threshold('over_half', base) },
        {
          id: 'basically_satisfied',
          name: basically,
          grades: [0, 1],
          threshold: threshold('over_half', base),
        },
        {
          id: 'unsatisfied',
          name: unsatisfied,
          grades: [2],
          threshold: { num: 0, den: 1, strict: false, base },
        },
      ],
      rounding: 'half_up',
    },
  }
}

/** Who stands again, and for how many places, after this vote. */
export function list_after(vote: VoteView, kind: 'tie_revote' | 'separate_election'): ListDraft | null {
  const { list } = vote
  const places = vote.result?.places
  if (!list || !places) return null
  const { counted, outcome } = places
  const person_of = (name: string) => list.candidates.find((one) => one.name === name)?.person ?? null
  const tied = outcome.tied.map((line) => counted.list[line]!.name)
  // Those with most votes stand first: the order of the first vote is the order of the next (组织法 29).
  const left = counted.list
    .map((line, at) => ({ ...line, at }))
    .filter((line) => !outcome.elected.includes(line.at))
    .toSorted((a, b) => b.approve - a.approve)
    .map((line) => line.name)
  const is_tie = kind === 'tie_revote'
  return {
    kind,
    seats: is_tie ? outcome.tied_places : outcome.unfilled,
    candidates: (is_tie ? tied : left).map((name) => ({ name, person: person_of(name) })),
    write_in: is_tie ? 'none' : list.ballot.write_in,
    blank_means: list.ballot.blank,
    tie: list.places.tie,
    needs_majority: !is_tie,
    extra: !is_tie && list.extra ? { ...list.extra, min: 1 } : null,
    follows: vote.id,
    of_projects: vote.list_of === 'projects',
    is_chief: false,
  }
}
