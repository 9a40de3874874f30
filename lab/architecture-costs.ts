/**
 * Exact costs of architectures: parameters, forward FLOPs a token, memory while decoding, tokens encoded in a chat;
 * and the removal of the encoder–decoder's structure in four steps, as weights and as an attention mask.
 * Everything is integer arithmetic below 2^53, so that counts are exact.
 */
import type { AttentionModel, StateModel } from '../data/architectures.ts'

/** A multiply and an add. */
const FLOPS_PER_WEIGHT = 2

/** The dimensions that count. In the generic form attention is as wide as the model, and feed-forward 4 times as wide. */
export type AttentionShape = Omit<AttentionModel, 'name' | 'stacks'>

/** How many removals were made, in Chung's order: 0 is the encoder–decoder, 4 the decoder-only model. */
export type RemovalStep = 0 | 1 | 2 | 3 | 4

/**
 * Parameters and weights met a token after a number of removals; norms, biases and embeddings are not counted.
 *
 * Parameters, in the generic form: 12d² + 16d² a pair of layers; 12d² + 12d² once the decoder's cross-attention uses the
 * projections of its self-attention; 12d² once both stacks are one. Which layer is read and the mask have no parameters.
 * Other shapes are counted in the same parts: 2da of queries and output, 2d·h_kv·d_h of keys and values, 2df or 3df of
 * feed-forward.
 *
 * Weights met: cross-attention applies its keys and values to the input (2d²) and its queries and output to the target
 * (2d²), so each token meets 12d² + 2d² a layer. From step 1 on one attention serves both roles: a target token asks once,
 * over input and target, and meets 12d². The input still passes the keys and values of every layer a second time (2d²),
 * because the target reads the last layer's output there; only when layer l reads layer l, at step 3, are they at hand.
 */
export function removalCosts(step: RemovalStep, { layers, dModel, heads, kvHeads, headWidth, dFf, gated }: AttentionShape) {
  const queriesAndOutput = 2 * dModel * heads * headWidth
  const keysAndValues = 2 * dModel * kvHeads * headWidth
  const attention = queriesAndOutput + keysAndValues
  const layer = attention + (gated ? 3 : 2) * dModel * dFf
  /** Which of the four built-in structures are still there. */
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
    parameters: layers * kept,
    /** As multiples of Ld²: a whole number in the generic form. */
    parametersInSquares: kept / dModel / dModel,
    /** Parameters, divided by those of the decoder-only model. */
    ratio: kept / layer,
    /** Forward FLOPs of one input and of one target token; the scores of the attention, 4·L·ctx·d, come on top. */
    weightFlops: { input: FLOPS_PER_WEIGHT * met.input * layers, target: FLOPS_PER_WEIGHT * met.target * layers },
    structure,
  }
}

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

/** The attention mask after a number of removals, row by row: (inputs + targets)² cells. */
export function attentionMask(step: RemovalStep, inputs: number, targets: number): MaskCell[] {
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

/** Elements of keys and values kept for each token: 2 · L_kv · h_kv · d_h. In a T5 each input token keeps as much again. */
export function kvElements(kvLayers: number, kvHeads: number, headWidth: number): number {
  return 2 * kvLayers * kvHeads * headWidth
}

/**
 * Elements of the state that a model keeps at any context: in Mamba L·i·(N + c), with the inner width i = 2d, a state of
 * N = 16 and the short convolution's window of c = 4 a channel; in RWKV-4 five vectors a layer, 5·L·d.
 */
export function stateElements({ family, layers, dModel }: StateModel): number {
  return family === 'mamba' ? layers * 2 * dModel * (16 + 4) : 5 * layers * dModel
}

/**
 * Tokens encoded over T turns of n tokens each: when the input is attended in both directions, n(1 + 2 + … + T); when
 * attention is causal and what was encoded is kept, n·T; and the one divided by the other.
 */
export function chatCosts(turns: number, tokensPerTurn: number): { reencoded: number, cached: number, ratio: number } {
  return { reencoded: tokensPerTurn * turns * (turns + 1) / 2, cached: tokensPerTurn * turns, ratio: (turns + 1) / 2 }
}
