/** One step of Adam, and of the running average of what comes out. */

/**
 * The constants are arguments because V8 would build a literal vector anew at every use, in the innermost loop.
 * @param rate learning rate of this step, its bias correction 1 / (1 − β₁ᵗ) multiplied in
 * @param unbias 1 / √(1 − β₂ᵗ), the bias correction of the root of the second moment
 * @param share weight of the new parameters in the average
 * @param rest1 1 − β₁
 * @param rest2 1 − β₂
 * @param nothing moments smaller than this become 0: those of a parameter whose gradient stays 0 decay into denormal
 *   numbers, on which processors are many times slower
 */
export function adam(
  count: usize, parameters: usize, gradient: usize, firstMoment: usize, secondMoment: usize, averages: usize,
  rate: f32, unbias: f32, share: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, epsilon: f32, nothing: f32,
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
  for (let p: usize = 0; p < 4 * count; p += 16) {
    const g = v128.load(gradient + p)
    const sum1 = f32x4.add(f32x4.mul(old1, v128.load(firstMoment + p)), f32x4.mul(new1, g))
    const m = v128.andnot(sum1, f32x4.lt(f32x4.abs(sum1), nothings))
    const sum2 = f32x4.add(f32x4.mul(old2, v128.load(secondMoment + p)), f32x4.mul(new2, f32x4.mul(g, g)))
    const v = v128.andnot(sum2, f32x4.lt(sum2, nothings))
    const spread = f32x4.add(f32x4.mul(f32x4.sqrt(v), unbiases), epsilons)
    const value = f32x4.sub(v128.load(parameters + p), f32x4.div(f32x4.mul(rates, m), spread))
    const average = v128.load(averages + p)
    v128.store(firstMoment + p, m)
    v128.store(secondMoment + p, v)
    v128.store(parameters + p, value)
    v128.store(averages + p, f32x4.add(average, f32x4.mul(shares, f32x4.sub(value, average))))
    v128.store(gradient + p, f32x4.splat(0))
  }
}
