/** A window's part in a room: what it says and when, what it hears, how it comes back, what it shows of that. */
import type { Connection } from '../room/backoff.ts'
import type { RoomLink } from '../room/join.ts'
import type { Envelope, Session } from '../sync/session.ts'
import { mount } from '@vue/test-utils'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import RoomMark from '../parts/RoomMark.vue'
import { longestPause, pauseAfter, stayConnected } from '../room/backoff.ts'
import { joinRoom, talkIsOver } from '../room/join.ts'
import { publicKeyOf, toText } from '../room/keys.ts'
import { createGate, open } from '../room/sealed.ts'
import { inRoom } from '../room/window.ts'
import { askingTime, createSession } from '../sync/session.ts'

const seed = new Uint8Array(32).fill(3)
const settings = { transport: 'relay', server: '', name: 'model-room', key: toText(publicKeyOf(seed)) } as const

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A server that keeps the last state and passes acts on, to windows that come and go. */
class Server {
  readonly said: { kind: 'act' | 'state', sealed: Uint8Array<ArrayBuffer>, by: string }[] = []
  up = true
  private state: Uint8Array<ArrayBuffer> | undefined
  private readonly windows = new Map<string, { receive: (sealed: Uint8Array<ArrayBuffer>) => void, end: () => void }>()

  async connect(name: string, receive: (sealed: Uint8Array<ArrayBuffer>) => void): Promise<Connection> {
    if (!this.up)
      throw new Error('away')
    await Promise.resolve()
    let end = () => {}
    const lost = new Promise<void>((resolve) => { end = resolve })
    this.windows.set(name, { receive, end })
    if (this.state)
      receive(this.state)
    return {
      lost,
      close: end,
      send: (kind: 'act' | 'state', sealed: Uint8Array<ArrayBuffer>) => {
        this.said.push({ kind, sealed, by: name })
        if (kind === 'state')
          this.state = sealed
        else
          this.windows.forEach((window, other) => other !== name && window.receive(sealed))
      },
    }
  }

  fall(): void {
    this.up = false
    this.windows.forEach(({ end }) => end())
    this.windows.clear()
  }

  /** What a stranger who hears all can open. */
  opened(kind: 'act' | 'state') {
    const gate = createGate(settings.name, publicKeyOf(seed))
    return this.said.filter(said => said.kind === kind).map(({ sealed }) => open(sealed, gate, Date.now()))
  }
}

interface RoomWindow {
  session: Session
  link: RoomLink
  lost: () => boolean
}

/** A window whose only way out is the room. */
function openWindow(server: Server, name: string, role: 'presenter' | 'listener', own: Uint8Array<ArrayBuffer> | undefined = role === 'presenter' ? seed : undefined): RoomWindow {
  const session = createSession(name)
  let [hear, lost]: [(envelope: Envelope) => void, boolean] = [() => {}, true]
  const link = joinRoom(settings, own && toText(own), {
    id: name, state: session.state, hear: envelope => hear(envelope), onUp: () => { lost = false }, onDown: () => { lost = true }, onWrongSeed: () => {},
  }, (_settings, _seed, receive) => server.connect(name, receive))
  session.start({ send: envelope => link.say(envelope), listen: (listener) => { hear = listener } }, () => role, true, Date.now)
  return { session, link, lost: () => lost }
}

const place = (page: number) => ({ page, clicks: 0, clicksTotal: 3 })
const pageOf = ({ session }: RoomWindow) => (session.last('place')?.value as { page: number } | undefined)?.page

async function startTalk(server: Server): Promise<RoomWindow> {
  const speaker = openWindow(server, 'speaker', 'presenter')
  await vi.advanceTimersByTimeAsync(askingTime)
  speaker.session.set('place', place(1))
  await vi.advanceTimersByTimeAsync(200)
  return speaker
}

