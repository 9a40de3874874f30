/** The part `transformer` of the benchmark as lines of the report and goals. */
import { fixed, type Goal, type Row } from './measure.ts'
import { liveRuns } from './transformer-runs.ts'
import { transformerTimes } from './transformer.ts'

export async function reportTransformers(): Promise<{ rows: readonly Row[], goals: readonly Goal[], measured: unknown }> {
  const rows: Row[] = []
  const goals: Goal[] = []
  const times = await transformerTimes()
  rows.push({ what: 'peak, 128-bit multiply and add, beside the Transformer', value: `${fixed(times.peakGflops)} GFLOP/s`, compared: '' })
  for (const { description, milliseconds, gflops, ofPeak, engineIsFaster } of times.engines) {
    rows.push({
      what: `Transformer step, ${description}`,
      value: `${fixed(milliseconds)} ms, ${fixed(gflops)} GFLOP/s`,
      compared: `${fixed(ofPeak)} of the peak${engineIsFaster === 1 ? '' : `; the engine is ${fixed(engineIsFaster)} x as fast`}`,
    })
  }
  for (const { name, reason } of times.failed)
    rows.push({ what: `Transformer step, ${name}`, value: 'not measured', compared: reason })
  for (const { rung, task, stepFlop, milliseconds, gflops, ofPeak } of times.rungs)
    rows.push({ what: `${task}, rung ${rung}, ${fixed(stepFlop / 1e6)} MFLOP a step`, value: `${fixed(milliseconds)} ms, ${fixed(gflops)} GFLOP/s`, compared: `${fixed(ofPeak)} of the peak` })
  const [engine] = times.engines
  goals.push({ goal: 'Transformer step at 0.3 of the peak or more', reached: fixed(engine!.ofPeak), met: engine!.ofPeak >= 0.3 })
  const fastest = Math.min(...times.engines.filter(({ peer }) => peer).map(({ engineIsFaster }) => engineIsFaster))
  goals.push({ goal: 'Transformer step 10 times as fast as the fastest peer', reached: Number.isFinite(fastest) ? `${fixed(fastest)} x` : 'no peer ran', met: Number.isFinite(fastest) && fastest >= 10 })
  const runs = await liveRuns()
  for (const { name, limit, seconds, processorSeconds, flop, firstMove, longestSlice } of runs) {
    rows.push({
      what: `live run in a worker of Chromium: ${name}`,
      value: `${fixed(seconds)} s, ${fixed(processorSeconds)} s of processor`,
      compared: `${fixed(flop / 1e9)} GFLOP counted; every curve moved after ${fixed(firstMove)} s; longest slice ${fixed(longestSlice)} ms`,
    })
    goals.push({ goal: `${name}, within ${limit} s, each curve moving within a second`, reached: `${fixed(seconds)} s, ${fixed(firstMove)} s`, met: seconds <= limit && firstMove <= 1 })
  }
  return { rows, goals, measured: { ...times, runs } }
}
