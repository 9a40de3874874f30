import { describe, expect, it } from 'vitest'
import { mergedAttention, redLlm, zeroShot } from '../../data/architecture-comparisons.ts'
import { abilityShares, bigBenchProvenance, bigBenchSource, bigBenchTasks } from '../../data/bigbench-split.ts'
import { arithmeticModel, arithmeticModels, arithmeticProvenance, arithmeticSource } from '../../data/emergence-arithmetic.ts'
import { kaplanExponents, kaplanProvenance, kaplanSource } from '../../data/kaplan.ts'
import { measuredYears, priceProvenance, priceRate, priceRates } from '../../data/price-performance.ts'
import { mmluChance, pythiaModels, pythiaProvenance, pythiaSource } from '../../data/pythia.ts'
import { isSourceId, sources } from '../../data/sources.ts'
import { t5Provenance, t5Source, t5Variant, t5Variants } from '../../data/t5-table2.ts'
import { visionModel, visionModels, visionProvenance, visionSource } from '../../data/vit-table6.ts'

/** Sums of the columns, made from the published files. */
const EXPECTED = {
  pythiaParams: 24543096320,
  pythiaLambada: 4.2318,
  pythiaMmlu: 2.0921,
  blankAdditions: 4,
  subtraction: 37.8425,
  addition: 34.6965,
  multiplication: 32.6815,
  flop: 6.479494956e+25,
  visionTop1: 1520.59,
  visionExaflop: 15721,
  t5SuperGlue: 397.93,
  t5Bleu: 549.72,
} as const

/** Adds up a column: one wrong digit anywhere changes it. */
function total<Row>(rows: readonly Row[], column: (row: Row) => number | null): number {
  return rows.reduce((sum, row) => sum + (column(row) ?? 0), 0)
}

