/**
 * The fits of the law that the slider can ask for. A fit depends on which runs lie below the horizon alone, and there
 * are two dozen such sets: each is fitted once a page, and best before a hand is on the slider.
 */
import type { Plot } from '#live-figures'
import type { TestbedRun } from '../../data/scaling-testbed.ts'
import type { Fit } from '../../lab/scaling-law.ts'
import { scaleLog } from 'd3-scale'
import { spreadRuns } from '../../data/published-predictions.ts'
import { biggestRun, cleanRuns } from '../../data/scaling-testbed.ts'
import { fitLaw, predict, whyNotFit } from '../../lab/scaling-law.ts'

/** The axis of compute, FLOP, that the panels share, one over the other. */
export const computeScale = (plot: Plot) => scaleLog([2e15, 1.4e22], plot.x)

let spread: number | undefined

/** By how many runs were seen: the sets are nested, so the count names the set. */
const fits = new Map<number, Fit>()

/** The clean runs that a horizon leaves visible. */
function runsSeen(horizonFlop: number): TestbedRun[] {
  return cleanRuns.filter(run => run.trainFlop <= horizonFlop)
}

/** The law fitted to what `runsSeen` returned; undefined where that is too little. */
function fitTo(seen: readonly TestbedRun[]): Fit | undefined {
  const known = fits.get(seen.length)
  if (known || whyNotFit(seen))
    return known
  const made = fitLaw(seen)
  fits.set(seen.length, made)
  return made
}

/** Everything that one horizon, as a decimal logarithm of FLOP, leaves to see. */
export function lookFrom(exponent: number) {
  const horizon = 10 ** exponent
  const seen = runsSeen(horizon)
  const fit = fitTo(seen)
  const predictions = fit ? cleanRuns.filter(run => run.trainFlop > horizon).map(run => ({ run, ...predict(fit, run) })) : []
  return {
    /** FLOP. */
    horizon,
    /** Runs in the fit. */
    seen,
    fit,
    /** Of each clean model above the horizon. */
    predictions,
    /** Of the biggest model; undefined where nothing can be or is left to be predicted. */
    prediction: predictions.find(({ run }) => run === biggestRun),
    /** Why there is no law, as a sentence. */
    problem: whyNotFit(seen),
  }
}

/** How far a prediction for the biggest model misses it: predicted loss over the measured one, less 1. */
export const errorOf = ({ loss }: { loss: number }): number => loss / biggestRun.loss - 1

/** A stretch of horizons that leave the same runs visible, and how far the law fitted to them misses the biggest model. */
export type Stretch = ReturnType<typeof stretchesWithin>[number]

/** The stretches between two horizons, FLOP, in order, cut to them; those that leave too little to fit are missing. */
export function stretchesWithin(fromFlop: number, toFlop: number) {
  return edges.flatMap((edge, i) => {
    const next = edges[i + 1]
    if (next === undefined || next <= fromFlop || edge > toFlop)
      return []
    const seen = runsSeen(edge)
    const fit = fitTo(seen)
    return fit
      ? [{
          /** Training compute seen, FLOP: from here to below there. */
          from: Math.max(edge, fromFlop),
          to: Math.min(next, toFlop),
          runs: seen.length,
          sizes: new Set(seen.map(run => run.params)).size,
          error: errorOf(predict(fit, biggestRun)),
        }]
      : []
  })
}

/** How far the five runs that Gadre et al. chose, under their law with one exponent, miss the biggest model when they are fitted here. */
export function spreadError(): number {
  spread ??= errorOf(predict(fitLaw(spreadRuns, 'shared'), biggestRun))
  return spread
}

/** Time for a slide to come in before anything is computed that is not shown yet. */
const settleMs = 600

/** Makes all fits, one at a time, when the page has nothing else to do. Returns how to stop. */
export function fitAhead(): () => void {
  const waiting = edges.map(runsSeen).filter(seen => !fits.has(seen.length))
  let stopped = false
  const next = (): void => {
    const seen = waiting.shift()
    if (stopped || !seen)
      return
    fitTo(seen)
    whenIdle(next)
  }
  const timer = setTimeout(next, settleMs)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Where one more run comes into sight, FLOP, in order; the last is the biggest run itself. */
const edges = cleanRuns.map(run => run.trainFlop).sort((a, b) => a - b)

/** Safari has no idle callback. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis)
    requestIdleCallback(run)
  else
    setTimeout(run, 20)
}
