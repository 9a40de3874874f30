/**
 * The 34 measured language models behind the live scaling curve, transcribed from published run files.
 *
 * Source: Gadre et al. 2024, arXiv:2403.08540; repository mlfoundations/scaling (MIT), exp_data/models/c4_original-<run>.json,
 * commit 041eb2f1b60fa6d985ac30d335c6b4d56d273ec0 (the two open_lm_1b files: 741b9ef142a23b7ef2870849508a4cb31374722f).
 * `loss` is the C4 validation loss, 84,999 sequences, 174,077,952 tokens; the files do not name its unit, natural-log
 * cross-entropy per token is assumed. `params` include embeddings; training compute is 6 × params × tokens.
 *
 * Five runs read the same data set through another manifest and sit 0.08–0.10 below the rest, so that loss is not
 * monotone in tokens there. The files do not say why. They are marked and left out of every fit.
 */
import type { SourceId } from './sources.ts'

/** A run as its file gives it. */
interface Run {
  /** Name of the run file, without its prefix. */
  run: string
  /** Parameters, with embeddings. */
  params: number
  /** Training tokens. */
  tokens: number
  /** C4 validation loss, nats per token. */
  loss: number
  /** Read through another data manifest: marked, and left out of every fit. */
  otherManifest?: boolean
}

export interface TestbedRun extends Run {
  /** Training compute in FLOP: 6 × params × tokens. */
  trainFlop: number
}

const rows: Run[] = [
  { run: 'd=96_l=8_h=4-0.25', params: 10_569_312, tokens: 52_846_560, loss: 5.974923739894816 },
  { run: 'd=96_l=8_h=4-0.5', params: 10_569_312, tokens: 105_693_120, loss: 5.552642267517968 },
  { run: 'd=96_l=8_h=4-1.0', params: 10_569_312, tokens: 211_386_240, loss: 5.220676313056785 },
  { run: 'd=96_l=8_h=4-2.0', params: 10_569_312, tokens: 422_772_480, loss: 5.003809142081036 },
  { run: 'd=96_l=8_h=4-4.0', params: 10_569_312, tokens: 845_544_960, loss: 4.77306441451568 },
  { run: 'd=96_l=8_h=4-8.0', params: 10_569_312, tokens: 1_691_089_920, loss: 4.603109627339762 },
  { run: 'd=96_l=8_h=4-16.0', params: 10_569_312, tokens: 3_382_179_840, loss: 4.506403529656214 },
  { run: 'd=96_l=8_h=4-32.0', params: 10_569_312, tokens: 6_764_359_680, loss: 4.4177652325641015 },
  { run: 'd=512_l=8_h=4-0.25', params: 78_914_048, tokens: 394_570_240, loss: 4.838835880174883 },
  { run: 'd=512_l=8_h=4-0.5', params: 78_914_048, tokens: 789_140_480, loss: 4.057563001976937 },
  { run: 'd=512_l=8_h=4-1.0', params: 78_914_048, tokens: 1_578_280_960, loss: 3.800284412392762 },
  { run: 'd=512_l=8_h=4-2.0', params: 78_914_048, tokens: 3_156_561_920, loss: 3.6429770265470234 },
  { run: 'd=512_l=8_h=4-4.0', params: 78_914_048, tokens: 6_313_123_840, loss: 3.517017598344945 },
  { run: 'd=512_l=8_h=4-8.0', params: 78_914_048, tokens: 12_626_247_680, loss: 3.4352680159635556 },
  { run: 'd=512_l=8_h=4-16.0', params: 78_914_048, tokens: 25_252_495_360, loss: 3.372367425963273 },
  { run: 'd=512_l=8_h=4-32.0', params: 78_914_048, tokens: 50_504_990_720, loss: 3.304514085873326 },
  { run: 'd=576_l=24_h=8-0.25', params: 153_677_376, tokens: 768_386_880, loss: 3.9700447294669683 },
  { run: 'd=576_l=24_h=8-0.5', params: 153_677_376, tokens: 1_536_773_760, loss: 3.6423338113848587 },
  { run: 'd=576_l=24_h=8-1.0', params: 153_677_376, tokens: 3_073_547_520, loss: 3.4326457499105776 },
  { run: 'd=576_l=24_h=8-2.0', params: 153_677_376, tokens: 6_147_095_040, loss: 3.2951036895940184 },
  { run: 'd=576_l=24_h=8-4.0', params: 153_677_376, tokens: 12_294_190_080, loss: 3.1950496361384504 },
  { run: 'd=576_l=24_h=8-8.0', params: 153_677_376, tokens: 24_588_380_160, loss: 3.045812595364492, otherManifest: true },
  { run: 'd=576_l=24_h=8-16.0', params: 153_677_376, tokens: 49_176_760_320, loss: 2.990391744989669, otherManifest: true },
  { run: 'd=576_l=24_h=8-32.0', params: 153_677_376, tokens: 98_353_520_640, loss: 2.997552980701856 },
  { run: 'd=1024_l=24_h=8-0.25', params: 411_616_256, tokens: 2_058_081_280, loss: 3.5279492850157737 },
  { run: 'd=1024_l=24_h=8-0.5', params: 411_616_256, tokens: 4_116_162_560, loss: 3.1631078963079227 },
  { run: 'd=1024_l=24_h=8-1.0', params: 411_616_256, tokens: 8_232_325_120, loss: 3.0417367343404416 },
  { run: 'd=1024_l=24_h=8-2.0', params: 411_616_256, tokens: 16_464_650_240, loss: 2.943318389885835 },
  { run: 'd=1024_l=24_h=8-4.0', params: 411_616_256, tokens: 32_929_300_480, loss: 2.7869397413267945, otherManifest: true },
  { run: 'd=1024_l=24_h=8-8.0', params: 411_616_256, tokens: 65_858_600_960, loss: 2.8026299347967147 },
  { run: 'd=1024_l=24_h=8-16.0', params: 411_616_256, tokens: 131_717_201_920, loss: 2.688088583583547, otherManifest: true },
  { run: 'open_lm_1b-1.0', params: 1_439_795_200, tokens: 28_795_904_000, loss: 2.6568587118096136 },
  { run: 'open_lm_1b-4.0', params: 1_439_795_200, tokens: 115_183_616_000, loss: 2.472413073245337, otherManifest: true },
  { run: 'open_lm_7b-1.0', params: 6_889_410_560, tokens: 137_788_211_200, loss: 2.3822204228774595 },
]

export const scalingTestbedSource: SourceId = 'gadre2024'

export const scalingTestbed: readonly TestbedRun[] = rows.map(run => ({ ...run, trainFlop: 6 * run.params * run.tokens }))

/** The runs a law is fitted to: all but the five that read another manifest. */
export const cleanRuns: readonly TestbedRun[] = scalingTestbed.filter(run => !run.otherManifest)

/** The biggest run: what the law has to predict. */
export const biggestRun: TestbedRun = cleanRuns.reduce((big, run) => (run.trainFlop > big.trainFlop ? run : big))
