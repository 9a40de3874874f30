// The learners of the structure race and how each takes one step: mini-batch gradient, Adam, running weight average,
// with every counted FLOP a formula of the sizes.

export type LearnerName = 'linear' | 'additive' | 'quadratic' | 'MLP-32' | 'MLP-128'

/** What a learner may represent, and how fast it learns. */
export interface LearnerSpec {
  readonly name: LearnerName
  /** Learning rate at step t is rate / √(1 + t / rateSteps). */
  readonly rate: number
  readonly rateSteps: number
}

/** All that changes in training: plain data, each array one number a parameter. */
export interface Weights {
  readonly parameters: Float64Array
  readonly firstMoment: Float64Array
  readonly secondMoment: Float64Array
  /** Running average of `parameters`; this is what is evaluated. */
  readonly average: Float64Array
  /** Steps taken. */
  step: number
  /** Powers of Adam's β₁ and β₂ for its bias correction, multiplied up step by step. */
  beta1Power: number
  beta2Power: number
}

export const BATCH = 16
const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-8
export const knobs = { init: 'he', act: 'relu', w2: 1 , b1:0}
/** FLOPs a parameter and step: Adam 12, the running average 3. */
const UPDATE_FLOP = 15

/** Hidden units of an MLP; 0 for a learner that is linear in fixed features. */
export function hiddenUnits(name: LearnerName): number {
  return name === 'MLP-32' ? 32 : name === 'MLP-128' ? 128 : 0
}

/** Features a learner makes of `columns` inputs before its first weights. */
export function featureCount(name: LearnerName, columns: number): number {
  if (name === 'additive') return 3 * columns
  if (name === 'quadratic') return 2 * columns + columns * (columns - 1) / 2
  return columns
}

/** Parameters, biases included. */
export function parameterCount(name: LearnerName, columns: number): number {
  const inputs = featureCount(name, columns)
  const hidden = hiddenUnits(name)
  return hidden === 0 ? inputs + 1 : hidden * (inputs + 1) + hidden + 1
}

export function stepFlop(name: LearnerName, columns: number): number {
  const parameters = parameterCount(name, columns)
  const perExample = 4 * parameters + 2 * hiddenUnits(name)
  return BATCH * perExample + UPDATE_FLOP * parameters
}

import type { Random } from '../random.ts'
import tanh from '@stdlib/math-base-special-tanh'
export function initialWeights(name: LearnerName, columns: number, random: Random): Weights {
  const count = parameterCount(name, columns)
  const parameters = new Float64Array(count)
  const hidden = hiddenUnits(name)
  if (hidden > 0) {
    const inputs = featureCount(name, columns)
    const s1 = knobs.init === 'he' ? Math.sqrt(2 / inputs) : Math.sqrt(1 / inputs)
    for (let i = 0; i < hidden * inputs; i++) parameters[i] = s1 * random.normal()
    for (let h = 0; h < hidden; h++) parameters[hidden * inputs + h] = knobs.b1 * random.normal()
    for (let h = 0; h < hidden; h++) parameters[hidden * (inputs + 1) + h] = knobs.w2 * random.normal() / Math.sqrt(hidden)
  }
  return {
    parameters, firstMoment: new Float64Array(count), secondMoment: new Float64Array(count), average: parameters.slice(),
    step: 0, beta1Power: 1, beta2Power: 1,
  }
}

export function makeFeatures(name: LearnerName, columns: number, inputs: Float64Array, count: number, uniform: boolean): Float64Array {
  if (name !== 'additive' && name !== 'quadratic') return inputs
  const out = new Float64Array(featureCount(name, columns) * count)
  out.set(inputs)
  let f = columns
  const sq = 1 / Math.sqrt(uniform ? 0.8 : 2)
  for (let i = 0; i < columns; i++) {
    for (let b = 0; b < count; b++) { const x = inputs[i * count + b]!; out[f * count + b] = (x * x - 1) * sq }
    f++
  }
  if (name === 'additive') {
    for (let i = 0; i < columns; i++) {
      for (let b = 0; b < count; b++) { const x = inputs[i * count + b]!; out[f * count + b] = (x * x - 3) * x / Math.sqrt(6) }
      f++
    }
    return out
  }
  for (let i = 0; i < columns; i++) for (let j = 0; j < i; j++) {
    for (let b = 0; b < count; b++) out[f * count + b] = inputs[i * count + b]! * inputs[j * count + b]!
    f++
  }
  return out
}

