import type { ItemKind, ItemOutcome, ItemView, SpeechView, VoteView } from '../wire/types'
import { is_plenary, item_lines } from './agenda'
import type { Course, Proposal } from './next_step'
import { is_running } from './selection'
import { vote_steps } from './vote_steps'

export type ItemStepName =
  | 'grant_floor'
  | 'stop_speech'
  | 'deliberate'
  | 'conclude_opinion'
  | 'conclude_noted'

/** Kinds that may end with a deliberation opinion instead of a vote. */
const with_opinion: readonly ItemKind[] = ['report', 'bill', 'inquiry']
/** Kinds that are heard, sworn or studied, and that is all. Whatever else there is ends by a vote. */
const only_heard: readonly ItemKind[] = ['other', 'oath', 'study', 'procedural']

function conclude(course: Course, item: ItemView, outcome: ItemOutcome): Proposal {
  const name = outcome === 'noted' ? 'conclude_noted' : 'conclude_opinion'
  const params = { sitting: course.sitting.id, item: item.id, outcome, opinion: '' }
  return { name, action: { method: 'item.conclude', params }, item }
}

/** Whether this speech needs a reason: once the question is put, only procedure may be spoken of freely. */
export function needs_reason(
  speech: SpeechView,
  votes: readonly VoteView[],
  items: readonly ItemView[],
): boolean {
  if (speech.speech_kind === 'point_of_order') return false
  const state = items.find((item) => item.id === speech.item)?.state
  return state === 'put_to_vote' || state === 'decided' || votes.some(is_running)
}

function floor_steps({ floor, votes, agenda }: Course): Proposal[] {
  if (floor.speaking) {
    const { id, name } = floor.speaking
    return [{ name: 'stop_speech', action: { method: 'floor.stop', params: { speech: id } }, speaker: name }]
  }
  const first = floor.queue.find((speech) => !needs_reason(speech, votes, agenda?.items ?? []))
  if (!first) return []
  const params = { speech: first.id, override_reason: '' }
  return [{ name: 'grant_floor', action: { method: 'floor.grant', params }, speaker: first.name }]
}

/** How an active item may go on. `vote` is the one at hand on it, not yet opened. */
export function item_steps(course: Course, item: ItemView | null, vote: VoteView | null): Proposal[] {
  const steps = floor_steps(course)
  // Whoever speaks comes to an end before the question is put.
  if (vote && !course.floor.speaking) steps.push(...vote_steps(vote))
  if (!item || (item.state !== 'reading' && item.state !== 'deliberating')) return steps
  const { sitting, agenda, votes } = course
  const deliberate: Proposal[] = []
  if (item.state === 'reading') {
    const action = { method: 'item.deliberate', params: { sitting: sitting.id, item: item.id } } as const
    deliberate.push({ name: 'deliberate', action, item })
  }
  if (vote) return [...steps, ...deliberate]
  // What a delegation has talked over is ended by the body whose meeting it is.
  if (agenda === null || !is_plenary(agenda, sitting)) return [...steps, ...deliberate]
  const is_heading = item_lines(agenda.items).some((line) => line.is_heading && line.item.id === item.id)
  const was_voted_on = votes.some((one) => one.item === item.id && one.state === 'announced')
  if (is_heading || was_voted_on) return steps
  if (only_heard.includes(item.item_kind)) return [...steps, conclude(course, item, 'noted'), ...deliberate]
  if (item.state === 'reading') return [...steps, ...deliberate]
  if (!with_opinion.includes(item.item_kind)) return steps
  return [...steps, conclude(course, item, 'deliberation_opinion'), conclude(course, item, 'noted')]
}
