/** The training step of a Transformer: our engine against the machine's peak and against libraries, then every rung on both kinds of work. */
import { addGradient, createModel, type Model } from '../../lab/transformer/model.ts'
import { initialParameters } from '../../lab/transformer/layout.ts'
import type { CreateOps } from '../../lab/transformer/ops.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { RUNG_NAMES, rungs, type Rung } from '../../lab/transformer/rungs.ts'
import { chat, question, trainingBatch, type Task } from '../../lab/transformer/task.ts'
import { wasmOps } from '../../lab/transformer/wasm-ops.ts'
import { Random } from '../../lab/random.ts'
import { compareEngines, type Engine } from './engines.ts'
import { fixed, leastTimes, type Goal, type Row } from './measure.ts'
import { compilePeak, PEAK_FLOP } from './ours.ts'
import { jax, tensorflow } from './transformer-peers.ts'
import { liveRuns } from './transformer-runs.ts'
import { adamSteps, BATCH, batches, rung, sizes, task, trainedBy } from './transformer-task.ts'

const SEED = 2

interface RungTime {
  readonly rung: string
  readonly task: string
  readonly stepFlop: number
  readonly milliseconds: number
  readonly gflops: number
  readonly ofPeak: number
}

/** The part `transformer` of the benchmark, as lines of the report and goals. */
export async function reportTransformers(): Promise<{ rows: readonly Row[], goals: readonly Goal[], measured: unknown }> {
  const createOps = wasmOps()
  if (!createOps)
    throw new Error(`This Node.js, ${process.version}, has no WebAssembly SIMD, so there is no engine to measure.`)
  const { rows, goals, measured } = await compareEngines({
    step: 'Transformer step',
    ours: [ours('engine', 'lab/transformer, WASM SIMD, f32', createOps), ours('TypeScript', 'lab/transformer/reference.ts, f64', createReference)],
    peers: [['TensorFlow.js, wasm', () => tensorflow('wasm')], ['jax-js, wasm', jax]],
    stepFlop: stepper(createModel(createOps, rung, sizes, task, BATCH)).stepFlop,
    // Each step on the weights of the one before.
    checked: { steps: 8, miss: 1e-3 },
    calls: [batches.length, 1],
    goal: 10,
  })
  const times = await rungTimes(createOps)
  for (const { rung, task, stepFlop, milliseconds, gflops, ofPeak } of times)
    rows.push({ what: `${task}, rung ${rung}, ${fixed(stepFlop / 1e6)} MFLOP a step`, value: `${fixed(milliseconds)} ms, ${fixed(gflops)} GFLOP/s`, compared: `${fixed(ofPeak)} of the peak` })
  const runs = await liveRuns()
  for (const { name, limit, seconds, processorSeconds, flop, firstMove, longestSlice } of runs) {
    rows.push({
      what: `live run in a worker of Chromium: ${name}`,
      value: `${fixed(seconds)} s, ${fixed(processorSeconds)} s of processor`,
      compared: `${fixed(flop / 1e9)} GFLOP counted; every curve moved after ${fixed(firstMove)} s; longest slice ${fixed(longestSlice)} ms`,
    })
    goals.push({ goal: `${name}, within ${limit} s, each curve moving within a second`, reached: `${fixed(seconds)} s, ${fixed(firstMove)} s`, met: seconds <= limit && firstMove <= 1 })
  }
  return { rows, goals, measured: { steps: measured, rungs: times, runs } }
}

async function rungTimes(createOps: CreateOps): Promise<readonly RungTime[]> {
  const all = [question, chat(6)].flatMap(task => RUNG_NAMES.map(name => ({ rung: rungs[name], task })))
  const steppers = all.map(({ rung, task }) => stepperOf(createOps, rung, task))
  const [peakMs, ...stepMs] = await leastTimes([
    { units: 1, run: compilePeak() },
    ...steppers.map(({ step }, i) => {
      const batch = trainingBatch(all[i]!.task, SEED, 0, BATCH)
      return { units: 1, run: () => void step(batch) }
    }),
  ])
  return all.map(({ rung, task }, i) => {
    const { stepFlop } = steppers[i]!
    const milliseconds = stepMs[i]!
    return { rung: rung.name, task: task.name, stepFlop, milliseconds, gflops: stepFlop / milliseconds / 1e6, ofPeak: stepFlop / milliseconds / (PEAK_FLOP / peakMs!) }
  })
}

function ours(name: string, description: string, createOps: CreateOps): Engine {
  const { step } = stepperOf(createOps, rung, task)
  return trainedBy({ name, description }, count => batches.slice(0, count).map(step))
}

function stepperOf(createOps: CreateOps, rung: Rung, task: Task): ReturnType<typeof stepper> {
  return stepper(createModel(createOps, rung, sizes, task, BATCH))
}

/** One training step on a batch, which gives the loss before it, and the counted FLOPs of it. */
function stepper(model: Model): { step: (batch: Int32Array) => number, stepFlop: number } {
  const { plan, ops } = model
  const start = initialParameters(plan.layout, Random.fromSeed(SEED))
  ops.numbers.set(start, plan.adam.parameters)
  ops.numbers.set(start, plan.adam.average)
  const steps = adamSteps()
  return {
    step(batch) {
      const loss = plan.programs.reduce((sum, program) => sum + addGradient(model, program, batch, 0, BATCH), 0)
      ops.adam(plan.layout.count, plan.adam, steps.next().value)
      return loss
    },
    stepFlop: BATCH * plan.programs.reduce((sum, { flop }) => sum + flop, 0) + 15 * plan.layout.count,
  }
}
