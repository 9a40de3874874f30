/**
 * Published model shapes with their published parameter counts, and the scenarios the cost figures show.
 * Shapes are dimensions, counts are integers; lab/architecture-costs.ts derives each count from its shape, exactly.
 */
import type { SourceId } from './sources.ts'

/** Encoder–decoder with as many decoder as encoder layers, relative positions, one tied embedding, no biases. */
export interface T5Shape {
  family: 't5'
  /** Vocabulary size V. */
  vocabulary: number
  /** Width of the residual stream, d. */
  dModel: number
  /** Inner width of the feed-forward layer, f. */
  dFf: number
  /** Width of one head; heads × headWidth need not be dModel. */
  headWidth: number
  heads: number
  /** Encoder layers; the decoder has as many again. */
  layers: number
}

/** Decoder-only with learned positions, biases, one tied embedding and a feed-forward layer of 4 × dModel. */
export interface GptShape {
  family: 'gpt'
  vocabulary: number
  dModel: number
  heads: number
  layers: number
  /** Number of learned positions. */
  context: number
}

/** Decoder-only with gated feed-forward layers, rotary positions, untied embeddings, no biases. */
export interface LlamaShape {
  family: 'llama'
  vocabulary: number
  dModel: number
  dFf: number
  heads: number
  /** Heads that keep keys and values: as many as `heads` in MHA, fewer in GQA, one in MQA. */
  kvHeads: number
  layers: number
}

/** Selective state space, first version: inner width 2 × dModel, one tied embedding. */
export interface MambaShape {
  family: 'mamba'
  /** Rounded up to a multiple of 8, as the released weights are. */
  vocabulary: number
  dModel: number
  layers: number
  /** State per inner channel, N. */
  stateWidth: number
  /** Width of the short convolution, c. */
  convolutionWidth: number
}

/** Linear recurrence with time decay, version 4; channel mixing of 4 × dModel, untied embeddings. */
export interface Rwkv4Shape {
  family: 'rwkv4'
  vocabulary: number
  dModel: number
  layers: number
}

export interface PublishedModel {
  name: string
  shape: ModelShape
  /** The exact number of parameters of the released or described model. */
  parameters: number
  /** How the paper rounds it, where that is what people know. */
  publishedAs?: string
  sources: readonly SourceId[]
}

export type ModelShape = T5Shape | GptShape | LlamaShape | MambaShape | Rwkv4Shape

/** Every model whose published count the formulas must reproduce with difference 0. */
export const publishedModels: readonly PublishedModel[] = [
  t5('T5-small', 60_506_624, { dModel: 512, dFf: 2048, headWidth: 64, heads: 8, layers: 6 }),
  t5('T5-base', 222_903_552, { dModel: 768, dFf: 3072, headWidth: 64, heads: 12, layers: 12 }),
  t5('T5-large', 737_668_096, { dModel: 1024, dFf: 4096, headWidth: 64, heads: 16, layers: 24 }),
  t5('T5-3B', 2_851_598_336, { dModel: 1024, dFf: 16_384, headWidth: 128, heads: 32, layers: 24 }),
  t5('T5-11B', 11_307_321_344, { dModel: 1024, dFf: 65_536, headWidth: 128, heads: 128, layers: 24 }),
  gpt('GPT-2 small', 124_439_808, { dModel: 768, heads: 12, layers: 12, context: 1024 }, 'radford2019'),
  gpt('GPT-2 XL', 1_557_611_200, { dModel: 1600, heads: 25, layers: 48, context: 1024 }, 'radford2019'),
  { ...gpt('GPT-3', 174_604_259_328, { dModel: 12_288, heads: 96, layers: 96, context: 2048 }, 'brown2020'), publishedAs: '175B' },
  llama('Llama-2-7B', 6_738_415_616, { dModel: 4096, dFf: 11_008, heads: 32, kvHeads: 32, layers: 32 }),
  llama('Llama-2-13B', 13_015_864_320, { dModel: 5120, dFf: 13_824, heads: 40, kvHeads: 40, layers: 40 }),
  llama('Llama-2-70B', 68_976_648_192, { dModel: 8192, dFf: 28_672, heads: 64, kvHeads: 8, layers: 80 }),
  mamba('Mamba-130M', 129_135_360, { dModel: 768, layers: 24 }),
  mamba('Mamba-2.8B', 2_768_345_600, { dModel: 2560, layers: 64 }),
  rwkv4('RWKV-4 169M', 169_342_464, { dModel: 768, layers: 12 }),
  rwkv4('RWKV-4 1.5B', 1_515_106_304, { dModel: 2048, layers: 24 }),
  rwkv4('RWKV-4 3B', 2_984_627_200, { dModel: 2560, layers: 32 }),
]

const RWKV4_7B = 'RWKV-4 7B'

/** Shape of RWKV-4 7B: the state of the memory figure; its count is not among the published integers above. */
export const rwkv4With7B: Rwkv4Shape = { family: 'rwkv4', vocabulary: 50_277, dModel: 4096, layers: 32 }

/** The base model of 2017, whose published table rounds its count: the first shape in the generic form. */
export const base2017: { name: string, dModel: number, layers: number, sources: readonly SourceId[] } = {
  name: '2017 base',
  dModel: 512,
  layers: 6,
  sources: ['vaswani2017'],
}

