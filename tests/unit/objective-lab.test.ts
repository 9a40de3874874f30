/** The objective lab: exact gradients, probabilities that add up, and what the record lets the slides say. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { objectiveLab } from '../../data/recorded.ts'
import { Random } from '../../lab/random.ts'
import {
  advancePolicy, CAVEAT_BETAS, CHECKPOINT_STEPS, evaluatePolicy, createObjectiveLab, objectiveGradient,
  OBJECTIVE_SETTINGS, OBJECTIVES, overoptimise, teach, type ExactObjective, type ObjectiveLab, type Questions,
} from '../../lab/objective-lab.ts'

const exact = OBJECTIVES
const { answers: K, features: D } = OBJECTIVE_SETTINGS

/** Mean over the questions of what an objective maximises. */
function objectiveValue(objective: ExactObjective, { count, features, right, reference }: Questions, weights: Float64Array): number {
  let sum = 0
  for (let q = 0; q < count; q++) {
    const scores = Array.from({ length: K }, (_, k) => Math.exp(weights.reduce((score, w, i) => score + w * features[(q * K + k) * D + i]!, 0)))
    const total = scores.reduce((sum, score) => sum + score, 0)
    const policy = scores.map(score => score / total)
    const rights = policy.filter((_, k) => right[q * K + k])
    const mass = rights.reduce((sum, p) => sum + p, 0)
    sum += {
      'one-reference': Math.log(policy[reference[q]!]!),
      'all-right': rights.reduce((sum, p) => sum + Math.log(p), 0) / rights.length,
      'any-right': Math.log(mass),
      'policy-gradient': mass,
    }[objective]
  }
  return sum / count
}

let lab: ObjectiveLab
beforeAll(() => {
  lab = createObjectiveLab(1)
})

describe('the questions', () => {
  it('repeat to the bit and have about 5.8 right answers in 24, at least one each, the reference among them', () => {
    expect(createObjectiveLab(1)).toEqual(lab)
    const { heldOut } = lab
    const rights = heldOut.right.reduce((sum, r) => sum + r, 0) / heldOut.count
    expect(Math.abs(rights - 5.8)).toBeLessThan(0.5)
    for (let q = 0; q < heldOut.count; q++) expect(heldOut.right[q * K + heldOut.reference[q]!]).toBe(1)
  })

  it('are right exactly where w*·φ is above the bar', () => {
    const { train, truth } = lab
    for (let a = 0; a < train.count * K; a++) {
      let quality = 0
      for (let i = 0; i < D; i++) quality += truth[i]! * train.features[a * D + i]!
      expect(train.right[a]).toBe(quality > 0.7 ? 1 : 0)
    }
  })
})

