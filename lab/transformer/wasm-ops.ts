/**
 * The arithmetic of ops.ts in f32 on 128-bit SIMD, compiled from assembly/ to a module that travels inside the bundle. The
 * reference in TypeScript is what it is held against, and stands in where there is no WebAssembly SIMD.
 */
import ln from '@stdlib/math-base-special-ln'
import { MODULE_BASE64 } from './build/module.ts'
import { NORM_EPSILON, padded, type Address, type AttentionShape, type CreateOps, type Ops } from './ops.ts'

/** What the compiled module exports (assembly/index.ts): addresses and strides in bytes, counts in elements. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly NUMBERS: WebAssembly.Global<'i32'>
  readonly MAX_TOKENS: WebAssembly.Global<'i32'>
  readonly MAX_HEAD_WIDTH: WebAssembly.Global<'i32'>
  readonly MAX_INNER: WebAssembly.Global<'i32'>
  readonly product: WebAssembly.Global<'f64'>
  readonly folds: WebAssembly.Global<'i32'>
  readonly gemmNN: Gemm
  readonly gemmNT: Gemm
  readonly gemmTN: Gemm
  readonly shape: (...of: number[]) => void
  readonly attention: (q: number, k: number, v: number, p: number, out: number) => void
  readonly attentionBackward: (q: number, k: number, v: number, p: number, dOut: number, dq: number, dk: number, dv: number) => void
  readonly rmsNorm: (rows: number, width: number, x: number, gain: number, y: number, scales: number, epsilon: number) => void
  readonly rmsNormBackward: (rows: number, width: number, x: number, gain: number, scales: number, dy: number, dx: number, dGain: number) => void
  readonly relu: (count: number, x: number) => void
  readonly reluBackward: (count: number, y: number, dy: number) => void
  readonly embed: (rows: number, width: number, tokens: number, positions: number, table: number, positionTable: number, x: number) => void
  readonly gatherRows: (rows: number, width: number, index: number, x: number, y: number) => void
  readonly scatterRows: (rows: number, width: number, index: number, dy: number, dx: number) => void
  readonly copyBlocks: (examples: number, count: number, from: number, fromStride: number, to: number, toStride: number, adds: number) => void
  readonly crossEntropy: (rows: number, classes: number, logits: number, targets: number, scale: number) => number
  readonly adam: (
    count: number, parameters: number, gradient: number, firstMoment: number, secondMoment: number, averages: number,
    rate: number, unbias: number, share: number, beta1: number, rest1: number, beta2: number, rest2: number, epsilon: number, nothing: number,
  ) => void
}

type Gemm = (a: number, lda: number, b: number, ldb: number, c: number, ldc: number, m: number, n: number, k: number, adds: number) => void

/** Most numbers and integers together: 256 MiB. */
const MAX_ELEMENTS = 67_108_864
const PAGE = 65536
/** Moments below this are dropped before they become denormal numbers; they move no parameter that f32 can tell. */
const NOTHING = 1e-30
/** Natural logarithm of 2^512, by which the module folds a product that gets too large. */
const LN_FOLD = 512 * 0.6931471805599453

let shared: WebAssembly.Module | null | undefined

/** Makes engines, each with a memory of its own; undefined where WebAssembly or its SIMD is missing or forbidden. */
export function wasmOps(): CreateOps | undefined {
  // null remembers that it was tried in vain.
  shared ??= compile(moduleBytes()) ?? null
  const module = shared
  return module ? (numbers, integers) => opsOf(module, numbers, integers) : undefined
}

/** The compiled module. */
export function moduleBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(MODULE_BASE64), character => character.charCodeAt(0))
}

/** A module, if the engine has what it needs: one without SIMD refuses to compile, as does a page whose policy forbids it. */
export function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes)
  }
  catch {
    return undefined
  }
}

