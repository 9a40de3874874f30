/** Five real Transformers: their gradients, how they follow from one another, their counts and their masks. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionMask, removalCosts, type MaskCell } from '../../lab/architecture-costs.ts'
import { Random } from '../../lab/random.ts'
import { initialParameters, layoutOf, type Sizes } from '../../lab/transformer/layout.ts'
import { addGradient, createModel, exactMatch, runForward, type Model } from '../../lab/transformer/model.ts'
import { planOf } from '../../lab/transformer/program.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { keysOf, RUNG_NAMES, rungs, seenOf, tokensOf, type Rung, type RungName, type Window } from '../../lab/transformer/rungs.ts'
import { chat, drawDialogues, POSITIONS, question, VOCABULARY, type Task } from '../../lab/transformer/task.ts'
import { genericShape } from '../support/generic-shape.ts'

const small: Sizes = { width: 8, layers: 2, heads: 2 }
/** The sizes on the slide. */
const shown: Sizes = { width: 32, layers: 2, heads: 4 }
const tiny: Task = { name: 'chat', turns: 2, symbols: 2 }

/** The attention mask of a rung, cell by cell, as the drawing has it: what each token's layers read of each other token. */
function maskOf(rung: Rung, window: Window): Pick<MaskCell, 'row' | 'column' | 'reads'>[] {
  const size = window.inputs + window.targets
  const cells = Array.from({ length: size * size }, (_, i): Pick<MaskCell, 'row' | 'column' | 'reads'> =>
    ({ row: Math.floor(i / size), column: i % size, reads: null }))
  for (const pass of rung.passes) {
    const { first } = tokensOf(pass, window)
    for (const attention of pass.attentions) {
      const keys = keysOf(pass, attention, window)
      seenOf(rung, pass, attention, window).forEach((seen, query) => {
        keys.slice(0, seen).forEach((column) => {
          const own = column >= first
          cells[(first + query) * size + column]!.reads = own ? 'same layer' : 'last layer'
        })
      })
    }
  }
  return cells
}

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
    const step = 1e-6
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
        expect(Math.abs((above - below) / (2 * step) - gradient[place]!), `${matrix} at ${place - at}`).toBeLessThan(1e-7)
      }
      expect(gradient.subarray(at, at + rows * columns).some(x => Math.abs(x) > 1e-6), matrix).toBe(true)
    }
  })
})

