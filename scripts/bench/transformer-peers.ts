/**
 * The same Transformer in the libraries that the engine is compared with, each written as its own documentation would, on
 * batches that are already in its own arrays. Tokens are looked up as a product with rows of zeros and a one, which both
 * differentiate on every backend.
 */
import { NORM_EPSILON } from '../../lab/transformer/ops.ts'
import { VOCABULARY } from '../../lab/transformer/task.ts'
import type { Engine } from './engines.ts'
import { jaxOnWasm, tensorflowOn, type JaxArray, type Tensor, type Variable } from './libraries.ts'
import { adamSteps, BATCH, batches, scored, sizes, startMatrices, tokenCount, tokensAndTargets, trainedBy } from './transformer-task.ts'

const { width, heads, layers } = sizes
const headWidth = width / heads
const rows = BATCH * tokenCount

/** TensorFlow.js with its own gradients and its own Adam, whose learning rate is set for each step. */
export async function tensorflow(backend: 'wasm' | 'cpu'): Promise<Engine> {
  const { tf, ...named } = await tensorflowOn(backend)
  const weights = new Map([...startMatrices()].map(([name, { values, rows, columns }]) => [name, tf.variable(tf.tensor(values, rows === 1 ? [columns] : [rows, columns]))]))
  const averages = new Map([...weights].map(([name, variable]) => [name, tf.variable(variable)]))
  const oneHot = (indices: number[]): Tensor => tf.cast(tf.oneHot(tf.tensor1d(indices, 'int32'), VOCABULARY), 'float32')
  const data = batches.map((batch) => {
    const { tokens, targets } = tokensAndTargets(batch)
    return { tokens: oneHot(tokens), targets: oneHot(targets) }
  })
  const mask = tf.tensor(Float32Array.from({ length: tokenCount * tokenCount }, (_, i) => i % tokenCount > Math.floor(i / tokenCount) ? -1e9 : 0), [tokenCount, tokenCount])

  const of = (name: string): Variable => weights.get(name)!
  const norm = (x: Tensor, name: string): Tensor => x.mul(x.square().mean(-1, true).add(NORM_EPSILON).rsqrt()).mul(of(`${name}.norm`))
  const split = (x: Tensor): Tensor => x.reshape([BATCH, tokenCount, heads, headWidth]).transpose([0, 2, 1, 3])
  const loss = (tokens: Tensor, targets: Tensor): Tensor => {
    const positions = of('positions').slice([0, 0], [tokenCount, width])
    let x = tokens.matMul(of('embedding')).reshape([BATCH, tokenCount, width]).add(positions).reshape([rows, width])
    for (let layer = 0; layer < layers; layer++) {
      const attention = `shared.${layer}.attention`
      const normed = norm(x, attention)
      const [q, k, v] = ['queries', 'keys', 'values'].map(part => split(normed.matMul(of(`${attention}.${part}`)))) as [Tensor, Tensor, Tensor]
      const probabilities = q.matMul(k, false, true).mul(1 / Math.sqrt(headWidth)).add(mask).softmax()
      x = x.add(probabilities.matMul(v).transpose([0, 2, 1, 3]).reshape([rows, width]).matMul(of(`${attention}.out`)))
      const feedForward = `shared.${layer}.feedForward`
      x = x.add(norm(x, feedForward).matMul(of(`${feedForward}.up`)).relu().matMul(of(`${feedForward}.down`)))
    }
    const answers = norm(x, 'shared').reshape([BATCH, tokenCount, width]).slice([0, scored[0]!, 0], [BATCH, scored.length, width])
    return tf.losses.softmaxCrossEntropy(targets, answers.reshape([BATCH * scored.length, width]).matMul(of('readOut')))
  }

  const optimizer = tf.train.adam(0, 0.9, 0.98, 1e-8)
  const steps = adamSteps()
  return trainedBy(named, async (count) => {
    await tf.setBackend(backend)
    return data.slice(0, count).map(({ tokens, targets }) => {
      const { rate, averageWeight } = steps.next().value
      optimizer.learningRate = rate
      const cost = tf.tidy(() => optimizer.minimize(() => loss(tokens, targets), true))
      tf.tidy(() => averages.forEach((average, name) => average.assign(average.add(of(name).sub(average).mul(averageWeight)))))
      const [value] = cost.dataSync()
      cost.dispose()
      return value!
    })
  })
}

type Parameters = Record<string, JaxArray>

