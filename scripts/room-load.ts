/**
 * `npm run room:load`: a talk followed by many on a real nats-server of this machine, each with the page's own client.
 * Prints a table: whether everybody ends in the speaker's state, what was lost, and the time from an act to its arrival.
 *
 *   --followers 2000, --acts 200, --pace 2 (acts a second); or the names of runs: steady, restart, slow
 */
import type { Change } from '#live-figures/sync/changes'
import type { FollowersReport, FollowersTask, TalkEnd } from './lib/room-followers.ts'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { quantile, sum } from 'd3-array'
import { engineCredential, fromText } from '#live-figures/room'
import { joinRoom } from '#live-figures/room/join'
import { connectToNats } from '#live-figures/room/nats'
import { makeStream, startServer } from './lib/nats.ts'
import { newRoom, roomBuild } from './lib/room.ts'
import { readOptions } from './setup/commands.mjs'

const { values, words } = readOptions('room:load')
const whole = (option: 'followers' | 'acts' | 'pace', usual: number, limit: number): number => {
  const number = Number(values[option] ?? usual)
  if (!(Number.isInteger(number) && number >= 1 && number <= limit))
    throw new RangeError(`--${option} is a whole number from 1 to ${limit}; got “${values[option]}”.`)
  return number
}
const followers = whole('followers', 2000, 10_000)
const acts = whole('acts', 200, 10_000)
const pace = whole('pace', 2, 10)

/** Followers that read slowly in the run of that name, and how long they do not read at all, in milliseconds. */
const slowShare = 0.05
const slowPause = 5000

/** How long the server is away in the run with a restart, in milliseconds. */
const away = 2000

// What a page's window has and Node.js has not.
Object.assign(globalThis, { addEventListener: () => {} })

console.log(`${followers} followers, ${acts} acts, ${pace} a second, on ${cpus().length} x ${cpus()[0]?.model.trim()}, Node.js ${process.version}; load ${loadavg()[0]!.toFixed(1)} at the start.\n`)
console.log('| run | in the speaker’s state | acts arrived | out of order | shown of messages | median | 95th percentile | last | connections | server |\n|---|---|---|---|---|---|---|---|---|---|')
for (const run of words)
  console.log(await measure(run))
// A speaker's client never gives up.
process.exit()

async function measure(run: string): Promise<string> {
  const room = newRoom()
  const folder = mkdtempSync(join(tmpdir(), 'room-load-'))
  const port = 20_000 + process.pid % 20_000 + words.indexOf(run)
  const address = `ws://127.0.0.1:${port}`
  let server = await startServer(room, folder, port)
  await makeStream(room, address)
  const { settings } = roomBuild(room, address)

  // The slow have a process of their own, in which nobody reads for a while.
  const slow = run === 'slow' ? Math.round(followers * slowShare) : 0
  const half = Math.ceil((followers - slow) / 2)
  const tasks: FollowersTask[] = [{ settings, count: half, pause: 0 }, { settings, count: followers - slow - half, pause: 0 }, { settings, count: slow, pause: slowPause }].filter(({ count }) => count > 0)
  const children = tasks.map(task => startFollowers(task))
  try {
    await Promise.all(children.map(child => heardFrom(child)))
    const speaker = await startSpeaker(settings, room.seed)
    for (let act = 1; act <= acts; act++) {
      await setTimeout(1000 / pace)
      speaker.act(act)
      if (run === 'restart' && act === Math.ceil(acts / 2)) {
        server.process.kill('SIGKILL')
        await server.ended
        await setTimeout(away)
        server = await startServer(room, folder, port)
      }
    }
    const end = await speaker.end()
    children.forEach(child => child.send(end))
    const reports = await Promise.all(children.map(child => heardFrom<FollowersReport>(child)))
    return rowOf(run, reports, end.sent * followers, costOf(server.process.pid!))
  }
  finally {
    children.forEach(child => child.kill())
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function startFollowers(task: FollowersTask): ChildProcess {
  const child = fork(join(import.meta.dirname, 'lib', 'room-followers.ts'), { serialization: 'advanced' })
  child.send(task)
  return child
}

async function heardFrom<Said>(child: ChildProcess): Promise<Said> {
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('A process of followers has ended.')))]) as [Said]
  return said
}

/** A presenter's window: the page's client, and changes as a talk makes them. */
async function startSpeaker(settings: FollowersTask['settings'], seed: string) {
  const state = new Map<string, Change>()
  let tick = 0
  let sent = 0
  let last = 0
  let isConnected = false
  const set = (key: string, value: unknown): Change => {
    const change = { key, value, tick: ++tick, by: 'speaker' }
    state.set(key, change)
    return change
  }
  const envelope = (changes: Change[]) => ({ from: 'speaker', role: 'presenter' as const, tick, changes })
  set('place', { page: 1, clicks: 0, clicksTotal: 0 })
  const link = joinRoom(settings, seed, {
    id: 'speaker',
    hear: () => {},
    state: () => envelope([...state.values()]),
    onUp: () => (isConnected = true),
    onDown: () => (isConnected = false),
    onWrongSeed: () => {},
  }, async ({ server, name }, _, receive) => {
    const connection = await connectToNats(server, name, engineCredential(fromText(seed)!), receive)
    return {
      ...connection,
      send(kind, sealed) {
        if (kind === 'act') {
          sent++
          last = Number(/"n":(\d+)/.exec(new TextDecoder().decode(sealed.subarray(64, 264)))?.[1])
        }
        connection.send(kind, sealed)
      },
    }
  })
  while (!isConnected)
    await setTimeout(10)
  return {
    /** A click on two of three, a slider on the third. */
    act(number: number): void {
      const page = 1 + Math.floor(number / 8)
      const changes = number % 3 === 0
        ? [set('figure:loss', { page, step: number % 8, inputs: { horizon: number / 10 } })]
        : [set('place', { page, clicks: number % 8, clicksTotal: 7 }), set(`click:${page}`, { clicks: number % 8, since: tick })]
      link.say(envelope(changes))
    },
    async end(): Promise<TalkEnd & { sent: number }> {
      while (!isConnected)
        await setTimeout(50)
      // What was gathered goes out.
      await setTimeout(1000)
      return { last, state: [...state.values()], sent }
    },
  }
}

function rowOf(run: string, reports: FollowersReport[], expected: number, cost: string): string {
  const total = (what: 'acts' | 'messages' | 'shown' | 'outOfOrder' | 'inState' | 'connections') => sum(reports, report => report[what])
  // Who reads slowly is late by his own doing: his times are not the server's.
  const prompt = run === 'slow' ? reports.slice(0, 2) : reports
  const delays = Float64Array.from(prompt.flatMap(({ delays }) => [...delays]))
  const at = (share: number) => `${Math.round(quantile(delays, share) ?? NaN)} ms`
  const check = sum(reports, ({ check, messages }) => check * messages) / total('messages')
  return `| ${run} | ${total('inState')} of ${followers} | ${total('acts')} of ${expected} | ${total('outOfOrder')} | ${total('shown')} of ${total('messages')}, ${check.toFixed(2)} ms each | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${total('connections')} | ${cost} |`
}

/** The processor time and the most memory that a process had, where the system says so. */
function costOf(pid: number): string {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).map(Number)
    const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    return `${((user! + system!) / 100).toFixed(1)} s, ${Math.round(memory / 1000)} MB`
  }
  catch {
    return ''
  }
}
