/**
 * The structure race: learners with more and less built-in structure read the same stream of examples, and every one is
 * measured at budgets of training examples and of counted training FLOPs. Here are its learners, one step of it, and what
 * many seeds of it say together; lab/experiments/race-run.ts runs it.
 */

import { Random, type RandomState } from './random.ts'
import type { Along, Curve, RacePair, RaceSummary } from '../data/recorded.ts'
import { kernel } from './kernel/kernel.ts'
import { bandOf, crossing, crossingsOf, leadersOf } from './race/compare.ts'
import { BATCH, initialWeights, meanSquaredError, shapeOf, train, type Batch, type LearnerName, type Schedule, type Shape, type Weights } from './race/learner.ts'
import { createTask, drawExamples, inputKurtosis, type RacePreset, type Task } from './race/task.ts'

/** One learner in a race: what it is, what it has learned, and where in the stream of examples it stands. */
export interface Runner {
  readonly shape: Shape
  readonly schedule: Schedule
  readonly weights: Weights
  /** Every runner of a race reads the same stream from its beginning, so all see the same examples in the same order. */
  readonly stream: RandomState
}

/** A race at one moment: plain data, safe for structuredClone. */
export interface RaceState {
  readonly task: Task
  /** The test set: TEST_POINTS fresh examples, never trained on. */
  readonly test: { readonly inputs: Float64Array, readonly truth: Float64Array }
  readonly runners: readonly Runner[]
}

/** The two axes of a race: training examples, multiples of the batch size, and counted training FLOPs. */
export type RaceAxes = Along<readonly number[]>

/** One learner's errors along both axes; null where the budget does not buy a single step. */
export type RunnerCurves = Along<Curve> & { readonly name: LearnerName }

/**
 * What computes the MLPs. 'typescript' is the reference, in f64: recorded runs and everything compared to the bit. 'wasm'
 * is the kernel, in f32, within a few per cent of it and many times faster: live runs of many seeds. Where the kernel
 * cannot run, TypeScript does. The other learners are cheap and always TypeScript. A race may change engines on its way.
 */
export type Engine = 'typescript' | 'wasm'

export const TEST_POINTS = 2000

/** Below this many examples the learners have no order, so the axis and the crossings start here. */
export const FIRST_ORDERED_EXAMPLES = 256

/** Each preset's learners with the schedule chosen among 16 (rate, rateSteps) pairs on seeds that are not reported. */
export const RACE_LEARNERS: Readonly<Record<RacePreset, Readonly<Partial<Record<LearnerName, Schedule>>>>> = {
  'mostly-linear': {
    'linear': { rate: 0.03, rateSteps: 100 },
    'additive': { rate: 0.03, rateSteps: 100 },
    'MLP-32': { rate: 0.03, rateSteps: 100 },
    'MLP-128': { rate: 0.01, rateSteps: 1000 },
  },
  'friedman1': {
    'linear': { rate: 0.1, rateSteps: 100 },
    'quadratic': { rate: 0.03, rateSteps: 100 },
    'MLP-32': { rate: 0.03, rateSteps: 1000 },
    'MLP-128': { rate: 0.03, rateSteps: 1000 },
  },
}

/** Each preset's relay: the learners that hand the lead on, cheapest first. */
export const RACE_RELAYS: Readonly<Record<RacePreset, readonly LearnerName[]>> = {
  'mostly-linear': ['linear', 'MLP-32'],
  'friedman1': ['linear', 'quadratic', 'MLP-128'],
}

/** Pairs beyond the relay whose crossings are worth knowing: they say what the relay leaves out. */
const OTHER_PAIRS: Readonly<Record<RacePreset, readonly RacePair[]>> = {
  'mostly-linear': [{ from: 'linear', to: 'additive' }, { from: 'additive', to: 'MLP-32' }],
  'friedman1': [{ from: 'quadratic', to: 'MLP-32' }, { from: 'MLP-32', to: 'MLP-128' }],
}

/** Half octaves of examples from 128 and of FLOPs from 31,250 (a 32nd of a million) up to the given limits. */
export function raceAxes(maxExamples = 65_536, maxFlop = 64e6): RaceAxes {
  return {
    examples: halfOctaves(128, maxExamples).map(n => Math.round(n / BATCH) * BATCH),
    flop: halfOctaves(31_250, maxFlop).map(Math.round),
  }
}

/** A race before the first step. */
export function createRace(preset: RacePreset, seed: number, names: readonly LearnerName[] = learnersOf(preset)): RaceState {
  const random = Random.fromSeed(seed).fork(preset)
  const task = createTask(preset, random.fork('task'))
  const inputs = new Float64Array(TEST_POINTS * task.columns)
  const truth = new Float64Array(TEST_POINTS)
  drawExamples(task, random.fork('test'), TEST_POINTS, inputs, truth, new Float64Array(TEST_POINTS))
  const runners = names.map((name): Runner => {
    const shape = shapeOf(name, task.columns)
    return { shape, schedule: RACE_LEARNERS[preset][name]!, weights: initialWeights(shape, random.fork(name)), stream: random.fork('train').state() }
  })
  return { task, test: { inputs, truth }, runners }
}

