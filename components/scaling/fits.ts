/**
 * The fits of the law that the slider can ask for. A fit depends on which runs lie below the horizon alone, and there
 * are two dozen such sets: each is fitted once a page, and best before a hand is on the slider.
 */
import type { TestbedRun } from '../../data/scaling-testbed.ts'
import type { Fit } from '../../lab/scaling-law.ts'
import { cleanRuns } from '../../data/scaling-testbed.ts'
import { fitLaw, whyNotFit } from '../../lab/scaling-law.ts'

/** By how many runs were seen: the sets are nested, so the count names the set. */
const fits = new Map<number, Fit>()

/** The clean runs that a horizon leaves visible. */
export function runsSeen(horizonFlop: number): TestbedRun[] {
  return cleanRuns.filter(run => run.trainFlop <= horizonFlop)
}

/** The law fitted to what `runsSeen` returned; undefined where that is too little. */
export function fitTo(seen: readonly TestbedRun[]): Fit | undefined {
  const known = fits.get(seen.length)
  if (known || whyNotFit(seen))
    return known
  const made = fitLaw(seen)
  fits.set(seen.length, made)
  return made
}

/** Time for a slide to come in before anything is computed that is not shown yet. */
const settleMs = 600

/** Makes all fits, one at a time, when the page has nothing else to do. Returns how to stop. */
export function fitAhead(): () => void {
  const waiting = cleanRuns.map(run => run.trainFlop).sort((a, b) => a - b).map(runsSeen).filter(seen => !fits.has(seen.length))
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

/** Safari has no idle callback. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis)
    requestIdleCallback(run)
  else
    setTimeout(run, 20)
}
