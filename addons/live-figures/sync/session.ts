/**
 * The state that the windows of one talk share, and who may change it: a replicated map whose last writer wins.
 *
 * Of each key (the place, the clock, each figure) the last change counts. A change carries a tick, one more than any its
 * window had heard of (a Lamport clock), so that all windows agree which was last, in whatever order they hear of them.
 * What a window shows is a function of these changes alone: windows that heard the same show the same.
 *
 * With the place goes, under the slide's number, since which tick the slide has stood at this click. What was moved on it
 * before has ended, in every window and for good (figure/shared.ts).
 *
 * Presenter windows lead: their changes are the session's. A viewer's window asks for two things only, the place and the black
 * screen, once somebody uses it: a clicker may have its focus there. A presenter makes changes of them. A new window asks
 * first. If a presenter answers, it joins the session and what it came with is dropped; if none does, a presenter's window
 * leads from where it is. A few lines longer than most files here: one protocol, read in one piece.
 */
import type { Change, Click, Place } from './changes.ts'
import { clickKey, isClickers, isLater, isSamePlace } from './changes.ts'

export type Role = 'presenter' | 'viewer' | 'listener'

export interface Envelope {
  /** The window that sends it. */
  from: string
  role: Role
  /** The highest tick its window knows of. */
  tick: number
  /** Asks whoever is there for everything. */
  hello?: true
  /** Says what presenters did, whoever they were. */
  answer?: true
  changes?: Change[]
}

/** What carries envelopes to all other windows, in one order; nothing sent comes back. */
export interface Transport {
  send: (envelope: Envelope) => void
  listen: (listener: (envelope: Envelope) => void) => void
}

export interface SessionListener {
  /** The last change of a key may be another one now. */
  onUpdate?: (key: string) => void
  /** A presenter acted, in another window or because this one, a viewer's, asked for it. */
  onApply?: (change: Change) => void
  /** This window has joined a session: what was done in it before does not count. */
  onJoin?: () => void
}

export interface Session {
  readonly id: string
  /**
   * Starts announcing and listening.
   * @param role what this window is, now
   * @param viewersLead whether this window may turn the page while it is a viewer's
   * @param clock the least tick of what is done now: in a room the time, so that what a presenter does without a
   * connection is later than what was said before it was lost
   */
  start: (transport: Transport, role: () => Role, viewersLead: boolean, clock?: () => number) => void
  /** Somebody uses this window: from now on it need not ask. */
  use: () => void
  /** Sets a value for all windows, if this one may; a presenter's window that still asks announces it later. */
  set: (key: string, value: unknown) => void
  /** The last change of a key. */
  last: (key: string) => Change | undefined
  /** All that is agreed, as this window would answer; undefined unless it leads. */
  state: () => Envelope | undefined
  /** Also announces at once what is known by then. */
  listen: (listener: SessionListener) => void
}

/** A presenter's window that nobody answers for so long leads, in milliseconds. */
export const askingTime = 1000

