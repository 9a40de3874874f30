/**
 * The structure race: learners with more and less built-in structure see the same examples once, and the lead changes
 * hands as examples or compute grow. A race is plain data; advancing it makes the next state, so a worker can drive it.
 * Longer than most files here: the state of a race and how it advances on either engine.
 */

import { kernel } from './kernel/kernel.ts'
import { Random, type RandomState } from './random.ts'
import { bandOf, crossing, crossingsOf, leadersOf, type Band, type Crossings, type Curve } from './race/compare.ts'
import {
  BATCH, copyWeights, initialWeights, meanSquaredError, shapeOf, train,
  type Batch, type LearnerName, type Schedule, type Shape, type Weights,
} from './race/learner.ts'
import { createTask, drawExamples, inputKurtosis, type RacePreset, type Task } from './race/task.ts'

export { BATCH, shapeOf, type LearnerName, type Schedule, type Shape } from './race/learner.ts'
export { type RacePreset } from './race/task.ts'
export { bandOf, crossing, crossingsOf, leadersOf, type Band, type Crossings, type Curve } from './race/compare.ts'

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
  readonly preset: RacePreset
  readonly seed: number
  readonly task: Task
  /** The test set: TEST_POINTS fresh examples, never trained on. */
  readonly test: { readonly inputs: Float64Array, readonly truth: Float64Array }
  readonly runners: readonly Runner[]
}

/** One measurement of one learner. */
export interface Measurement {
  readonly name: LearnerName
  readonly step: number
  /** Training examples seen, each once. */
  readonly examples: number
  /** Counted training FLOPs. */
  readonly flop: number
  /** Mean squared error against the noise-free truth on the test set; the target's variance is about 1. */
  readonly error: number
}

/** The two axes of a race. */
export interface RaceAxes {
  /** Training examples, multiples of the batch size. */
  readonly examples: readonly number[]
  /** Counted training FLOPs. */
  readonly flop: readonly number[]
}

/** One learner's errors along both axes; null where the budget does not buy a single step. */
export interface RunnerCurves {
  readonly name: LearnerName
  readonly examples: Curve
  readonly flop: Curve
}

/** Many seeds of a race together; in each `leads`, in how many seeds the learner has the lowest error at each budget. */
export interface RaceSummary {
  readonly learners: readonly {
    readonly name: LearnerName
    readonly examples: Band & { readonly leads: readonly number[] }
    readonly flop: Band & { readonly leads: readonly number[] }
  }[]
  /** The same count among the learners of the relay alone, and the seeds in which every hand-over comes, in order. */
  readonly relay: {
    readonly learners: readonly LearnerName[]
    readonly examples: { readonly leads: readonly (readonly number[])[], readonly holds: number }
    readonly flop: { readonly leads: readonly (readonly number[])[], readonly holds: number }
  }
  readonly crossings: readonly (RacePair & { readonly examples: Crossings, readonly flop: Crossings })[]
}

/** A cheaper learner and a more general one that may overtake it. */
export interface RacePair {
  readonly from: LearnerName
  readonly to: LearnerName
}

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
    const schedule = RACE_LEARNERS[preset][name]
    if (!schedule) throw new RangeError(`${preset} is run by ${learnersOf(preset).join(', ')}; got '${String(name)}'.`)
    const shape = shapeOf(name, task.columns)
    return { shape, schedule, weights: initialWeights(shape, random.fork(name)), stream: random.fork('train').state() }
  })
  return { preset, seed, task, test: { inputs, truth }, runners }
}

/** The learners of a preset, cheapest first. */
export function learnersOf(preset: RacePreset): LearnerName[] {
  if (!Object.hasOwn(RACE_LEARNERS, preset))
    throw new RangeError(`A preset is ${Object.keys(RACE_LEARNERS).join(' or ')}; got '${String(preset)}'.`)
  return Object.keys(RACE_LEARNERS[preset]) as LearnerName[]
}

/**
 * The race with every runner `steps` mini-batches further, or each as many as its entry says. The given state is left
 * as it was; advancing by k and then by m gives the very numbers of advancing by k + m, with either engine.
 */
export function advanceRace(
  state: RaceState, steps: number | Readonly<Partial<Record<LearnerName, number>>>, engine: Engine = 'typescript',
): RaceState {
  const stepsOf = ({ shape }: Runner): number => typeof steps === 'number' ? steps : steps[shape.name] ?? 0
  // Runners that stand at the same place and go equally far read the same examples: those are drawn once for all.
  const runners = [...state.runners]
  const waiting = new Set(runners.keys())
  for (const first of waiting) {
    const leader = runners[first]!
    const group = [...waiting].filter(i => runners[i]!.weights.step === leader.weights.step && stepsOf(runners[i]!) === stepsOf(leader))
    for (const i of group) waiting.delete(i)
    const advanced = advanceTogether(state.task, group.map(i => runners[i]!), stepsOf(leader), engine)
    group.forEach((i, k) => { runners[i] = advanced[k]! })
  }
  return { ...state, runners }
}

/** One runner `steps` mini-batches further. */
export function advanceRunner(task: Task, runner: Runner, steps: number, engine: Engine = 'typescript'): Runner {
  return advanceTogether(task, [runner], steps, engine)[0]!
}

/** Batches drawn before the learners take their turns: enough for the kernel, little enough for the cache. */
const DRAWN_BATCHES = 64

