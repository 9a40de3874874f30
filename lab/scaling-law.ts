/**
 * The law L(N, D) = E + A/N^α + B/D^β: its value, its fit to measured runs, its prediction with a band, and the
 * split of a compute budget that it recommends.
 *
 * The fit follows Hoffmann et al. 2022 (arXiv:2203.15556, section D.2): Huber loss with δ = 10⁻³ on residuals of log L.
 * The robust loss is minimised by iteratively reweighted least squares, each round a Levenberg–Marquardt fit (ml.js).
 */
import type { LawConstants } from '../data/chinchilla.ts'
import type { TestbedRun } from '../data/scaling-testbed.ts'
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'
import { levenbergMarquardt } from 'ml-levenberg-marquardt'
import { inverse, Matrix } from 'ml-matrix'

/** What the fit needs of a run: parameters, training tokens and measured loss. */
type Run = Pick<TestbedRun, 'params' | 'tokens' | 'loss'>

/** A law fitted to some runs, with what its band needs. */
export interface Fit extends LawConstants {
  /** The parameters as fitted: E, ln a, ln b, α, β (see N0 and D0); without β where one exponent is shared. */
  theta: readonly number[]
  /** Robust standard deviation of the residuals of log L. */
  residualScale: number
  /** Covariance of the parameters of the fit, in the order of `theta`. */
  covariance: Matrix
}

export interface Prediction {
  /** Predicted loss, nats per token. */
  loss: number
  /** Lower and upper end of the band, nats per token. */
  low: number
  high: number
}

/** Whether α and β are fitted each, as Hoffmann et al. do, or as one, as Gadre et al. do (arXiv:2403.08540, section 3). */
export type Exponents = 'own' | 'shared'

/** Fewer runs or fewer model sizes than this leave the constants undetermined. */
export const fewestRuns: Readonly<Record<Exponents, number>> = { own: 10, shared: 5 }
export const fewestSizes = 3

/** The loss the law gives for N parameters and D training tokens, nats per token: never below `law.E`. */
export function lossOf(law: LawConstants, params: number, tokens: number): number {
  return law.E + law.A * exp(-law.alpha * ln(params)) + law.B * exp(-law.beta * ln(tokens))
}