/** jax-js, the whole step one jitted function. */
export async function jax(): Promise<Engine> {
  const { jax: { jit, valueAndGrad, nn, numpy: np }, array, ...named } = await jaxOnWasm()
  const start = (fill?: number): Parameters => Object.fromEntries([...startMatrices()].map(([name, { values, rows, columns }]) =>
    [name, array(fill === undefined ? values : values.fill(fill), rows === 1 ? [columns] : [rows, columns])]))
  const oneHot = (indices: number[]): JaxArray => array(Float32Array.from({ length: indices.length * VOCABULARY }, (_, i) => i % VOCABULARY === indices[Math.floor(i / VOCABULARY)] ? 1 : 0), [indices.length, VOCABULARY])
  const data = batches.map((batch) => {
    const { tokens, targets } = tokensAndTargets(batch)
    return { tokens: oneHot(tokens), targets: oneHot(targets) }
  })

  const gradient = valueAndGrad<Parameters>((parameters, tokens, targets) => {
    const of = (name: string): JaxArray => parameters[name]!
    const norm = (x: JaxArray, name: string): JaxArray =>
      x.ref.div(np.sqrt(np.mean(np.square(x), -1, { keepdims: true }).add(NORM_EPSILON))).mul(of(`${name}.norm`))
    const split = (x: JaxArray): JaxArray => x.reshape([BATCH, tokenCount, heads, headWidth])
    let x = np.matmul(tokens, of('embedding')).reshape([BATCH, tokenCount, width]).add(of('positions').slice([0, tokenCount])).reshape([rows, width])
    for (let layer = 0; layer < layers; layer++) {
      const attention = `shared.${layer}.attention`
      const normed = norm(x.ref, attention)
      const [q, k, v] = ['queries', 'keys', 'values'].map(part => split(np.matmul(normed.ref, of(`${attention}.${part}`)))) as [JaxArray, JaxArray, JaxArray]
      normed.dispose()
      x = x.add(np.matmul(nn.dotProductAttention(q, k, v, { isCausal: true }).reshape([rows, width]), of(`${attention}.out`)))
      const feedForward = `shared.${layer}.feedForward`
      const inner = nn.relu(np.matmul(norm(x.ref, feedForward), of(`${feedForward}.up`)))
      x = x.add(np.matmul(inner, of(`${feedForward}.down`)))
    }
    const answers = norm(x, 'shared').reshape([BATCH, tokenCount, width]).slice([], [scored[0]!, scored[0]! + scored.length]).reshape([BATCH * scored.length, width])
    return np.sum(nn.logSoftmax(np.matmul(answers, of('readOut'))).mul(targets)).mul(-1 / (BATCH * scored.length))
  })
  const step = jit((parameters: Parameters, first: Parameters, second: Parameters, average: Parameters, tokens: JaxArray, targets: JaxArray, rate: JaxArray, unbias: JaxArray, share: JaxArray) => {
    const [loss, slopes] = gradient(Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.ref])), tokens, targets)
    const next: Parameters = {}
    const m: Parameters = {}
    const v: Parameters = {}
    const averaged: Parameters = {}
    for (const name of Object.keys(parameters)) {
      m[name] = first[name]!.mul(0.9).add(slopes[name]!.ref.mul(0.1))
      v[name] = second[name]!.mul(0.98).add(np.square(slopes[name]!).mul(0.02))
      next[name] = parameters[name]!.sub(m[name]!.ref.mul(rate.ref).div(np.sqrt(v[name]!.ref).mul(unbias.ref).add(1e-8)))
      averaged[name] = average[name]!.ref.add(next[name]!.ref.sub(average[name]!).mul(share.ref))
    }
    for (const scalar of [rate, unbias, share]) scalar.dispose()
    return [next, m, v, averaged, loss] as const
  })

  let state = [start(), start(0), start(0), start()] as [Parameters, Parameters, Parameters, Parameters]
  const steps = adamSteps()
  const scalar = (value: number): JaxArray => array([value], [])
  return trainedBy(named, count => data.slice(0, count).map(({ tokens, targets }) => {
    const { rate, correction1, correction2, averageWeight } = steps.next().value
    const [next, m, v, averaged, loss] = step(...state, tokens.ref, targets.ref, scalar(rate / correction1), scalar(1 / Math.sqrt(correction2)), scalar(averageWeight))
    state = [next, m, v, averaged]
    return loss.dataSync()[0]!
  }))
}
