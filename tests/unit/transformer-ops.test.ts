/**
 * The compiled arithmetic of the Transformers against the reference in double precision: every operation on drawn shapes,
 * addresses and strides. Misses are counted in units of the root mean square of all numbers; rounding in f32 comes to
 * some 1e-5 of it where long sums cancel, a wrong index or sign to 1e-2 and more.
 */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Random } from '../../lab/random.ts'
import { padded, type Address, type AttentionShape, type Ops } from '../../lab/transformer/ops.ts'
import { createReference } from '../../lab/transformer/reference.ts'
import { wasmOps } from '../../lab/transformer/wasm-ops.ts'

const createOps = wasmOps()!

/**
 * A run of one operation: it asks for its arrays, which are drawn, and gives what is to be done. Between the arrays lie
 * numbers that nothing may touch.
 */
interface Memory {
  /** Standard normal numbers, at an address that is a multiple of 4. */
  numbers: (count: number) => Address
  integers: (values: readonly number[]) => Address
  random: Random
}

/**
 * The largest difference between the engine's memory and the reference's after `write` has run in both, in units of the
 * root mean square of the reference's. Both start from the same numbers, which f32 holds.
 */
function miss(seed: number, write: (memory: Memory) => (ops: Ops) => unknown): number {
  const random = Random.fromSeed(seed)
  const values: number[] = []
  const whole: number[] = []
  const gap = (): void => { for (let i = random.integer(3) * 4; i > 0; i--) values.push(Math.fround(random.normal())) }
  const run = write({
    random,
    numbers(count) {
      gap()
      const at = values.length
      for (let i = 0; i < padded(count); i++) values.push(Math.fround(random.normal()))
      return at
    },
    integers(some) {
      const at = whole.length
      whole.push(...some, ...Array<number>(padded(some.length) - some.length).fill(-1))
      return at
    },
  })
  gap()
  const [engine, reference] = [createOps, createReference].map((create) => {
    const ops = create(values.length, whole.length)
    ops.numbers.set(values)
    ops.integers.set(whole)
    const result = run(ops)
    return [...ops.numbers, ...typeof result === 'number' ? [result] : []]
  }) as [number[], number[]]
  const size = Math.sqrt(reference.reduce((sum, x) => sum + x * x, 0) / reference.length)
  // A number that is none is a miss of that kind: Math.max keeps it.
  return reference.reduce((worst, x, i) => Math.max(worst, Math.abs(engine[i]! - x) / size), 0)
}

const seed = fc.nat(1e6)
/** A width: a multiple of 4. */
const width = fc.integer({ min: 1, max: 24 }).map(n => 4 * n)
const count = fc.integer({ min: 1, max: 40 })

function holds<T extends unknown[]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }, bound: number, write: (...drawn: T) => (memory: Memory) => (ops: Ops) => unknown): void {
  fc.assert(fc.property(seed, fc.tuple(...arbitraries), (seed, drawn) => {
    expect(miss(seed, write(...drawn as T))).toBeLessThan(bound)
  }), { numRuns: 150 })
}

