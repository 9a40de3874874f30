/**
 * Guards the development server, which Slidev opens to the whole network when one presents from a second machine, and
 * passes on what the windows of a talk announce.
 *
 * Slidev's own password is checked in the browser and stands in a file that everybody may read; it keeps nobody out. Here
 * the server decides. Who comes from this machine, or has the password, may do everything. Any other client is
 * unauthorised, and may look at the slides as the speaker shows them.
 */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin, ViteDevServer, WebSocketClient } from 'vite'
import type { Envelope } from '#live-figures/server'
import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { windowEvent } from '#live-figures/server'
import { askPassword, countTries, hasToken, logIn } from './password.ts'

/** local: this machine; authorised: another one with the password; unauthorised: any other. */
export type Standing = 'local' | 'authorised' | 'unauthorised'

type RawSocket = WebSocketClient['socket']

/** What is asked of a request to know who makes it; a part of IncomingMessage. */
export interface Asking {
  headers: IncomingMessage['headers']
  socket: { remoteAddress?: string | undefined }
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/
/** What a proxy or a tunnel on this machine adds for those on its other side. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'] as const

/** Pages of the speaker; everything else with a name of one word is a slide. */
const speakersPage = /^\/(?:presenter|entry|notes|notes-edit|overview|print|export)(?:\/|$)/

/**
 * What the browser of an unauthorised client needs to draw the slides. Anything not listed is closed: editing, opening files, the spoken
 * script, scripts and tests, the history of the project.
 */
const open = [
  /^\/(?:[a-z0-9][\w-]*|index\.html|favicon\.svg)?$/i,
  /^\/(?:addons\/[\w-]+\/(?!tests?)|(?:components|composables|data|lab|layouts|public|styles)\/)/,
  /^\/setup\/(?:main|root|shortcuts)\.ts$/,
  /^\/(?:slide-top|slide-bottom|global-top|custom-nav-controls)\.vue$/,
  /^\/slides\.md__slidev_\d+\.(?:md|frontmatter)$/,
  /^\/@(?:vite|slidev|server-reactive)\//,
  /^\/@id\/(?:__x00__plugin-vue:|~icons\/)/,
  /^\/__uno(?:_\w+)?\.css$/,
  /^(?:\/@fs\/.+)?\/node_modules\//,
]

/**
 * @param token what the server gave to those who had the password
 * @returns who makes a request
 */
export function standingOf({ headers, socket }: Asking, token: string | undefined): Standing {
  // A page of another site, open in the speaker's own browser, is not the speaker.
  if (isForeign(headers))
    return 'unauthorised'
  if (loopback.test(socket.remoteAddress ?? '') && localHost.test(headers.host ?? '') && forwarded.every(name => headers[name] === undefined))
    return 'local'
  return token && hasToken(headers.cookie, token) ? 'authorised' : 'unauthorised'
}

/** Whether an unauthorised client may have that path, given without its query. */
export function isOpen(path: string): boolean {
  let plain: string
  try {
    plain = decodeURIComponent(path)
  }
  catch {
    return false
  }
  return !plain.includes('..') && !plain.includes('\\') && !plain.includes('/.git') && !speakersPage.test(plain) && open.some(pattern => pattern.test(plain))
}

/**
 * What the server passes on of what a window announces: all from a presenter, from other windows only those of this
 * machine; an unauthorised client may ask where the talk is, and nothing else.
 */
export function passedOn(envelope: Envelope, standing: Standing): Envelope | undefined {
  if (standing === 'unauthorised')
    return envelope.hello === true ? { from: String(envelope.from).slice(0, 40), role: 'viewer', tick: 0, hello: true } : undefined
  return standing === 'local' || envelope.role === 'presenter' || envelope.hello ? envelope : undefined
}

/**
 * What the server may send by itself to an unauthorised client: that it is there, that files have changed, what presenters
 * announce. Slidev also sends edited slides with their notes, and Vite errors with paths and lines of the source.
 * @param message as it would go out
 * @returns as it may go out
 */
export function sentTo(message: string): string | undefined {
  const { type, event, path } = JSON.parse(message) as { type?: unknown, event?: unknown, path?: unknown }
  if (type === 'connected' || type === 'ping' || type === 'update' || (type === 'custom' && event === windowEvent))
    return message
  // It would say which file it was.
  return type === 'full-reload' ? JSON.stringify({ type, path }) : undefined
}

/** The Vite plugin; the password comes from scripts/run.mjs, in DECK_PASSWORD. */
export function guard(password = process.env.DECK_PASSWORD): Plugin {
  // Nothing of the password is in it, so that nobody can guess the one by trying the other; a server that Vite starts
  // anew goes on with it.
  const token = password && (process.env.DECK_TOKEN ??= randomBytes(32).toString('hex'))
  const tries = countTries()
  return {
    name: 'structure-is-a-loan:guard',
    enforce: 'pre',
    apply: 'serve',
    // The relay of addons/live-figures leaves it to this one.
    api: { relaysWindows: true },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://deck')
        const given = request.method === 'GET' ? url.searchParams.get('password') : null
        if (given !== null && password && token) {
          // The address is left without the password: it may be on the projector a moment later.
          url.searchParams.delete('password')
          const then = `${url.pathname}${url.search}`
          if (standingOf(request, token) === 'unauthorised')
            logIn({ given, from: request.socket.remoteAddress ?? '', then }, response, { password, token, tries })
          else
            response.writeHead(302, { Location: then }).end()
          return
        }
        admit(server, request, response, next, token).catch(() => response.writeHead(500).end())
      })
      watchSockets(server, token)
    },
  }
}

