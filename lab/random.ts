/**
 * The project's one source of chance: a seeded generator (sfc32) whose streams can be forked and whose state can be
 * stored, so that every experiment gives the same bits in Node and in a browser, today and on stage.
 * Source of the generator: C. Doty-Humphrey, PractRand, "sfc32"; of the seeding: Steele, Lea & Flood 2014, "splitmix".
 */

import ln from '@stdlib/math-base-special-ln'

/** All a generator is: plain data that survives structuredClone and JSON. */
export interface RandomState {
  /** Two 32-bit words that name the stream (seed and fork labels); forks derive from these, not from the position. */
  readonly key: readonly [number, number]
  /** The four 32-bit words of sfc32. */
  readonly words: readonly [number, number, number, number]
  /** The second half of the last pair of normals, when it has not been handed out yet. */
  readonly spare: number | null
}

export class Random {
  private readonly key: readonly [number, number]
  // An Int32Array keeps the words unboxed in every engine; object fields would be boxed beyond 31 bits in Chromium.
  private readonly words: Int32Array
  /** The second half of the last pair of normals, NaN when there is none; in an array for the same reason. */
  private readonly spare: Float64Array

  private constructor(key: readonly [number, number], words: Int32Array, spare: number | null) {
    this.key = key
    this.words = words
    this.spare = Float64Array.of(spare ?? NaN)
  }

  /** A generator from a seed: an integer from 0 to 2^53 − 1. */
  static fromSeed(seed: number): Random {
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new RangeError(`A seed is an integer from 0 to ${Number.MAX_SAFE_INTEGER}; got ${seed}.`)
    const low = seed >>> 0
    const high = Math.floor(seed / TWO_32)
    return Random.fromKey([mix(low ^ 0x9E3779B9), mix(high ^ mix(low))])
  }

  /** The generator that `state()` described. */
  static restore(state: RandomState): Random {
    return new Random(state.key, Int32Array.from(state.words), state.spare)
  }

  private static fromKey(key: readonly [number, number]): Random {
    // splitmix32: a counter through a mixing function. The counter word of sfc32 starts at 1 by definition.
    const word = (i: number): number => mix(key[i & 1]! + Math.imul(i + 1, 0x9E3779B9))
    const random = new Random(key, Int32Array.of(word(0), word(1), word(2), 1), null)
    for (let i = 0; i < 12; i++) random.next()
    return random
  }

  /** Plain data from which `restore` continues exactly here. */
  state(): RandomState {
    const w = this.words
    const spare = this.spare[0]!
    return { key: this.key, words: [w[0]!, w[1]!, w[2]!, w[3]!], spare: Number.isNaN(spare) ? null : spare }
  }

  /**
   * An independent stream with a name. It depends on the seed and the names on the way, never on how much has been
   * drawn, and it does not advance this stream: adding an experiment leaves the others as they were.
   */
  fork(label: string): Random {
    let [k0, k1] = this.key
    for (let i = 0; i < label.length; i++) {
      k0 = mix(k0 ^ label.charCodeAt(i))
      k1 = mix(k1 + Math.imul(label.charCodeAt(i) + 1, 0x85EBCA6B))
    }
    // The length is mixed in last, so that an empty label is a fork as well.
    return Random.fromKey([mix(k0 ^ label.length ^ 0x5BD1E995), mix(k1 + k0)])
  }

  /** Uniform in [0, 1), a multiple of 2^−32. */
  uniform(): number {
    return (this.next() >>> 0) / TWO_32
  }

  /** Standard normal, by Marsaglia's polar method (only ln and sqrt, both reproducible). */
  normal(): number {
    const spare = this.spare[0]!
    if (!Number.isNaN(spare)) {
      this.spare[0] = NaN
      return spare
    }
    for (;;) {
      const u = this.next() / TWO_31
      const v = this.next() / TWO_31
      const s = u * u + v * v
      if (s >= 1 || s === 0) continue
      const factor = Math.sqrt(-2 * ln(s) / s)
      this.spare[0] = v * factor
      return u * factor
    }
  }

  /** Uniform among 0, 1, … n − 1, without modulo bias; n is a whole number from 1 to 2³². */
  integer(n: number): number {
    const limit = TWO_32 - TWO_32 % n
    for (;;) {
      const draw = this.next() >>> 0
      if (draw < limit) return draw % n
    }
  }

  /** `count` of the items without replacement, in random order (Fisher–Yates); the argument is left alone. */
  sample<T>(items: readonly T[], count: number): T[] {
    const pool = items.slice()
    for (let i = 0; i < count; i++) {
      const j = i + this.integer(pool.length - i)
      const chosen = pool[j]!
      pool[j] = pool[i]!
      pool[i] = chosen
    }
    return pool.slice(0, count)
  }

  /** An index drawn with the given probabilities (non-negative, summing to 1 up to rounding). */
  categorical(probabilities: ArrayLike<number>): number {
    let rest = this.uniform()
    for (let i = 0; i < probabilities.length; i++) {
      rest -= probabilities[i]!
      if (rest < 0) return i
    }
    return probabilities.length - 1
  }

  /** `length` standard normals. */
  normals(length: number): Float64Array {
    const out = new Float64Array(length)
    for (let i = 0; i < length; i++) out[i] = this.normal()
    return out
  }

  /** A direction drawn uniformly from the unit sphere in `dimensions` dimensions. */
  unitVector(dimensions: number): Float64Array {
    const out = this.normals(dimensions)
    let squared = 0
    for (const x of out) squared += x * x
    const scale = 1 / Math.sqrt(squared)
    return out.map(x => x * scale)
  }

  /** One step of sfc32: a signed 32-bit integer. */
  private next(): number {
    const w = this.words
    const a = w[0]!
    const b = w[1]!
    const c = w[2]!
    const counter = w[3]!
    const out = (a + b + counter) | 0
    w[3] = counter + 1
    w[0] = b ^ (b >>> 9)
    w[1] = c + (c << 3)
    w[2] = ((c << 21) | (c >>> 11)) + out
    return out
  }
}

const TWO_31 = 2147483648
const TWO_32 = 4294967296

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85EBCA6B)
  h = Math.imul(h ^ (h >>> 13), 0xC2B2AE35)
  return (h ^ (h >>> 16)) | 0
}
