/** Architectural variants of one Transformer at the same scale, compared by the authors of T5. */
import type { SourceId } from './sources.ts'

export interface T5Variant {
  architecture: 'Encoder-decoder' | 'Enc-dec shared' | 'Enc-dec 6 layers' | 'Language model' | 'Prefix LM'
  objective: 'Denoising' | 'LM'
  /** In units of a BERT-base-sized stack's parameters. */
  params: 'P' | '2P'
  /** In units of the cost of one such stack. */
  cost: 'M' | 'M/2'
  glue: number
  /** ROUGE-2 on CNN/Daily Mail. */
  cnnDailyMail: number
  /** Exact match. */
  squad: number
  superGlue: number
  /** BLEU, from English to German, French, Romanian. */
  enDe: number
  enFr: number
  enRo: number
}

export const t5Source: SourceId = 'raffel2020'

export const t5Provenance = [
  'Exploring the Limits of Transfer Learning (T5), arXiv:1910.10683, Table 2 (architectural variants, baseline scale; P = parameters of a BERT-base-sized stack, M = cost of one)',
] as const

export const t5Variants: readonly T5Variant[] = [
  { architecture: 'Encoder-decoder', objective: 'Denoising', params: '2P', cost: 'M', glue: 83.28, cnnDailyMail: 19.24, squad: 80.88, superGlue: 71.36, enDe: 26.98, enFr: 39.82, enRo: 27.65 },
  { architecture: 'Enc-dec shared', objective: 'Denoising', params: 'P', cost: 'M', glue: 82.81, cnnDailyMail: 18.78, squad: 80.63, superGlue: 70.73, enDe: 26.72, enFr: 39.03, enRo: 27.46 },
  { architecture: 'Enc-dec 6 layers', objective: 'Denoising', params: 'P', cost: 'M/2', glue: 80.88, cnnDailyMail: 18.97, squad: 77.59, superGlue: 68.42, enDe: 26.38, enFr: 38.40, enRo: 26.95 },
  { architecture: 'Language model', objective: 'Denoising', params: 'P', cost: 'M', glue: 74.70, cnnDailyMail: 17.93, squad: 61.14, superGlue: 55.02, enDe: 25.09, enFr: 35.28, enRo: 25.86 },
  { architecture: 'Prefix LM', objective: 'Denoising', params: 'P', cost: 'M', glue: 81.82, cnnDailyMail: 18.61, squad: 78.94, superGlue: 68.11, enDe: 26.43, enFr: 37.98, enRo: 27.39 },
  { architecture: 'Encoder-decoder', objective: 'LM', params: '2P', cost: 'M', glue: 79.56, cnnDailyMail: 18.59, squad: 76.02, superGlue: 64.29, enDe: 26.27, enFr: 39.17, enRo: 26.86 },
]

/**
 * The variant of that architecture and objective.
 * @throws RangeError naming both when the table has no such variant
 */
export function t5Variant(architecture: T5Variant['architecture'], objective: T5Variant['objective'] = 'Denoising'): T5Variant {
  const found = t5Variants.find(row => row.architecture === architecture && row.objective === objective)
  if (!found)
    throw new RangeError(`No variant “${architecture}” with objective “${objective}” among the ${t5Variants.length} of Table 2.`)
  return found
}
