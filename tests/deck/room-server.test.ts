/** A real nats-server with the configuration that `npm run room` writes: what it lets a stranger and a presenter do. */
import type { NatsConnection } from '@nats-io/nats-core'
import type { RunningServer } from '../../scripts/lib/nats.ts'
import { wsconnect } from '@nats-io/nats-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subjectsOf } from '#live-figures/room'
import { makeStream, speak, startServer } from '../../scripts/lib/nats.ts'
import { newRoom } from '../../scripts/lib/room.ts'
import { freePort } from '../support/started.ts'

describe.skipIf(!process.env.NATS_SERVER_PATH)('the server of a room', () => {
  const room = newRoom()
  const { acts, state, stream, lastState } = subjectsOf(room.name)
  const folder = mkdtempSync(join(tmpdir(), 'room-server-'))
  let server: RunningServer
  let address: string
  let presenter: NatsConnection
  let stranger: NatsConnection

  beforeAll(async () => {
    const port = await freePort()
    address = `ws://127.0.0.1:${port}`
    server = await startServer(room, folder, port)
    await makeStream(room, address)
    presenter = await speak(address, room.seed)
    stranger = await wsconnect({ servers: address })
  })
  afterAll(async () => {
    await Promise.all([presenter?.close(), stranger?.close()])
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('carries what a presenter says to everybody, and keeps the last state for who comes later', async () => {
    const heard: string[] = []
    stranger.subscribe(acts, { callback: (error, message) => void heard.push(error ? error.message : message.string()) })
    await stranger.flush()
    presenter.publish(state, 'old')
    presenter.publish(state, 'last')
    presenter.publish(acts, 'act')
    await presenter.flush()
    await expect.poll(() => heard).toEqual(['act'])
    const late = await wsconnect({ servers: address })
    expect((await late.request(lastState)).string()).toBe('last')
    await late.close()
  })

  it.each([acts, state, `$JS.API.STREAM.CREATE.${stream}`, `$JS.API.STREAM.DELETE.${stream}`, `$JS.API.STREAM.PURGE.${stream}`, '_INBOX.somebody'])('lets a stranger publish nothing: %s', async (subject) => {
    const heard: string[] = []
    const ears = presenter.subscribe(acts, { callback: (_, message) => void heard.push(message.string()) })
    await presenter.flush()
    const refused = firstError(stranger)
    stranger.publish(subject, 'forged')
    expect(await refused).toMatch(/permissions violation for publish/i)
    presenter.publish(acts, 'true')
    await expect.poll(() => heard).toEqual(['true'])
    ears.unsubscribe()
    expect((await stranger.request(lastState)).string()).toBe('last')
  })

  it.each(['>', `rooms.${room.name}.state`, '$JS.>'])('lets a stranger hear the acts and nothing else: %s', async (subject) => {
    const refused = firstError(stranger)
    stranger.subscribe(subject, { callback: () => {} })
    expect(await refused).toMatch(/permissions violation for subscription/i)
  })

  it('lets the link of another room in as nobody', async () => {
    await expect(speak(address, newRoom().seed)).rejects.toThrow(/authorization/i)
  })
})

/** What the server says first against a connection. */
async function firstError(connection: NatsConnection): Promise<string> {
  for await (const status of connection.status()) {
    if (status.type === 'error')
      return status.error.message
  }
  return ''
}
