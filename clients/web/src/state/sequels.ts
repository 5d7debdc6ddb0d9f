import type { MessageKey } from '../messages/words.svelte'
import type { RefusalCode, VoteView } from '../wire/types'
import { persons_of } from './combined'

const override_keys: Partial<Record<RefusalCode, MessageKey>> = {
  not_on_agenda: 'override.not_on_agenda',
  is_candidate: 'override.is_candidate',
  scrutineers_missing: 'override.scrutineers_missing',
  candidates_wrong: 'override.candidates_wrong',
  text_differs: 'override.text_differs',
  amendment_first: 'override.amendment_first',
  election_method_missing: 'override.election_method_missing',
  secret_ballot_required: 'override.secret_ballot_required',
  not_qualified: 'override.not_qualified',
  barred: 'override.barred',
}

/** What was set aside, in words. */
export function override_key(of: RefusalCode): MessageKey {
  return override_keys[of] ?? 'override.other'
}

/** Somebody is appointed, elected or approved of by it, and the result stands. */
export function has_carried(vote: VoteView): boolean {
  if (vote.state !== 'announced' || !vote.result) return false
  const { outcome, places } = vote.result
  const is_adopted = outcome.verdict === 'passed' || outcome.verdict === 'adopted_no_objection'
  return is_adopted || vote.sequel.tie !== null || (places?.outcome.elected.length ?? 0) > 0
}

/** How a result stands with the body above that has to approve it; null where none has. */
export function approval_of(vote: VoteView): 'pending' | 'granted' | 'refused' | null {
  if (vote.sequel.approval) return vote.sequel.approval.granted ? 'granted' : 'refused'
  return vote.matter.approval_by !== '' && has_carried(vote) ? 'pending' : null
}

/** Those tied at the last place whom the presidium has to decide between, and how many of them get one. */
export function tie_to_decide(vote: VoteView): { names: string[]; places: number } | null {
  const places = vote.result?.places
  if (vote.state !== 'announced' || !places || vote.sequel.tie) return null
  const { outcome, counted } = places
  if (outcome.status !== 'tie_for_presidium') return null
  return { names: outcome.tied.map((line) => counted.list[line]!.name), places: outcome.tied_places }
}

/** Who got a place: by votes, and of those tied by decision. */
function elected(vote: VoteView): string[] {
  const places = vote.result?.places
  const by_votes = places?.outcome.elected.map((line) => places.counted.list[line]!.name) ?? []
  return [...by_votes, ...(vote.sequel.tie?.names ?? [])]
}

/** One line of the list of those who take the oath. */
export interface Oath {
  vote: VoteView
  names: string[]
}

/** Who takes office by a vote; nobody by one on projects, or on who stands in the election. */
function takes_office(vote: VoteView): string[] {
  const persons = persons_of(vote)
  if (persons.length > 0)
    return persons.filter((one) => one.action === 'appoint').map((one) => one.name)
  return vote.list && !['projects', 'primary'].includes(vote.list.list_kind) ? elected(vote) : []
}

/** Who takes the oath by these votes: approved where that is needed, and not sworn in yet. */
export function oaths(votes: readonly VoteView[]): Oath[] {
  const may_swear = (vote: VoteView) => [null, 'granted'].includes(approval_of(vote))
  return votes
    .filter((vote) => has_carried(vote) && !vote.sequel.oath_taken && may_swear(vote))
    .map((vote) => ({ vote, names: takes_office(vote) }))
    .filter((oath) => oath.names.length > 0)
}
