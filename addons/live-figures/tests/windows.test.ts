/** Windows of one talk agree, in whatever order they are opened, used, reloaded and closed, and hear of each other. */
import type { Kind, ModelWindow } from './model-windows.ts'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askingTime } from '../sync/session.ts'
import { lastClick, pages, Room } from './model-windows.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

type Step = (room: Room, window: ModelWindow) => void

const kind = fc.constantFrom<Kind>('presenter', 'viewer', 'onlooker')
const page = fc.integer({ min: 1, max: pages })
const clicks = fc.integer({ min: 0, max: lastClick })

/** What may happen to a window, each with its name for the report of a failure. */
const steps: fc.Arbitrary<[string, Step]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 30, max: 39 }), fc.option(fc.constantFrom('a' as const, 'b' as const))).map(([level, model]): [string, Step] => [`move to ${level}${model ?? ''}`, (_, window) => window.move({ level, ...model ? { model } : {} })]) },
  { weight: 3, arbitrary: fc.constantFrom(1, -1).map((by): [string, Step] => [`turn by ${by}`, (_, window) => window.turn({ clicks: window.place.clicks + by })]) },
  { weight: 1, arbitrary: fc.tuple(page, clicks).map(([page, clicks]): [string, Step] => [`jump to ${page}.${clicks}`, (_, window) => window.turn({ page, clicks })]) },
  { weight: 1, arbitrary: fc.constant<[string, Step]>(['black', (_, window) => window.press()]) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }).map((count): [string, Step] => [`hear ${count}`, (_, window) => {
    for (let heard = 0; heard < count; heard++)
      window.hear()
  }]) },
  { weight: 4, arbitrary: fc.constant<[string, Step]>(['arrive', (_, window) => window.arrive()]) },
  { weight: 2, arbitrary: fc.constant<[string, Step]>(['mount', (_, window) => window.mount()]) },
  { weight: 2, arbitrary: fc.constant<[string, Step]>(['reload', (room, window) => room.reload(window)]) },
  { weight: 1, arbitrary: fc.constant<[string, Step]>(['close', (room, window) => room.close(window)]) },
  { weight: 2, arbitrary: fc.tuple(kind, page, clicks).map(([kind, page, clicks]): [string, Step] => [`open a ${kind} at ${page}.${clicks}`, room => room.open(kind, { page, clicks })]) },
  { weight: 2, arbitrary: fc.constantFrom(300, askingTime).map((ms): [string, Step] => [`wait ${ms} ms`, () => vi.advanceTimersByTime(ms)]) },
  { weight: 2, arbitrary: fc.constant<[string, Step]>(['rest', room => room.rest()]) },
)

const story = fc.array(fc.tuple(fc.nat(), steps), { minLength: 4, maxLength: 60, size: 'max' })

/** Everything arrives, and nobody asks any more. */
function settle(room: Room): void {
  room.rest()
  vi.advanceTimersByTime(askingTime)
  room.rest()
}

/** Plays a story in a room with a presenter and an audience, and ends it with a presenter in the room. */
function play(happened: readonly [number, [string, Step]][]): { room: Room, speaker: ModelWindow } {
  const room = new Room()
  room.open('presenter')
  room.open('viewer')
  settle(room)
  for (const [at, [, step]] of happened) {
    const window = room.windows[at % room.windows.length] ?? room.open('presenter')
    step(room, window)
  }
  settle(room)
  const speaker = room.windows.find(({ kind }) => kind === 'presenter') ?? room.open('presenter')
  settle(room)
  return { room, speaker }
}

const retell = (happened: readonly [number, [string, Step]][]) => happened.map(([at, [name]]) => `${at}: ${name}`).join('\n')

describe('windows of one talk, whatever happened in them and in whatever order', () => {
  it('know the same and are at the same place once everything has arrived', () => {
    fc.assert(fc.property(story, (happened) => {
      const { room, speaker } = play(happened)
      for (const window of room.windows) {
        expect(window.knows(), retell(happened)).toEqual(speaker.knows())
        if (!window.strayed)
          expect(window.place, retell(happened)).toEqual(speaker.place)
      }
    }), { numRuns: 1000 })
  })

  it('show the same, the plan, at the next click of the speaker and back at this one', () => {
    fc.assert(fc.property(story, (happened) => {
      const { room, speaker } = play(happened)
      const [here, next] = [speaker.place.clicks, speaker.place.clicks === lastClick ? lastClick - 1 : speaker.place.clicks + 1]
      for (const clicks of [next, here]) {
        speaker.turn({ clicks })
        settle(room)
        for (const window of room.windows) {
          expect(window.place, retell(happened)).toEqual(speaker.place)
          expect(window.shows(), retell(happened)).toEqual({ level: clicks * 10, model: speaker.shows().model })
        }
      }
    }), { numRuns: 1000 })
  })
})

it('a place that a window was sent to and never reached counts when somebody turns to it later', () => {
  const room = new Room()
  const [speaker, other] = [room.open('presenter'), room.open('presenter')]
  settle(room)
  speaker.turn({ clicks: 1 })
  speaker.arrive()
  other.hear()
  // On its way there, a key takes it elsewhere.
  other.turn({ clicks: 2 })
  settle(room)
  expect(speaker.place.clicks).toBe(2)
  other.turn({ clicks: 1 })
  settle(room)
  expect(speaker.place.clicks).toBe(1)
})

it('a presenter’s window that hears nothing for a second goes where the talk is once it does', () => {
  const room = new Room()
  const speaker = room.open('presenter', { page: 1, clicks: 1 })
  settle(room)
  const late = room.open('presenter', { page: 2, clicks: 0 }, 35)
  vi.advanceTimersByTime(askingTime)
  settle(room)
  for (const window of [speaker, late])
    expect(window.place).toMatchObject({ page: 1, clicks: 1 })
})
