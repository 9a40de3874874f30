/**
 * Forward and backward pass of any rung as a list of operations with fixed addresses, made once from the rung's
 * description; an engine runs it (ops.ts). What an operation costs is counted as it is written down.
 *
 * Memory of `numbers`: parameters, gradient, first moment, second moment, running average (each as long as the layout
 * says), then what a program computes, the same place for all of a plan. Sums over examples add to the gradient, so a
 * batch may be run in parts. Longer than most files here: the parts of a program share the memory they are written into.
 */
import { FEED_FORWARD, layoutOf, type Layout, type Sizes } from './layout.ts'
import { padded, type Address, type AdamAddresses, type AttentionShape, type Ops } from './ops.ts'
import { keepsHistory, keysOf, seenOf, tokensOf, type Attention, type Pass, type Rung } from './rungs.ts'
import { readingsOf, VOCABULARY, type Reading, type Task } from './task.ts'

type Step = (ops: Ops) => void

/** The operations on some dialogues for one reading of them. */
export interface Program {
  readonly reading: Reading
  readonly forward: readonly Step[]
  /** Adds to the gradient of the parameters; the cross-entropy of the logits stands between forward and backward. */
  readonly backward: readonly Step[]
  /** Where the tokens go, pass by pass: those from `first` on of each dialogue. */
  readonly inputs: readonly { readonly at: Address, readonly first: number, readonly count: number }[]
  /** Logits of the scored places, dialogue by dialogue, and where their right classes go. */
  readonly logits: Address
  readonly targets: Address
  readonly maps: readonly AttentionMap[]
  /** Counted FLOPs of one dialogue, forward and backward. */
  readonly flop: number
}

/** An attention of one layer, and where its probabilities are found after the forward pass. */
export interface AttentionMap {
  readonly layer: number
  readonly shape: AttentionShape
  readonly probabilities: Address
  /** Place in the window of the first query, and of each key. */
  readonly firstQuery: number
  readonly keys: readonly number[]
}

export interface Plan {
  readonly task: Task
  readonly layout: Layout
  /** Dialogues that a program runs at once. */
  readonly examples: number
  readonly adam: AdamAddresses
  readonly programs: readonly Program[]
  /** Sizes of the memory that an engine needs. */
  readonly numbers: number
  readonly integers: number
  /** Integers that are written once: positions, masks, places. */
  readonly constants: readonly { readonly at: Address, readonly values: readonly number[] }[]
}

/** The programs of a rung on a task, for so many dialogues at once. */
export function planOf(rung: Rung, sizes: Sizes, task: Task, examples: number): Plan {
  const layout = layoutOf(rung, sizes)
  const { count } = layout
  const integers = allocator(0)
  const constants: { at: Address, values: number[] }[] = []
  const constant = (values: number[]): Address => {
    const at = integers.take(values.length)
    constants.push({ at, values })
    return at
  }
  const spaces = readingsOf(task, keepsHistory(rung)).map((reading) => {
    const numbers = allocator(5 * count)
    return { numbers, program: writeProgram(rung, layout, reading, examples, numbers.take, integers.take, constant) }
  })
  return {
    task,
    layout,
    examples,
    adam: { parameters: 0, gradient: count, firstMoment: 2 * count, secondMoment: 3 * count, average: 4 * count },
    programs: spaces.map(({ program }) => program),
    numbers: Math.max(...spaces.map(({ numbers }) => numbers.used())),
    integers: integers.used(),
    constants,
  }
}

/** Hands out addresses from `first` on, each a multiple of 4. */
function allocator(first: Address): { take: (count: number) => Address, used: () => number } {
  let next = first
  return {
    take(count) {
      const at = next
      next += padded(count)
      return at
    },
    used: () => next,
  }
}

/** Some rows in memory: their values and their gradient, both with the same stride. */
interface Rows {
  readonly at: Address
  readonly gradient: Address
  readonly stride: number
}

