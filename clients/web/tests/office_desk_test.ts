import { describe, expect, it } from 'vitest'
import {
  cards_of,
  cards_per_sheet,
  is_reachable,
  sheets_of,
  sign_in_address,
} from '../src/office/cards'
import { qr_path } from '../src/parts/qr'
import { document_bytes_max } from '../src/office/content'
import { from_content, to_content } from '../src/wire/content'
import { read_statistics, statistics_table } from '../src/office/attendance_tally'
import { picture_address } from '../src/office/photo_canvas'
import { fitted, match_photos, may_store, photo_rows } from '../src/office/photo_names'
import {
  attendee_steps,
  count_by_presence,
  desk_steps,
  find_members,
  presences,
  with_presence,
} from '../src/office/presence'
import { may_use, page_of } from '../src/state/rights'
import type { IssuedCode, MemberView, Presence, SittingState } from '../src/wire/types'

function a_member(person: number, presence: Presence = 'absent', name = `代表${person}`): MemberView {
  return {
    person,
    number: String(100 + person),
    name,
    group: '一团',
    seat: `${person}号`,
    presence,
    has_photo: false,
  }
}

describe('the desk', () => {
  const cases: [Presence, SittingState, string[]][] = [
    ['absent', 'draft', ['leave']],
    ['absent', 'signing_in', ['sign_in', 'sign_in_remote', 'leave', 'absence']],
    ['absent', 'closed', ['leave', 'absence']],
    ['present', 'in_session', ['sign_out', 'sign_in_remote']],
    ['remote', 'in_session', ['sign_out', 'sign_in']],
    ['left', 'recess', ['sign_in', 'sign_in_remote']],
    ['on_leave', 'in_session', ['sign_in', 'sign_in_remote', 'cancel_leave', 'read_leave']],
    ['absent_without_leave', 'closed', ['clear_absence']],
  ]
  it.each(cases)('offers for somebody %s in a sitting %s', (presence, sitting, steps) => {
    expect(desk_steps(presence, sitting)).toEqual(steps)
  })

  it('never offers absence without leave before sign-in began', () => {
    for (const presence of presences) expect(desk_steps(presence, 'draft')).not.toContain('absence')
  })

  it('signs attendees in and out', () => {
    expect(attendee_steps('absent', 'in_session')).toEqual(['sign_in'])
    expect(attendee_steps('present', 'in_session')).toEqual(['sign_out'])
    expect(attendee_steps('present', 'closed')).toEqual([])
  })

  it('follows who comes and goes', () => {
    const members = [a_member(1), a_member(2, 'present')]
    const persons = [
      { person: 2, presence: 'left' as const },
      { person: 9, presence: 'present' as const },
    ]
    const now = with_presence(members, { seq: 5, sitting: 40, persons })
    expect(now.map((member) => member.presence)).toEqual(['absent', 'left'])
    expect(count_by_presence(now)).toMatchObject({ absent: 1, left: 1, present: 0 })
  })

  it('finds by name, number, seat or group', () => {
    const members = [a_member(1, 'present', '王建国'), a_member(2, 'absent', '李立')]
    expect(find_members(members, '建国', null)).toHaveLength(1)
    expect(find_members(members, '１０２', null)[0]?.name).toBe('李立')
    expect(find_members(members, '2号', null)[0]?.name).toBe('李立')
    expect(find_members(members, '一团', 'present')).toHaveLength(1)
  })

  it('is for operator and secretary, each on a page of their own', () => {
    expect(page_of('secretary')).toBe('/office.html')
    expect(page_of('operator')).toBe('/chair.html')
    expect(may_use('operator', '/office.html')).toBe(true)
    expect(may_use('chair', '/office.html')).toBe(false)
    expect(may_use('delegate', '/console.html')).toBe(true)
    expect(may_use('hall', '/office.html')).toBe(false)
  })
})

describe('cards', () => {
  const codes: IssuedCode[] = Array.from({ length: 17 }, (_unused, index) => ({
    person: index + 1,
    number: String(index),
    name: `代表${index}`,
    role: 'delegate',
    code: `ABCD-${index}`,
  }))

  it('stand eight on a sheet, with their seats', () => {
    const member = { person: 1, number: '0', name: '代表0', group: '', has_code: true }
    const cards = cards_of(codes, '常委会', [{ ...member, seat: '1号', has_photo: true }])
    expect(sheets_of(cards).map((sheet) => sheet.length)).toEqual([cards_per_sheet, 8, 1])
    expect(cards[0]!.seat).toBe('1号')
    expect(cards[1]!.seat).toBe('')
    expect(cards.filter((card) => card.has_photo)).toEqual([cards[0]])
  })

  it('carry the code where no server sees it', () => {
    const address = new URL(sign_in_address('https://example.org', 'A&B #1'))
    expect(address.search).toBe('')
    expect(new URLSearchParams(address.hash.slice(1)).get('code')).toBe('A&B #1')
  })

  it('lead to an address that phones reach', () => {
    expect(sign_in_address('http://10.0.0.1:8080/ ', 'ABCD-0')).toBe('http://10.0.0.1:8080/#code=ABCD-0')
    const addresses = [
      'http://10.0.0.1:8080',
      'https://vote.example',
      'http://127.0.0.1:80',
      'http://localhost',
      '',
      'x',
    ]
    expect(addresses.map(is_reachable)).toEqual([true, true, false, false, false, false])
  })

  it('draw a QR code with its three corners', () => {
    const { size, path } = qr_path('http://10.0.0.1:8080/#code=ABCD')
    expect(size).toBeGreaterThan(20)
    expect(path.startsWith('M0 0h7v1h-7z')).toBe(true)
    expect(path).toContain(`M${size - 7} 0h7v1`)
    expect(path).toContain(`M0 ${size - 1}h7v1`)
  })
})

