/** The live runs of the slides, each within its seconds. */
import type { Report } from './measure.ts'
import process from 'node:process'
import { experiments } from '../../lab/experiments.ts'
import { runRace } from '../../lab/experiments/race-run.ts'
import type { RacePreset } from '../../lab/race/task.ts'
import { raceAxes, summariseRaces, type RaceAxes } from '../../lab/structure-race.ts'
import { fixed } from './measure.ts'

const raceSeeds = 40
const raceSeconds = 8

/** Races as a slide would run them live: budgets just past the last crossing of any of their seeds, on the axes on which the learners meet. */
const races: readonly { preset: RacePreset, axes: RaceAxes, meetOn: readonly ('examples' | 'flop')[] }[] = [
  { preset: 'friedman1', axes: raceAxes(8192, 32e6), meetOn: ['examples', 'flop'] },
  { preset: 'mostly-linear', axes: raceAxes(8192, 0), meetOn: ['examples'] },
  // The linear learner draws 350,000 examples a seed to spend this.
  { preset: 'mostly-linear', axes: raceAxes(8192, 23e6), meetOn: ['examples', 'flop'] },
]

const rungRuns: readonly { name: string, limit: number, input: Parameters<typeof experiments.rungs.begin>[0] }[] = [
  { name: 'all five rungs, single questions, 400 steps', limit: 25, input: { task: 'question', seed: 1, steps: 400 } },
  { name: 'rungs A and E, chat, 400 steps', limit: 60, input: { task: 'chat', rungs: ['A', 'E'], seed: 1, steps: 400 } },
]

export function measureRuns(): Report {
  const runs = [
    ...races.map(({ preset, axes, meetOn }) => {
      const { seconds, processorSeconds, result } = timed(() => Array.from({ length: raceSeeds }, (_, i) => runRace(preset, i + 1, axes, 'wasm')))
      // Seeds in which the relay's last hand-over came within the budgets on every axis of the race.
      const { crossings, relay } = summariseRaces(preset, axes, result)
      const last = crossings[relay.learners.length - 2]!
      const crossed = Math.min(...meetOn.map(axis => last[axis].crossed))
      return {
        what: `${raceSeeds} seeds of ${preset}, ${meetOn.join(' and ')}, past the last crossing`,
        seconds, processorSeconds, limit: raceSeconds, detail: `crossed in ${crossed}`, isFit: crossed === raceSeeds,
      }
    }),
    ...rungRuns.map(({ name, limit, input }) => {
      const { seconds, processorSeconds, result: firstMove } = timed(() => runRungs(input))
      return { what: name, seconds, processorSeconds, limit, detail: `every curve moved after ${fixed(firstMove)} s`, isFit: firstMove <= 1 }
    }),
  ]
  return {
    rows: runs.map(({ what, seconds, processorSeconds, detail }) => ({ what, value: `${fixed(seconds)} s, ${fixed(processorSeconds)} s of processor`, compared: detail })),
    goals: runs.map(({ what, seconds, limit, detail, isFit }) => ({ goal: `${what}, within ${limit} s`, reached: `${fixed(seconds)} s, ${detail}`, met: seconds <= limit && isFit })),
  }
}

/** Seconds until every curve had moved: a measurement after the start. */
function runRungs(input: typeof rungRuns[number]['input']): number {
  const { rungs } = experiments
  const start = performance.now()
  let firstMove = 0
  for (let state = rungs.begin(input); rungs.progress(state) < 1; state = rungs.advance(state)) {
    if (!firstMove && rungs.view(state).courses.every(({ points }) => points.length > 1))
      firstMove = performance.now() - start
  }
  return firstMove / 1000
}

/** Processor time beside the clock's, which a busy neighbour lengthens. */
function timed<T>(run: () => T): { seconds: number, processorSeconds: number, result: T } {
  const before = process.cpuUsage()
  const start = performance.now()
  const result = run()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  return { seconds, processorSeconds: (user + system) / 1e6, result }
}
