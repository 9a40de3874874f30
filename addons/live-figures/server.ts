/** The development server's half: it passes on what the windows of a talk announce. */
import type { Plugin } from 'vite'
import type { Envelope } from './sync/session.ts'
import { windowEvent } from './sync/transport.ts'

export function relay(): Plugin {
  return {
    name: 'live-figures:relay',
    apply: 'serve',
    configureServer(server) {
      server.ws.on(windowEvent, (envelope: Envelope, from) => {
        for (const client of server.ws.clients) {
          if (client.socket !== from.socket)
            client.send(windowEvent, envelope)
        }
      })
    },
  }
}
