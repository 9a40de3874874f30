/**
 * Eight models of one suite on two tasks: one that grows smoothly with size and one that stays at chance.
 * Source: Biderman et al. 2023, “Pythia”, arXiv:2304.01373; repository EleutherAI/pythia (Apache-2.0), evals/pythia-v1,
 * zero-shot, final checkpoint (step 143000); parameter counts from the model cards.
 */
import type { SourceId } from './sources.ts'

export interface PythiaModel {
  model: string
  /** All parameters, from the model cards. */
  params: number
  /** Accuracy on LAMBADA (OpenAI's version): predict the last word of a passage. */
  lambada: number
  /** Unweighted mean of the accuracies on the 57 MMLU tasks. */
  mmlu: number
}

export const pythiaSource: SourceId = 'biderman2023'

/** What guessing gets on MMLU: one of four answers is right. */
export const mmluChance = 0.25

/** From the smallest model to the largest. */
export const pythiaModels: readonly PythiaModel[] = [
  { model: 'Pythia-70M', params: 70426624, lambada: 0.1846, mmlu: 0.2529 },
  { model: 'Pythia-160M', params: 162322944, lambada: 0.328, mmlu: 0.244 },
  { model: 'Pythia-410M', params: 405334016, lambada: 0.5162, mmlu: 0.2552 },
  { model: 'Pythia-1B', params: 1011781632, lambada: 0.562, mmlu: 0.259 },
  { model: 'Pythia-1.4B', params: 1414647808, lambada: 0.616, mmlu: 0.269 },
  { model: 'Pythia-2.8B', params: 2775208960, lambada: 0.647, mmlu: 0.261 },
  { model: 'Pythia-6.9B', params: 6857302016, lambada: 0.673, mmlu: 0.283 },
  { model: 'Pythia-12B', params: 11846072320, lambada: 0.705, mmlu: 0.268 },
]
