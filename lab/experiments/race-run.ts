/**
 * The structure race as an experiment to run: seed after seed, every learner of a seed side by side. After each slice it
 * says where the seed under way stands, and what the finished seeds say together.
 */
import type { RaceSummary } from '../../data/recorded.ts'
import type { Experiment } from '../experiment.ts'
import type { Engine, RaceAxes, RaceState, RunnerCurves } from '../structure-race.ts'
import { BATCH, shapeOf, type LearnerName, type Shape } from '../race/learner.ts'
import { columnsOf, type RacePreset } from '../race/task.ts'
import { advanceRunner, createRace, learnersOf, raceAxes, runnerError, summariseRaces } from '../structure-race.ts'

export interface RaceInput {
  preset: RacePreset
  /** How many seeds, counted up from `firstSeed`. */
  seeds: number
  firstSeed: number
  /** Which learners run; all of the preset if left out. */
  learners?: readonly LearnerName[]
  /** Budgets at which errors are measured; the whole axes if left out. */
  axes?: RaceAxes
  /** Who does the arithmetic of the networks: TypeScript to the bit, or the WASM kernel, faster and in f32. */
  engine?: Engine
  /**
   * A learner stops after so many examples; four times the longest axis if left out. Beyond it a cheap learner would only
   * read more and more examples to use up its FLOPs. Its curve over FLOPs ends there and is not drawn on.
   */
  mostExamples?: number
}

/** A learner is measured when it has taken so many steps. */
interface Mark {
  /** Index of the learner. */
  runner: number
  step: number
}

interface RaceRunState {
  input: Required<RaceInput>
  /** The measurements of one seed in the order they are made; the same for every seed. */
  marks: readonly Mark[]
  /** Work of one step, learner by learner, and of one whole seed. */
  stepWork: readonly number[]
  seedWork: number
  /** The seed under way; null before its first slice. */
  race: RaceState | null
  /** Errors of the seed under way, mark by mark, as far as it is. */
  errors: readonly number[]
  /** Curves of the finished seeds, and what they say together. */
  finished: readonly (readonly RunnerCurves[])[]
  summary: RaceSummary | null
  /** Whether the last slice came to something worth a look. */
  shown: boolean
}

export interface RaceView {
  /** The seed under way, its curves as far as they are; null when all seeds are done. */
  current: { seed: number, curves: readonly RunnerCurves[] } | null
  /** One entry a finished seed. */
  finished: readonly (readonly RunnerCurves[])[]
  /** Medians, 10th and 90th percentiles, leaders and crossings over the finished seeds; null before the first. */
  summary: RaceSummary | null
  /** Seeds asked for. */
  seeds: number
}

/**
 * Work of drawing an example, in FLOPs: what its time comes to. It is not part of the counted training FLOPs, but
 * without it a cheap learner would look as if it took no time.
 */
const DRAWING_WORK = 2000

/** Work of one slice: some ten milliseconds. */
const SLICE_WORK = 12e6

/** The axis along which the learners of a seed keep level: that of the slide's story. */
const PACE: Readonly<Record<RacePreset, keyof RaceAxes>> = { 'mostly-linear': 'examples', 'friedman1': 'flop' }

/** The first seed is worth a look after so many measurements: quick enough to watch, slow enough to see it grow. */
const LOOK = 2

