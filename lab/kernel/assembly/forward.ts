/** Predictions of the network for one block of 16 examples. */
import { ACTIVE, ACTIVE_GROUP, BLOCK, COLUMN, groupBytes, PARTIAL, ROW, VECTOR } from './layout'

/**
 * Activations of all units into ACTIVE and each example's prediction, as four partial sums, into PARTIAL.
 * @param parameters address of the weights to use: PARAMETERS or AVERAGE
 * @param inputs address of the block
 */
export function forward(parameters: usize, inputs: usize, columns: usize, groups: usize): void {
  const bias = v128.load(parameters + groups * groupBytes(columns))
  for (let b: usize = 0; b < BLOCK; b++) v128.store(PARTIAL + b * VECTOR, bias)
  for (let g: usize = 0; g < groups; g++) {
    const weights = parameters + g * groupBytes(columns)
    const active = ACTIVE + g * ACTIVE_GROUP
    fourExamples(0, weights, inputs, columns, active)
    fourExamples(4, weights, inputs, columns, active)
    fourExamples(8, weights, inputs, columns, active)
    fourExamples(12, weights, inputs, columns, active)
  }
}

/** Eight units on four examples: eight independent sums, as many as the registers hold beside their operands. */
function fourExamples(first: usize, weights: usize, inputs: usize, columns: usize, active: usize): void {
  let w0 = v128.load(weights)
  let w1 = v128.load(weights, VECTOR)
  let a0 = w0, a1 = w0, a2 = w0, a3 = w0
  let b0 = w1, b1 = w1, b2 = w1, b3 = w1
  let x = inputs + 4 * first
  let w = weights + ROW
  const output = w + columns * ROW
  while (w < output) {
    w0 = v128.load(w)
    w1 = v128.load(w, VECTOR)
    let xs = v128.load32_splat(x, 0)
    a0 = f32x4.add(a0, f32x4.mul(w0, xs))
    b0 = f32x4.add(b0, f32x4.mul(w1, xs))
    xs = v128.load32_splat(x, 4)
    a1 = f32x4.add(a1, f32x4.mul(w0, xs))
    b1 = f32x4.add(b1, f32x4.mul(w1, xs))
    xs = v128.load32_splat(x, 8)
    a2 = f32x4.add(a2, f32x4.mul(w0, xs))
    b2 = f32x4.add(b2, f32x4.mul(w1, xs))
    xs = v128.load32_splat(x, 12)
    a3 = f32x4.add(a3, f32x4.mul(w0, xs))
    b3 = f32x4.add(b3, f32x4.mul(w1, xs))
    w += ROW
    x += COLUMN
  }
  w0 = v128.load(output)
  w1 = v128.load(output, VECTOR)
  const to = active + first * ROW
  const partial = PARTIAL + first * VECTOR
  finish(0, to, partial, w0, w1, a0, b0)
  finish(1, to, partial, w0, w1, a1, b1)
  finish(2, to, partial, w0, w1, a2, b2)
  finish(3, to, partial, w0, w1, a3, b3)
}

/** ReLU of eight units on one example, kept, and their part of its prediction. */
// @ts-ignore: decorator
@inline
function finish(example: usize, active: usize, partial: usize, w0: v128, w1: v128, z0: v128, z1: v128): void {
  // pmax(0, z) is 0 < z ? z : 0, one instruction, and like the comparison turns a NaN into 0.
  const a0 = f32x4.pmax(f32x4.splat(0), z0)
  const a1 = f32x4.pmax(f32x4.splat(0), z1)
  v128.store(active + example * ROW, a0)
  v128.store(active + example * ROW, a1, VECTOR)
  const sum = f32x4.add(f32x4.mul(w0, a0), f32x4.mul(w1, a1))
  v128.store(partial + example * VECTOR, f32x4.add(v128.load(partial + example * VECTOR), sum))
}

/** Predictions of examples `first` … `first` + 3: the partial sums of four examples, each added up. */
// @ts-ignore: decorator
@inline
export function predictions(first: usize): v128 {
  const p = PARTIAL + first * VECTOR
  const p0 = v128.load(p)
  const p1 = v128.load(p, VECTOR)
  const p2 = v128.load(p, 2 * VECTOR)
  const p3 = v128.load(p, 3 * VECTOR)
  const s01 = f32x4.add(v128.shuffle<f32>(p0, p1, 0, 4, 1, 5), v128.shuffle<f32>(p0, p1, 2, 6, 3, 7))
  const s23 = f32x4.add(v128.shuffle<f32>(p2, p3, 0, 4, 1, 5), v128.shuffle<f32>(p2, p3, 2, 6, 3, 7))
  return f32x4.add(v128.shuffle<f32>(s01, s23, 0, 1, 4, 5), v128.shuffle<f32>(s01, s23, 2, 3, 6, 7))
}
