/**
 * The attention-style map as an experiment to run: more and more examples for the first seed, then one seed after
 * another, with the errors over the finished seeds and the maps of the last of them.
 */
import type { MapConstraint, MapFit, MapLearning } from '../attention-map.ts'
import type { Experiment } from '../experiment.ts'
import type { Crossings, Curve } from '../race/compare.ts'
import { beginMaps, fitMap, learnFrom, MAP_CONSTRAINTS, MAP_EXAMPLES } from '../attention-map.ts'
import { bandOf, crossing, crossingsOf } from '../race/compare.ts'

export interface MapInput {
  /** The first seed; the others follow it. */
  seed: number
  /** How many seeds to run. */
  seeds: number
}

/** The fits of one seed: for each number of examples so far, one fit a constraint, in the order of MAP_CONSTRAINTS. */
type Fits = readonly (readonly MapFit[])[]

interface MapState extends MapInput {
  /** Errors of the finished seeds: seed by seed, constraint by constraint, along MAP_EXAMPLES. */
  errors: readonly (readonly (readonly number[])[])[]
  /** The fits of the last finished seed. */
  last: Fits
  /** The seed under way: its examples, and its fits so far. */
  learning?: MapLearning
  fits: Fits
  /** Fits to the present number of examples, until every constraint has one; absent until the examples are summed. */
  part?: readonly MapFit[]
}

/** What a constraint learned from so many examples. */
export interface LearnedMaps {
  examples: number
  maps: { constraint: MapConstraint, map: Float32Array }[]
}

export interface MapView {
  seed: number
  finished: number
  seeds: number
  /** Numbers of examples so far. */
  examples: readonly number[]
  /** Over the finished seeds, or of the first seed so far. */
  constraints: { constraint: MapConstraint, p10: Curve, median: Curve, p90: Curve }[]
  /** From how many examples on the free map stays ahead of the local and shared one, over the same seeds. */
  localSharedToFree: Crossings
  /** The maps at whole octaves: of the first seed while it is under way, then of the last finished one. */
  pictures: { seed: number, learned: LearnedMaps[] }
}

export const mapRun: Experiment<MapInput, MapState, MapView> = {
  begin({ seed, seeds }) {
    if (!Number.isInteger(seeds) || seeds < 1)
      throw new RangeError(`seeds is a whole number from 1; got ${seeds}.`)
    return { seed, seeds, errors: [], last: [], fits: [] }
  },

  advance(state) {
    const { learning, fits, part } = state
    if (!learning)
      return { ...state, learning: beginMaps(state.seed + state.errors.length), fits: [], part: undefined }
    const count = MAP_EXAMPLES[fits.length]!
    // Summing and each fit are slices of their own: together they would take longer than a pause should.
    if (part === undefined)
      return { ...state, learning: learnFrom(learning, count), part: [] }
    const fitted = [...part, fitMap(learning, count, MAP_CONSTRAINTS[part.length]!)]
    if (fitted.length < MAP_CONSTRAINTS.length)
      return { ...state, part: fitted }
    const more = [...fits, fitted]
    if (more.length < MAP_EXAMPLES.length)
      return { ...state, fits: more, part: undefined }
    return { ...state, errors: [...state.errors, errorsOf(more)], last: more, learning: undefined, fits: [], part: undefined }
  },

  progress: ({ errors, fits, part, seeds }) => {
    const aSeed = MAP_EXAMPLES.length * MAP_CONSTRAINTS.length
    return (errors.length * aSeed + fits.length * MAP_CONSTRAINTS.length + (part?.length ?? 0)) / (seeds * aSeed)
  },

  beat: ({ errors, learning, fits, part }) => errors.length === 0 ? fits.length > 0 && !part : !learning,

  view({ seed, seeds, errors, last, fits }) {
    const runs = errors.length > 0 ? errors : [errorsOf(fits)]
    const [cheap, free] = [MAP_CONSTRAINTS.indexOf('local-shared'), MAP_CONSTRAINTS.indexOf('free')]
    return {
      seed,
      seeds,
      finished: errors.length,
      examples: MAP_EXAMPLES.slice(0, runs[0]![0]!.length),
      constraints: MAP_CONSTRAINTS.map((constraint, c) => ({ constraint, ...bandOf(runs.map(run => run[c]!)) })),
      localSharedToFree: crossingsOf(runs.map(run => crossing(MAP_EXAMPLES, run[cheap]!, run[free]!))),
      pictures: {
        seed: seed + Math.max(0, errors.length - 1),
        learned: picturesOf(errors.length > 0 ? last : fits),
      },
    }
  },
}

function errorsOf(fits: Fits): number[][] {
  return MAP_CONSTRAINTS.map((_, c) => fits.map(at => at[c]!.error))
}

/** Single precision is enough to draw, and half as much to send. */
function picturesOf(fits: Fits): LearnedMaps[] {
  return fits.flatMap((at, i) => i % 2 === 0
    ? [{ examples: MAP_EXAMPLES[i]!, maps: at.map(({ constraint, map }) => ({ constraint, map: Float32Array.from(map) })) }]
    : [])
}
