/**
 * The libraries that our engines are compared with, as far as they are used here, from where install.ts installs them.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { peersFolder } from './install.ts'

const requirePeer = createRequire(join(peersFolder, 'package.json'))

export interface Tensor {
  matMul: (other: Tensor, transposeA?: boolean, transposeB?: boolean) => Tensor
  add: (other: Tensor | number) => Tensor
  sub: (other: Tensor) => Tensor
  mul: (other: Tensor | number) => Tensor
  relu: () => Tensor
  rsqrt: () => Tensor
  square: () => Tensor
  mean: (axis?: number, keepDims?: boolean) => Tensor
  softmax: () => Tensor
  reshape: (shape: number[]) => Tensor
  transpose: (axes: number[]) => Tensor
  slice: (begin: number[], size: number[]) => Tensor
  dispose: () => void
  dataSync: () => Float32Array
}

export interface Variable extends Tensor {
  assign: (value: Tensor) => void
}

export interface TensorFlow {
  setBackend: (name: string) => Promise<boolean>
  tensor: (values: Float32Array, shape: number[]) => Tensor
  tensor1d: (values: number[], type: 'int32') => Tensor
  oneHot: (indices: Tensor, depth: number) => Tensor
  variable: (value: Tensor) => Variable
  tidy: <T>(run: () => T) => T
  cast: (x: Tensor, type: 'float32') => Tensor
  losses: { softmaxCrossEntropy: (labels: Tensor, logits: Tensor) => Tensor }
  train: { adam: (rate: number, beta1: number, beta2: number, epsilon: number) => { learningRate: number, minimize: (loss: () => Tensor, returnCost?: true) => Tensor } }
}

/** TensorFlow.js on one of its backends; each keeps its own tensors. */
export async function tensorflowOn(backend: 'wasm' | 'cpu'): Promise<{ tf: TensorFlow, name: string, description: string }> {
  const tf = requirePeer('@tensorflow/tfjs') as TensorFlow
  if (backend === 'wasm')
    requirePeer('@tensorflow/tfjs-backend-wasm')
  if (!await tf.setBackend(backend))
    throw new Error(`TensorFlow.js has no ${backend} backend here.`)
  return { tf, name: `TensorFlow.js, ${backend}`, description: `@tensorflow/tfjs ${versionOf('@tensorflow/tfjs')}, ${backend} backend` }
}

/** An array of jax-js is used up by each use that does not take its `ref`. */
export interface JaxArray {
  readonly ref: JaxArray
  add: (other: JaxArray | number) => JaxArray
  sub: (other: JaxArray) => JaxArray
  mul: (other: JaxArray | number) => JaxArray
  div: (other: JaxArray) => JaxArray
  transpose: () => JaxArray
  reshape: (shape: number[]) => JaxArray
  slice: (...ranges: (number[] | [])[]) => JaxArray
  dispose: () => void
  dataSync: () => Float32Array
}

export interface Jax {
  init: (device: string) => Promise<string[]>
  defaultDevice: (device: string) => string
  jit: <In extends unknown[], Out>(run: (...args: In) => Out) => (...args: In) => Out
  grad: <Parameters>(run: (parameters: Parameters, x: JaxArray, y: JaxArray) => JaxArray) => (parameters: Parameters, x: JaxArray, y: JaxArray) => Parameters
  valueAndGrad: <Parameters>(run: (parameters: Parameters, x: JaxArray, y: JaxArray) => JaxArray) => (parameters: Parameters, x: JaxArray, y: JaxArray) => [JaxArray, Parameters]
  nn: {
    relu: (x: JaxArray) => JaxArray
    logSoftmax: (x: JaxArray) => JaxArray
    dotProductAttention: (q: JaxArray, k: JaxArray, v: JaxArray, options: { isCausal: boolean }) => JaxArray
  }
  numpy: {
    array: (values: Float32Array) => JaxArray
    matmul: (a: JaxArray, b: JaxArray) => JaxArray
    square: (x: JaxArray) => JaxArray
    sqrt: (x: JaxArray) => JaxArray
    sum: (x: JaxArray) => JaxArray
    mean: (x: JaxArray, axis?: number, options?: { keepdims: boolean }) => JaxArray
  }
}

/** jax-js on WebAssembly, and how it makes an array of a shape. */
export async function jaxOnWasm(): Promise<{ jax: Jax, array: (values: ArrayLike<number>, shape: number[]) => JaxArray, name: string, description: string }> {
  const jax = requirePeer('@jax-js/jax') as Jax
  await jax.init('wasm')
  jax.defaultDevice('wasm')
  return {
    jax,
    array: (values, shape) => jax.numpy.array(Float32Array.from(values)).reshape(shape),
    name: 'jax-js, wasm',
    description: `@jax-js/jax ${versionOf('@jax-js/jax')}, wasm device, one jitted function a step`,
  }
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(peersFolder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version
}
