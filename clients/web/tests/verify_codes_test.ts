import { describe, expect, it } from 'vitest'
import { Codes } from '../verify/src/secret_roll'

// For whom access codes were issued, and that each enrols one console, as the independent checker reads it.

const members_of = (body: number): number[] => (body === 6 ? [1, 2, 3] : [])

describe('access codes', () => {
  it('enrol one console each, by name or as members of a body', () => {
    const codes = new Codes()
    expect(codes.issue(10, { count: 3, body: 6 }, members_of)).toBe(true)
    expect([codes.spend(1, 11), codes.spend(1, 12), codes.spend(4, 13)]).toEqual([true, false, false])
    expect(codes.issue(14, { count: 1, person: 2 }, members_of)).toBe(true)
    expect([codes.spend(1, 15), codes.spend(2, 16), codes.spend(2, 17)]).toEqual([false, true, false])
    expect(codes.issue(18, { count: 1, person: 1 }, members_of)).toBe(true)
    expect(codes.spend(1, 19)).toBe(true)
  })

  it('of records that named nobody say nothing, and are for anybody until they do', () => {
    const codes = new Codes()
    expect(codes.issue(10, { count: 3 }, members_of)).toBe(true)
    expect([codes.spend(1, 11), codes.spend(1, 12)]).toEqual([true, true])
    expect(codes.issue(13, { count: 1, person: 2 }, members_of)).toBe(true)
    expect([codes.spend(3, 14), codes.spend(1, 15)]).toEqual([true, false])
    expect(codes.issue(16, { count: 1 }, members_of)).toBe(false)
  })

  it('are for one body or one person, and not for more than there are', () => {
    const issued = (body: Record<string, number>) => new Codes().issue(10, body, members_of)
    expect(issued({ count: 1, body: 6, person: 1 })).toBe(false)
    expect([issued({ count: 4, body: 6 }), issued({ count: 1, body: 7 })]).toEqual([false, false])
  })
})
