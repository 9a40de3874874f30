/** What later comparisons of encoder–decoder and decoder-only found, where it is an order or a finding rather than a table. */
import type { SourceId, Verification } from './sources.ts'
import * as v from 'valibot'

const verification = v.picklist(['verified', 'second-hand', 'unverified'] satisfies Verification[])

const zeroShotSchema = v.object({
  architecture: v.picklist(['causal decoder', 'non-causal decoder', 'encoder–decoder']),
  /** Billions of parameters: the encoder–decoder is matched in compute. */
  paramsBillion: v.pipe(v.number(), v.gtValue(0)),
  /** Mean zero-shot score after pre-training only, in per cent. */
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
})

export type ZeroShotResult = v.InferOutput<typeof zeroShotSchema>

const findingSchema = v.object({
  phase: v.picklist(['pre-training', 'after instruction tuning']),
  measure: v.string(),
  /** Which architecture the finding favours. "comparable or better" is said of the encoder–decoder. */
  favours: v.picklist(['decoder-only', 'comparable', 'comparable or better', 'encoder–decoder']),
})

export type Finding = v.InferOutput<typeof findingSchema>

/** Wang et al. 2022: decoders of 4.8B parameters against a compute-matched encoder–decoder of 11B. */
export const zeroShot = {
  source: 'wang2022' satisfies SourceId as SourceId,
  provenance: 'arXiv:2204.05832; the order of the results is verified, the numbers were seen second-hand',
  /** How well the order was checked, and how well the numbers. */
  order: v.parse(verification, 'verified'),
  numbers: v.parse(verification, 'second-hand'),
  /** From the best to the worst. */
  results: v.parse(v.array(zeroShotSchema), [
    { architecture: 'causal decoder', paramsBillion: 4.8, score: 44.2 },
    { architecture: 'non-causal decoder', paramsBillion: 4.8, score: 43.5 },
    { architecture: 'encoder–decoder', paramsBillion: 11, score: 39.9 },
  ]) as readonly ZeroShotResult[],
  /** First of all after multitask fine-tuning; no number is given for it here. */
  bestAfterMultitask: { architecture: 'encoder–decoder', objective: 'masked LM' },
} as const

/** Zhang et al. 2025 (RedLLM), in words: the paper’s summary of its own results. */
export const redLlm = {
  source: 'zhang2025' satisfies SourceId as SourceId,
  provenance: 'arXiv:2510.26622; findings as summarised by the paper, without numbers',
  findings: v.parse(v.array(findingSchema), [
    { phase: 'pre-training', measure: 'quality for the compute', favours: 'decoder-only' },
    { phase: 'pre-training', measure: 'scaling', favours: 'comparable' },
    { phase: 'after instruction tuning', measure: 'quality', favours: 'comparable or better' },
    { phase: 'after instruction tuning', measure: 'inference efficiency', favours: 'encoder–decoder' },
  ]) as readonly Finding[],
} as const