describe('the rungs', () => {
  it('C gives what B gives when encoder and decoder have the same weights, and its gradient is the sum of both', () => {
    const b = drawn(rungs.B)
    const c = drawn(rungs.C)
    copyWeights(b.model, c.model, name => name.replace(/^(encoder|decoder)\./, 'shared.'))
    expect(logitsOf(b.model, b.dialogues)).toEqual(logitsOf(c.model, b.dialogues))
    const tied = gradientOf(b.model, b.dialogues)
    const shared = gradientOf(c.model, b.dialogues)
    for (const [name, { at, rows, columns }] of c.model.plan.layout.matrices) {
      const parts = name.startsWith('shared.') ? ['encoder', 'decoder'].map(weights => name.replace('shared', weights)) : [name]
      for (let i = 0; i < rows * columns; i++) {
        const sum = parts.reduce((total, part) => total + tied[b.model.plan.layout.matrices.get(part)!.at + i]!, 0)
        expect(Math.abs(shared[at + i]! - sum), name).toBeLessThan(1e-12)
      }
    }
  })

  it('E is D with the mask changed: the same weights, the same program, and D under the mask of E gives what E gives', () => {
    const one = { ...tiny, turns: 1 }
    const masked: Rung = { ...rungs.D, inputLooksAhead: false }
    const [d, e, changed] = [rungs.D, rungs.E, masked].map(rung => drawn(rung, small, one))
    copyWeights(e!.model, d!.model)
    copyWeights(changed!.model, d!.model)
    const logits = logitsOf(e!.model, d!.dialogues)
    expect(logitsOf(changed!.model, d!.dialogues)).toEqual(logits)
    expect(gradientOf(changed!.model, d!.dialogues)).toEqual(gradientOf(e!.model, d!.dialogues))
    expect(logitsOf(d!.model, d!.dialogues)).not.toEqual(logits)
    expect([...d!.model.plan.layout.matrices]).toEqual([...e!.model.plan.layout.matrices])
    // Turn the mask of D into that of E where it stands in memory, and nothing else.
    for (const [p, { maps }] of d!.model.plan.programs.entries()) {
      for (const [m, { shape }] of maps.entries()) {
        const { queries, seen } = e!.model.plan.programs[p]!.maps[m]!.shape
        d!.model.ops.integers.set(e!.model.ops.integers.subarray(seen, seen + queries), shape.seen)
      }
    }
    expect(logitsOf(d!.model, d!.dialogues)).toEqual(logits)
  })

  it('E answers a dialogue in one pass as it would turn by turn', () => {
    const turnByTurn: Rung = { ...rungs.E, passes: [{ ...rungs.E.passes[0]! }] }
    const whole = drawn(rungs.E)
    const logits = logitsOf(whole.model, whole.dialogues)
    // The same weights under a rung that encodes anew in each turn, with the causal mask put into its place.
    const anew = drawn({ ...turnByTurn, inputLooksAhead: true })
    copyWeights(anew.model, whole.model)
    for (const { maps } of anew.model.plan.programs) {
      for (const { shape } of maps) anew.model.ops.integers.set(Array.from({ length: shape.queries }, (_, i) => i + 1), shape.seen)
    }
    const scored = tiny.symbols + 1
    const parts = logitsOf(anew.model, whole.dialogues)
    const row = (from: number): readonly number[] => [from, from + VOCABULARY]
    // One pass gives dialogue by dialogue, turn by turn; the other turn by turn, dialogue by dialogue.
    for (let dialogue = 0; dialogue < 2; dialogue++) {
      for (let turn = 0; turn < 2; turn++) {
        for (let i = 0; i < scored; i++) {
          const [from, to] = row(((dialogue * 2 + turn) * scored + i) * VOCABULARY)
          const [otherFrom, otherTo] = row(((turn * 2 + dialogue) * scored + i) * VOCABULARY)
          logits.slice(from, to).forEach((logit, k) => expect(parts.slice(otherFrom, otherTo)[k]).toBeCloseTo(logit, 10))
        }
      }
    }
  })

  it.each(RUNG_NAMES)('%s has the mask of the drawing after its removals, cell by cell, and its structures', (name) => {
    const rung = rungs[name]
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (inputs, targets) => {
      expect(maskOf(rung, { inputs, targets })).toEqual(attentionMask(rung.removed, inputs, targets).map(({ row, column, reads }) => ({ row, column, reads })))
    }))
    const { structure } = removalCosts(rung.removed, genericShape(32, 2))
    expect({
      separateCrossAttention: rung.passes.some(({ attentions }) => attentions.some(({ weights }) => weights === 'crossAttention')),
      separateParameters: new Set(rung.passes.map(({ weights }) => weights)).size === 2,
      lastLayerOnly: rung.passes.some(({ attentions }) => attentions.some(({ reads }) => reads.includes('last input layer'))),
      inputBothWays: rung.inputLooksAhead,
    }).toEqual(structure)
  })

  it.each(RUNG_NAMES)('%s sees in its program what its mask says and nothing else', (name) => {
    const { model, dialogues } = drawn(rungs[name])
    for (const program of model.plan.programs) {
      runForward(model, program, dialogues, 0)
      const { inputs, targets } = program.reading
      const allowed = new Set(attentionMask(rungs[name].removed, inputs, targets).filter(cell => cell.allowed).map(({ row, column }) => `${row} ${column}`))
      const looked = new Set<string>()
      for (const { shape, probabilities, firstQuery, keys } of program.maps) {
        const rowLength = Math.ceil(shape.keys / 4) * 4
        for (let query = 0; query < shape.queries; query++) {
          keys.forEach((key, k) => {
            if (model.ops.numbers[probabilities + query * rowLength + k]! > 0) looked.add(`${firstQuery + query} ${key}`)
          })
        }
      }
      expect(looked).toEqual(allowed)
    }
  })
})

