/** The seeded generator: it repeats, forks and resumes exactly, and its draws have the distributions they claim. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../lab/random.ts'

const seeds = fc.maxSafeNat()

describe('a seeded generator', () => {
  it('gives the same draws for the same seed, and others for another', () => {
    fc.assert(fc.property(seeds, (seed) => {
      const again = Random.fromSeed(seed).normals(8)
      expect(Random.fromSeed(seed).normals(8)).toEqual(again)
      expect(Random.fromSeed(seed === 0 ? 1 : seed - 1).normals(8)).not.toEqual(again)
    }))
  })

  it('keeps these very draws, so that recorded results stay reproducible', () => {
    const random = Random.fromSeed(1)
    expect([random.uniform(), random.uniform(), random.normal(), random.integer(1000)])
      .toEqual([0.004681550664827228, 0.9966453567612916, 0.6679385600492859, 880])
  })

  it('continues from its state after a journey through JSON, even between the two halves of a pair of normals', () => {
    fc.assert(fc.property(seeds, fc.nat(9), (seed, before) => {
      const random = Random.fromSeed(seed)
      random.normals(before)
      const restored = Random.restore(JSON.parse(JSON.stringify(random.state())))
      expect(restored.normals(5)).toEqual(random.normals(5))
      expect(restored.fork('x').uniform()).toBe(random.fork('x').uniform())
    }))
  })

  it('forks by name alone: neither draws before nor the fork itself change a stream', () => {
    fc.assert(fc.property(seeds, fc.nat(9), (seed, before) => {
      const random = Random.fromSeed(seed)
      const early = random.fork('data').normals(4)
      random.normals(before)
      const state = random.state()
      expect(random.fork('data').normals(4)).toEqual(early)
      expect(random.state()).toEqual(state)
    }))
  })

  it('gives streams of different names no draw in common', () => {
    const random = Random.fromSeed(7)
    const labels = ['', 'a', 'b', 'ab', 'ba', 'aa', '0', '1', '2', '10']
    const first = labels.map(label => random.fork(label).uniform())
    expect(new Set([...first, random.uniform()]).size).toBe(labels.length + 1)
  })

  it('has forks that are uncorrelated with each other', () => {
    const a = Random.fromSeed(3).fork('a').normals(40_000)
    const b = Random.fromSeed(3).fork('b').normals(40_000)
    const correlation = a.reduce((sum, x, i) => sum + x * b[i]!, 0) / a.length
    expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(a.length))
  })
})

describe('draws', () => {
  it('uniform stays in [0, 1) with mean 1/2 and variance 1/12', () => {
    const random = Random.fromSeed(11)
    const draws = Array.from({ length: 40_000 }, () => random.uniform())
    expect(Math.min(...draws.slice(0, 10_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...draws.slice(0, 10_000))).toBeLessThan(1)
    expect(moment(draws, 1)).toBeCloseTo(0.5, 2)
    expect(moment(draws, 2) - moment(draws, 1) ** 2).toBeCloseTo(1 / 12, 2)
  })

  it('normal has mean 0, variance 1, no skew and a fourth moment of 3', () => {
    const draws = [...Random.fromSeed(12).normals(100_000)]
    expect(Math.abs(moment(draws, 1))).toBeLessThan(0.013)
    expect(Math.abs(moment(draws, 2) - 1)).toBeLessThan(0.018)
    expect(Math.abs(moment(draws, 3))).toBeLessThan(0.05)
    expect(Math.abs(moment(draws, 4) - 3)).toBeLessThan(0.13)
  })

  it('integer reaches every value about equally often', () => {
    const random = Random.fromSeed(13)
    const seen = [0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < 14_000; i++) seen[random.integer(7)]!++
    for (const times of seen) expect(Math.abs(times - 2000)).toBeLessThan(4.5 * Math.sqrt(2000))
  })

  it('sample takes distinct items in another order, and leaves the argument alone', () => {
    fc.assert(fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
      const before = items.slice()
      const shuffled = Random.fromSeed(seed).sample(items, items.length)
      expect(items).toEqual(before)
      expect(shuffled.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b))
    }))
    expect(new Set(Random.fromSeed(1).sample([1, 2, 3, 4, 5], 4)).size).toBe(4)
  })

  it('categorical follows its probabilities and never draws an impossible index', () => {
    const random = Random.fromSeed(14)
    const seen = [0, 0, 0]
    for (let i = 0; i < 10_000; i++) seen[random.categorical([0.2, 0, 0.8])]!++
    expect(seen[1]).toBe(0)
    expect(Math.abs(seen[0]! - 2000)).toBeLessThan(180)
  })

  it('unitVector has length 1', () => {
    const v = Random.fromSeed(15).unitVector(48)
    expect(v.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12)
  })

  it('refuses bad input with the value and the limit', () => {
    expect(() => Random.fromSeed(-1)).toThrow(/0 to 9007199254740991; got -1/)
    expect(() => Random.fromSeed(0.5)).toThrow(/got 0.5/)
  })
})

function moment(values: readonly number[], power: number): number {
  return values.reduce((sum, x) => sum + x ** power, 0) / values.length
}
