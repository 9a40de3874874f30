/** The whole race, many seeds of it, and the refit of the scaling law. */
import process from 'node:process'
import { cleanRuns } from '../../data/scaling-testbed.ts'
import { fitLaw, whyNotFit } from '../../lab/scaling-law.ts'
import { runRace } from '../../lab/experiments/race-run.ts'
import type { RacePreset } from '../../lab/race/task.ts'
import { raceAxes, summariseRaces, type Engine, type RaceAxes } from '../../lab/structure-race.ts'
import { spreadOf, timed, type Spread } from './measure.ts'

/** A race as a slide would run it live: budgets just past the last crossing of any of its seeds. */
export interface LiveRace {
  readonly preset: RacePreset
  readonly axes: RaceAxes
  /** The axis on which the learners meet. */
  readonly meetOn: readonly ('examples' | 'flop')[]
}

export const LIVE_RACES: readonly LiveRace[] = [
  { preset: 'friedman1', axes: raceAxes(8192, 32e6), meetOn: ['examples', 'flop'] },
  { preset: 'mostly-linear', axes: raceAxes(8192, 0), meetOn: ['examples'] },
  // The linear learner draws 350,000 examples a seed to spend this.
  { preset: 'mostly-linear', axes: raceAxes(8192, 23e6), meetOn: ['examples', 'flop'] },
]

export interface RaceTimes {
  readonly engine: Engine
  readonly seeds: number
  readonly seconds: number
  /** Processor time, which a busy neighbour does not lengthen as it does `seconds`. */
  readonly processorSeconds: number
  /** Seeds in which the relay's last hand-over came within the budgets on every axis of the race. */
  readonly crossed: number
}

/** Runs seeds 1 to `seeds` of a race past its last crossing. */
export function raceTimes({ preset, axes, meetOn }: LiveRace, engine: Engine, seeds: number): RaceTimes {
  const before = process.cpuUsage()
  const { ms, result } = timed(() => Array.from({ length: seeds }, (_, i) => runRace(preset, i + 1, axes, engine)))
  const { user, system } = process.cpuUsage(before)
  const { crossings, relay } = summariseRaces(preset, axes, result)
  const last = crossings[relay.learners.length - 2]!
  const crossed = Math.min(...meetOn.map(axis => last[axis].crossed))
  return { engine, seeds, seconds: ms / 1000, processorSeconds: (user + system) / 1e6, crossed }
}

/** Milliseconds of each different fit that the slider of the scaling curve can ask for, each done once. */
export function refitTimes(): Spread {
  const flops = cleanRuns.map(run => run.trainFlop).sort((a, b) => a - b)
  const sets = flops.map(horizon => cleanRuns.filter(run => run.trainFlop <= horizon)).filter(runs => !whyNotFit(runs))
  return spreadOf(sets.map(runs => timed(() => fitLaw(runs)).ms))
}
