/**
 * What must come out the same, to the bit, wherever it is computed: every experiment and every computation behind a live
 * figure, each for one fixed and small input, with a fingerprint of all the numbers that come out. A test takes the
 * fingerprints in Node and in Chromium; `npm run methods` prints them. Experiments run as they run on stage, on
 * WebAssembly where they have an engine of that; the computations have the race in TypeScript, as it is recorded.
 */
import type { Experiment } from './experiment.ts'
import { printedLaw, replicatedLaw } from '../data/chinchilla.ts'
import { attentionModels } from '../data/architectures.ts'
import { biggestRun, cleanRuns } from '../data/scaling-testbed.ts'
import { chatCosts, removalCosts, type RemovalStep } from './architecture-costs.ts'
import { fitMaps, MAP_SETTINGS } from './attention-map.ts'
import { climb, computeForLevel, shiftDecades, widthDecades } from './emergence.ts'
import { experiments } from './experiments.ts'
import { createObjectiveLab, OBJECTIVES, overoptimise } from './objective-lab.ts'
import { Random } from './random.ts'
import { fitLaw, optimalAllocation, predict } from './scaling-law.ts'
import { runRace } from './experiments/race-run.ts'
import type { RacePreset } from './race/task.ts'
import { raceAxes } from './structure-race.ts'
import { RUNG_NAMES } from './transformer/rungs.ts'
import { question } from './transformer/task.ts'
import { advanceTraining, beginTraining } from './transformer/training.ts'
import { trialInput } from './transformer/trials.ts'

interface Computed {
  /** Whether a worker runs it (an experiment) or a figure or a record does (a computation). */
  kind: 'experiment' | 'computation'
  settings: Readonly<Record<string, unknown>>
  run: () => unknown
}

export interface Fingerprint extends Omit<Computed, 'run'> {
  name: string
  /** How many numbers came out. */
  numbers: number
  /** FNV-1a, 64 bits, over the eight bytes of each of them and over what stands between them. */
  hash: string
}

/** An experiment with an input, and at most so many slices of it. */
function experiment<Input extends object, State, View>(of: Experiment<Input, State, View>, input: Input, slices: number): Computed {
  return { kind: 'experiment', settings: { ...input, slices }, run: () => runProbe(of, input, slices) }
}

function computation(settings: Computed['settings'], run: Computed['run']): Computed {
  return { kind: 'computation', settings, run }
}

const horizons = [1e19, 1e20, 1e21, 1e22] as const
const alphas = [0.05, 0.076, 0.095, 0.35, 1] as const
const lengths = [1, 5, 20, 30] as const
const budgets = [1e18, 1e21, 5.76e23, 1e26] as const
const removals: readonly RemovalStep[] = [0, 1, 2, 3, 4]
const axes = { maxExamples: 1024, maxFlop: 4e6 }
const race = (preset: RacePreset) => computation({ seed: 1, ...axes }, () => runRace(preset, 1, raceAxes(axes.maxExamples, axes.maxFlop)))
const mapExamples = [128, 512]

