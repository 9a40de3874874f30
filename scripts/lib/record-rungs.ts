/** The record of the rungs: its runs over all cores, and what is written of them. */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { mean, range } from 'd3-array'
import { CHAT_WIDTH, chatTrials, questionTrials, RECORDED_SEEDS, TUNING, tuningTrials, type RecordedTrial } from '../../lab/transformer/recording.ts'
import { RUNG_NAMES } from '../../lab/transformer/rungs.ts'
import { dialogueTokens } from '../../lab/transformer/task.ts'
import { BATCH, heldOut, modelOf, stepFlop } from '../../lab/transformer/training.ts'
import { HEADS, LAYERS, RATE_STEPS, RATES, RATES_TRIED, trialInput, WARM_UP, WIDTHS } from '../../lab/transformer/trials.ts'

/** Exact match at each of a trial's steps. */
export type Curve = readonly number[]

/** Every run of the record: first those that chose the rates, then those that are reported. */
export function rungTrials(): RecordedTrial[] {
  return [...tuningTrials(), ...WIDTHS.flatMap(questionTrials), ...chatTrials()]
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
    parts: [...WIDTHS.map(width => part(questionTrials(width))), part(chatTrials().filter(({ width }) => width === CHAT_WIDTH))],
  }
}

function keyOf({ task, width, rung, seed, rate, steps }: RecordedTrial): string {
  return [task.name, width, rung, seed, rate, steps.at(-1)].join(' ')
}

function fourDecimals(value: number): number {
  return Number(value.toFixed(4))
}
