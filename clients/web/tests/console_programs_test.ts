import { describe, expect, it } from 'vitest'
import {
  hall_note_of,
  in_groups,
  pinned_builds,
  read_builds,
  standing_of,
} from '../src/state/console_programs'
import { hex_to_digest } from '../src/wire/digest'

const [ours, other] = ['ab'.repeat(32), '12'.repeat(32)]
const programs = { pinned: [hex_to_digest(ours)], others: 0 }

describe('how a console’s program stands to a secret vote', () => {
  it.each([
    ['a pinned one', { programs }, ours, 'pinned'],
    ['another one', { programs }, other, 'rehearsal'],
    ['a console that was never built', { programs }, '0'.repeat(64), 'rehearsal'],
    ['not yet known', { programs }, null, 'unknown'],
    ['any, where nothing is pinned', {}, other, 'unpinned'],
    ['any, before it is known', {}, null, 'unpinned'],
  ])('%s', (_name, secret, build, standing) => {
    expect(standing_of(secret, build)).toBe(standing)
  })

  it('is told to the hall by number, and not at all where all is right', () => {
    expect(hall_note_of(undefined)).toEqual({ name: 'unpinned' })
    expect(hall_note_of(programs)).toBeNull()
    expect(hall_note_of({ ...programs, others: 3 })).toEqual({ name: 'others', n: 3 })
  })
})

describe('digests of programs', () => {
  it('are read as people paste them, each once', () => {
    expect(read_builds(`${ours}\n ${other.toUpperCase()}，${ours}\n`)).toEqual([ours, other])
    expect(read_builds('  \n')).toEqual([])
  })

  it.each([
    ['too short', ours.slice(1)],
    ['too long', `${ours}a`],
    ['no hexadecimal', 'xy'.repeat(32)],
    ['zeros', '0'.repeat(64)],
    ['more than are taken', Array.from({ length: 17 }, (_, at) => String(at + 10).repeat(32)).join(' ')],
  ])('are refused: %s', (_name, text) => {
    expect(read_builds(text)).toBeNull()
  })

  it('are shown in groups, and as they are on record', () => {
    expect(in_groups(ours).split(' ')).toHaveLength(8)
    expect(in_groups(ours).replaceAll(' ', '')).toBe(ours)
    expect(pinned_builds(null)).toEqual([])
    expect(pinned_builds({ pinned: { builds: [hex_to_digest(ours)], decided_by: '主任会议' } })).toEqual([ours])
  })
})
