/** Straight lines on logarithmic axes: fitted by least squares, where two of them cross, and growth at a constant rate. */
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'
import { extent, mean } from 'd3-array'

/** A measurement: x is a compute greater than 0, y in any unit. */
export interface Point {
  x: number
  y: number
}

/** y = atOne + perDecade · log₁₀ x. */
export interface LogLine {
  /** What y gains with every factor of ten in x. */
  perDecade: number
  /** y at x = 1. */
  atOne: number
}

const LN_10 = ln(10)

/** The line of least squares through points with a logarithmic x, of which two differ at the least. */
export function fitLogLine(points: readonly Point[]): LogLine {
  const logs = points.map(({ x }) => log10(x))
  const meanLog = mean(logs)!
  const meanY = mean(points, ({ y }) => y)!
  let covariance = 0
  let variance = 0
  points.forEach(({ y }, i) => {
    const offset = logs[i]! - meanLog
    covariance += offset * (y - meanY)
    variance += offset * offset
  })
  const perDecade = covariance / variance
  return { perDecade, atOne: meanY - perDecade * meanLog }
}

/** y of the line at x. */
export function lineAt({ perDecade, atOne }: LogLine, x: number): number {
  return atOne + perDecade * log10(x)
}

/** The x at which two lines meet. */
export function crossingOf(a: LogLine, b: LogLine): number {
  return exp(LN_10 * (b.atOne - a.atOne) / (a.perDecade - b.perDecade))
}

/**
 * How firmly a few points hold their crossing: the lowest and the highest x of the crossing when one point of each
 * set, in every combination, is left out of the fit.
 */
export function crossingRange(a: readonly Point[], b: readonly Point[]): [number, number] {
  const linesA = withoutOne(a).map(fitLogLine)
  const linesB = withoutOne(b).map(fitLogLine)
  return extent(linesA.flatMap(lineA => linesB.map(lineB => crossingOf(lineA, lineB)))) as [number, number]
}

/** How much something has grown after some years when it grows tenfold every `decadeYears`: a factor, 1 at the start. */
export function growthAfter(years: number, decadeYears: number): number {
  return exp(LN_10 * years / decadeYears)
}

/** Years until something that grows by so many per cent a year has grown tenfold. */
export function yearsToTenfold(perYear: number): number {
  return LN_10 / ln(1 + perYear / 100)
}

function withoutOne<T>(items: readonly T[]): T[][] {
  return items.map((_, left) => items.filter((_, i) => i !== left))
}

function log10(x: number): number {
  return ln(x) / LN_10
}
