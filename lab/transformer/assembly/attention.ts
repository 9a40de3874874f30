/**
 * Softmax attention and its gradient, head by head of example by example, in blocks of 4 queries, as products of small
 * matrices. A block works on the keys that some query of it sees, and no further. Longer than most files here: forward and backward pass
 * of one block of queries mirror each other.
 */
import { largest, LOG2_E, power, total } from './power'
import { block, SET, transpose } from './gemm'
import { ROOM } from './layout'

/** The shape of an attention, all in numbers: set by `shape`, read by the two functions after it. */
let examples: usize
let heads: usize
let width: usize
let queries: usize
let keys: usize
let seen: usize
let lengthOfRow: usize
let scale: f32
/** Bytes from a row to the next: of queries, of keys and values, of the output, of probabilities. */
let ldq: usize
let ldk: usize
let ldo: usize
let ldp: usize
/** Where the transposed keys or values of a head stand, then the slopes of its scores, then the first query of each key. */
let across: usize
let slopes: usize
let firsts: usize

/**
 * Says what shape the next attentions have.
 * @param seenAt address of how many keys each query sees
 */
export function shape(
  ofExamples: usize, ofHeads: usize, headWidth: usize, ofQueries: usize, ofKeys: usize, seenAt: usize,
  queryStride: usize, keyStride: usize, outStride: usize,
): void {
  examples = ofExamples
  heads = ofHeads
  width = headWidth
  queries = ofQueries
  keys = ofKeys
  seen = seenAt
  lengthOfRow = ofKeys + 3 & ~3
  scale = <f32>1 / Mathf.sqrt(<f32>headWidth)
  ldq = 4 * queryStride
  ldk = 4 * keyStride
  ldo = 4 * outStride
  ldp = 4 * lengthOfRow
  across = ROOM
  slopes = across + width * ldp
  firsts = slopes + queries * ldp
}

/** The outputs and, for the gradient, the probabilities [example][head][query][key]. */
export function attention(q: usize, k: usize, v: usize, p: usize, out: usize): void {
  const rows = min<usize>(4, queries)
  for (let e: usize = 0; e < examples; e++) {
    for (let h: usize = 0; h < heads; h++) {
      const ofHead = h * width * 4
      acrossOf(k + ofHead)
      for (let first: usize = 0; first < queries; first += 4) {
        // The last block reaches back over the one before: the same numbers once more.
        const query = min(first, queries - rows)
        const reach = reachOf(query, rows)
        const into = p + query * ldp
        block(q + query * ldq + ofHead, ldq, 4, across, ldp, into, ldp, rows, reach + 3 & ~3, width, SET)
        softmax(into, rows, query, reach)
        block(into, ldp, 4, v + ofHead, ldk, out + query * ldo + ofHead, ldo, rows, width, reach, SET)
      }
      p += queries * ldp
    }
    q += queries * ldq
    k += keys * ldk
    v += keys * ldk
    out += queries * ldo
  }
}

/** The gradients of q, k and v. */
export function attentionBackward(q: usize, k: usize, v: usize, p: usize, dOut: usize, dq: usize, dk: usize, dv: usize): void {
  firstQueries()
  const rows = min<usize>(4, queries)
  const columns = min<usize>(4, keys)
  for (let e: usize = 0; e < examples; e++) {
    for (let h: usize = 0; h < heads; h++) {
      const ofHead = h * width * 4
      acrossOf(v + ofHead)
      for (let first: usize = 0; first < queries; first += 4) {
        const query = min(first, queries - rows)
        const reach = reachOf(query, rows)
        const into = slopes + query * ldp
        block(dOut + query * ldo + ofHead, ldo, 4, across, ldp, into, ldp, rows, reach + 3 & ~3, width, SET)
        softmaxBackward(into, p + query * ldp, rows, reach)
        block(into, ldp, 4, k + ofHead, ldk, dq + query * ldq + ofHead, ldq, rows, width, reach, SET)
      }
      for (let first: usize = 0; first < keys; first += 4) {
        const key = min(first, keys - columns)
        const from = <usize>load<i32>(firsts + 4 * key)
        const at = from * ldp + 4 * key
        block(slopes + at, 4, ldp, q + from * ldq + ofHead, ldq, dk + key * ldk + ofHead, ldk, columns, width, queries - from, SET)
        block(p + at, 4, ldp, dOut + from * ldo + ofHead, ldo, dv + key * ldk + ofHead, ldk, columns, width, queries - from, SET)
      }
      p += queries * ldp
    }
    q += queries * ldq
    dq += queries * ldq
    k += keys * ldk
    dk += keys * ldk
    v += keys * ldk
    dv += keys * ldk
    dOut += queries * ldo
  }
}

