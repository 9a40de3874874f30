/** The experiments by name: what a worker can be asked to run. */
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
