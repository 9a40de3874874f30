/**
 * A structure in an attention pattern: which of four constraints on a 20 x 20 map of token pairs learns best from n
 * examples? Bilinear regression in closed form, attention-style; there is no softmax and no Transformer here.
 * Longer than most files here: drawing, sums, ridge and choice of the penalty work on the same arrays.
 */

import type { MapConstraint } from '../data/recorded.ts'
import { minIndex } from 'd3-array'
import { Random } from './random.ts'

export type { MapConstraint }

export interface MapSettings {
  /** Tokens a sequence, each N(0, 1). */
  readonly tokens: number
  /** γ: standard deviation of the long-range band's part of y; the local band's part and the noise have 1. */
  readonly longRange: number
  /** Lag of the long-range band; the local band has lag 1. */
  readonly longLag: number
  /** Test sequences. */
  readonly testPoints: number
}

export interface MapFit {
  readonly constraint: MapConstraint
  /** Mean squared error against the noise-free truth on the test set; the truth's variance is 1 + γ². */
  readonly error: number
  /** Learned map A, symmetric, `tokens` x `tokens` row by row. */
  readonly map: Float64Array
}

export interface MapFits {
  readonly examples: number
  readonly fits: readonly MapFit[]
}

export const MAP_CONSTRAINTS: readonly MapConstraint[] = ['local-shared', 'local', 'shared', 'free']

export const MAP_SETTINGS: MapSettings = { tokens: 20, longRange: 0.4, longLag: 7, testPoints: 2000 }

/** Half octaves from 128 to 8,192 examples. */
export const MAP_EXAMPLES: readonly number[] = [128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793, 8192]

/** Ridge penalties to choose from: half decades from 0.1 to 1,000, for features of variance 1. */
export const MAP_PENALTIES: readonly number[] = [0.1, 0.316, 1, 3.16, 10, 31.6, 100, 316, 1000]

/** Largest lag that the local constraints keep. */
const LOCAL_LAGS = 2

/** The true map, symmetric, `tokens` x `tokens` row by row: a band at lag 1 and a weaker one at the long lag. */
export function trueMap({ tokens, longRange, longLag }: MapSettings): Float64Array {
  const map = new Float64Array(tokens * tokens)
  const band = (lag: number, deviation: number): void => {
    for (let i = 0; i + lag < tokens; i++) {
      // A pair's weight is split over its two mirrored entries; tokens − lag pairs share the band's variance.
      const half = deviation / Math.sqrt(tokens - lag) / 2
      map[i * tokens + i + lag] = half
      map[(i + lag) * tokens + i] = half
    }
  }
  band(1, 1)
  band(longLag, longRange)
  return map
}

/** Free numbers of a constraint. */
export function mapParameters(constraint: MapConstraint, tokens: number): number {
  const lags = constraint === 'local' || constraint === 'local-shared' ? LOCAL_LAGS + 1 : tokens
  if (constraint === 'shared' || constraint === 'local-shared') return lags
  return lags * tokens - lags * (lags - 1) / 2
}

/** The examples of one seed and what has been summed over them so far: plain data, cloneable. */
export interface MapLearning {
  readonly settings: MapSettings
  readonly train: Sequences
  readonly test: Sequences
  /** Over the part of the first `count` examples that fits, after `learnFrom(learning, count)`. */
  readonly sums: Sums
}

/**
 * Fits the constraints to the first n examples of a seed, for each n in `examples` (ascending). Four fifths fit, the
 * last fifth chooses the penalty, and the fit is kept as it is, without a second fit on all examples.
 */
export function fitMaps(
  seed: number,
  examples: readonly number[] = MAP_EXAMPLES,
  settings: MapSettings = MAP_SETTINGS,
  constraints: readonly MapConstraint[] = MAP_CONSTRAINTS,
): MapFits[] {
  let learning = beginMaps(seed, examples, settings)
  return examples.map((count) => {
    learning = learnFrom(learning, count)
    return { examples: count, fits: constraints.map(constraint => fitMap(learning, count, constraint)) }
  })
}

