/**
 * Why a smooth ability can look like a jump: the probability that a whole answer is right when every one of its tokens
 * is right with a probability that grows smoothly with compute.
 *
 * Token accuracy is p(C) = exp(−(C/C₀)^−α); exact match over L independent tokens is p^L. On an axis of log compute
 * p^L is p itself, shifted right by log₁₀(L)/α decades: not steeper.
 * Source of the idea: Schaeffer et al. 2023, arXiv:2304.15004. The law and its α are this deck's illustration.
 */
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'

/** The error of a token falls as a power of compute. */
export interface EmergenceLaw {
  /** The compute at which a token's accuracy is 1/e, in the unit of the compute that the functions are given. */
  c0: number
  /** Exponent of the power law; greater than 0. */
  alpha: number
}

const LN_10 = ln(10)

/** Probability that all of `length` tokens are right, when their errors are independent. */
export function exactMatch(compute: number, length: number, { c0, alpha }: EmergenceLaw): number {
  return exp(-length * exp(-alpha * ln(compute / c0)))
}

/** The compute at which exact match over `length` tokens reaches `level`, between 0 and 1: the inverse of `exactMatch`. */
export function computeForLevel(level: number, length: number, { c0, alpha }: EmergenceLaw): number {
  return c0 * exp(-ln(-ln(level) / length) / alpha)
}

/** How far right of token accuracy the curve of `length` tokens lies, in decades of compute. */
export function shiftDecades(length: number, alpha: number): number {
  return ln(length) / LN_10 / alpha
}

/** How many decades of compute the climb from `low` to `high` takes: the same for every length. */
export function widthDecades(alpha: number, low = 0.1, high = 0.9): number {
  return ln(ln(low) / ln(high)) / LN_10 / alpha
}

/** A measured model: its compute, in any unit, and its score. */
export interface Scored {
  compute: number
  score: number
}

/** How far a series of models climbs, and over how much compute. */
export interface MeasuredClimb {
  from: Scored
  to: Scored
  decades: number
}

/**
 * The climb of a series of models from its smallest to the first that reaches `top`; undefined where the smallest is not
 * below the middle, or none reaches the top.
 */
export function measuredClimb(models: readonly Scored[], top = 0.9): MeasuredClimb | undefined {
  const inOrder = [...models].sort((a, b) => a.compute - b.compute)
  const from = inOrder[0]
  const to = inOrder.find(({ score }) => score >= top)
  return from && to && from.score > 0 && from.score < 0.5 ? { from, to, decades: decadesBetween(from.compute, to.compute) } : undefined
}

/** The law that gives a score at a compute: where the model would have to start to pass through a measured point. */
export function lawThrough({ compute, score }: Scored, alpha: number): EmergenceLaw {
  return { c0: compute / computeForLevel(score, 1, { c0: 1, alpha }), alpha }
}

/** A point of a climb, in decades of compute relative to c0. */
export interface ClimbPoint {
  decade: number
  probability: number
}

/** The curve of `length` tokens at so many steps over a span of decades. */
export function climb(length: number, alpha: number, [from, to]: readonly [number, number], steps: number): ClimbPoint[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const decade = from + (to - from) * i / steps
    return { decade, probability: exactMatch(exp(decade * LN_10), length, { c0: 1, alpha }) }
  })
}

/** How many factors of ten lie between two computes; negative when the second is smaller. */
export function decadesBetween(from: number, to: number): number {
  return ln(to / from) / LN_10
}
