/**
 * What every engine of the benchmark trains as a Transformer: the causal rung on single questions, in batches of 32. One
 * training step is forward, backward, Adam and the running average of the weights.
 */
import type { Engine } from './engines.ts'
import type { AdamStep } from '../../lab/transformer/ops.ts'
import { initialParameters } from '../../lab/transformer/layout.ts'
import { planOf } from '../../lab/transformer/program.ts'
import { rungs } from '../../lab/transformer/rungs.ts'
import { question, trainingBatch } from '../../lab/transformer/task.ts'
import { Random } from '../../lab/random.ts'

export const BATCH = 32
export const sizes = { width: 32, layers: 2, heads: 4 }
export const task = question
export const rung = rungs.E

const plan = planOf(rung, sizes, task, BATCH)
export const { layout } = plan
const [{ reading }] = plan.programs as [typeof plan.programs[0]]
/** Tokens that the model reads of a question, and the places among them whose next token is scored. */
export const tokenCount = reading.inputs + reading.targets
export const { scored } = reading

/** Batches that every engine goes through, over and over; drawing them is not measured. */
export const batches: readonly Int32Array[] = Array.from({ length: 16 }, (_, step) => trainingBatch(task, 1, step, BATCH))

/** The tokens of a batch that are read, question by question, and the right next tokens of the scored places. */
export function tokensAndTargets(batch: Int32Array): { tokens: number[], targets: number[] } {
  const questions = Array.from({ length: BATCH }, (_, e) => [...batch.subarray(e * (tokenCount + 1), (e + 1) * (tokenCount + 1))])
  return { tokens: questions.flatMap(question => question.slice(0, tokenCount)), targets: questions.flatMap(question => scored.map(place => question[place + 1]!)) }
}

/** The weights every engine starts from, flat, in the order of the layout. */
export function startParameters(): Float64Array {
  return initialParameters(layout, Random.fromSeed(2))
}

/** The same by name, the projections of an attention apart, each with its rows and columns. */
export function startMatrices(): Map<string, { values: Float32Array, rows: number, columns: number }> {
  const parameters = startParameters()
  const matrices = new Map<string, { values: Float32Array, rows: number, columns: number }>()
  for (const [name, { at, rows, columns }] of layout.matrices) {
    const parts = name.endsWith('.project') ? ['queries', 'keys', 'values'] : [null]
    const width = columns / parts.length
    parts.forEach((part, p) => {
      const values = Float32Array.from({ length: rows * width }, (_, i) => parameters[at + Math.floor(i / width) * columns + p * width + i % width]!)
      matrices.set(part ? name.replace('project', part) : name, { values, rows, columns: width })
    })
  }
  return matrices
}

/** What Adam and the average need in step 0, 1, 2 … */
export function* adamSteps(): Generator<AdamStep, never> {
  const [beta1, beta2] = [0.9, 0.98]
  let [power1, power2] = [1, 1]
  for (let t = 0; ; t++) {
    power1 *= beta1
    power2 *= beta2
    yield { rate: 3e-3 * Math.min(1, (t + 1) / 50), beta1, beta2, correction1: 1 - power1, correction2: 1 - power2, epsilon: 1e-8, averageWeight: Math.max(1 / (t + 1), 4 / (t + 4)) }
  }
}

/**
 * The engine that `train` is: it takes one step on each of the first `count` batches, in order, and gives the loss of each
 * step, before it was taken. The losses are what has to be the same in all engines.
 */
export function trainedBy(named: Pick<Engine, 'name' | 'description'>, train: (count: number) => number[] | Promise<number[]>): Engine {
  let losses: readonly number[] = []
  return {
    ...named,
    async train(count) {
      losses = await train(count)
    },
    computed: () => losses,
  }
}