export function createSession(id: string): Session {
  /** What presenters set: the state of the session. */
  const agreed = new Map<string, Change>()
  /** What was done in this window and no presenter has said yet; later than what is agreed on its keys. */
  const pending = new Map<string, Change>()
  const listeners: SessionListener[] = []
  let tick = 0
  let transport: Transport | undefined
  let role: () => Role = () => 'listener'
  let viewersLead = false
  let clock = () => 0
  let settled = false
  let joined = false
  let used = false

  const leads = () => role() === 'presenter' && settled
  const last = (key: string) => pending.get(key) ?? agreed.get(key)

  function send(content: Omit<Envelope, 'from' | 'role' | 'tick'>): void {
    transport?.send({ from: id, role: role(), tick, ...content })
  }

  function set(key: string, value: unknown): void {
    const asks = role() === 'viewer' && used && viewersLead && isClickers(key)
    // Before it starts, a window does not know yet what it is.
    if (!asks && role() !== 'presenter' && transport)
      return
    if (leads() && pending.size > 0)
      announce()
    // Plain to the last level: a reactive object is a proxy, and no channel carries one.
    const plain = JSON.parse(JSON.stringify(value)) as unknown
    if (!leads() && !asks) {
      // It has no tick yet, and nothing that is heard while this window asks is later.
      keep(pending, { key, value: plain, tick: Infinity, by: id })
      return
    }
    tick = Math.max(tick, clock())
    const made = stamp(key, plain)
    made.forEach(change => keep(leads() ? agreed : pending, change))
    send({ changes: made })
  }

  function keep(changes: Map<string, Change>, change: Change): void {
    changes.set(change.key, change)
    listeners.forEach(listener => listener.onUpdate?.(change.key))
  }

  /** Gives a change its tick; the place has the click of its slide with it, so that of two places the same one counts in both. */
  function stamp(key: string, value: unknown): Change[] {
    const made: Change[] = [{ key, value, tick: ++tick, by: id }]
    if (key === 'place') {
      const { page, clicks } = value as Place
      const known = last(clickKey(page))?.value as Click | undefined
      const click: Click = { clicks, since: known?.clicks === clicks ? known.since : tick }
      made.push({ key: clickKey(page), value: click, tick, by: id })
    }
    return made
  }

  function receive(envelope: Envelope): void {
    if (envelope.from === id)
      return
    tick = Math.max(tick, envelope.tick)
    if (envelope.hello)
      answer(envelope)
    // An answer is heard by all: who was asked may be gone before it could answer the others.
    else if (envelope.role === 'presenter' || envelope.answer)
      adopt(envelope)
    else if (role() === 'presenter')
      grant(envelope)
  }

  /** To a viewer that asks, a viewer's window says what presenters did, but not where they were: both go their own ways. */
  function answer({ role: asking }: Envelope): void {
    if (role() === 'viewer') {
      send({ answer: true, changes: [...agreed.values()].filter(({ key }) => asking === 'presenter' || key !== 'place') })
      // Whoever could have granted it may have been reloaded just then.
      if (pending.size > 0)
        send({ changes: [...pending.values()].filter(({ tick }) => tick < Infinity) })
    }
    else if (leads()) {
      if (pending.size > 0)
        announce()
      // A place that nobody turned to since this window came is no later than that of one which comes now and hears too late.
      const place = agreed.get('place')
      if (place?.tick === 1)
        stamp('place', place.value).forEach(change => keep(agreed, change))
      send({ answer: true, changes: [...agreed.values()] })
    }
  }

  /** Takes over what presenters said, and joins the session with the first that says where it is. */
  function adopt({ role: by, changes = [] }: Envelope): void {
    const place = changes.find(({ key }) => key === 'place')
    // After a reload a presenter’s window is where viewers know the session to be.
    if (joined || !place || !(by === 'presenter' || isHere(place))) {
      changes.forEach(apply)
      return
    }
    joined = true
    const dropped = [...pending.keys()]
    pending.clear()
    changes.forEach(apply)
    listeners.forEach((listener) => {
      dropped.forEach(key => listener.onUpdate?.(key))
      listener.onJoin?.()
    })
    settle()
  }

  const isHere = ({ value }: Change): boolean => isSamePlace(value as Place, pending.get('place')?.value as Place | undefined)

  /** Makes changes of a presenter of what a viewer's window asks for. */
  function grant({ changes = [] }: Envelope): void {
    const granted = changes.filter(change => isClickers(change.key) && apply(change))
    if (granted.length > 0 && leads())
      send({ changes: granted })
  }

  /** Takes a change over if it is the last of its key. */
  function apply(change: Change): boolean {
    const known = agreed.get(change.key)
    if (known && !isLater(change, known))
      return false
    const mine = pending.get(change.key)
    if (mine && !isLater(mine, change))
      pending.delete(change.key)
    keep(agreed, change)
    listeners.forEach(listener => listener.onApply?.(change))
    return true
  }

  /** From now on this window, if it is a presenter's, leads. */
  function settle(): void {
    if (settled)
      return
    settled = true
    if (role() === 'presenter')
      announce()
  }

  /** Makes changes of what was pending, and announces all. By now this window knows how many ticks there were before it came. */
  function announce(): void {
    const waiting = [...pending.values()]
    pending.clear()
    for (const { key, value } of waiting) {
      if (!key.startsWith('click:'))
        stamp(key, value).forEach(change => keep(agreed, change))
    }
    send({ changes: [...agreed.values()] })
  }

  return {
    id,
    start(through, as, lead, least = () => 0) {
      transport = through
      role = as
      viewersLead = lead
      clock = least
      transport.listen(receive)
      send({ hello: true })
      setTimeout(settle, askingTime)
    },
    use() {
      used = true
      if (role() === 'presenter')
        settle()
    },
    set,
    last,
    state: () => leads() ? { from: id, role: role(), tick, answer: true, changes: [...agreed.values()] } : undefined,
    listen(listener) {
      listeners.push(listener)
      // Figures are loaded with their slides, which may be after the session was joined.
      for (const change of agreed.values()) {
        listener.onUpdate?.(change.key)
        listener.onApply?.(change)
      }
    },
  }
}

/** The session of this window. */
export const session = createSession(Math.random().toString(36).slice(2, 10))
