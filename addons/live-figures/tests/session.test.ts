/** Who leads: windows of one talk, each with figures of its own, over a transport that a test can look into. */
import type { Envelope, Role, Session, Transport } from '../sync/session.ts'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { choice, whole } from '../figure/fields.ts'
import { useFigure } from '../figure/state.ts'
import { shareFigures, sharedFiguresKey } from '../figure/shared.ts'
import { askingTime, createSession } from '../sync/session.ts'
import { createSlideDouble, slideDoubleKey } from '../testing/slidev-client.ts'

/** A transport that copies as a channel does, refuses what a channel refuses, and keeps the order. */
function createTransport(): () => Transport {
  const listeners: ((envelope: Envelope) => void)[] = []
  return () => {
    let own: ((envelope: Envelope) => void) | undefined
    return {
      send: envelope => listeners.filter(listener => listener !== own).forEach(listener => listener(structuredClone(envelope))),
      listen: (listener) => {
        own = listener
        listeners.push(listener)
      },
    }
  }
}

const Probe = defineComponent({
  setup(_, { expose }) {
    const { state, update } = useFigure('probe', [{ level: 1, model: 'a' }, { level: 2, model: 'a' }], {
      fields: { level: whole(0, 99), model: choice<string>(['a', 'b']) },
      keep: ['model'],
    })
    expose({ update })
    return () => h('output', `${state.value.level}${state.value.model}`)
  },
})

let openTransport: () => Transport
let named = 0

interface Window {
  session: Session
  shows: () => string
  move: (words: string) => Promise<void>
  /** The speaker's key in this window: the page goes on, and the others hear of it. */
  click: (clicks: number) => Promise<void>
}

