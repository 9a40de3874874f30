/**
 * e to the power of x for x ≤ 0, in four lanes. e^x = 2ⁿ·e^r with n the whole number nearest to x / ln 2 and |r| ≤ ln 2 / 2:
 * the Taylor series of e^r to the seventh power misses less than 6e-9 of it, and rounding in f32 is all there is to the
 * error: less than 3e-7 of the value, tested.
 */

/** Below this, e^x is 0: less than 1e-27, which no sum beside 1 can tell and whose products would become denormal. */
const LEAST: f32 = -62
const LOG2_E: f32 = 1.4426950408889634
/** ln 2 in two parts, the first short enough for exact products with n. */
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.12194440054690583e-4

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)))
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH))), f32x4.mul(n, f32x4.splat(LN2_LOW)))
  let series = f32x4.splat(1.0 / 5040)
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 720))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 120))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 24))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 6))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1))
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1))
  // 2ⁿ as a number: n in the bits of its exponent.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return v128.andnot(f32x4.mul(series, power), f32x4.lt(x, f32x4.splat(LEAST)))
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
