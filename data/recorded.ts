/**
 * Results of the live experiments over all their seeds, recorded by scripts/record.ts and checked here as they load.
 * Each record holds the command that makes it again and a plain description of its settings; seeds run from 1 upwards.
 * Longer than most files here: one schema a record, read side by side.
 */
import * as v from 'valibot'
import attentionMapJson from './recorded/attention-map.json' with { type: 'json' }
import objectiveLabJson from './recorded/objective-lab.json' with { type: 'json' }
import rungsJson from './recorded/rungs.json' with { type: 'json' }
import structureRaceJson from './recorded/structure-race.json' with { type: 'json' }

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const positive = v.pipe(v.number(), v.gtValue(0))
const notNegative = v.pipe(v.number(), v.minValue(0))
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const axis = v.pipe(
  v.array(positive),
  v.minLength(2),
  v.check(
    values => values.every((value, i) => i === 0 || value > values[i - 1]!),
    issue => `A budget is above the one before it; got ${issue.input.join(', ')}.`,
  ),
)
/** Mean squared errors along an axis; null where the budget does not buy a step. */
const curve = v.array(v.nullable(notNegative))
/** 10th, 50th and 90th percentile over seeds, one entry a budget. */
const band = { p10: curve, median: curve, p90: curve }
/** Where one learner overtakes another: percentiles over the seeds that cross, in units of the axis. */
const crossings = v.object({
  p10: v.nullable(positive),
  p50: v.nullable(positive),
  p90: v.nullable(positive),
  /** Seeds that cross, and seeds run. */
  crossed: count,
  seeds: count,
})
const recordedBy = {
  command: v.pipe(v.string(), v.startsWith('npm run record -- ')),
  description: v.pipe(v.string(), v.nonEmpty()),
}

const learnerName = v.picklist(['linear', 'additive', 'quadratic', 'MLP-32', 'MLP-128'])
/** A band with, at each budget, the number of seeds in which the learner has the lowest error of all. */
const raceBand = v.object({ ...band, leads: v.array(count) })
const relayOn = v.object({
  /** Seeds in which each learner of the relay is best among the relay, learner by learner, budget by budget. */
  leads: v.array(v.array(count)),
  /** Seeds in which every hand-over comes, in order. */
  holds: count,
})
const racePreset = v.object({
  seeds: count,
  /** Training examples, and counted training FLOPs. */
  axes: v.object({ examples: axis, flop: axis }),
  learners: v.array(v.object({
    name: learnerName,
    parameters: count,
    /** Counted FLOPs of one step on one mini-batch. */
    stepFlop: positive,
    /** Learning rate at step t is rate / √(1 + t / rateSteps). */
    rate: positive,
    rateSteps: positive,
    examples: raceBand,
    flop: raceBand,
    /** Errors of seed 1 along the axis of examples, with all digits. */
    firstSeed: curve,
  })),
  relay: v.object({ learners: v.array(learnerName), examples: relayOn, flop: relayOn }),
  crossings: v.array(v.object({ from: learnerName, to: learnerName, examples: crossings, flop: crossings })),
})
const structureRaceSchema = v.object({
  ...recordedBy,
  settings: v.object({
    batch: count,
    testPoints: count,
    /** Below this many examples the learners have no order. */
    firstOrderedExamples: count,
  }),
  presets: v.object({ 'mostly-linear': racePreset, 'friedman1': racePreset }),
})

const constraint = v.picklist(['local-shared', 'local', 'shared', 'free'])
/** A symmetric map, 20 x 20, row by row. */
const map = v.pipe(v.array(v.number()), v.length(400))
const attentionMapSchema = v.object({
  ...recordedBy,
  settings: v.object({
    tokens: v.literal(20),
    /** γ, the standard deviation of the long-range band's part of y. */
    longRange: notNegative,
    longLag: count,
    testPoints: count,
    penalties: v.array(positive),
  }),
  seeds: count,
  examples: axis,
  constraints: v.array(v.object({
    constraint,
    parameters: count,
    ...band,
    leads: v.array(count),
    /** Errors of seed 1, with all digits. */
    firstSeed: curve,
  })),
  /** Examples from which the free map stays ahead of the local and shared one, by γ. */
  localSharedToFree: v.array(v.object({ longRange: notNegative, ...crossings.entries })),
  /** Maps of one seed to draw: the truth, and what each constraint learned. */
  pictures: v.object({
    seed: count,
    truth: map,
    learned: v.array(v.object({
      examples: count,
      maps: v.array(v.object({ constraint, error: notNegative, map })),
    })),
  }),
})