describe('a window of a room', () => {
  it('hears what the presenter did before it came, and what is done then', async () => {
    const server = new Server()
    const speaker = await startTalk(server)
    const late = openWindow(server, 'late', 'listener')
    await vi.advanceTimersByTimeAsync(0)
    expect(pageOf(late)).toBe(1)
    speaker.session.set('place', place(2))
    await vi.advanceTimersByTimeAsync(1)
    expect(pageOf(late)).toBe(2)
  })

  it('says nothing unless it came by the presenter’s link', async () => {
    const server = new Server()
    const follower = openWindow(server, 'follower', 'listener')
    const forger = openWindow(server, 'forger', 'presenter', new Uint8Array(32).fill(9))
    await vi.advanceTimersByTimeAsync(2 * askingTime)
    for (const { session } of [follower, forger])
      session.set('place', place(7))
    await vi.advanceTimersByTimeAsync(1000)
    expect(server.said).toEqual([])
  })

  it('gathers a drag into twenty acts a second, a pointer into ten and no state, and ends where they end', async () => {
    const server = new Server()
    const speaker = await startTalk(server)
    const follower = openWindow(server, 'follower', 'listener')
    await vi.advanceTimersByTimeAsync(0)
    const drag = async (key: string, value: (step: number) => unknown) => {
      const before = { act: server.opened('act').length, state: server.opened('state').length }
      for (let step = 0; step < 200; step++) {
        speaker.session.set(key, value(step))
        await vi.advanceTimersByTimeAsync(5)
      }
      await vi.advanceTimersByTimeAsync(200)
      expect(follower.session.last(key)?.value).toEqual(value(199))
      return { acts: server.opened('act').length - before.act, states: server.opened('state').length - before.state }
    }
    const figure = await drag('figure:loss', step => ({ page: 1, step: 0, inputs: { horizon: step } }))
    expect(figure.acts).toBeGreaterThan(15)
    expect(figure.acts).toBeLessThanOrEqual(22)
    expect(figure.states).toBe(figure.acts)
    const pointer = await drag('cursor', step => ({ x: step / 2, y: 1 }))
    expect(pointer.acts).toBeLessThanOrEqual(12)
    expect(pointer.states).toBe(0)
  })

  it('goes on while the server is away; what was done then is what counts, and everybody catches up', async () => {
    const server = new Server()
    const speaker = await startTalk(server)
    const follower = openWindow(server, 'follower', 'listener')
    await vi.advanceTimersByTimeAsync(0)
    server.fall()
    await vi.advanceTimersByTimeAsync(10)
    expect([speaker.lost(), follower.lost()]).toEqual([true, true])
    speaker.session.set('place', place(5))
    speaker.session.set('blank', true)
    expect(pageOf(speaker)).toBe(5)
    await vi.advanceTimersByTimeAsync(60_000)
    server.up = true
    await vi.advanceTimersByTimeAsync(longestPause + 100)
    expect([speaker.lost(), follower.lost()]).toEqual([false, false])
    expect(pageOf(follower)).toBe(5)
    expect(follower.session.last('blank')?.value).toBe(true)
  })

  it('of a presenter who reloaded without a connection and went on is later than what the server kept', async () => {
    const server = new Server()
    const before = await startTalk(server)
    for (let page = 2; page < 20; page++)
      before.session.set('place', place(page))
    await vi.advanceTimersByTimeAsync(1000)
    server.fall()
    const after = openWindow(server, 'after', 'presenter')
    await vi.advanceTimersByTimeAsync(askingTime)
    after.session.set('place', place(4))
    server.up = true
    const follower = openWindow(server, 'follower', 'listener')
    await vi.advanceTimersByTimeAsync(2 * longestPause)
    expect([pageOf(after), pageOf(follower)]).toEqual([4, 4])
  })

  it('of a second presenter joins where the talk is, and both lead', async () => {
    const server = new Server()
    const first = await startTalk(server)
    first.session.set('place', place(6))
    await vi.advanceTimersByTimeAsync(200)
    const second = openWindow(server, 'second', 'presenter')
    second.session.set('place', place(1))
    await vi.advanceTimersByTimeAsync(2 * askingTime)
    expect([pageOf(first), pageOf(second)]).toEqual([6, 6])
    second.session.set('place', place(8))
    await vi.advanceTimersByTimeAsync(200)
    expect(pageOf(first)).toBe(8)
    first.session.set('place', place(9))
    await vi.advanceTimersByTimeAsync(200)
    expect(pageOf(second)).toBe(9)
  })
})

