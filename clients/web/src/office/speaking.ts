import { t } from '../messages/words.svelte'
import type { BodyKind, SpeakingTimes } from '../wire/types'

/** A presidium speaks fifteen minutes and ten (全国人民代表大会议事规则, 57-58), whatever the plenary does. */
const presidium_ms = { first_ms: 900_000, second_ms: 600_000 }

/** What is usual in a sitting of such a body within a meeting that has these times. */
export function usual_times(of_meeting: SpeakingTimes, kind: BodyKind | undefined): SpeakingTimes {
  return kind === 'presidium' ? { ...of_meeting, ...presidium_ms } : of_meeting
}

export function same_times(one: SpeakingTimes, other: SpeakingTimes): boolean {
  return (
    one.first_ms === other.first_ms &&
    one.second_ms === other.second_ms &&
    one.warn_ms === other.warn_ms &&
    one.speeches_max === other.speeches_max
  )
}

/** As a form has them: whole minutes. */
export interface TimesDraft {
  first: number
  second: number
  speeches_max: number
}

export function draft_of(times: SpeakingTimes): TimesDraft {
  const { first_ms, second_ms, speeches_max } = times
  return { first: first_ms / 60_000, second: second_ms / 60_000, speeches_max }
}

/** The warning comes no earlier than the speech begins. */
export function times_of(draft: TimesDraft, warn_ms: number): SpeakingTimes {
  const first_ms = draft.first * 60_000
  const second_ms = draft.second * 60_000
  const shortest = Math.min(...[first_ms, second_ms].filter((limit) => limit > 0))
  return { first_ms, second_ms, warn_ms: Math.min(warn_ms, shortest), speeches_max: draft.speeches_max }
}

export function times_words({ first_ms, second_ms }: SpeakingTimes): string {
  const minutes = (ms: number) => (ms === 0 ? t('office.speaking.none') : String(ms / 60_000))
  return t('office.speaking.limits', { first: minutes(first_ms), second: minutes(second_ms) })
}
