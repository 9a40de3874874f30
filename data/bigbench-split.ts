/**
 * How the performance of BIG-bench tasks changes with the scale of the model: the five kinds, as Wei presents them.
 * Jason Wei, Stanford CS25 V4, 11 April 2024, from Wei et al. 2022, arXiv:2206.07682, appendix E: 58, 67, 45, 27 and 5 of
 * 202 tasks; seen second-hand. The shares add up to 99.5 % as presented; they are not rescaled here.
 */
import type { SourceId } from './sources.ts'

export interface AbilityShare {
  kind: 'smooth' | 'flat' | 'inverse' | 'uncorrelated' | 'emergent'
  /** What happens as the model grows, in a few words. */
  meaning: string
  /** Share of the tasks in per cent. */
  share: number
}

export const bigBenchSource: SourceId = 'wei2022'

export const bigBenchTasks = 202

/** In the order of Wei’s slide. */
export const abilityShares: readonly AbilityShare[] = [
  { kind: 'smooth', meaning: 'improves step by step', share: 29 },
  { kind: 'flat', meaning: 'does not move', share: 22 },
  { kind: 'inverse', meaning: 'gets worse', share: 2.5 },
  { kind: 'uncorrelated', meaning: 'no relation to size', share: 13 },
  { kind: 'emergent', meaning: 'nothing, then a jump', share: 33 },
]
