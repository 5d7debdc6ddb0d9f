import type { IssuedCode, PersonId, Role, RosterMember } from '../wire/types'

/** What stands on one printed card. The code is nowhere else. */
export interface Card {
  person: PersonId
  name: string
  number: string
  seat: string
  body: string
  role: Role
  code: string
  has_photo: boolean
}

export const cards_per_sheet = 8

/** With more of them printing photos is not proposed: each is fetched by itself. */
export const photos_proposed_max = 100

/**
 * Where a phone that reads the QR code goes, on the server at `origin`. The code stands behind `#`, which no
 * browser sends.
 */
export function sign_in_address(origin: string, code: string): string {
  return `${origin.trim().replace(/\/+$/, '')}/#code=${encodeURIComponent(code)}`
}

export function cards_of(
  codes: readonly IssuedCode[],
  body: string,
  members: readonly RosterMember[],
): Card[] {
  const known = new Map(members.map((member) => [member.person, member]))
  return codes.map(({ person, number, name, role, code }) => ({
    person,
    number,
    name,
    role,
    code,
    body,
    seat: known.get(person)?.seat ?? '',
    has_photo: known.get(person)?.has_photo ?? false,
  }))
}

/** Whether phones in the hall can reach this address: one of this computer alone they cannot. */
export function is_reachable(origin: string): boolean {
  const host = /^https?:\/\/([^/:]+|\[[^\]]*\])/.exec(origin.trim())?.[1] ?? 'localhost'
  return host !== 'localhost' && host !== '[::1]' && !host.startsWith('127.')
}

/** Sheets of eight, in the order given; the last may be short. */
export function sheets_of(cards: readonly Card[]): Card[][] {
  const sheets: Card[][] = []
  for (let from = 0; from < cards.length; from += cards_per_sheet)
    sheets.push(cards.slice(from, from + cards_per_sheet))
  return sheets
}
