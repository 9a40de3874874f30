/** Exponents of the power laws of loss, L(C_min), L(N) and L(D), that Kaplan et al. 2020 measured (arXiv:2001.08361); in nats per WebText2 token. */
import type { SourceId } from './sources.ts'

export const kaplanSource: SourceId = 'kaplan2020'

export const kaplanExponents = {
  /** Of the least compute that reaches a loss, C_min, not of the compute that was spent. */
  compute: 0.05,
  params: 0.076,
  tokens: 0.095,
}
