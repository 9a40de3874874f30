import { describe, expect, it } from 'vitest'
import { attentionModels, cacheContexts, cacheVariants, chatScenario, maskExample, stateModels } from '../../data/architectures.ts'
import { mergedAttention, redLlm, zeroShot } from '../../data/architecture-comparisons.ts'
import { abilityShares, bigBenchProvenance, bigBenchSource } from '../../data/bigbench-split.ts'
import { printedLaw, replicatedLaw } from '../../data/chinchilla.ts'
import { arithmeticModel, arithmeticModels, arithmeticProvenance, arithmeticSource } from '../../data/emergence-arithmetic.ts'
import { kaplanExponents, kaplanProvenance, kaplanSource } from '../../data/kaplan.ts'
import { measuredYears, priceProvenance, priceRate, priceRates } from '../../data/price-performance.ts'
import { mmluChance, pythiaModels, pythiaProvenance, pythiaSource } from '../../data/pythia.ts'
import { scalingTestbed } from '../../data/scaling-testbed.ts'
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
    expect(kaplanProvenance).toContain(sources[kaplanSource].arxiv)
    expect(mergedAttention.provenance).toContain(sources[mergedAttention.source].arxiv)
    expect(zeroShot.provenance).toContain(sources[zeroShot.source].arxiv)
    expect(redLlm.provenance).toContain(sources[redLlm.source].arxiv)
    expect(priceProvenance[1]).toContain('Epoch AI')
  })

  it('hold shares and accuracies within their limits, and positive sizes, compute and constants', () => {
    const percent = [
      ...abilityShares.map(({ share }) => share),
      ...visionModels.flatMap(({ imagenetTop1, imagenetReal, cifar10, cifar100, pets, flowers }) => [imagenetTop1, imagenetReal, cifar10, cifar100, pets, flowers]),
      ...t5Variants.flatMap(({ glue, cnnDailyMail, squad, superGlue, enDe, enFr, enRo }) => [glue, cnnDailyMail, squad, superGlue, enDe, enFr, enRo]),
      ...[...zeroShot.results, zeroShot.random].flatMap(({ eai, t0 }) => [eai, t0]),
    ]
    expect(percent.filter(value => !(value > 0 && value <= 100))).toEqual([])
    const shares = [
      ...pythiaModels.flatMap(({ lambada, mmlu }) => [lambada, mmlu]),
      ...arithmeticModels.flatMap(({ subtraction3, addition3, multiplication2 }) => [subtraction3, addition3, multiplication2]).filter(accuracy => accuracy !== null),
      ...Object.values(kaplanExponents), ...[printedLaw, replicatedLaw].flatMap(({ alpha, beta }) => [alpha, beta]),
    ]
    expect(shares.filter(value => !(value >= 0 && value <= 1))).toEqual([])
    const positive = [
      ...visionModels.flatMap(({ epochs, pretrainExaflop }) => [epochs, pretrainExaflop]),
      ...arithmeticModels.flatMap(({ paramsBillion, pretrainFlop }) => [paramsBillion, pretrainFlop]),
      ...[printedLaw, replicatedLaw].flatMap(({ E, A, B }) => [E, A, B]),
      ...pythiaModels.flatMap(({ params, paramsNonEmbedding }) => [params - paramsNonEmbedding, paramsNonEmbedding]),
    ]
    expect(positive.filter(value => !(value > 0))).toEqual([])
  })

  it('hold each model, run and variant once', () => {
    for (const names of [
      pythiaModels.map(({ model }) => model), arithmeticModels.map(({ model }) => model), visionModels.map(({ model, epochs }) => `${model}, ${epochs}`),
      t5Variants.map(({ architecture, objective }) => `${architecture}, ${objective}`), scalingTestbed.map(({ run }) => run), attentionModels.map(({ name }) => name), stateModels.map(({ name }) => name),
    ])
      expect(new Set(names).size).toBe(names.length)
  })

  it('hold shapes and counts in whole numbers, runs with plausible losses', () => {
    const counts = [
      ...[...attentionModels, ...stateModels].flatMap(model => Object.values(model).filter(size => typeof size === 'number')),
      ...cacheVariants.flatMap(({ kvHeads, kvLayers }) => [kvHeads, kvLayers]),
      ...scalingTestbed.flatMap(({ params, tokens }) => [params, tokens]),
      ...[cacheContexts, chatScenario].flatMap(scenario => Object.values(scenario).flat()),
      ...Object.values(maskExample),
    ]
    expect(counts.filter(count => !(Number.isSafeInteger(count) && count > 0))).toEqual([])
    expect(scalingTestbed.filter(({ loss, params, tokens }) => !(loss > 1 && loss < 11 && params > 1e6 && tokens > 1e6)).map(({ run }) => run)).toEqual([])
  })

  it('hold BIG-bench’s kinds as presented: of nearly all its tasks, second-hand', () => {
    const shares = total(abilityShares, row => row.share)
    expect(shares > 99 && shares <= 100).toBe(true)
    expect(sources[bigBenchSource].verification).toBe('second-hand')
  })

  it('hold Pythia: LAMBADA rises from model to model while MMLU stays within .04 of guessing', () => {
    for (let i = 1; i < pythiaModels.length; i++) {
      expect(pythiaModels[i]!.params).toBeGreaterThan(pythiaModels[i - 1]!.params)
      expect(pythiaModels[i]!.lambada).toBeGreaterThan(pythiaModels[i - 1]!.lambada)
    }
    expect(Math.max(...pythiaModels.map(({ mmlu }) => Math.abs(mmlu - mmluChance)))).toBeLessThan(0.04)
  })

  it('add up, column by column, to what the published files add up to', () => {
    expect(total(pythiaModels, row => row.params)).toBe(EXPECTED.pythiaParams)
    expect(total(pythiaModels, row => row.lambada)).toBeCloseTo(EXPECTED.pythiaLambada, 9)
    expect(total(pythiaModels, row => row.mmlu)).toBeCloseTo(EXPECTED.pythiaMmlu, 9)
    expect(arithmeticModels.filter(row => row.addition3 === null)).toHaveLength(EXPECTED.blankAdditions)
    expect(arithmeticModels.filter(row => row.subtraction3 === null)).toHaveLength(0)
    expect(total(arithmeticModels, row => row.subtraction3)).toBeCloseTo(EXPECTED.subtraction, 9)
    expect(total(arithmeticModels, row => row.addition3)).toBeCloseTo(EXPECTED.addition, 9)
    expect(total(arithmeticModels, row => row.multiplication2)).toBeCloseTo(EXPECTED.multiplication, 9)
    expect(total(arithmeticModels, row => row.pretrainFlop) / 1e22).toBeCloseTo(EXPECTED.flop / 1e22, 6)
    expect(total(visionModels, row => row.imagenetTop1)).toBeCloseTo(EXPECTED.visionTop1, 9)
    expect(total(visionModels, row => row.pretrainExaflop)).toBe(EXPECTED.visionExaflop)
    expect(total(t5Variants, row => row.superGlue)).toBeCloseTo(EXPECTED.t5SuperGlue, 9)
    expect(total(t5Variants, row => row.enDe + row.enFr + row.enRo)).toBeCloseTo(EXPECTED.t5Bleu, 9)
  })

  it('show that compute is not the only axis: OPT-66B subtracts worse with more of it than Qwen1.5-1.8B', () => {
    const opt = arithmeticModel('facebook/opt-66b')
    const qwen = arithmeticModel('Qwen/Qwen1.5-1.8B')
    expect(opt.pretrainFlop).toBeGreaterThan(qwen.pretrainFlop)
    expect(opt.subtraction3!).toBeLessThan(qwen.subtraction3! / 2)
  })

  it('show in T5 that both directions are worth more than separate parameters, at one cost', () => {
    const [full, shared, prefix, causal] = [t5Variant('Encoder-decoder'), t5Variant('Enc-dec shared'), t5Variant('Prefix LM'), t5Variant('Language model')]
    expect(prefix.glue - causal.glue).toBeGreaterThan(full.glue - shared.glue)
    expect(new Set([full, shared, prefix, causal].map(row => row.cost)).size).toBe(1)
  })

  it('hold Table 3 of Wang et al. from best to worst: only one of the suites tells them apart', () => {
    expect(zeroShot.results.map(({ eai }) => eai)).toEqual(zeroShot.results.map(({ eai }) => eai).toSorted((a, b) => b - a))
    const aboveChance = (suite: 'eai' | 't0') => Math.max(...zeroShot.results.map(row => row[suite] - zeroShot.random[suite]))
    expect([aboveChance('eai') > 10, aboveChance('t0') < 1]).toEqual([true, true])
  })

  it('let RedLLM’s lead change hands with compute, and not after tuning', () => {
    const before = redLlm.findings.filter(({ phase }) => phase === 'pre-training').map(({ favours }) => favours)
    expect([before[0]?.startsWith('encoder–decoder'), before.at(-1)]).toEqual([true, 'decoder-only'])
    expect(redLlm.findings.filter(({ phase }) => phase !== 'pre-training').map(({ favours }) => favours)).not.toContain('decoder-only')
  })

  it('hold the rates of price within their intervals, the spoken one faster than all of them', () => {
    for (const { id, decadeYears, interval, gpus } of priceRates) {
      expect(interval === null, id).toBe(id === 'spoken')
      expect(gpus === null, id).toBe(id === 'spoken')
      if (interval) {
        expect(interval[0] <= decadeYears && decadeYears <= interval[1], id).toBe(true)
        expect(priceRate('spoken').decadeYears).toBeLessThan(interval[0])
      }
    }
    expect(measuredYears[0]).toBeLessThan(measuredYears[1])
  })

  it('name what they do not hold', () => {
    expect(() => arithmeticModel('gpt-9')).toThrow(/“gpt-9” among the \d+/)
    expect(() => visionModel('ViT-B/32', 14)).toThrow(/“ViT-B\/32” for 14 epochs/)
    expect(() => t5Variant('Prefix LM', 'LM')).toThrow(/“Prefix LM” with objective “LM”/)
  })
})
