/** How a rung is drawn: warm where all structure is built in, cool where none is left, ink and grey between. */
import type { RungName } from '../../lab/transformer/rungs.ts'

export interface Tone {
  readonly colour: 'structure' | 'general' | 'ink' | 'muted'
  /** Dashes of the line, as SVG has them; empty for none. */
  readonly dashes: string
}

export const tones: Readonly<Record<RungName, Tone>> = {
  A: { colour: 'structure', dashes: '' },
  B: { colour: 'ink', dashes: '' },
  C: { colour: 'muted', dashes: '' },
  D: { colour: 'ink', dashes: '6 4' },
  E: { colour: 'general', dashes: '' },
}
