import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { climbingFamilies } from '../../components/measured/climbs.ts'
import { climb, computeForLevel, decadesBetween, exactMatch, lawThrough, measuredClimb, shiftDecades, widthDecades } from '../../lab/emergence.ts'

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
    expect(exactMatch(3e22, 1, { c0: 3e22, alpha: 0.2 })).toBeCloseTo(Math.exp(-1), 12)
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
      expect(exactMatch(compute, length, law)).toBeCloseTo(exactMatch(compute, 1, law) ** length, 10)
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
      const shift = shiftDecades(length, alpha)
      const laid = climb(1, alpha, [-10 - shift, 60 - shift], 120)
      climb(length, alpha, [-10, 60], 120).forEach(({ probability }, i) => expect(Math.abs(probability - laid[i]!.probability)).toBeLessThan(1e-11))
    }))
  })

  it('passes through a measured point, and is as wide from there as between any two levels', () => {
    fc.assert(fc.property(alphas, levels, levels, fc.double({ min: 18, max: 26, noNaN: true }), (alpha, one, other, decade) => {
      const compute = 10 ** decade
      const law = lawThrough({ compute, score: one }, alpha)
      expect(exactMatch(compute, 1, law)).toBeCloseTo(one, 9)
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      fc.pre(high > low)
      expect(decadesBetween(computeForLevel(low, 1, law), computeForLevel(high, 1, law))).toBeCloseTo(widthDecades(alpha, low, high), 7)
    }))
  })

  it('measures a climb from the smallest model to the first at the top, and none where it does not begin or end', () => {
    const series = [{ compute: 1e22, score: 0.95 }, { compute: 1e20, score: 0.1 }, { compute: 1e21, score: 0.6 }, { compute: 1e23, score: 0.99 }]
    expect(measuredClimb(series)).toEqual({ from: { compute: 1e20, score: 0.1 }, to: { compute: 1e22, score: 0.95 }, decades: expect.closeTo(2, 12) })
    expect(measuredClimb(series.slice(1, 3))).toBeUndefined()
    expect(measuredClimb([series[0]!, series[3]!])).toBeUndefined()
    expect(measuredClimb([])).toBeUndefined()
  })

  it('finds two families in the data that climb: Falcon in 2.1 decades, Qwen1.5 in .9, where the model takes 7.2 and 4.6', () => {
    expect(climbingFamilies.map(({ family, from, to, decades }) => [family, from.score, to.score, Number(decades.toFixed(1)), Number(widthDecades(0.35, from.score, to.score).toFixed(1))]))
      .toEqual([['Falcon', 0.003, 0.982, 2.1, 7.2], ['Qwen1.5', 0.2995, 0.97, 0.9, 4.6]])
  })

  it('finds the compute of a level back', () => {
    fc.assert(fc.property(alphas, lengths, levels, (alpha, length, level) => {
      const law = { c0: 5e21, alpha }
      expect(exactMatch(computeForLevel(level, length, law), length, law)).toBeCloseTo(level, 9)
    }))
  })
})
