/** The development server passes on what windows announce. */
import type { ViteDevServer } from 'vite'
import { expect, it } from 'vitest'
import { relay } from '../server.ts'
import { windowEvent } from '../sync/transport.ts'

it('goes to all windows but the one that said it', () => {
  const sent: unknown[][] = [[], [], []]
  const clients = sent.map((inbox, socket) => ({ socket, send: (event: string, data: unknown) => inbox.push([event, data]) }))
  let heard: (data: unknown, from: unknown) => void = () => {}
  const server = { ws: { clients, on: (event: string, listener: typeof heard) => (heard = event === windowEvent ? listener : heard) } };
  (relay().configureServer as (server: ViteDevServer) => void)(server as unknown as ViteDevServer)
  heard('hello', clients[0])
  expect(sent).toEqual([[], [[windowEvent, 'hello']], [[windowEvent, 'hello']]])
})
