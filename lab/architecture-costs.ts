/**
 * Exact costs of architectures: parameters, forward FLOPs a token, memory while decoding, tokens encoded in a chat;
 * and the removal of the encoder–decoder's structure in four steps, as weights and as an attention mask.
 * Everything is integer arithmetic below 2^53, so that counts are exact. Longer than most files here: formulas that are
 * read beside each other and share their checks.
 */
import type { GptShape, LlamaShape, MambaShape, ModelShape, Rwkv4Shape, T5Shape } from '../data/architectures.ts'

/** Relative-position buckets of T5, kept once in the encoder and once in the decoder for every head. */
const T5_BUCKETS = 32
/** A multiply and an add. */
const FLOPS_PER_WEIGHT = 2

// ---- Parameters ------------------------------------------------------------------------------------------------------

/** Number of parameters of any published shape. */
export function parameters(shape: ModelShape): number {
  switch (shape.family) {
    case 't5': return t5Parameters(shape)
    case 'gpt': return gptParameters(shape)
    case 'llama': return llamaParameters(shape)
    case 'mamba': return mambaParameters(shape)
    case 'rwkv4': return rwkv4Parameters(shape)
  }
}

/**
 * V·d + L(4da + 2df + 2d) + L(8da + 2df + 3d) + 2d + 2·32·h, with a = h × head width: embedding, encoder, decoder (with its
 * own cross-attention), two last norms, two tables of relative positions. Raffel et al. 2020.
 */
export function t5Parameters({ vocabulary, dModel: d, dFf: f, headWidth, heads, layers }: Omit<T5Shape, 'family'>): number {
  checkCounts({ vocabulary, dModel: d, dFf: f, headWidth, heads, layers })
  const a = heads * headWidth
  const encoderLayer = 4 * d * a + 2 * d * f + 2 * d
  const decoderLayer = 8 * d * a + 2 * d * f + 3 * d
  return exact(vocabulary * d + layers * (encoderLayer + decoderLayer) + 2 * d + 2 * T5_BUCKETS * heads)
}

/** V·d + ctx·d + L(12d² + 13d) + 2d: tied embedding, learned positions, biases. Radford et al. 2019, Brown et al. 2020. */
export function gptParameters({ vocabulary, dModel: d, layers, context }: Omit<GptShape, 'family' | 'heads'>): number {
  checkCounts({ vocabulary, dModel: d, layers, context })
  return exact(vocabulary * d + context * d + layers * (12 * d * d + 13 * d) + 2 * d)
}

/** 2V·d + L(2d² + 2d·h_kv·d_h + 3df + 2d) + d: untied embeddings, shared key and value heads, gated feed-forward. Touvron et al. 2023. */
export function llamaParameters({ vocabulary, dModel: d, dFf: f, heads, kvHeads, layers }: Omit<LlamaShape, 'family'>): number {
  checkCounts({ vocabulary, dModel: d, dFf: f, heads, kvHeads, layers })
  checkDivides('heads', heads, 'dModel', d)
  checkDivides('kvHeads', kvHeads, 'heads', heads)
  const headWidth = d / heads
  return exact(2 * vocabulary * d + layers * (2 * d * d + 2 * d * kvHeads * headWidth + 3 * d * f + 2 * d) + d)
}

/**
 * V·d + L(2di + ic + i + i(r + 2N) + ri + i + iN + i + id + d) + d with i = 2d and r = ⌈d/16⌉: input projection, short
 * convolution, selection, step size, transition, skip, output projection, norm. Gu & Dao 2023.
 */
export function mambaParameters({ vocabulary, dModel: d, layers, stateWidth: N, convolutionWidth: c }: Omit<MambaShape, 'family'>): number {
  checkCounts({ vocabulary, dModel: d, layers, stateWidth: N, convolutionWidth: c })
  const i = 2 * d
  const r = Math.ceil(d / 16)
  const layer = 2 * d * i + (i * c + i) + i * (r + 2 * N) + (r * i + i) + i * N + i + i * d + d
  return exact(vocabulary * d + layers * layer + d)
}

