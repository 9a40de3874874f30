/** What every engine of the benchmark trains: the race's MLP 10-128-1 on Friedman's table, mini-batches of 16. */
import { BATCH, initialWeights, shapeOf, type Batch, type Weights } from '../../lab/race/learner.ts'
import { createTask, drawExamples } from '../../lab/race/task.ts'
import { Random } from '../../lab/random.ts'
import { RACE_LEARNERS } from '../../lab/structure-race.ts'

export const task = createTask('friedman1', Random.fromSeed(1))
export const shape = shapeOf('MLP-128', task.columns)
export const schedule = RACE_LEARNERS.friedman1['MLP-128']!

/** Batches that every engine goes through, over and over; drawing them is not measured. */
export const batches: readonly Batch[] = drawBatches(64)

/** The weights every engine starts from. */
export function startWeights(): Weights {
  return initialWeights(shape, Random.fromSeed(3))
}

/** What a step needs beside the gradient, as in lab/race/learner.ts: learning rate with its bias correction, the second moment's correction, the weight of the new in the average. */
export interface StepScalars {
  readonly rate: number
  readonly unbias: number
  readonly share: number
}

/** The scalars of step 0, 1, 2 … */
export function* stepScalars(): Generator<StepScalars, never> {
  let beta1Power = 1
  let beta2Power = 1
  for (let t = 0; ; t++) {
    beta1Power *= 0.9
    beta2Power *= 0.999
    yield {
      rate: schedule.rate / Math.sqrt(1 + t / schedule.rateSteps) / (1 - beta1Power),
      unbias: 1 / Math.sqrt(1 - beta2Power),
      share: Math.max(1 / (t + 1), 4 / (t + 4)),
    }
  }
}

/** The four arrays of an MLP, each with rows and columns, out of one array in the order of Weights, and back. */
export function splitParameters(parameters: Float64Array): { values: Float64Array, rows: number, columns: number }[] {
  const { features, hidden } = shape
  const sizes = [[hidden, features], [hidden, 1], [hidden, 1], [1, 1]] as const
  let at = 0
  return sizes.map(([rows, columns]) => {
    const values = parameters.slice(at, at += rows * columns)
    return { values, rows, columns }
  })
}

function drawBatches(count: number): Batch[] {
  const random = Random.fromSeed(2)
  return Array.from({ length: count }, () => {
    const batch = { inputs: new Float64Array(BATCH * task.columns), truth: new Float64Array(BATCH), target: new Float64Array(BATCH) }
    drawExamples(task, random, BATCH, batch.inputs, batch.truth, batch.target)
    return batch
  })
}
