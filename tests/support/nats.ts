/** A server of NATS for the tests of a room, as a room wants one (docs/room.md): everybody hears and asks for the last state, presenters publish. */
import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { wsconnect } from '@nats-io/nats-core'
import { subjectsOf } from '#live-figures/room'
import { freePort } from './started.ts'

export const hasNats = spawnSync('nats-server', ['--version']).status === 0

export interface Nats {
  /** Its address for a page. */
  server: string
  /** Forgets what it kept. */
  empty: () => Promise<void>
  /** Starts it again where it was, with what it kept. */
  start: () => Promise<void>
  /** Ends it as a crash would. */
  kill: () => Promise<void>
  /** Puts a message on the way as who owns the server may. */
  publishAsOwner: (message: Uint8Array) => Promise<void>
  close: () => Promise<void>
}

/**
 * @param room its name
 * @param user what presenters are known by (engineCredential)
 */
export async function startNats(room: string, user: string): Promise<Nats> {
  const folder = await mkdtemp(join(tmpdir(), 'room-'))
  const [port, socket] = [await freePort(), await freePort()]
  const { acts, state, stream, lastState } = subjectsOf(room)
  await writeFile(join(folder, 'server.conf'), `
    listen: 127.0.0.1:${port}
    websocket { listen: "127.0.0.1:${socket}", no_tls: true }
    jetstream { store_dir: ${JSON.stringify(join(folder, 'kept'))} }
    no_auth_user: anybody
    authorization { users: [
      { user: anybody, password: anybody, permissions: { publish: ["${lastState}"], subscribe: ["${acts}", "_INBOX.>"] } }
      { nkey: ${user}, permissions: { publish: ["${acts}", "${state}", "${lastState}"], subscribe: ["${acts}", "_INBOX.>"] } }
      { user: owner, password: owner }
    ] }`)
  let child: ChildProcess | undefined
  const server = `ws://127.0.0.1:${socket}`

  async function start(): Promise<void> {
    child = spawn('nats-server', ['-c', join(folder, 'server.conf')], { stdio: 'ignore' })
    const makeStream = async () => {
      const owner = await wsconnect({ servers: server, user: 'owner', pass: 'owner', reconnect: false })
      await owner.request(`$JS.API.STREAM.CREATE.${stream}`, JSON.stringify({ name: stream, subjects: [state], max_msgs_per_subject: 1, discard: 'old', allow_direct: true, storage: 'file', retention: 'limits', num_replicas: 1 }))
      await owner.close()
      return true
    }
    while (!await makeStream().catch(() => false))
      await setTimeout(100)
  }

  async function kill(): Promise<void> {
    const ended = new Promise(resolve => child?.once('exit', resolve))
    child?.kill('SIGKILL')
    await ended
  }

  async function publishAsOwner(message: Uint8Array): Promise<void> {
    const owner = await wsconnect({ servers: server, user: 'owner', pass: 'owner', reconnect: false })
    owner.publish(acts, message)
    await owner.close()
  }

  await start()
  return {
    publishAsOwner,
    server,
    start,
    kill,
    empty: () => rm(join(folder, 'kept'), { recursive: true, force: true }),
    async close() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
