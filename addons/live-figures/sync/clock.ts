/**
 * The clock of the talk. It is Slidev's own timer, which its windows share; here it also outlives a reload, and a second
 * presenter window, which would otherwise begin at zero and announce that to the first one.
 *
 * Time is the difference of two moments, never a count of ticks: a laptop that slept wakes up with the right time.
 */
import { watch } from 'vue'
import { sharedState } from '../slidev/client.ts'
import { recall, remember } from './storage.ts'

export type Timer = typeof sharedState.timer

/** A clock that was started longer ago belongs to another talk, in milliseconds. */
const tooOld = 4 * 60 * 60 * 1000

/**
 * Kept from now on, and taken up again where it was. Called once, before windows announce anything.
 * @param key a name in the browser's storage of this deck alone
 */
export function keepClock(key: string): void {
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
