/**
 * The clock of the talk, held against the plan. It is Slidev's own timer, which its windows share; here it also outlives
 * a reload, and a second presenter window, which would otherwise begin at zero and announce that to the first one.
 *
 * Time is the difference of two moments, never a count of ticks: a laptop that slept wakes up with the right time.
 */
import { sharedState } from '@slidev/client'
import { watch } from 'vue'
import { recall, remember } from './storage.ts'

export type Timer = typeof sharedState.timer

/** A slide's place in the plan, in seconds (setup/preparser.ts puts it into the frontmatter). */
export interface SlidePlan {
  startsAt: number
  seconds: number
}

/** How the talk stands: `left` seconds of the slide's budget, or so many ahead of the plan or behind it. */
export interface Standing {
  is: 'left' | 'ahead' | 'behind'
  seconds: number
}

/** A clock that was started longer ago belongs to another talk, in milliseconds. */
const tooOld = 4 * 60 * 60 * 1000

/**
 * Kept from now on, and taken up again where it was. Called once, by setup/main.ts, before windows announce anything.
 * @param path where the deck stands, which is the same on all of its slides (composables/transport.ts)
 */
export function keepClock(path: string): void {
  const key = `structure-is-a-loan:${path}:clock`
  const kept = readTimer(recall(key))
  if (kept && sharedState.timer.status === 'stopped' && Date.now() - kept.startedAt < tooOld)
    sharedState.timer = kept
  watch(() => sharedState.timer, timer => remember(key, JSON.stringify(timer)), { deep: true })
}

/** What was kept, if it is a clock that had been started. */
export function readTimer(text: string | undefined): Timer | undefined {
  try {
    const { status, startedAt, pausedAt } = JSON.parse(text ?? '{}') as Partial<Timer>
    if ((status === 'running' || status === 'paused') && Number.isFinite(startedAt) && Number.isFinite(pausedAt))
      return { status, slides: {}, startedAt: Number(startedAt), pausedAt: Number(pausedAt) }
  }
  catch {
    // Not ours: as if nothing had been kept.
  }
  return undefined
}

/** Seconds since the talk began, without its pauses. */
export function elapsedSeconds({ status, startedAt, pausedAt }: Timer, now: number): number {
  if (status === 'stopped' || !startedAt)
    return 0
  return Math.max(0, ((status === 'paused' ? pausedAt : now) - startedAt) / 1000)
}

/** Starts, pauses, or goes on. */
export function toggleClock(now = Date.now()): void {
  const { status, startedAt, pausedAt } = sharedState.timer
  sharedState.timer = status === 'running'
    ? { status: 'paused', slides: {}, startedAt, pausedAt: now }
    : { status: 'running', slides: {}, startedAt: status === 'paused' ? now - (pausedAt - startedAt) : now, pausedAt: 0 }
}

export function resetClock(): void {
  sharedState.timer = { status: 'stopped', slides: {}, startedAt: 0, pausedAt: 0 }
}

/** How the talk stands on a slide, so many seconds after its beginning. */
export function standing({ startsAt, seconds }: SlidePlan, elapsed: number): Standing {
  const end = startsAt + seconds
  if (elapsed < startsAt)
    return { is: 'ahead', seconds: startsAt - elapsed }
  return elapsed > end ? { is: 'behind', seconds: elapsed - end } : { is: 'left', seconds: end - elapsed }
}
