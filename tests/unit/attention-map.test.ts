/** The attention-style map: the closed form solves its equations, constraints hold, the record matches the code. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionMap } from '../../data/recorded.ts'
import { fitMaps, MAP_CONSTRAINTS, MAP_SETTINGS, mapParameters, solveRidge, trueMap, type MapConstraint } from '../../lab/attention-map.ts'
import { Random } from '../../lab/random.ts'

const T = MAP_SETTINGS.tokens

describe('the closed form', () => {
  it('solves (S + λ I) w = b', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, n, penalty) => {
      const random = Random.fromSeed(seed)
      const rows = Array.from({ length: 6 }, () => random.normals(n))
      const squares = new Float64Array(n * n)
      for (const row of rows) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) squares[i * n + j] = squares[i * n + j]! + row[i]! * row[j]!
      const b = random.normals(n)
      const w = solveRidge(squares, b, penalty)
      for (let i = 0; i < n; i++) {
        let left = penalty * w[i]!
        for (let j = 0; j < n; j++) left += squares[i * n + j]! * w[j]!
        expect(left).toBeCloseTo(b[i]!, 8)
      }
    }))
  })

  it('gives the textbook answer for one feature', () => {
    expect(solveRidge(Float64Array.of(3), Float64Array.of(8), 1)[0]).toBeCloseTo(2, 12)
  })
})

describe('the maps', () => {
  it('have 3, 57, 20 and 210 free numbers', () => {
    expect(MAP_CONSTRAINTS.map(constraint => mapParameters(constraint, T))).toEqual([3, 57, 20, 210])
  })

  it('have a truth of variance 1 + γ²: twice the sum of squares of a symmetric map without a diagonal', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (longRange) => {
      const map = trueMap({ ...MAP_SETTINGS, longRange })
      expect(2 * map.reduce((sum, a) => sum + a * a, 0)).toBeCloseTo(1 + longRange * longRange, 10)
    }))
  })

  it('are symmetric and keep to their constraint', () => {
    const fits = fitMaps(1, [256])[0]!.fits
    for (const { constraint, map } of fits) {
      const shared = constraint === 'shared' || constraint === 'local-shared'
      const local = constraint === 'local' || constraint === 'local-shared'
      for (let i = 0; i < T; i++) {
        for (let j = i; j < T; j++) {
          expect(map[i * T + j]).toBe(map[j * T + i])
          if (local && j - i > 2) expect(map[i * T + j]).toBe(0)
          if (shared) expect(map[i * T + j]).toBe(map[j - i])
        }
      }
    }
  })

  it('repeat to the bit, and do not depend on which other fits are made', () => {
    const alone = fitMaps(2, [200], MAP_SETTINGS, ['shared'])[0]!.fits[0]!
    const among = fitMaps(2, [100, 200])[1]!.fits.find(fit => fit.constraint === 'shared')!
    expect(among.error).toBeCloseTo(alone.error, 12)
    expect(fitMaps(2, [100, 200])[1]!.fits.find(fit => fit.constraint === 'shared')).toEqual(among)
  })

  it('come close to the truth when the constraint holds and the examples are many', () => {
    const { error, map } = fitMaps(3, [4096], MAP_SETTINGS, ['shared'])[0]!.fits[0]!
    const truth = trueMap(MAP_SETTINGS)
    expect(error).toBeGreaterThanOrEqual(0)
    expect(error).toBeLessThan(0.02)
    for (let k = 0; k < T * T; k++) expect(Math.abs(map[k]! - truth[k]!)).toBeLessThan(0.03)
  })
})

describe('the recorded map', () => {
  const median = (constraint: MapConstraint, n: number): number =>
    attentionMap.constraints.find(c => c.constraint === constraint)!.median[attentionMap.examples.indexOf(n)]!

  it('is what the code gives today, to the last bit', () => {
    const upTo = attentionMap.examples.filter(n => n <= 724)
    const live = fitMaps(1, upTo)
    for (const { constraint, firstSeed } of attentionMap.constraints)
      expect(live.map(({ fits }) => fits.find(fit => fit.constraint === constraint)!.error)).toEqual(firstSeed.slice(0, upTo.length))
    const picture = attentionMap.pictures.learned.find(({ examples }) => examples === 512)!
    for (const { constraint, map } of picture.maps) {
      const today = live.find(({ examples }) => examples === 512)!.fits.find(fit => fit.constraint === constraint)!.map
      map.forEach((value, k) => expect(Math.abs(value - today[k]!)).toBeLessThanOrEqual(0.000501))
    }
  })

  it('agrees with the prototype on the medians, within the noise of the seeds', () => {
    const expected: readonly (readonly [MapConstraint, readonly number[]])[] = [
      ['local-shared', [0.175, 0.163, 0.161, 0.160]],
      ['free', [0.507, 0.297, 0.146, 0.033]],
      ['shared', [0.051, 0.023, 0.014, 0.003]],
    ]
    for (const [constraint, prototypes] of expected) {
      prototypes.forEach((prototype, i) => {
        const ours = median(constraint, [512, 1024, 2048, 8192][i]!)
        // 10 % for two sets of 30 seeds, and half a digit of the prototype's rounding where errors are small.
        expect(Math.abs(ours - prototype), `${constraint}: ${ours} against ${prototype}`).toBeLessThan(0.1 * prototype + 0.002)
      })
    }
  })

  it('lets the free map overtake the local and shared one in every seed, later when less is long-range', () => {
    const at = attentionMap.localSharedToFree
    expect(at.map(c => c.crossed)).toEqual([30, 30, 30])
    const prototypes = [[0.35, 2351], [0.4, 1809], [0.5, 1181]]
    prototypes.forEach(([longRange, n], i) => {
      expect(at[i]!.longRange).toBe(longRange)
      expect(Math.abs(at[i]!.p50! / n! - 1)).toBeLessThan(0.1)
    })
  })

  it('never leaves out the twist: the true symmetry alone is best from 256 examples on', () => {
    for (const n of attentionMap.examples.filter(n => n >= 256)) {
      for (const other of ['local-shared', 'local', 'free'] as const) expect(median('shared', n)).toBeLessThan(median(other, n))
    }
  })
})