describe('the published tables', () => {
  it('name their source, and where in it they stand', () => {
    for (const source of [bigBenchSource, pythiaSource, arithmeticSource, visionSource, t5Source, zeroShot.source, redLlm.source, ...priceRates.map(rate => rate.source)])
      expect(isSourceId(source)).toBe(true)
    expect(pythiaProvenance[0]).toContain(sources[pythiaSource].arxiv)
    expect(arithmeticProvenance[0]).toContain(sources[arithmeticSource].arxiv)
    expect(visionProvenance[0]).toContain(sources[visionSource].arxiv)
    expect(t5Provenance[0]).toContain(sources[t5Source].arxiv)
    expect(bigBenchProvenance[0]).toContain(sources[bigBenchSource].arxiv)
    expect(zeroShot.provenance).toContain(sources[zeroShot.source].arxiv)
    expect(redLlm.provenance).toContain(sources[redLlm.source].arxiv)
    expect(priceProvenance[1]).toContain('Epoch AI')
  })

  it('hold BIG-bench’s five kinds as presented: 99.5 per cent of 202 tasks, second-hand', () => {
    expect(abilityShares.map(({ kind, share }) => [kind, share])).toEqual([['smooth', 29], ['flat', 22], ['inverse', 2.5], ['uncorrelated', 13], ['emergent', 33]])
    expect(total(abilityShares, row => row.share)).toBe(99.5)
    expect(bigBenchTasks).toBe(202)
    expect(sources[bigBenchSource].verification).toBe('second-hand')
  })

  it('hold Pythia: LAMBADA rises from .185 to .705 while MMLU stays within .04 of guessing', () => {
    expect(pythiaModels).toHaveLength(8)
    expect(pythiaModels[0]).toMatchObject({ params: 70426624, lambada: 0.1846, mmlu: 0.2529 })
    expect(pythiaModels[7]).toMatchObject({ params: 11846072320, lambada: 0.705, mmlu: 0.268 })
    for (let i = 1; i < pythiaModels.length; i++) {
      expect(pythiaModels[i]!.params).toBeGreaterThan(pythiaModels[i - 1]!.params)
      expect(pythiaModels[i]!.lambada).toBeGreaterThan(pythiaModels[i - 1]!.lambada)
    }
    expect(Math.max(...pythiaModels.map(({ mmlu }) => Math.abs(mmlu - mmluChance)))).toBeLessThan(0.04)
    expect(total(pythiaModels, row => row.params)).toBe(EXPECTED.pythiaParams)
    expect(total(pythiaModels, row => row.lambada)).toBeCloseTo(EXPECTED.pythiaLambada, 9)
    expect(total(pythiaModels, row => row.mmlu)).toBeCloseTo(EXPECTED.pythiaMmlu, 9)
  })

  it('hold Kaplan’s three exponents', () => {
    expect(kaplanExponents).toEqual({ compute: 0.05, params: 0.076, tokens: 0.095 })
    expect(kaplanProvenance).toContain(sources[kaplanSource].arxiv)
  })

  it('hold 73 models doing arithmetic, four of them without addition', () => {
    expect(arithmeticModels).toHaveLength(73)
    expect(new Set(arithmeticModels.map(({ model }) => model)).size).toBe(73)
    expect(arithmeticModels.filter(row => row.addition3 === null)).toHaveLength(EXPECTED.blankAdditions)
    expect(arithmeticModels.filter(row => row.subtraction3 === null)).toHaveLength(0)
    expect(total(arithmeticModels, row => row.subtraction3)).toBeCloseTo(EXPECTED.subtraction, 9)
    expect(total(arithmeticModels, row => row.addition3)).toBeCloseTo(EXPECTED.addition, 9)
    expect(total(arithmeticModels, row => row.multiplication2)).toBeCloseTo(EXPECTED.multiplication, 9)
    expect(total(arithmeticModels, row => row.pretrainFlop) / 1e22).toBeCloseTo(EXPECTED.flop / 1e22, 6)
  })

  it('show that compute is not the only axis: OPT-66B fails with more of it than Qwen1.5-1.8B', () => {
    const opt = arithmeticModel('facebook/opt-66b')
    const qwen = arithmeticModel('Qwen/Qwen1.5-1.8B')
    expect(opt).toMatchObject({ subtraction3: 0.0805, pretrainFlop: 7.128e22 })
    expect(qwen).toMatchObject({ subtraction3: 0.64, pretrainFlop: 2.592e22 })
  })

  it('hold Table 6 of the Vision Transformer: 6 pure, 7 residual, 5 hybrid runs', () => {
    expect(['ViT', 'ResNet', 'Hybrid'].map(family => visionModels.filter(row => row.family === family).length)).toEqual([6, 7, 5])
    expect(visionModel('R50x1+ViT-B/32', 7)).toMatchObject({ imagenetTop1: 84.90, pretrainExaflop: 106 })
    expect(visionModel('ViT-B/16', 7)).toMatchObject({ imagenetTop1: 84.15, pretrainExaflop: 224 })
    expect(visionModel('R50x1+ViT-L/16', 14).imagenetTop1).toBe(visionModel('ViT-L/16', 14).imagenetTop1)
    expect(total(visionModels, row => row.imagenetTop1)).toBeCloseTo(EXPECTED.visionTop1, 9)
    expect(total(visionModels, row => row.pretrainExaflop)).toBe(EXPECTED.visionExaflop)
  })

  it('hold Table 2 of T5: separate parameters +0.5 GLUE, bidirectional input +7.1 GLUE and +17.8 SQuAD, at one cost', () => {
    const [full, shared, prefix, causal] = [t5Variant('Encoder-decoder'), t5Variant('Enc-dec shared'), t5Variant('Prefix LM'), t5Variant('Language model')]
    expect(full.glue - shared.glue).toBeCloseTo(0.47, 9)
    expect(prefix.glue - causal.glue).toBeCloseTo(7.12, 9)
    expect(prefix.squad - causal.squad).toBeCloseTo(17.8, 9)
    expect([full, shared, prefix, causal].map(row => row.cost)).toEqual(['M', 'M', 'M', 'M'])
    expect(t5Variants).toHaveLength(6)
    expect(total(t5Variants, row => row.superGlue)).toBeCloseTo(EXPECTED.t5SuperGlue, 9)
    expect(total(t5Variants, row => row.enDe + row.enFr + row.enRo)).toBeCloseTo(EXPECTED.t5Bleu, 9)
  })

  it('hold Table 3 of Wang et al. from best to worst, with what guessing scores: only one of the suites tells them apart', () => {
    expect(zeroShot.results.map(({ eai, t0 }) => [eai, t0])).toEqual([[44.2, 42.4], [43.5, 41.8], [39.9, 41.7]])
    expect(zeroShot.random).toEqual({ eai: 32.9, t0: 41.7 })
    const aboveChance = (suite: 'eai' | 't0') => Math.max(...zeroShot.results.map(row => row[suite] - zeroShot.random[suite]))
    expect([aboveChance('eai') > 10, aboveChance('t0') < 1]).toEqual([true, true])
  })

  it('let RedLLM’s lead change hands with compute, and not after tuning', () => {
    expect(redLlm.findings.filter(({ phase }) => phase === 'pre-training').map(({ favours }) => favours)).toEqual(['encoder–decoder, slightly', 'decoder-only'])
    expect(redLlm.findings.filter(({ phase }) => phase !== 'pre-training').map(({ favours }) => favours)).not.toContain('decoder-only')
  })

  it('hold what T5Gemma 2 paid for one attention, from its full text', () => {
    expect([mergedAttention.parameters, mergedAttention.points]).toEqual([-6.5, -0.3])
    expect(mergedAttention.provenance).toContain(sources[mergedAttention.source].arxiv)
  })

  it('hold the rates of price: the spoken one is faster than both measured intervals', () => {
    expect(priceRate('all-gpus')).toMatchObject({ decadeYears: 8.17, interval: [7.45, 9.04], gpus: 470 })
    expect(priceRate('ml-gpus')).toMatchObject({ decadeYears: 6.86, interval: [5.12, 10.39], gpus: 26 })
    for (const { interval } of priceRates) {
      if (interval)
        expect(priceRate('spoken').decadeYears).toBeLessThan(interval[0])
    }
    expect(measuredYears).toEqual([2006, 2021])
  })

  it('name what they do not hold', () => {
    expect(() => arithmeticModel('gpt-9')).toThrow(/“gpt-9” among the 73/)
    expect(() => visionModel('ViT-B/32', 14)).toThrow(/“ViT-B\/32” for 14 epochs/)
    expect(() => t5Variant('Prefix LM', 'LM')).toThrow(/“Prefix LM” with objective “LM”/)
  })
})
