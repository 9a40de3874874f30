/** Engines that train the same network: checked against a reference, timed in turns beside the machine's peak, and told in the report. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../../talk/slides.ts'
import { peersFolder } from './install.ts'
import { fixed, leastTimes, type Report } from './measure.ts'

/** An implementation of the training. */
export interface Engine {
  readonly name: string
  /** Trains on the first `count` of the batches, in order, and returns when that is done. */
  readonly train: (count: number) => unknown
  /** Does the same and gives the loss before each step: what has to be the same in all engines. */
  readonly losses: (count: number) => readonly number[]
}

export interface Comparison {
  /** What a step is called in the report. */
  readonly step: string
  /** The engine that ships, and the one in TypeScript and f64 that all are held against. */
  readonly ours: Engine
  readonly reference: Engine
  readonly peers: readonly Promise<Engine>[]
  /** Counted FLOPs of a step. */
  readonly stepFlop: number
  /** Steps in one call, of the engine that ships and of the others. */
  readonly calls: readonly [number, number]
  /** How many times as fast as the fastest peer the engine is meant to be. */
  readonly goal: number
}

/** Steps that are compared, and how near the losses must be: f32 against f64. */
const checkedSteps = 8
const largestMiss = 1e-3

/** FLOP of one call of the function that `compilePeak` gives. */
const peakRounds = 20_000
const peakFlop = peakRounds * 12 * 4 * 2

/** Compares them; a peer that does not run here is reported, and the others are measured all the same. */
export async function compareEngines({ step, ours, reference, peers, stepFlop, calls, goal }: Comparison): Promise<Report> {
  const expected = reference.losses(checkedSteps)
  requireSame(ours, expected)
  const running: Engine[] = []
  const failed: unknown[] = []
  for (const made of await Promise.allSettled(peers)) {
    try {
      if (made.status === 'rejected')
        throw made.reason
      requireSame(made.value, expected)
      running.push(made.value)
    }
    catch (error) {
      failed.push(error)
    }
  }

  const [peakMs, oursMs, ...peersMs] = await leastTimes([compilePeak(), () => ours.train(calls[0]), ...running.map(peer => () => peer.train(calls[1]))]) as [number, number, ...number[]]
  const peak = peakFlop / peakMs / 1e6
  const stepMs = oursMs / calls[0]
  const row = ({ name }: Engine, ms: number) => ({ what: `${step}, ${name}`, value: `${fixed(ms * 1000)} µs, ${fixed(stepFlop / ms / 1e6)} GFLOP/s` })
  const ratios = peersMs.map(ms => ms / calls[1] / stepMs)
  const fastest = Math.min(...ratios)
  const ofPeak = stepFlop / stepMs / 1e6 / peak
  return {
    rows: [
      { what: `peak beside the ${step}, 128-bit multiply and add`, value: `${fixed(peak)} GFLOP/s` },
      { ...row(ours, stepMs), compared: `${fixed(ofPeak)} of the peak` },
      ...running.map((peer, i) => ({ ...row(peer, peersMs[i]! / calls[1]), compared: `the engine is ${fixed(ratios[i]!)} x as fast` })),
      ...failed.map(error => ({ what: `${step}, a peer`, value: 'not measured', compared: String(error) })),
    ],
    goals: [
      { goal: `${step} at 0.3 of the peak or more`, reached: fixed(ofPeak), met: ofPeak >= 0.3 },
      { goal: `${step} ${goal} times as fast as the fastest peer`, reached: running.length > 0 ? `${fixed(fastest)} x` : 'no peer ran', met: running.length > 0 && fastest >= goal },
    ],
  }
}

/** @throws Error when an engine does not compute what the reference computes: its time would mean nothing */
function requireSame({ name, losses }: Engine, expected: readonly number[]): void {
  const found = losses(checkedSteps)
  const miss = Math.max(...expected.map((loss, i) => Math.abs(found[i]! - loss)))
  // Written so that a NaN fails as well.
  if (!(miss < largestMiss))
    throw new Error(`${name} misses the reference by ${miss} within ${checkedSteps} steps; the limit is ${largestMiss}.`)
}

/** Compiles a loop of multiplications and additions. */
function compilePeak(): () => void {
  const wasm = join(peersFolder, 'peak.wasm')
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const options = ['--enable', 'simd', '--runtime', 'stub', '--optimizeLevel', '3', '--noAssert', '--use', 'abort=', '--outFile', wasm]
  if (spawnSync(process.execPath, [asc, join('scripts', 'bench', 'assembly', 'peak.ts'), ...options], { cwd: root, stdio: ['ignore', 2, 2] }).status !== 0)
    throw new Error('scripts/bench/assembly/peak.ts does not compile: see the message above.')
  const { peak } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm))).exports as unknown as { peak: (rounds: number, factor: number, summand: number) => number }
  return () => { peak(peakRounds, 0.999, 0.001) }
}
