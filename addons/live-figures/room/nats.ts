/**
 * The way over a server of NATS. Acts are heard first, then the last state is asked for, which the server's stream keeps:
 * so nothing falls between them. Everybody may do both; a presenter shows the credential that lets it publish.
 */
import type { Connection } from './backoff.ts'
import type { Bytes, EngineCredential } from './keys.ts'
import { wsconnect } from '@nats-io/nats-core'
import { subjectsOf } from './settings.ts'

const timeout = 5000

/** The last state is asked for until it comes, and once more: after so long at first, then twice as long each time, in milliseconds. */
const firstPause = 2000
const longestPause = 30_000

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
  const catchUp = () => connection.request(subjects.lastState, '', { timeout }).then(({ data }) => {
    if (data.length > 0)
      receive(new Uint8Array(data))
    return 1
  }, () => 0)

  /**
   * Where everybody comes back at once, a server may be too busy to answer, and what was said while this window asked may
   * be kept a moment later than it was passed on.
   */
  async function catchUpAgain(answered: number): Promise<void> {
    for (let pause = firstPause; answered < 2 && !connection.isClosed(); pause = Math.min(2 * pause, longestPause)) {
      await new Promise(resolve => setTimeout(resolve, pause))
      answered += await catchUp()
    }
  }

  // Without an answer the next act says where the talk is.
  void catchUpAgain(await catchUp())
  return {
    send(kind, sealed) {
      if (!connection.isClosed())
        connection.publish(kind === 'act' ? subjects.acts : subjects.state, sealed)
    },
    lost: connection.closed(),
    close: () => void connection.close(),
  }
}
