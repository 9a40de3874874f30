/**
 * What a row of the loan book is. Structure is an assumption built into a model that training cannot unlearn; a row is
 * one such assumption, what it buys, when it stops fitting, and what became of it when somebody took it out.
 */
import type { ClaimId } from '../claims.ts'
import type { OwnerId } from '../owners.ts'
import type { SourceId, Verification } from '../sources.ts'

/**
 * What became of a loan, in the order of the book, each with the test that a row has to pass. This deck makes the entry;
 * the row's sources are what it stands on.
 */
export const outcomes = {
  'paid off': { test: 'absent from most current leading open models; three are named', names: 3 },
  'in instalments': { test: 'partly gone in models that people use; two are named', names: 2 },
  'refinanced': { test: 'what stands in its place is another fixed assumption', names: 0 },
  'put back': { test: 'removed, and put back by the same people', names: 1 },
  'never due': { test: 'the assumption is true of the problem: more compute does not wear it out', names: 0 },
  'open': { test: 'nobody has published the test at scale', names: 0 },
} as const

export type Outcome = keyof typeof outcomes

/** What a removal can save, in the order the filters show. */
export const savings = ['parameters', 'training FLOPs', 'KV cache', 'asymptotic length', 'an assumption'] as const
export type Saving = typeof savings[number]

/** Whether the structure goes altogether or in part. */
export const extents = ['full', 'partial'] as const
export type Extent = typeof extents[number]

/** The parts that the small diagram of a Transformer can take out. */
export const blockParts = [
  'positions',
  'normalisation',
  'self-attention',
  'key/value heads',
  'value matrices',
  'KV cache',
  'attended keys',
  'cross-attention',
  'MLP',
  'residual stream',
  'depth',
  'precision',
  'biases',
  'tokeniser',
  'image encoder',
  'left to right',
  'encoder',
  'bridge',
  'both directions',
] as const
export type BlockPart = typeof blockParts[number]

export type BaseModel = 'encoder–decoder' | 'decoder-only' | 'encoder-only'

export interface Loan {
  /** Lower-case letters, digits and hyphens. */
  id: string
  name: string
  /** The structure, and what is there once it is gone. */
  goes: string
  stays: string
  /** What the structure takes for granted. */
  assumes: string
  /** What one gets for it. */
  buys: string
  /** When the assumption stops fitting the data or the use. */
  due: string
  became: {
    outcome: Outcome
    /** A few words for the list. */
    brief: string
    /** Why this entry and no other. */
    words: string
    /** Models that show it, by name. */
    models: readonly string[]
  }
  /** Whose reading of the assumption it is. */
  says: OwnerId
  saves: readonly [Saving, ...Saving[]]
  /** A qualification of what is saved. */
  savesNote?: string
  /** The headline result of the removal, with its own numbers. */
  result: string
  /** Under which conditions, and at which scale. */
  conditions: string
  lost: string
  extent: Extent
  year: number
  /** The first one is the row's own paper (or the lecture). */
  sources: readonly [SourceId, ...SourceId[]]
  /** How each part of the row was checked. */
  checks: readonly { what: string, how: Verification }[]
  /** What the diagram draws before the removal; without it the structure is no part of a Transformer block. */
  base?: BaseModel
  /** What the diagram takes out; empty when the removal was taken back. */
  takesOut: readonly BlockPart[]
  /** Where key/value heads go in part, how many of the four in the diagram stay; none by default. */
  keepsHeads?: 1 | 2
  /** What the diagram puts in again. */
  putsBack?: readonly BlockPart[]
  /** What stands in the place of what goes; none when nothing does. */
  inItsPlace?: string
  /** The claim of the post that names this row. P12a–d are the papers the post lists against Chung's counterpoint. */
  claim?: ClaimId
  /** Which of Chung's four steps from encoder–decoder to decoder-only it is. */
  step?: 1 | 2 | 3 | 4
}
