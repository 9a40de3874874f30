/**
 * The two kinds of work: one question with one answer (sort a row of symbols), and a chat whose messages refer back to the
 * answer before. Both are dialogues in one layout; a question is a dialogue of one turn.
 *
 *   message, ANSWER, answer, END, message, ANSWER, …      as many symbols in each answer as in its message
 */
import { Random } from '../random.ts'
import type { Window } from './rungs.ts'

export type TaskName = 'question' | 'chat'

export interface Task {
  readonly name: TaskName
  readonly turns: number
  /** Symbols of a message, and of its answer. */
  readonly symbols: number
}

/** Kinds of symbols, the tokens 0 to 11; then what is no symbol. The vocabulary is padded to a multiple of 4. */
export const SYMBOLS = 12
export const ANSWER = 12
export const END = 13
/** "The same as in your last answer", at the same place. */
export const SAME = 14
export const VOCABULARY = 16
const QUESTION_SYMBOLS = 12
const MESSAGE_SYMBOLS = 4
/** Share of a message's symbols that refer back, from the second turn on. */
const SAME_SHARE = 1 / 3
/** Learned positions of every model: room for this many turns of a chat. */
export const MOST_TURNS = 16
export const POSITIONS = MOST_TURNS * (2 * MESSAGE_SYMBOLS + 2)

/** Sort a row of symbols. */
export const question: Task = { name: 'question', turns: 1, symbols: QUESTION_SYMBOLS }

/**
 * A chat of so many turns. Each answer says the message again, with every SAME replaced by the symbol that the last answer
 * had in its place.
 */
export function chat(turns: number): Task {
  if (!Number.isInteger(turns) || turns < 1 || turns > MOST_TURNS)
    throw new RangeError(`A chat has 1 to ${MOST_TURNS} turns; got ${turns}.`)
  return { name: 'chat', turns, symbols: MESSAGE_SYMBOLS }
}

/** Tokens of one turn. */
export function turnTokens({ symbols }: Task): number {
  return 2 * symbols + 2
}

/** Tokens that a model reads of a dialogue: all but the last END, which is only predicted. */
export function dialogueTokens(task: Task): number {
  return task.turns * turnTokens(task) - 1
}

/** Places whose next token is scored, in the turns from `first` to before `end`: ANSWER and the symbols of the answer. */
export function scoredPlaces(task: Task, first = 0, end = task.turns): number[] {
  return Array.from({ length: (end - first) * (task.symbols + 1) }, (_, i) =>
    (first + Math.floor(i / (task.symbols + 1))) * turnTokens(task) + task.symbols + i % (task.symbols + 1))
}

/** What one pass reads of a dialogue, always from its beginning, and the places it is scored on. */
export interface Reading extends Window {
  readonly scored: readonly number[]
}

/**
 * What a model reads of a dialogue. One that keeps its history reads it once; any other reads it anew in each turn, with
 * all that was said before as the input and the answer as the target.
 */
export function readingsOf(task: Task, keepsHistory: boolean): Reading[] {
  const { symbols, turns } = task
  if (keepsHistory)
    return [{ inputs: symbols, targets: dialogueTokens(task) - symbols, scored: scoredPlaces(task) }]
  return Array.from({ length: turns }, (_, turn) => ({
    inputs: turn * turnTokens(task) + symbols,
    targets: symbols + 1,
    scored: scoredPlaces(task, turn, turn + 1),
  }))
}

/** Dialogues one after the other, each with its last END: dialogueTokens + 1 tokens. */
export function drawDialogues(task: Task, count: number, random: Random): Int32Array {
  const length = dialogueTokens(task) + 1
  const tokens = new Int32Array(count * length)
  for (let i = 0; i < count; i++)
    tokens.set(task.name === 'question' ? drawQuestion(task, random) : drawChat(task, random), i * length)
  return tokens
}

/** The training batch of one step, and the held-out dialogues of a seed: each a stream of its own. */
export function trainingBatch(task: Task, seed: number, step: number, count: number): Int32Array {
  return drawDialogues(task, count, Random.fromSeed(seed).fork(`batch ${step}`))
}

export function heldOutDialogues(task: Task, seed: number, count: number): Int32Array {
  return drawDialogues(task, count, Random.fromSeed(seed).fork('held out'))
}

function drawQuestion({ symbols }: Task, random: Random): number[] {
  const message = Array.from({ length: symbols }, () => random.integer(SYMBOLS))
  return [...message, ANSWER, ...message.toSorted((a, b) => a - b), END]
}

function drawChat({ turns, symbols }: Task, random: Random): number[] {
  let last: readonly number[] | null = null
  const dialogue: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const before: readonly number[] | null = last
    const message: number[] = Array.from({ length: symbols }, () => before && random.uniform() < SAME_SHARE ? SAME : random.integer(SYMBOLS))
    const answer: number[] = message.map((symbol, place) => symbol === SAME ? before![place]! : symbol)
    dialogue.push(...message, ANSWER, ...answer, END)
    last = answer
  }
  return dialogue
}
