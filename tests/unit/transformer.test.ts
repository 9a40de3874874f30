/** Five real Transformers: their gradients, how they follow from one another, their counts and their masks. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionMask, removalCosts } from '../../lab/architecture-costs.ts'
import { Random } from '../../lab/random.ts'
import { initialParameters, layoutOf, type Layout, type Sizes } from '../../lab/transformer/layout.ts'
import { addGradient, createModel, exactMatch, runForward, type Model } from '../../lab/transformer/model.ts'
import { planOf } from '../../lab/transformer/program.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { maskOf, RUNG_NAMES, rungs, type Rung, type RungName } from '../../lab/transformer/rungs.ts'
import { chat, drawDialogues, POSITIONS, question, VOCABULARY, type Task } from '../../lab/transformer/task.ts'

const small: Sizes = { width: 16, layers: 2, heads: 2 }
/** The sizes on the slide. */
const shown: Sizes = { width: 32, layers: 2, heads: 4 }
const tiny: Task = { name: 'chat', turns: 2, symbols: 2 }

/** A model whose weights are drawn, gains too, with a batch of its task. */
function drawn(rung: Rung, sizes = small, task = tiny, examples = 2): { model: Model, dialogues: Int32Array } {
  const model = createModel(createReference, rung, sizes, task, examples)
  const parameters = initialParameters(model.plan.layout, Random.fromSeed(5))
  for (const { at, rows, columns, deviation } of model.plan.layout.matrices.values()) {
    if (deviation === null)
      parameters.set(Random.fromSeed(6).fork(String(at)).normals(rows * columns).map(x => 1 + 0.3 * x), at)
  }
  model.ops.numbers.set(parameters)
  return { model, dialogues: drawDialogues(task, examples, Random.fromSeed(7)) }
}

/** Loss of a batch; the gradient is in the model afterwards. */
function lossOf({ plan, ops }: Model, dialogues: Int32Array): number {
  const { count } = plan.layout
  ops.numbers.fill(0, count, 2 * count)
  return plan.programs.reduce((sum, program) => sum + addGradient({ plan, ops }, program, dialogues, 0, plan.examples), 0)
}

function gradientOf(model: Model, dialogues: Int32Array): Float64Array {
  lossOf(model, dialogues)
  return Float64Array.from(model.ops.numbers.subarray(model.plan.layout.count, 2 * model.plan.layout.count))
}

/** Logits of every reading. */
function logitsOf(model: Model, dialogues: Int32Array): number[] {
  return model.plan.programs.flatMap((program) => {
    runForward(model, program, dialogues, 0)
    return [...model.ops.numbers.subarray(program.logits, program.logits + model.plan.examples * program.reading.scored.length * VOCABULARY)]
  })
}

/** Gives a model the weights of another, matrix by matrix; `from` says which one a name takes. */
function copyWeights(to: Model, source: Model, from: (name: string) => string = name => name): void {
  for (const [name, { at }] of to.plan.layout.matrices) {
    const other = source.plan.layout.matrices.get(from(name))!
    to.ops.numbers.set(source.ops.numbers.subarray(other.at, other.at + other.rows * other.columns), at)
  }
}

describe('the gradient', () => {
  it.each(RUNG_NAMES)('of rung %s is the slope of the loss, in every matrix', (name) => {
    const { model, dialogues } = drawn(rungs[name])
    const gradient = gradientOf(model, dialogues)
    const { numbers } = model.ops
    const random = Random.fromSeed(8)
    const step = 1e-5
    for (const [matrix, { at, rows, columns }] of model.plan.layout.matrices) {
      const places = new Set(Array.from({ length: 5 }, () => at + random.integer(rows * columns)))
      // Tables have rows that no token reads; take one that some token does.
      if (matrix === 'embedding' || matrix === 'positions') places.add(at + gradient.subarray(at, at + rows * columns).findIndex(x => x !== 0))
      for (const place of places) {
        const value = numbers[place]!
        numbers[place] = value + step
        const above = lossOf(model, dialogues)
        numbers[place] = value - step
        const below = lossOf(model, dialogues)
        numbers[place] = value
        expect(Math.abs((above - below) / (2 * step) - gradient[place]!), `${matrix} at ${place - at}`).toBeLessThan(1e-8)
      }
      expect(gradient.subarray(at, at + rows * columns).some(x => Math.abs(x) > 1e-6), matrix).toBe(true)
    }
  })
})
