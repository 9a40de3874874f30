/** A rung of some size on a task, in the memory of an engine: its loss, its gradient, its answers, its attention. */
import type { Sizes } from './layout.ts'
import type { CreateOps, Ops } from './ops.ts'
import { planOf, type Plan, type Program } from './program.ts'
import type { Rung } from './rungs.ts'
import { dialogueTokens, VOCABULARY, type Task } from './task.ts'

export interface Model {
  readonly plan: Plan
  readonly ops: Ops
}

/**
 * @param examples dialogues that are computed at once
 */
export function createModel(createOps: CreateOps, rung: Rung, sizes: Sizes, task: Task, examples: number): Model {
  const plan = planOf(rung, sizes, task, examples)
  const ops = createOps(plan.numbers, plan.integers)
  for (const { at, values } of plan.constants) ops.integers.set(values, at)
  return { plan, ops }
}

/** Places that are scored in a dialogue, over all its readings. */
export function scoredCount({ programs }: Plan): number {
  return programs.reduce((sum, { reading }) => sum + reading.scored.length, 0)
}

/**
 * Runs one reading of some dialogues forward.
 * @param dialogues plan.examples of them, from the dialogue `first` on, as drawDialogues gives them
 */
export function runForward({ plan, ops }: Model, program: Program, dialogues: Int32Array, first: number): void {
  const length = dialogueTokens(plan.task) + 1
  const { reading, inputs, targets } = program
  for (let e = 0; e < plan.examples; e++) {
    const from = (first + e) * length
    for (const input of inputs)
      ops.integers.set(dialogues.subarray(from + input.first, from + input.first + input.count), input.at + e * input.count)
    reading.scored.forEach((place, i) => {
      ops.integers[targets + e * reading.scored.length + i] = dialogues[from + place + 1]!
    })
  }
  for (const step of program.forward) step(ops)
}

/**
 * The part of the loss that one reading of some dialogues has, its gradient added to that of the parameters. The loss is
 * the mean cross-entropy over the scored places of the whole batch, in nats.
 * @param batch dialogues of the whole batch
 */
export function addGradient(model: Model, program: Program, dialogues: Int32Array, first: number, batch: number): number {
  const { plan, ops } = model
  runForward(model, program, dialogues, first)
  const rows = plan.examples * program.reading.scored.length
  const loss = ops.crossEntropy(rows, VOCABULARY, program.logits, program.targets, 1 / (batch * scoredCount(plan)))
  for (const step of program.backward) step(ops)
  return loss
}

/**
 * Share of the answers that are right in every symbol and end where they should, with the right answers of the turns
 * before in the history. Taking the likeliest token each time would write the same answers.
 */
export function exactMatch(model: Model, dialogues: Int32Array): number {
  const { plan, ops } = model
  const { task, examples, programs } = plan
  const count = dialogues.length / (dialogueTokens(task) + 1)
  let right = 0
  for (const program of programs) {
    for (let first = 0; first < count; first += examples) {
      runForward(model, program, dialogues, first)
      right += rightAnswers(ops, program, examples, task.symbols + 1)
    }
  }
  return right / (count * task.turns)
}

/** Answers of `length` tokens each that the logits give in full. */
function rightAnswers({ numbers, integers }: Ops, { reading, logits, targets }: Program, examples: number, length: number): number {
  let right = 0
  for (let answer = 0; answer < examples * reading.scored.length / length; answer++) {
    let all = true
    for (let row = answer * length; row < (answer + 1) * length && all; row++) {
      const scores = numbers.subarray(logits + row * VOCABULARY, logits + (row + 1) * VOCABULARY)
      const target = scores[integers[targets + row]!]!
      all = scores.every((score, token) => score < target || token === integers[targets + row])
    }
    if (all) right++
  }
  return right
}
