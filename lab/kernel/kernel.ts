/**
 * The training kernel as the race uses it: the MLPs of lab/race/learner.ts in f32 on 128-bit SIMD, compiled from
 * lab/kernel/assembly to a module of 4 KB that travels inside the bundle. It takes and gives back the same plain Weights
 * as the TypeScript learner, which is the reference for its results and stands in where there is no WebAssembly SIMD.
 */

import { fromModule } from '../wasm.ts'
import { BATCH, BETA_1, BETA_2, EPSILON, type Batch, type Schedule, type Shape, type Weights } from '../race/learner.ts'
import { MODULE_BASE64 } from './build/module.ts'

/** Trains and measures MLPs; holds nothing between calls. */
export interface Kernel {
  /**
   * One training step on each batch in turn, written back into `weights`, which then holds numbers that f32 holds too:
   * k batches and then m give the very bits of k + m.
   */
  readonly train: (shape: Shape, weights: Weights, schedule: Schedule, batches: readonly Batch[]) => void
  /**
   * Mean squared error of the averaged network.
   * @param inputs feature by feature, value i of example b at [i * truth.length + b]
   * @param truth one value an example; a multiple of 16 examples
   */
  readonly meanSquaredError: (shape: Shape, weights: Weights, inputs: Float64Array, truth: Float64Array) => number
}

/** What the compiled module exports (lab/kernel/assembly/index.ts); addresses and sizes in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly PARAMETERS: WebAssembly.Global<'i32'>
  readonly FIRST_MOMENT: WebAssembly.Global<'i32'>
  readonly SECOND_MOMENT: WebAssembly.Global<'i32'>
  readonly AVERAGE: WebAssembly.Global<'i32'>
  readonly EXAMPLES: WebAssembly.Global<'i32'>
  readonly EXAMPLES_BYTES: WebAssembly.Global<'i32'>
  readonly MAX_COLUMNS: WebAssembly.Global<'i32'>
  readonly MAX_UNITS: WebAssembly.Global<'i32'>
  readonly step: WebAssembly.Global<'f64'>
  readonly beta1Power: WebAssembly.Global<'f64'>
  readonly beta2Power: WebAssembly.Global<'f64'>
  readonly begin: (step: number, beta1Power: number, beta2Power: number) => void
  readonly train: (
    columns: number, units: number, first: number, last: number, rate: number, rateSteps: number,
    beta1: number, beta2: number, epsilon: number, nothing: number,
  ) => void
  readonly squaredError: (columns: number, units: number, blocks: number) => number
}

const ARRAYS = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const
/** Units that stand side by side in the kernel's memory. */
const GROUP = 8
/** First moments below this are dropped before they become denormal numbers; they move no weight that f32 can tell. */
const NOTHING = 1e-30

/** The kernel of this page, worker or process; undefined where WebAssembly or its SIMD is missing or forbidden. */
export const kernel = fromModule(MODULE_BASE64, module => kernelOf(new WebAssembly.Instance(module).exports as unknown as Exports))

function kernelOf(wasm: Exports): Kernel {
  const memory = new Float32Array(wasm.memory.buffer)
  const view = (address: WebAssembly.Global<'i32'>): Float32Array => memory.subarray(address.value / 4)
  const arrays = {
    parameters: view(wasm.PARAMETERS),
    firstMoment: view(wasm.FIRST_MOMENT),
    secondMoment: view(wasm.SECOND_MOMENT),
    average: view(wasm.AVERAGE),
  }
  const examples = view(wasm.EXAMPLES)
  /** Blocks of 16 examples that fit into the kernel's memory. */
  const room = (columns: number): number => Math.floor(wasm.EXAMPLES_BYTES.value / (4 * BATCH * (columns + 1)))
  const check = ({ columns, hidden }: Shape): void => {
    if (columns > wasm.MAX_COLUMNS.value) throw new RangeError(`The kernel takes at most ${wasm.MAX_COLUMNS.value} columns; got ${columns}.`)
    if (hidden < GROUP || hidden > wasm.MAX_UNITS.value || hidden % GROUP !== 0)
      throw new RangeError(`The kernel takes a multiple of ${GROUP} up to ${wasm.MAX_UNITS.value} hidden units; got ${hidden}.`)
  }

  return {
    train(shape, weights, schedule, batches) {
      check(shape)
      const { columns, hidden } = shape
      const order = orderOf(shape)
      for (const name of ARRAYS) load(order, weights[name], arrays[name])
      wasm.begin(weights.step, weights.beta1Power, weights.beta2Power)
      const fits = room(columns)
      for (let from = 0; from < batches.length; from += fits) {
        const some = batches.slice(from, from + fits)
        some.forEach(({ inputs, target }, k) => {
          examples.set(inputs, k * BATCH * (columns + 1))
          examples.set(target, k * BATCH * (columns + 1) + BATCH * columns)
        })
        wasm.train(columns, hidden, 0, some.length, schedule.rate, schedule.rateSteps, BETA_1, BETA_2, EPSILON, NOTHING)
      }
      for (const name of ARRAYS) store(order, arrays[name], weights[name])
      weights.step = wasm.step.value
      weights.beta1Power = wasm.beta1Power.value
      weights.beta2Power = wasm.beta2Power.value
    },

    meanSquaredError(shape, weights, inputs, truth) {
      check(shape)
      const { columns, hidden } = shape
      const count = truth.length
      load(orderOf(shape), weights.average, arrays.average)
      const fits = room(columns) * BATCH
      let sum = 0
      for (let from = 0; from < count; from += fits) {
        const to = Math.min(from + fits, count)
        let at = 0
        for (let b = from; b < to; b += BATCH) {
          for (let i = 0; i < columns; i++, at += BATCH) examples.set(inputs.subarray(i * count + b, i * count + b + BATCH), at)
          examples.set(truth.subarray(b, b + BATCH), at)
          at += BATCH
        }
        sum += wasm.squaredError(columns, hidden, (to - from) / BATCH)
      }
      return sum / count
    },
  }
}

const orders = new Map<string, Int32Array>()

/**
 * Where the kernel keeps each number of Weights: eight units side by side, for them a row of biases, one row a column of
 * the table, and a row of output weights (lab/kernel/assembly/layout.ts).
 */
function orderOf({ columns, hidden }: Shape): Int32Array {
  const key = `${columns}-${hidden}`
  let order = orders.get(key)
  if (!order) {
    const place = (unit: number, row: number): number => (Math.floor(unit / GROUP) * (columns + 2) + row) * GROUP + unit % GROUP
    order = Int32Array.from([
      ...Array.from({ length: hidden * columns }, (_, p) => place(Math.floor(p / columns), 1 + p % columns)),
      ...Array.from({ length: hidden }, (_, unit) => place(unit, 0)),
      ...Array.from({ length: hidden }, (_, unit) => place(unit, columns + 1)),
      hidden * (columns + 2),
    ])
    orders.set(key, order)
  }
  return order
}

function load(order: Int32Array, from: Float64Array, into: Float32Array): void {
  // The output bias is alone in its vector; the lanes beside it must not keep what another network left there.
  into.fill(0, order.length - 1, order.length + 3)
  for (let p = 0; p < order.length; p++) into[order[p]!] = from[p]!
}

function store(order: Int32Array, from: Float32Array, into: Float64Array): void {
  for (let p = 0; p < order.length; p++) into[p] = from[order[p]!]!
}
