/** The record of the rungs: its runs over all cores, and what is written of them. */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { mean, range } from 'd3-array'
import { RUNG_NAMES, type RungName } from '../../lab/transformer/rungs.ts'
import { chat, dialogueTokens, question, type Task } from '../../lab/transformer/task.ts'
import { BATCH, heldOut, modelOf, RATE_STEPS, stepFlop, WARM_UP } from '../../lab/transformer/training.ts'
import { HEADS, LAYERS, measuredSteps, RATES, RATES_TRIED, runTrial, trialInput, WIDTHS, type Width } from '../../lab/transformer/trials.ts'

/** A run of the record, as plain data: they are independent, and may be run in any order and anywhere. */
export interface RecordedTrial {
  readonly task: Task
  readonly width: Width
  readonly rung: RungName
  readonly seed: number
  readonly rate: number
  readonly steps: readonly number[]
}

/** Seeds that are reported, counted up from 1. */
export const RECORDED_SEEDS = 8
export const CHAT_TURNS = 6
const CHAT_WIDTH: Width = 32
/** The rates are chosen on these seeds, by these rungs, over so many steps of the question. */
export const TUNING = { seeds: [101, 102], rungs: ['A', 'E'], steps: 260 } as const

/** Every rung and seed of a task at a width, rung by rung. */
function trialsOf(task: Task, width: Width): RecordedTrial[] {
  const seeds = Array.from({ length: RECORDED_SEEDS }, (_, i) => i + 1)
  return RUNG_NAMES.flatMap(rung => seeds.map(seed => ({ task, width, rung, seed, rate: RATES[width], steps: measuredSteps(task) })))
}

/** The runs that are reported, part by part. */
function reportedTrials(): RecordedTrial[][] {
  return [...WIDTHS.map(width => trialsOf(question, width)), trialsOf(chat(CHAT_TURNS), CHAT_WIDTH)]
}

/** The runs that choose the rates: width by width, rate by rate. */
function tuningTrials(): RecordedTrial[] {
  return WIDTHS.flatMap(width => RATES_TRIED.flatMap(rate => TUNING.rungs.flatMap(rung => TUNING.seeds.map(seed =>
    ({ task: question, width, rung, seed, rate, steps: measuredSteps(question, TUNING.steps) })))))
}

/** Exact match at each of a trial's steps. */
export type Curve = readonly number[]

/** Every run of the record: first those that chose the rates, then those that are reported. */
export function rungTrials(): RecordedTrial[] {
  return [...tuningTrials(), ...reportedTrials().flat()]
}

/** Runs one trial. */
export function runRecorded({ task, width, rung, seed, rate, steps }: RecordedTrial): Curve {
  return runTrial(trialInput(task, rung, seed, width, 'wasm', rate), steps).map(({ exactMatch }) => exactMatch)
}

/** Runs the trials on all cores, dealt out in turn; the curves come in the order of the trials. */
export async function runTrials(trials: readonly RecordedTrial[]): Promise<Curve[]> {
  const threads = availableParallelism()
  const dealt = await Promise.all(range(threads).map(async (thread) => {
    const worker = new Worker(new URL('trial-worker.ts', import.meta.url), { workerData: trials.filter((_, i) => i % threads === thread) })
    const [curves] = await once(worker, 'message') as [Curve[]]
    return curves
  }))
  return trials.map((_, i) => dealt[i % threads]![Math.floor(i / threads)]!)
}

/** The record of `rungTrials()`, whose curves are given in that order. */
export function recordRungs(all: readonly Curve[]): object {
  const trials = rungTrials()
  const curveOf = new Map(trials.map((trial, i) => [keyOf(trial), all[i]!]))
  const part = (trials: readonly RecordedTrial[]): object => {
    const { task, width, steps } = trials[0]!
    return {
      task: task.name,
      turns: task.turns,
      width,
      batch: BATCH,
      answers: heldOut({ task, seed: 1 }).length / (dialogueTokens(task) + 1) * task.turns,
      steps,
      rungs: RUNG_NAMES.map((rung) => {
        const { plan } = modelOf(trialInput(task, rung, 1, width))
        return {
          rung,
          parameters: plan.layout.count,
          stepFlop: stepFlop(plan),
          curves: trials.filter(trial => trial.rung === rung).map(trial => curveOf.get(keyOf(trial))!.map(fourDecimals)),
        }
      }),
    }
  }
  return {
    description: `Five Transformers, ${LAYERS} layers, ${HEADS} heads, RMSNorm before each part, feed-forward 4 times the width, no biases, learned positions, trained on batches of ${BATCH} dialogues with Adam; `
      + `learning rate rate · min(1, t / ${WARM_UP}) / √(1 + t / ${RATE_STEPS}), evaluated on a running weight average. Question: sort 12 symbols. Chat: messages of 4 symbols, a third of them, from the second turn on, `
      + 'references to the last answer. Exact match: share of held-out answers right in every symbol, the right answers so far in the history. '
      + 'Counted FLOPs: 2 per multiply-add forward, 4 backward, scores of every pass that is made in full, 12 per parameter per Adam step, 3 per parameter per averaging step; evaluation is not counted.',
    settings: { layers: LAYERS, heads: HEADS, rateSteps: RATE_STEPS, warmUp: WARM_UP, rates: WIDTHS.map(width => ({ width, rate: RATES[width] })) },
    tuning: {
      ...TUNING,
      scores: WIDTHS.flatMap(width => RATES_TRIED.map(rate => ({
        width,
        rate,
        score: fourDecimals(mean(tuningTrials().filter(trial => trial.width === width && trial.rate === rate), trial => mean(curveOf.get(keyOf(trial))!)!)!),
      }))),
    },
    seeds: RECORDED_SEEDS,
    parts: reportedTrials().map(part),
  }
}

function keyOf({ task, width, rung, seed, rate, steps }: RecordedTrial): string {
  return [task.name, width, rung, seed, rate, steps.at(-1)].join(' ')
}

function fourDecimals(value: number): number {
  return Number(value.toFixed(4))
}
