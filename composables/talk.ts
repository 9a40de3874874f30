/**
 * The state that the windows of one talk share, and who may change it.
 *
 * A talk is a handful of subjects (the place, the clock, each figure), and of each the last act counts. An act carries a
 * turn, one more than any its window had heard of, so that all windows agree which was last, in whatever order they hear
 * of them. What a window shows is a function of these acts alone: windows that heard the same show the same.
 *
 * With the place goes, under the slide's number, since which turn the slide has stood at this click. What was moved on it
 * before has ended, in every window and for good (composables/shared.ts).
 *
 * Presenter windows lead: their acts are the talk. A viewer's window asks for two things only, the place and the black
 * screen, once somebody uses it: a clicker may have its focus there. A presenter makes acts of them. A new window asks
 * first. If a presenter answers, it joins the talk and what it came with is dropped; if none does, a presenter's window
 * leads from where it is.
 */
import type { Act, Click, Place } from './acts.ts'
import { clickOf, isClickers, isLater, isSamePlace } from './acts.ts'

export type Role = 'presenter' | 'viewer' | 'listener'

export interface Envelope {
  /** The window that sends it. */
  from: string
  role: Role
  /** The highest turn its window knows of. */
  turn: number
  /** Asks whoever is there for everything. */
  hello?: true
  /** Says what presenters did, whoever they were. */
  answer?: true
  acts?: Act[]
}

/** What carries envelopes to all other windows, in one order; nothing sent comes back. */
export interface Transport {
  send: (envelope: Envelope) => void
  listen: (listener: (envelope: Envelope) => void) => void
}

export interface TalkListener {
  /** The last act of a subject may be another one now. */
  onChange?: (subject: string) => void
  /** A presenter acted, in another window or because this one, a viewer's, asked for it. */
  onAct?: (act: Act) => void
  /** This window has joined a talk: what was done in it before does not count. */
  onJoin?: () => void
}

export interface Talk {
  readonly id: string
  /**
   * Starts announcing and listening.
   * @param role what this window is, now
   * @param viewersLead whether this window may turn the page while it is a viewer's
   */
  start: (transport: Transport, role: () => Role, viewersLead: boolean) => void
  /** Somebody uses this window: from now on it need not ask. */
  use: () => void
  /** Acts, if this window may; a presenter's window that still asks announces it later. */
  act: (subject: string, value: unknown) => void
  /** The last act of a subject. */
  last: (subject: string) => Act | undefined
  /** Also announces at once what is known by then. */
  listen: (listener: TalkListener) => void
}

/** A presenter's window that nobody answers for so long leads, in milliseconds. */
export const askingTime = 1000

