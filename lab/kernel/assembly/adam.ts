/** One Adam step along −GRADIENT and one of the running average, over all parameters. */
import { AVERAGE, FIRST_MOMENT, GRADIENT, groupBytes, PARAMETERS, SECOND_MOMENT, VECTOR } from './layout'

/**
 * The constants are arguments because V8 would build a literal vector anew at every use, in the innermost loop.
 * @param rate learning rate of this step, its bias correction 1 / (1 − β₁ᵗ) multiplied in
 * @param unbias 1 / √(1 − β₂ᵗ), the bias correction of the root of the second moment
 * @param share weight of the new parameters in the average
 * @param rest1 1 − β₁
 * @param rest2 1 − β₂
 * @param nothing first moments smaller than this become 0: those of a unit that is never on decay into denormal
 *   numbers, on which processors are many times slower
 */
export function adam(
  columns: usize, groups: usize, rate: f32, unbias: f32, share: f32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, nothing: f32,
): void {
  const rates = f32x4.splat(rate)
  const unbiases = f32x4.splat(unbias)
  const shares = f32x4.splat(share)
  const old1 = f32x4.splat(beta1)
  const new1 = f32x4.splat(rest1)
  const old2 = f32x4.splat(beta2)
  const new2 = f32x4.splat(rest2)
  const epsilons = f32x4.splat(epsilon)
  const nothings = f32x4.splat(nothing)
  const bytes = groups * groupBytes(columns) + VECTOR
  for (let p: usize = 0; p < bytes; p += VECTOR) {
    const g = v128.load(p, GRADIENT)
    const sum1 = f32x4.add(f32x4.mul(old1, v128.load(p, FIRST_MOMENT)), f32x4.mul(new1, g))
    const m = v128.andnot(sum1, f32x4.lt(f32x4.abs(sum1), nothings))
    const v = f32x4.add(f32x4.mul(old2, v128.load(p, SECOND_MOMENT)), f32x4.mul(new2, f32x4.mul(g, g)))
    const spread = f32x4.add(f32x4.mul(f32x4.sqrt(v), unbiases), epsilons)
    const value = f32x4.sub(v128.load(p, PARAMETERS), f32x4.div(f32x4.mul(rates, m), spread))
    const average = v128.load(p, AVERAGE)
    v128.store(p, m, FIRST_MOMENT)
    v128.store(p, v, SECOND_MOMENT)
    v128.store(p, value, PARAMETERS)
    v128.store(p, f32x4.add(average, f32x4.mul(shares, f32x4.sub(value, average))), AVERAGE)
  }
}
