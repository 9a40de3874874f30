/**
 * The causal rung of the Transformers on single questions, in batches of 32: our engine and the libraries, each written as
 * its own documentation would. Tokens are looked up as a product with rows of zeros and a one, which both differentiate on
 * every backend.
 */
import type { Report } from './measure.ts'
import { NORM_EPSILON } from '../../lab/transformer/ops.ts'
import { dialogueTokens, question, scoredPlaces, trainingBatch, VOCABULARY } from '../../lab/transformer/task.ts'
import { advanceTraining, BATCH, beginTraining, BETA_2, modelOf, rateAt, stepFlop, type TransformerEngine } from '../../lab/transformer/training.ts'
import { trialInput } from '../../lab/transformer/trials.ts'
import { wasmOps } from '../../lab/transformer/wasm-ops.ts'
import { compareEngines, type Engine } from './engines.ts'
import { jax, tensorflow, type Jax, type JaxArray, type Network, type Tensor, type TensorFlow, type Values } from './libraries.ts'

const input = trialInput(question, 'E', 1)
const { width, heads, layers } = input.sizes
const headWidth = width / heads
const tokenCount = dialogueTokens(question)
const rows = BATCH * tokenCount
const scored = scoredPlaces(question)

export function compareTransformers(): Promise<Report> {
  if (!wasmOps())
    throw new Error('This Node.js has no WebAssembly SIMD, so there is no engine to measure.')
  const network: Network = {
    start: startMatrices(),
    batches: Array.from({ length: 16 }, (_, step) => tokensAndTargets(trainingBatch(question, input.seed, step, BATCH))),
    beta2: BETA_2,
    rateAt: step => rateAt(input.rate, step + 1),
  }
  return compareEngines({
    step: 'Transformer step',
    ours: engine('lab/transformer, WASM SIMD, f32', 'wasm'),
    reference: engine('lab/transformer/reference.ts, f64', 'typescript'),
    peers: [tensorflow(network, tensorflowLoss), jax(network, jaxLoss)],
    stepFlop: stepFlop(modelOf(input).plan),
    calls: [network.batches.length, 1],
    goal: 10,
  })
}

/** Our engine as a slide runs it: batches are drawn in the time, weights copied in and out. */
function engine(name: string, engine: TransformerEngine): Engine {
  let training = beginTraining({ ...input, engine })
  const train = (count: number) => (training = advanceTraining(training, training.step + count, Infinity))
  return { name, train, losses: count => Array.from({ length: count }, () => train(1).loss) }
}

/** The weights before the first step by name, the projections of an attention apart. */
function startMatrices(): Network['start'] {
  const { parameters } = beginTraining(input)
  return new Map([...modelOf(input).plan.layout.matrices].flatMap(([name, { at, rows, columns }]) => {
    const names = name.endsWith('.project') ? ['queries', 'keys', 'values'].map(part => name.replace('project', part)) : [name]
    const width = columns / names.length
    return names.map((name, p): [string, Values] => [name, {
      values: Float32Array.from({ length: rows * width }, (_, i) => parameters[at + Math.floor(i / width) * columns + p * width + i % width]!),
      shape: rows === 1 ? [width] : [rows, width],
    }])
  }))
}

/** The tokens of a batch that are read, question by question, and the right next tokens of the scored places. */
function tokensAndTargets(batch: Int32Array): { x: Values, y: Values } {
  const questions = Array.from({ length: BATCH }, (_, e) => [...batch.subarray(e * (tokenCount + 1), (e + 1) * (tokenCount + 1))])
  return { x: oneHot(questions.flatMap(question => question.slice(0, tokenCount))), y: oneHot(questions.flatMap(question => scored.map(place => question[place + 1]!))) }
}

function oneHot(indices: readonly number[]): Values {
  return { values: Float32Array.from(indices.flatMap(index => Array.from({ length: VOCABULARY }, (_, i) => Number(i === index)))), shape: [indices.length, VOCABULARY] }
}

function tensorflowLoss(tf: TensorFlow) {
  const mask = tf.tensor(Float32Array.from({ length: tokenCount * tokenCount }, (_, i) => i % tokenCount > Math.floor(i / tokenCount) ? -1e9 : 0), [tokenCount, tokenCount])
  const split = (x: Tensor): Tensor => x.reshape([BATCH, tokenCount, heads, headWidth]).transpose([0, 2, 1, 3])
  return (of: (name: string) => Tensor, tokens: Tensor, targets: Tensor): Tensor => {
    const norm = (x: Tensor, name: string): Tensor => x.mul(x.square().mean(-1, true).add(NORM_EPSILON).rsqrt()).mul(of(`${name}.norm`))
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
}

function jaxLoss({ nn, numpy: np }: Jax) {
  const split = (x: JaxArray): JaxArray => x.reshape([BATCH, tokenCount, heads, headWidth])
  return (of: (name: string) => JaxArray, tokens: JaxArray, targets: JaxArray): JaxArray => {
    const norm = (x: JaxArray, name: string): JaxArray => x.ref.div(np.sqrt(np.mean(np.square(x), -1, { keepdims: true }).add(NORM_EPSILON))).mul(of(`${name}.norm`))
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
  }
}