/** The keys or values of a head, transposed: a row for each of its columns, its padding 0. */
function acrossOf(from: usize): void {
  transpose(from, ldk, across, ldp, keys, width)
  if (keys == lengthOfRow) return
  for (let column: usize = 0; column < width; column++) {
    for (let key = keys; key < lengthOfRow; key++) store<f32>(across + column * ldp + 4 * key, 0)
  }
}

/** The most keys that a query of a block sees. */
// @ts-ignore: decorator
@inline
function reachOf(query: usize, rows: usize): usize {
  let reach = load<i32>(seen + 4 * query)
  for (let row: usize = 1; row < rows; row++) reach = max(reach, load<i32>(seen + 4 * (query + row)))
  return reach
}

/** For each key the first query that sees it. A query that sees a key sees those before it, so they come in order. */
function firstQueries(): void {
  let query: usize = 0
  for (let key: usize = 0; key < keys; key++) {
    while (query < queries && <usize>load<i32>(seen + 4 * query) <= key) query++
    store<i32>(firsts + 4 * key, query)
  }
}

/**
 * Four rows of scores, not yet scaled, to probabilities; 0 where a query does not see. They go side by side, because one
 * alone would wait for its own sums. Where there are fewer than four, the last is taken for those that are missing: all
 * loads come before the stores.
 */
function softmax(row0: usize, rows: usize, query: usize, reach: usize): void {
  const row1 = row0 + min<usize>(1, rows - 1) * ldp
  const row2 = row0 + min<usize>(2, rows - 1) * ldp
  const row3 = row0 + min<usize>(3, rows - 1) * ldp
  const last0 = lastSeen(query)
  const last1 = lastSeen(query + min<usize>(1, rows - 1))
  const last2 = lastSeen(query + min<usize>(2, rows - 1))
  const last3 = lastSeen(query + min<usize>(3, rows - 1))
  const end = (reach + 3 & ~3) * 4

  // A score or'ed with the mask of what is not seen is no number, which pmax(m, x), m < x ? x : m, passes over.
  let m0 = f32x4.splat(-Infinity), m1 = m0, m2 = m0, m3 = m0
  let lanes = i32x4(0, 1, 2, 3)
  const four = i32x4.splat(4)
  for (let at: usize = 0; at < end; at += 16) {
    m0 = f32x4.pmax(m0, v128.or(v128.load(row0 + at), i32x4.gt_s(lanes, last0)))
    m1 = f32x4.pmax(m1, v128.or(v128.load(row1 + at), i32x4.gt_s(lanes, last1)))
    m2 = f32x4.pmax(m2, v128.or(v128.load(row2 + at), i32x4.gt_s(lanes, last2)))
    m3 = f32x4.pmax(m3, v128.or(v128.load(row3 + at), i32x4.gt_s(lanes, last3)))
    lanes = i32x4.add(lanes, four)
  }
  m0 = largest(m0)
  m1 = largest(m1)
  m2 = largest(m2)
  m3 = largest(m3)

  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0
  lanes = i32x4(0, 1, 2, 3)
  const scales = f32x4.splat(scale * LOG2_E)
  for (let at: usize = 0; at < end; at += 16) {
    const e0 = v128.andnot(power(f32x4.mul(scales, f32x4.sub(v128.load(row0 + at), m0))), i32x4.gt_s(lanes, last0))
    const e1 = v128.andnot(power(f32x4.mul(scales, f32x4.sub(v128.load(row1 + at), m1))), i32x4.gt_s(lanes, last1))
    const e2 = v128.andnot(power(f32x4.mul(scales, f32x4.sub(v128.load(row2 + at), m2))), i32x4.gt_s(lanes, last2))
    const e3 = v128.andnot(power(f32x4.mul(scales, f32x4.sub(v128.load(row3 + at), m3))), i32x4.gt_s(lanes, last3))
    v128.store(row0 + at, e0)
    v128.store(row1 + at, e1)
    v128.store(row2 + at, e2)
    v128.store(row3 + at, e3)
    s0 = f32x4.add(s0, e0)
    s1 = f32x4.add(s1, e1)
    s2 = f32x4.add(s2, e2)
    s3 = f32x4.add(s3, e3)
    lanes = i32x4.add(lanes, four)
  }
  const one = f32x4.splat(1)
  s0 = f32x4.div(one, total(s0))
  s1 = f32x4.div(one, total(s1))
  s2 = f32x4.div(one, total(s2))
  s3 = f32x4.div(one, total(s3))

  let at: usize = 0
  for (; at < end; at += 16) {
    const p0 = f32x4.mul(s0, v128.load(row0 + at))
    const p1 = f32x4.mul(s1, v128.load(row1 + at))
    const p2 = f32x4.mul(s2, v128.load(row2 + at))
    const p3 = f32x4.mul(s3, v128.load(row3 + at))
    v128.store(row0 + at, p0)
    v128.store(row1 + at, p1)
    v128.store(row2 + at, p2)
    v128.store(row3 + at, p3)
  }
  clear(row0, row1, row2, row3, at)
}

