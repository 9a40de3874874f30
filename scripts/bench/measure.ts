/** How the benchmark takes times, and what it reports. */

/** A line of the report. */
export interface Row {
  readonly what: string
  readonly value: string
  readonly compared?: string
}

/** What was to be reached, and what was. */
export interface Goal {
  readonly goal: string
  readonly reached: string
  readonly met: boolean
}

export interface Report {
  readonly rows: readonly Row[]
  readonly goals: readonly Goal[]
}

/**
 * The least milliseconds a call of each contestant took over all rounds. They take turns, so that a busy neighbour on the
 * machine slows all alike, and what is kept is the turn that was disturbed least.
 */
export async function leastTimes(contestants: readonly (() => unknown)[], rounds = 15, turnMs = 60): Promise<number[]> {
  const least = contestants.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of contestants.entries()) {
      const start = performance.now()
      let calls = 0
      let ms: number
      do {
        await run()
        calls++
        ms = performance.now() - start
      } while (ms < turnMs)
      // The first round is for compilers and caches.
      if (round > 0)
        least[i] = Math.min(least[i]!, ms / calls)
    }
  }
  return least
}

/** Three significant digits. */
export function fixed(value: number): string {
  return String(Number(value.toPrecision(3)))
}
