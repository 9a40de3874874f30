/**
 * Results of the live experiments over all their seeds, recorded by scripts/record.ts; tests/unit/recorded.test.ts holds
 * what a record has to meet. Each has the command that makes it again and a plain description of its settings. Seeds run
 * from 1 upwards.
 */
import attentionMapJson from './recorded/attention-map.json' with { type: 'json' }
import objectiveLabJson from './recorded/objective-lab.json' with { type: 'json' }
import rungsJson from './recorded/rungs.json' with { type: 'json' }
import structureRaceJson from './recorded/structure-race.json' with { type: 'json' }

/** Errors along an axis of budgets; null where a learner has nothing to show at that budget. */
export type Curve = readonly (number | null)[]

/** 10th, 50th and 90th percentile over seeds, one entry a budget; null unless every seed has a value there. */
export interface Band {
  readonly p10: Curve
  readonly median: Curve
  readonly p90: Curve
}

/** A band with, at each budget, the number of seeds in which this one has the lowest error of all. */
interface LeadingBand extends Band {
  readonly leads: readonly number[]
}

/** Where crossings fall over seeds, in units of the axis; the percentiles are over the seeds that cross. */
export interface Crossings {
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
  /** Seeds that cross, and seeds run. */
  readonly crossed: number
  readonly seeds: number
}

/** What TypeScript reads off a file of records, with names in the place of strings. */
type Named<Record, Names> = Omit<Record, keyof Names> & Names

export type LearnerName = 'linear' | 'additive' | 'quadratic' | 'MLP-32' | 'MLP-128'

/** What the race is run along: training examples, or counted training FLOPs. */
export type Along<Value> = Readonly<Record<'examples' | 'flop', Value>>

interface Relay {
  /** Seeds in which each learner of the relay is best among the relay, learner by learner, budget by budget. */
  readonly leads: readonly (readonly number[])[]
  /** Seeds in which every hand-over comes, in order. */
  readonly holds: number
}

/** A cheaper learner and a more general one that may overtake it. */
export interface RacePair {
  readonly from: LearnerName
  readonly to: LearnerName
}

/** Many seeds of a race together. */
export interface RaceSummary {
  readonly learners: readonly (Along<LeadingBand> & { readonly name: LearnerName })[]
  readonly relay: Along<Relay> & { readonly learners: readonly LearnerName[] }
  readonly crossings: readonly (Along<Crossings> & RacePair)[]
}

interface RecordedRace extends RaceSummary {
  seeds: number
  axes: Along<number[]>
  learners: (RaceSummary['learners'][number] & {
    parameters: number
    /** Counted FLOPs of one step on one mini-batch. */
    stepFlop: number
    /** Learning rate at step t is rate / √(1 + t / rateSteps). */
    rate: number
    rateSteps: number
    /** Errors of seed 1 along the axis of examples, with all digits. */
    firstSeed: Curve
  })[]
}

export type RacePresetName = 'mostly-linear' | 'friedman1'

/**
 * What a learner assumes about the map A of y = Σᵢⱼ Aᵢⱼ xᵢ xⱼ: 'local' keeps lags 0 to 2, 'shared' gives every pair at
 * the same lag the same weight, 'local-shared' does both, 'free' neither.
 */
export type MapConstraint = 'local-shared' | 'local' | 'shared' | 'free'

interface RecordedMaps {
  constraints: (LeadingBand & {
    constraint: MapConstraint
    parameters: number
    /** Errors of seed 1, with all digits. */
    firstSeed: Curve
  })[]
  /** Symmetric maps of one seed to draw, 20 x 20, row by row: the truth, and what each constraint learned. */
  pictures: {
    seed: number
    truth: number[]
    learned: { examples: number, maps: { constraint: MapConstraint, error: number, map: number[] }[] }[]
  }
}

/**
 * What the policy maximises, by mean over the questions: the log-likelihood of one reference answer; that of all right
 * answers in equal shares; log P(right), the log of their summed probability, which is a likelihood too; P(right), a
 * reward of 1 for any right answer; or the latter with its gradient estimated from four samples with a leave-one-out
 * baseline.
 */
export type Objective = 'one-reference' | 'all-right' | 'any-right' | 'policy-gradient' | 'reinforce'

/** P(right) on the training questions and its two parts, the effective number of right answers, P(right) on the held-out questions. */
export type Scores<Value> = Record<'right' | 'reference' | 'otherRight' | 'effectiveRight' | 'heldOutRight', Value>

interface RecordedObjectives {
  /** Means over seeds at the start and after the last step. */
  rows: (Scores<number> & { name: 'start' | Objective })[]
  /** Medians over seeds at each of `steps`; held-out P(right) of seed 1, with all digits. */
  curves: (Scores<number[]> & { objective: Objective, firstSeed: number[] })[]
}

export type RungName = 'A' | 'B' | 'C' | 'D' | 'E'

/** One task at one width. */
export interface RungPart {
  task: 'question' | 'chat'
  turns: number
  width: number
  /** Dialogues a step. */
  batch: number
  /** Held-out answers behind each value. */
  answers: number
  /** Steps after which a rung is measured, from 0. */
  steps: number[]
  rungs: {
    rung: RungName
    parameters: number
    /** Counted FLOPs of one step. */
    stepFlop: number
    /** Exact match of each seed at each of the steps. */
    curves: number[][]
  }[]
}

export const structureRace = structureRaceJson as Named<typeof structureRaceJson, { presets: Record<RacePresetName, RecordedRace> }>
/** `localSharedToFree`: examples from which the free map stays ahead of the local and shared one, by γ. */
export const attentionMap = attentionMapJson as Named<typeof attentionMapJson, RecordedMaps>
/**
 * `bestHeldOut`: seeds in which the winner's best checkpoint is above the loser's on the held-out questions;
 * `rateOfCopying`: objectives taught at the lower rate of those that copy, means over seeds after the last step; `caveat`:
 * over-optimising a flawed score, medians over seeds at each β.
 */
export const objectiveLab = objectiveLabJson as Named<typeof objectiveLabJson, RecordedObjectives>
/** `tuning`: the runs that chose the rates, mean exact match over their curves, of seeds none of which is reported. */
export const rungsRecord = rungsJson as Named<typeof rungsJson, { parts: RungPart[] }>
export type RungsRecord = typeof rungsRecord
