/**
 * The structure race as an experiment to run: seed after seed, every learner of a seed side by side. After each slice it
 * says where the seed under way stands, and what the finished seeds say together.
 */
import type { Experiment } from '../experiment.ts'
import type { Engine, LearnerName, RaceAxes, RacePreset, RaceState, RaceSummary, RunnerCurves } from '../structure-race.ts'
import { advanceRunner, BATCH, createRace, learnersOf, raceAxes, runnerError, shapeOf, stepsWithin, summariseRaces } from '../structure-race.ts'
import { columnsOf } from '../race/task.ts'

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
  axes: RaceAxes
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
 * A learner stops after so many examples, four times the longest axis: beyond it a cheap learner would only read more
 * and more examples to use up its FLOPs. Its curve over FLOPs ends there and is not drawn on.
 */
export const RUN_EXAMPLES = 262_144

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

export const raceRun: Experiment<RaceInput, RaceRunState, RaceView> & { beat: (state: RaceRunState) => boolean } = {
  begin({ preset, seeds, firstSeed, learners = learnersOf(preset), axes = raceAxes(), engine = 'typescript' }) {
    if (!Number.isInteger(seeds) || seeds < 1)
      throw new RangeError(`A race runs at least 1 seed; got ${seeds}.`)
    if (!Number.isSafeInteger(firstSeed) || firstSeed < 0)
      throw new RangeError(`The first seed is a whole number from 0; got ${firstSeed}.`)
    if (engine !== 'typescript' && engine !== 'wasm')
      throw new RangeError(`The race is trained by the engine typescript or wasm; got '${String(engine)}'.`)
    const shapes = learners.map(name => shapeOf(name, columnsOf(preset)))
    const pace = (mark: Mark): number => PACE[preset] === 'examples' ? mark.step : mark.step * shapes[mark.runner]!.stepFlop
    const marks = shapes
      .flatMap((_, runner) => stopsOf(shapes[runner]!, axes).map((step): Mark => ({ runner, step })))
      .sort((a, b) => pace(a) - pace(b) || a.runner - b.runner)
    const stepWork = shapes.map(({ stepFlop }) => stepFlop + DRAWING_WORK * BATCH)
    const lastStep = shapes.map((_, runner) => Math.max(0, ...marks.filter(mark => mark.runner === runner).map(mark => mark.step)))
    return {
      input: { preset, seeds, firstSeed, learners, axes, engine },
      marks,
      stepWork,
      seedWork: lastStep.reduce((sum, steps, runner) => sum + steps * stepWork[runner]!, 0),
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
      race = trained(race, runner, steps, engine)
      work += steps * state.stepWork[runner]!
      if (steps < missing)
        continue
      errors.push(runnerError(race, runner, engine))
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
  beat: state => state.shown,

  view({ input, marks, errors, finished, summary }) {
    const { axes, seeds, firstSeed } = input
    return {
      axes,
      current: finished.length < seeds ? { seed: firstSeed + finished.length, curves: curvesOf(input, marks, errors) } : null,
      finished,
      summary,
      seeds,
    }
  },
}

/** One runner some steps further. */
function trained(race: RaceState, index: number, steps: number, engine: Engine): RaceState {
  return { ...race, runners: race.runners.map((runner, i) => i === index ? advanceRunner(race.task, runner, steps, engine) : runner) }
}

type Shape = ReturnType<typeof shapeOf>

/** Steps that a budget buys; none where the learner would have stopped before. */
function stepOf(shape: Shape, budget: { examples: number } | { flop: number }): number | null {
  const step = stepsWithin(shape, budget)
  return step > 0 && step * BATCH <= RUN_EXAMPLES ? step : null
}

function stopsOf(shape: Shape, axes: RaceAxes): number[] {
  const steps = [...axes.examples.map(examples => stepOf(shape, { examples })), ...axes.flop.map(flop => stepOf(shape, { flop }))]
  return [...new Set(steps)].filter(step => step !== null).sort((a, b) => a - b)
}

/** Curves along both axes of the measurements made so far. */
function curvesOf({ preset, learners, axes }: Required<RaceInput>, marks: readonly Mark[], errors: readonly number[]): RunnerCurves[] {
  return learners.map((name, runner) => {
    const shape = shapeOf(name, columnsOf(preset))
    const measured = new Map<number | null, number>()
    errors.forEach((error, i) => {
      const mark = marks[i]!
      if (mark.runner === runner)
        measured.set(mark.step, error)
    })
    return {
      name,
      examples: axes.examples.map(examples => measured.get(stepOf(shape, { examples })) ?? null),
      flop: axes.flop.map(flop => measured.get(stepOf(shape, { flop })) ?? null),
    }
  })
}
