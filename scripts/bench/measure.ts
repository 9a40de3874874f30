/** How the benchmark takes times. */
import { quantile } from 'd3-array'

/** What a series of times says, in the unit of the times. */
export interface Spread {
  readonly median: number
  readonly p95: number
  readonly max: number
  readonly count: number
}

export function spreadOf(times: readonly number[]): Spread {
  return { median: quantile(times, 0.5) ?? NaN, p95: quantile(times, 0.95) ?? NaN, max: Math.max(...times), count: times.length }
}

/** Milliseconds that `run` takes, with what it returns. */
export function timed<T>(run: () => T): { ms: number, result: T } {
  const start = performance.now()
  const result = run()
  return { ms: performance.now() - start, result }
}

/** Something to be timed: `units` of work in one call. */
export interface Contestant {
  readonly units: number
  readonly run: () => void | Promise<void>
}

/**
 * The least milliseconds a unit that each contestant took over all rounds. They take turns, so that a busy neighbour
 * on the machine slows all alike, and what is kept is the turn that was disturbed least.
 */
export async function leastTimes(contestants: readonly Contestant[], rounds = 15, turnMs = 60): Promise<number[]> {
  const least = contestants.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [i, { units, run }] of contestants.entries()) {
      let calls = 0
      const start = performance.now()
      let ms = 0
      while (ms < turnMs) {
        await run()
        calls++
        ms = performance.now() - start
      }
      // The first round is for the compiler.
      if (round > 0)
        least[i] = Math.min(least[i]!, ms / calls / units)
    }
  }
  return least
}

/** A line of the report. */
export interface Row {
  readonly what: string
  readonly value: string
  readonly compared: string
}

/** What was to be reached, and what was. */
export interface Goal {
  readonly goal: string
  readonly reached: string
  readonly met: boolean
}

/** Three significant digits. */
export function fixed(value: number): string {
  return String(Number(value.toPrecision(3)))
}
