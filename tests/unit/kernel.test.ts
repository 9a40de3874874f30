/** The compiled training kernel: the arithmetic of the TypeScript learner, in f32, and its stand-in when it cannot run. */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { MODULE_BASE64 } from '../../lab/kernel/build/module.ts'
import { kernel, type Kernel } from '../../lab/kernel/kernel.ts'
import { BATCH, initialWeights, meanSquaredError, shapeOf, train, type Batch, type Shape, type Weights } from '../../lab/race/learner.ts'
import { Random } from '../../lab/random.ts'
import { fromModule } from '../../lab/wasm.ts'
import { runRace } from '../../lab/experiments/race-run.ts'
import type { RacePreset } from '../../lab/race/task.ts'
import { createRace, raceAxes } from '../../lab/structure-race.ts'
import { advanceRace, errorsOf } from '../support/whole-race.ts'

const fast = kernel()!
const schedule = { rate: 0.03, rateSteps: 100 }
/** Inputs of one and of few columns, around the kernel's blocks of four, those of both tables, and the most it takes. */
const columnCounts = [1, 2, 3, 4, 5, 7, 10, 12, 32]
const presets: readonly RacePreset[] = ['mostly-linear', 'friedman1']

/** A network of any width; the race has only two. */
function mlp(columns: number, hidden: number): Shape {
  return { ...shapeOf('MLP-32', columns), hidden, parameters: hidden * (columns + 2) + 1 }
}

function drawBatches(random: Random, columns: number, count: number): Batch[] {
  return Array.from({ length: count }, () => {
    const inputs = random.normals(columns * BATCH)
    const truth = Float64Array.from({ length: BATCH }, (_, b) => Math.abs(inputs[b]!) - 0.8 + 0.3 * inputs[(columns - 1) * BATCH + b]!)
    return { inputs, truth, target: truth.map(y => y + 0.1 * random.normal()) }
  })
}

/** The same network trained by the kernel and by the reference. */
function both(shape: Shape, steps: number): { kernel: Weights, reference: Weights } {
  const random = Random.fromSeed(shape.columns * 1000 + shape.hidden)
  const start = initialWeights(shape, random.fork('weights'))
  const batches = drawBatches(random.fork('batches'), shape.columns, steps)
  const trained = { kernel: structuredClone(start), reference: structuredClone(start) }
  fast.train(shape, trained.kernel, schedule, batches)
  train(shape, trained.reference, schedule, 3, batches)
  return trained
}

/** The largest difference, in units of the reference's root mean square. */
function relativeMiss(values: Float64Array, reference: Float64Array): number {
  const scale = Math.sqrt(reference.reduce((sum, x) => sum + x * x, 0) / reference.length)
  return reference.reduce((worst, x, p) => Math.max(worst, Math.abs(values[p]! - x)), 0) / scale
}

