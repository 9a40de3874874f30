/**
 * The way over a server of NATS. Acts are heard first, then the last state is asked for, which the server's stream keeps:
 * so nothing falls between them. Everybody may do both; a presenter shows the credential that lets it publish.
 */
import type { Connection } from './backoff.ts'
import type { Bytes, EngineCredential } from './keys.ts'
import { wsconnect } from '@nats-io/nats-core'
import { subjectsOf } from './settings.ts'

const timeout = 5000

/**
 * @param server its address, ws:// or wss://
 * @param name of the room
 */
export async function connectToNats(server: string, name: string, credential: EngineCredential | undefined, receive: (sealed: Bytes) => void): Promise<Connection> {
  const subjects = subjectsOf(name)
  const connection = await wsconnect({
    servers: server,
    timeout,
    // Whoever lost it makes it again (backoff.ts).
    reconnect: false,
    ignoreClusterUpdates: true,
    pingInterval: 20_000,
    ...credential && { authenticator: (challenge?: string) => ({ nkey: credential.user, sig: credential.sign(challenge ?? '') }) },
  })
  connection.subscribe(subjects.acts, {
    callback(error, message) {
      if (!error)
        receive(new Uint8Array(message.data))
    },
  })
  // Nobody has spoken yet, or the server keeps nothing: then the next act says where the talk is.
  const last = await connection.request(subjects.lastState, '', { timeout }).catch(() => undefined)
  if (last?.data.length)
    receive(new Uint8Array(last.data))
  return {
    send(kind, sealed) {
      if (!connection.isClosed())
        connection.publish(kind === 'act' ? subjects.acts : subjects.state, sealed)
    },
    lost: connection.closed(),
    close: () => void connection.close(),
  }
}
