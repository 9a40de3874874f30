/** Published constants of the law L(N, D) = E + A/N^α + B/D^β, and the model that was trained by them. */
import type { SourceId } from './sources.ts'

export interface LawConstants {
  /** Irreducible loss, nats per token. */
  E: number
  A: number
  B: number
  alpha: number
  beta: number
}

export interface PublishedLaw extends LawConstants {
  name: string
  source: SourceId
}

/** Hoffmann et al. 2022, the constants as printed. */
export const printedLaw: PublishedLaw = { name: 'as printed, 2022', source: 'hoffmann2022', E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 }

/** Besiroglu et al. 2024, refitted to a subset of the runs, reconstructed from a figure (standard errors: E 0.03, A 124.58, B 1293.23, α 0.02, β 0.02). */
export const replicatedLaw: PublishedLaw = { name: 'replication, 2024', source: 'besiroglu2024', E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 }

/**
 * Tokens per parameter that the fit of 2022 asks for at the budget of Chinchilla before its exponents were rounded for
 * print; second-hand, the unrounded exponents are not among our data.
 */
export const unroundedTokensPerParam = 59

/** The Chinchilla model itself. */
export const chinchillaModel = {
  name: 'Chinchilla, as trained',
  source: 'hoffmann2022' as SourceId,
  params: 70e9,
  tokens: 1.4e12,
  /** The budget the paper states, FLOP. */
  trainFlop: 5.76e23,
}
