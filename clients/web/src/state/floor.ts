import type { MessageKey, Values } from '../messages/words.svelte'
import type { FloorView, PersonId, SpeechId, SpeechKind, SpeechView } from '../wire/types'

/** Where somebody stands with the floor. */
export interface MyFloor {
  /** the request that waits, and its place from 1 */
  waiting: SpeechView | null
  place: number
  speaking: SpeechView | null
  /** minutes of what one said, to be checked and signed */
  to_sign: SpeechView[]
}

export function my_floor(floor: FloorView, person: PersonId): MyFloor {
  const place = floor.queue.findIndex((speech) => speech.person === person)
  return {
    waiting: floor.queue[place] ?? null,
    place: place + 1,
    speaking: floor.speaking?.person === person ? floor.speaking : null,
    to_sign: floor.ended.filter(
      (speech) => speech.person === person && speech.minutes !== null && !speech.is_signed,
    ),
  }
}

/** The question an answer is to, as long as the screens still know of it; null for every other speech. */
export function question_of(floor: FloorView, speech: SpeechView): SpeechView | null {
  if (speech.answers === null) return null
  return known_speeches(floor).find((one) => one.id === speech.answers) ?? null
}

/** What a speech is, as the key and the values of a message: with an answer, whose question it is to. */
export function kind_of_speech(floor: FloorView, speech: SpeechView): [MessageKey, Values?] {
  const question = question_of(floor, speech)
  return question ? ['floor.answer_to', { name: question.name }] : [`floor.kind.${speech.speech_kind}`]
}

/** For how many minutes somebody spoke; who spoke at all spoke for one. */
export function minutes_used(speech: SpeechView): number {
  return Math.max(1, Math.round(speech.used_ms / 60_000))
}

/** The question chosen to be answered; the newest one unless another was chosen. */
export function chosen_question(
  questions: readonly SpeechView[],
  chosen: SpeechId | null,
): SpeechView | null {
  return questions.find((one) => one.id === chosen) ?? questions.at(-1) ?? null
}

/** The questions somebody may be asked to answer: nobody answers oneself. Oldest first. */
export function questions_for(floor: FloorView, person: PersonId): SpeechView[] {
  return known_speeches(floor).filter(
    (speech) => speech.speech_kind === 'question' && speech.person !== person,
  )
}

function known_speeches(floor: FloorView): SpeechView[] {
  return [...floor.ended, ...(floor.speaking ? [floor.speaking] : []), ...floor.queue]
}

/** What one can ask the floor for: an answer only where there is a question. */
export function kinds_to_ask(questions: readonly SpeechView[]): SpeechKind[] {
  const kinds: SpeechKind[] = ['speech', 'point_of_order', 'question']
  return questions.length > 0 ? [...kinds, 'answer'] : kinds
}

/** `plenty`: no hurry; `soon`: the warning before the end; `over`: past it. `none`: no limit was set. */
export type TimeLeft = { kind: 'none'; ms: number } | { kind: 'plenty' | 'soon' | 'over'; ms: number }

/** How long a speech may still go on; for one without a limit, how long it has gone on. */
export function time_left(speech: SpeechView, warn_ms: number, now_ms: number): TimeLeft {
  const used_ms = Math.max(0, now_ms - (speech.granted_at_ms ?? now_ms))
  if (speech.limit_ms === 0) return { kind: 'none', ms: used_ms }
  const ms = speech.limit_ms - used_ms
  if (ms <= 0) return { kind: 'over', ms }
  return { kind: ms <= warn_ms ? 'soon' : 'plenty', ms }
}

/** The queue with one request moved up (-1) or down (+1): the order to ask for, or null at the end of it. */
export function moved(queue: readonly SpeechView[], speech: SpeechId, by: -1 | 1): SpeechId[] | null {
  const order = queue.map((one) => one.id)
  const from = order.indexOf(speech)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return null
  order.splice(to, 0, ...order.splice(from, 1))
  return order
}
