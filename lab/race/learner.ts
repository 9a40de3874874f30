/**
 * The learners of the structure race and how each takes one step: mini-batch gradient of the squared error, Adam, a
 * running weight average, and the FLOPs of all that as a formula of the sizes. Longer than most files here: it is the reference
 * that the kernel is held against, loop by loop.
 */

import type { LearnerName } from '../../data/recorded.ts'
import type { Random } from '../random.ts'

export type { LearnerName }

/** Learning rate of a learner: rate / √(1 + t / rateSteps) at step t. */
export interface Schedule {
  readonly rate: number
  readonly rateSteps: number
}

/** The sizes everything else follows from. */
export interface Shape {
  readonly name: LearnerName
  /** Columns of the table. */
  readonly columns: number
  /** Features made of the columns before the first weights. */
  readonly features: number
  /** ReLU units; 0 for a learner that is linear in its features. */
  readonly hidden: number
  /** Parameters, biases included. */
  readonly parameters: number
  /** Counted FLOPs of one training step on one mini-batch. */
  readonly stepFlop: number
}

/**
 * All that training changes: plain data, one number a parameter in each array. The order is the first layer's weights
 * (unit by unit), its biases, and for an MLP the output weights and the output bias.
 */
export interface Weights {
  readonly parameters: Float64Array
  readonly firstMoment: Float64Array
  readonly secondMoment: Float64Array
  /** Running average of `parameters`; this is what is evaluated. */
  readonly average: Float64Array
  /** Steps taken. */
  step: number
  /** Adam's β₁ᵗ and β₂ᵗ, multiplied up step by step: a power function would differ between engines. */
  beta1Power: number
  beta2Power: number
}

/** BATCH examples: `inputs` column by column, and per example the noise-free and the noisy value. */
export interface Batch {
  readonly inputs: Float64Array
  readonly truth: Float64Array
  readonly target: Float64Array
}

/** Room for one mini-batch or one test set of `count` examples; holds nothing between calls. */
export interface Scratch {
  readonly count: number
  readonly prediction: Float64Array
  /** Hidden activations, unit by unit. */
  readonly active: Float64Array
  readonly delta: Float64Array
}

/** Examples a mini-batch. */
export const BATCH = 16

/** Adam's constants (Kingma & Ba 2015). */
export const BETA_1 = 0.9
export const BETA_2 = 0.999
export const EPSILON = 1e-8
/** Counted FLOPs a parameter and step: 12 for Adam, 3 for the running average. */
const ADAM_FLOP = 12
const AVERAGE_FLOP = 3
/**
 * Deviation of the output weights before the first step, times √hidden: half of what would keep the variance, so that an
 * MLP begins near where the other learners do, at predicting the mean. The first layer has He's scale, √(2 / inputs).
 */
const OUTPUT_SCALE = 0.5

/** Sizes and counted FLOPs of a learner on a table with `columns` columns. */
export function shapeOf(name: LearnerName, columns: number): Shape {
  const hidden = name === 'MLP-32' ? 32 : name === 'MLP-128' ? 128 : 0
  const features = name === 'additive' ? 3 * columns : name === 'quadratic' ? 2 * columns + columns * (columns - 1) / 2 : columns
  const parameters = hidden === 0 ? features + 1 : hidden * (features + 1) + hidden + 1
  return { name, columns, features, hidden, parameters, stepFlop: stepFlop(parameters, hidden) }
}

/**
 * Counted FLOPs of a training step: per example 2 a parameter forward and 2 for its gradient (a bias counts as one
 * multiply-add), 2 a hidden unit for the gradient that reaches it; per step 12 + 3 a parameter. Making the features,
 * drawing the data and evaluating are not counted.
 */
function stepFlop(parameters: number, hidden: number): number {
  const exampleFlop = 2 * parameters + 2 * parameters + 2 * hidden
  return BATCH * exampleFlop + (ADAM_FLOP + AVERAGE_FLOP) * parameters
}

/** Weights before the first step. */
export function initialWeights(shape: Shape, random: Random): Weights {
  const { features, hidden, parameters: count } = shape
  const parameters = new Float64Array(count)
  const first = Math.sqrt(2 / features)
  const output = OUTPUT_SCALE / Math.sqrt(Math.max(hidden, 1))
  for (let i = 0; i < hidden * features; i++) parameters[i] = first * random.normal()
  for (let h = 0; h < hidden; h++) parameters[hidden * (features + 1) + h] = output * random.normal()
  return {
    parameters,
    firstMoment: new Float64Array(count),
    secondMoment: new Float64Array(count),
    average: parameters.slice(),
    step: 0,
    beta1Power: 1,
    beta2Power: 1,
  }
}

