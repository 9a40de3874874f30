/** What the race says in words. */
import type { DataTable } from '#live-figures'
import type { RaceReading } from './reading.ts'
import { structureRace } from '../../data/recorded.ts'
import { decimal, scientific } from '../../lab/format.ts'
import { amountOn } from './reading.ts'

export function captionOf({ story, live, finished, seed, recordedSeeds }: RaceReading): string {
  if (live?.current && finished === 0)
    return `${story.caption} Live, seed ${live.current.seed}.`
  if (live)
    return `${story.caption} Live, ${live.current ? `${finished} of ${live.seeds} seeds` : `seeds ${seed} to ${seed + finished - 1}`}: median and 10–90 % band.`
  return `${story.caption} Recorded, ${recordedSeeds} seeds: median and 10–90 % band.`
}

/** Spoken when it changes, so it says nothing of a run under way but that there is one. */
export function summaryOf({ story, axis, live, seed, isWhere, here, shown, showsCrossing, crossed, until }: RaceReading): string {
  if (live?.current)
    return `The learners are being trained, ${live.seeds} seeds from seed ${seed}; thin lines show the recorded medians.`
  if (isWhere)
    return `At ${scientific(here.flop)} FLOP the best of the three learners is ${here.best.label}.`
  const amount = (value: number) => amountOn(axis, value)
  const ofExamples = axis === 'examples' ? ' examples' : ''
  const change = showsCrossing && crossed?.p50 != null
    ? ` The lead passes from ${story.crossing[0]} to ${story.crossing[1]} at ${amount(crossed.p50)}${ofExamples}, for 80 per cent of seeds between ${amount(crossed.p10 ?? 0)} and ${amount(crossed.p90 ?? 0)}${ofExamples}.`
    : ''
  return `Error on noise-free test points against ${story.axes[axis].label}, up to ${amount(until)}: ${shown.map(({ label }) => label).join(', ')}.${change}`
}

/** Between what amounts the lead changes in eight seeds of ten: “1,200 and 3,400”. */
export function spreadOf({ axis, crossed }: RaceReading): string {
  return `${amountOn(axis, crossed?.p10 ?? 0).split(' ')[0]} and ${amountOn(axis, crossed?.p90 ?? 0)}`
}

/** Of the recorded or live medians the budgets that the picture shows, and where the lead changes. */
export function tablesOf({ preset, story, axis, live, together, finished, recordedSeeds, shown, until, showsCrossing, crossed, isWhere, here }: RaceReading): DataTable[] {
  const { domain, label } = story.axes[axis]
  const wholeAmount = (value: number) => axis === 'examples' ? amountOn(axis, value) : scientific(value, 2)
  const inSight = structureRace.presets[preset].axes[axis].map((value, i) => ({ value, i })).filter(({ value }) => value >= domain[0] && value <= until)
  const source = together ? `live, ${finished} of ${live?.seeds ?? 0} seeds` : `recorded, ${recordedSeeds} seeds`
  const bands: DataTable = {
    caption: `Mean squared error, median (10th to 90th percentile over seeds), ${source}`,
    columns: [label, ...shown.map(learner => learner.label)],
    rows: inSight.map(({ value, i }) => [wholeAmount(value), ...shown.map(({ name, recorded }) => {
      const { p10, median, p90 } = together?.learners.find(learner => learner.name === name)?.[axis] ?? recorded[axis]
      return median[i] == null ? 'none' : `${errorText(median[i])} (${errorText(p10[i])} to ${errorText(p90[i])})`
    })]),
  }
  const current = live?.current
  const errorNow = (name: string, i: number) => current?.curves.find(curve => curve.name === name)?.[axis][i]
  const underWay: DataTable[] = current
    ? [{
        caption: `Mean squared error in the seed under way, ${current.seed}`,
        columns: bands.columns,
        rows: inSight.filter(({ i }) => shown.some(({ name }) => errorNow(name, i) != null)).map(({ value, i }) => [wholeAmount(value), ...shown.map(({ name }) => errorText(errorNow(name, i)))]),
      }]
    : []
  const change: DataTable[] = showsCrossing && crossed?.p50 != null
    ? [{
        caption: `Where the lead passes from ${story.crossing[0]} to ${story.crossing[1]}, ${source}`,
        columns: ['of the seeds that cross', label],
        rows: ([['10th percentile', crossed.p10], ['median', crossed.p50], ['90th percentile', crossed.p90]] as const).map(([name, value]) => [name, value == null ? 'none' : amountOn(axis, value)]),
      }]
    : []
  const best: DataTable[] = isWhere
    ? [{ caption: `With ${scientific(here.flop)} FLOP`, columns: ['learner, best first', 'mean squared error'], rows: here.ranked.map(({ label, error }) => [label, Number.isFinite(error) ? errorText(error) : 'none']) }]
    : []
  return [...best, ...change, ...underWay, bands]
}

function errorText(value: number | null | undefined): string {
  return value == null ? 'none' : decimal(value, value < 0.1 ? 3 : 2)
}
