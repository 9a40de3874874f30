/**
 * The arithmetic that the Transformers of this folder are made of: one interface, so that the plain reference in double
 * precision and a faster engine run the same program. Each operation is coarse, a call costs nothing beside its work.
 *
 * Memory. An engine owns two flat arrays, `numbers` and `integers`, whose sizes are fixed when it is made. An address is
 * an index into one of them (never a byte), and every address handed over is a multiple of 4. Matrices are row-major; a
 * stride is the distance between two rows, in numbers. All widths (columns of a matrix, width of a head, classes) and all
 * strides are multiples of 4; numbers of rows, queries and keys are not. Outputs never overlap inputs unless it says so.
 *
 * "add" adds to what stands at the output; without it the output is overwritten whatever stood there.
 */

/** Elements of an array, by their index. */
export type Address = number

export interface Ops {
  readonly numbers: Float64Array | Float32Array
  readonly integers: Int32Array

  /** C = A·B, or C += A·B. A is m × k, B is k × n, C is m × n; n and k are multiples of 4. */
  gemmNN: (m: number, n: number, k: number, a: Address, aStride: number, b: Address, bStride: number, c: Address, cStride: number, add: boolean) => void
  /** C = A·Bᵀ, or C += A·Bᵀ. A is m × k, B is n × k, C is m × n; n and k are multiples of 4. The gradient of A in A·B. */
  gemmNT: (m: number, n: number, k: number, a: Address, aStride: number, b: Address, bStride: number, c: Address, cStride: number, add: boolean) => void
  /** C = Aᵀ·B, or C += Aᵀ·B. A is k × m, B is k × n, C is m × n; m and n are multiples of 4. The gradient of B in A·B. */
  gemmTN: (m: number, n: number, k: number, a: Address, aStride: number, b: Address, bStride: number, c: Address, cStride: number, add: boolean) => void

  /**
   * Root-mean-square norm of each row: y = x · gain · s with s = 1 / √(mean of x² + NORM_EPSILON).
   * @param x rows × width, without gaps, as y
   * @param gain `width` numbers
   * @param scales where s goes, one a row
   */
  rmsNorm: (rows: number, width: number, x: Address, gain: Address, y: Address, scales: Address) => void
  /**
   * Adds the gradient of `rmsNorm` to those of x and of the gain.
   * @param scales as rmsNorm left them
   * @param dy rows × width; may be overwritten with anything
   * @param dx rows × width, added to
   * @param dGain `width` numbers, added to
   */
  rmsNormBackward: (rows: number, width: number, x: Address, gain: Address, scales: Address, dy: Address, dx: Address, dGain: Address) => void

  /**
   * Softmax attention of several heads, example by example: out = Σ over the keys a query sees of
   * softmax(q·k / √headWidth) · v.
   * @param q examples · queries rows, as `out` and the probabilities below in the order example, query
   * @param k examples · keys rows, as v
   * @param probabilities [example][head][query][key], a row of keys padded to a multiple of 4; what a query does not
   * see, and the padding, is 0
   */
  attention: (shape: AttentionShape, q: Address, k: Address, v: Address, probabilities: Address, out: Address) => void
  /**
   * The gradients of `attention`, overwriting dq, dk and dv, which have the strides of q, k and v. What no query sees has
   * gradient 0.
   * @param probabilities as attention left them; may be overwritten with anything
   * @param dOut with the stride of `out`
   */
  attentionBackward: (shape: AttentionShape, q: Address, k: Address, v: Address, probabilities: Address, dOut: Address, dq: Address, dk: Address, dv: Address) => void

  /** x = max(x, 0), in place; a multiple of 4 numbers. */
  relu: (count: number, x: Address) => void
  /** dy = 0 where y, as relu left it, is not above 0. */
  reluBackward: (count: number, y: Address, dy: Address) => void

  /**
   * Row r of x is row tokens[r] of the table plus row positions[r] of the table of positions.
   * @param tokens integers, one a row, as positions
   */
  embed: (rows: number, width: number, tokens: Address, positions: Address, table: Address, positionTable: Address, x: Address) => void
  /** Adds the gradient of `embed` to those of both tables. */
  embedBackward: (rows: number, width: number, tokens: Address, positions: Address, dx: Address, dTable: Address, dPositionTable: Address) => void

  /** Row r of y is row index[r] of x; both without gaps. */
  gatherRows: (rows: number, width: number, index: Address, x: Address, y: Address) => void
  /** Adds row r of dy to row index[r] of dx; no index twice. */
  scatterRows: (rows: number, width: number, index: Address, dy: Address, dx: Address) => void
  /**
   * Copies, or adds, one block of `count` numbers an example: from the address `from` + e · fromStride to
   * `to` + e · toStride. Concatenates the rows of two groups of tokens, example by example, and takes them apart.
   */
  copyBlocks: (examples: number, count: number, from: Address, fromStride: number, to: Address, toStride: number, add: boolean) => void

  /**
   * Cross-entropy of softmax(logits) against one right class a row; returns `scale` times the sum over rows, in nats, and
   * overwrites the logits with the gradient of that.
   * @param logits rows × classes, without gaps
   * @param targets integers, one a row
   */
  crossEntropy: (rows: number, classes: number, logits: Address, targets: Address, scale: number) => number

  /**
   * One step of Adam on `count` numbers (a multiple of 4), and of the running average of what comes out; sets the
   * gradient to 0. First moments below 1e-30 in size may be set to 0, where numbers would become denormal.
   */
  adam: (count: number, at: AdamAddresses, step: AdamStep) => void
}

export interface AttentionShape {
  readonly examples: number
  readonly heads: number
  /** Width of a head, a multiple of 4; heads stand side by side in a row. */
  readonly headWidth: number
  readonly queries: number
  readonly keys: number
  /** How many of the keys, from the first on, each query sees: `queries` integers, each from 1 to `keys`, the same in every example. */
  readonly seen: Address
  /** From one row to the next: of q and dq; of k, v, dk and dv; of out and dOut. */
  readonly queryStride: number
  readonly keyStride: number
  readonly outStride: number
}

/** Where the arrays of `adam` stand, each `count` numbers long. */
export interface AdamAddresses {
  readonly parameters: Address
  readonly gradient: Address
  readonly firstMoment: Address
  readonly secondMoment: Address
  readonly average: Address
}

/**
 * m = β₁m + (1 − β₁)g; v = β₂v + (1 − β₂)g²; parameter −= rate · (m / correction1) / (√(v / correction2) + epsilon);
 * average += averageWeight · (parameter − average).
 */
export interface AdamStep {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  /** 1 − β₁ᵗ and 1 − β₂ᵗ. */
  readonly correction1: number
  readonly correction2: number
  readonly epsilon: number
  readonly averageWeight: number
}

/** An engine with room for so many numbers and integers, all 0. */
export type CreateOps = (numbers: number, integers: number) => Ops

export const NORM_EPSILON = 1e-6

/** `count` rounded up to a multiple of 4: the length of a padded row. */
export function padded(count: number): number {
  return Math.ceil(count / 4) * 4
}
