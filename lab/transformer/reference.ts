/**
 * The arithmetic of the Transformers in plain TypeScript and double precision: the reference that a faster engine is
 * compared with, and its stand-in where there is none.
 */
import exp from '@stdlib/math-base-special-exp'
import ln from '@stdlib/math-base-special-ln'
import { NORM_EPSILON, padded, type AttentionShape, type Ops } from './ops.ts'

export function createReference(numberCount: number, integerCount: number): Ops {
  const numbers = new Float64Array(numberCount)
  const integers = new Int32Array(integerCount)

  /** Σ of products of two runs of numbers. */
  function dot(count: number, a: number, b: number): number {
    let sum = 0
    for (let i = 0; i < count; i++) sum += numbers[a + i]! * numbers[b + i]!
    return sum
  }

  /** y += factor · x. */
  function addScaled(count: number, factor: number, x: number, y: number): void {
    for (let i = 0; i < count; i++) numbers[y + i] = numbers[y + i]! + factor * numbers[x + i]!
  }

  function clearRows(rows: number, count: number, at: number, stride: number): void {
    for (let r = 0; r < rows; r++) numbers.fill(0, at + r * stride, at + r * stride + count)
  }

  /** Calls `each` with the addresses of one query of one head, in a fixed order. */
  function eachQuery(shape: AttentionShape, each: (query: number, key: number, row: number, out: number, seen: number) => void): void {
    const { examples, heads, headWidth, queries, keys, seen, queryStride, keyStride, outStride } = shape
    const rowStride = padded(keys)
    for (let e = 0; e < examples; e++) {
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < queries; i++) {
          const row = e * queries + i
          each(
            row * queryStride + h * headWidth, e * keys * keyStride + h * headWidth,
            ((e * heads + h) * queries + i) * rowStride, row * outStride + h * headWidth, integers[seen + i]!,
          )
        }
      }
    }
  }

  return {
    numbers,
    integers,

    gemmNN(m, n, k, a, aStride, b, bStride, c, cStride, add) {
      if (!add) clearRows(m, n, c, cStride)
      for (let i = 0; i < m; i++) {
        for (let p = 0; p < k; p++) addScaled(n, numbers[a + i * aStride + p]!, b + p * bStride, c + i * cStride)
      }
    },

    gemmNT(m, n, k, a, aStride, b, bStride, c, cStride, add) {
      if (!add) clearRows(m, n, c, cStride)
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const at = c + i * cStride + j
          numbers[at] = numbers[at]! + dot(k, a + i * aStride, b + j * bStride)
        }
      }
    },

    gemmTN(m, n, k, a, aStride, b, bStride, c, cStride, add) {
      if (!add) clearRows(m, n, c, cStride)
      for (let p = 0; p < k; p++) {
        for (let i = 0; i < m; i++) addScaled(n, numbers[a + p * aStride + i]!, b + p * bStride, c + i * cStride)
      }
    },

    rmsNorm(rows, width, x, gain, y, scales) {
      for (let r = 0; r < rows; r++) {
        const at = x + r * width
        const scale = 1 / Math.sqrt(dot(width, at, at) / width + NORM_EPSILON)
        numbers[scales + r] = scale
        for (let i = 0; i < width; i++) numbers[y + r * width + i] = numbers[at + i]! * scale * numbers[gain + i]!
      }
    },

    rmsNormBackward(rows, width, x, gain, scales, dy, dx, dGain) {
      for (let r = 0; r < rows; r++) {
        const at = x + r * width
        const scale = numbers[scales + r]!
        let projection = 0
        for (let i = 0; i < width; i++) {
          const slope = numbers[dy + r * width + i]!
          const normed = numbers[at + i]! * scale
          numbers[dGain + i] = numbers[dGain + i]! + slope * normed
          projection += slope * numbers[gain + i]! * normed
        }
        projection /= width
        for (let i = 0; i < width; i++) {
          const slope = numbers[dy + r * width + i]! * numbers[gain + i]! - numbers[at + i]! * scale * projection
          numbers[dx + r * width + i] = numbers[dx + r * width + i]! + scale * slope
        }
      }
    },

    attention(shape, q, k, v, probabilities, out) {
      const { headWidth, keys, keyStride } = shape
      const scale = 1 / Math.sqrt(headWidth)
      const rowStride = padded(keys)
      eachQuery(shape, (query, key, row, into, seen) => {
        const p = probabilities + row
        let most = -Infinity
        for (let j = 0; j < seen; j++) {
          const score = scale * dot(headWidth, q + query, k + key + j * keyStride)
          numbers[p + j] = score
          if (score > most) most = score
        }
        let sum = 0
        for (let j = 0; j < seen; j++) {
          const weight = exp(numbers[p + j]! - most)
          numbers[p + j] = weight
          sum += weight
        }
        numbers.fill(0, p + seen, p + rowStride)
        numbers.fill(0, out + into, out + into + headWidth)
        for (let j = 0; j < seen; j++) {
          numbers[p + j] = numbers[p + j]! / sum
          addScaled(headWidth, numbers[p + j]!, v + key + j * keyStride, out + into)
        }
      })
    },

    attentionBackward(shape, q, k, v, probabilities, dOut, dq, dk, dv) {
      const { examples, heads, headWidth, queries, keys, keyStride, queryStride } = shape
      const scale = 1 / Math.sqrt(headWidth)
      clearRows(examples * queries, heads * headWidth, dq, queryStride)
      clearRows(examples * keys, heads * headWidth, dk, keyStride)
      clearRows(examples * keys, heads * headWidth, dv, keyStride)
      const slopes = new Float64Array(keys)
      eachQuery(shape, (query, key, row, from, seen) => {
        const p = probabilities + row
        let mean = 0
        for (let j = 0; j < seen; j++) {
          const slope = dot(headWidth, dOut + from, v + key + j * keyStride)
          slopes[j] = slope
          mean += slope * numbers[p + j]!
        }
        for (let j = 0; j < seen; j++) {
          const weight = numbers[p + j]!
          const slope = scale * weight * (slopes[j]! - mean)
          addScaled(headWidth, weight, dOut + from, dv + key + j * keyStride)
          addScaled(headWidth, slope, k + key + j * keyStride, dq + query)
          addScaled(headWidth, slope, q + query, dk + key + j * keyStride)
        }
      })
    },

    relu(count, x) {
      for (let i = x; i < x + count; i++) {
        if (!(numbers[i]! > 0)) numbers[i] = 0
      }
    },

    reluBackward(count, y, dy) {
      for (let i = 0; i < count; i++) {
        if (!(numbers[y + i]! > 0)) numbers[dy + i] = 0
      }
    },

    embed(rows, width, tokens, positions, table, positionTable, x) {
      for (let r = 0; r < rows; r++) {
        const token = table + integers[tokens + r]! * width
        const position = positionTable + integers[positions + r]! * width
        for (let i = 0; i < width; i++) numbers[x + r * width + i] = numbers[token + i]! + numbers[position + i]!
      }
    },

    embedBackward(rows, width, tokens, positions, dx, dTable, dPositionTable) {
      for (let r = 0; r < rows; r++) {
        addScaled(width, 1, dx + r * width, dTable + integers[tokens + r]! * width)
        addScaled(width, 1, dx + r * width, dPositionTable + integers[positions + r]! * width)
      }
    },

    gatherRows(rows, width, index, x, y) {
      for (let r = 0; r < rows; r++) {
        const from = x + integers[index + r]! * width
        numbers.copyWithin(y + r * width, from, from + width)
      }
    },

    scatterRows(rows, width, index, dy, dx) {
      for (let r = 0; r < rows; r++) addScaled(width, 1, dy + r * width, dx + integers[index + r]! * width)
    },

    copyBlocks(examples, count, from, fromStride, to, toStride, add) {
      for (let e = 0; e < examples; e++) {
        if (!add) numbers.fill(0, to + e * toStride, to + e * toStride + count)
        addScaled(count, 1, from + e * fromStride, to + e * toStride)
      }
    },

    crossEntropy(rows, classes, logits, targets, scale) {
      let loss = 0
      for (let r = 0; r < rows; r++) {
        const at = logits + r * classes
        const target = at + integers[targets + r]!
        let most = -Infinity
        for (let i = at; i < at + classes; i++) most = Math.max(most, numbers[i]!)
        let sum = 0
        for (let i = at; i < at + classes; i++) sum += exp(numbers[i]! - most)
        loss += ln(sum) + most - numbers[target]!
        for (let i = at; i < at + classes; i++) {
          const probability = exp(numbers[i]! - most) / sum
          numbers[i] = scale * (probability - (i === target ? 1 : 0))
        }
      }
      return scale * loss
    },

    adam(count, at, { rate, beta1, beta2, correction1, correction2, epsilon, averageWeight }) {
      for (let i = 0; i < count; i++) {
        const slope = numbers[at.gradient + i]!
        const first = beta1 * numbers[at.firstMoment + i]! + (1 - beta1) * slope
        const second = beta2 * numbers[at.secondMoment + i]! + (1 - beta2) * slope * slope
        const value = numbers[at.parameters + i]! - rate * (first / correction1) / (Math.sqrt(second / correction2) + epsilon)
        const average = numbers[at.average + i]!
        numbers[at.firstMoment + i] = first
        numbers[at.secondMoment + i] = second
        numbers[at.parameters + i] = value
        numbers[at.average + i] = average + averageWeight * (value - average)
        numbers[at.gradient + i] = 0
      }
    },
  }
}