export function createScratch(shape: Shape, count: number): Scratch {
  return {
    count,
    prediction: new Float64Array(count),
    active: new Float64Array(count * shape.hidden),
    delta: new Float64Array(count),
  }
}

/**
 * Features of `count` examples, feature by feature like the inputs. linear and the MLPs read the columns; additive adds
 * each column's second and third Hermite polynomial; quadratic adds each square and each product of two columns. Squares
 * are centred and scaled to variance 1 for the table's distribution of inputs, whose fourth moment is `kurtosis`.
 * @param room where they go, `shape.features * count` long; a loop that brings its own saves an allocation a step
 */
export function makeFeatures(shape: Shape, kurtosis: number, inputs: Float64Array, count: number, room?: Float64Array): Float64Array {
  const { name, columns } = shape
  if (name !== 'additive' && name !== 'quadratic') return inputs
  const out = room ?? new Float64Array(shape.features * count)
  out.set(inputs)
  let at = columns * count
  const squareScale = 1 / Math.sqrt(kurtosis - 1)
  for (let k = 0; k < columns * count; k++) out[at++] = (inputs[k]! * inputs[k]! - 1) * squareScale
  if (name === 'additive') {
    for (let k = 0; k < columns * count; k++) out[at++] = (inputs[k]! * inputs[k]! - 3) * inputs[k]! / SQRT_6
  }
  else {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < i; j++) {
        for (let b = 0; b < count; b++) out[at++] = inputs[i * count + b]! * inputs[j * count + b]!
      }
    }
  }
  return out
}

const SQRT_6 = Math.sqrt(6)

/** One training step on each batch in turn, written into `weights`; `kurtosis` as in makeFeatures. */
export function train(shape: Shape, weights: Weights, schedule: Schedule, kurtosis: number, batches: readonly Batch[]): void {
  const scratch = createScratch(shape, BATCH)
  const slope = new Float64Array(shape.parameters)
  const room = new Float64Array(shape.features * BATCH)
  for (const { inputs, target } of batches) {
    const features = makeFeatures(shape, kurtosis, inputs, BATCH, room)
    predict(shape, weights.parameters, features, scratch)
    gradient(shape, weights.parameters, features, target, scratch, slope)
    update(weights, slope, schedule)
  }
}

/** Mean squared error of the averaged weights on the examples of `truth`, a multiple of 8. */
export function meanSquaredError(shape: Shape, weights: Weights, kurtosis: number, inputs: Float64Array, truth: Float64Array): number {
  const scratch = createScratch(shape, truth.length)
  predict(shape, weights.average, makeFeatures(shape, kurtosis, inputs, truth.length), scratch)
  let sum = 0
  for (let b = 0; b < truth.length; b++) {
    const miss = scratch.prediction[b]! - truth[b]!
    sum += miss * miss
  }
  return sum / truth.length
}

