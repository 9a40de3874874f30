/**
 * The table of architecture simplifications: what was taken out of the Transformer, what it saved, what it cost, and
 * whether the removal lasted. One row a removal, in the order of the talk: the four steps from encoder–decoder to
 * decoder-only as Chung names them, then the genre that removes. Every row names its sources; every number in a row is
 * the source's own, with its conditions. What our sources do not say is “not known”.
 *
 * Two entries of the fact base are more than one row: encoder–decoder → decoder-only (entry 1) is Chung's four steps,
 * and fewer key/value heads (entry 11) is MQA and GQA, two papers with two results. All others are one row each.
 */
import type { ClaimId } from './claims.ts'
import type { SourceId } from './sources.ts'
import * as v from 'valibot'
import { claims } from './claims.ts'
import { isSourceId } from './sources.ts'

/** What a removal can save, in the order the filters show. */
export const savings = ['parameters', 'training FLOPs', 'KV cache', 'asymptotic length', 'an assumption'] as const
export type Saving = typeof savings[number]

/** Whether the structure goes altogether or in part. */
export const extents = ['full', 'partial'] as const
export type Extent = typeof extents[number]

/** Whether the removal (not the structure) is found in current models. */
export const survivalLevels = ['yes', 'partly', 'no', 'not known'] as const
export type SurvivalLevel = typeof survivalLevels[number]

/** The parts of the Transformer block that the small diagram can take out. */
export const blockParts = [
  'positions',
  'normalisation',
  'self-attention',
  'key/value heads',
  'value matrices',
  'KV cache',
  'cross-attention',
  'MLP',
  'residual stream',
  'depth',
  'precision',
  'encoder',
  'bridge',
  'both directions',
] as const
export type BlockPart = typeof blockParts[number]

/** What the diagram draws before the removal. */
export const baseModels = ['encoder–decoder', 'decoder-only', 'encoder-only'] as const
export type BaseModel = typeof baseModels[number]

/** A text of the table. Its length is limited because it has its place on a slide; a number keeps to its per cent sign. */
const text = (most: number) => v.pipe(
  v.string(),
  v.trim(),
  v.minLength(3),
  v.maxLength(most, issue => `“${String(issue.input)}” is longer than ${most} characters`),
  v.transform(words => words.replaceAll(' %', '\u00A0%')),
)
const sourceKey = v.custom<SourceId>(input => typeof input === 'string' && isSourceId(input), 'no such key in data/sources.ts')
const claimKey = v.custom<ClaimId>(input => typeof input === 'string' && Object.hasOwn(claims, input), 'no such key in data/claims.ts')

const simplificationSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  /** The entry of the fact base this row belongs to; rows added since have none. */
  entry: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(18))),
  name: text(26),
  goes: text(38),
  stays: text(38),
  saves: v.pipe(v.array(v.picklist(savings)), v.minLength(1)),
  /** A qualification of what is saved. */
  savesNote: v.optional(text(32)),
  /** The headline result. */
  result: text(180),
  /** Under which conditions, and at which scale. */
  conditions: text(120),
  lost: text(190),
  extent: v.picklist(extents),
  survives: v.strictObject({
    level: v.picklist(survivalLevels),
    /** A few words for the list; none when there is nothing to add. */
    brief: v.optional(text(24)),
    words: text(130),
  }),
  year: v.pipe(v.number(), v.integer(), v.minValue(2017), v.maxValue(2026)),
  /** Keys of data/sources.ts; the first one is the row's own paper (or the lecture). */
  sources: v.pipe(v.array(sourceKey), v.minLength(1)),
  /** How well each part of the row was checked. */
  checks: v.pipe(v.array(v.strictObject({ what: text(40), how: v.picklist(['verified', 'second-hand', 'unverified']) })), v.minLength(1)),
  base: v.picklist(baseModels),
  /** What the diagram takes out; empty when the removal was taken back. */
  takesOut: v.array(v.picklist(blockParts)),
  /** What the diagram puts in again. */
  putsBack: v.optional(v.array(v.picklist(blockParts))),
  /** What stands in the place of what goes; none when nothing does. */
  inItsPlace: v.optional(text(48)),
  /** The claim of the post that names this row. P12a–d are the papers the post lists against Chung's counterpoint. */
  claim: v.optional(claimKey),
  /** For Chung's four steps: what the structure assumed in 2017, and when that stopped being true. */
  assumption: v.optional(v.strictObject({
    structure: text(40),
    in2017: text(84),
    stopped: text(130),
    instead: text(60),
  })),
})