function writeProgram(
  rung: Rung, { sizes, count, matrices }: Layout, reading: Reading, examples: number,
  take: (count: number) => Address, takeIntegers: (count: number) => Address, constant: (values: number[]) => Address,
): Program {
  const { width, heads, layers } = sizes
  const headWidth = width / heads
  const hidden = FEED_FORWARD * width
  const forward: Step[] = []
  // In the order of the forward pass; run from the last to the first.
  const backward: Step[] = []
  const maps: AttentionMap[] = []
  const inputs: { at: Address, first: number, count: number }[] = []
  /** Gradients that several parts add to. */
  const summed: { at: Address, count: number }[] = []
  let batchFlop = 0

  /** Address of a matrix; its gradient stands `count` numbers further. */
  const matrix = (name: string): Address => matrices.get(name)!.at
  /** Gradients that are used up before the next layer's are made share their place, by what they belong to. */
  const passing = new Map<string, Address>()
  function rowsOf(kind: 'normed' | 'projected' | 'keys' | 'joined' | 'attended' | 'inner', rows: number, columns: number): Rows {
    const key = `${kind} ${rows} ${columns}`
    const gradient = passing.get(key) ?? take(rows * columns)
    passing.set(key, gradient)
    return { at: take(rows * columns), gradient, stride: columns }
  }
  const lastingRows = (rows: number, columns: number): Rows => ({ at: take(rows * columns), gradient: take(rows * columns), stride: columns })

  /** y = x · w, or y += x · w; adds to the gradient of w, and overwrites that of x or adds to it. */
  function linear(rows: number, into: number, x: Rows, w: Address, wStride: number, outOf: number, y: Rows, add = { forward: false, backward: false }): void {
    forward.push(ops => ops.gemmNN(rows, outOf, into, x.at, x.stride, w, wStride, y.at, y.stride, add.forward))
    backward.push((ops) => {
      ops.gemmTN(into, outOf, rows, x.at, x.stride, y.gradient, y.stride, w + count, wStride, true)
      ops.gemmNT(rows, into, outOf, y.gradient, y.stride, w, wStride, x.gradient, x.stride, add.backward)
    })
    batchFlop += 6 * rows * into * outOf
  }

  /** y = norm of x; adds to the gradient of x. */
  function norm(rows: number, x: Rows, name: string, y: Rows): void {
    const gain = matrix(`${name}.norm`)
    const scales = take(rows)
    forward.push(ops => ops.rmsNorm(rows, width, x.at, gain, y.at, scales))
    backward.push(ops => ops.rmsNormBackward(rows, width, x.at, gain, scales, y.gradient, x.gradient, gain + count))
  }

  /** The stream before the next part of a layer: the same gradient, values of its own, because its norm needs the old ones. */
  function next(rows: number, x: Rows): Rows {
    const y = { ...x, at: take(rows * width) }
    forward.push(({ numbers }) => numbers.copyWithin(y.at, x.at, x.at + rows * width))
    return y
  }

  /** One attention of a layer: from the stream, and the input's last layer, to the stream. */
  function attend(pass: Pass, attention: Attention, layer: number, x: Rows, top: Rows | null): Rows {
    const name = `${pass.weights}.${layer}.${attention.weights}`
    const { first: firstQuery, count: queries } = tokensOf(pass, reading)
    const keyPlaces = keysOf(pass, attention, reading)
    const rows = examples * queries
    const keyRows = examples * keyPlaces.length
    const project = matrix(`${name}.project`)
    const normed = rowsOf('normed', rows, width)
    norm(rows, x, name, normed)
    const out = rowsOf('attended', rows, width)
    let q: Rows
    let k: Rows
    if (attention.reads.length === 1 && attention.reads[0] === 'same layer') {
      q = rowsOf('projected', rows, 3 * width)
      k = part(q, width)
      linear(rows, width, normed, project, 3 * width, 3 * width, q)
    }
    else {
      const read = attention.reads.includes('same layer') ? join(reading.inputs, top!, queries, normed) : top!
      q = rowsOf('projected', rows, width)
      k = rowsOf('keys', keyRows, 2 * width)
      // Backward, the queries come first and overwrite; the keys and values add to the rows that every layer reads.
      linear(keyRows, width, read, project + width, 3 * width, 2 * width, k, { forward: false, backward: read === top })
      linear(rows, width, normed, project, 3 * width, width, q)
    }
    const v = part(k, width)
    const shape: AttentionShape = {
      examples, heads, headWidth, queries, keys: keyPlaces.length, seen: constant(seenOf(rung, pass, attention, reading)),
      queryStride: q.stride, keyStride: k.stride, outStride: width,
    }
    const probabilities = take(examples * heads * queries * padded(keyPlaces.length))
    forward.push(ops => ops.attention(shape, q.at, k.at, v.at, probabilities, out.at))
    backward.push(ops => ops.attentionBackward(shape, q.at, k.at, v.at, probabilities, out.gradient, q.gradient, k.gradient, v.gradient))
    // Scores and mixing, 2 FLOPs a multiply-add, and their gradients twice that; masked cells are counted like any other.
    batchFlop += 12 * rows * keyPlaces.length * width
    maps.push({ layer, shape, probabilities, firstQuery, keys: keyPlaces })
    const y = next(rows, x)
    linear(rows, width, out, matrix(`${name}.out`), width, width, y, { forward: true, backward: false })
    return y
  }

  /** The rows of the input's last layer and of the pass's own, example by example. */
  function join(inputCount: number, top: Rows, ownCount: number, own: Rows): Rows {
    const sum = inputCount + ownCount
    const joined = rowsOf('joined', examples * sum, width)
    const copy = (ops: Ops, rows: number, from: Address, fromRows: number, to: Address, toRows: number, add: boolean): void =>
      ops.copyBlocks(examples, rows * width, from, fromRows * width, to, toRows * width, add)
    const second = inputCount * width
    forward.push((ops) => {
      copy(ops, inputCount, top.at, inputCount, joined.at, sum, false)
      copy(ops, ownCount, own.at, ownCount, joined.at + second, sum, false)
    })
    backward.push((ops) => {
      copy(ops, inputCount, joined.gradient, sum, top.gradient, inputCount, true)
      copy(ops, ownCount, joined.gradient + second, sum, own.gradient, ownCount, true)
    })
    return joined
  }

  function feedForward(pass: Pass, layer: number, rows: number, x: Rows): Rows {
    const name = `${pass.weights}.${layer}.feedForward`
    const normed = rowsOf('normed', rows, width)
    const inner = rowsOf('inner', rows, hidden)
    norm(rows, x, name, normed)
    linear(rows, width, normed, matrix(`${name}.up`), hidden, hidden, inner)
    forward.push(ops => ops.relu(rows * hidden, inner.at))
    backward.push(ops => ops.reluBackward(rows * hidden, inner.at, inner.gradient))
    const y = next(rows, x)
    linear(rows, hidden, inner, matrix(`${name}.down`), width, width, y, { forward: true, backward: false })
    return y
  }

  /** One pass from its tokens to the norm after its last layer. */
  function run(pass: Pass, top: Rows | null): Rows {
    const { first, count: tokens } = tokensOf(pass, reading)
    const rows = examples * tokens
    const at = takeIntegers(rows)
    inputs.push({ at, first, count: tokens })
    const positions = constant(Array.from({ length: rows }, (_, row) => first + row % tokens))
    const table = matrix('embedding')
    const positionTable = matrix('positions')
    const stream = lastingRows(rows, width)
    forward.push(ops => ops.embed(rows, width, at, positions, table, positionTable, stream.at))
    backward.push(ops => ops.embedBackward(rows, width, at, positions, stream.gradient, table + count, positionTable + count))
    let x = stream
    for (let layer = 0; layer < layers; layer++) {
      for (const attention of pass.attentions)
        x = attend(pass, attention, layer, x, top)
      x = feedForward(pass, layer, rows, x)
    }
    const last = lastingRows(rows, width)
    norm(rows, x, pass.weights, last)
    summed.push({ at: stream.gradient, count: rows * width }, { at: last.gradient, count: rows * width })
    return last
  }

  let top: Rows | null = null
  for (const pass of rung.passes)
    top = run(pass, top)

  // The read-out, at the scored places alone.
  const { first, count: tokens } = tokensOf(rung.passes.at(-1)!, reading)
  const scoredRows = examples * reading.scored.length
  const index = constant(Array.from({ length: examples }, (_, e) => reading.scored.map(place => e * tokens + place - first)).flat())
  const scored = lastingRows(scoredRows, width)
  const logits = take(scoredRows * VOCABULARY)
  const last = top!
  forward.push(ops => ops.gatherRows(scoredRows, width, index, last.at, scored.at))
  backward.push(ops => ops.scatterRows(scoredRows, width, index, scored.gradient, last.gradient))
  linear(scoredRows, width, scored, matrix('readOut'), VOCABULARY, VOCABULARY, { at: logits, gradient: logits, stride: VOCABULARY })
  // Comes first, as the last to be written down: what several parts add to begins at 0.
  backward.push(({ numbers }) => summed.forEach(({ at, count }) => numbers.fill(0, at, at + count)))
  return { reading, forward, backward: backward.toReversed(), inputs, logits, targets: takeIntegers(scoredRows), maps, flop: batchFlop / examples }
}

/** Some of the columns, from `from` on. */
function part(rows: Rows, from: number): Rows {
  return { ...rows, at: rows.at + from, gradient: rows.gradient + from }
}
