/**
 * The objective lab as an experiment to run: the same start taught by several objectives, checkpoint by checkpoint, for
 * one seed after another. The first seed can be followed as it grows; after that medians over the finished seeds.
 */
import type { Scores } from '../../data/recorded.ts'
import type { Checkpoint, ExactObjective, ObjectiveLab } from '../objective-lab.ts'
import type { Seeds } from './over-seeds.ts'
import { mean, median } from 'd3-array'
import { advancePolicy, checkpointOf, CHECKPOINT_STEPS as stops, createObjectiveLab, scoresBy } from '../objective-lab.ts'
import { overSeeds } from './over-seeds.ts'

interface ObjectiveInput extends Seeds {
  /** What to teach by, all from the same start. */
  objectives: readonly ExactObjective[]
}

type Checkpoints = Partial<Record<ExactObjective, readonly Checkpoint[]>>

interface ObjectiveWork {
  lab: ObjectiveLab
  weights: Partial<Record<ExactObjective, Float64Array>>
  checkpoints: Checkpoints
}

/** One objective so far: of the first seed alone until that is finished, then over all finished seeds. */
export interface Course {
  /** Medians over these seeds at each of the view's steps. */
  medians: Scores<number[]>
  /** Means over these seeds at the first and the last of the steps, as in the record. */
  start: Scores<number>
  end: Scores<number>
}

export const objectiveRun = overSeeds({
  slices: ({ objectives }: ObjectiveInput) => objectives.length * stops.length,
  look: ({ objectives }) => objectives.length,
  draw: (seed): ObjectiveWork => ({ lab: createObjectiveLab(seed), weights: {}, checkpoints: {} }),

  advance({ lab, weights, checkpoints }, slice, { objectives }) {
    // The objectives take turns, so that all of them stand at the same step as the seed goes on.
    const objective = objectives[slice % objectives.length]!
    const stop = Math.floor(slice / objectives.length)
    const step = stops[stop]!
    const taught = advancePolicy(objective, lab.train, weights[objective] ?? lab.start, step - (stops[stop - 1] ?? 0))
    return {
      lab,
      weights: { ...weights, [objective]: taught },
      checkpoints: { ...checkpoints, [objective]: [...checkpoints[objective] ?? [], checkpointOf(lab, step, taught)] },
    }
  },

  result: ({ checkpoints }) => checkpoints,

  view(runs, { objectives }, slices) {
    // In the first seed an objective may be one checkpoint ahead of the next.
    const steps = stops.slice(0, Math.floor(slices / objectives.length))
    const courses: Partial<Record<ExactObjective, Course>> = {}
    if (steps.length > 0) {
      for (const objective of objectives)
        courses[objective] = courseOf(runs.map(run => run[objective]!), steps.length)
    }
    return { /** Training steps measured so far. */ steps, courses }
  },
})

function courseOf(runs: readonly (readonly Checkpoint[])[], length: number): Course {
  const meansAt = (i: number) => scoresBy(score => mean(runs, run => run[i]![score])!)
  return {
    medians: scoresBy(score => Array.from({ length }, (_, i) => median(runs, run => run[i]![score])!)),
    start: meansAt(0),
    end: meansAt(length - 1),
  }
}
