/**
 * Guards the development server, which Slidev opens to the whole network when one presents from a second machine, and
 * passes on what the windows of a talk tell each other.
 *
 * Slidev's own password is checked in the browser and stands in a file that everybody may read; it keeps nobody out. Here
 * the server decides. Who comes from this machine, or has the password, may do everything. Anybody else is a stranger,
 * and may look at the slides as the speaker shows them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin, ViteDevServer, WebSocketClient } from 'vite'
import type { Envelope } from '../../composables/talk.ts'
import { createHash, timingSafeEqual } from 'node:crypto'
import process from 'node:process'
import { talkEvent } from '../../composables/transport.ts'

/** here: this machine; trusted: another one with the password; stranger: anybody else. */
export type Standing = 'here' | 'trusted' | 'stranger'

type RawSocket = WebSocketClient['socket']

/** What is asked of a request to know who makes it; a part of IncomingMessage. */
export interface Asking {
  headers: IncomingMessage['headers']
  socket: { remoteAddress?: string | undefined }
}

const cookie = 'structure-is-a-loan'
const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/
/** What a proxy or a tunnel on this machine adds for those on its other side. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'] as const

/** Pages of the speaker; everything else with a name of one word is a slide. */
const speakersPage = /^\/(?:presenter|entry|notes|notes-edit|overview|print|export)(?:\/|$)/

/**
 * What a stranger's browser needs to draw the slides. Anything not listed is closed: editing, opening files, the spoken
 * script, scripts and tests, the history of the project.
 */
const open = [
  /^\/(?:[a-z0-9][\w-]*|index\.html|favicon\.svg)?$/i,
  /^\/(?:components|composables|data|lab|layouts|public|styles)\//,
  /^\/setup\/(?:main|root|shortcuts)\.ts$/,
  /^\/(?:slide-top|slide-bottom|global-top|custom-nav-controls)\.vue$/,
  /^\/slides\.md__slidev_\d+\.(?:md|frontmatter)$/,
  /^\/@(?:vite|slidev|server-reactive)\//,
  /^\/@id\/(?:__x00__plugin-vue:|~icons\/)/,
  /^\/__uno(?:_\w+)?\.css$/,
  /^(?:\/@fs\/.+)?\/node_modules\//,
]

/** @returns who makes a request */
export function standingOf({ headers, socket }: Asking, password: string | undefined): Standing {
  // A page of another site, open in the speaker's own browser, is not the speaker.
  if (isForeign(headers))
    return 'stranger'
  if (loopback.test(socket.remoteAddress ?? '') && localHost.test(headers.host ?? '') && forwarded.every(name => headers[name] === undefined))
    return 'here'
  const kept = headers.cookie?.split(/;\s*/).find(part => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1)
  return password && kept !== undefined && same(kept, tokenOf(password)) ? 'trusted' : 'stranger'
}

/** Whether a stranger may have that path, given without its query. */
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
 * What the server passes on of what a window tells the others: all from a presenter, from other windows only those of
 * this machine; a stranger may ask where the talk is, and nothing else.
 */
export function passedOn(envelope: Envelope, standing: Standing): Envelope | undefined {
  if (standing === 'stranger')
    return envelope.hello === true ? { from: String(envelope.from).slice(0, 40), role: 'viewer', turn: 0, hello: true } : undefined
  return standing === 'here' || envelope.role === 'presenter' || envelope.hello ? envelope : undefined
}

/** The Vite plugin; the password comes from scripts/run.mjs, in DECK_PASSWORD. */
export function guard(password = process.env.DECK_PASSWORD): Plugin {
  return {
    name: 'structure-is-a-loan:guard',
    enforce: 'pre',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        admit(server, request, response, next, password).catch(() => response.writeHead(500).end())
      })
      watchSockets(server, password)
    },
  }
}

async function admit(server: ViteDevServer, request: IncomingMessage, response: ServerResponse, next: () => void, password: string | undefined): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://deck')
  const given = url.searchParams.get('password')
  if (given !== null && password && request.method === 'GET') {
    // The address is left without the password: it may be on the projector a moment later.
    url.searchParams.delete('password')
    if (!same(given, password))
      return ask(response, 'That is not the password.')
    response.writeHead(302, { 'Location': `${url.pathname}${url.search}`, 'Set-Cookie': `${cookie}=${tokenOf(password)}; HttpOnly; SameSite=Lax; Path=/` }).end()
    return
  }
  if (standingOf(request, password) !== 'stranger')
    return next()
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response)
  if (speakersPage.test(url.pathname) && password)
    return ask(response, '')
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

/** Passes on what windows tell each other, and takes from a stranger's connection nothing but the question where we are. */
function watchSockets(server: ViteDevServer, password: string | undefined): void {
  const standings = new WeakMap<RawSocket, Standing>()

  function relay(envelope: Envelope, from: RawSocket): void {
    const passed = passedOn(envelope, standings.get(from) ?? 'stranger')
    if (!passed)
      return
    for (const client of server.ws.clients) {
      if (client.socket !== from)
        client.send(talkEvent, passed)
    }
  }

  server.ws.on('connection', (socket: RawSocket, request: IncomingMessage) => {
    const standing = standingOf(request, password)
    standings.set(socket, standing)
    if (standing !== 'stranger')
      return
    // After the listeners of Vite and Slidev are in place: they would reload everybody's pages, or write files.
    queueMicrotask(() => {
      socket.removeAllListeners('message')
      socket.on('message', (data) => {
        const asked = hello(String(data))
        if (asked)
          relay(asked, socket)
      })
    })
  })
  server.ws.on(talkEvent, (envelope: Envelope, client: WebSocketClient) => relay(envelope, client.socket))
}

function hello(message: string): Envelope | undefined {
  try {
    const { event, data } = JSON.parse(message) as { event?: unknown, data?: Envelope | null }
    return event === talkEvent && data ? data : undefined
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

function tokenOf(password: string): string {
  return createHash('sha256').update(`${cookie}:${password}`).digest('hex')
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Only the speaker may do that.')
}

/** A page that asks for the password. */
function ask(response: ServerResponse, complaint: string): void {
  response.writeHead(401, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Password</title>
<body style="font: 18px system-ui; max-width: 24em; margin: 4em auto; padding: 0 1em">
<form><p>${complaint} This page is the speaker’s.</p>
<p><label>Password <input name="password" type="password" autofocus autocomplete="off"></label> <button>Open</button></p></form>
<p><a href="/">The slides</a></p>`)
}
