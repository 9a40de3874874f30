/** What a trained rung looks at in one dialogue: the weights of every head, and the head that finds what is referred to. */
import { dialogueTokens, SAME, turnTokens, VOCABULARY, type Task } from './task.ts'
import { runForward } from './model.ts'
import { padded } from './ops.ts'
import { evaluated, heldOut, type Training, type TrainingInput } from './training.ts'

/** The example that is looked at: a held-out dialogue whose last message refers back, if there is one. */
export interface Example {
  readonly tokens: readonly number[]
  readonly references: readonly Reference[]
}

/** A SAME and what it stands for, as places in the dialogue. */
export interface Reference {
  /** The SAME itself. */
  readonly mark: number
  /** The place whose next token is the symbol that it stands for. */
  readonly query: number
  /** The place that it names, in the answer before, where the symbol always stands, and in the message before. */
  readonly source: number
  readonly before: number
}

export interface HeadWeights {
  readonly layers: number
  readonly heads: number
  /** Places of the dialogue: every head has size² weights. */
  readonly size: number
  /**
   * Weights in 255ths, [layer][head][who looks][what is looked at]; 0 where the mask forbids it. Weights of a row add up
   * to 1, and in rung A to 1 for each of the target's two attentions.
   */
  readonly weights: Uint8Array
  /** Tokens that the rung gives at the scored places of the last answer, its END included. */
  readonly said: readonly number[]
}

/**
 * The head that looks most at the place that is referred to, in the answer before and in the message before together, and
 * from where it looks.
 */
export interface Finder {
  readonly layer: number
  readonly head: number
  readonly from: 'mark' | 'query'
  /** Mean weight over the references of the example, 0 to 1. */
  readonly share: number
}

/** The example of a seed, the same for every rung. */
export function exampleOf(input: Pick<TrainingInput, 'task' | 'seed'>): Example {
  const dialogues = heldOut(input)
  const length = dialogueTokens(input.task) + 1
  const index = exampleIndex(input.task, dialogues)
  const tokens = [...dialogues.subarray(index * length, (index + 1) * length)]
  return { tokens, references: referencesOf(input.task, tokens) }
}

/** References of a dialogue, in the order of their marks. */
export function referencesOf(task: Task, tokens: readonly number[]): Reference[] {
  const turn = turnTokens(task)
  return tokens.flatMap((token, mark) => token === SAME ? [{ mark, query: mark + task.symbols, source: mark - turn + task.symbols + 1, before: mark - turn }] : [])
}

/** What the averaged weights look at in the example. */
export function headWeightsOf(training: Training): HeadWeights {
  const { input } = training
  const { task, sizes: { layers, heads } } = input
  const model = evaluated(training)
  const { plan, ops } = model
  const program = plan.programs.at(-1)!
  const size = dialogueTokens(task)
  const dialogues = heldOut(input)
  const index = exampleIndex(task, dialogues)
  const inChunk = index % plan.examples
  runForward(model, program, dialogues, index - inChunk)
  const weights = new Uint8Array(layers * heads * size * size)
  for (const { layer, shape, probabilities, firstQuery, keys } of program.maps) {
    for (let head = 0; head < heads; head++) {
      for (let query = 0; query < shape.queries; query++) {
        const from = probabilities + ((inChunk * heads + head) * shape.queries + query) * padded(shape.keys)
        const to = ((layer * heads + head) * size + firstQuery + query) * size
        keys.forEach((key, k) => {
          weights[to + key] = Math.round(255 * ops.numbers[from + k]!)
        })
      }
    }
  }
  const { scored } = program.reading
  const said = Array.from({ length: task.symbols + 1 }, (_, i) => {
    const at = program.logits + ((inChunk + 1) * scored.length - task.symbols - 1 + i) * VOCABULARY
    const scores = [...ops.numbers.subarray(at, at + VOCABULARY)]
    return scores.indexOf(Math.max(...scores))
  })
  return { layers, heads, size, weights, said }
}

/** The head that looks most at what is referred to; null where nothing is. */
export function finderOf({ layers, heads, size, weights }: HeadWeights, references: readonly Reference[]): Finder | null {
  let best: Finder | null = null
  if (references.length === 0) return best
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      for (const from of ['mark', 'query'] as const) {
        const at = (layer * heads + head) * size
        const sum = references.reduce((total, reference) => {
          const row = (at + reference[from]) * size
          return total + (weights[row + reference.source]! + weights[row + reference.before]!) / 255
        }, 0)
        const share = sum / references.length
        if (share > (best?.share ?? 0)) best = { layer, head, from, share }
      }
    }
  }
  return best
}

function exampleIndex(task: Task, dialogues: Int32Array): number {
  const length = dialogueTokens(task) + 1
  const last = (task.turns - 1) * turnTokens(task)
  for (let i = 0; i < dialogues.length / length; i++) {
    if (dialogues.subarray(i * length + last, i * length + last + task.symbols).includes(SAME)) return i
  }
  return 0
}