/** The learners of a preset, cheapest first. */
export function learnersOf(preset: RacePreset): LearnerName[] {
  return Object.keys(RACE_LEARNERS[preset]) as LearnerName[]
}

/** Batches drawn before they are learned from: enough for the kernel, little enough for the cache. */
const DRAWN_BATCHES = 64

/**
 * One runner `steps` mini-batches further. The given one is left as it was; advancing by k and then by m gives the very
 * numbers of advancing by k + m, with either engine.
 */
export function advanceRunner(task: Task, { shape, schedule, ...runner }: Runner, steps: number, engine: Engine = 'typescript'): Runner {
  const random = Random.restore(runner.stream)
  const kurtosis = inputKurtosis(task)
  const fast = engine === 'wasm' && shape.hidden > 0 ? kernel() : undefined
  const weights = structuredClone(runner.weights)
  const batches = Array.from({ length: Math.min(DRAWN_BATCHES, steps) }, (): Batch => ({
    inputs: new Float64Array(BATCH * task.columns),
    truth: new Float64Array(BATCH),
    target: new Float64Array(BATCH),
  }))
  const example = new Float64Array(task.columns)
  for (let done = 0; done < steps; done += batches.length) {
    batches.length = Math.min(batches.length, steps - done)
    for (const { inputs, truth, target } of batches) drawExamples(task, random, BATCH, inputs, truth, target, example)
    if (fast) fast.train(shape, weights, schedule, batches)
    else train(shape, weights, schedule, kurtosis, batches)
  }
  return { shape, schedule, weights, stream: random.state() }
}

/** Test error of a runner, from its average weights: the mean squared error against the noise-free truth, whose variance is about 1. */
export function runnerError({ task, test: { inputs, truth } }: RaceState, { shape, weights }: Runner, engine: Engine = 'typescript'): number {
  const fast = engine === 'wasm' && shape.hidden > 0 ? kernel() : undefined
  return fast
    ? fast.meanSquaredError(shape, weights, inputs, truth)
    : meanSquaredError(shape, weights, inputKurtosis(task), inputs, truth)
}

/**
 * Bands, leaders and crossings over seeds; `runs[seed]` are the curves of one seed on these axes. Where only some of the
 * learners ran, the relay and the crossings are among these.
 */
export function summariseRaces(preset: RacePreset, axes: RaceAxes, runs: readonly (readonly RunnerCurves[])[]): RaceSummary {
  const names = runs[0]!.map(curves => curves.name)
  const curvesOf = (name: LearnerName, axis: Axis): Curve[] => runs.map(run => run.find(curves => curves.name === name)![axis])
  const leadsOf = (learners: readonly LearnerName[], axis: Axis): number[][] => leadersOf(learners.map(name => curvesOf(name, axis)))
  const perSeed = ({ from, to }: RacePair, axis: Axis): (number | null)[] => {
    const general = curvesOf(to, axis)
    const first = axis === 'examples' ? FIRST_ORDERED_EXAMPLES : 0
    return curvesOf(from, axis).map((cheap, seed) => crossing(axes[axis], cheap, general[seed]!, first))
  }

  const relay = RACE_RELAYS[preset].filter(name => names.includes(name))
  const handovers = relay.slice(1).map((to, i): RacePair => ({ from: relay[i]!, to }))
  const others = OTHER_PAIRS[preset].filter(({ from, to }) => names.includes(from) && names.includes(to))
  const relayOn = (axis: Axis): RaceSummary['relay'][Axis] => {
    const at = handovers.map(pair => perSeed(pair, axis))
    const holds = runs.filter((_, seed) => at.every((where, i) => {
      const here = where[seed] ?? null
      const before = i === 0 ? 0 : at[i - 1]![seed] ?? null
      return here !== null && before !== null && before < here
    })).length
    return { leads: leadsOf(relay, axis), holds }
  }
  const leads = { examples: leadsOf(names, 'examples'), flop: leadsOf(names, 'flop') }
  return {
    learners: names.map((name, l) => ({
      name,
      examples: { ...bandOf(curvesOf(name, 'examples')), leads: leads.examples[l]! },
      flop: { ...bandOf(curvesOf(name, 'flop')), leads: leads.flop[l]! },
    })),
    relay: { learners: relay, examples: relayOn('examples'), flop: relayOn('flop') },
    crossings: [...handovers, ...others].map(pair => ({
      ...pair,
      examples: crossingsOf(perSeed(pair, 'examples')),
      flop: crossingsOf(perSeed(pair, 'flop')),
    })),
  }
}

type Axis = keyof RaceAxes

function halfOctaves(first: number, limit: number): number[] {
  const out: number[] = []
  let octave = first
  while (octave <= limit) {
    out.push(octave)
    if (octave * SQRT_2 <= limit) out.push(octave * SQRT_2)
    octave *= 2
  }
  return out
}

const SQRT_2 = Math.sqrt(2)
