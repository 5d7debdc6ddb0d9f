import type { AgendaRow, BodyKind, LocalText, MeetingKind, SpeakingTimes } from '../wire/types'
import type { Share } from './rules'
import number_words from './number_words.json'
import congress_session from './templates/congress_session.json'
import council_of_chairs from './templates/council_of_chairs.json'
import mid_year_report from './templates/mid_year_report.json'
import mid_year_session from './templates/mid_year_session.json'
import standing_committee from './templates/standing_committee.json'
import street_deliberation from './templates/street_deliberation.json'
import town_congress from './templates/town_congress.json'

/** A kind of meeting with everything that is usual about it, as a beginning to be changed. */
export interface MeetingTemplate {
  id: string
  name: LocalText
  /** What has to be known before choosing it; may be empty. */
  note: LocalText
  meeting_kind: MeetingKind
  body_kinds: BodyKind[]
  /** With `{term}` and `{session}`, as it goes into the record. */
  title: string
  quorum: Share
  speaking: SpeakingTimes
  /** Titles of the sittings of the body itself. */
  sittings: string[]
  /** Of a sitting of this title, where it has speaking times of its own. */
  sitting_times?: Record<string, SpeakingTimes>
  items: AgendaRow[]
  checklist: LocalText[]
}

export const templates: readonly MeetingTemplate[] = [
  congress_session,
  standing_committee,
  council_of_chairs,
  mid_year_report,
  mid_year_session,
  town_congress,
  street_deliberation,
] as MeetingTemplate[]

/** Templates made for this kind of body. */
export function templates_for(kind: BodyKind): MeetingTemplate[] {
  return templates.filter((template) => template.body_kinds.includes(kind))
}

/** 3 as the record writes it in the name of a meeting; numbers beyond 99 stay digits. */
export function counting_word(value: number): string {
  const { digits, ten } = number_words
  if (!Number.isInteger(value) || value < 0 || value > 99) return String(value)
  if (value < 10) return digits[value]!
  const tens = Math.floor(value / 10)
  const ones = value % 10
  return (tens > 1 ? digits[tens]! : '') + ten + (ones > 0 ? digits[ones]! : '')
}

/** The title of a meeting of this term and number within it. */
export function meeting_title(template: MeetingTemplate, term: number, session: number): string {
  return template.title.replace('{term}', counting_word(term)).replace('{session}', counting_word(session))
}