export function createTalk(id: string): Talk {
  /** What presenters said: the talk. */
  const agreed = new Map<string, Act>()
  /** What was done in this window and no presenter has said yet; later than what is agreed on its subjects. */
  const pending = new Map<string, Act>()
  const listeners: TalkListener[] = []
  let turn = 0
  let transport: Transport | undefined
  let role: () => Role = () => 'listener'
  let viewersLead = false
  let settled = false
  let joined = false
  let used = false

  const leads = () => role() === 'presenter' && settled
  const last = (subject: string) => pending.get(subject) ?? agreed.get(subject)

  function send(content: Omit<Envelope, 'from' | 'role' | 'turn'>): void {
    transport?.send({ from: id, role: role(), turn, ...content })
  }

  function act(subject: string, value: unknown): void {
    const asks = role() === 'viewer' && used && viewersLead && isClickers(subject)
    // Before it starts, a window does not know yet what it is.
    if (!asks && role() !== 'presenter' && transport)
      return
    if (leads() && pending.size > 0)
      say()
    // Plain to the last level: a reactive object is a proxy, and no channel carries one.
    const plain = JSON.parse(JSON.stringify(value)) as unknown
    if (!leads() && !asks) {
      // It has no turn yet, and nothing that is heard while this window asks is later.
      keep(pending, { subject, value: plain, turn: Infinity, by: id })
      return
    }
    const made = stamp(subject, plain)
    made.forEach(act => keep(leads() ? agreed : pending, act))
    send({ acts: made })
  }

  function keep(acts: Map<string, Act>, act: Act): void {
    acts.set(act.subject, act)
    listeners.forEach(listener => listener.onChange?.(act.subject))
  }

  /** Gives an act its turn; the place has the click of its slide with it, so that of two places the same one counts in both. */
  function stamp(subject: string, value: unknown): Act[] {
    const made: Act[] = [{ subject, value, turn: ++turn, by: id }]
    if (subject === 'place') {
      const { page, clicks } = value as Place
      const known = last(clickOf(page))?.value as Click | undefined
      const click: Click = { clicks, since: known?.clicks === clicks ? known.since : turn }
      made.push({ subject: clickOf(page), value: click, turn, by: id })
    }
    return made
  }

  function hear(envelope: Envelope): void {
    if (envelope.from === id)
      return
    turn = Math.max(turn, envelope.turn)
    if (envelope.hello)
      answer(envelope)
    // An answer is heard by all: who was asked may be gone before it could answer the others.
    else if (envelope.role === 'presenter' || envelope.answer)
      learn(envelope)
    else if (role() === 'presenter')
      grant(envelope)
  }

  /** To a viewer that asks, a viewer's window says what presenters did, but not where they were: both go their own ways. */
  function answer({ role: asking }: Envelope): void {
    if (role() === 'viewer') {
      send({ answer: true, acts: [...agreed.values()].filter(({ subject }) => asking === 'presenter' || subject !== 'place') })
      // Whoever could have granted it may have been reloaded just then.
      if (pending.size > 0)
        send({ acts: [...pending.values()].filter(({ turn }) => turn < Infinity) })
    }
    else if (leads()) {
      if (pending.size > 0)
        say()
      // A place that nobody turned to since this window came is no later than that of one which comes now and hears too late.
      const place = agreed.get('place')
      if (place?.turn === 1)
        stamp('place', place.value).forEach(act => keep(agreed, act))
      send({ answer: true, acts: [...agreed.values()] })
    }
  }

  /** Takes over what presenters said, and joins the talk with the first that says where it is. */
  function learn({ role: by, acts = [] }: Envelope): void {
    const place = acts.find(({ subject }) => subject === 'place')
    // After a reload a presenter’s window is where viewers know the talk to be.
    if (joined || !place || !(by === 'presenter' || isSame(place, pending.get('place')))) {
      acts.forEach(take)
      return
    }
    joined = true
    const dropped = [...pending.keys()]
    pending.clear()
    acts.forEach(take)
    listeners.forEach((listener) => {
      dropped.forEach(subject => listener.onChange?.(subject))
      listener.onJoin?.()
    })
    settle()
  }

  /** Makes acts of a presenter of what a viewer's window asks for. */
  function grant({ acts = [] }: Envelope): void {
    const granted = acts.filter(act => isClickers(act.subject) && take(act))
    if (granted.length > 0 && leads())
      send({ acts: granted })
  }

  /** Takes an act over if it is the last of its subject. */
  function take(act: Act): boolean {
    const known = agreed.get(act.subject)
    if (known && !isLater(act, known))
      return false
    const mine = pending.get(act.subject)
    if (mine && !isLater(mine, act))
      pending.delete(act.subject)
    keep(agreed, act)
    listeners.forEach(listener => listener.onAct?.(act))
    return true
  }

  /** From now on this window, if it is a presenter's, leads. */
  function settle(): void {
    if (settled)
      return
    settled = true
    if (role() === 'presenter')
      say()
  }

  /** Makes acts of what was pending, and announces all. By now this window knows how many turns there were before it came. */
  function say(): void {
    const waiting = [...pending.values()]
    pending.clear()
    for (const { subject, value } of waiting) {
      if (!subject.startsWith('click:'))
        stamp(subject, value).forEach(act => keep(agreed, act))
    }
    send({ acts: [...agreed.values()] })
  }

  return {
    id,
    start(through, as, lead) {
      transport = through
      role = as
      viewersLead = lead
      transport.listen(hear)
      send({ hello: true })
      setTimeout(settle, askingTime)
    },
    use() {
      used = true
      if (role() === 'presenter')
        settle()
    },
    act,
    last,
    listen(listener) {
      listeners.push(listener)
      // Figures are loaded with their slides, which may be after the talk was joined.
      for (const act of agreed.values()) {
        listener.onChange?.(act.subject)
        listener.onAct?.(act)
      }
    },
  }
}

function isSame(place: Act, other: Act | undefined): boolean {
  return other !== undefined && isSamePlace(place.value as Place, other.value as Place)
}

/** The talk of this window. */
export const talk = createTalk(Math.random().toString(36).slice(2, 10))