/** 2V·d + 13d²L + d(11L + 4): untied embeddings, time mixing, channel mixing, norms. Peng et al. 2023. */
export function rwkv4Parameters({ vocabulary, dModel: d, layers }: Omit<Rwkv4Shape, 'family'>): number {
  checkCounts({ vocabulary, dModel: d, layers })
  return exact(2 * vocabulary * d + 13 * d * d * layers + d * (11 * layers + 4))
}

// ---- The generic form: attention as wide as the model, feed-forward 4 times as wide, no norms, biases, embeddings -------

/** A stack of L layers of width d; an encoder–decoder has two of them. */
export interface StackShape {
  dModel: number
  layers: number
}

/** A stack whose layers may differ from the generic form; what is left out is as in the generic form. */
export interface BlockShape extends StackShape {
  /** Width of the queries of all heads together; d. */
  attentionWidth?: number
  /** Width of the keys, and of the values, of all heads that keep their own; as wide as the queries. */
  kvWidth?: number
  /** Inner width of the feed-forward layer; 4d. */
  dFf?: number
  /** Whether the feed-forward layer has a gate, and so three matrices and not two; no. */
  gated?: boolean
}

/** One layer's weights, in the parts that the removal tells apart. */
interface BlockWeights {
  queriesAndOutput: number
  keysAndValues: number
  feedForward: number
}

/**
 * The stack of a published model, without embeddings, norms and biases: what the removal in four steps can take apart.
 * @returns null for a model without attention
 */
export function blockShapeOf(shape: ModelShape): BlockShape | null {
  const { dModel, layers } = shape
  switch (shape.family) {
    case 't5': return { dModel, layers, attentionWidth: shape.heads * shape.headWidth, dFf: shape.dFf }
    case 'gpt': return { dModel, layers }
    case 'llama': return { dModel, layers, kvWidth: shape.kvHeads * dModel / shape.heads, dFf: shape.dFf, gated: true }
    case 'mamba':
    case 'rwkv4': return null
  }
}

/** Number of removals that lead from the encoder–decoder to the decoder-only model, in Chung's order. */
export const REMOVALS = 4
/** How many removals were made: 0 is the encoder–decoder, 4 the decoder-only model. */
export type RemovalStep = 0 | 1 | 2 | 3 | 4

export interface RemovalCosts {
  step: RemovalStep
  parameters: number
  /** Parameters as multiples of Ld²: a whole number in the generic form. */
  parametersInSquares: number
  /** Parameters, divided by those of the decoder-only model. */
  ratio: number
  /** Forward FLOPs of one input and of one target token, 2 for every weight met; the scores of the attention, 4·L·ctx·d, come on top. */
  weightFlops: { input: number, target: number }
  /** Which of the four built-in structures are still there. */
  structure: {
    separateCrossAttention: boolean
    separateParameters: boolean
    lastLayerOnly: boolean
    inputBothWays: boolean
  }
}

/**
 * Parameters and weights met a token after a number of removals.
 *
 * Parameters, in the generic form: 12d² + 16d² a pair of layers; 12d² + 12d² once the decoder's cross-attention uses the
 * projections of its self-attention; 12d² once both stacks are one. Which layer is read and the mask have no parameters.
 * Other blocks are counted in the same parts: 2da of queries and output, 2d·h_kv·d_h of keys and values, 2df or 3df of
 * feed-forward.
 *
 * Weights met: cross-attention applies its keys and values to the input (2d²) and its queries and output to the target
 * (2d²), so each token meets 12d² + 2d² a layer. From step 1 on one attention serves both roles: a target token asks once,
 * over input and target, and meets 12d². The input still passes the keys and values of every layer a second time (2d²),
 * because the target reads the last layer's output there; only when layer l reads layer l, at step 3, are they at hand.
 */
