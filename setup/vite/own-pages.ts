/**
 * Keeps pages of other sites, open in the speaker's own browser, away from the development server.
 *
 * Vite does most of it: another name that leads to this machine is refused (allowedHosts), its WebSocket wants a token that
 * only its own pages can read, and no other site can read an answer (CORS). A plain POST needs none of that, and Slidev
 * writes slides for one, whether or not its editor is on; Vite opens the speaker's editor for an image's address.
 */
import type { IncomingMessage } from 'node:http'
import type { Plugin } from 'vite'

/** What is asked of a request to know whose page makes it; a part of IncomingMessage. */
export type Asking = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

export function ownPages(): Plugin {
  return {
    name: 'deck:own-pages',
    enforce: 'pre',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!isForeign(request))
          return next()
        response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Only the deck’s own pages may do that.')
      })
    },
  }
}

/** Whether a page of another site makes a request; a link from one to a page of the deck is no harm. */
export function isForeign({ method, url = '/', headers }: Asking): boolean {
  const { origin, host } = headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return true
  const site = headers['sec-fetch-site']
  const isLink = method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document' && !/^\/[@_]/.test(url)
  return site !== undefined && site !== 'same-origin' && site !== 'none' && !isLink
}
