/**
 * Runs the recorded experiments over all their seeds and writes data/recorded/<name>.json. Without names, all of them.
 *   npm run record -- structure-race attention-map objective-lab rungs
 * The same code gives the same bytes on every run.
 */
import { writeFileSync } from 'node:fs'
import { mean, range } from 'd3-array'
import {
  advancePolicy, CAVEAT_BETAS, CAVEAT_MARGIN, CAVEAT_SETTINGS, CHECKPOINT_STEPS, evaluatePolicy, createObjectiveLab, OBJECTIVE_SETTINGS, OBJECTIVES, overoptimise, risesThenFalls, scoresBy, teach,
  type Checkpoint, type Objective, type Overoptimised,
} from '../lab/objective-lab.ts'
import {
  fitMaps, MAP_CONSTRAINTS, MAP_EXAMPLES, MAP_PENALTIES, MAP_SETTINGS, mapParameters, trueMap, type MapFits,
} from '../lab/attention-map.ts'
import type { Band, Crossings, RacePresetName } from '../data/recorded.ts'
import { runRace } from '../lab/experiments/race-run.ts'
import { bandOf, crossing, crossingsOf, leadersOf } from '../lab/race/compare.ts'
import { BATCH } from '../lab/race/learner.ts'
import { createRace, FIRST_ORDERED_EXAMPLES, raceAxes, summariseRaces, TEST_POINTS } from '../lab/structure-race.ts'
import { recordRungs, rungTrials, runTrials } from './lib/record-rungs.ts'
import { readOptions } from './setup/commands.mjs'

const RACE_SEEDS: Readonly<Record<RacePresetName, number>> = { 'mostly-linear': 30, 'friedman1': 40 }
const MAP_SEEDS = 30
/** γ whose crossing is recorded, the main one among them. */
const LONG_RANGES = [0.35, 0.5, MAP_SETTINGS.longRange].sort((a, b) => a - b)
/** Examples at which the maps of the first seed are kept as pictures: whole octaves. */
const PICTURED = MAP_EXAMPLES.filter((_, i) => i % 2 === 0)
const OBJECTIVE_SEEDS = 20
const CAVEAT_SEEDS = 40

const experiments: Readonly<Record<string, () => object | Promise<object>>> = {
  'structure-race': recordStructureRace,
  'attention-map': recordAttentionMap,
  'objective-lab': recordObjectiveLab,
  // Many minutes, on all cores; the others take seconds.
  'rungs': async () => recordRungs(await runTrials(rungTrials())),
}

