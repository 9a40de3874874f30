/** The training step of a Transformer: our engine against the machine's peak and against libraries, then every rung on both kinds of work. */
import { addGradient, createModel, type Model } from '../../lab/transformer/model.ts'
import { initialParameters } from '../../lab/transformer/layout.ts'
import type { CreateOps } from '../../lab/transformer/ops.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { RUNG_NAMES, rungs, type Rung } from '../../lab/transformer/rungs.ts'
import { chat, question, trainingBatch, type Task } from '../../lab/transformer/task.ts'
import { wasmOps } from '../../lab/transformer/wasm-ops.ts'
import { Random } from '../../lab/random.ts'
import { leastTimes } from './measure.ts'
import { compilePeak, PEAK_FLOP } from './ours.ts'
import { jax, tensorflow } from './transformer-peers.ts'
import { adamSteps, BATCH, batches, rung, sizes, task, type TransformerEngine } from './transformer-task.ts'

/** Steps whose losses must be the reference's, and how near: f32 against f64, each step on the weights of the one before. */
const CHECK_STEPS = 8
const CHECK_MISS = 1e-3
const SEED = 2

interface StepTime {
  readonly name: string
  readonly description: string
  readonly peer: boolean
  readonly milliseconds: number
  readonly gflops: number
  readonly ofPeak: number
  readonly engineIsFaster: number
}

export interface TransformerTimes {
  readonly peakGflops: number
  readonly stepFlop: number
  readonly engines: readonly StepTime[]
  readonly failed: readonly { name: string, reason: string }[]
  /** Our engine on each rung and task. */
  readonly rungs: readonly { rung: string, task: string, stepFlop: number, milliseconds: number, gflops: number, ofPeak: number }[]
}

export async function transformerTimes(): Promise<TransformerTimes> {
  const createOps = wasmOps()
  if (!createOps)
    throw new Error(`This Node.js, ${process.version}, has no WebAssembly SIMD, so there is no engine to measure.`)
  const engine = ours('engine', 'lab/transformer, WASM SIMD, f32', createOps)
  const reference = ours('TypeScript', 'lab/transformer/reference.ts, f64', createReference)
  const losses = await reference.train(CHECK_STEPS)
  requireSame(engine.name, await engine.train(CHECK_STEPS), losses)
  const peers: TransformerEngine[] = []
  const failed: { name: string, reason: string }[] = []
  for (const [name, make] of [['TensorFlow.js, wasm', () => tensorflow('wasm')], ['jax-js, wasm', jax]] as const) {
    // A peer that does not run here is reported and the others are measured all the same.
    try {
      const peer = await make()
      requireSame(name, await peer.train(CHECK_STEPS), losses)
      peers.push(peer)
    }
    catch (error) {
      failed.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  const engines = [engine, reference, ...peers]
  const [peakMs, ...engineMs] = await leastTimes([
    { units: 1, run: compilePeak() },
    ...engines.map(({ train }, i) => ({ units: i === 0 ? batches.length : 1, run: async () => void await train(i === 0 ? batches.length : 1) })),
  ])
  const peakGflops = PEAK_FLOP / peakMs! / 1e6
  const { stepFlop } = stepper(createModel(createOps, rung, sizes, task, BATCH))
  return {
    peakGflops,
    stepFlop,
    engines: engines.map(({ name, description }, i) => {
      const gflops = stepFlop / engineMs[i]! / 1e6
      return { name, description, peer: i >= 2, milliseconds: engineMs[i]!, gflops, ofPeak: gflops / peakGflops, engineIsFaster: engineMs[i]! / engineMs[0]! }
    }),
    failed,
    rungs: await rungTimes(createOps),
  }
}

async function rungTimes(createOps: CreateOps): Promise<TransformerTimes['rungs']> {
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

function ours(name: string, description: string, createOps: CreateOps): TransformerEngine {
  const { step } = stepperOf(createOps, rung, task)
  return { name, description, train: count => batches.slice(0, count).map(step) }
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

/** @throws Error when an engine does not compute what the reference computes: its time would mean nothing */
function requireSame(name: string, losses: readonly number[], expected: readonly number[]): void {
  const miss = losses.reduce((worst, loss, i) => Math.max(worst, Math.abs(loss - expected[i]!)), losses.length === expected.length ? 0 : Infinity)
  // Written so that a NaN fails as well.
  if (!(miss < CHECK_MISS))
    throw new Error(`${name} misses the reference’s loss by ${miss} within ${CHECK_STEPS} steps; the limit is ${CHECK_MISS}.`)
}
