/** What experiments over several seeds have in common: one seed after another, the first one followed as it grows. */
import type { Experiment } from '../experiment.ts'

export interface Seeds {
  /** The first seed; the others follow it. */
  seed: number
  /** How many seeds to run. */
  seeds: number
}

export interface SeedsState<Input, Work, Result> {
  input: Input
  /** What came of the finished seeds. */
  finished: readonly Result[]
  /** The seed under way, and how many slices of it are done. */
  work?: Work
  slices: number
}

/** One seed of such an experiment. */
interface OneSeed<Input, Work, Result, View> {
  /** Slices that a seed takes after the one that draws it. */
  slices: (input: Input) => number
  /** After how many slices the first seed is worth a look again. */
  look: (input: Input) => number
  draw: (seed: number) => Work
  /** Slice number `slice`, from 0. */
  advance: (work: Work, slice: number, input: Input) => Work
  result: (work: Work) => Result
  /** What a figure draws: of the finished seeds, or of the first seed so far, which has no result before it is drawn. */
  view: (results: readonly Result[], input: Input, slices: number) => View
}

export function overSeeds<Input extends Seeds, Work, Result, View>(
  { slices: slicesOf, look, draw, advance, result, view }: OneSeed<Input, Work, Result, View>,
): Experiment<Input, SeedsState<Input, Work, Result>, View & Seeds & { finished: number }> {
  return {
    begin: input => ({ input, finished: [], slices: 0 }),

    advance({ input, finished, work, slices }) {
      if (!work)
        return { input, finished, work: draw(input.seed + finished.length), slices: 0 }
      const next = advance(work, slices, input)
      return slices + 1 === slicesOf(input)
        ? { input, finished: [...finished, result(next)], slices: 0 }
        : { input, finished, work: next, slices: slices + 1 }
    },

    progress: ({ input, finished, slices }) => (finished.length * slicesOf(input) + slices) / (input.seeds * slicesOf(input)),

    isKeyframe: ({ input, finished, work, slices }) => finished.length === 0 ? slices > 0 && slices % look(input) === 0 : !work,

    view({ input, finished, work, slices }) {
      const { seed, seeds } = input
      const results = finished.length > 0 ? finished : work ? [result(work)] : []
      return { seed, seeds, finished: finished.length, ...view(results, input, finished.length > 0 ? slicesOf(input) : slices) }
    },
  }
}
