import { advanceRunner, runnerError, type Engine, type RaceState } from '../../lab/structure-race.ts'

/** A race with every runner so many mini-batches further. */
export function advanceRace(race: RaceState, steps: number, engine?: Engine): RaceState {
  return { ...race, runners: race.runners.map(runner => advanceRunner(race.task, runner, steps, engine)) }
}

/** The test error of every runner. */
export function errorsOf(race: RaceState, engine?: Engine): number[] {
  return race.runners.map(runner => runnerError(race, runner, engine))
}