/** The experiments by their names, then the computations that figures make without a worker, and those behind the recorded runs. */
export const computed: Readonly<Record<string, Computed>> = {
  'objective-lab': experiment(experiments['objective-lab'], { seed: 1, seeds: 1, objectives: OBJECTIVES }, 17),
  'structure-race': experiment(experiments['structure-race'], { preset: 'friedman1', seeds: 1, firstSeed: 1, axes: raceAxes(512, 1e6), engine: 'wasm' }, 40),
  'overoptimise': experiment(experiments.overoptimise, { seed: 1, seeds: 1 }, 8),
  'attention-map': experiment(experiments['attention-map'], { seed: 1, seeds: 1 }, 8),
  'rungs': experiment(experiments.rungs, { task: 'chat', turns: 2, seed: 1, width: 16, steps: 10, engine: 'wasm' }, 60),
  'random': computation({ seed: 1, draws: 200 }, () => {
    const random = Random.fromSeed(1)
    return Array.from({ length: 200 }, () => [random.uniform(), random.normal()])
  }),
  'fit-law': computation({ horizonsFlop: horizons, predicts: biggestRun.params }, () => horizons.map((horizon) => {
    const fit = fitLaw(cleanRuns.filter(({ trainFlop }) => trainFlop <= horizon))
    return [fit, predict(fit, biggestRun)]
  })),
  'optimal-allocation': computation({ budgetsFlop: budgets }, () =>
    [printedLaw, replicatedLaw].map(law => budgets.map(budget => optimalAllocation(law, budget)))),
  'emergence': computation({ alphas, lengths }, () => alphas.map(alpha => lengths.map(length => [
    climb(length, alpha, [-10, 50], 120), shiftDecades(length, alpha), widthDecades(alpha), computeForLevel(0.5, length, { c0: 1, alpha }),
  ]))),
  'architecture-costs': computation({ models: attentionModels.length, removals, chat: [20, 200] }, () => [
    attentionModels.map(model => removals.map(step => removalCosts(step, model))), chatCosts(20, 200),
  ]),
  'map fit': computation({ seed: 1, examples: mapExamples, ...MAP_SETTINGS }, () => fitMaps(1, mapExamples)),
  'race mostly-linear': race('mostly-linear'),
  'race friedman1': race('friedman1'),
  'Transformer steps': computation({ task: 'question', rungs: RUNG_NAMES, width: 32, seed: 1, steps: 2, engine: 'wasm' }, () =>
    RUNG_NAMES.map((rung) => {
      const { average } = advanceTraining(beginTraining(trialInput(question, rung, 1)), 2, Infinity)
      // Every eighth weight: a bit that differs in one is in all after two steps.
      return average.filter((_, i) => i % 8 === 0)
    })),
  'over-optimised reward': computation({ seed: 1 }, () => overoptimise(createObjectiveLab(1))),
}

/** All fingerprints, or those of some names, in the order of the table. */
export function takeFingerprints(names: readonly string[] = Object.keys(computed)): Fingerprint[] {
  return Object.entries(computed)
    .filter(([name]) => names.includes(name))
    .map(([name, { run, ...what }]) => ({ name, ...what, ...fingerprint(run()) }))
}

/** What a figure draws of an experiment after so many slices, or at its end. */
export function runProbe<Input, State, View>(experiment: Experiment<Input, State, View>, input: Input, slices: number): View {
  let state = experiment.begin(input)
  for (let slice = 0; slice < slices && experiment.progress(state) < 1; slice++)
    state = experiment.advance(state)
  return experiment.view(state)
}

/**
 * The fingerprint of a result: plain data, typed arrays and objects of them. One bit changed anywhere changes it; a
 * negative zero is not a zero, and all values that are no number count as one.
 */
export function fingerprint(value: unknown): { numbers: number, hash: string } {
  const bytes = new DataView(new ArrayBuffer(8))
  let hash = 0xCBF29CE484222325n
  let numbers = 0
  const byte = (value: number): void => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(value)) * 0x100000001B3n)
  }
  const text = (value: string): void => {
    for (let i = 0; i < value.length; i++)
      byte(value.charCodeAt(i) & 255)
    byte(0)
  }
  const visit = (value: unknown): void => {
    if (typeof value === 'number') {
      numbers++
      bytes.setFloat64(0, Number.isNaN(value) ? Number.NaN : value)
      for (let i = 0; i < 8; i++)
        byte(bytes.getUint8(i))
    }
    else if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
      text('[')
      for (const item of value as unknown as Iterable<unknown>)
        visit(item)
      text(']')
    }
    else if (typeof value === 'object' && value !== null) {
      text('{')
      for (const [key, item] of Object.entries(value)) {
        text(key)
        visit(item)
      }
      text('}')
    }
    else {
      text(String(value))
    }
  }
  visit(value)
  return { numbers, hash: hash.toString(16).padStart(16, '0') }
}
