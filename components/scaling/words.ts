/** What the scaling curve says: captions, lessons and tables, from the numbers that are drawn. */
import type { DataTable } from '#live-figures'
import type { lookFrom, Stretch } from './fits.ts'
import { gadrePrediction, gpt4Prediction, spreadRuns } from '../../data/published-predictions.ts'
import { biggestRun, cleanRuns, scalingTestbed } from '../../data/scaling-testbed.ts'
import { count, decimal, grouped, percentage, scientific, signedPercent } from '../../lab/format.ts'
import { errorOf, spreadError } from './fits.ts'

type Look = ReturnType<typeof lookFrom>

/** What the figure shows of a horizon. */
export interface View extends Look {
  /** Whether the measured losses above the horizon are shown. */
  revealed: boolean
  /** The error at this horizon and at those around it, widest view there is. */
  stretches: readonly Stretch[]
  /** Whether the published predictions are shown. */
  published: boolean
}

export const biggestName = count(biggestRun.params)
const family = `${scalingTestbed.length} language models, ${count(Math.min(...cleanRuns.map(run => run.params)))} to ${biggestName} parameters`

/** An error up to this is called near. */
const near = 0.1
/** A near prediction is luck where one within so many decades misses by more than `far`. */
const around = 0.5
const far = 0.15

export function captionOf({ published }: View): string {
  return published
    ? `${family}. Ringed: the ${spreadRuns.length} runs that Gadre et al. chose for their prediction.`
    : `${family}. The law is fitted only to what lies left of the line.`
}

export const printedCaption = `${family}: the law fitted here to what had been seen at two horizons, and the error at all of them. Ringed: the runs that Gadre et al. chose.`

/** Over the panel of a horizon on paper. */
export const horizonName = ({ horizon, seen, prediction }: Look): string =>
  `seen to ${scientific(horizon)}: ${seen.length} runs, ${biggestName} predicted ${decimal(prediction?.loss ?? 0, 2)}, measured ${decimal(biggestRun.loss, 2)}`

export const leftOut = `thin rings: ${scalingTestbed.length - cleanRuns.length} runs on other data, left out`

/** The stretch that a horizon lies in. */
export function stretchAt(horizon: number, stretches: readonly Stretch[]): Stretch | undefined {
  return stretches.findLast(({ from }) => from <= horizon)
}

/** The largest miss within `around` of a stretch that is near itself; undefined where it is no luck. */
export function luckOf(stretch: Stretch, stretches: readonly Stretch[]): number | undefined {
  if (Math.abs(stretch.error) > near)
    return undefined
  const reach = 10 ** around
  const misses = stretches.filter(({ from, to }) => to >= stretch.from / reach && from <= stretch.to * reach).map(({ error }) => error)
  const worst = misses.reduce((most, error) => Math.abs(error) > Math.abs(most) ? error : most, 0)
  return Math.abs(worst) > far ? worst : undefined
}

/** What the revealed error teaches: never a number of orders of magnitude. */
export function lessonOf(view: View): string {
  const { horizon, prediction, stretches, published } = view
  const here = stretchAt(horizon, stretches)
  if (!prediction || !here)
    return ''
  if (published)
    return `How far one sees depends on which runs one has made for it: five, spread on purpose, came within ${percentage(gadrePrediction.error!)} from ${gadrePrediction.lessCompute} times less compute.`
  const has = `${here.runs} runs of ${here.sizes} sizes`
  const luck = luckOf(here, stretches)
  if (luck !== undefined)
    return `Near by luck: a little earlier or later the same law misses by ${signedPercent(luck, 0)}.`
  if (Math.abs(here.error) <= near)
    return `Near, and so at every horizon past ${scientific(nearFrom(stretches))}: ${has} hold the law.`
  const warned = prediction.low <= biggestRun.loss && biggestRun.loss <= prediction.high
  return `${has} do not fix the law${warned ? '; the wide band says so.' : ', and the band does not warn you.'}`
}

/** Where no verdict is due yet. */
export function statusOf({ horizon, seen, problem, prediction }: View): string {
  if (problem)
    return problem
  return prediction
    ? `Fitted to ${seen.length} runs up to ${scientific(horizon)} FLOP; bars: 90 % band, if the law holds.`
    : 'Everything has been seen: nothing is left to predict.'
}

export function summaryOf(view: View): string {
  const { horizon, seen, problem, prediction, revealed } = view
  const seenText = `Training compute seen: up to ${scientific(horizon)} FLOP, ${seen.length} runs.`
  if (problem)
    return `${seenText} ${problem}`
  if (!prediction)
    return `${seenText} Nothing is left to predict.`
  const predicted = `${seenText} The law fitted to them predicts a loss of ${decimal(prediction.loss, 2)} for the ${biggestName} model, band ${decimal(prediction.low, 2)} to ${decimal(prediction.high, 2)}.`
  return revealed ? `${predicted} Measured: ${decimal(biggestRun.loss, 2)}, an error of ${signedPercent(errorOf(prediction))}. ${lessonOf(view)}` : predicted
}

/** The runs, and what the error was at the horizons that are drawn. */
export function tablesOf({ horizon, seen, predictions, revealed, published }: View, drawn: readonly Stretch[]): DataTable[] {
  const runs: DataTable = {
    caption: `Validation loss of the ${scalingTestbed.length} models, smallest training compute first; the law is fitted to the ${seen.length} clean runs up to ${scientific(horizon)} FLOP`,
    columns: ['run', 'parameters', 'training compute, FLOP', 'measured, nats per token', 'predicted, nats per token', '90 % band of the prediction', 'in the fit'],
    rows: [...scalingTestbed].sort((a, b) => a.trainFlop - b.trainFlop).map((run) => {
      const prediction = predictions.find(each => each.run === run)
      return [
        run.run,
        count(run.params),
        scientific(run.trainFlop),
        run.trainFlop <= horizon || revealed ? decimal(run.loss, 2) : 'not shown yet',
        prediction ? decimal(prediction.loss, 2) : 'none',
        prediction ? `${decimal(prediction.low, 2)} to ${decimal(prediction.high, 2)}` : 'none',
        run.otherManifest ? 'left out' : seen.includes(run) ? 'yes' : 'no',
      ]
    }),
  }
  const errors: DataTable = {
    caption: `Error of the predicted loss of the ${biggestName} model, by the training compute that had been seen`,
    columns: ['seen from, FLOP', 'to, FLOP', 'runs', 'sizes', 'error'],
    rows: drawn.map(({ from, to, runs, sizes, error }) => [scientific(from), scientific(to), String(runs), String(sizes), signedPercent(error)]),
  }
  const others: DataTable = {
    caption: 'Predictions that others published, from runs spread for the purpose',
    columns: ['who', 'times less compute', 'error'],
    rows: [
      ...[gadrePrediction, gpt4Prediction].map(({ who, lessCompute, atMost, error }) => [who, `${atMost ? 'at least ' : ''}${grouped(lessCompute)}`, error === null ? 'a figure, no number' : percentage(error)]),
      [`the ${spreadRuns.length} runs of ${gadrePrediction.who}, fitted here`, grouped(gadrePrediction.lessCompute), signedPercent(spreadError())],
    ],
  }
  return [runs, ...(drawn.length > 0 ? [errors] : []), ...(published ? [others] : [])]
}

/** From which horizon on every prediction is near, FLOP. */
function nearFrom(stretches: readonly Stretch[]): number {
  const last = stretches.findLastIndex(({ error }) => Math.abs(error) > near)
  return stretches[last + 1]?.from ?? 0
}
