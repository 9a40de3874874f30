/**
 * The libraries the kernel is compared with, each written as its own documentation would: the same network, loss, Adam
 * and running average, on batches that are already in its own arrays.
 */
import { Matrix } from 'ml-matrix'
import { BATCH } from '../../lab/race/learner.ts'
import type { Engine } from './engines.ts'
import { jaxOnWasm, tensorflowOn, type JaxArray, type Variable } from './libraries.ts'
import { batches, shape, splitParameters, startWeights, stepScalars } from './task.ts'

/** TensorFlow.js with its own Adam, whose learning rate is set for each step. */
export async function tensorflow(backend: 'wasm' | 'cpu'): Promise<Engine> {
  const { tf, ...named } = await tensorflowOn(backend)
  const weights = splitParameters(startWeights().parameters).map(({ values, rows, columns }) => tf.variable(tf.tensor(Float32Array.from(values), [rows, columns])))
  const averages = weights.map(variable => tf.variable(variable))
  const data = batches.map(({ inputs, target }) => ({
    x: tf.tensor(Float32Array.from(inputs), [shape.columns, BATCH]),
    y: tf.tensor(Float32Array.from(target), [1, BATCH]),
  }))
  const [w1, b1, w2, b2] = weights as [Variable, Variable, Variable, Variable]
  const optimizer = tf.train.adam(0, 0.9, 0.999, 1e-8)
  const scalars = stepScalars()
  let beta1Power = 1
  return {
    ...named,
    async train(count) {
      await tf.setBackend(backend)
      for (const { x, y } of data.slice(0, count)) {
        const { rate, share } = scalars.next().value
        beta1Power *= 0.9
        // Its Adam corrects the bias itself.
        optimizer.learningRate = rate * (1 - beta1Power)
        tf.tidy(() => optimizer.minimize(() => w2.matMul(w1.matMul(x).add(b1).relu(), true).add(b2).sub(y).square().mean().mul(0.5)))
        tf.tidy(() => averages.forEach((average, i) => average.assign(average.add(weights[i]!.sub(average).mul(share)))))
      }
      averages[0]!.dataSync()
    },
    computed: () => weights.flatMap(variable => [...variable.dataSync()]),
  }
}

/** jax-js, the whole step one jitted function. */
export async function jax(): Promise<Engine> {
  const { jax: { jit, grad, nn, numpy: np }, array, ...named } = await jaxOnWasm()
  const zeros = (): JaxArray[] => splitParameters(startWeights().firstMoment).map(({ values, rows, columns }) => array(values, [rows, columns]))
  const start = (): JaxArray[] => splitParameters(startWeights().parameters).map(({ values, rows, columns }) => array(values, [rows, columns]))

  const gradient = grad<JaxArray[]>(([w1, b1, w2, b2], x, y) => {
    const active = nn.relu(np.matmul(w1!, x).add(b1!))
    return np.mean(np.square(np.matmul(w2!.transpose(), active).add(b2!).sub(y))).mul(0.5)
  })
  const step = jit((parameters: JaxArray[], first: JaxArray[], second: JaxArray[], average: JaxArray[], x: JaxArray, y: JaxArray, rate: JaxArray, unbias: JaxArray, share: JaxArray) => {
    const slope = gradient(parameters.map(p => p.ref), x, y)
    const m = first.map((old, i) => old.mul(0.9).add(slope[i]!.ref.mul(0.1)))
    const v = second.map((old, i) => old.mul(0.999).add(np.square(slope[i]!).mul(0.001)))
    const next = parameters.map((p, i) => p.sub(m[i]!.ref.mul(rate.ref).div(np.sqrt(v[i]!.ref).mul(unbias.ref).add(1e-8))))
    const averaged = average.map((old, i) => old.ref.add(next[i]!.ref.sub(old).mul(share.ref)))
    for (const scalar of [rate, unbias, share]) scalar.dispose()
    return [next, m, v, averaged]
  })

  let state = [start(), zeros(), zeros(), start()] as [JaxArray[], JaxArray[], JaxArray[], JaxArray[]]
  const data = batches.map(({ inputs, target }) => ({ x: array(inputs, [shape.columns, BATCH]), y: array(target, [1, BATCH]) }))
  const scalars = stepScalars()
  const scalar = (value: number): JaxArray => array([value], [])
  return {
    ...named,
    train(count) {
      for (const { x, y } of data.slice(0, count)) {
        const { rate, unbias, share } = scalars.next().value
        state = step(...state, x.ref, y.ref, scalar(rate), scalar(unbias), scalar(share)) as typeof state
      }
      // Waits for what has been queued.
      for (const part of state.flat()) part.ref.dataSync()
    },
    computed: () => state[0].flatMap(part => [...part.ref.dataSync()]),
  }
}

/** ml-matrix, which this project has anyway for the scaling law: matrices in f64, forward and backward by hand. */
export function mlMatrix(): Engine {
  const matrices = (of: Float64Array): Matrix[] => splitParameters(of).map(({ values, rows, columns }) => Matrix.from1DArray(rows, columns, values))
  const start = startWeights()
  const [weights, first, second, average] = [start.parameters, start.firstMoment, start.secondMoment, start.average].map(matrices) as [Matrix[], Matrix[], Matrix[], Matrix[]]
  const data = batches.map(({ inputs, target }) => ({
    x: Matrix.from1DArray(shape.columns, BATCH, inputs),
    xT: Matrix.from1DArray(shape.columns, BATCH, inputs).transpose(),
    y: Matrix.from1DArray(1, BATCH, target),
  }))
  const scalars = stepScalars()
  return {
    name: 'ml-matrix',
    description: 'ml-matrix, f64',
    train(count) {
      for (const { x, xT, y } of data.slice(0, count)) {
        const { rate, unbias, share } = scalars.next().value
        const [w1, b1, w2, b2] = weights as [Matrix, Matrix, Matrix, Matrix]
        const active = w1.mmul(x).addColumnVector(b1)
        active.apply((row, column) => { active.set(row, column, Math.max(active.get(row, column), 0)) })
        const slope = w2.transpose().mmul(active).add(b2.get(0, 0)).sub(y).div(BATCH)
        const hidden = w2.mmul(slope)
        hidden.apply((row, column) => { if (active.get(row, column) <= 0) hidden.set(row, column, 0) })
        const gradient = [hidden.mmul(xT), Matrix.columnVector(hidden.sum('row')), active.mmul(slope.transpose()), new Matrix([[slope.sum()]])]
        gradient.forEach((g, i) => {
          first[i]!.mul(0.9).add(Matrix.mul(g, 0.1))
          second[i]!.mul(0.999).add(Matrix.mul(g, g).mul(0.001))
          weights[i]!.sub(Matrix.mul(first[i]!, rate).div(Matrix.sqrt(second[i]!).mul(unbias).add(1e-8)))
          average[i]!.add(Matrix.sub(weights[i]!, average[i]!).mul(share))
        })
      }
    },
    computed: () => weights.flatMap(matrix => matrix.to1DArray()),
  }
}
