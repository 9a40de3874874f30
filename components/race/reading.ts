/** What can be read off a race as it is drawn now: who is best where, and where the lead changes. Of the record, or of the live seeds that are finished. */
import type { Curve, RacePresetName, RaceSummary } from '../../data/recorded.ts'
import type { RaceView } from '../../lab/experiments/race-run.ts'
import type { RaceAxis, Stage } from './stories.ts'
import { structureRace } from '../../data/recorded.ts'
import { decimal, grouped } from '../../lab/format.ts'
import { learnersOf, stories } from './stories.ts'

export type RaceReading = ReturnType<typeof readRace>

/** The learners that race, without those that are drawn for comparison alone. */
export const racingIn = (preset: RacePresetName) => learnersOf(preset).filter(({ thin }) => !thin)

/**
 * Reads a race at one stage of its story.
 * @param crossingToo whether the change of the lead is shown beside a dotted line, as on paper
 */
export function readRace(preset: RacePresetName, { at, axis, seed }: { at: number, axis: RaceAxis, seed: number }, stage: Stage, live: RaceView | undefined, crossingToo: boolean) {
  const story = stories[preset]
  const record = structureRace.presets[preset]
  const together = live?.summary ?? undefined
  const finished = live?.finished.length ?? 0
  const racing = racingIn(preset)
  const crossingOf = (from: string, to: string) => (together?.crossings ?? record.crossings).find(pair => pair.from === from && pair.to === to)?.[axis]
  const crossed = crossingOf(...story.crossing)
  const [first, second] = racing
  const from = first && second && preset === 'friedman1' ? crossingOf(first.name, second.name)?.p50 : undefined
  const to = crossed?.p50
  const isWhere = stage.at !== undefined
  return {
    preset,
    story,
    axis,
    /** First seed of a live run, and the run. */
    seed,
    live,
    /** What the finished seeds of the live run say together; undefined before the first. */
    together,
    finished,
    recordedSeeds: record.seeds,
    /** Those whose curves are drawn. */
    shown: learnersOf(preset).slice(0, stage.learners),
    /** Up to which budget. */
    until: stage[axis],
    /** Whether there is a dotted line at the compute at hand, and the ranking there. */
    isWhere,
    here: rankAt(preset, at, together),
    /** Where the lead changes, whether or not the picture says so. */
    showsCrossing: stage.learners >= racing.length && (!isWhere || crossingToo),
    crossed,
    /** From where on the learner in the middle leads, and over how much. */
    lead: from && to ? { from, to, times: to / from } : undefined,
    /** In how many seeds the relay holds. */
    relay: {
      holds: (together ?? record).relay[axis].holds,
      seeds: together ? `${finished} live` : live ? `${record.seeds} recorded` : String(record.seeds),
    },
    /** Where the first learner ends. */
    floor: (together ?? record).learners.find(({ name }) => name === learnersOf(preset)[0]?.name)?.[axis].median.findLast(error => error !== null) ?? undefined,
  }
}

/** The learners at a budget, best first, by the medians that are drawn: the recorded ones until a live seed is finished. */
export function rankAt(preset: RacePresetName, at: number, together?: RaceSummary) {
  const flop = 10 ** at
  const record = structureRace.presets[preset]
  const medians = together?.learners ?? record.learners
  const ranked = racingIn(preset)
    .map(({ name, label, tone }) => ({ name, label, tone, error: errorAt(record.axes.flop, medians.find(learner => learner.name === name)?.flop.median ?? [], flop) }))
    .sort((a, b) => a.error - b.error)
  return { flop, ranked, best: ranked[0]! }
}

/** An amount on the axis of a race, rounded for reading. */
export function amountOn(axis: RaceAxis, value: number): string {
  return axis === 'examples' ? grouped(value) : `${value < 1e6 ? (value / 1e6).toPrecision(2) : decimal(value / 1e6, 0)} MFLOP`
}

/** The median between two budgets: a straight line on logarithmic scales. */
function errorAt(axis: readonly number[], median: Curve, flop: number): number {
  const after = Math.min(Math.max(axis.findIndex(value => value > flop), 1), axis.length - 1)
  const [from, to] = [median[after - 1], median[after]]
  const [left = 0, right = 0] = [axis[after - 1], axis[after]]
  if (from == null || to == null)
    return Number.POSITIVE_INFINITY
  const share = Math.log(flop / left) / Math.log(right / left)
  return from * (to / from) ** share
}