for (const name of readOptions('record').words) {
  const started = performance.now()
  const record = { command: `npm run record -- ${name}`, ...await experiments[name]!() }
  writeFileSync(new URL(`../data/recorded/${name}.json`, import.meta.url), toJson(record))
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

function recordStructureRace(): object {
  const preset = (name: RacePresetName): object => {
    const axes = raceAxes()
    const runs = seedsUpTo(RACE_SEEDS[name]).map(seed => runRace(name, seed, axes))
    const summary = summariseRaces(name, axes, runs)
    const { runners } = createRace(name, 1)
    return {
      seeds: runs.length,
      axes: { examples: axes.examples, flop: axes.flop },
      learners: summary.learners.map((learner, l) => ({
        name: learner.name,
        parameters: runners[l]!.shape.parameters,
        stepFlop: runners[l]!.shape.stepFlop,
        ...runners[l]!.schedule,
        examples: { ...roundBand(learner.examples), leads: learner.examples.leads },
        flop: { ...roundBand(learner.flop), leads: learner.flop.leads },
        // The first seed with all its digits, so that anyone can check that the code still gives these numbers.
        firstSeed: runs[0]![l]!.examples,
      })),
      relay: summary.relay,
      crossings: summary.crossings.map(pair => ({ ...pair, examples: roundCrossings(pair.examples), flop: roundCrossings(pair.flop) })),
    }
  }
  return {
    description: `Single pass, mini-batches of ${BATCH}, Adam with learning rate rate / √(1 + t / rateSteps), evaluated on a running weight average. `
      + `Error is the mean squared error against the noise-free truth on ${TEST_POINTS} fresh test points; the target's variance is about 1. `
      + 'Counted FLOPs: 2 per multiply-add forward, 2 for weight gradients, 2 for input gradients beyond the first layer, 12 per parameter per Adam step, 3 per parameter per averaging step.',
    settings: { batch: BATCH, testPoints: TEST_POINTS, firstOrderedExamples: FIRST_ORDERED_EXAMPLES },
    presets: { 'mostly-linear': preset('mostly-linear'), 'friedman1': preset('friedman1') },
  }
}

function recordAttentionMap(): object {
  const runs = seedsUpTo(MAP_SEEDS).map(seed => fitMaps(seed))
  const curves = MAP_CONSTRAINTS.map(constraint => runs.map(run => errorsOf(run, constraint)))
  const leads = leadersOf(curves)
  const localToFree = (of: readonly MapFits[][]): Crossings =>
    crossingsOf(of.map(run => crossing(MAP_EXAMPLES, errorsOf(run, 'local-shared'), errorsOf(run, 'free'))))
  const withLongRange = (longRange: number): readonly MapFits[][] => longRange === MAP_SETTINGS.longRange
    ? runs
    : seedsUpTo(MAP_SEEDS).map(seed => fitMaps(seed, MAP_EXAMPLES, { ...MAP_SETTINGS, longRange }, ['local-shared', 'free']))
  return {
    description: `${MAP_SETTINGS.tokens} tokens x ~ N(0, 1), y = Σ Aᵢⱼ xᵢ xⱼ + N(0, 1); A is a band at lag 1 (variance 1) and one at lag ${MAP_SETTINGS.longLag} (variance γ², γ = ${MAP_SETTINGS.longRange}). `
      + 'Four constraints on A, each a closed-form ridge regression: four fifths of the examples fit, one fifth chooses the penalty. '
      + `Error is the mean squared error against the noise-free truth on ${MAP_SETTINGS.testPoints} fresh sequences. Bilinear regression, attention-style; no softmax.`,
    settings: { ...MAP_SETTINGS, penalties: MAP_PENALTIES },
    seeds: MAP_SEEDS,
    examples: MAP_EXAMPLES,
    constraints: MAP_CONSTRAINTS.map((constraint, c) => ({
      constraint,
      parameters: mapParameters(constraint, MAP_SETTINGS.tokens),
      ...roundBand(bandOf(curves[c]!)),
      leads: leads[c],
      firstSeed: curves[c]![0],
    })),
    localSharedToFree: LONG_RANGES.map(longRange => ({ longRange, ...roundCrossings(localToFree(withLongRange(longRange))) })),
    pictures: {
      seed: 1,
      truth: decimals(trueMap(MAP_SETTINGS), 3),
      learned: runs[0]!.filter(({ examples }) => PICTURED.includes(examples)).map(({ examples, fits }) => ({
        examples,
        maps: fits.map(({ constraint, error, map }) => ({ constraint, error: round(error), map: decimals(map, 3) })),
      })),
    },
  }
}

function recordObjectiveLab(): object {
  const objectives: readonly Objective[] = [...OBJECTIVES, 'reinforce']
  const steps = CHECKPOINT_STEPS
  const labs = seedsUpTo(OBJECTIVE_SEEDS).map(createObjectiveLab)
  const runs = objectives.map(objective => labs.map(lab => teach(lab, objective, steps)))
  const last = steps.length - 1
  const row = (name: string, at: readonly Checkpoint[]): object => ({ name, ...scoresBy(score => round(mean(at, c => c[score])!)) })
  const best = (run: readonly Checkpoint[]): number => Math.max(...run.map(c => c.heldOutRight))
  const ahead = (winner: Objective, loser: Objective): object => ({
    winner,
    loser,
    ahead: labs.filter((_, i) => best(runs[objectives.indexOf(winner)]![i]!) > best(runs[objectives.indexOf(loser)]![i]!)).length,
    seeds: labs.length,
  })
  // The objectives that count any right answer learn at a higher rate than those that copy: here at the same.
  const counting: readonly Objective[] = ['any-right', 'policy-gradient']
  const atRateOfCopying = (objective: Objective): object => {
    const rate = OBJECTIVE_SETTINGS.rate['one-reference']
    const ends = labs.map(lab => ({ lab, weights: advancePolicy(objective, lab.train, lab.start, OBJECTIVE_SETTINGS.steps, rate) }))
    return {
      objective,
      rate,
      heldOutRight: round(mean(ends, ({ lab, weights }) => evaluatePolicy(lab.heldOut, weights).right)!),
      effectiveRight: round(mean(ends, ({ lab, weights }) => evaluatePolicy(lab.train, weights).effectiveRight)!),
    }
  }
  const caveats = seedsUpTo(CAVEAT_SEEDS).map(seed => overoptimise(createObjectiveLab(seed)))
  const caveatBand = (pick: (at: Overoptimised) => number): Band => roundBand(bandOf(caveats.map(run => run.map(pick))))
  const { rate, ...settings } = OBJECTIVE_SETTINGS
  return {
    description: `A log-linear policy over ${settings.answers} answers with ${settings.features} features; an answer is right when w*·φ > ${settings.bar}. `
      + `${settings.trainQuestions} training and ${settings.heldOutQuestions} held-out questions, one reference answer each, drawn among the right ones by an annotator with a taste. `
      + `Everyone starts from the same policy, ${settings.startTruth} w* + ${settings.startRandom} of a random direction; gradient ascent, ${settings.steps} steps. All right answers are copied in equal shares; any right answer is the log of their summed probability; the reward is 1 for a right answer and nothing else. Rows are means over seeds, curves medians. `
      + 'The caveat tilts the start by exp(score / β) where the score pays a bonus for flattery; that flaw is constructed.',
    settings: { ...settings, rate, caveat: CAVEAT_SETTINGS },
    seeds: OBJECTIVE_SEEDS,
    rows: [
      row('start', runs[0]!.map(run => run[0]!)),
      ...objectives.map((objective, o) => row(objective, runs[o]!.map(run => run[last]!))),
    ],
    steps,
    curves: objectives.map((objective, o) => ({
      objective,
      ...scoresBy(score => roundAll(bandOf(runs[o]!.map(run => run.map(c => c[score]))).median)),
      firstSeed: runs[o]![0]!.map(c => c.heldOutRight),
    })),
    bestHeldOut: [
      ahead('any-right', 'one-reference'), ahead('any-right', 'all-right'),
      ahead('policy-gradient', 'one-reference'), ahead('policy-gradient', 'all-right'),
      ahead('reinforce', 'one-reference'), ahead('reinforce', 'all-right'),
      ahead('any-right', 'policy-gradient'),
    ],
    rateOfCopying: counting.map(atRateOfCopying),
    caveat: {
      seeds: CAVEAT_SEEDS,
      beta: roundAll(CAVEAT_BETAS),
      kl: caveatBand(at => at.kl).median,
      right: caveatBand(at => at.right),
      proxy: caveatBand(at => at.proxy).median,
      flattery: caveatBand(at => at.flattery).median,
      risesThenFalls: caveats.filter(risesThenFalls).length,
      margin: CAVEAT_MARGIN,
    },
  }
}

function seedsUpTo(count: number): number[] {
  return range(1, count + 1)
}

/** Indented JSON with each list of plain values on one line. */
function toJson(value: object): string {
  const indented = JSON.stringify(value, null, 2)
  return `${indented.replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner: string) => `[${inner.replace(/\s*\n\s*/g, ' ')}]`)}\n`
}

function errorsOf(run: readonly MapFits[], constraint: string): number[] {
  return run.map(({ fits }) => fits.find(fit => fit.constraint === constraint)!.error)
}

/** Four significant digits: more than the spread over seeds can tell apart. */
function round(value: number): number {
  return Number(value.toPrecision(4))
}

function roundAll(values: readonly (number | null)[]): (number | null)[] {
  return values.map(value => value === null ? null : round(value))
}

function roundBand({ p10, median, p90 }: Band): Band {
  return { p10: roundAll(p10), median: roundAll(median), p90: roundAll(p90) }
}

function roundCrossings(crossings: Crossings): Crossings {
  const [p10 = null, p50 = null, p90 = null] = roundAll([crossings.p10, crossings.p50, crossings.p90])
  return { ...crossings, p10, p50, p90 }
}

function decimals(values: Float64Array, digits: number): number[] {
  // Adding 0 turns −0 into 0.
  return Array.from(values, value => Number(value.toFixed(digits)) + 0)
}
