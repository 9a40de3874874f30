/** The four structures that the encoder–decoder builds in, numbered in the order in which Chung takes them out. */
import type { removalCosts } from '../../lab/architecture-costs.ts'

export interface BuiltInStructure {
  number: 1 | 2 | 3 | 4
  key: keyof ReturnType<typeof removalCosts>['structure']
  name: string
}

export const builtInStructures: readonly BuiltInStructure[] = [
  { number: 1, key: 'separateCrossAttention', name: 'separate cross-attention' },
  { number: 2, key: 'separateParameters', name: 'separate parameters' },
  { number: 3, key: 'lastLayerOnly', name: 'last layer only' },
  { number: 4, key: 'inputBothWays', name: 'input looks both ways' },
]
