/** Engines that train the same network: checked against a reference, timed in turns beside the machine's peak, and told in the report. */
import { fixed, leastTimes, type Goal, type Row } from './measure.ts'
import { compilePeak, PEAK_FLOP } from './ours.ts'

/** An implementation of the training. */
export interface Engine {
  readonly name: string
  /** What it is and on what it runs. */
  readonly description: string
  /** Trains on the first `count` of the batches, in order, and returns when that is done. */
  readonly train: (count: number) => void | Promise<void>
  /** What has to be the same in every engine: its parameters now, or the losses of the last training. */
  readonly computed: () => ArrayLike<number>
}

export interface Comparison {
  /** What a step is called in the report. */
  readonly step: string
  /** The engine that ships, and the reference it is held against. */
  readonly ours: readonly [Engine, Engine]
  readonly peers: readonly (readonly [name: string, make: () => Engine | Promise<Engine>])[]
  /** Counted FLOPs of a step. */
  readonly stepFlop: number
  /** Steps after which an engine must have computed what the reference has, and how near: f32 against f64. */
  readonly checked: { readonly steps: number, readonly miss: number }
  /** Steps in one call, of the engine that ships and of the others. */
  readonly calls: readonly [number, number]
  /** How many times as fast as the fastest peer the engine is meant to be. */
  readonly goal: number
}

/** Compares them; a peer that does not run here is reported, and the others are measured all the same. */
export async function compareEngines({ step, ours, peers, stepFlop, checked, calls, goal }: Comparison): Promise<{ rows: Row[], goals: Goal[], measured: unknown }> {
  const [engine, reference] = ours
  await reference.train(checked.steps)
  const check = async (tested: Engine): Promise<Engine> => {
    await tested.train(checked.steps)
    requireSame(tested, reference, checked)
    return tested
  }
  await check(engine)
  const running: Engine[] = []
  const failed: { name: string, reason: string }[] = []
  for (const [name, make] of peers) {
    try {
      running.push(await check(await make()))
    }
    catch (error) {
      failed.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }

  const engines = [...ours, ...running]
  const [peakMs, ...stepMs] = await leastTimes([
    { units: 1, run: compilePeak() },
    ...engines.map((engine, i) => {
      const count = calls[i === 0 ? 0 : 1]
      return { units: count, run: () => engine.train(count) }
    }),
  ])
  const peak = PEAK_FLOP / peakMs! / 1e6
  const times = engines.map(({ name, description }, i) => {
    const gflops = stepFlop / stepMs[i]! / 1e6
    return { name, description, peer: i >= ours.length, microseconds: stepMs[i]! * 1000, gflops, ofPeak: gflops / peak, engineIsFaster: stepMs[i]! / stepMs[0]! }
  })
  const fastest = Math.min(...times.filter(({ peer }) => peer).map(({ engineIsFaster }) => engineIsFaster))
  return {
    rows: [
      { what: `peak beside the ${step}, 128-bit multiply and add`, value: `${fixed(peak)} GFLOP/s`, compared: '' },
      ...times.map(({ description, microseconds, gflops, ofPeak, engineIsFaster }, i) => ({
        what: `${step}, ${description}`,
        value: `${fixed(microseconds)} µs, ${fixed(gflops)} GFLOP/s`,
        compared: `${fixed(ofPeak)} of the peak${i === 0 ? '' : `; the engine is ${fixed(engineIsFaster)} x as fast`}`,
      })),
      ...failed.map(({ name, reason }) => ({ what: `${step}, ${name}`, value: 'not measured', compared: reason })),
    ],
    goals: [
      { goal: `${step} at 0.3 of the peak or more`, reached: fixed(times[0]!.ofPeak), met: times[0]!.ofPeak >= 0.3 },
      { goal: `${step} ${goal} times as fast as the fastest peer`, reached: Number.isFinite(fastest) ? `${fixed(fastest)} x` : 'no peer ran', met: Number.isFinite(fastest) && fastest >= goal },
    ],
    measured: { peakGflops: peak, stepFlop, engines: times, failed },
  }
}

/** @throws Error when an engine does not compute what the reference computes: its time would mean nothing */
function requireSame(engine: Engine, reference: Engine, { steps, miss: limit }: Comparison['checked']): void {
  const [values, expected] = [engine.computed(), reference.computed()]
  const miss = Array.from(expected).reduce((worst, value, i) => Math.max(worst, Math.abs(values[i]! - value)), values.length === expected.length ? 0 : Infinity)
  // Written so that a NaN fails as well.
  if (!(miss < limit))
    throw new Error(`${engine.name} misses the reference by ${miss} within ${steps} steps; the limit is ${limit}.`)
}
