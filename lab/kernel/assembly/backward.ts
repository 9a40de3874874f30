/** Gradient of the mean of ½ (prediction − target)² over one block, after `forward` on the same block. */
import { ACTIVE, ACTIVE_GROUP, BLOCK, COLUMN, GRADIENT, groupBytes, ROW, SLOPE, VECTOR } from './layout'
import { predictions } from './forward'

/**
 * The gradient of every parameter into GRADIENT. Overwrites ACTIVE.
 * @param inputs address of the block; its targets follow its columns
 */
export function backward(parameters: usize, inputs: usize, columns: usize, groups: usize): void {
  const outputBias = slopes(inputs + columns * COLUMN)
  for (let g: usize = 0; g < groups; g++) {
    const at = g * groupBytes(columns)
    const out = GRADIENT + at
    const active = ACTIVE + g * ACTIVE_GROUP
    const output = parameters + at + (columns + 1) * ROW
    const v0 = v128.load(output)
    const v1 = v128.load(output, VECTOR)
    ends(active, out, columns, v0, v1)
    let row = out + ROW
    let x = inputs
    let left = columns
    for (; left >= 4; left -= 4) {
      rows(4, active, x, row, v0, v1)
      row += 4 * ROW
      x += 4 * COLUMN
    }
    if (left == 1) rows(1, active, x, row, v0, v1)
    else if (left == 2) rows(2, active, x, row, v0, v1)
    else if (left == 3) rows(3, active, x, row, v0, v1)
  }
  v128.store(GRADIENT + groups * groupBytes(columns), f32x4.replace_lane(f32x4.splat(0), 0, outputBias))
}

/** (prediction − target) / 16 of each example into SLOPE; returns their sum, the slope of the output bias. */
function slopes(targets: usize): f32 {
  let sum = f32x4.splat(0)
  for (let b: usize = 0; b < BLOCK; b += 4) {
    const slope = f32x4.mul(f32x4.sub(predictions(b), v128.load(targets + 4 * b)), f32x4.splat(1 / <f32>BLOCK))
    v128.store(SLOPE + 4 * b, slope)
    sum = f32x4.add(sum, slope)
  }
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
}

/**
 * Gradient of the biases and the output weights of eight units. Leaves in ACTIVE, for the rows between, each example's
 * slope where the unit is on and 0 where it is off; the output weight, the same for all, is multiplied in at the end.
 */
function ends(active: usize, out: usize, columns: usize, v0: v128, v1: v128): void {
  let z0 = f32x4.splat(0), z1 = z0, o0 = z0, o1 = z0
  const zero = f32x4.splat(0)
  for (let b: usize = 0; b < BLOCK; b++) {
    const slope = v128.load32_splat(SLOPE + 4 * b)
    const a0 = v128.load(active + b * ROW)
    const a1 = v128.load(active + b * ROW, VECTOR)
    o0 = f32x4.add(o0, f32x4.mul(slope, a0))
    o1 = f32x4.add(o1, f32x4.mul(slope, a1))
    const d0 = v128.and(slope, f32x4.gt(a0, zero))
    const d1 = v128.and(slope, f32x4.gt(a1, zero))
    z0 = f32x4.add(z0, d0)
    z1 = f32x4.add(z1, d1)
    v128.store(active + b * ROW, d0)
    v128.store(active + b * ROW, d1, VECTOR)
  }
  v128.store(out, f32x4.mul(z0, v0))
  v128.store(out, f32x4.mul(z1, v1), VECTOR)
  const output = out + (columns + 1) * ROW
  v128.store(output, o0)
  v128.store(output, o1, VECTOR)
}

/**
 * Gradient of `count` (1 to 4, known when compiling) rows of weights of eight units: up to eight independent sums over
 * the examples.
 */
// @ts-ignore: decorator
@inline
function rows(count: i32, active: usize, x: usize, out: usize, v0: v128, v1: v128): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0
  let b0 = a0, b1 = a0, b2 = a0, b3 = a0
  const end = active + ACTIVE_GROUP
  let from = active
  let example = x
  while (from < end) {
    const d0 = v128.load(from)
    const d1 = v128.load(from, VECTOR)
    let xs = v128.load32_splat(example)
    a0 = f32x4.add(a0, f32x4.mul(d0, xs))
    b0 = f32x4.add(b0, f32x4.mul(d1, xs))
    if (count > 1) {
      xs = v128.load32_splat(example, COLUMN)
      a1 = f32x4.add(a1, f32x4.mul(d0, xs))
      b1 = f32x4.add(b1, f32x4.mul(d1, xs))
    }
    if (count > 2) {
      xs = v128.load32_splat(example, 2 * COLUMN)
      a2 = f32x4.add(a2, f32x4.mul(d0, xs))
      b2 = f32x4.add(b2, f32x4.mul(d1, xs))
    }
    if (count > 3) {
      xs = v128.load32_splat(example, 3 * COLUMN)
      a3 = f32x4.add(a3, f32x4.mul(d0, xs))
      b3 = f32x4.add(b3, f32x4.mul(d1, xs))
    }
    from += ROW
    example += 4
  }
  keep(0, out, a0, b0, v0, v1)
  if (count > 1) keep(1, out, a1, b1, v0, v1)
  if (count > 2) keep(2, out, a2, b2, v0, v1)
  if (count > 3) keep(3, out, a3, b3, v0, v1)
}

// @ts-ignore: decorator
@inline
function keep(row: usize, out: usize, s0: v128, s1: v128, v0: v128, v1: v128): void {
  v128.store(out + row * ROW, f32x4.mul(s0, v0))
  v128.store(out + row * ROW, f32x4.mul(s1, v1), VECTOR)
}