/** The number of the last key that a query sees, in four lanes. */
// @ts-ignore: decorator
@inline
function lastSeen(query: usize): v128 {
  return i32x4.splat(load<i32>(seen + 4 * query) - 1)
}

/** Four rows of slopes of probabilities, likewise, to slopes of scores before scaling; 0 where a query does not see. */
function softmaxBackward(row0: usize, p0: usize, rows: usize, reach: usize): void {
  const row1 = row0 + min<usize>(1, rows - 1) * ldp
  const row2 = row0 + min<usize>(2, rows - 1) * ldp
  const row3 = row0 + min<usize>(3, rows - 1) * ldp
  const p1 = p0 + (row1 - row0)
  const p2 = p0 + (row2 - row0)
  const p3 = p0 + (row3 - row0)
  const end = (reach + 3 & ~3) * 4
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0
  for (let at: usize = 0; at < end; at += 16) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(p0 + at), v128.load(row0 + at)))
    s1 = f32x4.add(s1, f32x4.mul(v128.load(p1 + at), v128.load(row1 + at)))
    s2 = f32x4.add(s2, f32x4.mul(v128.load(p2 + at), v128.load(row2 + at)))
    s3 = f32x4.add(s3, f32x4.mul(v128.load(p3 + at), v128.load(row3 + at)))
  }
  s0 = total(s0)
  s1 = total(s1)
  s2 = total(s2)
  s3 = total(s3)
  const scales = f32x4.splat(scale)
  let at: usize = 0
  for (; at < end; at += 16) {
    const d0 = f32x4.mul(f32x4.mul(scales, v128.load(p0 + at)), f32x4.sub(v128.load(row0 + at), s0))
    const d1 = f32x4.mul(f32x4.mul(scales, v128.load(p1 + at)), f32x4.sub(v128.load(row1 + at), s1))
    const d2 = f32x4.mul(f32x4.mul(scales, v128.load(p2 + at)), f32x4.sub(v128.load(row2 + at), s2))
    const d3 = f32x4.mul(f32x4.mul(scales, v128.load(p3 + at)), f32x4.sub(v128.load(row3 + at), s3))
    v128.store(row0 + at, d0)
    v128.store(row1 + at, d1)
    v128.store(row2 + at, d2)
    v128.store(row3 + at, d3)
  }
  clear(row0, row1, row2, row3, at)
}

/** 0 from `at` to the end of four rows. */
// @ts-ignore: decorator
@inline
function clear(row0: usize, row1: usize, row2: usize, row3: usize, at: usize): void {
  const zero = f32x4.splat(0)
  for (; at < ldp; at += 16) {
    v128.store(row0 + at, zero)
    v128.store(row1 + at, zero)
    v128.store(row2 + at, zero)
    v128.store(row3 + at, zero)
  }
}
