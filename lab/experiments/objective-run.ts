/**
 * The objective lab as an experiment to run: the same start taught by several objectives, checkpoint by checkpoint, for
 * one seed after another. The first seed can be followed as it grows; after that medians over the finished seeds.
 */
import type { Experiment } from '../experiment.ts'
import type { Checkpoint, Objective, ObjectiveLab } from '../objective-lab.ts'
import { mean, median } from 'd3-array'
import { advancePolicy, checkpointSteps, evaluatePolicy, createObjectiveLab } from '../objective-lab.ts'

export interface ObjectiveInput {
  /** The first seed; the others follow it. */
  seed: number
  /** How many seeds to run. */
  seeds: number
  /** What to teach by, all from the same start; exact gradients only. */
  objectives: readonly Objective[]
}

type Checkpoints = Partial<Record<Objective, readonly Checkpoint[]>>

interface ObjectiveState extends ObjectiveInput {
  /** The checkpoints of the finished seeds. */
  finished: readonly Checkpoints[]
  /** Questions and start of the seed under way, drawn once a seed. */
  lab?: ObjectiveLab
  weights: Partial<Record<Objective, Float64Array>>
  checkpoints: Checkpoints
}

/** Where a policy stands: P(right) on the training questions with its two parts, variety, and P(right) on new ones. */
export interface Scores {
  right: number
  reference: number
  otherRight: number
  effectiveRight: number
  heldOutRight: number
}

/** One objective so far: of the first seed alone until that is finished, then over all finished seeds. */
export interface Course {
  /** Medians over these seeds at each of the view's steps. */
  medians: Record<keyof Scores, number[]>
  /** Means over these seeds at the first and the last of the steps, as in the record. */
  start: Scores
  end: Scores
}

export interface ObjectiveView {
  seed: number
  /** Seeds finished, of how many. */
  finished: number
  seeds: number
  /** Training steps measured so far. */
  steps: number[]
  courses: Partial<Record<Objective, Course>>
}

const stops = checkpointSteps()

export const objectiveRun: Experiment<ObjectiveInput, ObjectiveState, ObjectiveView> = {
  begin({ seed, seeds, objectives }) {
    if (!Number.isInteger(seeds) || seeds < 1)
      throw new RangeError(`seeds is a whole number from 1; got ${seeds}.`)
    if (objectives.length === 0)
      throw new RangeError('A run needs at least 1 objective; got 0.')
    if (objectives.includes('reinforce'))
      throw new RangeError('The live run has exact gradients only; got the sampled objective “reinforce”.')
    return { seed, seeds, objectives, finished: [], weights: {}, checkpoints: {} }
  },

  advance(state) {
    const lab = state.lab
    if (!lab)
      return { ...state, lab: createObjectiveLab(state.seed + state.finished.length), weights: {}, checkpoints: {} }

    // The objectives take turns, so that all of them stand at the same step as the seed goes on.
    const next = Math.min(...state.objectives.map(objective => measured(state, objective)))
    const objective = state.objectives.find(objective => measured(state, objective) === next)!
    const step = stops[next]!
    const weights = advancePolicy(objective, lab.train, state.weights[objective] ?? lab.start, step - (stops[next - 1] ?? 0))
    const checkpoint = { step, train: evaluatePolicy(lab.train, weights), heldOut: evaluatePolicy(lab.heldOut, weights) }
    const checkpoints = { ...state.checkpoints, [objective]: [...state.checkpoints[objective] ?? [], checkpoint] }
    const after = { ...state, weights: { ...state.weights, [objective]: weights }, checkpoints }
    return state.objectives.every(objective => measured(after, objective) === stops.length)
      ? { ...after, finished: [...state.finished, checkpoints], lab: undefined, weights: {}, checkpoints: {} }
      : after
  },

  progress(state) {
    const underWay = state.objectives.reduce((sum, objective) => sum + measured(state, objective), 0)
    const aSeed = state.objectives.length * stops.length
    return (state.finished.length * aSeed + underWay) / (state.seeds * aSeed)
  },

  beat(state) {
    if (state.finished.length > 0)
      return !state.lab
    const first = measured(state, state.objectives[0]!)
    return first > 0 && state.objectives.every(objective => measured(state, objective) === first)
  },

  view(state) {
    const { seed, seeds, objectives, finished } = state
    const runs = finished.length > 0 ? finished : [state.checkpoints]
    // In the first seed an objective may be one checkpoint ahead of the next.
    const length = Math.min(...runs.map(run => Math.min(...objectives.map(objective => run[objective]?.length ?? 0))))
    const courses: Partial<Record<Objective, Course>> = {}
    if (length > 0) {
      for (const objective of objectives)
        courses[objective] = courseOf(runs.map(run => run[objective]!.slice(0, length)))
    }
    return { seed, seeds, finished: finished.length, steps: stops.slice(0, length), courses }
  },
}

function measured(state: ObjectiveState, objective: Objective): number {
  return state.checkpoints[objective]?.length ?? 0
}

const parts: Record<keyof Scores, (checkpoint: Checkpoint) => number> = {
  right: ({ train }) => train.right,
  reference: ({ train }) => train.reference,
  otherRight: ({ train }) => train.otherRight,
  effectiveRight: ({ train }) => train.effectiveRight,
  heldOutRight: ({ heldOut }) => heldOut.right,
}

function courseOf(runs: readonly (readonly Checkpoint[])[]): Course {
  const last = runs[0]!.length - 1
  const each = <Value>(make: (pick: (checkpoint: Checkpoint) => number) => Value): Record<keyof Scores, Value> => ({
    right: make(parts.right),
    reference: make(parts.reference),
    otherRight: make(parts.otherRight),
    effectiveRight: make(parts.effectiveRight),
    heldOutRight: make(parts.heldOutRight),
  })
  return {
    medians: each(pick => runs[0]!.map((_, i) => median(runs, run => pick(run[i]!))!)),
    start: each(pick => mean(runs, run => pick(run[0]!))!),
    end: each(pick => mean(runs, run => pick(run[last]!))!),
  }
}
