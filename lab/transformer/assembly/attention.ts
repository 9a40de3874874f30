/**
 * Softmax attention and its gradient, head by head of example by example, in blocks of 4 queries, as products of small
 * matrices. A block works on the keys that some query of it sees, and no further.
 */
import { exp, largest, total } from './exp'
import { block, SET, transpose, transposedBlock } from './gemm'
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
        block(q + query * ldq + ofHead, ldq, across, ldp, into, ldp, rows, reach + 3 & ~3, width, SET)
        for (let row: usize = 0; row < rows; row++) softmax(into + row * ldp, load<i32>(seen + 4 * (query + row)))
        block(into, ldp, v + ofHead, ldk, out + query * ldo + ofHead, ldo, rows, width, reach, SET)
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
        block(dOut + query * ldo + ofHead, ldo, across, ldp, into, ldp, rows, reach + 3 & ~3, width, SET)
        for (let row: usize = 0; row < rows; row++) softmaxBackward(into + row * ldp, p + (query + row) * ldp, load<i32>(seen + 4 * (query + row)))
        block(into, ldp, k + ofHead, ldk, dq + query * ldq + ofHead, ldq, rows, width, reach, SET)
      }
      for (let first: usize = 0; first < keys; first += 4) {
        const key = min(first, keys - columns)
        const from = <usize>load<i32>(firsts + 4 * key)
        const at = from * ldp + 4 * key
        transposedBlock(slopes + at, ldp, q + from * ldq + ofHead, ldq, dk + key * ldk + ofHead, ldk, columns, width, queries - from, SET)
        transposedBlock(p + at, ldp, dOut + from * ldo + ofHead, ldo, dv + key * ldk + ofHead, ldk, columns, width, queries - from, SET)
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

/** The first `count` lanes of a vector of scores. */
// @ts-ignore: decorator
@inline
function lanes(count: usize): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>count))
}

/** A row of scores, not yet scaled, to probabilities; 0 beyond the first `count`. */
function softmax(row: usize, count: usize): void {
  const scales = f32x4.splat(scale)
  const full = row + 4 * (count & ~3)
  const end = row + ldp
  const rest = lanes(count & 3)
  let most = f32x4.splat(-Infinity)
  let at = row
  for (; at < full; at += 16) most = f32x4.pmax(most, v128.load(at))
  if (at < end) most = f32x4.pmax(most, v128.bitselect(v128.load(at), f32x4.splat(-Infinity), rest))
  most = f32x4.mul(scales, largest(most))
  let sum = f32x4.splat(0)
  for (at = row; at < full; at += 16) {
    const power = exp(f32x4.sub(f32x4.mul(scales, v128.load(at)), most))
    v128.store(at, power)
    sum = f32x4.add(sum, power)
  }
  if (at < end) {
    const power = v128.and(exp(f32x4.sub(f32x4.mul(scales, v128.load(at)), most)), rest)
    v128.store(at, power)
    sum = f32x4.add(sum, power)
    for (at += 16; at < end; at += 16) v128.store(at, f32x4.splat(0))
  }
  const share = f32x4.div(f32x4.splat(1), total(sum))
  const last = row + 4 * (count + 3 & ~3)
  for (at = row; at < last; at += 16) v128.store(at, f32x4.mul(share, v128.load(at)))
}

/** A row of slopes of probabilities to slopes of scores before scaling; 0 beyond the first `count`. */
function softmaxBackward(row: usize, p: usize, count: usize): void {
  const last = (count + 3 & ~3) * 4
  let sum = f32x4.splat(0)
  for (let at: usize = 0; at < last; at += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(p + at), v128.load(row + at)))
  const mean = total(sum)
  const scales = f32x4.splat(scale)
  let at: usize = 0
  for (; at < last; at += 16)
    v128.store(row + at, f32x4.mul(f32x4.mul(scales, v128.load(p + at)), f32x4.sub(v128.load(row + at), mean)))
  for (; at < ldp; at += 16) v128.store(row + at, f32x4.splat(0))
}