/** Forward: prediction of count examples, activations hidden stored. */
export function predict(name: LearnerName, parameters: Float64Array, features: Float64Array, count: number, out: Float64Array, active: Float64Array): void {
  const hidden = hiddenUnits(name)
  const m = features.length / count
  const width = hidden === 0 ? 1 : hidden
  if (hidden > 0) out.fill(parameters[parameters.length - 1]!)
  for (let h = 0; h < width; h++) {
    const row = h * m
    const bias = parameters[width * m + h]!
    const w2 = hidden > 0 ? parameters[width * (m + 1) + h]! : 1
    for (let b = 0; b < count; b += 8) {
      let s0 = bias, s1 = bias, s2 = bias, s3 = bias, s4 = bias, s5 = bias, s6 = bias, s7 = bias
      let at = b
      for (let i = 0; i < m; i++) {
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
        out[b] = s0; out[b + 1] = s1; out[b + 2] = s2; out[b + 3] = s3; out[b + 4] = s4; out[b + 5] = s5; out[b + 6] = s6; out[b + 7] = s7
      } else {
        if (knobs.act === 'relu') {
        s0 = s0 > 0 ? s0 : 0; s1 = s1 > 0 ? s1 : 0; s2 = s2 > 0 ? s2 : 0; s3 = s3 > 0 ? s3 : 0
        s4 = s4 > 0 ? s4 : 0; s5 = s5 > 0 ? s5 : 0; s6 = s6 > 0 ? s6 : 0; s7 = s7 > 0 ? s7 : 0
        } else {
        s0 = tanh(s0); s1 = tanh(s1); s2 = tanh(s2); s3 = tanh(s3); s4 = tanh(s4); s5 = tanh(s5); s6 = tanh(s6); s7 = tanh(s7)
        }
        const a = h * count + b
        active[a] = s0; active[a + 1] = s1; active[a + 2] = s2; active[a + 3] = s3; active[a + 4] = s4; active[a + 5] = s5; active[a + 6] = s6; active[a + 7] = s7
        out[b] = out[b]! + w2 * s0
        out[b + 1] = out[b + 1]! + w2 * s1
        out[b + 2] = out[b + 2]! + w2 * s2
        out[b + 3] = out[b + 3]! + w2 * s3
        out[b + 4] = out[b + 4]! + w2 * s4
        out[b + 5] = out[b + 5]! + w2 * s5
        out[b + 6] = out[b + 6]! + w2 * s6
        out[b + 7] = out[b + 7]! + w2 * s7
      }
    }
  }
}

export function gradient(name: LearnerName, parameters: Float64Array, features: Float64Array, active: Float64Array, slope: Float64Array, out: Float64Array): void {
  const hidden = hiddenUnits(name)
  const count = slope.length
  const m = features.length / count
  const width = hidden === 0 ? 1 : hidden
  const delta = new Float64Array(count)
  if (hidden > 0) { let s = 0; for (let b = 0; b < count; b++) s += slope[b]!; out[out.length - 1] = s }
  for (let h = 0; h < width; h++) {
    let gw2 = 0, gb = 0
    const w2 = hidden > 0 ? parameters[width * (m + 1) + h]! : 1
    for (let b = 0; b < count; b++) {
      const a = hidden > 0 ? active[h * count + b]! : 1
      const g = slope[b]!
      gw2 += g * a
      const d = hidden === 0 ? g : knobs.act === 'relu' ? (a > 0 ? g * w2 : 0) : g * w2 * (1 - a * a)
      delta[b] = d
      gb += d
    }
    out[width * m + h] = gb
    if (hidden > 0) out[width * (m + 1) + h] = gw2
    const row = h * m
    for (let i = 0; i < m; i++) {
      let s = 0
      const at = i * count
      for (let b = 0; b < count; b += 4) s += delta[b]! * features[at + b]! + delta[b + 1]! * features[at + b + 1]! + delta[b + 2]! * features[at + b + 2]! + delta[b + 3]! * features[at + b + 3]!
      out[row + i] = s
    }
  }
}

export function update(w: Weights, g: Float64Array, spec: { rate: number, rateSteps: number }): void {
  const { parameters, firstMoment, secondMoment, average } = w
  const t = w.step
  w.beta1Power *= BETA_1
  w.beta2Power *= BETA_2
  const rate = spec.rate / Math.sqrt(1 + t / spec.rateSteps) / (1 - w.beta1Power)
  const unbias = 1 / Math.sqrt(1 - w.beta2Power)
  const share = 4 / (t + 4)
  for (let p = 0; p < g.length; p++) {
    const gp = g[p]!
    const m = BETA_1 * firstMoment[p]! + (1 - BETA_1) * gp
    const v = BETA_2 * secondMoment[p]! + (1 - BETA_2) * gp * gp
    firstMoment[p] = m
    secondMoment[p] = v
    const value = parameters[p]! - rate * m / (Math.sqrt(v) * unbias + EPSILON)
    parameters[p] = value
    average[p] = average[p]! + share * (value - average[p]!)
  }
  w.step = t + 1
}
