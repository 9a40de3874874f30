import { describe, expect, it } from 'vitest'
import { attentionModels, cacheContexts, cacheVariants, chatScenario, maskExample, stateModels } from '../../data/architectures.ts'
import { redLlm, zeroShot } from '../../data/architecture-comparisons.ts'
import { abilityShares, bigBenchSource } from '../../data/bigbench-split.ts'
import { printedLaw, replicatedLaw } from '../../data/chinchilla.ts'
import { arithmeticModel, arithmeticModels, arithmeticSource } from '../../data/emergence-arithmetic.ts'
import { kaplanExponents } from '../../data/kaplan.ts'
import { measuredYears, priceRate, priceRates } from '../../data/price-performance.ts'
import { mmluChance, pythiaModels, pythiaSource } from '../../data/pythia.ts'
import { scalingTestbed } from '../../data/scaling-testbed.ts'
import { isSourceId, sources } from '../../data/sources.ts'
import { t5Source, t5Variant, t5Variants } from '../../data/t5-table2.ts'
import { visionModels, visionSource } from '../../data/vit-table6.ts'

/** Sums of the columns, made from the published files. */
const EXPECTED = {
  pythiaParams: 24543096320,
  pythiaLambada: 4.2318,
  pythiaMmlu: 2.0921,
  subtraction: 37.8425,
  flop: 6.479494956e+25,
  visionTop1: 940.63,
  visionExaflop: 10240,
  t5SuperGlue: 265.22,
} as const

/** Adds up a column: one wrong digit anywhere changes it. */
function total<Row>(rows: readonly Row[], column: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + column(row), 0)
}

describe('the published tables', () => {
  it('name their source', () => {
    for (const source of [bigBenchSource, pythiaSource, arithmeticSource, visionSource, t5Source, zeroShot.source, redLlm.source, ...priceRates.map(rate => rate.source)])
      expect(isSourceId(source)).toBe(true)
  })

  it('hold shares and accuracies within their limits, and positive sizes, compute and constants', () => {
    const percent = [
      ...abilityShares.map(({ share }) => share),
      ...visionModels.map(({ imagenetTop1 }) => imagenetTop1),
      ...t5Variants.flatMap(({ glue, squad, superGlue }) => [glue, squad, superGlue]),
      ...[...zeroShot.results, zeroShot.random].flatMap(({ eai, t0 }) => [eai, t0]),
    ]
    expect(percent.filter(value => !(value > 0 && value <= 100))).toEqual([])
    const shares = [
      ...pythiaModels.flatMap(({ lambada, mmlu }) => [lambada, mmlu]),
      ...arithmeticModels.map(({ subtraction3 }) => subtraction3),
      ...Object.values(kaplanExponents), ...[printedLaw, replicatedLaw].flatMap(({ alpha, beta }) => [alpha, beta]),
    ]
    expect(shares.filter(value => !(value >= 0 && value <= 1))).toEqual([])
    const positive = [
      ...visionModels.flatMap(({ epochs, pretrainExaflop }) => [epochs, pretrainExaflop]),
      ...arithmeticModels.map(({ pretrainFlop }) => pretrainFlop),
      ...[printedLaw, replicatedLaw].flatMap(({ E, A, B }) => [E, A, B]),
      ...pythiaModels.map(({ params }) => params),
    ]
    expect(positive.filter(value => !(value > 0))).toEqual([])
  })

  it('hold each model, run and variant once', () => {
    for (const names of [
      pythiaModels.map(({ model }) => model), arithmeticModels.map(({ model }) => model), visionModels.map(({ model, epochs }) => `${model}, ${epochs}`),
      t5Variants.map(({ architecture }) => architecture), scalingTestbed.map(({ run }) => run), attentionModels.map(({ name }) => name), stateModels.map(({ name }) => name),
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
    expect(total(arithmeticModels, row => row.subtraction3)).toBeCloseTo(EXPECTED.subtraction, 9)
    expect(total(arithmeticModels, row => row.pretrainFlop) / 1e22).toBeCloseTo(EXPECTED.flop / 1e22, 6)
    expect(total(visionModels, row => row.imagenetTop1)).toBeCloseTo(EXPECTED.visionTop1, 9)
    expect(total(visionModels, row => row.pretrainExaflop)).toBe(EXPECTED.visionExaflop)
    expect(total(t5Variants, row => row.superGlue)).toBeCloseTo(EXPECTED.t5SuperGlue, 9)
  })

  it('show that compute is not the only axis: OPT-66B subtracts worse with more of it than Qwen1.5-1.8B', () => {
    const opt = arithmeticModel('facebook/opt-66b')
    const qwen = arithmeticModel('Qwen/Qwen1.5-1.8B')
    expect(opt.pretrainFlop).toBeGreaterThan(qwen.pretrainFlop)
    expect(opt.subtraction3).toBeLessThan(qwen.subtraction3 / 2)
  })

  it('show in T5 that both directions are worth more than separate parameters', () => {
    const [full, shared, prefix, causal] = [t5Variant('Encoder-decoder'), t5Variant('Enc-dec shared'), t5Variant('Prefix LM'), t5Variant('Language model')]
    expect(prefix.glue - causal.glue).toBeGreaterThan(full.glue - shared.glue)
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
})