export const raceRun: Experiment<RaceInput, RaceRunState, RaceView> = {
  begin({ preset, seeds, firstSeed, learners = learnersOf(preset), axes = raceAxes(), engine = 'typescript', mostExamples = 262_144 }) {
    const shapes = learners.map(name => shapeOf(name, columnsOf(preset)))
    const pace = (mark: Mark): number => PACE[preset] === 'examples' ? mark.step : mark.step * shapes[mark.runner]!.stepFlop
    const stops = shapes.map(shape => new Set(Object.values(stepsAlong(axes, shape)).flat().filter(step => step > 0 && step * BATCH <= mostExamples)))
    const stepWork = shapes.map(({ stepFlop }) => stepFlop + DRAWING_WORK * BATCH)
    return {
      input: { preset, seeds, firstSeed, learners, axes, engine, mostExamples },
      marks: stops
        .flatMap((steps, runner) => [...steps].map((step): Mark => ({ runner, step })))
        .sort((a, b) => pace(a) - pace(b) || a.runner - b.runner),
      stepWork,
      seedWork: stops.reduce((sum, steps, runner) => sum + Math.max(0, ...steps) * stepWork[runner]!, 0),
      race: null,
      errors: [],
      finished: [],
      summary: null,
      shown: false,
    }
  },

  advance(state) {
    const { preset, firstSeed, seeds, learners, axes, engine } = state.input
    if (state.finished.length >= seeds)
      return state
    let race = state.race ?? createRace(preset, firstSeed + state.finished.length, learners)
    const errors = [...state.errors]
    let work = 0
    // Marks lie close together at first and far apart at the end: a slice is many of the first and a part of the last.
    while (work < SLICE_WORK && errors.length < state.marks.length) {
      const { runner, step } = state.marks[errors.length]!
      const missing = step - race.runners[runner]!.weights.step
      const affordable = Math.max(1, Math.floor((SLICE_WORK - work) / state.stepWork[runner]!))
      const steps = Math.min(missing, affordable)
      const advanced = advanceRunner(race.task, race.runners[runner]!, steps, engine)
      race = { ...race, runners: race.runners.with(runner, advanced) }
      work += steps * state.stepWork[runner]!
      if (steps < missing)
        continue
      errors.push(runnerError(race, advanced, engine))
      // One measurement a slice while the first seed grows, so that each slice is a picture of its own.
      if (state.finished.length === 0)
        break
    }
    if (errors.length < state.marks.length) {
      const shown = state.finished.length === 0 && errors.length > state.errors.length && errors.length % LOOK === 0
      return { ...state, race, errors, shown }
    }
    const finished = [...state.finished, curvesOf(state.input, state.marks, errors)]
    return { ...state, race: null, errors: [], finished, summary: summariseRaces(preset, axes, finished), shown: true }
  },

  progress({ input, finished, race, stepWork, seedWork }) {
    if (finished.length >= input.seeds)
      return 1
    const current = race ? race.runners.reduce((sum, { weights }, runner) => sum + weights.step * stepWork[runner]!, 0) : 0
    return Math.min((finished.length + current / seedWork) / input.seeds, 1 - Number.EPSILON)
  },

  // The growing first seed, and after it each seed that is finished.
  isKeyframe: state => state.shown,

  view({ input, marks, errors, finished, summary }) {
    const { seeds, firstSeed } = input
    return {
      current: finished.length < seeds ? { seed: firstSeed + finished.length, curves: curvesOf(input, marks, errors) } : null,
      finished,
      summary,
      seeds,
    }
  },
}

/** One seed from start to end, to the end of both axes. */
export function runRace(preset: RacePreset, seed: number, axes: RaceAxes = raceAxes(), engine: Engine = 'typescript'): readonly RunnerCurves[] {
  let state = raceRun.begin({ preset, seeds: 1, firstSeed: seed, axes, engine, mostExamples: Infinity })
  while (state.finished.length === 0)
    state = raceRun.advance(state)
  return state.finished[0]!
}

/** Steps that each budget buys. */
function stepsAlong(axes: RaceAxes, { stepFlop }: Shape): Record<keyof RaceAxes, number[]> {
  return {
    examples: axes.examples.map(examples => Math.floor(examples / BATCH)),
    flop: axes.flop.map(flop => Math.floor(flop / stepFlop)),
  }
}

/** Curves along both axes of the measurements made so far. */
function curvesOf({ preset, learners, axes }: Required<RaceInput>, marks: readonly Mark[], errors: readonly number[]): RunnerCurves[] {
  return learners.map((name, runner) => {
    const measured = new Map(errors.flatMap((error, i) => marks[i]!.runner === runner ? [[marks[i]!.step, error]] : []))
    const steps = stepsAlong(axes, shapeOf(name, columnsOf(preset)))
    const errorAt = (step: number): number | null => measured.get(step) ?? null
    return { name, examples: steps.examples.map(errorAt), flop: steps.flop.map(errorAt) }
  })
}
