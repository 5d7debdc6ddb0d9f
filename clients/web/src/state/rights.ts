import type { Role, SittingView } from '../wire/types'

/**
 * The part of the server's table of rights that the screens need in order to offer only what will be
 * allowed.
 */
export function may_conduct(role: Role, sitting: SittingView): boolean {
  return role === 'chair' || (role === 'operator' && sitting.conduct_lent)
}

export function may_keep_attendance(role: Role): boolean {
  return role === 'operator' || role === 'secretary'
}

/** The page made for a role; null while there is none. */
export function page_of(role: Role): string | null {
  if (role === 'delegate') return '/console.html'
  if (role === 'chair' || role === 'operator' || role === 'secretary') return '/chair.html'
  return null
}
