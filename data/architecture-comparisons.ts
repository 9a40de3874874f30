/** What later comparisons of encoder–decoder and decoder-only found, where it is an order or a finding rather than a table. */
import type { SourceId } from './sources.ts'

export interface ZeroShotResult {
  architecture: 'causal decoder' | 'non-causal decoder' | 'encoder–decoder'
  /** Billions of parameters: the encoder–decoder is matched in compute. */
  paramsBillion: number
  /** Mean zero-shot scores after pre-training only, in per cent, on each of two suites. */
  eai: number
  t0: number
}

export interface Finding {
  phase: 'pre-training' | 'after tuning on FLAN'
  measure: string
  /** Which architecture the finding favours. */
  favours: 'decoder-only' | 'comparable' | 'encoder–decoder, slightly' | 'encoder–decoder'
}

/** Wang et al. 2022, Table 3: decoders of 4.8B parameters against a compute-matched encoder–decoder of 11B, 168B tokens of C4; the objectives differ between architectures. */
export const zeroShot = {
  source: 'wang2022' satisfies SourceId,
  /** From the best to the worst. */
  results: [
    { architecture: 'causal decoder', paramsBillion: 4.8, eai: 44.2, t0: 42.4 },
    { architecture: 'non-causal decoder', paramsBillion: 4.8, eai: 43.5, t0: 41.8 },
    { architecture: 'encoder–decoder', paramsBillion: 11, eai: 39.9, t0: 41.7 },
  ] as readonly ZeroShotResult[],
  /** What guessing scores on each suite. */
  random: { eai: 32.9, t0: 41.7 },
  /** First of all after multitask fine-tuning, by a large margin on T0-Eval only; no number is given for it here. */
  bestAfterMultitask: { architecture: 'encoder–decoder', objective: 'masked LM' },
} as const

/**
 * Zhang et al. 2025 (RedLLM), in words: the paper’s summary of its own results. RedPajama, tuned on FLAN; the
 * encoder–decoder has a prefix objective and half the target tokens.
 */
export const redLlm = {
  source: 'zhang2025' satisfies SourceId,
  sizes: '150M–8B',
  findings: [
    { phase: 'pre-training', measure: 'low compute', favours: 'encoder–decoder, slightly' },
    { phase: 'pre-training', measure: 'more compute', favours: 'decoder-only' },
    { phase: 'after tuning on FLAN', measure: 'quality', favours: 'comparable' },
    { phase: 'after tuning on FLAN', measure: 'running cost', favours: 'encoder–decoder' },
  ] as readonly Finding[],
} as const

/** T5Gemma 2, which measured the first of the lecture’s four steps almost alone: one attention for both jobs; averages as the paper gives them, one run each. */
export const mergedAttention = {
  source: 't5gemma2' satisfies SourceId,
  /** Change of all parameters, per cent, and of the mean score, points. */
  parameters: -6.5,
  points: -0.3,
} as const
