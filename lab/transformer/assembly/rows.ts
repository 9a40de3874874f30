/** What is done row by row: norms, ReLU, tables of vectors, copies; widths and counts are multiples of 4. */
import { total } from './power'

/** y = x · gain · s with s = 1 / √(mean of x² + epsilon), which is kept in `scales`. */
export function rmsNorm(rows: usize, width: usize, x: usize, gain: usize, y: usize, scales: usize, epsilon: f32): void {
  const bytes = width * 4
  const share = <f32>1 / <f32>width
  for (let row: usize = 0; row < rows; row++, x += bytes, y += bytes, scales += 4) {
    let squares = f32x4.splat(0)
    for (let at: usize = 0; at < bytes; at += 16) squares = f32x4.add(squares, f32x4.mul(v128.load(x + at), v128.load(x + at)))
    const scale = <f32>1 / Mathf.sqrt(f32x4.extract_lane(total(squares), 0) * share + epsilon)
    store<f32>(scales, scale)
    const scaled = f32x4.splat(scale)
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(y + at, f32x4.mul(f32x4.mul(v128.load(x + at), scaled), v128.load(gain + at)))
  }
}

/** Adds to dx and dGain. */
export function rmsNormBackward(rows: usize, width: usize, x: usize, gain: usize, scales: usize, dy: usize, dx: usize, dGain: usize): void {
  const bytes = width * 4
  const share = <f32>1 / <f32>width
  for (let row: usize = 0; row < rows; row++, x += bytes, dy += bytes, dx += bytes, scales += 4) {
    const scale = v128.load32_splat(scales)
    let sum = f32x4.splat(0)
    for (let at: usize = 0; at < bytes; at += 16) {
      const slope = f32x4.mul(v128.load(dy + at), f32x4.mul(v128.load(x + at), scale))
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), slope))
      sum = f32x4.add(sum, f32x4.mul(slope, v128.load(gain + at)))
    }
    const projection = f32x4.mul(scale, f32x4.mul(total(sum), f32x4.splat(share)))
    for (let at: usize = 0; at < bytes; at += 16) {
      const slope = f32x4.sub(f32x4.mul(v128.load(dy + at), v128.load(gain + at)), f32x4.mul(v128.load(x + at), projection))
      v128.store(dx + at, f32x4.add(v128.load(dx + at), f32x4.mul(scale, slope)))
    }
  }
}

/** x = max(x, 0). */
export function relu(count: usize, x: usize): void {
  // pmax(0, x) is 0 < x ? x : 0, one instruction.
  for (const end = x + 4 * count; x < end; x += 16) v128.store(x, f32x4.pmax(f32x4.splat(0), v128.load(x)))
}

/** dy = 0 where y is not above 0. */
export function reluBackward(count: usize, y: usize, dy: usize): void {
  for (const end = y + 4 * count; y < end; y += 16, dy += 16) v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), f32x4.splat(0))))
}

/** Row r of x is row tokens[r] of one table plus row positions[r] of the other. */
export function embed(rows: usize, width: usize, tokens: usize, positions: usize, table: usize, positionTable: usize, x: usize): void {
  const bytes = width * 4
  for (let row: usize = 0; row < rows; row++, x += bytes) {
    const token = table + <usize>load<i32>(tokens + 4 * row) * bytes
    const position = positionTable + <usize>load<i32>(positions + 4 * row) * bytes
    for (let at: usize = 0; at < bytes; at += 16) v128.store(x + at, f32x4.add(v128.load(token + at), v128.load(position + at)))
  }
}

/** Row r of y is row index[r] of x. */
export function gatherRows(rows: usize, width: usize, index: usize, x: usize, y: usize): void {
  const bytes = width * 4
  for (let row: usize = 0; row < rows; row++) memory.copy(y + row * bytes, x + <usize>load<i32>(index + 4 * row) * bytes, bytes)
}

/** Adds row r of dy to row index[r] of dx, in the order of the rows. */
export function scatterRows(rows: usize, width: usize, index: usize, dy: usize, dx: usize): void {
  const bytes = width * 4
  for (let row: usize = 0; row < rows; row++) add(width, dy + row * bytes, dx + <usize>load<i32>(index + 4 * row) * bytes)
}

/** Copies, or adds, `count` numbers of each example; strides in bytes. */
export function copyBlocks(examples: usize, count: usize, from: usize, fromStride: usize, to: usize, toStride: usize, adds: bool): void {
  for (let e: usize = 0; e < examples; e++, from += fromStride, to += toStride) {
    if (adds) add(count, from, to)
    else memory.copy(to, from, 4 * count)
  }
}

// @ts-ignore: decorator
@inline
function add(count: usize, x: usize, y: usize): void {
  for (let at: usize = 0; at < 4 * count; at += 16) v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(x + at)))
}
