/** The clock of the talk: what it shows, and that it outlives a reload, a nap and a browser that keeps nothing. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { sharedState } from '../slidev/client.ts'
import { elapsedSeconds, keepClock, readTimer, resetClock, toggleClock } from '../sync/clock.ts'

const key = 'the clock'
const noon = Date.UTC(2024, 3, 11, 12)
let scope = effectScope()

/** A window that opens now. */
function open(): void {
  scope.stop()
  scope = effectScope()
  resetClock()
  scope.run(() => keepClock(key))
}

beforeEach(() => {
  vi.useFakeTimers({ now: noon, toFake: ['Date'] })
  localStorage.clear()
  open()
})

afterEach(() => {
  scope.stop()
  resetClock()
  vi.useRealTimers()
})

describe('the clock', () => {
  it('starts, pauses without losing time, goes on, and is reset', () => {
    expect(elapsedSeconds(sharedState.timer, noon)).toBe(0)
    toggleClock(noon)
    expect(elapsedSeconds(sharedState.timer, noon + 65_000)).toBe(65)
    toggleClock(noon + 65_000)
    expect(elapsedSeconds(sharedState.timer, noon + 999_000)).toBe(65)
    toggleClock(noon + 999_000)
    expect(elapsedSeconds(sharedState.timer, noon + 1_000_000)).toBe(66)
    resetClock()
    expect(elapsedSeconds(sharedState.timer, noon + 1_000_000)).toBe(0)
  })

  it('never shows less than nothing, though the machine’s clock was set back', () => {
    toggleClock(noon)
    expect(elapsedSeconds(sharedState.timer, noon - 5000)).toBe(0)
  })
})

describe('the clock after a reload', () => {
  it('runs on from where it began, or stays paused', async () => {
    toggleClock(noon)
    await nextTick()
    open()
    expect(sharedState.timer).toMatchObject({ status: 'running', startedAt: noon })
    toggleClock(noon + 30_000)
    await nextTick()
    open()
    expect(elapsedSeconds(sharedState.timer, noon + 90_000)).toBe(30)
  })

  it('stays stopped after a reset', async () => {
    toggleClock(noon)
    await nextTick()
    resetClock()
    await nextTick()
    open()
    expect(sharedState.timer.status).toBe('stopped')
  })

  it('does not take up yesterday’s talk', async () => {
    toggleClock(noon)
    await nextTick()
    vi.setSystemTime(noon + 3 * 3600_000)
    open()
    expect(sharedState.timer.status).toBe('running')
    vi.setSystemTime(noon + 5 * 3600_000)
    open()
    expect(sharedState.timer.status).toBe('stopped')
  })

  it('leaves a clock alone that other windows keep already', async () => {
    toggleClock(noon)
    await nextTick()
    scope.stop()
    sharedState.timer = { status: 'paused', slides: {}, startedAt: noon, pausedAt: noon + 1000 }
    scope = effectScope()
    scope.run(() => keepClock(key))
    expect(sharedState.timer.status).toBe('paused')
  })

  it.each(['', 'null', '[]', '{"status":"running"}', '{"status":"stopped","startedAt":1,"pausedAt":0}', 'nonsense'])('takes %j for nothing', (text) => {
    expect(readTimer(text)).toBeUndefined()
    localStorage.setItem(key, text)
    open()
    expect(sharedState.timer.status).toBe('stopped')
  })

  it('works where nothing can be kept', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    open()
    toggleClock(noon)
    await nextTick()
    expect(sharedState.timer.status).toBe('running')
  })
})
