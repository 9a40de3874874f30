/** Our two engines as the benchmark sees them, and the machine's peak in the same arithmetic. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { kernel } from '../../lab/kernel/kernel.ts'
import { train } from '../../lab/race/learner.ts'
import { inputKurtosis } from '../../lab/race/task.ts'
import { root } from '../../talk/slides.ts'
import { batches, schedule, shape, startWeights, task, type Engine } from './task.ts'

/** The kernel as a race calls it: weights and examples copied in and the weights out again are part of the time. */
export function kernelEngine(): Engine {
  const fast = kernel()
  if (!fast)
    throw new Error(`This Node.js, ${process.version}, has no WebAssembly SIMD, so there is no kernel to measure.`)
  const weights = startWeights()
  return {
    name: 'kernel',
    description: 'lab/kernel, WASM SIMD, f32',
    train: count => fast.train(shape, weights, schedule, batches.slice(0, count)),
    parameters: () => weights.parameters,
  }
}

export function typescriptEngine(): Engine {
  const weights = startWeights()
  return {
    name: 'TypeScript',
    description: 'lab/race/learner.ts, f64',
    train: count => train(shape, weights, schedule, inputKurtosis(task), batches.slice(0, count)),
    parameters: () => weights.parameters,
  }
}

/** FLOP of one call of the function that `compilePeak` gives. */
export const PEAK_FLOP = 20_000 * 12 * 4 * 2

/** Compiles the loop of multiplications and additions. */
export function compilePeak(): () => void {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  const wasm = join(folder, 'peak.wasm')
  const asc = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const { status } = spawnSync(process.execPath, [asc, '--config', join(import.meta.dirname, 'assembly', 'asconfig.json'), '--outFile', wasm], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0)
    throw new Error('scripts/bench/assembly/peak.ts does not compile: see the message above.')
  const { peak } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm))).exports as unknown as { peak: (rounds: number, factor: number, summand: number) => number }
  return () => { peak(20_000, 0.999, 0.001) }
}
