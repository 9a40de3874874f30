/** The objective lab as an experiment to run: imitation and reward from the same start, step by step, for one seed. */
import type { Experiment } from '../experiment.ts'
import type { Checkpoint, Objective } from '../objective-lab.ts'
import { advancePolicy, checkpointSteps, conductOf, createObjectiveLab, OBJECTIVE_SETTINGS } from '../objective-lab.ts'

export interface ObjectiveInput {
  seed: number
  objectives: readonly Objective[]
}

interface ObjectiveState extends ObjectiveInput {
  /** Index of the next checkpoint. */
  next: number
  weights: Partial<Record<Objective, Float64Array>>
  checkpoints: Partial<Record<Objective, readonly Checkpoint[]>>
}

/** What is drawn: how each objective's policy conducts itself at the checkpoints so far. */
export type ObjectiveView = Partial<Record<Objective, readonly Checkpoint[]>>

const stops = checkpointSteps()

export const objectiveRun: Experiment<ObjectiveInput, ObjectiveState, ObjectiveView> = {
  begin(input) {
    return { ...input, next: 0, weights: {}, checkpoints: {} }
  },

  advance(state) {
    const lab = createObjectiveLab(state.seed)
    const weights = { ...state.weights }
    const checkpoints = { ...state.checkpoints }
    const step = stops[state.next] ?? OBJECTIVE_SETTINGS.steps
    const since = state.next === 0 ? 0 : stops[state.next - 1] ?? 0
    for (const objective of state.objectives) {
      if (objective === 'reinforce')
        throw new RangeError('The live run has exact gradients only; got the sampled objective “reinforce”.')
      const taught = advancePolicy(objective, lab.train, weights[objective] ?? lab.start, step - since)
      weights[objective] = taught
      checkpoints[objective] = [...checkpoints[objective] ?? [], { step, train: conductOf(lab.train, taught), heldOut: conductOf(lab.heldOut, taught) }]
    }
    return { ...state, next: state.next + 1, weights, checkpoints }
  },

  progress: state => state.next / stops.length,

  view: state => state.checkpoints,
}