describe('learning', () => {
  it('follows the gradient that finite differences give', () => {
    const random = Random.fromSeed(4)
    const h = 1e-5
    for (const objective of exact) {
      const weights = lab.start.map(w => w + 0.2 * random.normal())
      const gradient = objectiveGradient(objective, lab.train, weights)
      for (let i = 0; i < D; i += 5) {
        const nudged = (by: number): number => objectiveValue(objective, lab.train, weights.map((w, j) => j === i ? w + by : w))
        expect(gradient[i]).toBeCloseTo((nudged(h) - nudged(-h)) / (2 * h), 7)
      }
    }
  })

  it('credits any right answer by the log of their summed probability: the reward’s gradient, question by question over P(right)', () => {
    const { train, start } = lab
    const one = { count: 1, features: train.features.slice(0, K * D), quality: train.quality.slice(0, K), right: train.right.slice(0, K), reference: train.reference.slice(0, 1) }
    const right = objectiveValue('policy-gradient', one, start)
    expect(objectiveValue('any-right', one, start)).toBeCloseTo(Math.log(right), 12)
    const reward = objectiveGradient('policy-gradient', one, start)
    objectiveGradient('any-right', one, start).forEach((slope, i) => expect(slope).toBeCloseTo(reward[i]! / right, 12))
  })

  it('is indifferent between right answers where any counts, and not where one is copied', () => {
    const { train, start } = lab
    const right = Array.from({ length: K }, (_, k) => k).filter(k => train.right[k])
    const other = right.find(k => k !== train.reference[0])!
    const moved = { ...train, reference: train.reference.map((k, q) => q === 0 ? other : k) }
    for (const objective of ['all-right', 'any-right', 'policy-gradient'] as const)
      expect(objectiveGradient(objective, moved, start), objective).toEqual(objectiveGradient(objective, train, start))
    expect(objectiveGradient('one-reference', moved, start)).not.toEqual(objectiveGradient('one-reference', train, start))
  })

  it('has a sampled gradient whose mean is the exact one', () => {
    const random = Random.fromSeed(5)
    const exactly = objectiveGradient('policy-gradient', lab.train, lab.start)
    const mean = new Float64Array(D)
    const rounds = 150
    for (let r = 0; r < rounds; r++) objectiveGradient('reinforce', lab.train, lab.start, random).forEach((g, i) => mean[i] = mean[i]! + g / rounds)
    const miss = Math.sqrt(mean.reduce((sum, g, i) => sum + (g - exactly[i]!) ** 2, 0))
    const size = Math.sqrt(exactly.reduce((sum, g) => sum + g * g, 0))
    expect(miss).toBeLessThan(0.35 * size)
  })

  it('gives the same weights for k steps and then m as for k + m, and leaves the given ones alone', () => {
    const before = lab.start.slice()
    fc.assert(fc.property(fc.constantFrom(...exact), fc.nat(6), fc.nat(6), (objective, k, m) => {
      const twice = advancePolicy(objective, lab.train, advancePolicy(objective, lab.train, lab.start, k), m)
      expect(twice).toEqual(advancePolicy(objective, lab.train, lab.start, k + m))
    }), { numRuns: 8 })
    expect(lab.start).toEqual(before)
  })

  it('never lowers what it maximises at a small rate', () => {
    for (const objective of exact) {
      const values = [0, 1, 2, 4].map(steps => objectiveValue(objective, lab.train, advancePolicy(objective, lab.train, lab.start, steps, 0.1)))
      for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1]!)
    }
  })

  it('keeps an evaluation within its limits and its parts add up', () => {
    fc.assert(fc.property(fc.nat(), fc.double({ min: 0, max: 30, noNaN: true }), (seed, length) => {
      const weights = Random.fromSeed(seed).unitVector(D).map(w => w * length)
      const { right, reference, otherRight, effectiveRight } = evaluatePolicy(lab.train, weights)
      expect(right).toSatisfy((p: number) => p >= 0 && p <= 1 + 1e-12)
      expect(reference + otherRight).toBeCloseTo(right, 12)
      expect(otherRight).toBeGreaterThanOrEqual(-1e-12)
      expect(effectiveRight).toSatisfy((n: number) => n >= 1 - 1e-9 && n <= K)
    }), { numRuns: 30 })
  })

  it('counts all right answers as used by a policy without preferences', () => {
    const rights = lab.train.right.reduce((sum, r) => sum + r, 0) / lab.train.count
    const evaluation = evaluatePolicy(lab.train, new Float64Array(D))
    expect(evaluation.effectiveRight).toBeCloseTo(rights, 9)
    expect(evaluation.right).toBeCloseTo(rights / K, 12)
  })
})

describe('over-optimising a flawed score', () => {
  it('buys a higher proxy and a larger distance with every cheaper β, while P(right) rises and falls', () => {
    const path = overoptimise(lab)
    for (let i = 1; i < path.length; i++) {
      expect(path[i]!.kl).toBeGreaterThan(path[i - 1]!.kl)
      expect(path[i]!.proxy).toBeGreaterThan(path[i - 1]!.proxy)
      expect(path[i]!.flattery).toBeGreaterThan(path[i - 1]!.flattery)
    }
    const top = Math.max(...path.map(at => at.right))
    expect(top).toBeGreaterThan(path[0]!.right + 0.3)
    expect(top).toBeGreaterThan(path.at(-1)!.right + 0.05)
  })

  it('has a KL divergence that is never below zero and vanishes for an unaffordable β', () => {
    const [far] = overoptimise(lab, [1e9])
    expect(far!.kl).toBeGreaterThanOrEqual(-1e-15)
    expect(far!.kl).toBeLessThan(1e-12)
    expect(CAVEAT_BETAS[0]).toBe(64)
    expect(CAVEAT_BETAS.at(-1)).toBeCloseTo(1 / 16, 12)
  })
})