describe('the compiled operations', () => {
  it('run here', () => {
    expect(createOps).toBeDefined()
  })

  const strided = [count, width, width, fc.nat(3), fc.boolean()] as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<boolean>]

  it('multiply matrices, of any number of rows and with gaps between them', () => {
    holds<[number, number, number, number, boolean]>(strided, 3e-5, (m, n, k, gap, add) => ({ numbers }) => {
      const [aStride, bStride, cStride] = [k + 4 * gap, n + 4 * gap, n + 8 * gap]
      const [a, b, c] = [numbers(m * aStride), numbers(k * bStride), numbers(m * cStride)]
      return ops => ops.gemmNN(m, n, k, a, aStride, b, bStride, c, cStride, add)
    })
  })

  it('multiply by a transposed matrix', () => {
    holds<[number, number, number, number, boolean]>(strided, 3e-5, (m, n, k, gap, add) => ({ numbers }) => {
      const [aStride, bStride, cStride] = [k + 4 * gap, k + 8 * gap, n + 4 * gap]
      const [a, b, c] = [numbers(m * aStride), numbers(n * bStride), numbers(m * cStride)]
      return ops => ops.gemmNT(m, n, k, a, aStride, b, bStride, c, cStride, add)
    })
  })

  it('multiply a transposed matrix', () => {
    holds<[number, number, number, number, boolean]>(strided, 3e-5, (k, n, m, gap, add) => ({ numbers }) => {
      const [aStride, bStride, cStride] = [m + 4 * gap, n + 4 * gap, n + 8 * gap]
      const [a, b, c] = [numbers(k * aStride), numbers(k * bStride), numbers(m * cStride)]
      return ops => ops.gemmTN(m, n, k, a, aStride, b, bStride, c, cStride, add)
    })
  })

  it('multiply matrices too large to stay in the first-level cache, part by part', () => {
    for (const add of [false, true]) {
      expect(miss(1, ({ numbers }) => {
        const [a, b, c] = [numbers(37 * 640), numbers(640 * 252), numbers(37 * 252)]
        return ops => ops.gemmNN(37, 252, 640, a, 640, b, 252, c, 252, add)
      })).toBeLessThan(1e-4)
      expect(miss(2, ({ numbers }) => {
        const [a, b, c] = [numbers(37 * 640), numbers(252 * 640), numbers(37 * 252)]
        return ops => ops.gemmNT(37, 252, 640, a, 640, b, 640, c, 252, add)
      })).toBeLessThan(1e-4)
      expect(miss(3, ({ numbers }) => {
        const [a, b, c] = [numbers(801 * 64), numbers(801 * 256), numbers(64 * 256)]
        return ops => ops.gemmTN(64, 256, 801, a, 64, b, 256, c, 256, add)
      })).toBeLessThan(1e-4)
    }
  })

  it('add nothing where there is nothing to add', () => {
    for (const add of [false, true]) {
      expect(miss(4, ({ numbers }) => {
        const [a, b, c] = [numbers(8), numbers(8), numbers(64)]
        return ops => ops.gemmTN(8, 8, 0, a, 8, b, 8, c, 8, add)
      })).toBe(0)
    }
  })

  it('norm rows, and give the gradient', () => {
    holds<[number, number]>([count, width], 3e-5, (rows, width) => ({ numbers }) => {
      const [x, gain, y, scales, dy, dx, dGain] = [rows * width, width, rows * width, rows, rows * width, rows * width, width].map(numbers) as [number, number, number, number, number, number, number]
      return (ops) => {
        ops.rmsNorm(rows, width, x, gain, y, scales)
        ops.rmsNormBackward(rows, width, x, gain, scales, dy, dx, dGain)
        // It may hold anything now.
        ops.numbers.fill(0, dy, dy + rows * width)
      }
    })
  })

  /** Shapes with masks that see all, what came before, or any number of keys; wider strides as when q, k and v share a matrix. */
  const drawnShape = fc.record({
    examples: fc.integer({ min: 1, max: 3 }),
    heads: fc.integer({ min: 1, max: 4 }),
    headWidth: fc.constantFrom(4, 8, 12, 16),
    queries: fc.integer({ min: 1, max: 27 }),
    keys: fc.integer({ min: 1, max: 33 }),
    mask: fc.constantFrom('all', 'causal', 'any' as const),
    shared: fc.boolean(),
    sharpness: fc.constantFrom(1, 6, 60),
  })

  it('attend, and give the gradient', () => {
    holds<[typeof drawnShape extends fc.Arbitrary<infer T> ? T : never]>([drawnShape], 1e-3, ({ mask, shared, sharpness, ...drawn }) => ({ numbers, integers, random }) => {
      const { examples, heads, headWidth, queries, keys } = drawn
      const width = heads * headWidth
      const seen = integers(Array.from({ length: queries }, (_, i) =>
        mask === 'all' ? keys : mask === 'causal' ? Math.min(keys, Math.max(1, keys - queries + i + 1)) : 1 + random.integer(keys)))
      const stride = shared ? 3 * width : width
      const shape: AttentionShape = { ...drawn, seen, queryStride: stride, keyStride: stride, outStride: width }
      const [q, k, v, dq, dk, dv] = [queries, keys, keys, queries, keys, keys].map(rows => numbers(examples * rows * stride)) as [number, number, number, number, number, number]
      const [out, dOut] = [numbers(examples * queries * width), numbers(examples * queries * width)]
      const count = examples * heads * queries * padded(keys)
      const [probabilities, kept] = [numbers(count), numbers(count)]
      return (ops) => {
        for (let i = q; i < q + examples * queries * stride; i++) ops.numbers[i] = sharpness * ops.numbers[i]!
        ops.attention(shape, q, k, v, probabilities, out)
        ops.numbers.copyWithin(kept, probabilities, probabilities + count)
        ops.attentionBackward(shape, q, k, v, probabilities, dOut, dq, dk, dv)
        ops.numbers.fill(0, probabilities, probabilities + count)
      }
    })
  })

  it('work at their limits, and touch nothing of the numbers there', () => {
    const [headWidth, tokens, terms] = [64, 256, 4096]
    expect(miss(5, ({ numbers, integers }) => {
      const [q, k, v, dq, dk, dv, out] = Array.from({ length: 7 }, () => numbers(tokens * headWidth)) as [number, number, number, number, number, number, number]
      const probabilities = numbers(tokens * tokens)
      const shape: AttentionShape = {
        examples: 1, heads: 1, headWidth, queries: tokens, keys: tokens, seen: integers(Array.from({ length: tokens }, (_, i) => i + 1)),
        queryStride: headWidth, keyStride: headWidth, outStride: headWidth,
      }
      return (ops) => {
        ops.attention(shape, q, k, v, probabilities, out)
        ops.attentionBackward(shape, q, k, v, probabilities, out, dq, dk, dv)
      }
    })).toBeLessThan(1e-4)
    expect(miss(6, ({ numbers }) => {
      const [a, b, c] = [numbers(5 * terms), numbers(12 * terms), numbers(5 * 12)]
      return ops => ops.gemmNT(5, 12, terms, a, terms, b, terms, c, 12, false)
    })).toBeLessThan(1e-3)
  })

  it('give exactly 0 to what is not seen, whatever stands there', () => {
    const ops = createOps(64, 4)
    ops.numbers.fill(NaN)
    ops.numbers.set([1, 2, 3, 4, 0.5, 1, 0, 0])
    ops.integers.set([1])
    // One query, three keys, of which it sees one: q at 0, k at 4, v at 16, probabilities at 28, out at 32.
    ops.numbers.fill(100, 8, 16)
    ops.numbers.fill(1, 16, 28)
    ops.attention({ examples: 1, heads: 1, headWidth: 4, queries: 1, keys: 3, seen: 0, queryStride: 4, keyStride: 4, outStride: 4 }, 0, 4, 16, 28, 32)
    expect([...ops.numbers.slice(28, 36)]).toEqual([1, 0, 0, 0, 1, 1, 1, 1])
  })

  it('clip below 0, look up tables, copy and gather, each with its gradient', () => {
    holds<[number, number, number]>([count, width, count], 3e-5, (rows, width, entries) => ({ numbers, integers, random }) => {
      const some = (): number[] => Array.from({ length: rows }, () => random.integer(entries))
      const [tokens, positions, once] = [integers(some()), integers(some()), integers(random.sample(Array.from({ length: rows }, (_, i) => i), rows))]
      const [table, positionTable, dTable, dPositionTable] = [1, 2, 3, 4].map(() => numbers(entries * width)) as [number, number, number, number]
      const [x, y, dx, dy, z] = [1, 2, 3, 4, 5].map(() => numbers(rows * width)) as [number, number, number, number, number]
      const blocks = numbers(rows * (width + 8))
      return (ops) => {
        ops.embed(rows, width, tokens, positions, table, positionTable, x)
        ops.embedBackward(rows, width, tokens, positions, dx, dTable, dPositionTable)
        ops.relu(rows * width, x)
        ops.reluBackward(rows * width, x, dy)
        ops.gatherRows(rows, width, positions, table, y)
        ops.scatterRows(rows, width, once, dy, dx)
        ops.copyBlocks(rows, width, x, width, blocks, width + 8, false)
        ops.copyBlocks(rows, width, blocks, width + 8, z, width, true)
      }
    })
  })

  it('measure the cross-entropy, also over more rows than one product holds, and its gradient', () => {
    holds<[number, number, number]>([fc.integer({ min: 1, max: 900 }), fc.constantFrom(4, 16, 20), fc.constantFrom(0.1, 1, 30)], 3e-6, (rows, classes, spread) => ({ numbers, integers, random }) => {
      const logits = numbers(rows * classes)
      const targets = integers(Array.from({ length: rows }, () => random.integer(classes)))
      return (ops) => {
        for (let i = logits; i < logits + rows * classes; i++) ops.numbers[i] = spread * ops.numbers[i]!
        return ops.crossEntropy(rows, classes, logits, targets, 1)
      }
    })
  })

  it('take steps of Adam and of the average', () => {
    holds<[number, number]>([width, fc.integer({ min: 0, max: 2000 })], 3e-6, (count, t) => ({ numbers }) => {
      const [parameters, gradient, firstMoment, secondMoment, average] = [1, 2, 3, 4, 5].map(() => numbers(count)) as [number, number, number, number, number]
      const [beta1, beta2] = [0.9, 0.98]
      const step = { rate: 3e-3, beta1, beta2, correction1: 1 - Math.pow(beta1, t + 1), correction2: 1 - Math.pow(beta2, t + 1), epsilon: 1e-8, averageWeight: 4 / (t + 4) }
      return (ops) => {
        for (let i = secondMoment; i < secondMoment + count; i++) ops.numbers[i] = Math.abs(ops.numbers[i]!)
        ops.adam(count, { parameters, gradient, firstMoment, secondMoment, average }, step)
      }
    })
  })

  it('let no moment decay into denormal numbers, where processors crawl', () => {
    const ops = createOps(20, 0)
    ops.numbers.fill(1, 8, 16)
    const at = { parameters: 0, gradient: 4, firstMoment: 8, secondMoment: 12, average: 16 }
    for (let t = 0; t < 5000; t++)
      ops.adam(4, at, { rate: 0, beta1: 0.9, beta2: 0.98, correction1: 1, correction2: 1, epsilon: 1e-8, averageWeight: 1 })
    expect([...ops.numbers.slice(8, 16)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('hide no number that is none', () => {
    const ops = createOps(16, 4)
    ops.numbers[5] = NaN
    expect(ops.crossEntropy(2, 8, 0, 0, 1)).toBeNaN()
  })
})

describe('the power of e', () => {
  it('misses the value by 3e-7 of it at most and 1.2e-7 more for each unit of the exponent, and is 0 below −62.4', () => {
    // A softmax of the two logits 0 and x: its second part is eˣ / (1 + eˣ).
    const ops = createOps(8, 4)
    let worst = 0
    for (let x = 0; x > -62; x -= 0.0137) {
      ops.numbers.set([0, x, -62.4, -Infinity])
      ops.crossEntropy(1, 4, 0, 0, 1)
      const power = Math.exp(Math.fround(x))
      const miss = Math.abs(ops.numbers[1]! * (1 + power) / power - 1)
      worst = Math.max(worst, miss / (3e-7 - 1.2e-7 * x))
      expect([...ops.numbers.slice(2, 4)]).toEqual([0, 0])
    }
    expect(worst).toBeLessThan(1)
  })
})

describe('an engine', () => {
  const shape: AttentionShape = { examples: 1, heads: 1, headWidth: 4, queries: 2, keys: 2, seen: 0, queryStride: 4, keyStride: 4, outStride: 4 }

  it('refuses what does not fit, with the value and the limit', () => {
    const ops = createOps(64, 4)
    expect(() => ops.attention({ ...shape, keys: 257 }, 0, 0, 0, 0, 0)).toThrow('at most 256 queries and keys; got 2 and 257')
    expect(() => ops.attention({ ...shape, headWidth: 68 }, 0, 0, 0, 0, 0)).toThrow('multiple of 4 up to 64; got 68')
  })

  it('remembers nothing of the numbers it worked on before, not even those that are none', () => {
    const both = [false, true].map((spoilt) => {
      const ops = createOps(256, 16)
      // Eight queries, of which the later four see one key alone; before, all see all.
      ops.integers.set([8, 8, 8, 8, 8, 8, 8, 8, 7, 7, 7, 7, 1, 1, 1, 1])
      const run = (keys: number, seen: number): void => {
        const of = { ...shape, queries: 8, keys, seen }
        ops.attention(of, 0, 32, 64, 192, 96)
        ops.attentionBackward(of, 0, 32, 64, 192, 96, 128, 160, 224)
      }
      if (spoilt) {
        ops.numbers.fill(NaN)
        run(8, 0)
      }
      ops.numbers.set(Array.from({ length: 256 }, (_, i) => i / 256))
      run(7, 8)
      return [...ops.numbers]
    })
    expect(both[0]!.every(Number.isFinite)).toBe(true)
    expect(both[1]).toEqual(both[0])
  })

  it('has a memory of its own', () => {
    const [one, other] = [createOps(8, 4), createOps(8, 4)]
    one.numbers.fill(1)
    expect([...other.numbers]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('without WebAssembly SIMD', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  it('there is no engine', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    vi.resetModules()
    const fresh = await import('../../lab/transformer/wasm-ops.ts') as { wasmOps: typeof wasmOps }
    expect(fresh.wasmOps()).toBeUndefined()
  })
})
