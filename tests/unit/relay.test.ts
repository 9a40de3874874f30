/** What the relay of a room passes on, keeps and refuses, and which files it gives. */
import type { Message } from '#live-figures/room'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { fromText, largest, makeKeys, seal } from '#live-figures/room'
import { relayLimits, serveRoom } from '../../scripts/lib/relay.ts'

const { seed, key } = makeKeys()
const name = 'a-room-of-tests'
let folder: string
let url: string
let close: () => Promise<void>

async function serve(limits = {}) {
  ({ url, close } = await serveRoom(join(folder, 'deck'), { name, key: fromText(key)! }, { host: 'localhost', limits: { ...relayLimits, ...limits } }))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relay-'))
  mkdirSync(join(folder, 'deck'))
  writeFileSync(join(folder, 'deck', 'index.html'), 'the deck')
  writeFileSync(join(folder, 'package.json'), 'the project')
  await serve()
})
afterEach(async () => {
  await close()
  rmSync(folder, { recursive: true })
})

let count = 0
function say(page: number, { kind = 'act', from = 'presenter', by = seed, at = Date.now(), n = ++count, figure = '' }: Partial<Omit<Message, 'envelope'>> & { by?: string, figure?: string } = {}): Uint8Array {
  const inputs = Object.fromEntries(Array.from({ length: figure ? 28 : 0 }, (_, i) => [`i${i}`, figure]))
  const changes = [{ key: 'figure:f', value: { page: 1, step: 0, inputs }, tick: n, by: from }, { key: 'place', value: { page, clicks: 0, clicksTotal: 3 }, tick: n, by: from }]
  return seal({ room: name, from, n, at, kind, envelope: { from, role: 'presenter', tick: n, changes } }, fromText(by)!)
}

interface Window {
  socket: WebSocket
  /** Sealed messages it was sent. */
  heard: Buffer[]
  closed: Promise<void>
}