/** What the mask of the removal figure shows: a short input and the target tokens written so far. Our choice. */
export const maskExample = { inputs: 5, targets: 4 }

export interface CacheVariant {
  id: 'mha' | 'gqa' | 'mqa' | 'shared'
  name: string
  kvHeads: number
  /** Layers that keep keys and values of their own; the others read theirs. */
  kvLayers: number
  /** Whether the variant is ours, in the manner of the source, and not one the source trained at this shape. */
  illustrative: boolean
  sources: readonly SourceId[]
}

/** Four ways to keep keys and values at the shape of Llama-2-7B (32 heads of width 128, 32 layers). Only the first was trained so. */
export const cacheVariants: readonly CacheVariant[] = [
  { id: 'mha', name: 'MHA', kvHeads: 32, kvLayers: 32, illustrative: false, sources: ['touvron2023'] },
  { id: 'gqa', name: 'GQA-8', kvHeads: 8, kvLayers: 32, illustrative: true, sources: ['ainslie2023'] },
  { id: 'mqa', name: 'MQA', kvHeads: 1, kvLayers: 32, illustrative: true, sources: ['shazeer2019'] },
  { id: 'shared', name: 'MQA, 4 KV layers', kvHeads: 1, kvLayers: 4, illustrative: true, sources: ['zuhri2024'] },
]

/** Published models whose shape the memory figure can stand at: each has heads in groups of 8 and layers in groups of 4. */
export const cacheModels: readonly string[] = ['Llama-2-7B', 'Llama-2-13B', 'Llama-2-70B', 'GPT-3', 'T5-11B']

/**
 * Width of the one vector that a low-rank cache keeps a layer, in head widths. In the manner of DeepSeek-V2's latent
 * attention, illustrative: our choice, at shapes that were not trained so.
 */
export const lowRankHeads = 4

/** Models that keep a state of fixed size, as the memory figure pairs them; the first pair is shown at rest. Our choice. */
export const stateModels: readonly (readonly [mamba: string, rwkv: string])[] = [
  ['Mamba-2.8B', 'RWKV-4 7B'],
  ['Mamba-2.8B', 'RWKV-4 3B'],
  ['Mamba-2.8B', 'RWKV-4 1.5B'],
  ['Mamba-130M', 'RWKV-4 169M'],
]

/** Contexts of the memory figure, in tokens: all powers of two. `shown` holds one for each click. Our choice. */
export const cacheContexts = { least: 1024, most: 1_048_576, shown: [4096, 131_072] } as const

/** The chat of the re-encoding figure: a turn is a message and its answer. `shown` holds one number of turns for each click. Our choice. */
export const chatScenario = { tokensPerTurn: 200, tokenStep: 50, mostTokens: 4000, most: 40, shown: [4, 20] } as const

/**
 * The published model of that name.
 * @throws RangeError naming the model when the table has none such
 */
export function modelOf(name: string): PublishedModel {
  const model = publishedModels.find(published => published.name === name)
  if (!model)
    throw new RangeError(`Unknown model “${name}”: use one of ${publishedModels.map(published => published.name).join(', ')}.`)
  return model
}

/**
 * The shape of a model that keeps a state of fixed size.
 * @throws RangeError when it is none of those
 */
export function stateShapeOf(name: string): MambaShape | Rwkv4Shape {
  if (name === RWKV4_7B)
    return rwkv4With7B
  const { shape } = modelOf(name)
  if (shape.family !== 'mamba' && shape.family !== 'rwkv4')
    throw new RangeError(`${name} keeps no state of fixed size.`)
  return shape
}

/**
 * The shape of a published model of one family, typed as such.
 * @throws RangeError naming both families when the model is of another
 */
export function shapeOf<Family extends ModelShape['family']>(name: string, family: Family): Extract<ModelShape, { family: Family }> {
  const { shape } = modelOf(name)
  if (shape.family !== family)
    throw new RangeError(`${name} is of the family “${shape.family}”, not “${family}”.`)
  return shape as Extract<ModelShape, { family: Family }>
}

function t5(name: string, parameters: number, shape: Omit<T5Shape, 'family' | 'vocabulary'>): PublishedModel {
  return { name, parameters, shape: { family: 't5', vocabulary: 32_128, ...shape }, sources: ['raffel2020'] }
}

function gpt(name: string, parameters: number, shape: Omit<GptShape, 'family' | 'vocabulary'>, from: SourceId): PublishedModel {
  return { name, parameters, shape: { family: 'gpt', vocabulary: 50_257, ...shape }, sources: [from] }
}

function llama(name: string, parameters: number, shape: Omit<LlamaShape, 'family' | 'vocabulary'>): PublishedModel {
  return { name, parameters, shape: { family: 'llama', vocabulary: 32_000, ...shape }, sources: ['touvron2023'] }
}

function mamba(name: string, parameters: number, shape: Pick<MambaShape, 'dModel' | 'layers'>): PublishedModel {
  return { name, parameters, shape: { family: 'mamba', vocabulary: 50_280, stateWidth: 16, convolutionWidth: 4, ...shape }, sources: ['gu2023'] }
}

function rwkv4(name: string, parameters: number, shape: Pick<Rwkv4Shape, 'dModel' | 'layers'>): PublishedModel {
  return { name, parameters, shape: { family: 'rwkv4', vocabulary: 50_277, ...shape }, sources: ['peng2023'] }
}
