/** The cost formulas: published counts to the last parameter, the memory figures of the source document, and what must hold for every shape. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LlamaShape, MambaShape, ModelShape } from '../../data/architectures.ts'
import { base2017, cacheContexts, cacheModels, cacheVariants, chatScenario, lowRankHeads, modelOf, publishedModels, rwkv4With7B, shapeOf, stateModels, stateShapeOf } from '../../data/architectures.ts'
import { sourceOf } from '../../data/sources.ts'
import type { RemovalStep } from '../../lab/architecture-costs.ts'
import {
  attentionMask,
  blockShapeOf,
  chatCosts,
  gptParameters,
  kvBytesPerToken,
  kvShapeOf,
  llamaKv,
  llamaParameters,
  lowRankBytesPerToken,
  mambaStateBytes,
  parameters,
  removalCosts,
  rwkv4Parameters,
  rwkv4StateBytes,
  stateBytesOf,
  t5Kv,
  t5Parameters,
} from '../../lab/architecture-costs.ts'

const KIB = 1024
const MIB = 1024 * KIB
const GIB = 1024 * MIB
const llama7b = shapeOf('Llama-2-7B', 'llama')
const llama70b = shapeOf('Llama-2-70B', 'llama')

const width = fc.integer({ min: 1, max: 512 }).map(n => 32 * n)
const layers = fc.integer({ min: 1, max: 200 })
const stack = fc.record({ dModel: width, layers })
const removalStep = fc.constantFrom<RemovalStep>(0, 1, 2, 3, 4)

describe('parameter counts', () => {
  // Typed here a second time from the papers, so that a slip in the data table is seen.
  const counts: Record<string, number> = {
    'T5-small': 60_506_624,
    'T5-base': 222_903_552,
    'T5-large': 737_668_096,
    'T5-3B': 2_851_598_336,
    'T5-11B': 11_307_321_344,
    'GPT-2 small': 124_439_808,
    'GPT-2 XL': 1_557_611_200,
    'GPT-3': 174_604_259_328,
    'Llama-2-7B': 6_738_415_616,
    'Llama-2-13B': 13_015_864_320,
    'Llama-2-70B': 68_976_648_192,
    'Mamba-130M': 129_135_360,
    'Mamba-2.8B': 2_768_345_600,
    'RWKV-4 169M': 169_342_464,
    'RWKV-4 1.5B': 1_515_106_304,
    'RWKV-4 3B': 2_984_627_200,
  }

  it('are tested for every published model', () => {
    expect(publishedModels.map(model => model.name)).toEqual(Object.keys(counts))
  })

  it.each(Object.entries(counts))('of %s come out as published, %i, with difference 0', (name, published) => {
    const model = modelOf(name)
    expect(parameters(model.shape) - published).toBe(0)
    expect(model.parameters).toBe(published)
  })

  it('name a source each', () => {
    for (const { sources } of [...publishedModels, base2017, ...cacheVariants]) {
      expect(sources.length).toBeGreaterThan(0)
      for (const id of sources)
        expect(sourceOf(id).short).not.toBe('')
    }
  })

  it('grow with every dimension of every shape', () => {
    fc.assert(fc.property(fc.constantFrom(...publishedModels), fc.constantFrom('vocabulary', 'layers'), (model, dimension) => {
      const grown = { ...model.shape, [dimension]: model.shape[dimension] + 8 } as ModelShape
      expect(parameters(grown)).toBeGreaterThan(parameters(model.shape))
    }))
  })

  it('of grouped-query attention with as many key and value heads as heads are those of multi-head attention', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 256 }), layers, (heads, headWidth, L) => {
      const d = heads * headWidth
      const shape = { vocabulary: 32_000, dModel: d, dFf: 4 * d, heads, kvHeads: heads, layers: L }
      expect(llamaParameters(shape)).toBe(2 * 32_000 * d + L * (4 * d * d + 12 * d * d + 2 * d) + d)
    }))
  })

  it('say which value is out of which limit', () => {
    expect(() => gptParameters({ vocabulary: 50_257, dModel: 768, layers: 0, context: 1024 })).toThrow('layers is an integer from 1 on; got 0.')
    expect(() => rwkv4Parameters({ vocabulary: 50_277, dModel: 76.8, layers: 12 })).toThrow('dModel is an integer from 1 on; got 76.8.')
    expect(() => t5Parameters({ vocabulary: Number.NaN, dModel: 512, dFf: 2048, headWidth: 64, heads: 8, layers: 6 })).toThrow('vocabulary is an integer from 1 on; got NaN.')
    expect(() => llamaParameters({ ...llama7b, heads: 33 })).toThrow('heads must divide dModel = 4096; got 33.')
    expect(() => llamaParameters({ ...llama7b, kvHeads: 5 })).toThrow('kvHeads must divide heads = 32; got 5.')
    expect(() => removalCosts(4, { dModel: 2 ** 30, layers: 96 })).toThrow('beyond 9007199254740991')
    expect(() => modelOf('GPT-5')).toThrow('Unknown model “GPT-5”')
    expect(() => shapeOf('GPT-3', 'llama')).toThrow('GPT-3 is of the family “gpt”, not “llama”.')
  })
})

describe('the generic form', () => {
  it('is the T5 formula without embeddings, norms and positions, and the GPT formula without biases', () => {
    fc.assert(fc.property(stack, ({ dModel: d, layers: L }) => {
      const t5 = t5Parameters({ vocabulary: 1, dModel: d, dFf: 4 * d, headWidth: d / 32, heads: 32, layers: L })
      expect(removalCosts(0, { dModel: d, layers: L }).parameters).toBe(t5 - d - 5 * d * L - 2 * d - 2 * 32 * 32)
      const gpt = gptParameters({ vocabulary: 1, dModel: d, layers: L, context: 1 })
      expect(removalCosts(4, { dModel: d, layers: L }).parameters).toBe(gpt - 2 * d - 13 * d * L - 2 * d)
    }))
  })

  it('has 28/12 = 2.33 times the parameters of the decoder-only model at every width and depth', () => {
    fc.assert(fc.property(stack, (shape) => {
      expect(12 * removalCosts(0, shape).parameters).toBe(28 * removalCosts(4, shape).parameters)
    }))
    expect(removalCosts(0, base2017).ratio.toFixed(2)).toBe('2.33')
  })

  it('has 1.17 times the FLOPs a token, 14 against 12 Ld² weights, for input and target alike', () => {
    fc.assert(fc.property(stack, (shape) => {
      const before = removalCosts(0, shape).weightFlops
      const after = removalCosts(4, shape).weightFlops
      expect(before.input).toBe(before.target)
      expect(12 * before.input).toBe(14 * after.input)
      expect(after.input).toBe(after.target)
      expect(after.input).toBe(2 * 12 * shape.layers * shape.dModel ** 2)
    }))
    expect((14 / 12).toFixed(2)).toBe('1.17')
  })
})

describe('the removal in four steps', () => {
  it('of a T5 counts all its parameters but embedding, norms and positions, to the last digit', () => {
    for (const { name, shape, parameters } of publishedModels) {
      if (shape.family !== 't5')
        continue
      const { vocabulary, dModel: d, layers: L, heads } = shape
      expect(removalCosts(0, blockShapeOf(shape)!).parameters, name).toBe(parameters - vocabulary * d - 5 * d * L - 2 * d - 2 * 32 * heads)
    }
  })

  it('ends, for every decoder-only model with attention, at its own parameters but embeddings, norms and biases', () => {
    for (const { name, shape, parameters } of publishedModels) {
      const block = blockShapeOf(shape)
      if (shape.family === 'gpt') {
        const { vocabulary, dModel: d, layers: L, context } = shape
        expect(removalCosts(4, block!).parameters, name).toBe(parameters - vocabulary * d - context * d - 13 * d * L - 2 * d)
      }
      else if (shape.family === 'llama') {
        const { vocabulary, dModel: d, layers: L } = shape
        expect(removalCosts(4, block!).parameters, name).toBe(parameters - 2 * vocabulary * d - 2 * d * L - d)
      }
      else if (shape.family !== 't5') {
        expect(block, name).toBeNull()
      }
    }
  })

  it('counts 28, 24, 12, 12, 12 Ld² parameters', () => {
    const steps: RemovalStep[] = [0, 1, 2, 3, 4]
    expect(steps.map(step => removalCosts(step, { dModel: 1024, layers: 24 }).parameters))
      .toEqual([704_643_072, 603_979_776, 301_989_888, 301_989_888, 301_989_888])
  })

  it('counts 14, 14, 14, 12, 12 Ld² weights met by an input token and 14, 12, 12, 12, 12 by a target token', () => {
    const steps: RemovalStep[] = [0, 1, 2, 3, 4]
    const costs = steps.map(step => removalCosts(step, { dModel: 1, layers: 1 }).weightFlops)
    expect(costs.map(({ input }) => input / 2)).toEqual([14, 14, 14, 12, 12])
    expect(costs.map(({ target }) => target / 2)).toEqual([14, 12, 12, 12, 12])
  })

  it('begins at the encoder–decoder and ends at the decoder-only model', () => {
    fc.assert(fc.property(stack, (shape) => {
      expect(removalCosts(0, shape).parameters).toBe(28 * shape.layers * shape.dModel ** 2)
      expect(removalCosts(4, shape).parameters).toBe(12 * shape.layers * shape.dModel ** 2)
    }))
  })

  it('never adds a parameter, a weight met or an allowed look, and takes out one structure a step', () => {
    fc.assert(fc.property(stack, fc.constantFrom<RemovalStep>(0, 1, 2, 3), (shape, step) => {
      const before = removalCosts(step, shape)
      const after = removalCosts((step + 1) as RemovalStep, shape)
      expect(after.parameters).toBeLessThanOrEqual(before.parameters)
      expect(after.weightFlops.input).toBeLessThanOrEqual(before.weightFlops.input)
      expect(after.weightFlops.target).toBeLessThanOrEqual(before.weightFlops.target)
      const left = (costs: typeof before) => Object.values(costs.structure).filter(Boolean).length
      expect(left(before) - left(after)).toBe(1)
    }))
  })

  it('refuses a step outside of 0 to 4', () => {
    expect(() => removalCosts(5 as RemovalStep, { dModel: 1, layers: 1 })).toThrow('A removal step is an integer from 0 to 4; got 5.')
    expect(() => attentionMask(-1 as RemovalStep, 5, 4)).toThrow('A removal step is an integer from 0 to 4; got -1.')
  })
})

describe('the attention mask', () => {
  const tokens = fc.integer({ min: 1, max: 12 })

  it('of the encoder–decoder lets every input see every input, every target see every input, and targets see back', () => {
    fc.assert(fc.property(tokens, tokens, (n, m) => {
      const allowed = attentionMask(0, n, m).filter(cell => cell.allowed)
      expect(allowed).toHaveLength(n * n + n * m + m * (m + 1) / 2)
    }))
  })

  it('after all removals is one causal triangle, read in the same layer', () => {
    fc.assert(fc.property(tokens, tokens, (n, m) => {
      const mask = attentionMask(4, n, m)
      for (const cell of mask)
        expect(cell.allowed).toBe(cell.column <= cell.row)
      expect(mask.every(cell => cell.reads !== 'last layer')).toBe(true)
    }))
  })

  it('changes what may be looked at only at the last step, and which layer is read only at the third', () => {
    const allowedAt = (step: RemovalStep) => attentionMask(step, 5, 4).map(cell => cell.allowed)
    const layersAt = (step: RemovalStep) => attentionMask(step, 5, 4).filter(cell => cell.block === 'cross').map(cell => cell.reads)
    expect(allowedAt(1)).toEqual(allowedAt(0))
    expect(allowedAt(2)).toEqual(allowedAt(0))
    expect(allowedAt(3)).toEqual(allowedAt(0))
    expect(allowedAt(4)).not.toEqual(allowedAt(3))
    expect(new Set(layersAt(2))).toEqual(new Set(['last layer']))
    expect(new Set(layersAt(3))).toEqual(new Set(['same layer']))
  })

  it('never lets the input see the target', () => {
    fc.assert(fc.property(removalStep, tokens, tokens, (step, n, m) => {
      const leaks = attentionMask(step, n, m).filter(cell => cell.block === 'input to target' && (cell.allowed || cell.reads !== null))
      expect(leaks).toEqual([])
    }))
  })

  it('lets every position see itself', () => {
    fc.assert(fc.property(removalStep, tokens, tokens, (step, n, m) => {
      expect(attentionMask(step, n, m).filter(cell => cell.row === cell.column).every(cell => cell.allowed)).toBe(true)
    }))
  })

  it('refuses to be empty', () => {
    expect(() => attentionMask(0, 0, 4)).toThrow('inputs is an integer from 1 on; got 0.')
  })
})

describe('memory while decoding, with 2-byte elements', () => {
  const perToken = (variant: typeof cacheVariants[number]) => kvBytesPerToken(llamaKv(llama7b, 2, variant))

  it('is 512, 128, 16 and 2 KiB a token for the four variants at the shape of Llama-2-7B', () => {
    expect(cacheVariants.map(variant => perToken(variant) / KIB)).toEqual([512, 128, 16, 2])
  })

  it('of a low rank is one vector a layer: 32 KiB a token for four head widths at the shape of Llama-2-7B', () => {
    expect(lowRankBytesPerToken({ layers: 32, rank: lowRankHeads * 128, bytesPerElement: 2 })).toBe(32 * KIB)
    expect(() => lowRankBytesPerToken({ layers: 32, rank: 0, bytesPerElement: 2 })).toThrow('rank is an integer from 1 on; got 0.')
  })

  it('has, for every shape that the memory figure offers, heads and layers that its ways of sharing divide', () => {
    for (const name of cacheModels) {
      const kv = kvShapeOf(modelOf(name).shape, 2)
      for (const { kvLayers, id } of cacheVariants) {
        if (id === 'shared')
          expect(kv.kvLayers % kvLayers).toBe(0)
      }
      expect(kv.kvHeads % 8).toBe(0)
    }
    for (const name of stateModels.flat())
      expect(stateBytesOf(stateShapeOf(name), 1)).toBeGreaterThan(0)
    expect(() => kvShapeOf(shapeOf('Mamba-2.8B', 'mamba'), 2)).toThrow('keeps no keys and values')
    expect(() => stateShapeOf('GPT-3')).toThrow('GPT-3 keeps no state of fixed size.')
  })

  it('is 2 GiB at 4,096 tokens for Llama-2-7B', () => {
    expect(4096 * kvBytesPerToken(llamaKv(llama7b, 2))).toBe(2 * GIB)
    expect(cacheContexts.shown[0]).toBe(4096)
  })

  it('is 320 KiB a token for Llama-2-70B, and would be 2.5 MiB with all its heads', () => {
    expect(kvBytesPerToken(llamaKv(llama70b, 2))).toBe(320 * KIB)
    expect(kvBytesPerToken(llamaKv(llama70b, 2, { kvHeads: 64 }))).toBe(2.5 * MIB)
  })

  it('is 1.5 MiB for each target and each input token of T5-11B', () => {
    expect(kvBytesPerToken(t5Kv(shapeOf('T5-11B', 't5'), 2))).toBe(1.5 * MIB)
  })

  it('is 6,553,600 elements at any context for Mamba-2.8B: 12.5 MiB', () => {
    expect(mambaStateBytes(shapeOf('Mamba-2.8B', 'mamba'), 1)).toBe(6_553_600)
    expect(mambaStateBytes(shapeOf('Mamba-2.8B', 'mamba'), 2)).toBe(12.5 * MIB)
  })

  it('is 655,360 elements at any context for RWKV-4 7B: 2.5 MiB in 4-byte elements', () => {
    expect(rwkv4StateBytes(rwkv4With7B, 1)).toBe(655_360)
    expect(rwkv4StateBytes(rwkv4With7B, 4)).toBe(2.5 * MIB)
  })

  it('of grouped-query attention with as many key and value heads as heads is that of multi-head attention', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 256 }), layers, (heads, headWidth, L) => {
      const shape: LlamaShape = { family: 'llama', vocabulary: 1, dModel: heads * headWidth, dFf: 1, heads, kvHeads: 1, layers: L }
      expect(kvBytesPerToken(llamaKv(shape, 2, { kvHeads: heads }))).toBe(2 * L * shape.dModel * 2)
      expect(kvBytesPerToken(llamaKv(shape, 2)) * heads).toBe(kvBytesPerToken(llamaKv(shape, 2, { kvHeads: heads })))
    }))
  })

  it('says which value is out of which limit', () => {
    expect(() => kvBytesPerToken(llamaKv(llama7b, 0))).toThrow('bytesPerElement is an integer from 1 on; got 0.')
    expect(() => llamaKv(llama7b, 2, { kvLayers: 5 })).toThrow('kvLayers must divide layers = 32; got 5.')
    expect(() => mambaStateBytes({ ...shapeOf('Mamba-2.8B', 'mamba'), stateWidth: -1 } as MambaShape, 2)).toThrow('stateWidth is an integer from 1 on; got -1.')
  })
})

describe('a chat', () => {
  it('of 4 turns of 200 tokens encodes 2,000 tokens both ways and 800 causally; of 20 turns, 42,000 and 4,000', () => {
    const [few, many] = chatScenario.shown
    expect(chatCosts(few, chatScenario.tokensPerTurn)).toEqual({ reencoded: 2000, cached: 800, ratio: 2.5 })
    expect(chatCosts(many, chatScenario.tokensPerTurn)).toEqual({ reencoded: 42_000, cached: 4000, ratio: 10.5 })
  })

  it('re-encodes n·T(T + 1)/2 tokens, the sum turn by turn', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 10_000 }), (turns, n) => {
      let sum = 0
      for (let turn = 1; turn <= turns; turn++)
        sum += n * turn
      const costs = chatCosts(turns, n)
      expect(costs.reencoded).toBe(sum)
      expect(costs.reencoded).toBe(costs.cached * costs.ratio)
    }))
  })

  it('costs the same under both when it has one turn', () => {
    const { reencoded, cached } = chatCosts(1, 200)
    expect(reencoded).toBe(cached)
  })

  it('has at least one turn', () => {
    expect(() => chatCosts(0, 200)).toThrow('turns is an integer from 1 on; got 0.')
    expect(() => chatCosts(2.5, 200)).toThrow('turns is an integer from 1 on; got 2.5.')
  })
})