/** Predictions for `scratch.count` examples, a multiple of 8, into `scratch.prediction`. */
export function predict(shape: Shape, parameters: Float64Array, features: Float64Array, scratch: Scratch): void {
  const { features: inputs, hidden } = shape
  const { count, prediction, active } = scratch
  const units = hidden === 0 ? 1 : hidden
  if (hidden > 0) prediction.fill(parameters[parameters.length - 1]!)
  for (let h = 0; h < units; h++) {
    const row = h * inputs
    const bias = parameters[units * inputs + h]!
    const output = hidden === 0 ? 1 : parameters[units * (inputs + 1) + h]!
    // Eight examples at a time: each weight is loaded once and eight independent sums keep the processor busy.
    for (let b = 0; b < count; b += 8) {
      let s0 = bias
      let s1 = bias
      let s2 = bias
      let s3 = bias
      let s4 = bias
      let s5 = bias
      let s6 = bias
      let s7 = bias
      let at = b
      for (let i = 0; i < inputs; i++) {
        const w = parameters[row + i]!
        s0 += w * features[at]!
        s1 += w * features[at + 1]!
        s2 += w * features[at + 2]!
        s3 += w * features[at + 3]!
        s4 += w * features[at + 4]!
        s5 += w * features[at + 5]!
        s6 += w * features[at + 6]!
        s7 += w * features[at + 7]!
        at += count
      }
      if (hidden === 0) {
        prediction[b] = s0
        prediction[b + 1] = s1
        prediction[b + 2] = s2
        prediction[b + 3] = s3
        prediction[b + 4] = s4
        prediction[b + 5] = s5
        prediction[b + 6] = s6
        prediction[b + 7] = s7
        continue
      }
      const a = h * count + b
      active[a] = s0 > 0 ? s0 : 0
      active[a + 1] = s1 > 0 ? s1 : 0
      active[a + 2] = s2 > 0 ? s2 : 0
      active[a + 3] = s3 > 0 ? s3 : 0
      active[a + 4] = s4 > 0 ? s4 : 0
      active[a + 5] = s5 > 0 ? s5 : 0
      active[a + 6] = s6 > 0 ? s6 : 0
      active[a + 7] = s7 > 0 ? s7 : 0
      for (let k = 0; k < 8; k++) prediction[b + k] = prediction[b + k]! + output * active[a + k]!
    }
  }
}

/**
 * Gradient of the mean of ½ (prediction − target)² over the examples, into `out` (one number a parameter). Needs the
 * `scratch` that `predict` has just filled for the same parameters and features.
 */
export function gradient(shape: Shape, parameters: Float64Array, features: Float64Array, target: Float64Array, scratch: Scratch, out: Float64Array): void {
  const { features: inputs, hidden } = shape
  const { count, prediction, active, delta } = scratch
  const units = hidden === 0 ? 1 : hidden
  let outputBias = 0
  for (let b = 0; b < count; b++) {
    const slope = (prediction[b]! - target[b]!) / count
    prediction[b] = slope
    outputBias += slope
  }
  if (hidden > 0) out[out.length - 1] = outputBias
  for (let h = 0; h < units; h++) {
    if (hidden === 0) {
      delta.set(prediction)
      out[inputs] = outputBias
    }
    else {
      const outputAt = units * (inputs + 1) + h
      const output = parameters[outputAt]!
      let toOutput = 0
      let toBias = 0
      for (let b = 0; b < count; b++) {
        const a = active[h * count + b]!
        const slope = prediction[b]!
        const d = a > 0 ? slope * output : 0
        toOutput += slope * a
        toBias += d
        delta[b] = d
      }
      out[outputAt] = toOutput
      out[units * inputs + h] = toBias
    }
    for (let i = 0; i < inputs; i++) {
      const at = i * count
      let sum = 0
      for (let b = 0; b < count; b += 4) {
        sum += delta[b]! * features[at + b]! + delta[b + 1]! * features[at + b + 1]!
          + delta[b + 2]! * features[at + b + 2]! + delta[b + 3]! * features[at + b + 3]!
      }
      out[h * inputs + i] = sum
    }
  }
}

/**
 * One Adam step (Kingma & Ba 2015, β .9 / .999) along −gradient, then the running average with weight
 * max(1 / (t + 1), 4 / (t + 4)), which forgets the beginning and smooths the end.
 */
export function update(weights: Weights, gradient: Float64Array, schedule: Schedule): void {
  const { parameters, firstMoment, secondMoment, average } = weights
  const t = weights.step
  weights.beta1Power *= BETA_1
  weights.beta2Power *= BETA_2
  const rate = schedule.rate / Math.sqrt(1 + t / schedule.rateSteps) / (1 - weights.beta1Power)
  const unbias = 1 / Math.sqrt(1 - weights.beta2Power)
  const share = Math.max(1 / (t + 1), 4 / (t + 4))
  for (let p = 0; p < gradient.length; p++) {
    const g = gradient[p]!
    const m = BETA_1 * firstMoment[p]! + (1 - BETA_1) * g
    const v = BETA_2 * secondMoment[p]! + (1 - BETA_2) * g * g
    firstMoment[p] = m
    secondMoment[p] = v
    const value = parameters[p]! - rate * m / (Math.sqrt(v) * unbias + EPSILON)
    parameters[p] = value
    average[p] = average[p]! + share * (value - average[p]!)
  }
  weights.step = t + 1
}