export function removalCosts(step: RemovalStep, shape: BlockShape): RemovalCosts {
  checkStep(step)
  const { queriesAndOutput, keysAndValues, feedForward } = blockWeights(shape)
  const attention = queriesAndOutput + keysAndValues
  const layer = attention + feedForward
  const structure = {
    separateCrossAttention: step < 1,
    separateParameters: step < 2,
    lastLayerOnly: step < 3,
    inputBothWays: step < 4,
  }
  const kept = (structure.separateParameters ? 2 : 1) * layer + (structure.separateCrossAttention ? attention : 0)
  const met = {
    input: layer + (structure.lastLayerOnly ? keysAndValues : 0),
    target: layer + (structure.separateCrossAttention ? queriesAndOutput : 0),
  }
  return {
    step,
    parameters: exact(shape.layers * kept),
    parametersInSquares: kept / shape.dModel / shape.dModel,
    ratio: kept / layer,
    weightFlops: { input: exact(FLOPS_PER_WEIGHT * met.input * shape.layers), target: exact(FLOPS_PER_WEIGHT * met.target * shape.layers) },
    structure,
  }
}

function blockWeights({ dModel: d, layers, attentionWidth = d, kvWidth = attentionWidth, dFf = 4 * d, gated = false }: BlockShape): BlockWeights {
  checkCounts({ dModel: d, layers, attentionWidth, kvWidth, dFf })
  return {
    queriesAndOutput: exact(2 * d * attentionWidth),
    keysAndValues: exact(2 * d * kvWidth),
    feedForward: exact((gated ? 3 : 2) * d * dFf),
  }
}

// ---- Who may look at whom ------------------------------------------------------------------------------------------------

export interface MaskCell {
  /** Position that looks, and position that is looked at: the input first, then the target. */
  row: number
  column: number
  block: 'encoder' | 'cross' | 'decoder' | 'input to target'
  allowed: boolean
  /** Which layer of the column's position a layer of the row's position reads; null where it may not look. */
  reads: 'same layer' | 'last layer' | null
  /** Whether a position looks at one that comes after it. */
  ahead: boolean
}

/**
 * The attention mask after a number of removals, row by row: (inputs + targets)² cells.
 * @throws RangeError when a number of tokens is no integer from 1 on, or the step is none
 */
export function attentionMask(step: RemovalStep, inputs: number, targets: number): MaskCell[] {
  checkStep(step)
  checkCounts({ inputs, targets })
  const size = inputs + targets
  return Array.from({ length: size * size }, (_, index) => {
    const row = Math.floor(index / size)
    const column = index % size
    const block = blockOf(row < inputs, column < inputs)
    const ahead = column > row
    const allowed = !ahead || (block === 'encoder' && step < 4)
    const reads = allowed ? (block === 'cross' && step < 3 ? 'last layer' : 'same layer') : null
    return { row, column, block, allowed, reads, ahead }
  })
}

function blockOf(rowIsInput: boolean, columnIsInput: boolean): MaskCell['block'] {
  if (rowIsInput)
    return columnIsInput ? 'encoder' : 'input to target'
  return columnIsInput ? 'cross' : 'decoder'
}

// ---- Memory while decoding -----------------------------------------------------------------------------------------------

export interface KvShape {
  /** Layers that keep keys and values of their own. */
  kvLayers: number
  /** Heads that keep them in each such layer. */
  kvHeads: number
  headWidth: number
  bytesPerElement: number
}

/** Bytes of keys and values kept for each token: 2 · L_kv · h_kv · d_h · bytes. */
export function kvBytesPerToken({ kvLayers, kvHeads, headWidth, bytesPerElement }: KvShape): number {
  checkCounts({ kvLayers, kvHeads, headWidth, bytesPerElement })
  return exact(2 * kvLayers * kvHeads * headWidth * bytesPerElement)
}

/**
 * The cache of a published model with attention, as it was trained: of the decoder's self-attention in a T5, whose input
 * tokens keep as much again.
 * @throws RangeError for a model that keeps a state of fixed size
 */
export function kvShapeOf(shape: ModelShape, bytesPerElement: number): KvShape {
  switch (shape.family) {
    case 't5': return t5Kv(shape, bytesPerElement)
    case 'gpt': return { kvLayers: shape.layers, kvHeads: shape.heads, headWidth: shape.dModel / shape.heads, bytesPerElement }
    case 'llama': return llamaKv(shape, bytesPerElement)
    case 'mamba':
    case 'rwkv4': throw new RangeError(`A model of the family “${shape.family}” keeps no keys and values.`)
  }
}

