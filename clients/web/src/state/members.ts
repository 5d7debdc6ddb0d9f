import type { MembersPage, MemberView, Presence } from '../wire/types'
import type { PresenceChange } from './chamber'

/** What a person looking for somebody typed, and whether only those not there are wanted. */
export interface MemberFilter {
  text: string
  only_absent: boolean
}

/** Whether this counts as 实到: in the hall or by video. */
export function is_there(presence: Presence): boolean {
  return presence === 'present' || presence === 'remote'
}

/** A page of members with everything that has happened since it was made. */
export function with_changes(
  page: MembersPage,
  changes: Readonly<Record<number, PresenceChange>>,
): MemberView[] {
  return page.members.map((member) => {
    const change = changes[member.person]
    return change && change.seq > page.seq ? { ...member, presence: change.presence } : member
  })
}

export function filter_members(members: readonly MemberView[], filter: MemberFilter): MemberView[] {
  const wanted = filter.text.trim().toLowerCase()
  return members.filter((member) => {
    if (filter.only_absent && is_there(member.presence)) return false
    return [member.name, member.seat, member.number, member.group].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  })
}