/** @throws RangeError for more than the memory may hold; its operations, for what reaches beyond it or does not fit the module */
function opsOf(module: WebAssembly.Module, numberCount: number, integerCount: number): Ops {
  if (!(numberCount >= 0 && integerCount >= 0 && padded(numberCount) + padded(integerCount) <= MAX_ELEMENTS))
    throw new RangeError(`An engine holds at most ${MAX_ELEMENTS} numbers and integers; got ${numberCount} and ${integerCount}.`)
  const wasm = new WebAssembly.Instance(module).exports as unknown as Exports
  const start = wasm.NUMBERS.value
  const integerStart = start + 4 * padded(numberCount)
  const missing = integerStart + 4 * padded(integerCount) - wasm.memory.buffer.byteLength
  if (missing > 0)
    wasm.memory.grow(Math.ceil(missing / PAGE))
  const numbers = new Float32Array(wasm.memory.buffer, start, numberCount)
  const integers = new Int32Array(wasm.memory.buffer, integerStart, integerCount)

  /** Byte address of rows of numbers, `stride` apart. */
  function at(address: Address, rows: number, columns: number, stride = columns): number {
    if (!(address >= 0 && address % 4 === 0 && columns % 4 === 0 && stride % 4 === 0))
      throw new RangeError(`An address, a width and a stride are multiples of 4; got ${address}, ${columns} and ${stride}.`)
    return start + 4 * within(address, rows > 0 ? (rows - 1) * stride + columns : 0, numberCount)
  }

  /** Byte address of numbers that need not fill a vector. */
  function loose(address: Address, count: number): number {
    return start + 4 * within(address, count, numberCount)
  }

  /** Byte address of integers, each from `least` to before `end`. */
  function integersAt(address: Address, count: number, least: number, end: number): number {
    within(address, count, integerCount)
    for (let i = address; i < address + count; i++) {
      if (integers[i]! < least || integers[i]! >= end)
        throw new RangeError(`The integer at ${i} is from ${least} to ${end - 1}; got ${integers[i]!}.`)
    }
    return integerStart + 4 * address
  }

  /** Byte address of the indices of some rows, each inside the memory. */
  function indices(address: Address, count: number, table: Address, width: number): number {
    return integersAt(address, count, 0, Math.floor((numberCount - table) / width))
  }

  function gemm(run: Gemm, a: number, aStride: number, b: number, bStride: number, c: Address, cStride: number, m: number, n: number, k: number, add: boolean): void {
    run(a, 4 * aStride, b, 4 * bStride, at(c, m, n, cStride), 4 * cStride, m, n, k, add ? 1 : 0)
  }

  /** Tells the module the shape, and gives the numbers of rows. */
  function prepare(shape: AttentionShape): { width: number, queryRows: number, keyRows: number, probabilities: number } {
    const { examples, heads, headWidth, queries, keys, seen, queryStride, keyStride, outStride } = shape
    const most = wasm.MAX_TOKENS.value
    if (queries > most || keys > most)
      throw new RangeError(`The engine takes at most ${most} queries and keys; got ${queries} and ${keys}.`)
    if (headWidth % 4 !== 0 || headWidth > wasm.MAX_HEAD_WIDTH.value)
      throw new RangeError(`The engine takes heads whose width is a multiple of 4 up to ${wasm.MAX_HEAD_WIDTH.value}; got ${headWidth}.`)
    wasm.shape(examples, heads, headWidth, queries, keys, integersAt(seen, queries, 1, keys + 1), queryStride, keyStride, outStride)
    return { width: heads * headWidth, queryRows: examples * queries, keyRows: examples * keys, probabilities: examples * heads * queries * padded(keys) }
  }

  return {
    numbers,
    integers,
    gemmNN: (m, n, k, a, aStride, b, bStride, c, cStride, add) =>
      gemm(wasm.gemmNN, at(a, m, k, aStride), aStride, at(b, k, n, bStride), bStride, c, cStride, m, n, k, add),
    gemmNT(m, n, k, a, aStride, b, bStride, c, cStride, add) {
      if (k > wasm.MAX_INNER.value)
        throw new RangeError(`A product with a transposed matrix has at most ${wasm.MAX_INNER.value} terms; got ${k}.`)
      gemm(wasm.gemmNT, at(a, m, k, aStride), aStride, at(b, n, k, bStride), bStride, c, cStride, m, n, k, add)
    },
    gemmTN: (m, n, k, a, aStride, b, bStride, c, cStride, add) =>
      gemm(wasm.gemmTN, at(a, k, m, aStride), aStride, at(b, k, n, bStride), bStride, c, cStride, m, n, k, add),

    rmsNorm: (rows, width, x, gain, y, scales) =>
      wasm.rmsNorm(rows, width, at(x, rows, width), at(gain, 1, width), at(y, rows, width), loose(scales, rows), NORM_EPSILON),
    rmsNormBackward: (rows, width, x, gain, scales, dy, dx, dGain) =>
      wasm.rmsNormBackward(rows, width, at(x, rows, width), at(gain, 1, width), loose(scales, rows), at(dy, rows, width), at(dx, rows, width), at(dGain, 1, width)),

    attention(shape, q, k, v, probabilities, out) {
      const { width, queryRows, keyRows, probabilities: count } = prepare(shape)
      wasm.attention(
        at(q, queryRows, width, shape.queryStride), at(k, keyRows, width, shape.keyStride), at(v, keyRows, width, shape.keyStride),
        at(probabilities, 1, count), at(out, queryRows, width, shape.outStride),
      )
    },
    attentionBackward(shape, q, k, v, probabilities, dOut, dq, dk, dv) {
      const { width, queryRows, keyRows, probabilities: count } = prepare(shape)
      wasm.attentionBackward(
        at(q, queryRows, width, shape.queryStride), at(k, keyRows, width, shape.keyStride), at(v, keyRows, width, shape.keyStride),
        at(probabilities, 1, count), at(dOut, queryRows, width, shape.outStride),
        at(dq, queryRows, width, shape.queryStride), at(dk, keyRows, width, shape.keyStride), at(dv, keyRows, width, shape.keyStride),
      )
    },

    relu: (count, x) => wasm.relu(count, at(x, 1, count)),
    reluBackward: (count, y, dy) => wasm.reluBackward(count, at(y, 1, count), at(dy, 1, count)),

    embed: (rows, width, tokens, positions, table, positionTable, x) =>
      wasm.embed(rows, width, indices(tokens, rows, table, width), indices(positions, rows, positionTable, width), at(table, 1, width), at(positionTable, 1, width), at(x, rows, width)),
    embedBackward(rows, width, tokens, positions, dx, dTable, dPositionTable) {
      wasm.scatterRows(rows, width, indices(tokens, rows, dTable, width), at(dx, rows, width), at(dTable, 1, width))
      wasm.scatterRows(rows, width, indices(positions, rows, dPositionTable, width), at(dx, rows, width), at(dPositionTable, 1, width))
    },
    gatherRows: (rows, width, index, x, y) =>
      wasm.gatherRows(rows, width, indices(index, rows, x, width), at(x, 1, width), at(y, rows, width)),
    scatterRows: (rows, width, index, dy, dx) =>
      wasm.scatterRows(rows, width, indices(index, rows, dx, width), at(dy, rows, width), at(dx, 1, width)),
    copyBlocks: (examples, count, from, fromStride, to, toStride, add) =>
      wasm.copyBlocks(examples, count, at(from, examples, count, fromStride), 4 * fromStride, at(to, examples, count, toStride), 4 * toStride, add ? 1 : 0),

    crossEntropy(rows, classes, logits, targets, scale) {
      const misses = wasm.crossEntropy(rows, classes, at(logits, rows, classes), integersAt(targets, rows, 0, classes), scale)
      return scale * (misses + ln(wasm.product.value) + wasm.folds.value * LN_FOLD)
    },

    adam(count, { parameters, gradient, firstMoment, secondMoment, average }, { rate, beta1, beta2, correction1, correction2, epsilon, averageWeight }) {
      wasm.adam(
        count, at(parameters, 1, count), at(gradient, 1, count), at(firstMoment, 1, count), at(secondMoment, 1, count), at(average, 1, count),
        rate / correction1, 1 / Math.sqrt(correction2), averageWeight, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, NOTHING,
      )
    },
  }
}

function within(address: Address, count: number, size: number): Address {
  if (!(address >= 0 && address + count <= size))
    throw new RangeError(`The memory holds ${size} elements; got ${count} from ${address} on.`)
  return address
}
