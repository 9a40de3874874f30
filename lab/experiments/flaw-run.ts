/**
 * Over-optimising a flawed score as an experiment to run: price after price for the first seed, then medians over the
 * finished seeds. The flaw is constructed (see `overoptimise`).
 */
import type { ObjectiveLab, Overoptimised } from '../objective-lab.ts'
import type { Seeds } from './over-seeds.ts'
import { CAVEAT_BETAS, createObjectiveLab, overoptimise, risesThenFalls } from '../objective-lab.ts'
import { bandOf } from '../race/compare.ts'
import { overSeeds } from './over-seeds.ts'

interface FlawWork {
  lab: ObjectiveLab
  /** The path so far, dearest price first. */
  path: readonly Overoptimised[]
}

export const flawRun = overSeeds({
  slices: (_: Seeds) => CAVEAT_BETAS.length,
  look: () => 1,
  draw: (seed): FlawWork => ({ lab: createObjectiveLab(seed), path: [] }),
  advance: ({ lab, path }, slice) => ({ lab, path: [...path, ...overoptimise(lab, [CAVEAT_BETAS[slice]!])] }),
  result: ({ path }) => path,

  /** Medians over the finished seeds, or the first seed so far; one entry a price. */
  view(paths, _, prices) {
    const bandBy = (pick: (at: Overoptimised) => number) => bandOf(paths.map(path => path.map(pick)))
    return {
      /** Prices so far, dearest first. */
      beta: CAVEAT_BETAS.slice(0, prices),
      /** KL divergence from the start, nats. */
      kl: bandBy(at => at.kl).median,
      right: bandBy(at => at.right),
      proxy: bandBy(at => at.proxy).median,
      flattery: bandBy(at => at.flattery).median,
      /** Finished seeds in which P(right) rises and then falls. */
      risesThenFalls: prices === CAVEAT_BETAS.length ? paths.filter(risesThenFalls).length : 0,
    }
  },
})

export type FlawView = ReturnType<typeof flawRun.view>
