/** The structure race: it repeats and resumes to the bit, its gradients and FLOPs are right, its summaries are sound. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { structureRace } from '../../data/recorded.ts'
import { runRace } from '../../lab/experiments/race-run.ts'
import { bandOf, crossing, crossingsOf, leadersOf } from '../../lab/race/compare.ts'
import { BATCH, createScratch, gradient, initialWeights, makeFeatures, predict, shapeOf, update, type LearnerName } from '../../lab/race/learner.ts'
import { createTask, drawExamples, inputKurtosis, LINEAR_SHARE, type RacePreset } from '../../lab/race/task.ts'
import { Random } from '../../lab/random.ts'
import { createRace, learnersOf, raceAxes, summariseRaces } from '../../lab/structure-race.ts'
import { advanceRace, errorsOf } from '../support/whole-race.ts'

const presets: readonly RacePreset[] = ['mostly-linear', 'friedman1']
const everyLearner: readonly LearnerName[] = ['linear', 'additive', 'quadratic', 'MLP-32', 'MLP-128']

describe('a race', () => {
  it('repeats to the bit for the same seed and differs for another', () => {
    for (const preset of presets) {
      const run = (seed: number): number[] => errorsOf(advanceRace(createRace(preset, seed), 20))
      expect(run(5)).toEqual(run(5))
      expect(run(5)).not.toEqual(run(6))
    }
  })

  it('gives the same state for k steps and then m as for k + m, and leaves the given state alone', () => {
    const start = createRace('friedman1', 2, ['linear', 'MLP-32'])
    const before = structuredClone(start)
    fc.assert(fc.property(fc.nat(12), fc.nat(12), (k, m) => {
      expect(advanceRace(advanceRace(start, k), m)).toEqual(advanceRace(start, k + m))
    }), { numRuns: 20 })
    expect(start).toEqual(before)
  })

  it('resumes after structuredClone, as it does between a page and a worker', () => {
    const half = advanceRace(createRace('mostly-linear', 3), 7)
    expect(advanceRace(structuredClone(half), 7)).toEqual(advanceRace(half, 7))
  })

  it('shows every learner the same examples in the same order', () => {
    const race = advanceRace(createRace('friedman1', 4), 5)
    const streams = race.runners.map(runner => runner.stream)
    for (const stream of streams) expect(stream).toEqual(streams[0])
  })

  it('has a target whose variance is about 1 and an error that starts there and is never below zero', () => {
    for (const preset of presets) {
      const race = createRace(preset, 1)
      const { truth } = race.test
      const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length
      const variance = truth.reduce((sum, y) => sum + (y - mean) * (y - mean), 0) / truth.length
      expect(Math.abs(mean)).toBeLessThan(0.1)
      expect(Math.abs(variance - 1)).toBeLessThan(0.12)
      expect(errorsOf(race)[0]).toBeCloseTo(variance + mean * mean, 10)
      for (const error of errorsOf(advanceRace(race, 40))) expect(error).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('the tables', () => {
  it('mostly-linear: what is not linear has variance .3 and no linear part left', () => {
    const task = createTask('mostly-linear', Random.fromSeed(8))
    const count = 40_000
    const inputs = new Float64Array(12 * count)
    const truth = new Float64Array(count)
    const target = new Float64Array(count)
    drawExamples(task, Random.fromSeed(9), count, inputs, truth, target)
    const linear = Math.sqrt(LINEAR_SHARE)
    let rest = 0
    let noise = 0
    for (let b = 0; b < count; b++) {
      let along = 0
      for (let i = 0; i < 12; i++) along += task.drawn!.direction[i]! * inputs[i * count + b]!
      rest += (truth[b]! - linear * along) ** 2 / count
      noise += (target[b]! - truth[b]!) ** 2 / count
    }
    expect(rest).toBeCloseTo(0.3, 1.5)
    expect(noise).toBeCloseTo(1, 1.5)
    for (let i = 0; i < 12; i++) {
      let slope = 0
      for (let b = 0; b < count; b++) slope += truth[b]! * inputs[i * count + b]! / count
      expect(Math.abs(slope - linear * task.drawn!.direction[i]!)).toBeLessThan(0.03)
    }
  })

  it('friedman1: the function of the paper, in units of its standard deviation', () => {
    const inputs = new Float64Array(10)
    const truth = new Float64Array(1)
    const target = new Float64Array(1)
    drawExamples(createTask('friedman1', Random.fromSeed(1)), Random.fromSeed(2), 1, inputs, truth, target)
    const x = [...inputs].map(z => z / Math.sqrt(12) + 0.5)
    const y = 10 * Math.sin(Math.PI * x[0]! * x[1]!) + 20 * (x[2]! - 0.5) ** 2 + 10 * x[3]! + 5 * x[4]!
    expect(truth[0]! * 4.8812 + 14.4133).toBeCloseTo(y, 9)
    for (const value of x) expect(value).toSatisfy((u: number) => u >= 0 && u < 1)
  })
})

describe('a learner', () => {
  it('has the gradient that finite differences give', () => {
    const random = Random.fromSeed(21)
    for (const name of everyLearner) {
      const shape = shapeOf(name, 4)
      const weights = initialWeights(shape, random.fork(name))
      const { parameters } = weights
      for (let p = 0; p < parameters.length; p++) parameters[p] = parameters[p]! + 0.1 * random.normal()
      const features = makeFeatures(shape, 3, random.normals(4 * BATCH), BATCH)
      const target = random.normals(BATCH)
      const scratch = createScratch(shape, BATCH)
      const loss = (): number => {
        predict(shape, parameters, features, scratch)
        return target.reduce((sum, y, b) => sum + 0.5 * (scratch.prediction[b]! - y) ** 2, 0) / BATCH
      }
      const out = new Float64Array(parameters.length)
      loss()
      gradient(shape, parameters, features, target, scratch, out)
      const h = 1e-6
      for (let p = 0; p < parameters.length; p += name === 'MLP-128' ? 17 : 1) {
        const at = parameters[p]!
        parameters[p] = at + h
        const above = loss()
        parameters[p] = at - h
        const below = loss()
        parameters[p] = at
        expect(out[p]).toBeCloseTo((above - below) / (2 * h), 6)
      }
    }
  })

  it('has features of mean 0 and variance 1, and as many as it says', () => {
    for (const preset of presets) {
      const task = createTask(preset, Random.fromSeed(5))
      const count = 20_000
      const inputs = new Float64Array(task.columns * count)
      drawExamples(task, Random.fromSeed(6), count, inputs, new Float64Array(count), new Float64Array(count))
      for (const name of learnersOf(preset)) {
        const shape = shapeOf(name, task.columns)
        const features = makeFeatures(shape, inputKurtosis(task), inputs, count)
        expect(features.length).toBe(shape.features * count)
        for (let f = 0; f < shape.features; f++) {
          const column = features.subarray(f * count, (f + 1) * count)
          const mean = column.reduce((sum, x) => sum + x, 0) / count
          expect(Math.abs(mean)).toBeLessThan(0.04)
          expect(Math.abs(column.reduce((sum, x) => sum + x * x, 0) / count - 1)).toBeLessThan(0.25)
        }
      }
    }
  })

  it('counts FLOPs as the hand does', () => {
    // linear on 12 columns, 13 parameters: 16 examples x (26 + 26) + 13 x (12 + 3).
    expect(shapeOf('linear', 12).stepFlop).toBe(16 * 52 + 195)
    // 10-128-1: 1,537 parameters; forward 3,074, weight gradients 3,074, input gradients of the output layer 256.
    expect(shapeOf('MLP-128', 10).parameters).toBe(10 * 128 + 128 + 128 + 1)
    expect(shapeOf('MLP-128', 10).stepFlop).toBe(16 * (3074 + 3074 + 256) + 15 * 1537)
    expect(shapeOf('quadratic', 10).parameters).toBe(10 + 10 + 45 + 1)
    // The four learners of friedman1 to 65,536 examples: 668 MFLOP.
    const total = learnersOf('friedman1').reduce((sum, name) => sum + 4096 * shapeOf(name, 10).stepFlop, 0)
    expect(Math.round(total / 1e6)).toBe(668)
  })

  it('moves by the learning rate on its first Adam step, and its average starts there', () => {
    const weights = initialWeights(shapeOf('linear', 2), Random.fromSeed(1))
    update(weights, Float64Array.of(0.5, -2, 0), { rate: 0.03, rateSteps: 100 })
    expect(weights.parameters[0]).toBeCloseTo(-0.03, 8)
    expect(weights.parameters[1]).toBeCloseTo(0.03, 8)
    expect(weights.average).toEqual(weights.parameters)
    const first = weights.average.slice()
    update(weights, Float64Array.of(0.5, -2, 0), { rate: 0.03, rateSteps: 100 })
    // The second step weighs 4/5.
    expect(weights.average[0]).toBeCloseTo(0.2 * first[0]! + 0.8 * weights.parameters[0]!, 12)
  })
})

describe('crossings, bands and leaders', () => {
  it('finds a crossing between budgets on logarithmic scales', () => {
    // Ratios 2 and 1/2 around the crossing: half way between 100 and 400 on a logarithmic axis.
    expect(crossing([25, 100, 400], [1, 1, 1], [4, 2, 0.5])).toBeCloseTo(200, 9)
  })

  it('takes the last crossing, ignores what lies below `from`, and knows when there is none', () => {
    expect(crossing([1, 2, 4, 8], [1, 1, 1, 1], [0.5, 2, 2, 0.5])).toBeCloseTo(4 * Math.SQRT2, 9)
    expect(crossing([1, 2, 4], [1, 1, 1], [2, 0.5, 0.5], 2)).toBeNull()
    expect(crossing([1, 2], [1, 1], [2, 2])).toBeNull()
    expect(crossing([1, 2, 4], [1, 1, 1], [null, 2, 0.5])).toBeCloseTo(Math.sqrt(8), 9)
  })

  it('lies between the two budgets, whatever the errors', () => {
    const error = fc.double({ min: 0.01, max: 1, noNaN: true })
    fc.assert(fc.property(error, error, (a, b) => {
      const at = crossing([100, 200], [a, 1], [1, b])
      if (at !== null) expect(at).toSatisfy((n: number) => n >= 99.999 && n <= 200.001)
      else expect(a === 1).toBe(true)
    }))
  })

  it('counts every seed once a budget among the leaders', () => {
    const curves = fc.array(fc.array(fc.option(fc.double({ min: 0.01, max: 1, noNaN: true })), { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 4 })
    fc.assert(fc.property(fc.array(curves, { minLength: 1, maxLength: 3 }), (learners) => {
      const leads = leadersOf(learners)
      for (let i = 0; i < 3; i++) {
        const contested = [0, 1, 2, 3].filter(seed => learners.some(of => of[seed]![i] !== null)).length
        expect(leads.reduce((sum, row) => sum + row[i]!, 0)).toBe(contested)
      }
    }))
  })

  it('has percentiles in order, and none where a seed has no value', () => {
    const band = bandOf([[1, null], [2, 5], [3, 5]])
    expect(band).toEqual({ p10: [1.2, null], median: [2, null], p90: [2.8, null] })
    expect(crossingsOf([null, 10, 20])).toEqual({ p10: 11, p50: 15, p90: 19, crossed: 2, seeds: 3 })
    expect(bandOf([])).toEqual({ p10: [], median: [], p90: [] })
  })

  it('sums up a small race without losing a learner', () => {
    const axes = raceAxes(512, 250_000)
    const summary = summariseRaces('friedman1', axes, [1, 2].map(seed => runRace('friedman1', seed, axes)))
    expect(summary.learners.map(l => l.name)).toEqual(learnersOf('friedman1'))
    for (const learner of summary.learners) expect(learner.examples.median).toHaveLength(axes.examples.length)
  })
})

describe('the recorded race', () => {
  it('is what the code gives today, to the last bit', () => {
    for (const preset of presets) {
      const axes = { examples: structureRace.presets[preset].axes.examples.filter(n => n <= 4096), flop: [] }
      const live = runRace(preset, 1, axes)
      structureRace.presets[preset].learners.forEach((learner, l) => {
        expect(live[l]!.name).toBe(learner.name)
        expect(live[l]!.examples).toEqual(learner.firstSeed.slice(0, axes.examples.length))
      })
    }
  })

  it('agrees with the prototype on the medians, within the noise of the seeds', () => {
    // [preset, learner, n, median measured on the prototype]; 8 % covers two sets of 30 to 40
    // seeds and what the prototype's settings leave unsaid (linear on mostly-linear sits 3 % above it throughout).
    const expected: readonly (readonly [RacePreset, LearnerName, number, number])[] = [
      ['mostly-linear', 'linear', 512, 0.335], ['mostly-linear', 'linear', 2048, 0.308], ['mostly-linear', 'linear', 65_536, 0.289],
      ['mostly-linear', 'MLP-32', 512, 0.424], ['mostly-linear', 'MLP-32', 2048, 0.314], ['mostly-linear', 'MLP-32', 4096, 0.283],
      ['mostly-linear', 'MLP-32', 8192, 0.243], ['mostly-linear', 'MLP-32', 16_384, 0.174], ['mostly-linear', 'MLP-32', 65_536, 0.062],
      ['friedman1', 'linear', 512, 0.281], ['friedman1', 'linear', 8192, 0.248],
      ['friedman1', 'quadratic', 512, 0.199], ['friedman1', 'quadratic', 2048, 0.090], ['friedman1', 'quadratic', 65_536, 0.075],
      ['friedman1', 'MLP-128', 512, 0.240], ['friedman1', 'MLP-128', 2048, 0.094], ['friedman1', 'MLP-128', 8192, 0.017],
    ]
    for (const [preset, name, n, prototype] of expected) {
      const { axes, learners } = structureRace.presets[preset]
      const median = learners.find(l => l.name === name)!.examples.median[axes.examples.indexOf(n)]!
      expect(Math.abs(median / prototype - 1), `${preset}, ${name} at ${n}: ${median} against ${prototype}`).toBeLessThan(0.08)
    }
  })

  it('holds what the slides say of mostly-linear: a couple of thousand examples, in every seed', () => {
    const { crossings, relay, axes } = structureRace.presets['mostly-linear']
    const { examples, flop } = crossings.find(pair => pair.from === 'linear' && pair.to === 'MLP-32')!
    expect(examples.crossed).toBe(30)
    expect(examples.p50).toSatisfy((n: number) => n > 1700 && n < 3400)
    expect(flop.p50).toSatisfy((f: number) => f > 5e6 && f < 10e6)
    const linear = relay.examples.leads[relay.learners.indexOf('linear')]!
    expect(linear[axes.examples.indexOf(512)]).toBeGreaterThanOrEqual(28)
    expect(linear[axes.examples.indexOf(8192)]).toBe(0)
  })

  it('holds what the slides say of friedman1: the relay on the compute axis, in every seed', () => {
    const { crossings, relay, axes, seeds } = structureRace.presets.friedman1
    expect(relay.flop.holds).toBe(seeds)
    const leads = (name: LearnerName, from: number, to: number): number[] =>
      relay.flop.leads[relay.learners.indexOf(name)]!.filter((_, i) => axes.flop[i]! >= from && axes.flop[i]! <= to)
    for (const times of [...leads('linear', 50e3, 1e5), ...leads('quadratic', 500e3, 8e6), ...leads('MLP-128', 32e6, 64e6)]) expect(times).toBe(40)
    const { examples, flop } = crossings.find(pair => pair.from === 'quadratic' && pair.to === 'MLP-128')!
    expect(examples.p50).toSatisfy((n: number) => n > 1900 && n < 2800)
    expect(flop.p50).toSatisfy((f: number) => f > 18e6 && f < 26e6)
  })

  it('does not let a wider MLP overtake a narrower one on the compute axis', () => {
    const wider = structureRace.presets.friedman1.crossings.find(pair => pair.from === 'MLP-32' && pair.to === 'MLP-128')!
    expect(wider.flop.crossed).toBe(0)
  })
})