/** Why a law cannot be fitted to these runs, as a plain sentence; undefined when it can. */
export function whyNotFit(runs: readonly Run[], exponents: Exponents = 'own'): string | undefined {
  const sizes = new Set(runs.map(run => run.params)).size
  if (runs.length >= fewestRuns[exponents] && sizes >= fewestSizes)
    return undefined
  const has = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} of ${sizes} model ${sizes === 1 ? 'size' : 'sizes'}`
  return `Too little seen to fit the law: ${has}. Its ${exponents === 'own' ? 'five' : 'four'} constants need at least ${fewestRuns[exponents]} runs of ${fewestSizes} sizes.`
}

/**
 * Fits the law to measured runs.
 * @returns constants within these bounds: 0 ≤ E ≤ the smallest loss seen, 0.05 ≤ α, β ≤ 1
 * @throws RangeError when there are too few runs or sizes
 */
export function fitLaw(runs: readonly Run[], exponents: Exponents = 'own'): Fit {
  const problem = whyNotFit(runs, exponents)
  if (problem)
    throw new RangeError(problem)

  const points = runs.map(({ params, tokens, loss }): Point => ({ lnParams: ln(params / N0), lnTokens: ln(tokens / D0), lnLoss: ln(loss) }))
  const lowestLoss = Math.min(...runs.map(run => run.loss))
  let theta = [Math.min(1.8, 0.9 * lowestLoss), -0.5, -0.5, 0.34, 0.37].slice(0, exponents === 'own' ? 5 : 4)
  let best = theta
  let bestCost = huberCost(points, theta)
  for (const [delta, rounds] of schedule) {
    let settled = 0
    for (let round = 0; round < rounds && settled < 3; round++) {
      theta = reweightedFit(points, theta, delta, lowestLoss)
      const cost = huberCost(points, theta)
      settled = cost < bestCost * (1 - 1e-6) ? 0 : settled + 1
      if (cost < bestCost) {
        best = theta
        bestCost = cost
      }
    }
  }
  return describeFit(points, best)
}

/**
 * Predicts the loss of a run, with a 90 % band: first-order error propagation of the fit's covariance plus the scatter
 * of a single run. It is the band *if the law holds*; where the fit is badly determined it is wide, as it should be.
 */
export function predict(fit: Fit, run: Pick<Run, 'params' | 'tokens'>): Prediction {
  const loss = lossOf(fit, run.params, run.tokens)
  const slope = Matrix.columnVector(gradient(fit.theta, { lnParams: ln(run.params / N0), lnTokens: ln(run.tokens / D0) }))
  const variance = slope.transpose().mmul(fit.covariance).mmul(slope).get(0, 0)
  const halfWidth = 1.645 * Math.sqrt(Math.max(variance, 0) + fit.residualScale * fit.residualScale)
  return { loss, low: loss * exp(-halfWidth), high: loss * exp(halfWidth) }
}

/** A compute budget, split. */
export interface Allocation {
  params: number
  tokens: number
  tokensPerParam: number
}

/** The split of a compute budget, FLOP, that gives the lowest loss under the law, with C = 6ND. */
export function optimalAllocation(law: LawConstants, trainFlop: number): Allocation {
  const { A, B, alpha, beta } = law
  // Setting the derivative of A/N^α + B·(6N/C)^β to zero.
  const lnParams = (ln(alpha * A / (beta * B)) + beta * ln(trainFlop / 6)) / (alpha + beta)
  const params = exp(lnParams)
  const tokens = trainFlop / 6 / params
  return { params, tokens, tokensPerParam: tokens / params }
}

// The fit works on parameters and tokens relative to these, so that its parameters are of like size and not
// hopelessly correlated: θ = [E, ln a, ln b, α, β], or without β where it is α, with L = E + a·(N/N0)^−α + b·(D/D0)^−β.
const N0 = 1e8
const D0 = 2e9

const huberDelta = 1e-3

// From smooth to nearly absolute loss: started at 10⁻³ the reweighting would stop in the first valley it finds.
const schedule: readonly (readonly [delta: number, rounds: number])[] = [[0.1, 2], [0.03, 2], [0.01, 3], [0.003, 8], [huberDelta, 60]]

/** A run as the fit sees it. */
interface Point {
  lnParams: number
  lnTokens: number
  lnLoss: number
}

/** The three terms of the law in θ: E, a·(N/N0)^−α and b·(D/D0)^−β. */
function terms(theta: readonly number[], { lnParams, lnTokens }: Omit<Point, 'lnLoss'>): readonly [number, number, number] {
  const [E = 0, lnA = 0, lnB = 0, alpha = 0, beta = alpha] = theta
  return [E, exp(lnA - alpha * lnParams), exp(lnB - beta * lnTokens)]
}

function lnLossOf(theta: readonly number[], point: Point): number {
  const [E, a, b] = terms(theta, point)
  return ln(E + a + b)
}

/** The derivatives of ln L by θ. */
function gradient(theta: readonly number[], point: Omit<Point, 'lnLoss'>): number[] {
  const [E, a, b] = terms(theta, point)
  const loss = E + a + b
  const [byAlpha, byBeta] = [-point.lnParams * a / loss, -point.lnTokens * b / loss]
  return [1 / loss, a / loss, b / loss, ...(theta.length === 5 ? [byAlpha, byBeta] : [byAlpha + byBeta])]
}

function lawOf(theta: readonly number[]): LawConstants {
  const [E = 0, lnA = 0, lnB = 0, alpha = 0, beta = alpha] = theta
  return { E, A: exp(lnA + alpha * ln(N0)), B: exp(lnB + beta * ln(D0)), alpha, beta }
}

function residuals(points: readonly Point[], theta: readonly number[]): number[] {
  return points.map(point => point.lnLoss - lnLossOf(theta, point))
}

function huberCost(points: readonly Point[], theta: readonly number[]): number {
  return residuals(points, theta)
    .map(Math.abs)
    .reduce((sum, r) => sum + (r <= huberDelta ? r * r / 2 : huberDelta * (r - huberDelta / 2)), 0)
}

function reweightedFit(points: readonly Point[], theta: readonly number[], delta: number, lowestLoss: number): number[] {
  // ml-levenberg-marquardt multiplies each residual by its weight, hence the root of the Huber weight.
  const weights = residuals(points, theta).map(r => Math.sqrt(Math.abs(r) <= delta ? 1 : delta / Math.abs(r)))
  return levenbergMarquardt(
    { x: points.map((_, i) => i), y: points.map(({ lnLoss }) => lnLoss) },
    parameters => i => lnLossOf(parameters, points[i]!),
    {
      initialValues: theta,
      minValues: [0, -7, -7, 0.05, 0.05].slice(0, theta.length),
      maxValues: [lowestLoss, 3, 3, 1, 1].slice(0, theta.length),
      weights,
      damping: 0.001,
      maxIterations: 30,
      errorTolerance: 1e-14,
      jacobianFunction: parameters => i => gradient(parameters, points[i]!),
    },
  ).parameterValues
}

function describeFit(points: readonly Point[], theta: readonly number[]): Fit {
  const spread = residuals(points, theta).map(Math.abs).sort((a, b) => a - b)
  // Median absolute deviation scaled to a normal distribution. A fit by absolute deviations passes through about as
  // many runs as it has parameters: those residuals of zero say nothing about the scatter and are left out.
  const telling = spread.slice(theta.length - 1)
  const residualScale = 1.4826 * telling[Math.floor(telling.length / 2)]!
  const jacobian = new Matrix(points.map(point => gradient(theta, point)))
  // Estimates by absolute deviations vary π/2 times as much as by squares; the ridge keeps flat directions finite.
  const information = jacobian.transpose().mmul(jacobian).add(Matrix.eye(theta.length).mul(1e-6))
  const covariance = inverse(information).mul((Math.PI / 2) * residualScale * residualScale)
  return { ...lawOf(theta), theta, residualScale, covariance }
}