describe('statistics of attendance', () => {
  const nothing = {
    due: 0,
    present: 0,
    late: 0,
    left: 0,
    on_leave: 0,
    absent: 0,
    absent_without_leave: 0,
    suspended: 0,
  }
  const sitting = { sitting: 40, title: '第一次全体会议', body_name: '常委会', opened_at_ms: 1 }
  const member = { person: 1, number: '101', name: '王建国', group: '' }

  it('are two tables below each other, as a spreadsheet takes them', () => {
    const table = statistics_table({
      seq: 1,
      total: 1,
      sittings: [
        { ...sitting, tally: { ...nothing, due: 35, present: 30, late: 2, absent: 4, suspended: 1 } },
      ],
      members: [{ ...member, tally: { ...nothing, due: 2, present: 1, on_leave: 1 } }],
    })
    expect(table.map((row) => row.length)).toEqual([10, 10, 0, 11, 11])
    expect(table[0]!.slice(2)).toEqual(table[3]!.slice(3))
    expect(table[1]).toEqual(['第一次全体会议', '常委会', '35', '30', '2', '0', '0', '4', '0', '1'])
    expect(table[4]).toEqual(['101', '王建国', '', '2', '1', '0', '0', '1', '0', '0', '0'])
  })

  it('are read page by page until all members are there', async () => {
    const asked: number[] = []
    const office = {
      read: async (_method: string, { from }: { from: number }) => {
        asked.push(from)
        const members = Array.from({ length: Math.min(2, 5 - from) }, () => ({ ...member, tally: nothing }))
        return { seq: 1, sittings: [], total: 5, members }
      },
    }
    const read = await read_statistics(office as never, 30 as never)
    expect(read?.members).toHaveLength(5)
    expect(asked).toEqual([0, 2, 4])
  })
})

describe('photos', () => {
  it('are shown from the private store when they are pictures', () => {
    const answer = { seq: 1, media_type: 'image/jpeg', content: '_-9B', salt: '' }
    expect(picture_address(answer)).toBe('data:image/jpeg;base64,/+9B')
    expect(picture_address({ ...answer, media_type: 'text/html' })).toBeNull()
  })

  const members = [
    { person: 1, number: '101', name: '王芳' },
    { person: 2, number: '102', name: '王芳' },
    { person: 3, number: '103', name: '𠮷野' },
  ].map((one) => ({ ...one, group: '', seat: '', has_photo: false, has_code: false }))
  const cases: [string, number | null, string | null][] = [
    ['101.jpg', 1, null],
    ['102_王芳.JPG', 2, null],
    ['𠮷野.png', 3, null],
    ['photos/103 𠮷野.jpeg', 3, null],
    ['王芳.jpg', null, 'several'],
    ['李四.jpg', null, 'nobody'],
    ['１０１.jpg', 1, null],
  ]
  it.each(cases)('%s belongs to %s', (file, person, why_not) => {
    const [match] = match_photos([file], members)
    expect(match!.member?.person ?? null).toBe(person)
    expect(match!.why_not).toBe(why_not)
  })

  it('are one for each person', () => {
    expect(match_photos(['101.jpg', '101.png'], members)[1]!.why_not).toBe('twice')
  })

  it('are stored only once all were read and what cannot be is left out', () => {
    const jpeg = Uint8Array.of(255, 216)
    const files = [
      { name: '101.jpg', jpeg: false as const },
      { name: '102.jpg', jpeg },
      { name: '李四.jpg', jpeg },
      { name: '101.png', jpeg },
    ]
    const rows = photo_rows(files, members)
    expect(rows.map((row) => row.why_not)).toEqual(['broken', null, 'nobody', 'twice'])
    expect(may_store(rows)).toBe(false)
    // Without the broken one the other of the same person is no second.
    const left = photo_rows([files[1]!, files[3]!], members)
    expect(left.map((row) => [row.member?.person, row.why_not])).toEqual([[2, null], [1, null]])
    expect(may_store(left)).toBe(true)
    expect(may_store(photo_rows([{ ...files[1]!, jpeg: null }], members))).toBe(false)
    expect(may_store([])).toBe(false)
  })

  it('are made small, never larger', () => {
    expect(fitted(4000, 3000)).toEqual({ width: 480, height: 360 })
    expect(fitted(3000, 4000)).toEqual({ width: 480, height: 640 })
    expect(fitted(100, 90)).toEqual({ width: 100, height: 90 })
    expect(fitted(10_000, 1)).toEqual({ width: 480, height: 1 })
  })
})

describe('content', () => {
  it('travels as base64url without padding and comes back', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_unused, index) => (index * 7) % 256)
    const content = to_content(bytes)
    expect(String(content)).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(Buffer.compare(from_content(content), bytes)).toBe(0)
    expect(String(to_content(Uint8Array.of(255, 239)))).toBe('_-8')
  })

  it('fits a message of the office', () => {
    expect((document_bytes_max * 4) / 3 + 10_000).toBeLessThan(6 * 1024 * 1024)
  })
})