/** Draws the examples of a seed, before anything is learned from them. */
export function beginMaps(seed: number, examples: readonly number[] = MAP_EXAMPLES, settings: MapSettings = MAP_SETTINGS): MapLearning {
  const random = Random.fromSeed(seed).fork('attention-map')
  const train = drawSequences(settings, random.fork('train'), examples[examples.length - 1]!, true)
  const test = drawSequences(settings, random.fork('test'), settings.testPoints, false)
  // One table of sums of squares serves all constraints: a constrained feature is a sum of pair features.
  return { settings, train, test, sums: { count: 0, squares: new Float64Array(train.pairs * train.pairs), products: new Float64Array(train.pairs) } }
}

/** The same learning with its sums extended to the first `count` examples; the given one is left as it was. */
export function learnFrom(learning: MapLearning, count: number): MapLearning {
  const sums = { ...learning.sums, squares: learning.sums.squares.slice(), products: learning.sums.products.slice() }
  addExamples(sums, learning.train, fittedPart(count))
  return { ...learning, sums }
}

/** The fit of one constraint to the first `count` examples, after `learnFrom(learning, count)`. */
export function fitMap({ settings, train, test, sums }: MapLearning, count: number, constraint: MapConstraint): MapFit {
  const design = designOf(constraint, settings.tokens)
  const pairWeights = chooseFit(design, sums, train, count)
  return {
    constraint,
    error: meanSquaredError(pairWeights, test, 0, settings.testPoints),
    map: asMap(pairWeights, settings.tokens),
  }
}

/** Sequences turned into features: every product of a pair of tokens (i ≤ j), example by example. */
interface Sequences {
  /** Pairs of tokens, tokens (tokens + 1) / 2. */
  readonly pairs: number
  readonly features: Float64Array
  readonly targets: Float64Array
}

/** Sums over the first `count` examples: features times features (upper triangle) and features times target. */
interface Sums {
  count: number
  readonly squares: Float64Array
  readonly products: Float64Array
}

/** A constraint as a map from pairs to parameters. */
interface Design {
  readonly parameters: number
  /** Parameter of each pair, −1 where the constraint holds the pair at zero. */
  readonly parameterOf: Int32Array
  /** Factor of each pair's product that gives the parameter's feature variance 1. */
  readonly scale: Float64Array
}

/** Examples that fit; the rest of `count` choose the penalty. A multiple of 4, which `addExamples` needs. */
function fittedPart(count: number): number {
  return 4 * Math.floor(count / 5)
}

function drawSequences(settings: MapSettings, random: Random, count: number, noisy: boolean): Sequences {
  const { tokens, longRange, longLag } = settings
  const pairs = tokens * (tokens + 1) / 2
  const features = new Float64Array(count * pairs)
  const targets = new Float64Array(count)
  const local = 1 / Math.sqrt(tokens - 1)
  const distant = longRange / Math.sqrt(tokens - longLag)
  for (let k = 0; k < count; k++) {
    const x = random.normals(tokens)
    let at = k * pairs
    let y = 0
    for (let i = 0; i < tokens; i++) {
      for (let j = i; j < tokens; j++) features[at++] = x[i]! * x[j]!
      if (i + 1 < tokens) y += local * x[i]! * x[i + 1]!
      if (i + longLag < tokens) y += distant * x[i]! * x[i + longLag]!
    }
    targets[k] = noisy ? y + random.normal() : y
  }
  return { pairs, features, targets }
}

function designOf(constraint: MapConstraint, tokens: number): Design {
  const pairs = tokens * (tokens + 1) / 2
  const local = constraint === 'local' || constraint === 'local-shared'
  const shared = constraint === 'shared' || constraint === 'local-shared'
  const parameterOf = new Int32Array(pairs).fill(-1)
  const scale = new Float64Array(pairs)
  let pair = 0
  let next = 0
  for (let i = 0; i < tokens; i++) {
    for (let j = i; j < tokens; j++, pair++) {
      const lag = j - i
      if (local && lag > LOCAL_LAGS) continue
      parameterOf[pair] = shared ? lag : next++
      // The product of two independent normals has variance 1, the square of one has 2.
      scale[pair] = 1 / Math.sqrt((lag === 0 ? 2 : 1) * (shared ? tokens - lag : 1))
    }
  }
  return { parameters: mapParameters(constraint, tokens), parameterOf, scale }
}

