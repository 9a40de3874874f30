/** One structure three times: what MiniMax did about attention, model by model. Patterns of eight layers, no real depth. */
import type { SourceId, Verification } from './sources.ts'

export type LayerAttention = 'full' | 'linear' | 'sparse'

export interface Chapter {
  model: string
  date: string
  layers: readonly LayerAttention[]
  says: string
  how: Verification
  source: SourceId
}

const eight = (attention: LayerAttention): readonly LayerAttention[] => Array.from({ length: 8 }, () => attention)

export const minimaxStory: readonly Chapter[] = [
  {
    model: 'MiniMax-01',
    date: 'January 2025',
    layers: [...eight('linear').slice(1), 'full'],
    says: 'linear attention in seven layers of eight',
    how: 'verified',
    source: 'minimax01',
  },
  {
    model: 'M2',
    date: 'October 2025',
    layers: eight('full'),
    says: 'all softmax again: “clear deficits in complex, multi-hop reasoning tasks” at scale',
    how: 'verified',
    source: 'minimax-m2-blog',
  },
  {
    model: 'M3',
    date: 'June 2026',
    layers: eight('sparse'),
    says: 'softmax over a few chosen blocks; matched runs at 109B nearly the same',
    how: 'verified',
    source: 'msa2026',
  },
]
