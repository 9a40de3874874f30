import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clock, count, inWords, ordinal, powerOfTen, scientific, signedPercent } from '../../lab/format.ts'

describe('numbers on slides', () => {
  it('writes powers of ten with superscripts', () => {
    expect(powerOfTen(21)).toBe('10²¹')
    expect(powerOfTen(-3)).toBe('10⁻³')
    expect(scientific(5.76e23, 2)).toBe('5.76\u00A0×\u00A010²³')
    expect(scientific(1e21)).toBe('10²¹')
  })

  it('writes counts as papers do', () => {
    expect([10_569_312, 411_616_256, 6_889_410_560, 72.2e9, 1.3287e12].map(n => count(n))).toEqual(['11M', '412M', '6.9B', '72B', '1.3T'])
    expect(count(999_999_999)).toBe('1B')
    expect(count(512)).toBe('512')
  })

  it('writes times in minutes and whole seconds', () => {
    expect([0, 59.9, 60, 754, 3605].map(clock)).toEqual(['0:00', '0:59', '1:00', '12:34', '60:05'])
  })

  it('says counts and places in words', () => {
    expect([0, 1, 12, 20, 31, 99, 100].map(inWords)).toEqual(['none', 'one', 'twelve', 'twenty', 'thirty-one', 'ninety-nine', '100'])
    expect([1, 2, 3, 4, 5, 8, 9, 12, 15, 20, 21, 30].map(ordinal)).toEqual(['first', 'second', 'third', 'fourth', 'fifth', 'eighth', 'ninth', 'twelfth', 'fifteenth', 'twentieth', 'twenty-first', 'thirtieth'])
  })

  it('signs percentages with a real minus, and leaves zero without a sign', () => {
    expect(signedPercent(-0.03)).toBe('−3.0 %')
    expect(signedPercent(0.352)).toBe('+35.2 %')
    expect(signedPercent(-0.0001)).toBe('0.0 %')
  })

  it('never loses more than a digit of what it writes', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 1e14, noNaN: true }), (value) => {
      const written = count(value, 3)
      const factor = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[written.at(-1) ?? ''] ?? 1
      expect(Math.abs(Number.parseFloat(written) * factor / value - 1)).toBeLessThan(0.006)
    }))
  })
})
