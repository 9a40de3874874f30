/** The race's MLP 10-128-1 on Friedman's table, mini-batches of 16: our kernel and the libraries. */
import type { Report } from './measure.ts'
import { kernel } from '../../lab/kernel/kernel.ts'
import { BATCH, BETA_2, createScratch, initialWeights, predict, shapeOf, train, type Batch } from '../../lab/race/learner.ts'
import { createTask, drawExamples, inputKurtosis } from '../../lab/race/task.ts'
import { Random } from '../../lab/random.ts'
import { RACE_LEARNERS } from '../../lab/structure-race.ts'
import { compareEngines, type Engine } from './engines.ts'
import { jax, tensorflow, type Network } from './libraries.ts'

const task = createTask('friedman1', Random.fromSeed(1))
const shape = shapeOf('MLP-128', task.columns)
const schedule = RACE_LEARNERS.friedman1['MLP-128']!
const startWeights = () => initialWeights(shape, Random.fromSeed(3))

export async function compareKernel(): Promise<Report> {
  const fast = kernel()
  if (!fast)
    throw new Error('This Node.js has no WebAssembly SIMD, so there is no kernel to measure.')
  const batches = drawBatches(64)
  const weights = startWeights()
  const network: Network = {
    start: matricesOf(weights.parameters),
    batches: batches.map(({ inputs, target }) => ({
      x: { values: Float32Array.from(inputs), shape: [shape.columns, BATCH] },
      y: { values: Float32Array.from(target), shape: [1, BATCH] },
    })),
    beta2: BETA_2,
    rateAt: step => schedule.rate / Math.sqrt(1 + step / schedule.rateSteps),
  }
  /** Weights and examples copied in and the weights out again are part of the time, as in a race. */
  const engine = (name: string, weights: ReturnType<typeof startWeights>, train: (batches: readonly Batch[]) => void): Engine => ({
    name,
    train: count => train(batches.slice(0, count)),
    losses: count => batches.slice(0, count).map((batch) => {
      const loss = lossOf(weights.parameters, batch)
      train([batch])
      return loss
    }),
  })
  const reference = startWeights()
  return compareEngines({
    step: 'training step',
    ours: engine('lab/kernel, WASM SIMD, f32', weights, batches => fast.train(shape, weights, schedule, batches)),
    reference: engine('lab/race/learner.ts, f64', reference, batches => train(shape, reference, schedule, inputKurtosis(task), batches)),
    peers: [
      tensorflow(network, () => (of, x, y) => of('w2').matMul(of('w1').matMul(x).add(of('b1')).relu(), true).add(of('b2')).sub(y).square().mean().mul(0.5)),
      jax(network, ({ nn, numpy: np }) => (of, x, y) => {
        const active = nn.relu(np.matmul(of('w1'), x).add(of('b1')))
        return np.mean(np.square(np.matmul(of('w2').transpose(), active).add(of('b2')).sub(y))).mul(0.5)
      }),
    ],
    stepFlop: shape.stepFlop,
    calls: [batches.length, 8],
    goal: 20,
  })
}

/** The four arrays of an MLP, out of one array in the order of Weights. */
function matricesOf(parameters: Float64Array): Network['start'] {
  const { features, hidden } = shape
  let at = 0
  return new Map(Object.entries({ w1: [hidden, features], b1: [hidden, 1], w2: [hidden, 1], b2: [1, 1] }).map(([name, shape]) => {
    const [rows = 0, columns = 0] = shape
    return [name, { values: Float32Array.from(parameters.subarray(at, at += rows * columns)), shape }]
  }))
}

function drawBatches(count: number): Batch[] {
  const random = Random.fromSeed(2)
  return Array.from({ length: count }, () => {
    const batch = { inputs: new Float64Array(BATCH * task.columns), truth: new Float64Array(BATCH), target: new Float64Array(BATCH) }
    drawExamples(task, random, BATCH, batch.inputs, batch.truth, batch.target)
    return batch
  })
}

/** Half the mean squared error: what is trained. */
function lossOf(parameters: Float64Array, { inputs, target }: Batch): number {
  const scratch = createScratch(shape, BATCH)
  predict(shape, parameters, inputs, scratch)
  return target.reduce((sum, y, b) => sum + (scratch.prediction[b]! - y) ** 2, 0) / BATCH / 2
}
