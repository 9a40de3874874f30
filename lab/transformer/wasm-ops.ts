/**
 * The arithmetic of ops.ts in f32 on 128-bit SIMD, compiled from assembly/ to a module that travels inside the bundle. The
 * reference in TypeScript is what it is held against, and stands in where there is no WebAssembly SIMD.
 */
import ln from '@stdlib/math-base-special-ln'
import { fromModule } from '../wasm.ts'
import { MODULE_BASE64 } from './build/module.ts'
import { NORM_EPSILON, padded, type Address, type AttentionShape, type CreateOps, type Ops } from './ops.ts'

/** What the compiled module exports (assembly/index.ts): addresses and strides in bytes, counts in elements. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly NUMBERS: WebAssembly.Global<'i32'>
  readonly MAX_TOKENS: WebAssembly.Global<'i32'>
  readonly MAX_HEAD_WIDTH: WebAssembly.Global<'i32'>
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

const PAGE = 65536
/** Moments below this are dropped before they become denormal numbers; they move no parameter that f32 can tell. */
const NOTHING = 1e-30
/** Natural logarithm of 2^512, by which the module folds a product that gets too large. */
const LN_FOLD = 512 * 0.6931471805599453

/** Makes engines, each with a memory of its own; undefined where WebAssembly or its SIMD is missing or forbidden. */
export const wasmOps = fromModule<CreateOps>(MODULE_BASE64, module => (numbers, integers) => opsOf(module, numbers, integers))

/** The addresses are those of a plan (program.ts) and are not checked. */
function opsOf(module: WebAssembly.Module, numberCount: number, integerCount: number): Ops {
  const wasm = new WebAssembly.Instance(module).exports as unknown as Exports
  const start = wasm.NUMBERS.value
  const integerStart = start + 4 * padded(numberCount)
  const missing = integerStart + 4 * padded(integerCount) - wasm.memory.buffer.byteLength
  if (missing > 0)
    wasm.memory.grow(Math.ceil(missing / PAGE))
  const numbers = new Float32Array(wasm.memory.buffer, start, numberCount)
  const integers = new Int32Array(wasm.memory.buffer, integerStart, integerCount)
  /** Byte addresses, of numbers and of integers. */
  const at = (address: Address): number => start + 4 * address
  const integerAt = (address: Address): number => integerStart + 4 * address

  const gemm = (run: Gemm): Ops['gemmNN'] => (m, n, k, a, aStride, b, bStride, c, cStride, add) =>
    run(at(a), 4 * aStride, at(b), 4 * bStride, at(c), 4 * cStride, m, n, k, add ? 1 : 0)

  /** Tells the module the shape of the next attention. */
  function tell({ examples, heads, headWidth, queries, keys, seen, queryStride, keyStride, outStride }: AttentionShape): void {
    const most = wasm.MAX_TOKENS.value
    if (queries > most || keys > most)
      throw new RangeError(`The engine takes at most ${most} queries and keys; got ${queries} and ${keys}.`)
    if (headWidth % 4 !== 0 || headWidth > wasm.MAX_HEAD_WIDTH.value)
      throw new RangeError(`The engine takes heads whose width is a multiple of 4 up to ${wasm.MAX_HEAD_WIDTH.value}; got ${headWidth}.`)
    wasm.shape(examples, heads, headWidth, queries, keys, integerAt(seen), queryStride, keyStride, outStride)
  }

  return {
    numbers,
    integers,
    gemmNN: gemm(wasm.gemmNN),
    gemmNT: gemm(wasm.gemmNT),
    gemmTN: gemm(wasm.gemmTN),

    rmsNorm: (rows, width, x, gain, y, scales) => wasm.rmsNorm(rows, width, at(x), at(gain), at(y), at(scales), NORM_EPSILON),
    rmsNormBackward: (rows, width, x, gain, scales, dy, dx, dGain) => wasm.rmsNormBackward(rows, width, at(x), at(gain), at(scales), at(dy), at(dx), at(dGain)),

    attention(shape, q, k, v, probabilities, out) {
      tell(shape)
      wasm.attention(at(q), at(k), at(v), at(probabilities), at(out))
    },
    attentionBackward(shape, q, k, v, probabilities, dOut, dq, dk, dv) {
      tell(shape)
      wasm.attentionBackward(at(q), at(k), at(v), at(probabilities), at(dOut), at(dq), at(dk), at(dv))
    },

    relu: (count, x) => wasm.relu(count, at(x)),
    reluBackward: (count, y, dy) => wasm.reluBackward(count, at(y), at(dy)),

    embed: (rows, width, tokens, positions, table, positionTable, x) =>
      wasm.embed(rows, width, integerAt(tokens), integerAt(positions), at(table), at(positionTable), at(x)),
    embedBackward(rows, width, tokens, positions, dx, dTable, dPositionTable) {
      wasm.scatterRows(rows, width, integerAt(tokens), at(dx), at(dTable))
      wasm.scatterRows(rows, width, integerAt(positions), at(dx), at(dPositionTable))
    },
    gatherRows: (rows, width, index, x, y) => wasm.gatherRows(rows, width, integerAt(index), at(x), at(y)),
    scatterRows: (rows, width, index, dy, dx) => wasm.scatterRows(rows, width, integerAt(index), at(dy), at(dx)),
    copyBlocks: (examples, count, from, fromStride, to, toStride, add) =>
      wasm.copyBlocks(examples, count, at(from), 4 * fromStride, at(to), 4 * toStride, add ? 1 : 0),

    crossEntropy(rows, classes, logits, targets, scale) {
      const misses = wasm.crossEntropy(rows, classes, at(logits), integerAt(targets), scale)
      return scale * (misses + ln(wasm.product.value) + wasm.folds.value * LN_FOLD)
    },

    adam(count, { parameters, gradient, firstMoment, secondMoment, average }, { rate, beta1, beta2, correction1, correction2, epsilon, averageWeight }) {
      wasm.adam(
        count, at(parameters), at(gradient), at(firstMoment), at(secondMoment), at(average),
        rate / correction1, 1 / Math.sqrt(correction2), averageWeight, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, NOTHING,
      )
    },
  }
}