/** A window that the relay has greeted. */
function enter(options = {}): Promise<Window> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}room`, options)
  const heard: Buffer[] = []
  const closed = new Promise<void>(resolve => socket.on('close', () => resolve()))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data: Buffer, isBinary) => isBinary ? heard.push(data) : resolve({ socket, heard, closed }))
  })
}

/** Waits until all that a window has said has been dealt with: a relay answers pings in their turn. */
const settled = ({ socket }: Window) => new Promise<void>((resolve) => {
  socket.once('pong', () => resolve())
  socket.ping()
})

describe('what a presenter says', () => {
  it('goes to every other window as it was sealed, and not back', async () => {
    const [presenter, follower, other] = [await enter(), await enter(), await enter()]
    const acts = [say(2), say(3)]
    acts.forEach(act => presenter.socket.send(act))
    await Promise.all([presenter, follower, other].map(settled))
    await expect.poll(() => [presenter, follower, other].map(({ heard }) => heard.map(bytes => bytes.toString('hex')))).toEqual([[], ...[1, 2].map(() => acts.map(act => Buffer.from(act).toString('hex')))])
  })

  it('last is there for who comes later, without the presenter', async () => {
    const presenter = await enter()
    const [old, last] = [say(2, { kind: 'state' }), say(4, { kind: 'state' })]
    presenter.socket.send(old)
    presenter.socket.send(last)
    await settled(presenter)
    presenter.socket.terminate()
    const { heard } = await enter()
    expect(heard).toEqual([Buffer.from(last)])
  })
})

describe('what anybody else says', () => {
  const forged: [string, () => Uint8Array | string][] = [
    ['signed with another key', () => say(9, { by: makeKeys().seed })],
    ['changed on its way', () => say(9).map((byte, i, all) => i === all.length - 4 ? byte ^ 1 : byte)],
    ['cut off', () => say(9).slice(0, 80)],
    ['no message at all', () => new Uint8Array(200)],
    ['empty', () => new Uint8Array(0)],
    ['a text', () => 'place: 9'],
    ['too large', () => new Uint8Array(largest + 1)],
  ]

  it.each(forged)('reaches nobody and ends its connection: %s', async (_, forge) => {
    const [stranger, follower] = [await enter(), await enter()]
    stranger.socket.send(forge())
    await stranger.closed
    await settled(follower)
    expect(follower.heard).toEqual([])
    expect((await enter()).heard).toEqual([])
  })

  it('again, or of yesterday, reaches nobody', async () => {
    const [presenter, follower, stranger] = [await enter(), await enter(), await enter()]
    const acts = [say(4), say(5)]
    acts.forEach(act => presenter.socket.send(act))
    await settled(presenter)
    acts.forEach(act => stranger.socket.send(act))
    stranger.socket.send(say(6, { from: 'yesterday', at: Date.now() - 24 * 3600 * 1000 }))
    await settled(stranger)
    await settled(follower)
    expect(follower.heard).toEqual(acts.map(act => Buffer.from(act)))
  })

  it('in a flood takes nothing from a presenter who has spoken', async () => {
    const [presenter, follower] = [await enter(), await enter()]
    presenter.socket.send(say(2))
    await settled(presenter)
    for (let i = 0; i < 100; i++) {
      const stranger = await enter()
      stranger.socket.send(say(9, { by: makeKeys().seed }))
      // Beyond the strangers' budget it is dropped and not even looked at.
      await Promise.race([stranger.closed, settled(stranger)])
    }
    presenter.socket.send(say(3))
    await settled(presenter)
    await expect.poll(() => follower.heard.length).toBe(2)
  }, 30_000)
})

describe('a window', () => {
  it('beyond the limit is refused, all together or from one address', async () => {
    for (const limit of ['windows', 'ofOneAddress']) {
      await close()
      await serve({ [limit]: 2 })
      await enter()
      const second = await enter()
      await expect(enter(), limit).rejects.toThrow('503')
      second.socket.close()
      await second.closed
      await expect.poll(() => enter().then(() => 'in', () => 'out'), { message: limit }).toBe('in')
    }
  })

  it('that does not answer is let go', async () => {
    await close()
    await serve({ sign: 40 })
    const [silent, answering] = [await enter({ autoPong: false }), await enter()]
    await silent.closed
    await settled(answering)
  })

  it('that reads nothing is let go before much waits for it', async () => {
    await close()
    await serve({ waiting: 100_000 })
    const slow = await enter()
    slow.socket.pause()
    // More than the system keeps on its way between two sockets; one presenter alone would be too fast for its budget.
    for (let window = 0; window < 6; window++) {
      const presenter = await enter()
      for (let i = 0; i < 50; i++)
        presenter.socket.send(say(i + 1, { from: `presenter${window}`, figure: 'x'.repeat(2000) }))
      await settled(presenter)
    }
    slow.socket.resume()
    expect(await Promise.race([slow.closed.then(() => 'let go'), settled(slow).then(() => 'kept')])).toBe('let go')
    expect((await enter()).socket.readyState).toBe(WebSocket.OPEN)
  }, 60_000)
})

describe('the files', () => {
  const get = (path: string) => new Promise<{ status: number | undefined, body: string }>((resolve, reject) => {
    request({ host: 'localhost', port: new URL(url).port, path }, (response) => {
      let body = ''
      response.on('data', chunk => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, body }))
    }).on('error', reject).end()
  })

  it('are the deck’s', async () => {
    expect(await get('/')).toEqual({ status: 200, body: 'the deck' })
    expect(await get('/index.html?x')).toEqual({ status: 200, body: 'the deck' })
  })

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/..%5cpackage.json', '/assets/../../package.json', '//package.json', '/%00', '/%'])('outside it are not there: %s', async (path) => {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(body).not.toContain('project')
  })

  it('are those that were there from the start', async () => {
    writeFileSync(join(folder, 'deck', 'later.txt'), 'not the deck')
    expect((await get('/later.txt')).status).toBe(404)
  })

  it('have no other WebSocket than the room’s', async () => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}other`)
    expect(await new Promise(resolve => socket.on('error', ({ message }) => resolve(message)))).toContain('404')
  })
})
