/**
 * 2 to the power of y for y ≤ 0, in four lanes: 2ⁿ · 2^f with n the whole number nearest to y, and 2^f by the polynomial of
 * fifth degree that is 1 at 0 and whose largest relative error for |f| ≤ ½ is least (found by reweighted least squares:
 * 9.2e-8). With rounding in f32 the error stays below 3e-7 of the value, tested. The power of e is that of 2 to log₂ e times
 * as much, where rounding adds 1.2e-7 of the value for each unit of the exponent; in a softmax the share of what is so small
 * hides it.
 */

export const LOG2_E: f32 = 1.4426950408889634

/** Below this, the power is 0: less than 1e-27, which no sum beside 1 can tell and whose products would become denormal. */
const LEAST: f32 = -90
/** 1.5 · 2²³: a number added to this is rounded to a whole one, which stands in the lowest bits of the sum. */
const ROUNDER: f32 = 12582912
/** Loaded from memory: V8 would build a literal vector anew at every use, in more instructions than the rest takes. */
const CONSTANTS = memory.data<f32>([
  LEAST, ROUNDER, 1, 0.6931469775865389, 0.24022242083722328, 0.05550733773195074, 0.009671512775097538, 0.0013264715118783826,
])

// @ts-ignore: decorator
@inline
export function power(y: v128): v128 {
  const rounder = constant(1)
  const shifted = f32x4.add(y, rounder)
  const f = f32x4.sub(y, f32x4.sub(shifted, rounder))
  let value = f32x4.add(f32x4.mul(constant(7), f), constant(6))
  value = f32x4.add(f32x4.mul(value, f), constant(5))
  value = f32x4.add(f32x4.mul(value, f), constant(4))
  value = f32x4.add(f32x4.mul(value, f), constant(3))
  value = f32x4.add(f32x4.mul(value, f), constant(2))
  // Times 2ⁿ: n added to the exponent's bits.
  return v128.andnot(i32x4.add(value, i32x4.shl(shifted, 23)), f32x4.lt(y, constant(0)))
}

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load32_splat(CONSTANTS + 4 * index)
}

/** The largest of four lanes, in all of them. */
// @ts-ignore: decorator
@inline
export function largest(x: v128): v128 {
  const pairs = f32x4.max(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1))
  return f32x4.max(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2))
}

/** The sum of four lanes, in all of them. */
// @ts-ignore: decorator
@inline
export function total(x: v128): v128 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1))
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2))
}