it('a window of a presenter who opens the link for the next talk begins where it is, and takes the followers along', async () => {
  const server = new Server()
  const before = await startTalk(server)
  before.session.set('place', place(26))
  await vi.advanceTimersByTimeAsync(200)
  server.fall()
  await vi.advanceTimersByTimeAsync(talkIsOver + 1000)
  server.up = true
  const early = openWindow(server, 'early', 'listener')
  const next = openWindow(server, 'next', 'presenter')
  next.session.set('place', place(1))
  // What is left of the first talk has not come back by then.
  await vi.advanceTimersByTimeAsync(askingTime + 500)
  expect([pageOf(next), pageOf(early)]).toEqual([1, 1])
})

it('whatever happened, in whatever order, everybody ends in the state of the presenters', async () => {
  type Step = { kind: 'turn' | 'move', by: number, to: number } | { kind: 'fall' | 'rise' | 'come' } | { kind: 'wait', ms: number }
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('turn' as const, 'move' as const), by: fc.nat(1), to: fc.integer({ min: 1, max: 26 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('fall' as const, 'rise' as const, 'come' as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 20, 300, 5000) }) },
  )
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (story) => {
    const server = new Server()
    const presenters = [await startTalk(server), openWindow(server, 'second', 'presenter')]
    await vi.advanceTimersByTimeAsync(askingTime + 100)
    const followers = [openWindow(server, 'f0', 'listener')]
    for (const happened of story) {
      if (happened.kind === 'turn')
        presenters[happened.by]!.session.set('place', place(happened.to))
      else if (happened.kind === 'move')
        presenters[happened.by]!.session.set('figure:loss', { page: 3, step: 0, inputs: { horizon: happened.to } })
      else if (happened.kind === 'wait')
        await vi.advanceTimersByTimeAsync(happened.ms)
      else if (happened.kind === 'come')
        followers.push(openWindow(server, `f${followers.length}`, 'listener'))
      else if (happened.kind === 'fall')
        server.fall()
      else
        server.up = true
    }
    server.up = true
    await vi.advanceTimersByTimeAsync(2 * longestPause)
    const known = ({ session }: RoomWindow) => ['place', 'figure:loss'].map(key => session.last(key)?.value)
    for (const window of [...presenters, ...followers])
      expect(known(window)).toEqual(known(presenters[0]!))
    expect(pageOf(presenters[0]!)).toBeGreaterThan(0)
  }), { numRuns: 60 })
}, 60_000)

describe('a connection', () => {
  it('is made again after pauses that double to the longest, at no two windows alike', () => {
    fc.assert(fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const pause = pauseAfter(failures, random)
      const whole = Math.min(1000 * 2 ** failures, longestPause)
      expect(pause).toBeGreaterThanOrEqual(whole / 4)
      expect(pause).toBeLessThanOrEqual(whole)
      expect(pauseAfter(failures, random / 2)).toBeLessThanOrEqual(pause)
    }))
  })

  it('is asked for ever more rarely while nothing answers, and at once when the network is back', async () => {
    let asked = 0
    stayConnected(() => {
      asked++
      return Promise.reject(new Error('away'))
    }, () => {}, () => {})
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(asked).toBeGreaterThan(30)
    expect(asked).toBeLessThan(130)
    const before = asked
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toBe(before + 1)
  })
})

describe('the mark of a room', () => {
  it('says nothing while all is well, what is lost, and the way back to the speaker', async () => {
    const comeBack = vi.fn()
    Object.assign(inRoom, { comeBack })
    const mark = mount(RoomMark, { global: { stubs: { teleport: true } } })
    expect(mark.text()).toBe('')
    inRoom.lost.value = true
    await nextTick()
    expect(mark.get('[role=status]').text()).toBe('Connection lost, trying again')
    // The projector beside the presenter keeps it to itself.
    inRoom.beside.value = true
    await nextTick()
    expect(mark.text()).toBe('')
    inRoom.lost.value = inRoom.beside.value = false
    inRoom.away.value = true
    await nextTick()
    await mark.get('button').trigger('click')
    expect(mark.get('button').text()).toMatch(/^The speaker is at slide .*follow$/)
    expect(comeBack).toHaveBeenCalledOnce()
    inRoom.away.value = false
    mark.unmount()
  })
})
