/**
 * Over-optimising a flawed score as an experiment to run: price after price for the first seed, then medians over the
 * finished seeds. The flaw is constructed (see `overoptimise`).
 */
import type { Experiment } from '../experiment.ts'
import type { ObjectiveLab, Overoptimised } from '../objective-lab.ts'
import type { Curve } from '../race/compare.ts'
import { CAVEAT_BETAS, createObjectiveLab, overoptimise, risesThenFalls } from '../objective-lab.ts'
import { bandOf } from '../race/compare.ts'

export interface FlawInput {
  /** The first seed; the others follow it. */
  seed: number
  /** How many seeds to run. */
  seeds: number
}

interface FlawState extends FlawInput {
  finished: readonly (readonly Overoptimised[])[]
  /** The seed under way, drawn once. */
  lab?: ObjectiveLab
  /** Its path so far, dearest price first. */
  path: readonly Overoptimised[]
}

/** Medians over the finished seeds, or the first seed so far; one entry a price. */
export interface FlawView {
  seed: number
  finished: number
  seeds: number
  /** Prices so far, dearest first. */
  beta: readonly number[]
  /** KL divergence from the start, nats. */
  kl: Curve
  right: { p10: Curve, median: Curve, p90: Curve }
  proxy: Curve
  flattery: Curve
  /** Finished seeds in which P(right) rises and then falls. */
  risesThenFalls: number
}

export const flawRun: Experiment<FlawInput, FlawState, FlawView> = {
  begin({ seed, seeds }) {
    if (!Number.isInteger(seeds) || seeds < 1)
      throw new RangeError(`seeds is a whole number from 1; got ${seeds}.`)
    return { seed, seeds, finished: [], path: [] }
  },

  advance(state) {
    if (!state.lab)
      return { ...state, lab: createObjectiveLab(state.seed + state.finished.length), path: [] }
    const path = [...state.path, ...overoptimise(state.lab, [CAVEAT_BETAS[state.path.length]!])]
    return path.length === CAVEAT_BETAS.length
      ? { ...state, finished: [...state.finished, path], lab: undefined, path: [] }
      : { ...state, path }
  },

  progress: ({ finished, path, seeds }) => (finished.length * CAVEAT_BETAS.length + path.length) / (seeds * CAVEAT_BETAS.length),

  beat: ({ finished, lab, path }) => finished.length === 0 ? path.length > 0 : !lab,

  view({ seed, seeds, finished, path }) {
    const paths = finished.length > 0 ? finished : [path]
    const bandBy = (pick: (at: Overoptimised) => number) => bandOf(paths.map(path => path.map(pick)))
    return {
      seed,
      seeds,
      finished: finished.length,
      beta: CAVEAT_BETAS.slice(0, paths[0]!.length),
      kl: bandBy(at => at.kl).median,
      right: bandBy(at => at.right),
      proxy: bandBy(at => at.proxy).median,
      flattery: bandBy(at => at.flattery).median,
      risesThenFalls: finished.filter(risesThenFalls).length,
    }
  },
}