async function admit(server: ViteDevServer, request: IncomingMessage, response: ServerResponse, next: () => void, token: string | undefined): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://deck')
  if (standingOf(request, token) !== 'unauthorised')
    return next()
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response)
  if (speakersPage.test(url.pathname) && token)
    return askPassword(response, '')
  // What is asked for raw comes as it stands in the project, whatever is left out of it below.
  if (!isOpen(url.pathname) || url.searchParams.has('raw'))
    return refuse(response)
  if (/^\/(?:@slidev\/slides|slides\.md__slidev_\d+\.frontmatter)$/.test(url.pathname)) {
    const made = await server.transformRequest(request.url ?? '/')
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' }).end(withoutNotes(made?.code ?? ''))
    return
  }
  next()
}

/** A module of slides, its spoken notes left out. */
export function withoutNotes(code: string): string {
  return code.replace(/"(note|noteHTML)":\s*"(?:[^"\\]|\\.)*"/g, '"$1": ""')
}

/** Passes on what windows announce. An unauthorised client's connection carries nothing but that and its question for it. */
function watchSockets(server: ViteDevServer, token: string | undefined): void {
  const standings = new WeakMap<RawSocket, Standing>()

  function relay(envelope: Envelope, from: RawSocket): void {
    const passed = passedOn(envelope, standings.get(from) ?? 'unauthorised')
    if (!passed)
      return
    for (const client of server.ws.clients) {
      if (client.socket !== from)
        client.send(windowEvent, passed)
    }
  }

  function meet(socket: RawSocket, request: IncomingMessage): void {
    const standing = standingOf(request, token)
    standings.set(socket, standing)
    if (standing !== 'unauthorised')
      return
    const send = socket.send.bind(socket) as (message: string) => void
    socket.send = (message: unknown) => {
      const allowed = sentTo(String(message))
      if (allowed !== undefined)
        send(allowed)
    }
    // After the listeners of Vite and Slidev are in place: they would reload everybody's pages, or write files.
    queueMicrotask(() => {
      socket.removeAllListeners('message')
      socket.on('message', (data) => {
        const asked = hello(String(data))
        if (asked)
          relay(asked, socket)
      })
    })
  }

  // Before Vite's own listener, which sends the error that it kept for the first client. Only an event of the handshake
  // comes earlier; whom it is called on is the server of the sockets.
  let first = true
  server.ws.on('headers', function sockets(this: EventEmitter) {
    if (first)
      this.prependListener('connection', meet)
    first = false
  })
  server.ws.on(windowEvent, (envelope: Envelope, client: WebSocketClient) => relay(envelope, client.socket))
}

function hello(message: string): Envelope | undefined {
  try {
    const { event, data } = JSON.parse(message) as { event?: unknown, data?: Envelope | null }
    return event === windowEvent && data ? data : undefined
  }
  catch {
    return undefined
  }
}

function isForeign(headers: IncomingMessage['headers']): boolean {
  const { origin, host } = headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return true
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none' && headers['sec-fetch-mode'] !== 'navigate'
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Only the speaker may do that.')
}