const objective = v.picklist(['one-reference', 'all-right', 'any-right', 'policy-gradient', 'reinforce'])
const objectiveLabSchema = v.object({
  ...recordedBy,
  settings: v.object({
    answers: count,
    features: count,
    trainQuestions: count,
    heldOutQuestions: count,
    bar: v.number(),
    startTruth: notNegative,
    startRandom: notNegative,
    taste: notNegative,
    steps: count,
    samples: count,
    rate: v.record(objective, positive),
    caveat: v.object({ share: probability, bonus: v.number(), reluctance: v.number() }),
  }),
  seeds: count,
  /** Means over seeds at the start and after the last step. */
  rows: v.array(v.object({
    name: v.picklist(['start', ...objective.options]),
    /** P(right) on the training questions, and its two parts. */
    right: probability,
    reference: probability,
    otherRight: probability,
    /** Effective number of right answers on the training questions. */
    effectiveRight: v.pipe(v.number(), v.minValue(1)),
    /** P(right) on the held-out questions. */
    heldOutRight: probability,
  })),
  steps: v.array(count),
  /** Medians over seeds at each of `steps`. */
  curves: v.array(v.object({
    objective,
    right: v.array(probability),
    reference: v.array(probability),
    otherRight: v.array(probability),
    effectiveRight: v.array(v.pipe(v.number(), v.minValue(1))),
    heldOutRight: v.array(probability),
    /** Held-out P(right) of seed 1, with all digits. */
    firstSeed: v.array(probability),
  })),
  /** Seeds in which the winner's best checkpoint is above the loser's on the held-out questions. */
  bestHeldOut: v.array(v.object({ winner: objective, loser: objective, ahead: count, seeds: count })),
  /** Objectives taught at the lower rate of those that copy; means over seeds after the last step. */
  rateOfCopying: v.array(v.object({ objective, rate: positive, heldOutRight: probability, effectiveRight: v.pipe(v.number(), v.minValue(1)) })),
  /** Over-optimising a flawed score, medians over seeds at each β. */
  caveat: v.object({
    seeds: count,
    beta: v.array(positive),
    /** KL divergence from the start, nats. */
    kl: v.array(notNegative),
    right: v.object({ p10: v.array(probability), median: v.array(probability), p90: v.array(probability) }),
    proxy: v.array(v.number()),
    flattery: v.array(probability),
    /** Seeds in which P(right) rises and then falls, each by more than `margin`. */
    risesThenFalls: count,
    margin: probability,
  }),
})

const rungName = v.picklist(['A', 'B', 'C', 'D', 'E'])
const rungsSchema = v.object({
  ...recordedBy,
  settings: v.object({
    layers: count,
    heads: count,
    /** Learning rate at step t is rate · min(1, t / warmUp) / √(1 + t / rateSteps). */
    rateSteps: positive,
    warmUp: count,
    rates: v.array(v.object({ width: count, rate: positive })),
  }),
  /** The runs that chose the rates: mean exact match over their curves, of these rungs and seeds, none of which is reported. */
  tuning: v.object({
    seeds: v.array(count),
    rungs: v.array(rungName),
    steps: count,
    scores: v.array(v.object({ width: count, rate: positive, score: probability })),
  }),
  seeds: count,
  parts: v.array(v.object({
    task: v.picklist(['question', 'chat']),
    turns: count,
    width: count,
    /** Dialogues a step. */
    batch: count,
    /** Held-out answers behind each value. */
    answers: count,
    /** Steps after which a rung is measured, from 0. */
    steps: v.array(count),
    rungs: v.array(v.object({
      rung: rungName,
      parameters: count,
      /** Counted FLOPs of one step. */
      stepFlop: positive,
      /** Exact match of each seed at each of the steps. */
      curves: v.array(v.array(probability)),
    })),
  })),
})

