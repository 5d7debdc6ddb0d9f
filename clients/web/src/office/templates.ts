import type {
  AgendaRow,
  BodyId,
  BodyKind,
  BodyView,
  LocalText,
  MeetingKind,
  SpeakingTimes,
} from '../wire/types'
import type { Share } from './rules'
import number_words from './number_words.json'

/** What kind of vote a template plans; see the form that prepares votes. */
export type PlannedForm =
  | 'agenda'
  | 'motion'
  | 'scrutineers'
  | 'appointments'
  | 'equal_election'
  | 'differential_election'
  | 'projects'
  | 'grades'

/** A vote that is usual in such a sitting, to be prepared when its text or its names are known. */
export interface PlannedVote {
  title: string
  /** the title of one of the template's items */
  item: string | null
  form: PlannedForm
  /** the last part of the id of a rule in the body's book */
  rule: string
}

/** A sitting that is usual in such a meeting. */
export interface PlannedSitting {
  title: string
  /** null: of the body that meets; else one of each of its bodies of this kind */
  of: 'presidium' | 'delegation' | null
  /** where it has speaking times of its own */
  speaking: SpeakingTimes | null
  /** titles of the items dealt with there, in their order */
  items: string[]
  votes: PlannedVote[]
}

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
  sittings: PlannedSitting[]
  items: AgendaRow[]
  checklist: LocalText[]
}

const files = import.meta.glob<MeetingTemplate>('../../../../schemas/meetings/*.json', {
  eager: true,
  import: 'default',
})

/** The usual one of a body stands first. */
const order = [
  'congress_session',
  'standing_committee',
  'council_of_chairs',
  'town_congress',
  'quarterly_session',
  'mid_year_report',
  'mid_year_session',
  'street_deliberation',
]

export const templates: readonly MeetingTemplate[] = Object.values(files).toSorted(
  (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
)

/** The template a meeting was made from; of older ones without, the first of its kind. */
export function template_of(meeting: {
  made_from: string
  meeting_kind: MeetingKind
}): MeetingTemplate | null {
  const made_from = templates.find((one) => one.id === meeting.made_from)
  if (made_from || meeting.made_from !== '') return made_from ?? null
  return templates.find((one) => one.meeting_kind === meeting.meeting_kind) ?? null
}

/** A sitting to be made. */
export interface SittingToMake {
  title: string
  /** null: of the body that meets; `new`: of the presidium that has to be made first */
  body: BodyId | 'new' | null
  speaking: SpeakingTimes | null
}

/**
 * The sittings of a template for a body with these bodies below it, in the order of the template: one of each
 * delegation; of a presidium, which is made where there is none.
 */
export function sittings_to_make(template: MeetingTemplate, below: readonly BodyView[]): SittingToMake[] {
  return template.sittings.flatMap(({ title, of, speaking }) => {
    if (of === null) return [{ title, body: null, speaking }]
    const bodies = below.filter((one) => one.body_kind === of).map((one): SittingToMake['body'] => one.id)
    const of_each = bodies.length === 0 && of === 'presidium' ? ['new' as const] : bodies
    return of_each.map((body) => ({ title, body, speaking }))
  })
}

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
