/**
 * The five rungs from the encoder–decoder to the decoder-only Transformer, each described once: which tokens go through
 * which weights, and what their attention reads. Masks, parameters, programs and counts all follow from here.
 * Source of the order: Chung, CS25 V4; the rungs stand after 0, 1, 2, 3 and 4 of his removals.
 */
import type { RungName } from '../../data/recorded.ts'
import type { RemovalStep } from '../architecture-costs.ts'

export type { RungName }

/** Where keys and values come from: the same layer of the same pass, or the output of the input's last layer. */
export type Reads = 'same layer' | 'last input layer'

export interface Attention {
  /** Which projections of the layer it uses; the same name is the same weights. */
  readonly weights: 'attention' | 'crossAttention'
  /** What it reads, in the order in which the keys stand. */
  readonly reads: readonly Reads[]
}

/** One run of some tokens through a stack of layers. */
export interface Pass {
  readonly tokens: 'input' | 'target' | 'input and target'
  /** The stack's set of weights; the same name is the same weights. */
  readonly weights: 'encoder' | 'decoder' | 'shared'
  /** The attentions of a layer, one after the other. */
  readonly attentions: readonly Attention[]
}

export interface Rung {
  readonly name: RungName
  readonly title: string
  /** How many of the four structures are removed: the step of the drawing and of the counts in lab/architecture-costs.ts. */
  readonly removed: RemovalStep
  /** In order; the last one gives the answers. */
  readonly passes: readonly Pass[]
  /** Whether input tokens look at input tokens that come after them. */
  readonly inputLooksAhead: boolean
}

const own: Attention = { weights: 'attention', reads: ['same layer'] }
const cross: Attention = { weights: 'crossAttention', reads: ['last input layer'] }
const both: Attention = { weights: 'attention', reads: ['last input layer', 'same layer'] }

export const rungs: Readonly<Record<RungName, Rung>> = {
  A: {
    name: 'A',
    title: 'encoder–decoder',
    removed: 0,
    passes: [
      { tokens: 'input', weights: 'encoder', attentions: [own] },
      { tokens: 'target', weights: 'decoder', attentions: [own, cross] },
    ],
    inputLooksAhead: true,
  },
  B: {
    name: 'B',
    title: 'one attention for both roles',
    removed: 1,
    passes: [
      { tokens: 'input', weights: 'encoder', attentions: [own] },
      { tokens: 'target', weights: 'decoder', attentions: [both] },
    ],
    inputLooksAhead: true,
  },
  C: {
    name: 'C',
    title: 'one set of weights',
    removed: 2,
    passes: [
      { tokens: 'input', weights: 'shared', attentions: [own] },
      { tokens: 'target', weights: 'shared', attentions: [both] },
    ],
    inputLooksAhead: true,
  },
  D: {
    name: 'D',
    title: 'layer by layer',
    removed: 3,
    passes: [{ tokens: 'input and target', weights: 'shared', attentions: [own] }],
    inputLooksAhead: true,
  },
  E: {
    name: 'E',
    title: 'causal',
    removed: 4,
    passes: [{ tokens: 'input and target', weights: 'shared', attentions: [own] }],
    inputLooksAhead: false,
  },
}

export const RUNG_NAMES: readonly RungName[] = ['A', 'B', 'C', 'D', 'E']

/** An input and the target that is read after it, as numbers of tokens. */
export interface Window {
  readonly inputs: number
  readonly targets: number
}

/** Tokens of a pass: how many, and the index of the first in the window. */
export function tokensOf(pass: Pass, { inputs, targets }: Window): { first: number, count: number } {
  switch (pass.tokens) {
    case 'input': return { first: 0, count: inputs }
    case 'target': return { first: inputs, count: targets }
    case 'input and target': return { first: 0, count: inputs + targets }
  }
}

/** Keys of an attention: how many it has of each of what it reads, and the token of the window that each key belongs to. */
export function keysOf(pass: Pass, attention: Attention, window: Window): number[] {
  const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i)
  const { first, count } = tokensOf(pass, window)
  return attention.reads.flatMap(reads => reads === 'same layer' ? range(first, count) : range(0, window.inputs))
}

/**
 * How many of the keys each query of a pass sees. Keys stand in the order of their tokens, and what a token sees always
 * reaches back to the first: the whole input where input looks ahead or the target reads it, and what came before.
 */
export function seenOf(rung: Rung, pass: Pass, attention: Attention, window: Window): number[] {
  const { first, count } = tokensOf(pass, window)
  const keys = keysOf(pass, attention, window)
  return Array.from({ length: count }, (_, i) => {
    const token = first + i
    const last = rung.inputLooksAhead && token < window.inputs ? window.inputs - 1 : token
    return keys.filter(key => key <= last).length
  })
}

/**
 * Whether what was encoded stays as it is when more is said: each token sees only what came before it, in one pass. Then a
 * dialogue is one pass; else every turn encodes the whole history anew.
 */
export function keepsHistory(rung: Rung): boolean {
  return !rung.inputLooksAhead && rung.passes.length === 1
}
