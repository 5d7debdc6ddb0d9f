import { digest_to_hex } from '../wire/digest'
import type { ConsoleProgramsView, KeyHoldersView, SecretVoteView } from '../wire/types'

/**
 * How the program of a console stands to a secret vote: `rehearsal` when the body pinned others, `unpinned`
 * when it pinned none, `unknown` before the console knows what it runs.
 */
export type ProgramStanding = 'pinned' | 'rehearsal' | 'unpinned' | 'unknown'

/** `build`: hex of what this console runs; null while it is looked up. */
export function standing_of(
  { programs }: Pick<SecretVoteView, 'programs'>,
  build: string | null,
): ProgramStanding {
  if (!programs) return 'unpinned'
  if (build === null) return 'unknown'
  return programs.pinned.some((one) => digest_to_hex(one) === build) ? 'pinned' : 'rehearsal'
}

/** What everybody in the hall is told of the programs of an open vote; null when there is nothing to say. */
export type HallProgramNote = { name: 'unpinned' } | { name: 'others'; n: number }

export function hall_note_of(programs: ConsoleProgramsView | undefined): HallProgramNote | null {
  if (!programs) return { name: 'unpinned' }
  return programs.others > 0 ? { name: 'others', n: programs.others } : null
}

/** Hex of the programs pinned for a meeting. */
export function pinned_builds(keys: Pick<KeyHoldersView, 'pinned'> | null): string[] {
  return keys?.pinned?.builds.map(digest_to_hex) ?? []
}

export const builds_max = 16
const hash = /^[0-9a-f]{64}$/

/**
 * The digests a person typed or pasted, one a line or with spaces between, each once; null when something is
 * none, or there are too many.
 */
export function read_builds(text: string): string[] | null {
  const words = text.toLowerCase().split(/[\s,，;；、]+/).filter((word) => word !== '')
  const builds = [...new Set(words)]
  const are_good = builds.length <= builds_max && builds.every((one) => hash.test(one) && !/^0+$/.test(one))
  return are_good ? builds : null
}

/** Groups of eight digits, so that two people can compare them line by line. */
export function in_groups(build: string): string {
  return build.match(/.{1,8}/g)?.join(' ') ?? ''
}
