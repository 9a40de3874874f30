/** Whole training steps of every rung on the compiled engine, against the same steps of the reference. */
import { describe, expect, it } from 'vitest'
import { Random } from '../../lab/random.ts'
import { initialParameters } from '../../lab/transformer/layout.ts'
import { addGradient, createModel } from '../../lab/transformer/model.ts'
import type { CreateOps } from '../../lab/transformer/ops.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { RUNG_NAMES, rungs } from '../../lab/transformer/rungs.ts'
import { chat, drawDialogues, question } from '../../lab/transformer/task.ts'
import { wasmOps } from '../../lab/transformer/wasm-ops.ts'

const createOps = wasmOps()!
const BATCH = 4
const STEPS = 6

/** A model from the same weights in either engine, its losses step by step, its first gradient and its last weights. */
function trained(create: CreateOps, name: typeof RUNG_NAMES[number], task: typeof question, width: number) {
  const model = createModel(create, rungs[name], { width, layers: 2, heads: 4 }, task, BATCH)
  const { plan: { layout, adam, programs }, ops } = model
  const start = initialParameters(layout, Random.fromSeed(width)).map(Math.fround)
  ops.numbers.set(start, adam.parameters)
  ops.numbers.set(start, adam.average)
  const [beta1, beta2] = [0.9, 0.98]
  let [power1, power2] = [1, 1]
  let gradient: number[] = []
  const losses = Array.from({ length: STEPS }, (_, t) => {
    const dialogues = drawDialogues(task, BATCH, Random.fromSeed(t))
    const loss = programs.reduce((sum, program) => sum + addGradient(model, program, dialogues, 0, BATCH), 0)
    if (t === 0) gradient = [...ops.numbers.slice(adam.gradient, adam.gradient + layout.count)]
    power1 *= beta1
    power2 *= beta2
    ops.adam(layout.count, adam, { rate: 3e-3, beta1, beta2, correction1: 1 - power1, correction2: 1 - power2, epsilon: 1e-8, averageWeight: 4 / (t + 4) })
    return loss
  })
  return { losses, gradient, average: [...ops.numbers.slice(adam.average, adam.average + layout.count)] }
}

/** The largest difference, in units of the reference's root mean square. */
function miss(values: readonly number[], reference: readonly number[]): number {
  const size = Math.sqrt(reference.reduce((sum, x) => sum + x * x, 0) / reference.length)
  return reference.reduce((worst, x, i) => Math.max(worst, Math.abs(values[i]! - x)), 0) / size
}

describe.each([['a question', question], ['a chat', chat(2)]] as const)('on %s', (_, task) => {
  it.each(RUNG_NAMES)('rung %s has the gradient, the losses and the weights of the reference', (name) => {
    for (const width of [16, 32]) {
      const engine = trained(createOps, name, task, width)
      const reference = trained(createReference, name, task, width)
      expect(miss(engine.gradient, reference.gradient), `gradient, width ${width}`).toBeLessThan(2e-5)
      engine.losses.forEach((loss, t) => expect(Math.abs(loss - reference.losses[t]!), `loss of step ${t}, width ${width}`).toBeLessThan(1e-6))
      expect(engine.losses.at(-1)!).toBeLessThan(engine.losses[0]!)
      expect(miss(engine.average, reference.average), `average, width ${width}`).toBeLessThan(1e-3)
    }
  })
})

it('the engine gives the same bits again', () => {
  expect(trained(createOps, 'B', chat(2), 16)).toEqual(trained(createOps, 'B', chat(2), 16))
})