/** Extends the sums to the first `count` examples. */
function addExamples(sums: Sums, { pairs, features, targets }: Sequences, count: number): void {
  const { squares, products } = sums
  // Four examples at a time: the table is far larger than the fastest cache, so each visit should do more work.
  for (let k = sums.count; k < count; k += 4) {
    const a = k * pairs
    const b = a + pairs
    const c = b + pairs
    const d = c + pairs
    for (let p = 0; p < pairs; p++) {
      const fa = features[a + p]!
      const fb = features[b + p]!
      const fc = features[c + p]!
      const fd = features[d + p]!
      products[p] = products[p]! + fa * targets[k]! + fb * targets[k + 1]! + fc * targets[k + 2]! + fd * targets[k + 3]!
      const row = p * pairs
      for (let q = p; q < pairs; q++) {
        squares[row + q] = squares[row + q]! + fa * features[a + q]! + fb * features[b + q]! + fc * features[c + q]! + fd * features[d + q]!
      }
    }
  }
  sums.count = count
}

/** The weights of all pairs, with the ridge penalty that is best on the held-back fifth of the examples. */
function chooseFit(design: Design, sums: Sums, train: Sequences, count: number): Float64Array {
  const { parameters, parameterOf, scale } = design
  const { pairs } = train
  const squares = new Float64Array(parameters * parameters)
  const products = new Float64Array(parameters)
  for (let p = 0; p < pairs; p++) {
    const i = parameterOf[p]!
    if (i < 0) continue
    products[i] = products[i]! + scale[p]! * sums.products[p]!
    for (let q = p; q < pairs; q++) {
      const j = parameterOf[q]!
      if (j < 0) continue
      const value = scale[p]! * scale[q]! * sums.squares[p * pairs + q]!
      squares[i * parameters + j] = squares[i * parameters + j]! + value
      if (q !== p) squares[j * parameters + i] = squares[j * parameters + i]! + value
    }
  }
  const fits = MAP_PENALTIES.map(penalty => spread(design, solveRidge(squares, products, penalty)))
  return fits[minIndex(fits, fit => meanSquaredError(fit, train, sums.count, count))]!
}

/** Solves (S + penalty I) w = b for a symmetric positive semi-definite S, by Cholesky's factorisation. */
export function solveRidge(squares: Float64Array, products: Float64Array, penalty: number): Float64Array {
  const n = products.length
  const factor = new Float64Array(n * n)
  const w = products.slice()
  for (let i = 0; i < n; i++) {
    const rowI = i * n
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n
      let sum = squares[rowI + j]!
      for (let k = 0; k < j; k++) sum -= factor[rowI + k]! * factor[rowJ + k]!
      factor[rowI + j] = i === j ? Math.sqrt(sum + penalty) : sum / factor[rowJ + j]!
    }
    let value = w[i]!
    for (let k = 0; k < i; k++) value -= factor[rowI + k]! * w[k]!
    w[i] = value / factor[rowI + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = w[i]!
    for (let k = i + 1; k < n; k++) value -= factor[k * n + i]! * w[k]!
    w[i] = value / factor[i * n + i]!
  }
  return w
}

/** The weight of each pair's product that a constraint's parameters amount to. */
function spread({ parameterOf, scale }: Design, weights: Float64Array): Float64Array {
  return scale.map((factor, p) => parameterOf[p]! < 0 ? 0 : factor * weights[parameterOf[p]!]!)
}

function meanSquaredError(pairWeights: Float64Array, { pairs, features, targets }: Sequences, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) {
    let miss = -targets[k]!
    const at = k * pairs
    for (let p = 0; p < pairs; p++) miss += pairWeights[p]! * features[at + p]!
    sum += miss * miss
  }
  return sum / (to - from)
}

function asMap(pairWeights: Float64Array, tokens: number): Float64Array {
  const map = new Float64Array(tokens * tokens)
  let pair = 0
  for (let i = 0; i < tokens; i++) {
    for (let j = i; j < tokens; j++, pair++) {
      const value = pairWeights[pair]! / (i === j ? 1 : 2)
      map[i * tokens + j] = value
      map[j * tokens + i] = value
    }
  }
  return map
}
