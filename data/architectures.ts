/**
 * Published model shapes, and the scenarios the cost figures show. Shapes are dimensions; a test derives each model's
 * published parameter count from its shape, exactly.
 */

/** A Transformer: one stack, or an encoder and a decoder of as many layers each. */
export interface AttentionModel {
  name: string
  stacks: 1 | 2
  /** Layers of a stack. */
  layers: number
  /** Width of the residual stream, d. */
  dModel: number
  heads: number
  /** Heads that keep keys and values: as many as `heads` in MHA, fewer in GQA, one in MQA. */
  kvHeads: number
  /** Width of one head; heads × headWidth need not be dModel. */
  headWidth: number
  /** Inner width of the feed-forward layer, f. */
  dFf: number
  /** Whether the feed-forward layer has a gate, and so three matrices and not two. */
  gated?: boolean
}

/** Vaswani et al. 2017; Raffel et al. 2020; Radford et al. 2019 and Brown et al. 2020; Touvron et al. 2023. */
export const attentionModels: readonly AttentionModel[] = [
  { name: '2017 base', stacks: 2, layers: 6, dModel: 512, heads: 8, kvHeads: 8, headWidth: 64, dFf: 2048 },
  { name: 'T5-small', stacks: 2, layers: 6, dModel: 512, heads: 8, kvHeads: 8, headWidth: 64, dFf: 2048 },
  { name: 'T5-base', stacks: 2, layers: 12, dModel: 768, heads: 12, kvHeads: 12, headWidth: 64, dFf: 3072 },
  { name: 'T5-large', stacks: 2, layers: 24, dModel: 1024, heads: 16, kvHeads: 16, headWidth: 64, dFf: 4096 },
  { name: 'T5-3B', stacks: 2, layers: 24, dModel: 1024, heads: 32, kvHeads: 32, headWidth: 128, dFf: 16_384 },
  { name: 'T5-11B', stacks: 2, layers: 24, dModel: 1024, heads: 128, kvHeads: 128, headWidth: 128, dFf: 65_536 },
  { name: 'GPT-2 small', stacks: 1, layers: 12, dModel: 768, heads: 12, kvHeads: 12, headWidth: 64, dFf: 3072 },
  { name: 'GPT-2 XL', stacks: 1, layers: 48, dModel: 1600, heads: 25, kvHeads: 25, headWidth: 64, dFf: 6400 },
  { name: 'GPT-3', stacks: 1, layers: 96, dModel: 12_288, heads: 96, kvHeads: 96, headWidth: 128, dFf: 49_152 },
  { name: 'Llama-2-7B', stacks: 1, layers: 32, dModel: 4096, heads: 32, kvHeads: 32, headWidth: 128, dFf: 11_008, gated: true },
  { name: 'Llama-2-13B', stacks: 1, layers: 40, dModel: 5120, heads: 40, kvHeads: 40, headWidth: 128, dFf: 13_824, gated: true },
  { name: 'Llama-2-70B', stacks: 1, layers: 80, dModel: 8192, heads: 64, kvHeads: 8, headWidth: 128, dFf: 28_672, gated: true },
]

/** A recurrent model, which keeps a state of fixed size: Mamba in its first version, or RWKV-4. */
export interface StateModel {
  name: string
  family: 'mamba' | 'rwkv4'
  layers: number
  dModel: number
}

/** Gu & Dao 2023; Peng et al. 2023. */
export const stateModels: readonly StateModel[] = [
  { name: 'Mamba-130M', family: 'mamba', layers: 24, dModel: 768 },
  { name: 'Mamba-2.8B', family: 'mamba', layers: 64, dModel: 2560 },
  { name: 'RWKV-4 169M', family: 'rwkv4', layers: 12, dModel: 768 },
  { name: 'RWKV-4 1.5B', family: 'rwkv4', layers: 24, dModel: 2048 },
  { name: 'RWKV-4 3B', family: 'rwkv4', layers: 32, dModel: 2560 },
  { name: 'RWKV-4 7B', family: 'rwkv4', layers: 32, dModel: 4096 },
]

/** What the mask of the removal figure shows: a short input and the target tokens written so far. Our choice. */
export const maskExample = { inputs: 5, targets: 4 }

/**
 * Four ways to keep keys and values at the shape of Llama-2-7B (32 heads of width 128, 32 layers): in so many heads, and in
 * so many layers of their own, which the others read. Only the first was trained so; the others are ours, in the manner of
 * Ainslie et al. 2023, Shazeer 2019 and Zuhri et al. 2024.
 */
export const cacheVariants = [
  { id: 'mha', name: 'MHA', kvHeads: 32, kvLayers: 32 },
  { id: 'gqa', name: 'GQA-8', kvHeads: 8, kvLayers: 32 },
  { id: 'mqa', name: 'MQA', kvHeads: 1, kvLayers: 32 },
  { id: 'shared', name: 'MQA, 4 KV layers', kvHeads: 1, kvLayers: 4 },
] as const

/** Published models whose shape the memory figure can stand at: each has heads in groups of 8 and layers in groups of 4. */
export const cacheModels: readonly string[] = ['Llama-2-7B', 'Llama-2-13B', 'Llama-2-70B', 'GPT-3', 'T5-11B']

/**
 * Width of the one vector that a low-rank cache keeps a layer, in head widths. In the manner of DeepSeek-V2's latent
 * attention, illustrative: our choice, at shapes that were not trained so.
 */
export const lowRankHeads = 4

/** Models that keep a state of fixed size, as the memory figure pairs them; the first pair is shown at rest. Our choice. */
export const statePairs: readonly (readonly [mamba: string, rwkv: string])[] = [
  ['Mamba-2.8B', 'RWKV-4 7B'],
  ['Mamba-2.8B', 'RWKV-4 3B'],
  ['Mamba-2.8B', 'RWKV-4 1.5B'],
  ['Mamba-130M', 'RWKV-4 169M'],
]

/** Contexts of the memory figure, in tokens: all powers of two. `shown` holds one for each click. Our choice. */
export const cacheContexts = { least: 1024, most: 1_048_576, shown: [4096, 131_072] } as const

/** The chat of the re-encoding figure: a turn is a message and its answer. `shown` holds one number of turns for each click. Our choice. */
export const chatScenario = { tokensPerTurn: 200, tokenStep: 50, mostTokens: 4000, most: 40, shown: [4, 20] } as const
