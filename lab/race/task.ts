/**
 * The two tables of data the structure race is run on: one made to be mostly linear, and Friedman's public benchmark.
 */

import sin from '@stdlib/math-base-special-sin'
import tanh from '@stdlib/math-base-special-tanh'
import type { RacePresetName as RacePreset } from '../../data/recorded.ts'
import type { Random } from '../random.ts'

export type { RacePreset }

/** A source of examples: plain data, so that it can be sent to a worker. Inputs and target are standardised. */
export interface Task {
  readonly preset: RacePreset
  /** Number of input columns. */
  readonly columns: number
  /** Standard deviation of the noise on the target, in units of the noise-free target's standard deviation (about 1). */
  readonly noise: number
  /** What was drawn for this seed; null where the function is fixed. */
  readonly drawn: MostlyLinear | null
}

/** The draws behind one mostly-linear table. */
interface MostlyLinear {
  /** Unit direction of the linear part, `columns` long. */
  readonly direction: Float64Array
  /** Columns that each tanh unit reads, `UNITS * READS` long. */
  readonly reads: Int32Array
  /** Weights on those columns, `UNITS * READS` long. */
  readonly weights: Float64Array
  /** Thresholds of the units, `UNITS` long. */
  readonly thresholds: Float64Array
  /** Weights of the units in the sum, `UNITS` long. */
  readonly heights: Float64Array
  /** Mean of the sum, and its regression on the columns, both taken off. */
  readonly mean: number
  readonly slope: Float64Array
  /** Standard deviation of what is left, divided out. */
  readonly scale: number
}

/** Share of the signal variance that is linear; the rest is not, and the noise has variance 1. */
export const LINEAR_SHARE = 0.7
const MOSTLY_LINEAR_COLUMNS = 12
const UNITS = 12
const READS = 3
/**
 * Unit weights and heights are N(0, 1). Thresholds are N(0, ½²): enough to break the units' odd symmetry, little enough
 * that the sum stays hard to learn from a thousand examples.
 */
const THRESHOLD_DEVIATION = 0.5
/** Draws over which the linear part of the tanh units is regressed out. */
const REGRESSION_DRAWS = 20_000

const FRIEDMAN_COLUMNS = 10
/**
 * Mean and standard deviation of Friedman's function without noise, by numerical integration over the unit cube:
 * E[10 sin(π x₁ x₂)] = 5.2466, E[20 (x₃ − ½)²] = 20/12, E[10 x₄] = 5, E[5 x₅] = 2.5.
 */
const FRIEDMAN_MEAN = 14.4133
const FRIEDMAN_DEVIATION = 4.8812

/** Columns of a preset's table. */
export function columnsOf(preset: RacePreset): number {
  return preset === 'friedman1' ? FRIEDMAN_COLUMNS : MOSTLY_LINEAR_COLUMNS
}

/**
 * The task of one seed. mostly-linear draws a new function per seed (our construction); friedman1 is the same function
 * for every seed (Friedman 1991, "Multivariate adaptive regression splines", eq. 61) and seeds differ in the examples.
 */
export function createTask(preset: RacePreset, random: Random): Task {
  if (preset === 'friedman1')
    return { preset, columns: FRIEDMAN_COLUMNS, noise: 1 / FRIEDMAN_DEVIATION, drawn: null }
  return { preset, columns: MOSTLY_LINEAR_COLUMNS, noise: 1, drawn: drawMostlyLinear(random) }
}

/**
 * Draws `count` examples. `inputs` is filled column by column, value of column i of example b at [i * count + b];
 * `truth` and `target` get the noise-free and the noisy value.
 * @param example room for one example; a loop that brings its own saves an allocation a batch
 */
export function drawExamples(
  task: Task, random: Random, count: number, inputs: Float64Array, truth: Float64Array, target: Float64Array,
  example = new Float64Array(task.columns),
): void {
  const { columns, noise, drawn } = task
  for (let b = 0; b < count; b++) {
    for (let i = 0; i < columns; i++) {
      // A uniform input is centred and scaled to variance 1, as anyone would before training.
      const x = drawn ? random.normal() : (random.uniform() - 0.5) * SQRT_12
      example[i] = x
      inputs[i * count + b] = x
    }
    const y = drawn ? mostlyLinear(drawn, example) : friedman(example)
    truth[b] = y
    target[b] = y + noise * random.normal()
  }
}

