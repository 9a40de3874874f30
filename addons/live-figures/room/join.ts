/**
 * A window's part in a room: what leads says, sealed; what verifies is heard. It is loaded after the deck stands, and
 * nothing waits for it: what was done before it came is said with the first connection.
 */
import type { Change } from '../sync/changes.ts'
import type { Envelope } from '../sync/session.ts'
import type { Connection } from './backoff.ts'
import type { RoomSettings } from './settings.ts'
import { stayConnected } from './backoff.ts'
import { engineCredential, fromText, publicKeyOf, toText } from './keys.ts'
import { createGate, open, seal } from './sealed.ts'

/** Acts are said at once, and then gathered for so long, in milliseconds: a drag is twenty acts a second, a pointer ten. */
const pauseOfActs = 50
const pauseOfPointer = 100

/** A talk that nobody moved for so long is over: who opens the presenter's link then begins another, in milliseconds. */
export const talkIsOver = 30 * 60 * 1000

export interface RoomWindow {
  /** The window's name in the session. */
  id: string
  /** What the room's presenters say. */
  hear: (envelope: Envelope) => void
  /** All that is agreed, if this window leads. */
  state: () => Envelope | undefined
  onUp: () => void
  onDown: () => void
  /** The seed is not of this room. */
  onWrongSeed: () => void
}

export interface RoomLink {
  /** Says what this window did, if it leads. */
  say: (envelope: Envelope) => void
}

/** @param connect by default as the settings say; tests bring their own */
export function joinRoom(settings: RoomSettings, seedText: string | undefined, window: RoomWindow, connect?: typeof connectBy): RoomLink {
  const gate = createGate(settings.name, fromText(settings.key)!)
  const given = seedText === undefined ? undefined : fromText(seedText)
  const seed = given && toText(publicKeyOf(given)) === settings.key ? given : undefined
  if (seedText !== undefined && !seed)
    window.onWrongSeed()

  const waiting = new Map<string, Change>()
  let connection: Connection | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let count = 0

  function receive(sealed: Uint8Array<ArrayBuffer>): void {
    const opened = open(sealed, gate, Date.now())
    if ('refused' in opened || opened.from === window.id)
      return
    const isOver = seed && opened.kind === 'state' && Date.now() - opened.at > talkIsOver
    // Its ticks count: what is done from now on is later.
    window.hear(isOver ? { ...opened.envelope, changes: [] } : opened.envelope)
  }

  function publish(kind: 'act' | 'state', envelope: Envelope | undefined): void {
    if (!connection || !seed || !envelope)
      return
    try {
      connection.send(kind, seal({ room: settings.name, from: window.id, n: ++count, at: Date.now(), kind, envelope }, seed))
    }
    catch (error) {
      // Too large, or a connection that broke just now: the talk goes on without it.
      console.warn(error)
    }
  }

  /** Says what was gathered, and keeps the next for a moment. */
  function flush(): void {
    timer = undefined
    const changes = [...waiting.values()]
    waiting.clear()
    const now = window.state()
    if (changes.length === 0 || !now)
      return
    const onlyPointer = changes.every(({ key }) => key === 'cursor')
    // The state first: who comes after the act was passed on finds it in the state.
    if (!onlyPointer)
      publish('state', now)
    publish('act', { from: now.from, role: now.role, tick: now.tick, changes })
    timer = setTimeout(flush, onlyPointer ? pauseOfPointer : pauseOfActs)
  }

  stayConnected(() => (connect ?? connectBy)(settings, seed, receive), (made) => {
    connection = made
    window.onUp()
    // What was done without a connection, or while the server was away.
    waiting.clear()
    publish('state', window.state())
    publish('act', window.state())
  }, () => {
    connection = undefined
    window.onDown()
  })

  return {
    say({ role, changes = [] }) {
      if (!seed || role !== 'presenter')
        return
      changes.forEach(change => waiting.set(change.key, change))
      timer ??= setTimeout(flush, 0)
    },
  }
}

async function connectBy({ transport, server, name }: RoomSettings, seed: Uint8Array<ArrayBuffer> | undefined, receive: (sealed: Uint8Array<ArrayBuffer>) => void): Promise<Connection> {
  if (transport === 'nats')
    return (await import('./nats.ts')).connectToNats(server, name, seed && engineCredential(seed), receive)
  const address = new URL('room', document.baseURI)
  address.protocol = address.protocol.replace('http', 'ws')
  address.hash = ''
  return (await import('./relay.ts')).connectToRelay(address.href, receive)
}