/** Runners that stand at the same place of their common stream, all `steps` mini-batches further. */
function advanceTogether(task: Task, runners: readonly Runner[], steps: number, engine: Engine): Runner[] {
  if (!Number.isInteger(steps) || steps < 0) throw new RangeError(`steps is a whole number from 0; got ${steps}.`)
  if (steps === 0) return [...runners]
  const random = Random.restore(runners[0]!.stream)
  const kurtosis = inputKurtosis(task)
  const fast = engine === 'wasm' ? kernel() : undefined
  const weights = runners.map(runner => copyWeights(runner.weights))
  const batches = Array.from({ length: Math.min(DRAWN_BATCHES, steps) }, (): Batch => ({
    inputs: new Float64Array(BATCH * task.columns),
    truth: new Float64Array(BATCH),
    target: new Float64Array(BATCH),
  }))
  const example = new Float64Array(task.columns)
  for (let done = 0; done < steps; done += batches.length) {
    batches.length = Math.min(batches.length, steps - done)
    for (const { inputs, truth, target } of batches) drawExamples(task, random, BATCH, inputs, truth, target, example)
    runners.forEach(({ shape, schedule }, r) => {
      if (fast && shape.hidden > 0) fast.train(shape, weights[r]!, schedule, batches)
      else train(shape, weights[r]!, schedule, kurtosis, batches)
    })
  }
  const stream = random.state()
  return runners.map((runner, r) => ({ ...runner, weights: weights[r]!, stream }))
}

/** Every runner measured now. */
export function measurements(state: RaceState, engine: Engine = 'typescript'): Measurement[] {
  return state.runners.map(({ shape, weights: { step } }, i) => ({
    name: shape.name,
    step,
    examples: step * BATCH,
    flop: step * shape.stepFlop,
    error: runnerError(state, i, engine),
  }))
}

/** Test error of runner number `index`, from its average weights. */
export function runnerError(state: RaceState, index: number, engine: Engine = 'typescript'): number {
  const runner = state.runners[index]
  if (!runner) throw new RangeError(`The race has runners 0 to ${state.runners.length - 1}; got ${index}.`)
  const { shape, weights } = runner
  const { inputs, truth } = state.test
  const fast = engine === 'wasm' && shape.hidden > 0 ? kernel() : undefined
  return fast
    ? fast.meanSquaredError(shape, weights, inputs, truth)
    : meanSquaredError(shape, weights, inputKurtosis(state.task), inputs, truth)
}

/** Steps of a learner that a budget of examples or of FLOPs pays for. */
export function stepsWithin(shape: Shape, budget: { readonly examples: number } | { readonly flop: number }): number {
  return 'examples' in budget ? Math.floor(budget.examples / BATCH) : Math.floor(budget.flop / shape.stepFlop)
}

/** One seed from start to end: every learner trains until it has met every budget of both axes. */
export function runRace(preset: RacePreset, seed: number, axes: RaceAxes = raceAxes(), engine: Engine = 'typescript'): RunnerCurves[] {
  let state = createRace(preset, seed)
  const plans = state.runners.map(({ shape }) => {
    const onExamples = axes.examples.map(examples => stepsWithin(shape, { examples }))
    const onFlop = axes.flop.map(flop => stepsWithin(shape, { flop }))
    const stops = new Set([...onExamples, ...onFlop].filter(step => step > 0))
    return { name: shape.name, onExamples, onFlop, stops, last: Math.max(0, ...stops), errors: new Map<number, number>() }
  })
  // All move on to the next place where any of them is measured, so that each example is drawn once.
  const stops = [...new Set(plans.flatMap(plan => [...plan.stops]))].sort((a, b) => a - b)
  let step = 0
  for (const stop of stops) {
    const moving = plans.filter(({ last }) => last >= stop).map(({ name }) => [name, stop - step] as const)
    state = advanceRace(state, Object.fromEntries(moving), engine)
    step = stop
    plans.forEach((plan, index) => {
      if (plan.stops.has(stop)) plan.errors.set(stop, runnerError(state, index, engine))
    })
  }
  return plans.map(({ name, onExamples, onFlop, errors }) => ({
    name,
    examples: onExamples.map(at => errors.get(at) ?? null),
    flop: onFlop.map(at => errors.get(at) ?? null),
  }))
}

/**
 * Bands, leaders and crossings over seeds; `runs[seed]` is what `runRace` returned on the same axes. Where only some of
 * the learners ran, the relay and the crossings are among these.
 */
export function summariseRaces(preset: RacePreset, axes: RaceAxes, runs: readonly (readonly RunnerCurves[])[]): RaceSummary {
  const names = runs[0]?.map(curves => curves.name)
  if (!names) throw new RangeError('A summary needs at least 1 seed; got 0.')
  const curvesOf = (name: LearnerName, axis: Axis): Curve[] => runs.map((run) => {
    const curves = run.find(candidate => candidate.name === name)
    if (!curves) throw new RangeError(`Every seed runs ${names.join(', ')}; one lacks '${name}'.`)
    return curves[axis]
  })
  const leadsOf = (learners: readonly LearnerName[], axis: Axis): number[][] => leadersOf(learners.map(name => curvesOf(name, axis)))
  const perSeed = ({ from, to }: RacePair, axis: Axis): (number | null)[] => {
    const general = curvesOf(to, axis)
    const first = axis === 'examples' ? FIRST_ORDERED_EXAMPLES : 0
    return curvesOf(from, axis).map((cheap, seed) => crossing(axes[axis], cheap, general[seed]!, first))
  }

  const relay = RACE_RELAYS[preset].filter(name => names.includes(name))
  const handovers = relay.slice(1).map((to, i): RacePair => ({ from: relay[i]!, to }))
  const others = OTHER_PAIRS[preset].filter(({ from, to }) => names.includes(from) && names.includes(to))
  const relayOn = (axis: Axis): RaceSummary['relay']['examples'] => {
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

type Axis = 'examples' | 'flop'

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
