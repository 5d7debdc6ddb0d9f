import type {
  BallotList,
  BallotsCount,
  BallotsView,
  GradesCount,
  ListVotes,
  PlacesReturn,
  TellerBallots,
  VoteView,
} from '../wire/types'
import { is_ranking } from './list_result'
import { is_running } from './selection'

/** What stands on the ballots of a vote: for and against, a list, or grades. */
export type Ballots = 'plain' | 'list' | 'grades'

export function ballots_of(vote: VoteView): Ballots {
  if (vote.list) return 'list'
  return vote.grades ? 'grades' : 'plain'
}

/** The vote whose ballots are counted now. */
export function ballots_to_count(votes: readonly VoteView[]): VoteView | null {
  return votes.find((vote) => is_running(vote) && vote.ballots !== null) ?? null
}

/** Fewer ballots would tell how somebody voted: they are mixed with those of another room first. */
export const room_ballots_min = 10

/**
 * How far the tellers are: they differ only where two of one room have other figures; rooms have other
 * figures than each other anyway.
 */
export function counts_state({ counted, agreed }: BallotsView): 'agreed' | 'differ' | 'waiting' {
  if (agreed) return 'agreed'
  const figures = (one: TellerBallots) => JSON.stringify([one.ballots, one.list, one.grades])
  const first = new Map<string | null, string>()
  for (const one of counted) {
    const room = one.room ?? null
    if (!first.has(room)) first.set(room, figures(one))
    if (first.get(room) !== figures(one)) return 'differ'
  }
  return 'waiting'
}

/** One line of the form a teller fills in: what is counted, and a number for each column. */
export interface CountLine {
  name: string
  is_write_in: boolean
  numbers: (number | null)[]
}

/** A count as it is typed. */
export interface CountDraft {
  issued: number | null
  collected: number | null
  /** of ballots for and against or with a list; sheets of grades have it line by line */
  invalid: number | null
  lines: CountLine[]
}

/** Whether candidates are only marked, so that nobody opposes them; projects at consoles always are. */
export function has_marks_only(vote: VoteView): boolean {
  if (vote.list === null) return false
  const is_marked_on_screen = vote.vote_method === 'console' && vote.list_of === 'projects'
  return is_marked_on_screen || ['primary', 'projects'].includes(vote.list.list_kind)
}

/** How many numbers stand in a line. */
export function columns_of(vote: VoteView): number {
  if (vote.grades) return vote.grades.rule.grades.length + 1
  return has_marks_only(vote) || is_ranking(vote) ? 1 : 3
}

function empty_line(name: string, columns: number, is_write_in = false): CountLine {
  return { name, is_write_in, numbers: Array.from({ length: columns }, () => null) }
}

export function empty_draft(vote: VoteView): CountDraft {
  const columns = columns_of(vote)
  const names = vote.list?.candidates.map((one) => one.name) ?? vote.grades?.objects ?? ['']
  return {
    issued: null,
    collected: null,
    invalid: null,
    lines: names.map((name) => empty_line(name, columns)),
  }
}

/** One more name that somebody wrote on a ballot: it is only ever approved. */
export function with_write_in(draft: CountDraft, name: string): CountDraft {
  return { ...draft, lines: [...draft.lines, empty_line(name, 1, true)] }
}

const number_of = (value: number | null | undefined) => value ?? 0
const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0)

/** What a teller has sent, as it was typed. */
export function draft_of(vote: VoteView, sent: TellerBallots): CountDraft {
  const { ballots, list, grades } = sent
  if (ballots) {
    const { issued, collected, invalid, approve, oppose, abstain } = ballots
    const line = { name: '', is_write_in: false, numbers: [approve, oppose, abstain] }
    return { issued, collected, invalid, lines: [line] }
  }
  if (list) {
    const numbers_of = (one: ListVotes) => {
      if (one.numbers !== undefined) return [one.numbers]
      return one.is_write_in || has_marks_only(vote) ? [one.approve] : [one.approve, one.oppose, one.abstain]
    }
    const lines = list.list.map((one) => ({
      name: one.name,
      is_write_in: one.is_write_in,
      numbers: numbers_of(one),
    }))
    return { issued: list.issued, collected: list.collected, invalid: list.invalid, lines }
  }
  if (grades) {
    const lines = grades.objects.map((one) => ({
      name: one.object,
      is_write_in: false,
      numbers: [...one.counts, one.invalid],
    }))
    return { issued: grades.issued, collected: grades.collected, invalid: null, lines }
  }
  return empty_draft(vote)
}

/** What is wrong with a count before it is sent, as a message key without its `ballots.why.`. */
export type WhyNot =
  | 'held'
  | 'incomplete'
  | 'issued'
  | 'room'
  | 'adds_up'
  | 'line'
  | 'chosen'
  | 'named'
  | 'twice'
  | 'write_in'
  | 'opposed'
  | 'numbers'

/** The line that is wrong, where one is. */
export interface Misfit {
  why: WhyNot
  line: string
}

function misfit_of_line(vote: VoteView, draft: CountDraft, line: CountLine): WhyNot | null {
  if (line.is_write_in && line.name.trim() === '') return 'named'
  if (line.is_write_in && draft.lines.some((one) => one !== line && one.name.trim() === line.name.trim()))
    return 'twice'
  if (line.numbers.some((one) => one === null)) return 'incomplete'
  const valid = number_of(draft.collected) - number_of(draft.invalid)
  if (vote.grades) return sum(line.numbers) === draft.collected ? null : 'adds_up'
  if (line.is_write_in && sum(line.numbers) === 0) return 'write_in'
  if (is_ranking(vote)) return null
  if (vote.list) return sum(line.numbers) <= valid ? null : 'line'
  return sum(line.numbers) === valid ? null : 'adds_up'
}

