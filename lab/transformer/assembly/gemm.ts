/**
 * Matrix products: C = A·B and C = Aᵀ·B, row-major with a stride for each matrix, in tiles of 4 rows and 8 columns whose
 * sums stay in registers. A·Bᵀ is A·B after `transpose`.
 */
import { ROOM } from './layout'

/** Bytes of a 128-bit vector. */
const VECTOR: usize = 16
/** Bytes of the part of B, or of A and B, that stay in the first-level cache while tiles go over them. */
const NEAR: usize = 24576

/** What happens with a finished sum: it overwrites C, or is added to it. */
export const SET: i32 = 0
export const ADD: i32 = 1

/**
 * C (m × n) = A (m × k) · B (k × n); n a multiple of 4.
 * @param lda bytes from a row of A to the next; ldb and ldc likewise
 */
export function product(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: usize, n: usize, k: usize, how: i32): void {
  // As many columns of B at a time as stay near.
  const columns = panel(k)
  for (let first: usize = 0; first < n; first += columns)
    block(a, lda, 4, b + 4 * first, ldb, c + 4 * first, ldc, m, min(columns, n - first), k, how)
}

/** C (m × n) = A (m × k) · Bᵀ for B (n × k); n and k multiples of 4. A part of Bᵀ at a time stands in the room. */
export function productTransposed(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: usize, n: usize, k: usize, how: i32): void {
  const columns = panel(k)
  for (let first: usize = 0; first < n; first += columns) {
    const some = min(columns, n - first)
    transpose(b + first * ldb, ldb, ROOM, 4 * some, some, k)
    block(a, lda, 4, ROOM, 4 * some, c + 4 * first, ldc, m, some, k, how)
  }
}

/** C (m × n) = Aᵀ·B for A (k × m) and B (k × n); m and n multiples of 4. */
export function transposedProduct(a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: usize, n: usize, k: usize, how: i32): void {
  // As many rows of A and B at a time as stay near; the sums wait in C between.
  const rows = max<usize>(16, NEAR / (4 * (m + n)))
  for (let first: usize = 0; first == 0 || first < k; first += rows)
    block(a + first * lda, 4, lda, b + first * ldb, ldb, c, ldc, m, n, min(rows, k - first), first == 0 ? how : ADD)
}

/**
 * C = A·B without a thought for what stays near: for small matrices.
 * @param rowOfA bytes from a row of A to the next, and `step` from a number of a row to the next: lda and 4, or 4 and lda
 *   where A is transposed
 */
export function block(a: usize, rowOfA: usize, step: usize, b: usize, ldb: usize, c: usize, ldc: usize, m: usize, n: usize, k: usize, how: i32): void {
  let row: usize = 0
  for (; row + 4 <= m; row += 4) {
    const from = a + row * rowOfA
    const into = c + row * ldc
    let column: usize = 0
    for (; column + 8 <= n; column += 8) tile(from, rowOfA, step, b + 4 * column, ldb, into + 4 * column, ldc, k, how)
    if (column < n) narrowTile(from, rowOfA, step, b + 4 * column, ldb, into + 4 * column, ldc, k, how)
  }
  for (; row < m; row++) {
    for (let column: usize = 0; column < n; column += 4) oneTile(a + row * rowOfA, step, b + 4 * column, ldb, c + row * ldc + 4 * column, k, how)
  }
}

/** Bᵀ (columns × rows) of B (rows × columns), in blocks of 4 × 4; columns a multiple of 4, of the rows any number. */
export function transpose(b: usize, ldb: usize, into: usize, ldi: usize, rows: usize, columns: usize): void {
  let row: usize = 0
  for (; row + 4 <= rows; row += 4) {
    for (let column: usize = 0; column < columns; column += 4) {
      const from = b + row * ldb + 4 * column
      const r0 = v128.load(from)
      const r1 = v128.load(from + ldb)
      const r2 = v128.load(from + 2 * ldb)
      const r3 = v128.load(from + 3 * ldb)
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
      const to = into + column * ldi + 4 * row
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5))
      v128.store(to + ldi, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7))
      v128.store(to + 2 * ldi, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5))
      v128.store(to + 3 * ldi, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7))
    }
  }
  for (; row < rows; row++) {
    for (let column: usize = 0; column < columns; column++)
      store<f32>(into + column * ldi + 4 * row, load<f32>(b + row * ldb + 4 * column))
  }
}

/** 4 rows of A times 8 columns of B. */
function tile(a0: usize, rowOfA: usize, step: usize, b: usize, ldb: usize, c: usize, ldc: usize, k: usize, how: i32): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00
  const row2 = rowOfA + rowOfA
  const row3 = row2 + rowOfA
  const end = a0 + k * step
  while (a0 < end) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, VECTOR)
    let x = v128.load32_splat(a0)
    s00 = f32x4.add(s00, f32x4.mul(x, b0))
    s01 = f32x4.add(s01, f32x4.mul(x, b1))
    x = v128.load32_splat(a0 + rowOfA)
    s10 = f32x4.add(s10, f32x4.mul(x, b0))
    s11 = f32x4.add(s11, f32x4.mul(x, b1))
    x = v128.load32_splat(a0 + row2)
    s20 = f32x4.add(s20, f32x4.mul(x, b0))
    s21 = f32x4.add(s21, f32x4.mul(x, b1))
    x = v128.load32_splat(a0 + row3)
    s30 = f32x4.add(s30, f32x4.mul(x, b0))
    s31 = f32x4.add(s31, f32x4.mul(x, b1))
    a0 += step
    b += ldb
  }
  keep(c, s00, s01, how)
  keep(c + ldc, s10, s11, how)
  keep(c + 2 * ldc, s20, s21, how)
  keep(c + 3 * ldc, s30, s31, how)
}

/** 4 rows of A times 4 columns of B. */
function narrowTile(a0: usize, rowOfA: usize, step: usize, b: usize, ldb: usize, c: usize, ldc: usize, k: usize, how: i32): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0
  const row2 = rowOfA + rowOfA
  const row3 = row2 + rowOfA
  const end = a0 + k * step
  while (a0 < end) {
    const b0 = v128.load(b)
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(a0), b0))
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(a0 + rowOfA), b0))
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(a0 + row2), b0))
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(a0 + row3), b0))
    a0 += step
    b += ldb
  }
  keepFour(c, s0, how)
  keepFour(c + ldc, s1, how)
  keepFour(c + 2 * ldc, s2, how)
  keepFour(c + 3 * ldc, s3, how)
}

/** 1 row or column of A, whose numbers are `step` bytes apart, times 4 columns of B: what is left below the tiles of 4 rows. */
function oneTile(a: usize, step: usize, b: usize, ldb: usize, c: usize, k: usize, how: i32): void {
  let s = f32x4.splat(0)
  const end = a + k * step
  for (; a < end; a += step, b += ldb) s = f32x4.add(s, f32x4.mul(v128.load32_splat(a), v128.load(b)))
  keepFour(c, s, how)
}

// @ts-ignore: decorator
@inline
function keep(c: usize, s0: v128, s1: v128, how: i32): void {
  keepFour(c, s0, how)
  keepFour(c + VECTOR, s1, how)
}

// @ts-ignore: decorator
@inline
function keepFour(c: usize, sum: v128, how: i32): void {
  v128.store(c, how == ADD ? f32x4.add(v128.load(c), sum) : sum)
}

/** How many columns of k numbers stay near. */
// @ts-ignore: decorator
@inline
function panel(k: usize): usize {
  return max<usize>(8, NEAR / (4 * max<usize>(1, k)) & ~7)
}