describe('the kernel', () => {
  it('runs here, and is small enough to compile on any main thread', () => {
    expect(fast).toBeDefined()
    expect(atob(MODULE_BASE64).length).toBeLessThan(4096)
  })

  it('has the gradient of the reference: after one step the moments are its multiple and its square', () => {
    for (const columns of columnCounts) {
      for (const hidden of [8, 32, 128, 256]) {
        const { kernel, reference } = both(mlp(columns, hidden), 1)
        expect(relativeMiss(kernel.firstMoment, reference.firstMoment), `${columns} columns, ${hidden} units`).toBeLessThan(1e-4)
        expect(relativeMiss(kernel.secondMoment, reference.secondMoment), `${columns} columns, ${hidden} units`).toBeLessThan(1e-4)
      }
    }
  })

  it('has the weights and the average of the reference after 20 steps, as far as f32 goes', () => {
    for (const columns of columnCounts) {
      const { kernel, reference } = both(mlp(columns, 32), 20)
      expect(relativeMiss(kernel.parameters, reference.parameters), `${columns} columns`).toBeLessThan(1e-3)
      expect(relativeMiss(kernel.average, reference.average), `${columns} columns`).toBeLessThan(1e-3)
      expect(kernel).toMatchObject({ step: 20, beta1Power: reference.beta1Power, beta2Power: reference.beta2Power })
    }
  })

  it('measures the error that the reference measures, on more examples than it holds at once', () => {
    for (const columns of columnCounts) {
      const shape = mlp(columns, 128)
      const random = Random.fromSeed(columns)
      const weights = initialWeights(shape, random)
      for (const count of [16, 2000, 8000]) {
        const inputs = random.normals(columns * count)
        const truth = random.normals(count)
        const expected = meanSquaredError(shape, weights, 3, inputs, truth)
        expect(Math.abs(fast.meanSquaredError(shape, weights, inputs, truth) / expected - 1)).toBeLessThan(1e-5)
      }
    }
  })

  it('gives for k steps and then m the bits of k + m, also when other networks were trained between', () => {
    const shape = shapeOf('MLP-32', 5)
    const start = initialWeights(shape, Random.fromSeed(3))
    const batches = drawBatches(Random.fromSeed(4), 5, 24)
    const other = { shape: shapeOf('MLP-128', 10), batches: drawBatches(Random.fromSeed(5), 10, 2) }
    fc.assert(fc.property(fc.nat(12), fc.nat(12), (k, m) => {
      const whole = structuredClone(start)
      fast.train(shape, whole, schedule, batches.slice(0, k + m))
      const parts = structuredClone(start)
      fast.train(shape, parts, schedule, batches.slice(0, k))
      fast.train(other.shape, initialWeights(other.shape, Random.fromSeed(6)), schedule, other.batches)
      fast.train(shape, parts, schedule, batches.slice(k, k + m))
      expect(parts).toEqual(whole)
    }), { numRuns: 25 })
  })

  it('trains on more batches than it holds at once', () => {
    const shape = mlp(32, 8)
    const batches = drawBatches(Random.fromSeed(7), 32, 300)
    const whole = initialWeights(shape, Random.fromSeed(8))
    const parts = structuredClone(whole)
    fast.train(shape, whole, schedule, batches)
    for (const batch of batches) fast.train(shape, parts, schedule, [batch])
    expect(parts).toEqual(whole)
    expect(whole.step).toBe(300)
  })

  it('lets no first moment decay into denormal numbers, where processors crawl', () => {
    const shape = shapeOf('MLP-32', 2)
    const weights = initialWeights(shape, Random.fromSeed(1))
    // The first unit is off for every example, so its moments only decay.
    weights.parameters[2 * 32] = -1e6
    weights.firstMoment[0] = 1
    fast.train(shape, weights, { rate: 0, rateSteps: 1 }, drawBatches(Random.fromSeed(2), 2, 1000))
    expect(weights.firstMoment[0]).toBe(0)
    for (const moment of weights.firstMoment) expect(moment === 0 || Math.abs(moment) >= 1e-31).toBe(true)
  })

  it('does not hide a number that is none', () => {
    const shape = shapeOf('MLP-32', 2)
    const weights = initialWeights(shape, Random.fromSeed(1))
    const [batch] = drawBatches(Random.fromSeed(2), 2, 1)
    fast.train(shape, weights, schedule, [{ ...batch!, target: batch!.target.map(() => NaN) }])
    expect(weights.parameters.at(-1)).toBeNaN()
  })

  it('refuses sizes it was not made for, with the value and the limit', () => {
    const trainOn = (shape: Shape): void => fast.train(shape, initialWeights(shape, Random.fromSeed(1)), schedule, [])
    expect(() => trainOn(mlp(33, 32))).toThrow(/at most 32 columns; got 33/)
    expect(() => trainOn(mlp(4, 264))).toThrow(/multiple of 8 up to 256 hidden units; got 264/)
    expect(() => trainOn(mlp(4, 20))).toThrow(/multiple of 8 up to 256 hidden units; got 20/)
    expect(() => trainOn(shapeOf('linear', 4))).toThrow(/multiple of 8 up to 256 hidden units; got 0/)
  })
})

describe('a race on the kernel', () => {
  it('has the errors of the reference within a few per cent at every budget', () => {
    const axes = raceAxes(4096, 8e6)
    for (const preset of presets) {
      const reference = runRace(preset, 2, axes)
      runRace(preset, 2, axes, 'wasm').forEach((curves, l) => {
        for (const axis of ['examples', 'flop'] as const) {
          curves[axis].forEach((error, i) => {
            const expected = reference[l]![axis][i]!
            if (expected === null) expect(error).toBeNull()
            else expect(Math.abs(error! / expected - 1), `${preset}, ${curves.name} at ${axes[axis][i]} ${axis}`).toBeLessThan(0.03)
          })
        }
      })
    }
  })

  it('stays plain data, resumes after structuredClone and may change engines on its way', () => {
    const start = createRace('friedman1', 3)
    const half = advanceRace(start, 6, 'wasm')
    const whole = advanceRace(start, 12, 'wasm')
    expect(advanceRace(structuredClone(half), 6, 'wasm')).toEqual(whole)
    const changed = errorsOf(advanceRace(half, 6))
    errorsOf(whole, 'wasm').forEach((error, i) => expect(Math.abs(changed[i]! / error - 1)).toBeLessThan(1e-3))
  })
})

describe('without WebAssembly SIMD', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('there is no kernel, neither of half a module', () => {
    expect(fromModule(MODULE_BASE64.slice(0, 100), () => 'made')()).toBeUndefined()
  })

  it('a race asked to run on it gives the reference’s very numbers', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const { kernel }: { kernel: () => Kernel | undefined } = await import('../../lab/kernel/kernel.ts')
    const race = await import('../support/whole-race.ts')
    expect(kernel()).toBeUndefined()
    const start = createRace('friedman1', 4)
    const run = race.advanceRace(start, 5, 'wasm')
    expect(run).toEqual(advanceRace(start, 5))
    expect(race.errorsOf(run, 'wasm')).toEqual(errorsOf(run))
  })
})
