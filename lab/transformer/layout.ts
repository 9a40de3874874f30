/**
 * The parameters of a rung: one flat array, each matrix under its name. RMSNorm before each part of a layer and at the
 * end of a stack, no biases, learned positions, a table of embeddings and a read-out of its own, which all stacks share.
 */
import type { Random } from '../random.ts'
import type { Address } from './ops.ts'
import type { Pass, Rung } from './rungs.ts'
import { POSITIONS, VOCABULARY } from './task.ts'

/** The sizes of a model; the feed-forward layer is 4 times as wide. */
export interface Sizes {
  readonly width: number
  readonly layers: number
  readonly heads: number
}

export interface Matrix {
  readonly at: Address
  readonly rows: number
  readonly columns: number
  /** Standard deviation before the first step; the gain of a norm begins at 1 and has none. */
  readonly deviation: number | null
}

export interface Layout {
  readonly sizes: Sizes
  readonly count: number
  readonly matrices: ReadonlyMap<string, Matrix>
}

export const FEED_FORWARD = 4
/** Deviation of embeddings and positions before the first step. */
const TABLE_DEVIATION = 0.5

/**
 * Names: embedding, positions, readOut; and of each set of weights, for example of the encoder: encoder.norm, and of its
 * layer 0 encoder.0.attention.norm, .project (width × 3 · width: queries, keys, values), .out; encoder.0.feedForward.norm,
 * .up, .down. A separate cross-attention is decoder.0.crossAttention.
 */
export function layoutOf(rung: Rung, sizes: Sizes): Layout {
  const { width, layers, heads } = sizes
  if (width % (4 * heads) !== 0)
    throw new RangeError(`The width is a multiple of 4 times the ${heads} heads; got ${width}.`)
  const matrices = new Map<string, Matrix>()
  let count = 0
  const add = (name: string, rows: number, columns: number, deviation: number | null): void => {
    matrices.set(name, { at: count, rows, columns, deviation })
    count += rows * columns
  }
  const linear = (name: string, rows: number, columns: number, share = 1): void => add(name, rows, columns, Math.sqrt(share / rows))
  const norm = (name: string): void => add(name, 1, width, null)
  /** What each layer adds to the stream is scaled down so that all together keep its size. */
  const share = 1 / (2 * layers)

  add('embedding', VOCABULARY, width, TABLE_DEVIATION)
  add('positions', POSITIONS, width, TABLE_DEVIATION)
  linear('readOut', width, VOCABULARY)
  for (const [weights, attentions] of setsOfWeights(rung)) {
    for (let layer = 0; layer < layers; layer++) {
      for (const attention of attentions) {
        const name = `${weights}.${layer}.${attention}`
        norm(`${name}.norm`)
        linear(`${name}.project`, width, 3 * width)
        linear(`${name}.out`, width, width, share)
      }
      const name = `${weights}.${layer}.feedForward`
      norm(`${name}.norm`)
      linear(`${name}.up`, width, FEED_FORWARD * width)
      linear(`${name}.down`, FEED_FORWARD * width, width, share)
    }
    norm(`${weights}.norm`)
  }
  return { sizes, count, matrices }
}

/** Parameters before the first step; each matrix draws from a stream with its name, so that rungs share what they share. */
export function initialParameters({ matrices, count }: Layout, random: Random): Float64Array {
  const parameters = new Float64Array(count)
  for (const [name, { at, rows, columns, deviation }] of matrices) {
    const end = at + rows * columns
    if (deviation === null) {
      parameters.fill(1, at, end)
      continue
    }
    const stream = random.fork(name)
    for (let i = at; i < end; i++) parameters[i] = deviation * stream.normal()
  }
  return parameters
}

/** The rung's sets of weights, and the attentions that a layer of each has. */
function setsOfWeights(rung: Rung): Map<Pass['weights'], Set<string>> {
  const sets = new Map<Pass['weights'], Set<string>>()
  for (const { weights, attentions } of rung.passes) {
    const set = sets.get(weights) ?? new Set()
    attentions.forEach(attention => set.add(attention.weights))
    sets.set(weights, set)
  }
  return sets
}
