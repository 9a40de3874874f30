/** The development server passes on what windows announce, unless the deck has a plugin of its own for that. */
import type { ViteDevServer } from 'vite'
import { expect, it } from 'vitest'
import { relay, windowEvent } from '../server.ts'

/** A server with three windows. @returns what each was sent once the first has said something */
function sentBy(plugins: object[]): unknown[][] {
  const sent: unknown[][] = [[], [], []]
  const clients = sent.map((inbox, socket) => ({ socket, send: (event: string, data: unknown) => inbox.push([event, data]) }))
  let heard: (data: unknown, from: unknown) => void = () => {}
  const server = { config: { plugins }, ws: { clients, on: (event: string, listener: typeof heard) => (heard = event === windowEvent ? listener : heard) } };
  (relay().configureServer as (server: ViteDevServer) => void)(server as unknown as ViteDevServer)
  heard('hello', clients[0])
  return sent
}

it('goes to all windows but the one that said it', () => {
  expect(sentBy([{ name: 'another' }])).toEqual([[], [[windowEvent, 'hello']], [[windowEvent, 'hello']]])
})

it('is left to a plugin that says it relays windows', () => {
  expect(sentBy([{ name: 'guard', api: { relaysWindows: true } }])).toEqual([[], [], []])
})
