/** The experiments by name: what a worker can be asked to run. */
import type { Experiment } from './experiment.ts'
import { flawRun } from './experiments/flaw-run.ts'
import { mapRun } from './experiments/map-run.ts'
import { objectiveRun } from './experiments/objective-run.ts'
import { raceRun } from './experiments/race-run.ts'
import { rungRun } from './experiments/rung-run.ts'

export const experiments = {
  'objective-lab': objectiveRun,
  'structure-race': raceRun,
  'overoptimise': flawRun,
  'attention-map': mapRun,
  'rungs': rungRun,
}

export type ExperimentName = keyof typeof experiments

type Parts<Name extends ExperimentName> = (typeof experiments)[Name] extends Experiment<infer Input, infer State, infer View>
  ? { input: Input, state: State, view: View }
  : never

export type ExperimentInput<Name extends ExperimentName> = Parts<Name>['input']
