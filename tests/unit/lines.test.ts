import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceRate } from '../../data/price-performance.ts'
import { visionModels } from '../../data/vit-table6.ts'
import { crossingOf, crossingRange, fitLogLine, growthAfter, lineAt, yearsToTenfold } from '../../lab/lines.ts'

const slopes = fc.double({ min: -10, max: 10, noNaN: true })

function pointsOf(family: string) {
  return visionModels.filter(row => row.family === family).map(row => ({ x: row.pretrainExaflop, y: row.imagenetTop1 }))
}

describe('a line in log compute', () => {
  it('goes through points that lie on a line', () => {
    fc.assert(fc.property(slopes, slopes, (perDecade, atOne) => {
      const line = fitLogLine([1, 10, 200, 3000].map(x => ({ x, y: lineAt({ perDecade, atOne }, x) })))
      expect(line.perDecade).toBeCloseTo(perDecade, 8)
      expect(line.atOne).toBeCloseTo(atOne, 8)
    }))
  })

  it('leaves residuals that add up to zero', () => {
    const points = pointsOf('ViT')
    const line = fitLogLine(points)
    expect(points.reduce((sum, { x, y }) => sum + y - lineAt(line, x), 0)).toBeCloseTo(0, 9)
  })
})

describe('a crossing', () => {
  it('lies on both lines', () => {
    fc.assert(fc.property(slopes, slopes, fc.double({ min: 0.1, max: 5, noNaN: true }), (atOne, perDecade, gap) => {
      const a = { atOne, perDecade }
      const b = { atOne: atOne - 1, perDecade: perDecade + gap }
      const x = crossingOf(a, b)
      expect(lineAt(a, x)).toBeCloseTo(lineAt(b, x), 6)
    }))
  })

  it('of hybrids and pure Vision Transformers is around one to two thousand exaFLOPs, whichever point is left out', () => {
    const hybrid = pointsOf('Hybrid')
    const pure = pointsOf('ViT')
    expect([hybrid.length, pure.length]).toEqual([5, 6])
    expect(crossingOf(fitLogLine(hybrid), fitLogLine(pure))).toBeCloseTo(1628, -1)
    const [from, to] = crossingRange(hybrid, pure)
    expect(from).toBeGreaterThan(1000)
    expect(to).toBeLessThan(2000)
    expect(to - from).toBeGreaterThan(500)
  })

  it('moves from 1,628 to 1,017 exaFLOPs when the largest pure model is left out', () => {
    const pure = visionModels.filter(({ family, model }) => family === 'ViT' && model !== 'ViT-H/14').map(row => ({ x: row.pretrainExaflop, y: row.imagenetTop1 }))
    expect(pure).toHaveLength(5)
    expect(Math.round(crossingOf(fitLogLine(pointsOf('Hybrid')), fitLogLine(pure)))).toBe(1017)
  })
})

describe('growth at a constant rate', () => {
  it('is told in years or in per cent a year, and both say the same', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 300, noNaN: true }), (perYear) => {
      expect(growthAfter(1, yearsToTenfold(perYear))).toBeCloseTo(1 + perYear / 100, 9)
    }))
  })

  it('is tenfold after the years of its rate and one at the start', () => {
    fc.assert(fc.property(fc.double({ min: 0.5, max: 50, noNaN: true }), (years) => {
      expect(growthAfter(years, years)).toBeCloseTo(10, 9)
      expect(growthAfter(0, years)).toBe(1)
    }))
  })

  it('makes the spoken and the measured rate differ 15-fold after the 15 years that were measured', () => {
    const spoken = growthAfter(15, priceRate('spoken').decadeYears)
    const measured = growthAfter(15, priceRate('all-gpus').decadeYears)
    expect(spoken).toBeCloseTo(1000, 6)
    expect(measured).toBeCloseTo(68.5, 1)
    expect(spoken / measured).toBeCloseTo(14.6, 1)
  })
})
