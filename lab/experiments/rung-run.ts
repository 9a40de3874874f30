/**
 * Real Transformers as an experiment to run: the rungs of the ladder side by side, level in the examples they have seen.
 * Each rung's curve depends on the task, the seed, the width and the rung alone: rungs may be split over workers.
 */
import type { Experiment } from '../experiment.ts'
import { exampleOf, finderOf, headWeightsOf, type Example, type Finder, type HeadWeights } from '../transformer/attention-heads.ts'
import { RUNG_NAMES, type RungName } from '../transformer/rungs.ts'
import { chat, question, type Task, type TaskName } from '../transformer/task.ts'
import { measure, measuredSteps, TASK_STEPS, trialInput, type Measurement, type Width } from '../transformer/trials.ts'
import { advanceTraining, beginTraining, modelOf, stepFlop, stepsTaken, type Training, type TransformerEngine } from '../transformer/training.ts'

export interface RungInput {
  task: TaskName
  /** Turns of a chat; a question has one. 6 if left out. */
  turns?: number
  /** Which rungs are trained; all five if left out. */
  rungs?: readonly RungName[]
  seed: number
  /** 32 if left out. */
  width?: Width
  /** Steps of 32 dialogues; those of the record if left out. */
  steps?: number
  /** WebAssembly SIMD in f32, or TypeScript in f64, which also stands in where there is no WebAssembly; wasm if left out. */
  engine?: TransformerEngine
}

/** One rung so far. */
export interface RungCourse {
  rung: RungName
  parameters: number
  /** Counted FLOPs of a step. */
  stepFlop: number
  /** Steps taken: the curve ends at the last measurement before. */
  step: number
  /** Mean loss of the last step, nats a token. No figure shows it; it is what tells one engine's arithmetic from another's. */
  loss: number
  /** From the step 0 on. */
  points: readonly Measurement[]
  /** What it looks at in the example, as of the last measurement; null before the first. */
  attention: HeadWeights | null
  /** The head that finds what the example refers to; null in a question. */
  finder: Finder | null
  done: boolean
}

export interface RungView {
  task: Task
  seed: number
  width: Width
  /** Steps that each rung is to take, and those after which it is measured. */
  steps: number
  measuredAt: readonly number[]
  courses: readonly RungCourse[]
  /** The dialogue that the rungs are shown. */
  example: Example
}

interface RungState extends RungView {
  trainings: readonly Training[]
  /** Whether the last slice brought all rungs level at a measurement. */
  level: boolean
}

/** Work of one slice in counted FLOPs: some ten milliseconds. */
const SLICE_WORK: Readonly<Record<TransformerEngine, number>> = { wasm: 3e8, typescript: 2e7 }

export const rungRun: Experiment<RungInput, RungState, RungView> = {
  begin({ task: name, turns = 6, rungs = RUNG_NAMES, seed, width = 32, steps = TASK_STEPS[name], engine = 'wasm' }) {
    const task = name === 'question' ? question : chat(turns)
    const trainings = rungs.map(rung => beginTraining(trialInput(task, rung, seed, width, engine)))
    return {
      width,
      task,
      seed,
      steps,
      measuredAt: [...new Set([...measuredSteps(task, steps), steps])],
      example: exampleOf({ task, seed }),
      trainings,
      courses: trainings.map((training): RungCourse => {
        const { plan } = modelOf(training.input)
        return {
          rung: training.input.rung, parameters: plan.layout.count, stepFlop: stepFlop(plan),
          step: 0, loss: 0, points: [], attention: null, finder: null, done: false,
        }
      }),
      level: false,
    }
  },

  advance(state) {
    const { courses, trainings, measuredAt, example } = state
    // The first of those with the fewest measurements, so that all stand at the same examples as the curves grow.
    const fewest = Math.min(...courses.map(({ points }) => points.length))
    if (fewest === measuredAt.length) return state
    const next = courses.findIndex(({ points }) => points.length === fewest)
    const before = trainings[next]!
    const training = advanceTraining(before, measuredAt[fewest]!, SLICE_WORK[before.input.engine])
    const { step, loss } = training
    const reached = step === measuredAt[fewest]
    const attention = reached ? headWeightsOf(training) : courses[next]!.attention
    const course: RungCourse = {
      ...courses[next]!,
      step,
      loss,
      ...reached && { points: [...courses[next]!.points, measure(training)], attention, finder: finderOf(attention!, example.references) },
      done: reached && fewest + 1 === measuredAt.length,
    }
    const after = courses.with(next, course)
    return {
      ...state,
      trainings: trainings.with(next, training),
      courses: after,
      level: reached && after.every(({ points }) => points.length === fewest + 1),
    }
  },

  progress({ courses, trainings, steps, measuredAt }) {
    if (courses.every(({ done }) => done)) return 1
    // A measurement counts as a step, or the one before the first step would be no progress.
    const whole = courses.reduce((sum, { stepFlop }) => sum + stepFlop, 0) * (steps + measuredAt.length)
    const made = courses.reduce((sum, { stepFlop, points }, i) => sum + stepFlop * (stepsTaken(trainings[i]!) + points.length), 0)
    return Math.min(made / whole, 1 - Number.EPSILON)
  },

  // All rungs measured at the same step.
  isKeyframe: state => state.level,

  view({ task, seed, width, steps, measuredAt, courses, example }) {
    return { task, seed, width, steps, measuredAt, courses, example }
  },
}