/** What all numbers of a ranking come to: on each valid ballot stand 1 to n, each once. */
export function ranking_total(lines: number, draft: CountDraft): number {
  const valid = number_of(draft.collected) - number_of(draft.invalid)
  return (valid * lines * (lines + 1)) / 2
}

/** The least k sums together cannot be less than 1 + … + k on each ballot. */
function has_right_sums(list: BallotList, draft: CountDraft): boolean {
  const valid = number_of(draft.collected) - number_of(draft.invalid)
  const sums = draft.lines.map((line) => number_of(line.numbers[0])).toSorted((a, b) => a - b)
  let total = 0
  const is_possible = sums.every((one, at) => {
    total += one
    return total >= (valid * (at + 1) * (at + 2)) / 2
  })
  return is_possible && total === ranking_total(list.candidates.length, draft)
}

/** Why the lines of a list cannot be right together, or null. */
function misfit_of_list(list: BallotList, draft: CountDraft): WhyNot | null {
  const written = draft.lines.filter((line) => line.is_write_in).map((line) => number_of(line.numbers[0]))
  const opposed = draft.lines.filter((line) => !line.is_write_in).map((line) => number_of(line.numbers[1]))
  if (list.ballot.write_in === 'requires_opposition' && sum(written) > sum(opposed)) return 'opposed'
  if (list.list_kind === 'ranked_projects') return has_right_sums(list, draft) ? null : 'numbers'
  const chosen = sum(draft.lines.map((line) => number_of(line.numbers[0])))
  const valid = number_of(draft.collected) - number_of(draft.invalid)
  return chosen > valid * list.ballot.marks_max ? 'chosen' : null
}

/**
 * Why these figures cannot be right, or null. More collected than issued is no fault: it is recorded, and
 * voids the whole.
 */
export function misfit_of(vote: VoteView, draft: CountDraft, room: string | null): Misfit | null {
  if (vote.state === 'held') return { why: 'held', line: '' }
  if (draft.issued === null || draft.collected === null || (!vote.grades && draft.invalid === null))
    return { why: 'incomplete', line: '' }
  if (draft.issued > (vote.ballots?.electors ?? 0)) return { why: 'issued', line: '' }
  const is_too_few = draft.collected > 0 && draft.collected < room_ballots_min
  if (room !== null && is_too_few && !vote.ballots?.rooms_of_groups.includes(room))
    return { why: 'room', line: '' }
  for (const line of draft.lines) {
    const why = misfit_of_line(vote, draft, line)
    if (why) return { why, line: line.name }
  }
  const why = vote.list && misfit_of_list(vote.list, draft)
  return why ? { why, line: '' } : null
}

/** Whether the count would void the vote: more ballots came back than were given out. */
export function is_void(draft: CountDraft): boolean {
  return draft.issued !== null && draft.collected !== null && draft.collected > draft.issued
}

export function as_ballots(draft: CountDraft): BallotsCount {
  const [approve, oppose, abstain] = draft.lines[0]?.numbers ?? []
  return {
    issued: number_of(draft.issued),
    collected: number_of(draft.collected),
    invalid: number_of(draft.invalid),
    approve: number_of(approve),
    oppose: number_of(oppose),
    abstain: number_of(abstain),
  }
}

const by_bytes = (a: string, b: string) => {
  const [x, y] = [a, b].map((text) => new TextEncoder().encode(text)) as [Uint8Array, Uint8Array]
  for (let at = 0; at < Math.min(x.length, y.length); ++at) {
    if (x[at] !== y[at]) return x[at]! - y[at]!
  }
  return x.length - y.length
}

function as_votes(vote: VoteView, line: CountLine): ListVotes {
  const [approve, oppose, abstain] = line.numbers
  if (is_ranking(vote)) {
    const numbers = number_of(approve)
    return { name: line.name, approve: 0, oppose: 0, abstain: 0, is_write_in: false, numbers }
  }
  return {
    name: line.name.trim(),
    approve: number_of(approve),
    oppose: number_of(oppose),
    abstain: number_of(abstain),
    is_write_in: line.is_write_in,
  }
}

/** Those on the ballot in its order, then those written in, ascending by their bytes as in the record. */
export function as_list(vote: VoteView, draft: CountDraft): PlacesReturn {
  const votes_of = (line: CountLine) => as_votes(vote, line)
  const listed = draft.lines.filter((line) => !line.is_write_in).map(votes_of)
  const written = draft.lines.filter((line) => line.is_write_in).map(votes_of)
  return {
    issued: number_of(draft.issued),
    collected: number_of(draft.collected),
    invalid: number_of(draft.invalid),
    list: [...listed, ...written.toSorted((a, b) => by_bytes(a.name, b.name))],
  }
}

export function as_grades(draft: CountDraft): GradesCount {
  return {
    issued: number_of(draft.issued),
    collected: number_of(draft.collected),
    objects: draft.lines.map((line) => ({
      object: line.name,
      counts: line.numbers.slice(0, -1).map(number_of),
      invalid: number_of(line.numbers.at(-1)),
    })),
  }
}
