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

/** A file as a page has read it: null until then, false when it holds no picture. */
export interface PhotoFile {
  name: string
  jpeg: Uint8Array | false | null
}

/** A file as it would be stored, or why it cannot be, as the end of a message key. */
export interface PhotoRow {
  file: PhotoFile
  member: RosterMember | null
  why_not: PhotoMatch['why_not'] | 'broken'
}

/** Every file with whose photo it is; one with a `why_not` has to be left out before any is stored. */
export function photo_rows(files: readonly PhotoFile[], members: readonly RosterMember[]): PhotoRow[] {
  const matches = match_photos(
    files.map((file) => file.name),
    members,
  )
  return files.map((file, index) => {
    const { member, why_not } = matches[index]!
    return { file, member, why_not: file.jpeg === false ? 'broken' : why_not }
  })
}

/** Whether all were read and every one of them can be stored. */
export function may_store(rows: readonly PhotoRow[]): boolean {
  return rows.length > 0 && rows.every((row) => row.why_not === null && row.file.jpeg !== null)
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
