import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apartWhenLaid, climb, computeForLevel, decadesBetween, exactMatch, shiftDecades, tokenAccuracy, widthDecades } from '../../lab/emergence.ts'

const alphas = fc.double({ min: 0.05, max: 1, noNaN: true })
const lengths = fc.integer({ min: 1, max: 100 })
const levels = fc.double({ min: 0.01, max: 0.99, noNaN: true })

describe('the emergence law', () => {
  it('gives the published exact match: a token accuracy of .9 makes .590 over 5 tokens, .95 makes .774', () => {
    const law = { c0: 1, alpha: 0.35 }
    expect(exactMatch(computeForLevel(0.9, 1, law), 5, law)).toBeCloseTo(0.590, 3)
    expect(exactMatch(computeForLevel(0.95, 1, law), 5, law)).toBeCloseTo(0.774, 3)
  })

  it('is 1/e for one token at C₀', () => {
    expect(tokenAccuracy(3e22, { c0: 3e22, alpha: 0.2 })).toBeCloseTo(Math.exp(-1), 12)
  })

  it('climbs from 10 to 90 per cent within 1.34/α decades, so 14 to 27 decades at Kaplan-like α', () => {
    expect(widthDecades(1)).toBeCloseTo(1.34, 2)
    expect(widthDecades(0.095)).toBeCloseTo(14.1, 1)
    expect(widthDecades(0.05)).toBeCloseTo(26.8, 1)
  })

  it('shifts 20 tokens by 3.7 decades at α = .35', () => {
    expect(shiftDecades(20, 0.35)).toBeCloseTo(3.717, 3)
    expect(shiftDecades(1, 0.35)).toBe(0)
  })

  it('is the power of token accuracy', () => {
    fc.assert(fc.property(alphas, lengths, fc.double({ min: -2, max: 8, noNaN: true }), (alpha, length, decade) => {
      const law = { c0: 1, alpha }
      const compute = 10 ** decade
      expect(exactMatch(compute, length, law)).toBeCloseTo(tokenAccuracy(compute, law) ** length, 10)
    }))
  })

  it('is the same curve for every length, moved by its shift: never steeper', () => {
    fc.assert(fc.property(alphas, lengths, levels, (alpha, length, level) => {
      const law = { c0: 1, alpha }
      const moved = decadesBetween(computeForLevel(level, 1, law), computeForLevel(level, length, law))
      expect(moved).toBeCloseTo(shiftDecades(length, alpha), 8)
    }))
  })

  it('has the same width for every length', () => {
    fc.assert(fc.property(alphas, lengths, (alpha, length) => {
      const law = { c0: 1, alpha }
      expect(decadesBetween(computeForLevel(0.1, length, law), computeForLevel(0.9, length, law))).toBeCloseTo(widthDecades(alpha), 8)
    }))
  })

  it('laid on each other, the curve of one token and that of the answer differ by rounding only', () => {
    fc.assert(fc.property(alphas, lengths, (alpha, length) => {
      expect(apartWhenLaid(length, alpha, [-10, 60])).toBeLessThan(1e-11)
    }))
    const [from, to] = [climb(1, 0.35, [0, 4], 4), climb(1, 0.35, [0, 4], 4, 1)]
    expect(from.slice(0, 4).map(({ probability }) => probability)).toEqual(to.slice(1).map(({ probability }) => expect.closeTo(probability, 12)))
    expect(() => climb(1, 0.35, [3, 3], 4)).toThrow(/got 3 to 3/)
  })

  it('finds the compute of a level back', () => {
    fc.assert(fc.property(alphas, lengths, levels, (alpha, length, level) => {
      const law = { c0: 5e21, alpha }
      expect(exactMatch(computeForLevel(level, length, law), length, law)).toBeCloseTo(level, 9)
    }))
  })

  it('names the value it cannot take', () => {
    expect(() => tokenAccuracy(0, { c0: 1, alpha: 0.3 })).toThrow(/compute .* got 0/)
    expect(() => exactMatch(1, -2, { c0: 1, alpha: 0.3 })).toThrow(/length .* got -2/)
    expect(() => shiftDecades(5, 0)).toThrow(/alpha .* got 0/)
    expect(() => computeForLevel(1, 5, { c0: 1, alpha: 0.3 })).toThrow(/level .* got 1/)
    expect(() => decadesBetween(1, Number.NaN)).toThrow(/to .* got NaN/)
  })
})
