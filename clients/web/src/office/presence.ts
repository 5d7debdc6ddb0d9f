import type {
  AttendeeView,
  MembersChanged,
  MemberView,
  PersonId,
  Presence,
  SittingState,
} from '../wire/types'

export const presences: readonly Presence[] = [
  'present',
  'remote',
  'left',
  'absent',
  'on_leave',
  'absent_without_leave',
  'suspended',
]

/** What the desk can do for one member or attendee; `history` is always possible. */
export type DeskStep =
  | 'sign_in'
  | 'sign_in_remote'
  | 'sign_out'
  | 'leave'
  | 'cancel_leave'
  | 'absence'
  | 'clear_absence'
  | 'read_leave'

/** What is offered, by where somebody is and what the sitting is at. */
export function desk_steps(presence: Presence, sitting: SittingState): DeskStep[] {
  const is_signing = sitting === 'signing_in' || sitting === 'in_session' || sitting === 'recess'
  const come: DeskStep[] = is_signing ? ['sign_in', 'sign_in_remote'] : []
  switch (presence) {
    case 'present':
      return is_signing ? ['sign_out', 'sign_in_remote'] : []
    case 'remote':
      return is_signing ? ['sign_out', 'sign_in'] : []
    case 'left':
      return come
    case 'absent':
      return [...come, 'leave', ...(sitting === 'draft' ? [] : (['absence'] as const))]
    case 'on_leave':
      return [...come, 'cancel_leave', 'read_leave']
    case 'absent_without_leave':
      return ['clear_absence']
    case 'suspended':
      return [] // Whoever is suspended is reinstated in the roster first.
  }
}

export function attendee_steps(presence: Presence, sitting: SittingState): DeskStep[] {
  if (sitting !== 'signing_in' && sitting !== 'in_session' && sitting !== 'recess') return []
  return presence === 'present' || presence === 'remote' ? ['sign_out'] : ['sign_in']
}

/** People with what has changed since they were read. */
export function with_presence<Person extends MemberView | AttendeeView>(
  people: readonly Person[],
  change: MembersChanged,
): Person[] {
  const now = new Map<PersonId, Presence>(change.persons.map((one) => [one.person, one.presence]))
  return people.map((one) => ({ ...one, presence: now.get(one.person) ?? one.presence }))
}

/** Those whose name, number, seat or group holds the text, and who are where wanted. */
export function find_members(
  members: readonly MemberView[],
  text: string,
  only: Presence | null,
): MemberView[] {
  const wanted = text.normalize('NFKC').trim().toLowerCase()
  return members.filter(
    (member) =>
      (only === null || member.presence === only) &&
      [member.name, member.number, member.seat, member.group].some((field) =>
        field.toLowerCase().includes(wanted),
      ),
  )
}

export function count_by_presence(members: readonly MemberView[]): Record<Presence, number> {
  const counted = Object.fromEntries(presences.map((presence) => [presence, 0])) as Record<Presence, number>
  for (const member of members) counted[member.presence]++
  return counted
}
