/**
 * The development server's half: it passes on what the windows of a talk announce. A deck that wants to decide who may say
 * what (with `slidev --remote` everybody on the network may) brings a plugin of its own with `api: { relaysWindows: true }`.
 */
import type { Plugin } from 'vite'
import type { Envelope } from './sync/session.ts'
import { windowEvent } from './sync/transport.ts'

export type { Envelope }
export { windowEvent }

export function relay(): Plugin {
  return {
    name: 'live-figures:relay',
    apply: 'serve',
    configureServer(server) {
      if (server.config.plugins.some(({ api }) => (api as { relaysWindows?: boolean } | undefined)?.relaysWindows))
        return
      server.ws.on(windowEvent, (envelope: Envelope, from) => {
        for (const client of server.ws.clients) {
          if (client.socket !== from.socket)
            client.send(windowEvent, envelope)
        }
      })
    },
  }
}
