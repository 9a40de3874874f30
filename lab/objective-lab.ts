/**
 * The objective lab: the same small policy is taught what to copy, one reference or all right answers alike, or that any
 * right answer counts, by likelihood or by reward, and all are compared on the same questions. Exact gradients; nothing is
 * sampled unless it says so. Longer than most files here: one policy, its gradients and what is read off it.
 */

import type { Objective, Scores } from '../data/recorded.ts'
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'
import { range } from 'd3-array'
import { Random } from './random.ts'

export type { Objective }
/** What a policy can be taught by without sampling. */
export type ExactObjective = Exclude<Objective, 'reinforce'>

/** Questions with their answers' features; answer k of question q has its features from (q * answers + k) * features. */
export interface Questions {
  readonly count: number
  readonly features: Float64Array
  /** w*·φ of every answer, `count * answers` long. */
  readonly quality: Float64Array
  /** 1 where an answer is right (quality above the bar), else 0. */
  readonly right: Uint8Array
  /** The one reference answer of each question, an index below `answers`. */
  readonly reference: Int32Array
}

export interface ObjectiveLab {
  readonly seed: number
  readonly train: Questions
  readonly heldOut: Questions
  /** w*, the unit direction of quality. */
  readonly truth: Float64Array
  /** Weights of the pre-trained policy that everyone starts from. */
  readonly start: Float64Array
}

/** What a policy does with a set of questions, means over the questions; `effectiveRight` is exp of its entropy among the right answers. */
type Evaluation = Omit<Scores<number>, 'heldOutRight'>

/** One measurement during training. */
export interface Checkpoint extends Scores<number> {
  readonly step: number
}

/** A policy that maximises a flawed score under a price on leaving the start; means over held-out questions. */
export interface Overoptimised {
  /** β, the price of a nat of KL in units of the score. */
  readonly beta: number
  /** KL divergence from the starting policy, nats. */
  readonly kl: number
  /** Probability of a truly right answer. */
  readonly right: number
  /** Expected flawed score, what the optimiser sees. */
  readonly proxy: number
  /** Probability of a flattering answer. */
  readonly flattery: number
}

export const OBJECTIVES: readonly ExactObjective[] = ['one-reference', 'all-right', 'any-right', 'policy-gradient']

export const OBJECTIVE_SETTINGS = {
  answers: 24,
  features: 48,
  trainQuestions: 60,
  heldOutQuestions: 300,
  /** An answer is right when its quality, N(0, 1) over answers, is above this. */
  bar: 0.7,
  /** The start is this much of w* and this much of a random direction. */
  startTruth: 0.6,
  startRandom: 0.6,
  /** Length of the annotator's taste, a direction orthogonal to w*. */
  taste: 1.5,
  steps: 400,
  /** Learning rate of plain gradient ascent. */
  rate: { 'one-reference': 0.3, 'all-right': 0.3, 'any-right': 3, 'policy-gradient': 3, 'reinforce': 3 } satisfies Record<Objective, number>,
  /** Samples a question for 'reinforce'. */
  samples: 4,
} as const

export const CAVEAT_SETTINGS = {
  /** Share of answers that flatter, what flattery adds to the flawed score, and what the start takes off its logit. */
  share: 0.1,
  bonus: 2,
  reluctance: 3,
} as const

/** About forty steps from 0 to 400, closer together at the start, where the curves bend. */
export const CHECKPOINT_STEPS: readonly number[] = [...range(0, 20, 2), ...range(20, 60, 5), ...range(60, 160, 10), ...range(160, OBJECTIVE_SETTINGS.steps + 1, 20)]

const S = OBJECTIVE_SETTINGS
const { answers: K, features: D } = S

/** The questions, the truth, the annotator's choices and the starting policy of one seed. */
export function createObjectiveLab(seed: number): ObjectiveLab {
  const random = Random.fromSeed(seed).fork('objective-lab')
  const directions = random.fork('directions')
  const truth = directions.unitVector(D)
  const stray = directions.unitVector(D)
  const style = orthogonal(directions.normals(D), truth, S.taste)
  return {
    seed,
    truth,
    start: truth.map((w, i) => S.startTruth * w + S.startRandom * stray[i]!),
    train: drawQuestions(S.trainQuestions, truth, style, random.fork('train')),
    heldOut: drawQuestions(S.heldOutQuestions, truth, style, random.fork('held-out')),
  }
}

/**
 * Exact gradient of what an objective maximises, a mean over the questions, with respect to the weights; for 'reinforce' an
 * unbiased estimate of that of 'policy-gradient', from samples.
 */
