/**
 * Architectural variants of one Transformer at the same scale, compared by the authors of T5: with the denoising objective,
 * at the cost M of one BERT-base-sized stack; the unshared encoder–decoder has 2P parameters, twice those of the others.
 * Source: Exploring the Limits of Transfer Learning (T5), arXiv:1910.10683, Table 2.
 */
import type { SourceId } from './sources.ts'

export interface T5Variant {
  architecture: 'Encoder-decoder' | 'Enc-dec shared' | 'Language model' | 'Prefix LM'
  glue: number
  /** Exact match. */
  squad: number
  superGlue: number
}

export const t5Source: SourceId = 'raffel2020'

export const t5Variants: readonly T5Variant[] = [
  { architecture: 'Encoder-decoder', glue: 83.28, squad: 80.88, superGlue: 71.36 },
  { architecture: 'Enc-dec shared', glue: 82.81, squad: 80.63, superGlue: 70.73 },
  { architecture: 'Language model', glue: 74.70, squad: 61.14, superGlue: 55.02 },
  { architecture: 'Prefix LM', glue: 81.82, squad: 78.94, superGlue: 68.11 },
]

/** The variant of that architecture. */
export function t5Variant(architecture: T5Variant['architecture']): T5Variant {
  return t5Variants.find(row => row.architecture === architecture)!
}
