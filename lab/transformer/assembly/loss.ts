/** Cross-entropy of a softmax against one right class a row. */
import { largest, LOG2_E, power, total } from './power'

/** 2^512. */
const FOLD: f64 = 1.3407807929942597e154

/** The product of the sums of powers of all rows is `product` · 2^(512 · folds): the host takes one logarithm of it. */
export let product: f64 = 1
export let folds: i32 = 0

/**
 * Overwrites the logits with `scale` times the gradient. Returns the sum over rows of largest logit − logit of the right
 * class, to which the logarithm of the product of the sums is to be added.
 */
export function crossEntropy(rows: usize, classes: usize, logits: usize, targets: usize, scale: f32): f64 {
  const bytes = classes * 4
  const scales = f32x4.splat(LOG2_E)
  let misses: f64 = 0
  product = 1
  folds = 0
  for (let row: usize = 0; row < rows; row++, logits += bytes) {
    let most = f32x4.splat(-Infinity)
    for (let at: usize = 0; at < bytes; at += 16) most = f32x4.max(most, v128.load(logits + at))
    most = largest(most)
    const target = logits + 4 * load<i32>(targets + 4 * row)
    misses += <f64>f32x4.extract_lane(most, 0) - <f64>load<f32>(target)
    let sum = f32x4.splat(0)
    for (let at: usize = 0; at < bytes; at += 16) {
      const part = power(f32x4.mul(scales, f32x4.sub(v128.load(logits + at), most)))
      v128.store(logits + at, part)
      sum = f32x4.add(sum, part)
    }
    sum = total(sum)
    product *= <f64>f32x4.extract_lane(sum, 0)
    if (product >= FOLD) {
      product *= 1 / FOLD
      folds++
    }
    const share = f32x4.div(f32x4.splat(scale), sum)
    for (let at: usize = 0; at < bytes; at += 16) v128.store(logits + at, f32x4.mul(share, v128.load(logits + at)))
    store<f32>(target, load<f32>(target) - scale)
  }
  return misses
}
