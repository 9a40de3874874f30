/**
 * Serves a built deck to a network, with a relay at `room` beside it: what a presenter of the room says goes to all other
 * windows, and nothing else does. It knows the public key of the room and nothing secret; nothing outside the deck's folder
 * can be asked for, because sirv answers from a list of the files that were there when it started.
 */
import type { Server } from 'node:http'
import type { Bytes, Gate } from '#live-figures/room'
import { createServer } from 'node:http'
import sirv from 'sirv'
import { WebSocketServer, type WebSocket } from 'ws'
import { createGate, largest, open } from '#live-figures/room'
import { listen, type Served } from './deck.ts'

/** Several phones may stand behind one address; one that takes all places keeps the room out. */
export const relayLimits = {
  /** Windows that may be connected, and from one address. */
  windows: 5000,
  ofOneAddress: 1000,
  /** Bytes that wait for a slow window before it is let go, to come back and catch up. */
  waiting: 1_000_000,
  /** How often every window is told that the relay is there, and asked whether it is, in milliseconds. */
  sign: 20_000,
}

interface Window {
  socket: WebSocket
  address: string
  /** Its own once it has said something that the room's key signed; all others share one, and so its budget. */
  gate: Gate
  heard: boolean
}

/**
 * @param folder the built deck
 * @param room its name and its public key, 32 bytes
 * @param where.port a free one by default
 * @param where.host where it listens; every address of this machine by default
 */
export async function serveRoom(folder: string, room: { name: string, key: Bytes }, { port = 0, host, limits = relayLimits }: { port?: number, host?: string, limits?: typeof relayLimits } = {}): Promise<Served> {
  const files = sirv(folder, { etag: true, setHeaders: response => response.setHeader('X-Content-Type-Options', 'nosniff') })
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, (request, response) => {
    files(request, response, () => void response.writeHead(404).end())
  })
  const end = relay(room, limits, server)
  const { port: taken, close } = await listen(server, port, host)
  return {
    url: `http://localhost:${taken}/`,
    close() {
      end()
      return close()
    },
  }
}

/** @returns what ends it */
function relay({ name, key }: { name: string, key: Bytes }, limits: typeof relayLimits, server: Server): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largest, perMessageDeflate: false })
  const windows = new Set<Window>()
  const unproven = createGate(name, key)
  let state: Buffer | undefined

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const address = request.socket.remoteAddress ?? ''
    const isFull = windows.size >= limits.windows || [...windows].filter(window => window.address === address).length >= limits.ofOneAddress
    if (request.url !== '/room' || isFull)
      socket.end(`HTTP/1.1 ${request.url === '/room' ? '503 Service Unavailable' : '404 Not Found'}\r\nConnection: close\r\n\r\n`)
    else
      sockets.handleUpgrade(request, socket, head, socket => meet(socket, address))
  })

  function meet(socket: WebSocket, address: string): void {
    const window: Window = { socket, address, gate: unproven, heard: true }
    windows.add(window)
    socket.on('error', () => socket.terminate())
    socket.on('close', () => windows.delete(window))
    socket.on('pong', () => { window.heard = true })
    socket.on('message', (data, isBinary) => hear(window, data as Buffer, isBinary))
    // The last state comes first, so that what is done from now on is later.
    if (state)
      socket.send(state)
    socket.send('')
  }

  function hear(window: Window, data: Buffer, isBinary: boolean): void {
    const opened = open(new Uint8Array(data), window.gate, Date.now())
    if ('refused' in opened) {
      // What came late or too fast is dropped. Everything else no window of the deck says.
      if (!isBinary || !['old', 'date', 'flood'].includes(opened.refused))
        window.socket.terminate()
      return
    }
    if (window.gate === unproven)
      window.gate = createGate(name, key, unproven.seen)
    if (opened.kind === 'state') {
      state = data
      return
    }
    for (const other of windows) {
      if (other !== window)
        send(other, data)
    }
  }

  function send({ socket }: Window, data: Buffer | string): void {
    if (socket.bufferedAmount > limits.waiting)
      socket.terminate()
    else
      socket.send(data)
  }

  const signs = setInterval(() => {
    for (const window of windows) {
      if (!window.heard) {
        window.socket.terminate()
        continue
      }
      window.heard = false
      window.socket.ping()
      send(window, '')
    }
  }, limits.sign)

  return () => {
    clearInterval(signs)
    windows.forEach(({ socket }) => socket.terminate())
  }
}
