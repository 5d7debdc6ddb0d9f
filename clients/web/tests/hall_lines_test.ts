import { describe, expect, it } from 'vitest'
import { fit_lines } from '../src/state/hall_lines'

const names = (count: number, length: number) =>
  Array.from({ length: count }, (_unused, at) => String(at).padEnd(length, '某'))

describe('a list on the wall', () => {
  it('stands in the largest letters in which every name fits', () => {
    expect(fit_lines(names(3, 3))).toEqual({ size: 'beside', shown: 3 })
    expect(fit_lines(names(6, 3))).toEqual({ size: 'large', shown: 6 })
    expect(fit_lines(names(12, 11))).toEqual({ size: 'large', shown: 12 })
    expect(fit_lines(names(12, 12))).toEqual({ size: 'medium', shown: 12 })
    expect(fit_lines(names(24, 3))).toEqual({ size: 'dense', shown: 24 })
  })

  it('counts the lines of a long name, beside which a short one is as high', () => {
    expect(fit_lines(names(3, 30))).toEqual({ size: 'large', shown: 3 })
    expect(fit_lines([...names(6, 3), ...names(6, 37)])).toEqual({ size: 'dense', shown: 9 })
  })

  it('leaves out the last where not even small letters help', () => {
    expect(fit_lines(names(40, 3))).toEqual({ size: 'dense', shown: 24 })
    expect(fit_lines(names(24, 30))).toEqual({ size: 'dense', shown: 12 })
    expect(fit_lines(names(2, 500))).toEqual({ size: 'dense', shown: 1 })
  })

  it('has nothing to show of an empty one', () => expect(fit_lines([])).toEqual({ size: 'beside', shown: 0 }))
})