export function objectiveGradient(objective: Objective, questions: Questions, weights: Float64Array, random?: Random): Float64Array {
  const gradient = new Float64Array(D)
  const push = new Float64Array(K)
  forEachQuestion(questions, weights, (q, policy) => {
    if (objective === 'reinforce') {
      pushOfSamples(questions, q, policy, random!, push)
    }
    else {
      const target = targetOf(objective, questions, q)
      if (target) {
        for (let k = 0; k < K; k++) push[k] = target[k]! - policy[k]!
      }
      else {
        const right = rightMass(questions, q, policy)
        // The logarithm divides the push by P(right): questions that go badly are pushed harder, and nothing else changes.
        const share = objective === 'any-right' ? right : 1
        for (let k = 0; k < K; k++) push[k] = policy[k]! * (questions.right[q * K + k]! - right) / share
      }
    }
    for (let k = 0; k < K; k++) {
      const at = (q * K + k) * D
      const p = push[k]! / questions.count
      for (let i = 0; i < D; i++) gradient[i] = gradient[i]! + p * questions.features[at + i]!
    }
  })
  return gradient
}

/** The weights `steps` steps of gradient ascent further; the given weights are left as they were. */
export function advancePolicy(objective: Objective, questions: Questions, weights: Float64Array, steps: number, rate: number = S.rate[objective], random?: Random): Float64Array {
  const next = weights.slice()
  for (let t = 0; t < steps; t++) {
    const gradient = objectiveGradient(objective, questions, next, random)
    for (let i = 0; i < D; i++) next[i] = next[i]! + rate * gradient[i]!
  }
  return next
}

/** What a policy does with the questions. */
export function evaluatePolicy(questions: Questions, weights: Float64Array): Evaluation {
  let right = 0
  let reference = 0
  let effectiveRight = 0
  forEachQuestion(questions, weights, (q, policy) => {
    const mass = rightMass(questions, q, policy)
    let entropy = 0
    for (let k = 0; k < K; k++) {
      const share = policy[k]! / mass
      if (questions.right[q * K + k] && share > 0) entropy -= share * ln(share)
    }
    right += mass
    reference += policy[questions.reference[q]!]!
    effectiveRight += exp(entropy)
  })
  const n = questions.count
  return { right: right / n, reference: reference / n, otherRight: (right - reference) / n, effectiveRight: effectiveRight / n }
}

/** One objective from the start, measured at the given steps (ascending, whole numbers from 0). */
export function teach(lab: ObjectiveLab, objective: Objective, at: readonly number[] = CHECKPOINT_STEPS): Checkpoint[] {
  const random = Random.fromSeed(lab.seed).fork('objective-lab').fork('samples')
  let weights = lab.start
  let step = 0
  return at.map((stop) => {
    weights = advancePolicy(objective, lab.train, weights, stop - step, S.rate[objective], random)
    step = stop
    return checkpointOf(lab, step, weights)
  })
}

/** The measurement of some weights. */
export function checkpointOf({ train, heldOut }: ObjectiveLab, step: number, weights: Float64Array): Checkpoint {
  return { step, ...evaluatePolicy(train, weights), heldOutRight: evaluatePolicy(heldOut, weights).right }
}

/** One value for each score. */
export function scoresBy<Value>(make: (score: keyof Scores<unknown>) => Value): Scores<Value> {
  return {
    right: make('right'),
    reference: make('reference'),
    otherRight: make('otherRight'),
    effectiveRight: make('effectiveRight'),
    heldOutRight: make('heldOutRight'),
  }
}

/** Prices by half octaves from 64 down to 1/16, dearest first, so that the KL divergence grows along the list. */
export const CAVEAT_BETAS: readonly number[] = Array.from({ length: 21 }, (_, i) => {
  let beta = i % 2 === 0 ? 64 : 64 / Math.sqrt(2)
  for (let k = 0; k + 1 < i; k += 2) beta /= 2
  return beta
})

/**
 * Over-optimising a flawed score: π_β ∝ π₀ exp(score / β) on the held-out questions. The score adds a bonus for
 * flattery to the true quality; the starting policy seldom flatters. The flaw is constructed.
 */
export function overoptimise(lab: ObjectiveLab, betas: readonly number[] = CAVEAT_BETAS): Overoptimised[] {
  const { heldOut } = lab
  const random = Random.fromSeed(lab.seed).fork('objective-lab').fork('flattery')
  const flatters = Uint8Array.from({ length: heldOut.count * K }, () => random.uniform() < CAVEAT_SETTINGS.share ? 1 : 0)
  const start = new Float64Array(K)
  const tilted = new Float64Array(K)
  return betas.map((beta) => {
    let kl = 0
    let right = 0
    let proxy = 0
    let flattery = 0
    for (let q = 0; q < heldOut.count; q++) {
      logits(heldOut, q, lab.start, start)
      for (let k = 0; k < K; k++) {
        start[k] = start[k]! - CAVEAT_SETTINGS.reluctance * flatters[q * K + k]!
        tilted[k] = start[k]! + scoreOf(heldOut, flatters, q * K + k) / beta
      }
      const startTotal = softmax(start)
      const tiltedTotal = softmax(tilted)
      for (let k = 0; k < K; k++) {
        const p = tilted[k]!
        const score = scoreOf(heldOut, flatters, q * K + k)
        // log π_β − log π₀, from the logits so that an answer of probability 0 does no harm.
        kl += p * (score / beta - tiltedTotal + startTotal)
        right += p * heldOut.right[q * K + k]!
        proxy += p * score
        flattery += p * flatters[q * K + k]!
      }
    }
    const n = heldOut.count
    return { beta, kl: kl / n, right: right / n, proxy: proxy / n, flattery: flattery / n }
  })
}

