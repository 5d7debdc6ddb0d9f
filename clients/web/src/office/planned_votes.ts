import type { AgendaView, ItemView, SittingView, VoteView } from '../wire/types'
import { template_of, type PlannedVote } from './templates'

/** A vote that the meeting's template plans and that is not prepared yet. */
export interface VoteToPrepare {
  planned: PlannedVote
  sitting: SittingView
  item: ItemView | null
}

/**
 * What the template of this meeting plans to vote on and nobody has prepared yet, in its order. A vote counts
 * as prepared by its title in its sitting, and also by its item where no other is planned on it.
 */
export function votes_to_prepare(
  agenda: AgendaView,
  sittings: readonly SittingView[],
  votes: readonly VoteView[],
): VoteToPrepare[] {
  const template = template_of(agenda)
  if (!template) return []
  const all = template.sittings.flatMap((one) => one.votes)
  const is_alone = (vote: PlannedVote) =>
    vote.item !== null && all.filter((one) => one.item === vote.item).length === 1
  const item_of = (vote: PlannedVote) => agenda.items.find((item) => item.title === vote.item) ?? null
  const is_prepared = ({ planned, sitting, item }: VoteToPrepare) =>
    votes.some(
      (vote) =>
        vote.sitting === sitting.id &&
        (vote.title === planned.title ||
          (planned.form === 'agenda' && vote.adopts_agenda) ||
          (item !== null && is_alone(planned) && vote.item === item.id)),
    )
  return template.sittings
    .flatMap(({ title, votes: planned_here }) =>
      sittings
        .filter((sitting) => sitting.title === title && sitting.state !== 'closed')
        .flatMap((sitting) =>
          planned_here.map((planned) => ({ planned, sitting, item: item_of(planned) })),
        ),
    )
    .filter((one) => (one.planned.item === null || one.item !== null) && !is_prepared(one))
    .filter((one) => one.item?.state !== 'decided' && one.item?.state !== 'withdrawn')
}

/** Where the text has to be brought along, because it is what the body will have decided. */
export function needs_text({ planned, item }: VoteToPrepare): boolean {
  return planned.form === 'motion' && (item?.item_kind === 'resolution' || item?.item_kind === 'bill')
}
