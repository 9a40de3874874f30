/**
 * The libraries that our engines are compared with, from where install.ts installs them: each trains a network with its
 * own gradients, on batches that are already in its own arrays.
 */
import type { Engine } from './engines.ts'
import { createRequire } from 'node:module'
import { peerFile, peerName } from './install.ts'

const requirePeer = createRequire(peerFile('.'))

export interface Values {
  readonly values: Float32Array
  readonly shape: number[]
}

/** A network as a library needs it: trained by Adam (β₁ .9, ε 1e-8), with a running average of its weights. */
export interface Network {
  /** Every matrix by name, before the first step. */
  readonly start: ReadonlyMap<string, Values>
  readonly batches: readonly { x: Values, y: Values }[]
  readonly beta2: number
  /** Learning rate at a step, counted from 0. */
  readonly rateAt: (step: number) => number
}

/** A method of arrays, as loosely as is enough here. */
type Method<Of> = (...args: (Of | number | boolean | number[])[]) => Of

export interface Tensor extends Record<'matMul' | 'add' | 'sub' | 'mul' | 'relu' | 'rsqrt' | 'square' | 'mean' | 'softmax' | 'reshape' | 'transpose' | 'slice', Method<Tensor>> {
  assign: (value: Tensor) => void
  dataSync: () => Float32Array
  dispose: () => void
}

export interface TensorFlow {
  setBackend: (name: string) => Promise<boolean>
  tensor: (values: Float32Array, shape: number[]) => Tensor
  variable: (value: Tensor) => Tensor
  tidy: <T>(run: () => T) => T
  losses: { softmaxCrossEntropy: (labels: Tensor, logits: Tensor) => Tensor }
  train: { adam: (rate: number, beta1: number, beta2: number, epsilon: number) => { learningRate: number, minimize: (loss: () => Tensor, returnCost: true) => Tensor } }
}

/** An array of jax-js is used up by each use that does not take its `ref`. */
export interface JaxArray extends Record<'add' | 'sub' | 'mul' | 'div' | 'transpose' | 'reshape' | 'slice', Method<JaxArray>> {
  readonly ref: JaxArray
  dataSync: () => Float32Array
  dispose: () => void
}

type Parameters = Record<string, JaxArray>

export interface Jax {
  init: (device: string) => Promise<string[]>
  defaultDevice: (device: string) => string
  jit: <In extends unknown[], Out>(run: (...args: In) => Out) => (...args: In) => Out
  valueAndGrad: (run: (parameters: Parameters, x: JaxArray, y: JaxArray) => JaxArray) => (parameters: Parameters, x: JaxArray, y: JaxArray) => [JaxArray, Parameters]
  nn: Record<'relu' | 'logSoftmax', Method<JaxArray>> & {
    dotProductAttention: (q: JaxArray, k: JaxArray, v: JaxArray, options: { isCausal: boolean }) => JaxArray
  }
  numpy: Record<'matmul' | 'square' | 'sqrt' | 'sum', Method<JaxArray>> & {
    array: (values: Float32Array) => JaxArray
    mean: (x: JaxArray, axis?: number, options?: { keepdims: boolean }) => JaxArray
  }
}