/** Bytes kept for each token when a layer keeps one vector for all its keys and values: L · rank · bytes. */
export function lowRankBytesPerToken({ layers, rank, bytesPerElement }: { layers: number, rank: number, bytesPerElement: number }): number {
  checkCounts({ layers, rank, bytesPerElement })
  return exact(layers * rank * bytesPerElement)
}

/** Bytes of the state that a model of fixed state keeps, at any context. */
export function stateBytesOf(shape: MambaShape | Rwkv4Shape, bytesPerElement: number): number {
  return shape.family === 'mamba' ? mambaStateBytes(shape, bytesPerElement) : rwkv4StateBytes(shape, bytesPerElement)
}

/** What one token costs in the cache of a Llama-2 shape, with its own or with other key and value heads and layers. */
export function llamaKv(shape: LlamaShape, bytesPerElement: number, { kvHeads = shape.kvHeads, kvLayers = shape.layers } = {}): KvShape {
  checkDivides('kvHeads', kvHeads, 'heads', shape.heads)
  checkDivides('kvLayers', kvLayers, 'layers', shape.layers)
  return { kvLayers, kvHeads, headWidth: shape.dModel / shape.heads, bytesPerElement }
}

/** What one token costs in the caches of a T5 decoder: the same for a target token (self-attention) and for an input token (cross-attention). */
export function t5Kv(shape: T5Shape, bytesPerElement: number): KvShape {
  return { kvLayers: shape.layers, kvHeads: shape.heads, headWidth: shape.headWidth, bytesPerElement }
}

/** L·i·(N + c) elements, at any context: the state and the window of the short convolution. */
export function mambaStateBytes({ dModel, layers, stateWidth, convolutionWidth }: MambaShape, bytesPerElement: number): number {
  checkCounts({ dModel, layers, stateWidth, convolutionWidth, bytesPerElement })
  return exact(layers * 2 * dModel * (stateWidth + convolutionWidth) * bytesPerElement)
}

/** 5·L·d elements, at any context: five vectors a layer. */
export function rwkv4StateBytes({ dModel, layers }: Rwkv4Shape, bytesPerElement: number): number {
  checkCounts({ dModel, layers, bytesPerElement })
  return exact(5 * layers * dModel * bytesPerElement)
}

// ---- Chat ----------------------------------------------------------------------------------------------------------------

export interface ChatCosts {
  /** Tokens encoded over all turns when the input is attended in both directions: n(1 + 2 + … + T) = n·T(T + 1)/2. */
  reencoded: number
  /** Tokens encoded over all turns when attention is causal and what was encoded is kept: n·T. */
  cached: number
  /** reencoded / cached = (T + 1)/2. */
  ratio: number
}

/** Tokens encoded over T turns of n tokens each. */
export function chatCosts(turns: number, tokensPerTurn: number): ChatCosts {
  checkCounts({ turns, tokensPerTurn })
  return {
    reencoded: exact(tokensPerTurn * turns * (turns + 1) / 2),
    cached: exact(tokensPerTurn * turns),
    ratio: (turns + 1) / 2,
  }
}

// ---- Guards --------------------------------------------------------------------------------------------------------------

function checkCounts(counts: Record<string, number>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${name} is an integer from 1 on; got ${value}.`)
  }
}

function checkDivides(part: string, divisor: number, whole: string, value: number): void {
  if (!Number.isSafeInteger(divisor) || divisor < 1 || value % divisor !== 0)
    throw new RangeError(`${part} must divide ${whole} = ${value}; got ${divisor}.`)
}

function checkStep(step: number): void {
  if (!Number.isInteger(step) || step < 0 || step > REMOVALS)
    throw new RangeError(`A removal step is an integer from 0 to ${REMOVALS}; got ${step}.`)
}

// Beyond 2^53 a count would be rounded in silence.
function exact(count: number): number {
  if (!Number.isSafeInteger(count))
    throw new RangeError(`A count of ${count} is beyond ${Number.MAX_SAFE_INTEGER}, the largest that is exact.`)
  return count
}
