/** What was published on built-in symmetry and scale: two findings for keeping it, one model that does without. */
import type { SourceId } from './sources.ts'

export interface SymmetryFinding {
  source: SourceId
  /** As it is named on the slide. */
  who: string
  /** On what it was found. */
  on: string
  finds: string
}

export const symmetryFindings: readonly SymmetryFinding[] = [
  { source: 'brehmer2024', who: 'Brehmer et al. 2024', on: 'rigid bodies', finds: 'equivariance leads at each compute budget tested; augmentation closes only the data gap' },
  { source: 'ngo2025', who: 'Ngo & Ravanbakhsh 2025', on: 'force fields', finds: 'the gap grows with scale' },
  { source: 'alphafold3', who: 'AlphaFold 3, Nature 2024', on: 'biomolecules', finds: 'the other way, augmentation in place of built-in symmetry' },
]
