/**
 * The attention-style map as an experiment to run: more and more examples for the first seed, then one seed after
 * another, with the errors over the finished seeds and the maps of the last of them.
 */
import type { MapFit, MapLearning } from '../attention-map.ts'
import type { Seeds } from './over-seeds.ts'
import { beginMaps, fitMap, learnFrom, MAP_CONSTRAINTS, MAP_EXAMPLES } from '../attention-map.ts'
import { bandOf, crossing, crossingsOf } from '../race/compare.ts'
import { overSeeds } from './over-seeds.ts'

interface MapWork {
  learning: MapLearning
  /** For each number of examples so far one fit a constraint, in the order of MAP_CONSTRAINTS. */
  fits: readonly MapFit[]
}

// Summing and each fit are slices of their own: together they would take longer than a pause should.
const slicesOfExamples = 1 + MAP_CONSTRAINTS.length

export const mapRun = overSeeds({
  slices: (_: Seeds) => MAP_EXAMPLES.length * slicesOfExamples,
  look: () => slicesOfExamples,
  draw: (seed): MapWork => ({ learning: beginMaps(seed), fits: [] }),

  advance({ learning, fits }, slice) {
    const count = MAP_EXAMPLES[Math.floor(slice / slicesOfExamples)]!
    const part = slice % slicesOfExamples
    return part === 0
      ? { learning: learnFrom(learning, count), fits }
      : { learning, fits: [...fits, fitMap(learning, count, MAP_CONSTRAINTS[part - 1]!)] }
  },

  result: ({ fits }) => fits,

  view(runs, { seed }, slices) {
    /** Numbers of examples that every constraint has a fit to. */
    const examples = MAP_EXAMPLES.slice(0, Math.floor(slices / slicesOfExamples))
    const errors = MAP_CONSTRAINTS.map((_, c) => runs.map(fits => examples.map((_, i) => fits[i * MAP_CONSTRAINTS.length + c]!.error)))
    const [cheap, free] = [errors[MAP_CONSTRAINTS.indexOf('local-shared')]!, errors[MAP_CONSTRAINTS.indexOf('free')]!]
    return {
      examples,
      /** Over the finished seeds, or of the first seed so far. */
      constraints: MAP_CONSTRAINTS.map((constraint, c) => ({ constraint, ...bandOf(errors[c]!) })),
      /** From how many examples on the free map stays ahead of the local and shared one, over the same seeds. */
      localSharedToFree: crossingsOf(runs.map((_, run) => crossing(MAP_EXAMPLES, cheap[run]!, free[run]!))),
      /** The maps at whole octaves: of the first seed while it is under way, then of the last finished one. */
      pictures: {
        seed: seed + Math.max(0, runs.length - 1),
        learned: examples.flatMap((examples, i) => i % 2 === 0 ? [{ examples, maps: mapsOf(runs.at(-1)!, i) }] : []),
      },
    }
  },
})

/** Single precision is enough to draw, and half as much to send. */
function mapsOf(fits: readonly MapFit[], at: number) {
  return fits.slice(at * MAP_CONSTRAINTS.length, (at + 1) * MAP_CONSTRAINTS.length)
    .map(({ constraint, map }) => ({ constraint, map: Float32Array.from(map) }))
}