describe('the counts', () => {
  it('of parameters are those of the removal, with norms, embeddings, positions and read-out', () => {
    for (const width of [16, 32, 64]) {
      for (const name of RUNG_NAMES) {
        const sizes = { width, layers: 2, heads: 4 }
        const rung = rungs[name]
        const { parameters, structure } = removalCosts(rung.removed, genericShape(width, 2))
        const stacks = structure.separateParameters ? 2 : 1
        // Two norms a layer and one at the end of each stack, and one more a layer for an attention of its own.
        const norms = stacks * (2 * 2 + 1) + (structure.separateCrossAttention ? 2 : 0)
        expect(layoutOf(rung, sizes).count, `${name} ${width}`).toBe(parameters + width * (norms + 2 * VOCABULARY + POSITIONS))
      }
    }
  })

  it('of parameters at width 32 are 63.9k, 55.6k and three times 30.9k', () => {
    expect(RUNG_NAMES.map(name => layoutOf(rungs[name], shown).count)).toEqual([63_872, 55_616, 30_880, 30_880, 30_880])
  })

  it('of FLOPs are six a weight and token met, and twelve a score and width, over every pass that is made', () => {
    const width = 32
    const weightsMet = (name: RungName): { input: number, target: number } => {
      const { weightFlops } = removalCosts(rungs[name].removed, genericShape(width, 2))
      return { input: weightFlops.input / 2, target: weightFlops.target / 2 }
    }
    for (const task of [question, chat(2), chat(6)]) {
      for (const name of RUNG_NAMES) {
        const plan = planOf(rungs[name], shown, task, 2)
        const met = weightsMet(name)
        expect(plan.programs.length).toBe(name === 'E' ? 1 : task.turns)
        for (const { reading: { inputs: n, targets: m, scored }, flop } of plan.programs) {
          const scores = rungs[name].passes.length === 2 ? n * n + m * (n + m) : (n + m) * (n + m)
          expect(flop).toBe(6 * (met.input * n + met.target * m) + 12 * 2 * width * scores + 6 * width * VOCABULARY * scored.length)
        }
      }
    }
  })

  it('of a chat grow with the turns alone where the history is kept, and faster where it is encoded anew', () => {
    const flop = (name: RungName, turns: number): number => planOf(rungs[name], shown, chat(turns), 1).programs.reduce((sum, program) => sum + program.flop, 0)
    const ratios = [2, 4, 6, 8].map(turns => flop('A', turns) / flop('E', turns))
    ratios.forEach((ratio, i) => expect(ratio).toBeGreaterThan(ratios[i - 1] ?? 1))
    expect(ratios[2]).toBeCloseTo(3.6, 1)
  })
})

describe('the model', () => {
  it('refuses a width that its heads do not divide', () => {
    expect(() => layoutOf(rungs.A, { width: 24, layers: 1, heads: 4 })).toThrow('The width is a multiple of 4 times the 4 heads; got 24.')
  })

  it('counts an answer as right when each of its tokens, its END too, is the likeliest', () => {
    const { model, dialogues } = drawn(rungs.E, small, { ...tiny, turns: 1 })
    const program = model.plan.programs[0]!
    runForward(model, program, dialogues, 0)
    // Dialogues whose answers are what the model finds likeliest, written as it would write them: token by token.
    const written = dialogues.slice()
    const length = dialogues.length / 2
    const { scored } = program.reading
    scored.forEach((place, i) => {
      runForward(model, program, written, 0)
      for (let e = 0; e < 2; e++) {
        const at = program.logits + (e * scored.length + i) * VOCABULARY
        const scores = [...model.ops.numbers.subarray(at, at + VOCABULARY)]
        written[e * length + place + 1] = scores.indexOf(Math.max(...scores))
      }
    })
    expect(exactMatch(model, written)).toBe(1)
    // The END of the first answer changed into something else.
    const end = scored.at(-1)! + 1
    expect(exactMatch(model, written.with(end, (written[end]! + 1) % VOCABULARY))).toBe(0.5)
    expect(exactMatch(model, dialogues)).toBe(0)
  })
})