describe('the recorded lab', () => {
  it('is what the code gives today, to the last bit', () => {
    expect(objectiveLab.steps).toEqual(CHECKPOINT_STEPS)
    const upTo = objectiveLab.steps.filter(step => step <= 60)
    for (const { objective, firstSeed } of objectiveLab.curves)
      expect(teach(lab, objective, upTo).map(c => c.heldOutRight)).toEqual(firstSeed.slice(0, upTo.length))
  })

  it('agrees with the prototype on the table, within the noise of the seeds', () => {
    const table = {
      'start': [0.452, 0.078, 0.374, 5.0, 0.447],
      'one-reference': [0.809, 0.414, 0.395, 2.6, 0.771],
      'all-right': [0.774, 0.146, 0.628, 4.7, 0.765],
      'any-right': [0.999, 0.192, 0.807, 1.53, 0.97],
      'policy-gradient': [0.999, 0.192, 0.807, 1.52, 0.967],
    }
    for (const [name, [right, reference, otherRight, effectiveRight, heldOutRight]] of Object.entries(table)) {
      const row = objectiveLab.rows.find(candidate => candidate.name === name)!
      expect(Math.abs(row.right - right!), `${name} right`).toBeLessThan(0.025)
      expect(Math.abs(row.reference - reference!), `${name} reference`).toBeLessThan(0.035)
      expect(Math.abs(row.otherRight - otherRight!), `${name} other`).toBeLessThan(0.035)
      expect(Math.abs(row.effectiveRight - effectiveRight!), `${name} effective`).toBeLessThan(0.2)
      expect(Math.abs(row.heldOutRight - heldOutRight!), `${name} held out`).toBeLessThan(0.025)
    }
  })

  it('says that credit for any right answer ends above copying on new questions in every seed, by likelihood and by reward', () => {
    const counting = ['any-right', 'policy-gradient', 'reinforce']
    const pairs = objectiveLab.bestHeldOut.filter(({ loser }) => !counting.includes(loser))
    expect(pairs).toHaveLength(6)
    for (const { ahead, seeds } of pairs) expect(ahead).toBe(seeds)
  })

  it('says that both lose variety, and that between them there is nothing to choose', () => {
    const row = (name: string) => objectiveLab.rows.find(row => row.name === name)!
    const [start, one, all, any, reward] = ['start', 'one-reference', 'all-right', 'any-right', 'policy-gradient'].map(row)
    for (const counting of [any!, reward!]) expect(counting.effectiveRight).toBeLessThan(one!.effectiveRight - 0.5)
    expect(one!.effectiveRight).toBeLessThan(all!.effectiveRight - 0.5)
    expect(all!.effectiveRight).toBeLessThan(start!.effectiveRight)
    expect(Math.abs(any!.heldOutRight - reward!.heldOutRight)).toBeLessThan(0.01)
    expect(Math.abs(any!.effectiveRight - reward!.effectiveRight)).toBeLessThan(0.1)
  })

  it('tells the same at the rate of those that copy: 95 per cent, and below two right answers in use', () => {
    expect(objectiveLab.rateOfCopying.map(({ objective, rate }) => [objective, rate])).toEqual([['any-right', 0.3], ['policy-gradient', 0.3]])
    for (const { heldOutRight, effectiveRight } of objectiveLab.rateOfCopying) {
      expect(heldOutRight).toBeCloseTo(0.95, 1.5)
      expect(effectiveRight).toBeLessThan(2)
    }
  })

  it('says that over-optimising rises to about .93 near 2 nats and then falls to about .8', () => {
    const { kl, right, risesThenFalls, seeds } = objectiveLab.caveat
    const top = right.median.indexOf(Math.max(...right.median))
    expect(right.median[0]).toBeCloseTo(0.45, 1)
    expect(Math.abs(right.median[top]! - 0.93)).toBeLessThan(0.02)
    expect(Math.abs(kl[top]! - 2)).toBeLessThan(0.5)
    expect(Math.abs(right.median.at(-1)! - 0.8)).toBeLessThan(0.03)
    expect(Math.abs(kl.at(-1)! - 4.3)).toBeLessThan(0.2)
    expect(risesThenFalls).toBeGreaterThanOrEqual(seeds - 1)
  })
})
