/** A server of NATS for a room: what its configuration says, and one on this machine with it. */
import type { ChildProcess } from 'node:child_process'
import type { Room } from './room.ts'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { wsconnect, type NatsConnection } from '@nats-io/nats-core'
import { engineCredential, fromText, largest, subjectsOf } from '#live-figures/room'

/** The seed of a room, which engineCredential() makes the presenters' credential of. */
type Secret = Pick<Room, 'name' | 'seed'>

/**
 * The account of a room, as a server's configuration has it: everybody may hear it and ask for the last state, who has the
 * presenter's link may speak and make the stream. It holds nothing secret.
 */
export function accountOf({ name, seed }: Secret): string {
  const { acts, state, stream, lastState } = subjectsOf(name)
  return `accounts {
  ROOMS {
    jetstream: enabled
    users: [
      {
        user: audience, password: audience
        permissions { publish: ["${lastState}"], subscribe: ["${acts}", "_INBOX.>"] }
      }
      {
        nkey: ${engineCredential(fromText(seed)!).user}
        permissions { publish: ["${acts}", "${state}", "${lastState}", "$JS.API.STREAM.CREATE.${stream}"], subscribe: ["${acts}", "_INBOX.>"] }
      }
    ]
  }
}
no_auth_user: audience
`
}

/** The stream that keeps the last state of a room, as JetStream is asked for it. */
export function streamOf(name: string): Record<string, unknown> {
  const { stream, state } = subjectsOf(name)
  return { name: stream, subjects: [state], max_msgs_per_subject: 1, max_msg_size: largest, discard: 'old', storage: 'file', num_replicas: 1, allow_direct: true }
}

/** The same for the command line of NATS. */
export function streamCommand(name: string): string {
  const { stream, state } = subjectsOf(name)
  return `nats stream add ${stream} --subjects=${state} --max-msgs-per-subject=1 --max-msg-size=${largest} --discard=old --storage=file --replicas=1 --allow-direct --defaults`
}

/** Limits of every server of a room: a follower needs two subscriptions and hears little. */
const limits = `max_payload: ${largest}
max_subscriptions: 10
write_deadline: "5s"
max_pending: 4MB`

/** The whole configuration of a server for one room on this machine; its own clients' port is open to nobody else. */
export function localConfiguration(room: Secret, folder: string, port: number): string {
  return `server_name: room
host: 127.0.0.1
port: -1
websocket { port: ${port}, no_tls: true }
jetstream { store_dir: ${JSON.stringify(folder)}, max_memory_store: 16MB, max_file_store: 64MB }
${limits}
${accountOf(room)}`
}

/** What the owner of a server puts into its configuration, and makes once. */
export function serverConfiguration(room: Secret): string {
  return `# In the configuration of nats-server, 2.9 or newer, beside its websocket { port: 443, tls { … } } and jetstream { … }:
${limits}
${accountOf(room)}
# Once, as a user of the account who may manage streams; more replicas on a cluster:
# ${streamCommand(room.name)}`
}

export interface RunningServer {
  process: ChildProcess
  ended: Promise<void>
  stop: () => Promise<void>
}

/**
 * Starts nats-server for a room, and waits until it takes connections.
 * @param folder an empty one, for its configuration and its stream
 * @throws Error with its words when it does not start
 */
export async function startServer(room: Secret, folder: string, port: number): Promise<RunningServer> {
  const program = process.env.NATS_SERVER_PATH
  if (!program)
    throw new Error('There is no nats-server on this machine: install it (on Debian and Ubuntu, sudo apt-get install nats-server; elsewhere, docs.nats.io says how), and run this again.')
  const file = join(folder, 'server.conf')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, localConfiguration(room, folder, port))
  const child = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const said: string[] = []
  child.stderr.on('data', chunk => said.push(String(chunk)))
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  while (!await answers(port)) {
    if (child.exitCode !== null)
      throw new Error(`nats-server does not start:\n${said.join('').slice(-1000)}`)
    await setTimeout(50)
  }
  return {
    process: child,
    ended,
    stop: () => {
      child.kill()
      return ended
    },
  }
}

/** Makes the stream of a room, as a presenter may. */
export async function makeStream({ name, seed }: Secret, server: string): Promise<void> {
  const connection = await speak(server, seed)
  const answer = await connection.request(`$JS.API.STREAM.CREATE.${subjectsOf(name).stream}`, JSON.stringify(streamOf(name)))
  await connection.close()
  const { error } = answer.json<{ error?: { description: string } }>()
  if (error)
    throw new Error(`${server} does not make the stream of the room: ${error.description}.`)
}

/** Connects as a presenter. */
export function speak(server: string, seed: string): Promise<NatsConnection> {
  const credential = engineCredential(fromText(seed)!)
  return wsconnect({ servers: server, authenticator: (nonce?: string) => ({ nkey: credential.user, sig: credential.sign(nonce ?? '') }) })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
