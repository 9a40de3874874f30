/** What survives of four removals at the frontier, as patterns of layers. */
import type { SourceId } from './sources.ts'

export interface LayerPattern {
  /** The structure that was to go. */
  what: string
  /** How much of it stays, in words. */
  kept: string
  /** Every how-manieth layer keeps it; or … */
  keepsOneIn?: number
  /** … every how-manieth layer lost it. With neither, all layers keep it. */
  removesOneIn?: number
  /** Where it was seen, or what came of it. */
  verdict: string
  takenBack?: boolean
  source: SourceId
}

/** How many layers (heads, for the keys and values) are drawn: enough to see the pattern, no model's real depth. */
export const patternLayers = 16

export const layerPatterns: readonly LayerPattern[] = [
  { what: 'Positional encoding', kept: 'gone in every fourth layer', removesOneIn: 4, verdict: 'Command A, Llama 4, SmolLM3', source: 'nope-production' },
  { what: 'Full attention', kept: 'one layer in four keeps it', keepsOneIn: 4, verdict: 'Kimi Linear, 2025', source: 'kimi2025' },
  { what: 'Keys and values a head', kept: 'one head in eight keeps its own', keepsOneIn: 8, verdict: 'GQA in Llama 2 70B', source: 'touvron2023' },
  { what: 'Full attention, again', kept: 'all of it', verdict: 'MiniMax M2 took the removal back', takenBack: true, source: 'minimax2025' },
]
