import type { AttentionShape } from '../../lab/architecture-costs.ts'

/** A Transformer in the generic form: attention as wide as the model, feed-forward 4 times as wide. */
export function genericShape(dModel: number, layers: number): AttentionShape {
  return { dModel, layers, heads: 1, kvHeads: 1, headWidth: dModel, dFf: 4 * dModel }
}