export type Simplification = Readonly<v.InferOutput<typeof simplificationSchema>>

const rows: v.InferInput<typeof simplificationSchema>[] = [
  {
    id: 'shared-attention',
    entry: 1,
    name: 'Shared attention',
    goes: 'separate cross-attention',
    stays: 'self-attention in both roles',
    saves: ['parameters', 'an assumption'],
    result: 'Chung’s first step of four: the four projection matrices of both attentions have the same shape and can be shared.',
    conditions: 'An argument; our sources measure no step alone.',
    lost: 'Of all four: after instruction tuning an encoder–decoder is comparable or better, and more efficient at inference (RedLLM).',
    extent: 'full',
    survives: { level: 'yes', brief: 'decoder-only', words: 'The field went decoder-only without comparing.' },
    year: 2024,
    sources: ['cs25', 'zhang2025'],
    checks: [{ what: 'lecture and comparison', how: 'verified' }],
    base: 'encoder–decoder',
    takesOut: ['cross-attention'],
    inItsPlace: 'self-attention does both',
    claim: 'P8a',
    assumption: {
      structure: 'Separate cross-attention',
      in2017: 'The input needs a way of reading of its own',
      stopped: 'Folds into the next row: same-shaped matrices, so one set can serve',
      instead: 'Self-attention serves both roles',
    },
  },
  {
    id: 'shared-parameters',
    entry: 1,
    name: 'Shared parameters',
    goes: 'separate input and target weights',
    stays: 'one set of weights',
    saves: ['parameters', 'an assumption'],
    result: 'T5, shared against separate: GLUE 82.81 / 83.28, SQuAD 80.63 / 80.88, SuperGLUE 70.73 / 71.36.',
    conditions: 'Baseline scale, an encoder–decoder in both cases.',
    lost: 'About half a GLUE point. A listener objected that sharing is more constraint, not less; Chung conceded it is “somewhat subjective”.',
    extent: 'full',
    survives: { level: 'yes', brief: 'decoder-only', words: 'The field went decoder-only.' },
    year: 2024,
    sources: ['cs25', 'raffel2020'],
    checks: [{ what: 'lecture and T5’s table', how: 'verified' }],
    base: 'encoder–decoder',
    takesOut: ['encoder'],
    inItsPlace: 'one stack for input and target',
    claim: 'P8b',
    assumption: {
      structure: 'Separate parameters',
      in2017: 'Input and target differ enough to deserve their own weights: fine for translation',
      stopped: 'When knowledge is learned, not language; and in chat, where one turn’s target is the next turn’s input',
      instead: 'One set of weights for input and target',
    },
  },
  {
    id: 'same-layer',
    entry: 1,
    name: 'Same-layer attention',
    goes: 'the bridge from the last layer',
    stays: 'each layer attends to its own level',
    saves: ['an assumption'],
    result: 'Chung: a decoder’s first layer that reads an encoder’s top layer may be an information bottleneck.',
    conditions: 'An argument; at 24 layers of T5 he saw no difference.',
    lost: 'Not known for this step alone.',
    extent: 'full',
    survives: { level: 'yes', brief: 'decoder-only', words: 'The field went decoder-only.' },
    year: 2024,
    sources: ['cs25'],
    checks: [{ what: 'lecture', how: 'verified' }],
    base: 'encoder–decoder',
    takesOut: ['bridge'],
    inItsPlace: 'attention within each layer',
    assumption: {
      structure: 'Last-layer bridge',
      in2017: 'The target needs only the fully encoded input',
      stopped: 'With depth it may be a bottleneck; at 24 layers of T5 he saw no difference',
      instead: 'Each layer attends to its own level',
    },
  },
  {
    id: 'one-direction',
    entry: 1,
    name: 'One direction',
    goes: 'bidirectional input attention',
    stays: 'causal attention, which caches',
    saves: ['an assumption'],
    result: 'In chat nothing is encoded twice. Zero-shot after pre-training alone: causal 44.2, non-causal 43.5, encoder–decoder 39.9.',
    conditions: '4.8B, the encoder–decoder 11B at matched compute.',
    lost: 'After multitask fine-tuning the encoder–decoder is best. T5, baseline scale: 7.1 points of GLUE, 17.8 of SQuAD.',
    extent: 'full',
    survives: { level: 'yes', brief: 'typically', words: 'Bidirectional encoders survive in retrieval.' },
    year: 2024,
    sources: ['cs25', 'wang2022', 'raffel2020'],
    checks: [
      { what: 'lecture, T5', how: 'verified' },
      { what: 'scores', how: 'second-hand' },
    ],
    base: 'encoder–decoder',
    takesOut: ['both directions'],
    inItsPlace: 'a causal mask',
    claim: 'P8c',
    assumption: {
      structure: 'Bidirectional input',
      in2017: 'The input must be read both ways: about 20 SQuAD points in 2018, his “maybe”',
      stopped: 'At scale it matters little (“highly anecdotal”); in chat every turn re-encodes everything',
      instead: 'Causal attention, which can be cached',
    },
  },
  {
    id: 'secretly-linear',
    entry: 2,
    name: 'Secretly linear',
    goes: 'the most linear blocks',
    stays: 'a linear map instead, or nothing',
    saves: ['parameters'],
    result: 'Consecutive layers’ embeddings are almost linearly related (Procrustes similarity 0.99); dropping or linearising the most linear blocks barely changes loss.',
    conditions: 'The 0.99 falls once the residual stream is subtracted.',
    lost: 'Evidence of redundancy, not that Transformers are linear maps: making layers less linear improved small models.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['razzhigaev2024'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['depth'],
    inItsPlace: 'a linear map, or nothing',
    claim: 'P12a',
  },
  {
    id: 'nope',
    entry: 3,
    name: 'No positions (NoPE)',
    goes: 'explicit positional encoding',
    stays: 'the causal mask alone',
    saves: ['an assumption'],
    result: 'Beats absolute positions, ALiBi, RoPE and T5’s relative positions on length generalisation.',
    conditions: 'Decoder-only, about 107M parameters, trained to length 20, tested to 40.',
    lost: 'It works because the decoder is causal: one structure can go because another stays.',
    extent: 'full',
    survives: { level: 'partly', brief: 'every fourth layer', words: 'In every fourth layer only: Command A and R7B, Llama 4, SmolLM3 (second-hand).' },
    year: 2023,
    sources: ['kazemnejad2023', 'nope-production'],
    checks: [
      { what: 'paper', how: 'verified' },
      { what: 'use today', how: 'second-hand' },
    ],
    base: 'decoder-only',
    takesOut: ['positions'],
    inItsPlace: 'the causal mask alone',
    claim: 'P12b',
  },
  {
    id: 'bigs',
    entry: 4,
    name: 'No attention (BiGS)',
    goes: 'attention',
    stays: 'gated two-way state-space layers',
    saves: ['asymptotic length'],
    result: 'Matches BERT on GLUE and reads 4096 tokens without approximation.',
    conditions: 'Encoder-only scale.',
    lost: 'Not known beyond encoders.',
    extent: 'full',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2022,
    sources: ['wang2022bigs'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'encoder-only',
    takesOut: ['self-attention'],
    inItsPlace: 'gated bidirectional state-space layers',
    claim: 'P12c',
  },
  {
    id: 'mamba',
    entry: 5,
    name: 'Mamba',
    goes: 'attention and MLP blocks',
    stays: 'selective state-space layers',
    saves: ['KV cache', 'asymptotic length'],
    result: '5x the inference throughput of Transformers, linear in length.',
    conditions: 'The paper’s own comparison.',
    lost: 'At 8B pure Mamba lags on copying, 5-shot MMLU and long-context recall; a hybrid with 7 % attention beats the 8B Transformer by 2.65 points on average.',
    extent: 'full',
    survives: { level: 'partly', brief: 'in hybrids', words: 'In hybrids that keep some attention: full removals stay small or turn hybrid.' },
    year: 2023,
    sources: ['gu2023', 'waleffe2024'],
    checks: [
      { what: 'paper, study at 8B', how: 'verified' },
      { what: 'venue', how: 'unverified' },
    ],
    base: 'decoder-only',
    takesOut: ['self-attention', 'MLP', 'KV cache'],
    inItsPlace: 'selective state-space layers',
    claim: 'P12c',
  },
  {
    id: 'rwkv',
    entry: 6,
    name: 'RWKV',
    goes: 'attention',
    stays: 'linear recurrence with time decay',
    saves: ['KV cache', 'asymptotic length'],
    result: 'Scaled to 14B parameters, the largest dense RNN at the time. RWKV-7 (2025) needs constant memory.',
    conditions: 'RWKV-7 was trained up to 2.9B.',
    lost: 'Not known from these papers alone; as a rule, full removals stay small or turn hybrid.',
    extent: 'full',
    survives: { level: 'partly', brief: 'its own line', words: 'Its own line goes on with RWKV-7; elsewhere full removals turn hybrid.' },
    year: 2023,
    sources: ['peng2023', 'peng2025'],
    checks: [{ what: 'both papers', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['self-attention', 'KV cache'],
    inItsPlace: 'a linear recurrence with time decay',
    claim: 'P12c',
  },
  {
    id: 'mlkv',
    entry: 7,
    name: 'MLKV',
    goes: 'key/value heads of each layer’s own',
    stays: 'heads shared across layers',
    saves: ['KV cache'],
    result: 'KV cache up to 6x smaller than with MQA (not than with full multi-head attention).',
    conditions: 'Uptrained Pythia-160M only.',
    lost: 'Not known beyond 160M parameters.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['zuhri2024'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['key/value heads', 'KV cache'],
    inItsPlace: 'heads shared across layers',
    claim: 'P12d',
  },
  {
    id: 'simplified-blocks',
    entry: 8,
    name: 'Simplified blocks',
    goes: 'skips, value and projection matrices',
    stays: 'parallel sub-blocks, normalisation',
    saves: ['parameters', 'training FLOPs'],
    result: '15 % faster training throughput with 15 % fewer parameters.',
    conditions: 'At 100–300M parameters.',
    lost: 'Normalisation could not be dropped. Not known at larger scale.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2023,
    sources: ['he2023'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['residual stream', 'value matrices'],
    inItsPlace: 'parallel sub-blocks',
  },
  {
    id: 'dyt',
    entry: 9,
    name: 'No LayerNorm (DyT)',
    goes: 'LayerNorm',
    stays: 'tanh(αx)',
    saves: ['an assumption'],
    result: 'Matches or exceeds the normalised Transformer.',
    conditions: 'The paper’s own comparisons.',
    lost: 'One preprint of 2026, weak evidence: helps when data-starved, hurts with more data.',
    extent: 'full',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2025,
    sources: ['zhu2025', 'dyt2026'],
    checks: [{ what: 'paper, and the preprint as such', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['normalisation'],
    inItsPlace: 'tanh(αx)',
  },
  {
    id: 'deeper-layers',
    entry: 10,
    name: 'Fewer deep layers',
    goes: 'up to about half the layers',
    stays: 'the rest, healed by more training',
    saves: ['parameters'],
    result: 'Up to about half the layers pruned, the deeper ones first, with little loss in question answering.',
    conditions: 'After healing; measured on question answering.',
    lost: 'Harder reasoning suffers (second-hand).',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['gromov2024'],
    checks: [
      { what: 'paper', how: 'verified' },
      { what: 'what is lost', how: 'second-hand' },
    ],
    base: 'decoder-only',
    takesOut: ['depth'],
  },
  {
    id: 'mqa',
    entry: 11,
    name: 'MQA',
    goes: 'all key/value heads but one',
    stays: 'one, read by every query head',
    saves: ['KV cache'],
    result: 'Fewer key/value heads, taken to the end: one is cached and read at each step.',
    conditions: 'Our sources hold no figure for it alone; GQA’s speed is measured against it.',
    lost: 'Some quality: GQA was made to win it back.',
    extent: 'partial',
    survives: { level: 'partly', brief: 'as GQA', words: 'As GQA, its gentler form.' },
    year: 2019,
    sources: ['shazeer2019', 'ainslie2023'],
    checks: [{ what: 'both papers', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['key/value heads', 'KV cache'],
    inItsPlace: 'one head for all queries',
  },
  {
    id: 'gqa',
    entry: 11,
    name: 'GQA',
    goes: 'a key/value head for each query head',
    stays: 'one for each group of query heads',
    saves: ['KV cache'],
    result: 'Near the quality of full multi-head attention at near the speed of MQA.',
    conditions: 'Converts a trained checkpoint with 5 % of its pre-training compute.',
    lost: 'Little: quality is near, not equal.',
    extent: 'partial',
    survives: { level: 'yes', brief: 'Llama 2 70B', words: 'For example in Llama 2 70B.' },
    year: 2023,
    sources: ['ainslie2023', 'touvron2023'],
    checks: [{ what: 'both papers', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['key/value heads', 'KV cache'],
    inItsPlace: 'one head for each group',
  },
  {
    id: 'mla',
    entry: 12,
    name: 'MLA (DeepSeek-V2)',
    goes: 'a cached key and value for each head',
    stays: 'one low-rank latent for all heads',
    saves: ['KV cache'],
    result: 'KV cache −93.3 %, throughput 5.76x.',
    conditions: 'DeepSeek-V2 against DeepSeek 67B, two whole systems: not the effect of MLA alone.',
    lost: 'Adds a structure of its own: keys and values have to be low-rank.',
    extent: 'partial',
    survives: { level: 'yes', brief: 'DeepSeek’s own', words: 'In DeepSeek-V2 itself, and as the full-attention baseline that Kimi Linear had to beat.' },
    year: 2024,
    sources: ['deepseek2024', 'kimi2025'],
    checks: [{ what: 'both papers', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['key/value heads', 'KV cache'],
    inItsPlace: 'one low-rank latent',
  },
  {
    id: 'cla',
    entry: 13,
    name: 'Cross-layer attention',
    goes: 'a KV cache in every layer',
    stays: 'one shared by adjacent layers',
    saves: ['KV cache'],
    result: 'Another ~2x off the KV cache, beyond MQA.',
    conditions: 'On top of MQA; our sources hold no scale.',
    lost: 'Not known from our sources.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['brandon2024'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['KV cache'],
    inItsPlace: 'one cache for adjacent layers',
  },
  {
    id: 'yoco',
    entry: 14,
    name: 'YOCO',
    goes: 'a KV cache in every layer',
    stays: 'one cache, read by the second half',
    saves: ['KV cache'],
    result: 'Keys and values are cached once; the second half of the layers cross-attends to that cache.',
    conditions: 'A design; our sources hold no figure.',
    lost: 'A structure comes back: cross-attention, inside a decoder-only model.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['sun2024'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['KV cache'],
    putsBack: ['cross-attention'],
    inItsPlace: 'one cache',
  },
  {
    id: 'kimi-linear',
    entry: 15,
    name: 'Kimi Linear',
    goes: 'full attention in three layers of four',
    stays: 'linear attention; a quarter stays full',
    saves: ['KV cache'],
    result: 'Beats full MLA under the same recipe, with a KV cache up to 75 % smaller and decoding up to 6x faster.',
    conditions: 'Same training recipe for both; the 6x at 1M tokens.',
    lost: 'A quarter of the attention has to stay.',
    extent: 'partial',
    survives: { level: 'partly', brief: 'three to one', words: 'As a mix, three linear layers to one full; what survives is usually partial.' },
    year: 2025,
    sources: ['kimi2025'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'decoder-only',
    takesOut: ['self-attention', 'KV cache'],
    inItsPlace: 'linear attention',
  },
  {
    id: 'minimax-m2',
    entry: 16,
    name: 'MiniMax M2',
    goes: 'full attention, until M2',
    stays: 'full attention again, with M2',
    saves: ['asymptotic length'],
    savesNote: 'given up again',
    result: 'Went back to full attention: the best single case of a removal that failed.',
    conditions: 'A company’s report of late 2025, seen second-hand.',
    lost: 'What the removal had saved. The removal itself was taken back.',
    extent: 'partial',
    survives: { level: 'no', brief: 'taken back', words: 'Taken back by those who had made it (second-hand).' },
    year: 2025,
    sources: ['minimax2025'],
    checks: [{ what: 'all of it', how: 'second-hand' }],
    base: 'decoder-only',
    takesOut: [],
    putsBack: ['self-attention'],
  },
  {
    id: 'fnet',
    entry: 17,
    name: 'FNet',
    goes: 'self-attention',
    stays: 'a Fourier transform',
    saves: ['training FLOPs'],
    result: '92–97 % of BERT’s GLUE; trains 80 % faster.',
    conditions: 'An encoder like BERT, on GPU, at length 512.',
    lost: 'The rest of BERT’s GLUE.',
    extent: 'full',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2021,
    sources: ['leethorp2021'],
    checks: [{ what: 'paper', how: 'verified' }],
    base: 'encoder-only',
    takesOut: ['self-attention'],
    inItsPlace: 'a Fourier transform',
  },
  {
    id: 'bitnet',
    entry: 18,
    name: 'BitNet b1.58',
    goes: '16-bit floating-point weights',
    stays: 'weights in {−1, 0, 1}',
    saves: ['parameters'],
    savesNote: 'bits only',
    result: 'Matches FP16 from 3B parameters up.',
    conditions: 'Not below 3B. Seen second-hand; only the title was checked.',
    lost: 'Below 3B it does not match.',
    extent: 'partial',
    survives: { level: 'not known', words: 'Our sources do not say.' },
    year: 2024,
    sources: ['ma2024'],
    checks: [
      { what: 'title', how: 'verified' },
      { what: 'result', how: 'second-hand' },
    ],
    base: 'decoder-only',
    takesOut: ['precision'],
    inItsPlace: 'three values a weight',
  },
]

/** The table, in the order of the talk. */
export const simplifications: readonly Simplification[] = readRows(rows)

function readRows(written: typeof rows): Simplification[] {
  const read = written.map((row) => {
    const result = v.safeParse(simplificationSchema, row)
    if (result.success)
      return result.output
    const [issue] = result.issues
    throw new TypeError(`data/simplifications.ts, row “${row.id}”, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`)
  })
  const twice = read.find((row, i) => read.findIndex(other => other.id === row.id) !== i)
  if (twice)
    throw new TypeError(`data/simplifications.ts: two rows have the id “${twice.id}”.`)
  return read
}

/** Whether the post itself names this row among the papers that remove (P12a–d). */
export function namedByPost(row: Simplification): boolean {
  return row.claim?.startsWith('P12') ?? false
}

/**
 * The row of that id.
 * @throws RangeError naming the id when there is none
 */
export function simplificationOf(id: string): Simplification {
  const row = simplifications.find(candidate => candidate.id === id)
  if (!row)
    throw new RangeError(`Unknown simplification “${id}”: use one of ${simplifications.map(candidate => candidate.id).join(', ')}.`)
  return row
}