/** Fourth moment of a standardised input: 3 for the Gaussian columns, 9/5 for the uniform ones. */
export function inputKurtosis(task: Task): number {
  return task.preset === 'friedman1' ? 1.8 : 3
}

const SQRT_12 = Math.sqrt(12)
const PI = 3.141592653589793

function friedman(z: Float64Array): number {
  const bend = unitInterval(z[2]!) - 0.5
  const y = 10 * sin(PI * unitInterval(z[0]!) * unitInterval(z[1]!)) + 20 * bend * bend + 10 * unitInterval(z[3]!) + 5 * unitInterval(z[4]!)
  return (y - FRIEDMAN_MEAN) / FRIEDMAN_DEVIATION
}

/** A standardised uniform input on its own scale, 0 to 1. */
function unitInterval(z: number): number {
  return z / SQRT_12 + 0.5
}

function mostlyLinear(drawn: MostlyLinear, x: Float64Array): number {
  let linear = 0
  let bent = unitSum(drawn, x) - drawn.mean
  for (let i = 0; i < x.length; i++) {
    linear += drawn.direction[i]! * x[i]!
    bent -= drawn.slope[i]! * x[i]!
  }
  return Math.sqrt(LINEAR_SHARE) * linear + Math.sqrt(1 - LINEAR_SHARE) * bent / drawn.scale
}

function unitSum(units: Pick<MostlyLinear, 'reads' | 'weights' | 'thresholds' | 'heights'>, x: Float64Array): number {
  let sum = 0
  for (let u = 0; u < UNITS; u++) {
    let z = units.thresholds[u]!
    for (let r = 0; r < READS; r++) z += units.weights[u * READS + r]! * x[units.reads[u * READS + r]!]!
    sum += units.heights[u]! * tanh(z)
  }
  return sum
}

function drawMostlyLinear(random: Random): MostlyLinear {
  const columns = MOSTLY_LINEAR_COLUMNS
  const direction = random.unitVector(columns)
  const reads = new Int32Array(UNITS * READS)
  const every = Array.from({ length: columns }, (_, i) => i)
  for (let u = 0; u < UNITS; u++) reads.set(random.sample(every, READS), u * READS)
  const weights = random.normals(UNITS * READS)
  const thresholds = random.normals(UNITS).map(z => THRESHOLD_DEVIATION * z)
  const heights = random.normals(UNITS)
  const units = { reads, weights, thresholds, heights }

  const inputs = random.normals(REGRESSION_DRAWS * columns)
  const rest = new Float64Array(REGRESSION_DRAWS)
  for (let k = 0; k < REGRESSION_DRAWS; k++) rest[k] = unitSum(units, inputs.subarray(k * columns, (k + 1) * columns))
  let mean = 0
  const slope = new Float64Array(columns)
  // The columns are independent with variance 1, so each pass takes off the mean of rest times column; what the pass
  // leaves of a slope is smaller by the square root of the number of draws, and three passes reach rounding.
  for (let pass = 0; pass < 3; pass++) {
    let level = 0
    const tilt = new Float64Array(columns)
    for (let k = 0; k < REGRESSION_DRAWS; k++) {
      level += rest[k]! / REGRESSION_DRAWS
      for (let i = 0; i < columns; i++) tilt[i] = tilt[i]! + rest[k]! * inputs[k * columns + i]! / REGRESSION_DRAWS
    }
    mean += level
    for (let i = 0; i < columns; i++) slope[i] = slope[i]! + tilt[i]!
    for (let k = 0; k < REGRESSION_DRAWS; k++) {
      let removed = level
      for (let i = 0; i < columns; i++) removed += tilt[i]! * inputs[k * columns + i]!
      rest[k] = rest[k]! - removed
    }
  }
  let variance = 0
  for (let k = 0; k < REGRESSION_DRAWS; k++) variance += rest[k]! * rest[k]! / REGRESSION_DRAWS
  return { direction, ...units, mean, slope, scale: Math.sqrt(variance) }
}
