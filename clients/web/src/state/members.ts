import type { MembersPage, MemberView } from '../wire/types'
import type { Presence } from './chamber'

/** What a person looking for somebody typed, and whether only absent members are wanted. */
export interface MemberFilter {
  text: string
  only_absent: boolean
}

/** A page of members with everything that has happened since it was made. */
export function with_changes(page: MembersPage, changes: Readonly<Record<number, Presence>>): MemberView[] {
  return page.members.map((member) => {
    const change = changes[member.person]
    return change && change.seq > page.seq ? { ...member, present: change.present } : member
  })
}

export function filter_members(members: readonly MemberView[], filter: MemberFilter): MemberView[] {
  const wanted = filter.text.trim().toLowerCase()
  return members.filter((member) => {
    if (filter.only_absent && member.present) return false
    return [member.name, member.seat, member.number, member.group].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  })
}
