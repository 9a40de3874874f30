/** Figures copied out of others' repositories, and the licence they came under. Single results cited from a paper are facts and not listed. */
import type { SourceId } from './sources.ts'

export interface Copied {
  /** What was copied. */
  readonly figures: string
  readonly source: SourceId
  /** Repository on GitHub. */
  readonly repository: string
  /** SPDX identifier. */
  readonly licence: string
}

export const copied: readonly Copied[] = [
  { figures: '34 scaling runs', source: 'gadre2024', repository: 'mlfoundations/scaling', licence: 'MIT' },
  { figures: 'Pythia, smooth and flat', source: 'biderman2023', repository: 'EleutherAI/pythia', licence: 'Apache-2.0' },
  { figures: '73 public models, arithmetic', source: 'ruan2024', repository: 'ryoungj/ObsScaling', licence: 'Apache-2.0' },
]