/** TensorFlow.js on WebAssembly, with its own Adam, whose learning rate is set for each step. */
export async function tensorflow(network: Network, lossIn: (tf: TensorFlow) => (of: (name: string) => Tensor, x: Tensor, y: Tensor) => Tensor): Promise<Engine> {
  const tf = requirePeer('@tensorflow/tfjs') as TensorFlow
  requirePeer('@tensorflow/tfjs-backend-wasm')
  if (!await tf.setBackend('wasm'))
    throw new Error('TensorFlow.js has no wasm backend here.')
  const tensor = ({ values, shape }: Values) => tf.tensor(values, shape)
  const weights = new Map([...network.start].map(([name, values]) => [name, tf.variable(tensor(values))]))
  const averages = new Map([...weights].map(([name, weight]) => [name, tf.variable(weight)]))
  const data = network.batches.map(({ x, y }) => ({ x: tensor(x), y: tensor(y) }))
  const loss = lossIn(tf)
  const optimizer = tf.train.adam(0, 0.9, network.beta2, 1e-8)
  let step = 0
  const losses = (count: number) => data.slice(0, count).map(({ x, y }) => {
    optimizer.learningRate = network.rateAt(step)
    const cost = tf.tidy(() => optimizer.minimize(() => loss(name => weights.get(name)!, x, y), true))
    tf.tidy(() => averages.forEach((average, name) => average.assign(average.add(weights.get(name)!.sub(average).mul(shareAt(step))))))
    step++
    return cost
  }).map((cost) => {
    const [value] = cost.dataSync()
    cost.dispose()
    return value!
  })
  return { name: `${peerName('@tensorflow/tfjs')}, wasm backend`, train: losses, losses }
}

/** jax-js on WebAssembly, the whole step one jitted function. */
export async function jax(network: Network, lossIn: (jax: Jax) => (of: (name: string) => JaxArray, x: JaxArray, y: JaxArray) => JaxArray): Promise<Engine> {
  const jax = requirePeer('@jax-js/jax') as Jax
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  const { jit, valueAndGrad, numpy: np } = jax
  const array = ({ values, shape }: Values) => np.array(values.slice()).reshape(shape)
  const start = (): Parameters => Object.fromEntries([...network.start].map(([name, values]) => [name, array(values)]))
  const zeros = (): Parameters => Object.fromEntries([...network.start].map(([name, { values, shape }]) => [name, array({ values: new Float32Array(values.length), shape })]))
  const scalar = (value: number) => array({ values: Float32Array.of(value), shape: [] })
  const data = network.batches.map(({ x, y }) => ({ x: array(x), y: array(y) }))
  const { beta2 } = network
  const loss = lossIn(jax)
  const gradient = valueAndGrad((parameters, x, y) => loss(name => parameters[name]!, x, y))
  const takeStep = jit((parameters: Parameters, first: Parameters, second: Parameters, average: Parameters, x: JaxArray, y: JaxArray, rate: JaxArray, unbias: JaxArray, share: JaxArray) => {
    const [loss, slopes] = gradient(Object.fromEntries(Object.entries(parameters).map(([name, p]) => [name, p.ref])), x, y)
    const next: Parameters = {}
    const m: Parameters = {}
    const v: Parameters = {}
    const averaged: Parameters = {}
    for (const name of Object.keys(parameters)) {
      m[name] = first[name]!.mul(0.9).add(slopes[name]!.ref.mul(0.1))
      v[name] = second[name]!.mul(beta2).add(np.square(slopes[name]!).mul(1 - beta2))
      next[name] = parameters[name]!.sub(m[name]!.ref.mul(rate.ref).div(np.sqrt(v[name]!.ref).mul(unbias.ref).add(1e-8)))
      averaged[name] = average[name]!.ref.add(next[name]!.ref.sub(average[name]!).mul(share.ref))
    }
    for (const scalar of [rate, unbias, share]) scalar.dispose()
    return [next, m, v, averaged, loss] as const
  })

  let state = [start(), zeros(), zeros(), start()] as [Parameters, Parameters, Parameters, Parameters]
  let step = 0
  const losses = (count: number) => data.slice(0, count).map(({ x, y }) => {
    const rate = network.rateAt(step) / (1 - 0.9 ** (step + 1))
    const unbias = 1 / Math.sqrt(1 - beta2 ** (step + 1))
    const [next, m, v, averaged, loss] = takeStep(...state, x.ref, y.ref, scalar(rate), scalar(unbias), scalar(shareAt(step)))
    state = [next, m, v, averaged]
    step++
    return loss
  }).map(loss => loss.dataSync()[0]!)
  return { name: `${peerName('@jax-js/jax')}, wasm device`, train: losses, losses }
}

/** Weight of the new in the running average, as our engines have it. */
const shareAt = (step: number) => Math.max(1 / (step + 1), 4 / (step + 4))