function openWindow(role: Role, viewersLead = true): Window {
  const session = createSession(`window-${named++}`)
  const slide = createSlideDouble()
  slide.renderContext.value = role === 'presenter' ? 'presenter' : 'slide'
  const wrapper = mount(Probe, { global: { provide: { [slideDoubleKey]: slide, [sharedFiguresKey as symbol]: shareFigures(session) } } })
  session.listen({ onApply: ({ key, value }) => {
    if (key === 'place')
      slide.clicks.value = (value as { clicks: number }).clicks
  } })
  // Here answers come at once; where a presenter's window opens it knows before.
  if (role === 'presenter')
    session.set('place', { page: 1, clicks: 0, clicksTotal: 1 })
  session.start(openTransport(), () => role, viewersLead)
  return {
    session,
    shows: () => wrapper.text(),
    async move(words) {
      const [level, model] = words.split(' ');
      (wrapper.vm as unknown as { update: (patch: object) => void }).update({ level: Number(level), ...(model ? { model } : {}) })
      await nextTick()
    },
    async click(clicks) {
      slide.clicks.value = clicks
      session.set('place', { page: 1, clicks, clicksTotal: 1 })
      await nextTick()
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  openTransport = createTransport()
})

afterEach(() => {
  vi.useRealTimers()
})

function open(...roles: Role[]): Window[] {
  const windows = roles.map(role => openWindow(role))
  vi.advanceTimersByTime(askingTime)
  return windows
}

describe('a presenter’s window', () => {
  it('moves the figures of all others', async () => {
    const [speaker, phone, projector, other] = open('presenter', 'presenter', 'viewer', 'viewer') as [Window, Window, Window, Window]
    await speaker.move('7')
    expect([phone, projector, other].map(window => window.shows())).toEqual(['7a', '7a', '7a'])
    await phone.move('8')
    expect([speaker, projector, other].map(window => window.shows())).toEqual(['8a', '8a', '8a'])
  })

  it('agrees with another one, whatever crosses on the way: the last action wins', async () => {
    const held: (() => void)[] = []
    const straight = openTransport
    openTransport = () => {
      const transport = straight()
      return { ...transport, send: envelope => void held.push(() => transport.send(envelope)) }
    }
    const [one, two] = open('presenter', 'presenter') as [Window, Window]
    const deliver = async () => {
      while (held.length > 0)
        held.shift()?.()
      await nextTick()
    }
    await deliver()
    await one.move('5')
    await two.move('6')
    await deliver()
    expect(one.shows()).toBe(two.shows())
  })

  it('is not moved by a viewer, nor are other viewers', async () => {
    const [speaker, projector, listener] = open('presenter', 'viewer', 'viewer') as [Window, Window, Window]
    projector.session.use()
    await projector.move('9 b')
    expect([speaker, projector, listener].map(window => window.shows())).toEqual(['1a', '9b', '1a'])
  })

  it('that says it is a viewer is not heard on figures, not even by its own kind', async () => {
    const [speaker] = open('presenter') as [Window]
    openTransport().send({ from: 'forger', role: 'viewer', tick: 99, changes: [{ key: 'figure:probe', value: { page: 1, step: 0, inputs: { level: 66 } }, tick: 100, by: 'forger' }] })
    await nextTick()
    expect(speaker.shows()).toBe('1a')
  })
})

describe('coming back to a click', () => {
  it('finds the plan and what is kept, in every window, also in one opened in between', async () => {
    const [speaker, projector] = open('presenter', 'viewer') as [Window, Window]
    await speaker.move('7 b')
    await speaker.click(1)
    const late = openWindow('viewer')
    await speaker.click(0)
    expect([speaker, projector, late].map(window => window.shows())).toEqual(['1b', '1b', '1b'])
  })

  it('after another slide finds what was moved', async () => {
    const [speaker, projector] = open('presenter', 'viewer') as [Window, Window]
    await speaker.move('7')
    for (const page of [2, 1])
      speaker.session.set('place', { page, clicks: 0, clicksTotal: 1 })
    await nextTick()
    expect([speaker, projector].map(window => window.shows())).toEqual(['7a', '7a'])
  })
})

describe('a viewer’s window', () => {
  it('keeps what was done in it until the speaker changes on that figure', async () => {
    const [speaker, projector] = open('presenter', 'viewer') as [Window, Window]
    await projector.move('9')
    expect(projector.shows()).toBe('9a')
    await speaker.move('3')
    expect(projector.shows()).toBe('3a')
  })

  it('keeps it no longer than the click, not even what is kept through clicks', async () => {
    const [speaker, projector] = open('presenter', 'viewer') as [Window, Window]
    await projector.move('9 b')
    await speaker.click(1)
    expect([speaker, projector].map(window => window.shows())).toEqual(['2a', '2a'])
  })

  it('goes on with what the speaker chose to keep', async () => {
    const [speaker, projector] = open('presenter', 'viewer') as [Window, Window]
    await speaker.move('9 b')
    await speaker.click(1)
    expect([speaker, projector].map(window => window.shows())).toEqual(['2b', '2b'])
  })

  it('turns the page for all once it is used, and not before', async () => {
    const [speaker, projector, other] = open('presenter', 'viewer', 'viewer') as [Window, Window, Window]
    await projector.click(1)
    expect(speaker.shows()).toBe('1a')
    projector.session.use()
    await projector.click(1)
    expect([speaker, other].map(window => window.shows())).toEqual(['2a', '2a'])
  })

  it('never turns it from another machine', async () => {
    const [speaker] = open('presenter') as [Window]
    const far = openWindow('viewer', false)
    far.session.use()
    await far.click(1)
    expect(speaker.shows()).toBe('1a')
    // And what it did alone does not make it deaf.
    for (let turn = 0; turn < 5; turn++)
      await far.click(turn % 2)
    await speaker.move('4')
    expect(far.shows()).toBe('4a')
  })

  it('is its own master where there is no presenter', async () => {
    const [one, two] = open('viewer', 'viewer') as [Window, Window]
    one.session.use()
    await one.move('9')
    await one.click(1)
    expect([one.shows(), two.shows()]).toEqual(['2a', '1a'])
  })
})

describe('a window opened later', () => {
  it.each(['viewer', 'presenter'] as const)('of a %s finds the figures and the click as the speaker left them', async (role) => {
    const [speaker] = open('presenter') as [Window]
    await speaker.click(1)
    await speaker.move('7 b')
    const late = openWindow(role)
    await nextTick()
    expect(late.shows()).toBe('7b')
    expect(speaker.shows()).toBe('7b')
  })

  it('gives up what it came with', async () => {
    open('presenter')
    const alone = createTransport()
    const joined = openTransport
    openTransport = alone
    const late = openWindow('viewer')
    await late.move('9')
    expect(late.shows()).toBe('9a')
    late.session.start(joined(), () => 'viewer', true)
    await nextTick()
    expect(late.shows()).toBe('1a')
  })

  it('leads when it is a presenter’s and no other is there, whatever viewers did before', async () => {
    const [viewer] = open('viewer') as [Window]
    viewer.session.use()
    for (let turn = 0; turn < 9; turn++)
      await viewer.click(1)
    const [speaker] = open('presenter') as [Window]
    await nextTick()
    expect(viewer.shows()).toBe('1a')
    await speaker.click(1)
    expect(viewer.shows()).toBe('2a')
  })
})
