import type { Role, SittingView } from '../wire/types'

/**
 * The part of the server's table of rights that the screens need in order to offer only what will be
 * allowed.
 */
export function may_conduct(role: Role, sitting: SittingView): boolean {
  return role === 'chair' || (role === 'operator' && sitting.conduct_lent)
}

/** Confirms, as a second person, what somebody else entered. */
export function may_confirm(role: Role): boolean {
  return role === 'chair' || role === 'secretary'
}

export function may_keep_attendance(role: Role): boolean {
  return role === 'operator' || role === 'secretary'
}

/** Registers speakers for others and takes them off the queue. */
export function may_keep_floor(role: Role): boolean {
  return role === 'chair' || role === 'operator' || role === 'secretary'
}

/** Writes down what was said, for the speaker to sign. */
export function may_write_minutes(role: Role): boolean {
  return role === 'secretary'
}

/** Sets what the hall screens show. */
export function may_show(role: Role): boolean {
  return role === 'chair' || role === 'operator'
}

/** The page made for a role; null while there is none. */
export function page_of(role: Role): string | null {
  if (role === 'delegate' || role === 'observer') return '/console.html'
  if (role === 'teller') return '/teller.html'
  if (role === 'hall') return '/hall.html'
  if (role === 'secretary') return '/office.html'
  if (role === 'key_holder') return '/key_holder.html'
  if (role === 'chair' || role === 'operator') return '/chair.html'
  return null
}

/** Whether a role has business on a page: on its own, and operator and secretary on each other's. */
export function may_use(role: Role, page: string): boolean {
  if (role === 'secretary' || role === 'operator') return page === '/chair.html' || page === '/office.html'
  return page === page_of(role)
}

/** Where else a role works, from one of its pages: what the link says, and where it leads. */
export interface OtherPage {
  name: 'chair' | 'desk' | 'office'
  address: string
}

/** The other page of a role that has two; null for everybody else. */
export function other_page(role: Role, page: string): OtherPage | null {
  if (role !== 'secretary' && role !== 'operator') return null
  if (page !== '/chair.html') return { name: 'chair', address: '/chair.html' }
  if (role === 'operator') return { name: 'desk', address: '/office.html?part=desk' }
  return { name: 'office', address: '/office.html' }
}
