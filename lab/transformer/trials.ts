/**
 * What the slide and the record run: the sizes, the rate of each width, the steps after which a rung is measured, and one
 * run from its beginning to its end.
 */
import type { Sizes } from './layout.ts'
import { stepFlop, modelOf, advanceTraining, BATCH, beginTraining, evaluate, type Training, type TrainingInput, type TransformerEngine } from './training.ts'
import type { RungName } from './rungs.ts'
import type { Task, TaskName } from './task.ts'

/** Widths that are recorded; the slide trains the middle one. */
export const WIDTHS = [16, 32, 64] as const
export type Width = typeof WIDTHS[number]
export const LAYERS = 2
export const HEADS = 4

export function sizesOf(width: number): Sizes {
  return { width, layers: LAYERS, heads: HEADS }
}

/** Rates that were tried for each width. */
export const RATES_TRIED = [0.0025, 0.005, 0.01, 0.02, 0.04, 0.08] as const
/**
 * The rate of each width: of those whose mean exact match over the whole curve on single questions, of rung A and rung E
 * together, is within a hundredth of the best, the smallest. Chosen on seeds that are not reported (`tuning` in
 * data/recorded/rungs.json); one for all rungs and both tasks.
 */
export const RATES: Readonly<Record<Width, number>> = { 16: 0.04, 32: 0.02, 64: 0.005 }

/** Steps to which a task is trained. */
export const TASK_STEPS: Readonly<Record<TaskName, number>> = { question: 400, chat: 260 }

/** Steps after which a rung is measured: close together at first, so that a curve soon moves. */
export function measuredSteps(task: Pick<Task, 'name'>, last = TASK_STEPS[task.name]): number[] {
  return [0, 5, 10, ...Array.from({ length: Math.floor(last / 20) }, (_, i) => 20 * (i + 1))].filter(step => step <= last)
}

/** One measurement of a run. */
export interface Measurement {
  readonly step: number
  /** Dialogues seen, and counted FLOPs spent, evaluation left out. */
  readonly examples: number
  readonly flop: number
  /** Share of held-out answers that are right in every symbol. */
  readonly exactMatch: number
}

export function trialInput(task: Task, rung: RungName, seed: number, width: Width = 32, engine: TransformerEngine = 'wasm', rate = RATES[width]): TrainingInput {
  return { rung, task, seed, sizes: sizesOf(width), rate, engine }
}

export function measure(training: Training): Measurement {
  const { step } = training
  return { step, examples: step * BATCH, flop: step * stepFlop(modelOf(training.input).plan), exactMatch: evaluate(training) }
}

/** One run from its beginning to its end. */
export function runTrial(input: TrainingInput, steps: readonly number[] = measuredSteps(input.task)): Measurement[] {
  let training = beginTraining(input)
  return steps.map((step) => {
    training = advanceTraining(training, step, Infinity)
    return measure(training)
  })
}
