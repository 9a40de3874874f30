/**
 * The training kernel of the race: mini-batch steps and the test error of a network with one hidden layer of ReLU units,
 * in f32 with 128-bit SIMD. The arithmetic is that of lab/race/learner.ts, which is the reference it is tested against.
 * Only operations whose result the specification fixes to the bit are used, no relaxed ones.
 * Sizes are not checked here: lab/kernel/kernel.ts is the only caller and refuses what does not fit.
 */
import { adam } from './adam'
import { backward } from './backward'
import { forward, predictions } from './forward'
import { AVERAGE, BLOCK, COLUMN, EXAMPLES, PARAMETERS } from './layout'

export { AVERAGE, EXAMPLES, EXAMPLES_BYTES, FIRST_MOMENT, MAX_COLUMNS, MAX_UNITS, PARAMETERS, SECOND_MOMENT } from './layout'

/** Steps taken, β₁ᵗ and β₂ᵗ: set by `begin`, read by the host afterwards. */
export let step: f64 = 0
export let beta1Power: f64 = 1
export let beta2Power: f64 = 1

/** Where training continues. */
export function begin(atStep: f64, atBeta1Power: f64, atBeta2Power: f64): void {
  step = atStep
  beta1Power = atBeta1Power
  beta2Power = atBeta2Power
}

/**
 * One training step on each block of examples from number `first` to before `last`, at learning rate
 * rate / √(1 + t / rateSteps). What the steps share is computed in f64 and rounded once, like the reference.
 */
export function train(
  columns: usize, units: usize, first: usize, last: usize, rate: f64, rateSteps: f64,
  beta1: f64, beta2: f64, epsilon: f64, nothing: f64,
): void {
  const groups = units / 8
  for (let block = first; block < last; block++) {
    const inputs = EXAMPLES + block * (columns + 1) * COLUMN
    forward(PARAMETERS, inputs, columns, groups)
    backward(PARAMETERS, inputs, columns, groups)
    beta1Power *= beta1
    beta2Power *= beta2
    adam(
      columns, groups,
      <f32>(rate / Math.sqrt(1 + step / rateSteps) / (1 - beta1Power)),
      <f32>(1 / Math.sqrt(1 - beta2Power)),
      <f32>max(1 / (step + 1), 4 / (step + 4)),
      <f32>beta1, <f32>(1 - beta1), <f32>beta2, <f32>(1 - beta2), <f32>epsilon, <f32>nothing,
    )
    step += 1
  }
}

/** Sum of the squared errors of the averaged network over the first `blocks` blocks of examples. */
export function squaredError(columns: usize, units: usize, blocks: usize): f64 {
  let sum: f64 = 0
  for (let block: usize = 0; block < blocks; block++) {
    const inputs = EXAMPLES + block * (columns + 1) * COLUMN
    forward(AVERAGE, inputs, columns, units / 8)
    let squares = f32x4.splat(0)
    for (let b: usize = 0; b < BLOCK; b += 4) {
      const miss = f32x4.sub(predictions(b), v128.load(inputs + columns * COLUMN + 4 * b))
      squares = f32x4.add(squares, f32x4.mul(miss, miss))
    }
    sum += <f64>f32x4.extract_lane(squares, 0) + <f64>f32x4.extract_lane(squares, 1)
    sum += <f64>f32x4.extract_lane(squares, 2) + <f64>f32x4.extract_lane(squares, 3)
  }
  return sum
}