export type StructureRaceRecord = v.InferOutput<typeof structureRaceSchema>
export type AttentionMapRecord = v.InferOutput<typeof attentionMapSchema>
export type ObjectiveLabRecord = v.InferOutput<typeof objectiveLabSchema>
export type RungsRecord = v.InferOutput<typeof rungsSchema>
/** One task at one width. */
export type RungPart = RungsRecord['parts'][number]

/** Checks data as a record of the structure race; every curve is as long as its axis. */
export function readStructureRace(data: unknown): StructureRaceRecord {
  const record = read('structure-race', structureRaceSchema, data)
  for (const [name, preset] of Object.entries(record.presets)) {
    for (const learner of preset.learners) {
      for (const on of ['examples', 'flop'] as const) {
        const { p10, median, p90, leads } = learner[on]
        sameLength(`${name}, ${learner.name}, ${on}`, preset.axes[on].length, p10, median, p90, leads)
      }
      sameLength(`${name}, ${learner.name}, firstSeed`, preset.axes.examples.length, learner.firstSeed)
    }
    sameLength(`${name}, relay, examples`, preset.axes.examples.length, ...preset.relay.examples.leads)
    sameLength(`${name}, relay, flop`, preset.axes.flop.length, ...preset.relay.flop.leads)
  }
  return record
}

/** Checks data as a record of the attention-style map. */
export function readAttentionMap(data: unknown): AttentionMapRecord {
  const record = read('attention-map', attentionMapSchema, data)
  for (const { constraint, p10, median, p90, leads, firstSeed } of record.constraints)
    sameLength(constraint, record.examples.length, p10, median, p90, leads, firstSeed)
  return record
}

/** Checks data as a record of the objective lab. */
export function readObjectiveLab(data: unknown): ObjectiveLabRecord {
  const record = read('objective-lab', objectiveLabSchema, data)
  for (const { objective, right, reference, otherRight, effectiveRight, heldOutRight, firstSeed } of record.curves)
    sameLength(objective, record.steps.length, right, reference, otherRight, effectiveRight, heldOutRight, firstSeed)
  const { beta, kl, right, proxy, flattery } = record.caveat
  sameLength('caveat', beta.length, kl, right.p10, right.median, right.p90, proxy, flattery)
  return record
}

/** Checks data as a record of the rungs. */
export function readRungs(data: unknown): RungsRecord {
  const record = read('rungs', rungsSchema, data)
  for (const { task, width, steps, rungs } of record.parts) {
    for (const { rung, curves } of rungs) {
      sameLength(`${task} at ${width}, ${rung}, seeds`, record.seeds, curves)
      sameLength(`${task} at ${width}, ${rung}`, steps.length, ...curves)
    }
  }
  return record
}

export const structureRace: StructureRaceRecord = readStructureRace(structureRaceJson)
export const attentionMap: AttentionMapRecord = readAttentionMap(attentionMapJson)
export const objectiveLab: ObjectiveLabRecord = readObjectiveLab(objectiveLabJson)
export const rungsRecord: RungsRecord = readRungs(rungsJson)

function read<Schema extends v.GenericSchema>(name: string, schema: Schema, data: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new TypeError(`data/recorded/${name}.json, ${v.getDotPath(issue) ?? 'whole file'}: ${issue.message}`)
}

function sameLength(where: string, expected: number, ...lists: readonly (readonly unknown[])[]): void {
  for (const list of lists) {
    if (list.length !== expected) throw new RangeError(`${where}: as many values as the axis has, ${expected}; got ${list.length}.`)
  }
}

export type RacePresetName = keyof typeof structureRace.presets
export type RecordedLearner = (typeof structureRace.presets)[RacePresetName]['learners'][number]
export type ObjectiveName = (typeof objectiveLab.curves)[number]['objective']