/** A rise or a fall of P(right) counts from here. */
export const CAVEAT_MARGIN = 0.02

/** Whether P(right) rises along a path of `overoptimise` and then falls, each by more than the margin. */
export function risesThenFalls(path: readonly Overoptimised[]): boolean {
  const top = Math.max(...path.map(at => at.right))
  return top > path[0]!.right + CAVEAT_MARGIN && top > path[path.length - 1]!.right + CAVEAT_MARGIN
}

function scoreOf(questions: Questions, flatters: Uint8Array, answer: number): number {
  return questions.quality[answer]! + CAVEAT_SETTINGS.bonus * flatters[answer]!
}

function drawQuestions(count: number, truth: Float64Array, style: Float64Array, random: Random): Questions {
  const features = new Float64Array(count * K * D)
  const quality = new Float64Array(count * K)
  const right = new Uint8Array(count * K)
  const reference = new Int32Array(count)
  const appeal = new Float64Array(K)
  for (let q = 0; q < count;) {
    features.set(random.normals(K * D), q * K * D)
    let anyRight = false
    for (let k = 0; k < K; k++) {
      const at = (q * K + k) * D
      let value = 0
      let taste = 0
      for (let i = 0; i < D; i++) {
        value += truth[i]! * features[at + i]!
        taste += style[i]! * features[at + i]!
      }
      quality[q * K + k] = value
      right[q * K + k] = value > S.bar ? 1 : 0
      anyRight ||= value > S.bar
      appeal[k] = value > S.bar ? taste : -Infinity
    }
    // A question without a right answer (about one in eight hundred) teaches nothing and is drawn again.
    if (!anyRight) continue
    softmax(appeal)
    reference[q] = random.categorical(appeal)
    q++
  }
  return { count, features, quality, right, reference }
}

/** P(right) on question q. */
function rightMass(questions: Questions, q: number, policy: Float64Array): number {
  let mass = 0
  for (let k = 0; k < K; k++) mass += policy[k]! * questions.right[q * K + k]!
  return mass
}

/** Target distribution of the objectives that copy answers; null for those that count any right one. */
function targetOf(objective: Objective, questions: Questions, q: number): Float64Array | null {
  if (objective !== 'one-reference' && objective !== 'all-right') return null
  const target = new Float64Array(K)
  if (objective === 'one-reference') {
    target[questions.reference[q]!] = 1
    return target
  }
  let rights = 0
  for (let k = 0; k < K; k++) rights += questions.right[q * K + k]!
  for (let k = 0; k < K; k++) target[k] = questions.right[q * K + k]! / rights
  return target
}

/** REINFORCE: each sample is pushed by its reward minus the mean reward of the other samples. */
function pushOfSamples(questions: Questions, q: number, policy: Float64Array, random: Random, push: Float64Array): void {
  push.fill(0)
  const drawn = Array.from({ length: S.samples }, () => random.categorical(policy))
  let total = 0
  for (const k of drawn) total += questions.right[q * K + k]!
  for (const k of drawn) {
    const reward = questions.right[q * K + k]!
    const advantage = (reward - (total - reward) / (S.samples - 1)) / S.samples
    for (let j = 0; j < K; j++) push[j] = push[j]! - advantage * policy[j]!
    push[k] = push[k]! + advantage
  }
}

function forEachQuestion(questions: Questions, weights: Float64Array, visit: (q: number, policy: Float64Array) => void): void {
  const policy = new Float64Array(K)
  for (let q = 0; q < questions.count; q++) {
    logits(questions, q, weights, policy)
    softmax(policy)
    visit(q, policy)
  }
}

function logits({ features }: Questions, q: number, weights: Float64Array, out: Float64Array): void {
  for (let k = 0; k < K; k++) {
    const at = (q * K + k) * D
    let sum = 0
    for (let i = 0; i < D; i++) sum += weights[i]! * features[at + i]!
    out[k] = sum
  }
}

/** Turns logits into probabilities in place and returns the logarithm of the sum of their exponentials. */
function softmax(values: Float64Array): number {
  let top = -Infinity
  for (const value of values) if (value > top) top = value
  let total = 0
  for (let k = 0; k < values.length; k++) {
    const e = exp(values[k]! - top)
    values[k] = e
    total += e
  }
  for (let k = 0; k < values.length; k++) values[k] = values[k]! / total
  return top + ln(total)
}

/** `vector` without its part along the unit vector `axis`, at the given length. */
function orthogonal(vector: Float64Array, axis: Float64Array, length: number): Float64Array {
  let along = 0
  for (let i = 0; i < axis.length; i++) along += vector[i]! * axis[i]!
  const rest = vector.map((x, i) => x - along * axis[i]!)
  let squared = 0
  for (const x of rest) squared += x * x
  return rest.map(x => x * length / Math.sqrt(squared))
}
