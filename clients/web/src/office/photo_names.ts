import type { RosterMember } from '../wire/types'

/** Whose photo a file is, or why that cannot be told, as the end of a message key. */
export interface PhotoMatch {
  file: string
  member: RosterMember | null
  why_not: 'nobody' | 'several' | 'twice' | null
}

/** Finds by file name whose photo each file is: the number, or the name where only one person has it. */
export function match_photos(files: readonly string[], members: readonly RosterMember[]): PhotoMatch[] {
  const taken = new Set<number>()
  return files.map((file) => {
    const found = members_named(file, members)
    if (found.length !== 1)
      return { file, member: null, why_not: found.length === 0 ? 'nobody' : 'several' }
    const member = found[0]!
    if (taken.has(member.person)) return { file, member: null, why_not: 'twice' }
    taken.add(member.person)
    return { file, member, why_not: null }
  })
}

function members_named(file: string, members: readonly RosterMember[]): RosterMember[] {
  const stem = plain(file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''))
  const parts = [stem, ...stem.split(/[\s_+-]+/).filter((part) => part !== '')]
  for (const part of parts) {
    const numbered = members.filter((member) => plain(member.number) === part)
    if (numbered.length > 0) return numbered
  }
  for (const part of parts) {
    const named = members.filter((member) => plain(member.name) === part)
    if (named.length > 0) return named
  }
  return []
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

export const photo_bytes_max = 256 * 1024
const width_max = 480
const height_max = 640

/** The size a photo is drawn in: whole, and no larger than a card needs. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, width_max / width, height_max / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
