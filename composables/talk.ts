/**
 * What the windows of one talk tell each other, and who leads.
 *
 * A talk is a handful of subjects (the place, the clock, each figure), and of each the last act counts. An act carries a
 * turn, one more than any its window had heard of, so that all windows agree which was last, in whatever order they hear
 * of them. Presenter windows lead. A viewer's window is heard in two things only, the place and the black screen, once
 * somebody uses it: a clicker may have its focus there; what is done to a figure there stays there.
 *
 * A new window asks first. If a presenter answers it goes where the talk is; if none does, a presenter's window leads.
 */

export type Role = 'presenter' | 'viewer' | 'listener'

/** Where the talk is: page number from 1, click from 0. */
export interface Place {
  page: number
  clicks: number
  clicksTotal: number
}

export interface Act {
  subject: string
  /** Plain data. */
  value: unknown
  turn: number
  /** The window that acted. */
  by: string
}

export interface Envelope {
  /** The window that sends it. */
  from: string
  role: Role
  /** The highest turn its window knows of. */
  turn: number
  /** Asks whoever is there for everything. */
  hello?: true
  /** The window that asked, in an answer. */
  to?: string
  acts?: Act[]
}

/** The way between windows; nothing sent comes back. */
export interface Pipe {
  send: (envelope: Envelope) => void
  listen: (listener: (envelope: Envelope) => void) => void
}

export interface TalkListener {
  /** Another window acted. */
  onAct?: (act: Act) => void
  /** A new window learns that a talk is on: what it did before does not count. */
  onJoin?: () => void
}

export interface Talk {
  readonly id: string
  /**
   * Starts telling and listening.
   * @param role what this window is, now
   * @param viewersLead whether this window may turn the page while it is a viewer's
   */
  start: (pipe: Pipe, role: () => Role, viewersLead: boolean) => void
  /** Somebody uses this window: from now on it need not ask. */
  use: () => void
  /** Tells the others, if this window may; a presenter's window that still asks tells them later. */
  act: (subject: string, value: unknown) => void
  /** The last act of a subject. */
  last: (subject: string) => Act | undefined
  /** Also tells at once what is known by then. */
  listen: (listener: TalkListener) => void
}

/** What a clicker does, in whichever window it has its focus. */
const clickerSubjects = ['place', 'blank']

/** A presenter's window that nobody answers for so long leads, in milliseconds. */
export const askingTime = 1000

export function createTalk(id: string): Talk {
  const acts = new Map<string, Act>()
  const listeners: TalkListener[] = []
  let turn = 0
  let pipe: Pipe | undefined
  let role: () => Role = () => 'listener'
  let viewersLead = false
  let settled = false
  let used = false

  const leads = () => role() === 'presenter' && (settled || used)
  const mayTell = (subject: string) => leads() || (role() === 'viewer' && used && viewersLead && clickerSubjects.includes(subject))

  function send(content: Omit<Envelope, 'from' | 'role' | 'turn'>): void {
    pipe?.send({ from: id, role: role(), turn, ...content })
  }

  function act(subject: string, value: unknown): void {
    if (!mayTell(subject) && role() !== 'presenter')
      return
    // Plain to the last level: a reactive object is a proxy, and no channel carries one.
    const made: Act = { subject, value: JSON.parse(JSON.stringify(value)) as unknown, turn: ++turn, by: id }
    acts.set(subject, made)
    if (mayTell(subject))
      send({ acts: [made] })
  }

  function hear(envelope: Envelope): void {
    if (envelope.from === id)
      return
    turn = Math.max(turn, envelope.turn)
    if (envelope.hello) {
      if (role() !== 'listener')
        answer(envelope.from)
      return
    }
    if (envelope.to !== undefined) {
      if (envelope.to === id && !used)
        join(envelope)
      return
    }
    for (const act of envelope.acts ?? []) {
      if (envelope.role === 'presenter')
        take(act)
      else if (leads() && clickerSubjects.includes(act.subject) && take(act))
        // The other windows follow presenters only.
        send({ acts: [act] })
    }
  }

  /** A viewer's window may know what presenters did, but not where the talk is. */
  function answer(to: string): void {
    const known = [...acts.values()].filter(act => leads() || (act.subject !== 'place' && act.by !== id))
    send({ to, acts: known })
  }

  function join(envelope: Envelope): void {
    if (envelope.role === 'presenter' && envelope.acts?.some(act => act.subject === 'place')) {
      settled = true
      acts.clear()
      listeners.forEach(listener => listener.onJoin?.())
    }
    else if (settled) {
      return
    }
    envelope.acts?.forEach(take)
  }

  /** Takes an act over if it is the last of its subject. */
  function take(act: Act): boolean {
    const known = acts.get(act.subject)
    if (known && (known.turn > act.turn || (known.turn === act.turn && known.by >= act.by)))
      return false
    acts.set(act.subject, act)
    listeners.forEach(listener => listener.onAct?.(act))
    return true
  }

  function settle(): void {
    if (settled)
      return
    settled = true
    // Said anew: by now this window knows how many turns there were before it came.
    if (role() === 'presenter')
      [...acts.values()].forEach(({ subject, value }) => act(subject, value))
  }

  return {
    id,
    start(through, as, lead) {
      pipe = through
      role = as
      viewersLead = lead
      pipe.listen(hear)
      send({ hello: true })
      setTimeout(settle, askingTime)
    },
    use() {
      used = true
      if (role() === 'presenter')
        settle()
    },
    act,
    last: subject => acts.get(subject),
    listen(listener) {
      listeners.push(listener)
      // Figures are loaded with their slides, which may be after the talk was joined.
      for (const act of acts.values()) {
        if (act.by !== id)
          listener.onAct?.(act)
      }
    },
  }
}

/** The talk of this window. */
export const talk = createTalk(Math.random().toString(36).slice(2, 10))
