/**
 * Followers of a room in a process of their own, for `npm run room:load`: the page's own client (joinRoom) many times.
 *
 * What arrives is dated at once and handed to the client when the talk is over: two thousand devices check signatures each
 * on its own, and here they would all wait for one processor, and so would what is measured. Every one is checked all the same.
 */
import type { Change } from '#live-figures/sync/changes'
import type { RoomSettings } from '#live-figures/room'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { joinRoom } from '#live-figures/room/join'
import { connectToNats } from '#live-figures/room/nats'
import { isLater } from '#live-figures/sync/changes'

export interface FollowersTask {
  settings: RoomSettings
  count: number
  /** Milliseconds without reading, in turns with a second of it; 0 for who reads at once. */
  pause: number
}

export type FollowersReport = Awaited<ReturnType<typeof account>>

/** What the parent says when the talk is over: the count of the last act, and all that was done. */
export interface TalkEnd {
  last: number
  state: Change[]
}

type Sealed = Uint8Array<ArrayBuffer>

/** How long who lost the server may take to be back after the talk, in milliseconds. */
const patience = 60_000

interface Follower {
  /** n: the count it was said with, at: when it arrived. */
  arrived: { sealed: Sealed, n: number, at: number }[]
  receive: (sealed: Sealed) => void
  state: Map<string, Change>
  shown: number
}

const followers: Follower[] = []
let connections = 0

// What a page's window has and Node.js has not.
Object.assign(globalThis, { addEventListener: () => {} })

process.once('message', async (task: FollowersTask) => {
  if (task.pause > 0)
    readSlowly(task.pause)
  for (let i = 0; i < task.count; i++) {
    follow(task.settings)
    if (i % 20 === 19)
      await setTimeout(50)
  }
  while (connections < task.count)
    await setTimeout(50)
  process.send!('ready')
  process.once('message', async ({ last, state }: TalkEnd) => {
    const isBehind = ({ arrived }: Follower) => (arrived.at(-1)?.n ?? 0) < last
    for (const end = Date.now() + patience; followers.some(isBehind) && Date.now() < end;)
      await setTimeout(100)
    process.send!(await account(state), () => process.exit(0))
  })
})

function follow(settings: RoomSettings): void {
  const follower: Follower = { arrived: [], receive: () => {}, state: new Map(), shown: 0 }
  followers.push(follower)
  const hear = ({ changes = [] }: { changes?: Change[] }) => {
    follower.shown++
    for (const change of changes) {
      const known = follower.state.get(change.key)
      if (!known || isLater(change, known))
        follower.state.set(change.key, change)
    }
  }
  joinRoom(settings, undefined, { id: `follower${followers.length}`, hear, state: () => undefined, onUp: () => connections++, onDown: () => {}, onWrongSeed: () => {} }, ({ server, name }, _, receive) => {
    follower.receive = receive
    return connectToNats(server, name, undefined, sealed => follower.arrived.push({ sealed, n: countOf(sealed), at: Date.now() }))
  })
}

/** Every socket of this process stops reading for a while, again and again. */
function readSlowly(pause: number): void {
  const sockets = new Set<WebSocket>()
  Object.assign(globalThis, {
    WebSocket: class extends WebSocket {
      constructor(address: string) {
        super(address)
        sockets.add(this)
        this.on('close', () => sockets.delete(this))
      }
    },
  })
  const all = (what: 'pause' | 'resume') => [...sockets].filter(({ readyState }) => readyState === WebSocket.OPEN).forEach(socket => socket[what]())
  void (async () => {
    for (;;) {
      await setTimeout(1000)
      all('pause')
      await setTimeout(pause)
      all('resume')
    }
  })()
}

/** Hands everybody what arrived, message by message, so that nobody's budget of checks is spent at once. */
async function account(state: Change[]) {
  let busy = 0
  for (let i = 0; followers.some(({ arrived }) => arrived.length > i); i++) {
    const begun = performance.now()
    for (const { arrived, receive } of followers) {
      if (arrived[i])
        receive(arrived[i]!.sealed)
    }
    busy += performance.now() - begun
    // A gate has forty a second.
    await setTimeout(Math.max(0, 30 - (performance.now() - begun)))
  }
  const report = {
    // Acts that arrived, messages that did, and messages that verified and were shown, of all followers together.
    acts: 0,
    messages: 0,
    shown: 0,
    /** Acts that came after one that was said later. */
    outOfOrder: 0,
    /** Followers whose state is the speaker’s at the end. */
    inState: 0,
  }
  /** From the act to its arrival, in milliseconds. */
  const delays: number[] = []
  const wanted = spelled(state)
  for (const follower of followers) {
    const messages = follower.arrived.map(({ sealed, n, at }) => ({ ...JSON.parse(textOf(sealed)) as { at: number, kind: string }, n, arrived: at }))
    const acts = messages.filter(({ kind }) => kind === 'act')
    delays.push(...acts.map(({ at, arrived }) => arrived - at))
    report.acts += acts.length
    report.messages += messages.length
    report.shown += follower.shown
    report.outOfOrder += acts.filter(({ n }, i) => i > 0 && n <= acts[i - 1]!.n).length
    report.inState += Number(spelled([...follower.state.values()]) === wanted)
  }
  // How often a connection was made; milliseconds that one message takes: signature, table, state.
  return { ...report, delays: Float64Array.from(delays), connections, check: busy / report.messages }
}

const textOf = (sealed: Sealed) => new TextDecoder().decode(sealed.subarray(64))
const countOf = (sealed: Sealed) => Number(/"n":(\d+)/.exec(textOf(sealed.subarray(0, 264)))?.[1])
const spelled = (state: Change[]) => JSON.stringify(state.map(({ key, value, tick }) => [key, tick, value]).sort())
