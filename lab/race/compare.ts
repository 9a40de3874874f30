/**
 * What many seeds of an experiment say together: bands over seeds, who leads where, and where two curves cross.
 */

import type { Band, Crossings, Curve } from '../../data/recorded.ts'
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'
import { minIndex, quantile } from 'd3-array'

export type { Band, Crossings, Curve }

/** Percentiles over seeds at each budget of curves of equal length. */
export function bandOf(curves: readonly Curve[]): Band {
  const at = (share: number): Curve => (curves[0] ?? []).map((_, i) => {
    const values = curves.map(curve => curve[i] ?? null)
    return values.every(value => value !== null) ? quantile(values, share) ?? null : null
  })
  return { p10: at(0.1), median: at(0.5), p90: at(0.9) }
}

/**
 * The budget from which `general` stays ahead of `cheap`: after the last budget of the axis at which `cheap` has the
 * lower error, interpolated on logarithmic scales. Budgets below `from` are not looked at. Null if `cheap` is never
 * ahead or `general` not at the end.
 */
export function crossing(axis: readonly number[], cheap: Curve, general: Curve, from = 0): number | null {
  let before: { budget: number, gap: number } | null = null
  let after: { budget: number, gap: number } | null = null
  for (let i = axis.length - 1; i >= 0; i--) {
    const budget = axis[i]!
    const a = cheap[i] ?? null
    const b = general[i] ?? null
    if (a === null || b === null || budget < from) continue
    const gap = ln(b / a)
    if (gap > 0) {
      before = { budget, gap }
      break
    }
    after = { budget, gap }
  }
  if (!before || !after) return null
  const share = before.gap / (before.gap - after.gap)
  return exp(ln(before.budget) + share * (ln(after.budget) - ln(before.budget)))
}

/** Percentiles of one crossing a seed, as `crossing` returns them. */
export function crossingsOf(perSeed: readonly (number | null)[]): Crossings {
  const found = perSeed.filter(value => value !== null)
  const at = (share: number): number | null => quantile(found, share) ?? null
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), crossed: found.length, seeds: perSeed.length }
}

/**
 * For each budget, in how many seeds each learner has the lowest error. `curves[learner][seed]` are its errors; a
 * learner without a value at a budget cannot lead there.
 */
export function leadersOf(curves: readonly (readonly Curve[])[]): number[][] {
  const counts = curves.map(([first]) => first!.map(() => 0))
  curves[0]!.forEach((first, seed) => first.forEach((_, i) => {
    const leads = counts[minIndex(curves, learner => learner[seed]![i])]
    if (leads) leads[i]!++
  }))
  return counts
}
