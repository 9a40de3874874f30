/** The spoken notes of a built deck when their file does not come: a sentence, and another try until it does. */
import type { Notes } from '../../composables/late-notes.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, watchEffect } from 'vue'
import { createLateNotes, notYet, onTheirWay } from '../../composables/late-notes.ts'

const unhandled: unknown[] = []
const record = (reason: unknown) => unhandled.push(reason)
let failures: number
let attempts: number[]
let shown: string[]
const scope = effectScope(true)

/** A presenter view that shows the note of page 3. */
function show(): void {
  const note = createLateNotes(async (attempt): Promise<Notes> => {
    attempts.push(attempt)
    if (failures-- > 0)
      throw new TypeError('no network')
    return { 3: 'third' }
  })
  scope.run(() => watchEffect(() => shown.push(note(3)), { flush: 'sync' }))
}

beforeEach(() => {
  vi.useFakeTimers()
  process.on('unhandledRejection', record)
  failures = 0
  attempts = []
  shown = []
})

afterEach(() => {
  vi.useRealTimers()
  process.off('unhandledRejection', record)
  expect(unhandled).toEqual([])
})

describe('the notes', () => {
  it('come with one load, for all pages', async () => {
    show()
    expect(shown).toEqual([onTheirWay])
    await vi.advanceTimersByTimeAsync(0)
    expect(shown).toEqual([onTheirWay, 'third'])
    expect(attempts).toEqual([0])
  })

  it('that do not come are said to be missing, and asked for again after a second, two, four', async () => {
    failures = 3
    show()
    await vi.advanceTimersByTimeAsync(999)
    expect(shown).toEqual([onTheirWay, notYet])
    expect(attempts).toEqual([0])
    await vi.advanceTimersByTimeAsync(1 + 2000)
    expect(attempts).toEqual([0, 1, 2])
    expect(shown.at(-1)).toBe(notYet)
    await vi.advanceTimersByTimeAsync(4000)
    expect(shown.at(-1)).toBe('third')
    await vi.advanceTimersByTimeAsync(600_000)
    expect(attempts).toEqual([0, 1, 2, 3])
  })

  it('are asked for at once when the network is back, however long the pause has become, and never twice at a time', async () => {
    failures = 8
    show()
    await vi.advanceTimersByTimeAsync(120_000)
    const before = attempts.length
    failures = 0
    window.dispatchEvent(new Event('online'))
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(attempts).toHaveLength(before + 1)
    expect(shown.at(-1)).toBe('third')
  })

  it('are asked for at least every half a minute', async () => {
    failures = 100
    show()
    await vi.advanceTimersByTimeAsync(300_000)
    const before = attempts.length
    await vi.advanceTimersByTimeAsync(300_000)
    expect(attempts.length - before).toBe(10)
  })
})
