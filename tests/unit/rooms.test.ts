/** Making a room: its key file, what a build and a server are told, how people are asked in, and what set-up fetches. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engineCredential, fromText, openNotes, notesKey, publicKeyOf, readRoom, sealNotes, toText } from '#live-figures/room'
import { localConfiguration, serverConfiguration, startServer, streamOf } from '../../scripts/lib/nats.ts'
import { invitation, keptRoom, newRoom, presenterAddress, roomBuild, roomEnvironment } from '../../scripts/lib/room.ts'
import { readyNats } from '../../scripts/setup/nats.mjs'

const root = join(import.meta.dirname, '..', '..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a room', () => {
  it('that is kept is the same the next time, for nobody else to read', () => {
    const file = join(folder, 'keys', 'talk.room')
    const room = keptRoom(file)
    expect(keptRoom(file)).toEqual(room)
    expect(room.key).toBe(toText(publicKeyOf(fromText(room.seed)!)))
    if (process.platform !== 'win32')
      expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each(['', '{}', '{"name":"a-room-of-mine","seed":"short"}', '{"name":"No Name","seed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}'])('is not made of a file of something else, which stays as it is: %s', (text) => {
    const file = join(folder, 'other.txt')
    writeFileSync(file, text)
    expect(() => keptRoom(file)).toThrow(`${file} holds no room: name another file with --key`)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('is another each time that it is not kept', () => {
    expect(newRoom().seed).not.toBe(newRoom().seed)
    expect(newRoom().name).not.toBe(newRoom().name)
  })
})

describe('who is told what', () => {
  const room = newRoom()

  it('a build has the public key, and what its notes are encrypted with, but not the seed', () => {
    for (const server of ['wss://nats.example.org', '']) {
      const environment = roomEnvironment(roomBuild(room, server))
      expect(JSON.stringify(environment)).not.toContain(room.seed)
      expect(readRoom(environment.DECK_ROOM)).toEqual({ transport: server ? 'nats' : 'relay', server, name: room.name, key: room.key })
      const sealed = sealNotes(new TextEncoder().encode('spoken'), fromText(environment.DECK_ROOM_NOTES!)!)
      expect(openNotes(sealed, notesKey(fromText(room.seed)!))).toEqual(new TextEncoder().encode('spoken'))
    }
  })

  it('a server has who may publish by the public half, and no secret', () => {
    for (const configuration of [serverConfiguration(room), localConfiguration(room, folder, 4222)]) {
      expect(configuration).not.toContain(room.seed)
      expect(configuration).toContain(`nkey: ${engineCredential(fromText(room.seed)!).user}`)
      const [, anybody = ''] = configuration.match(/user: audience[^}]*permissions \{([^}]*)\}/) ?? []
      expect(anybody).toBe(` publish: ["$JS.API.DIRECT.GET.room-${room.name}.rooms.${room.name}.state"], subscribe: ["rooms.${room.name}.acts", "_INBOX.>"] `)
    }
    expect(streamOf(room.name)).toMatchObject({ name: `room-${room.name}`, subjects: [`rooms.${room.name}.state`], max_msgs_per_subject: 1, allow_direct: true })
  })

  it('people have an address each, and on a screen its code', () => {
    const decks = ['http://192.0.2.7:3030/', 'http://198.51.100.7:3030/'] as const
    const plain = invitation([...decks], room, false)
    expect(plain.split('\n').filter(line => line.includes('http'))).toEqual([
      ...decks.map(deck => `  presenter  ${deck}#/presenter/1#speak=${room.seed}`),
      ...decks.map(deck => `  audience   ${deck}`),
    ])
    expect(plain).not.toContain('\u001B')
    expect(new URL(presenterAddress(decks[0], room)).pathname).toBe('/')
    const shown = invitation([...decks], room, true).split('\n').filter(line => line.includes('\u001B'))
    // The presenter's code is the larger one.
    expect(shown.length).toBeGreaterThan(30)
    expect(new Set(shown.map(line => line.length)).size).toBe(2)
  })
})

describe('what is missing', () => {
  it('is said in one sentence: no server of NATS', async () => {
    const before = process.env.NATS_SERVER_PATH
    delete process.env.NATS_SERVER_PATH
    await expect(startServer(newRoom(), folder, 4222)).rejects.toThrow(/^There is no nats-server on this machine: install it .*, and run this again\.$/)
    if (before)
      process.env.NATS_SERVER_PATH = before
  })

  it.each([
    [[], 'A room needs a server of NATS: --server wss://… names it, and --local starts one here.'],
    [['--server', 'https://nats.example.org'], 'The server of a room is an address such as wss://nats.example.org; got “https://nats.example.org”.'],
    [['--local', '--server', 'wss://nats.example.org'], '--local brings its own server and address: use it without --server and --site.'],
    [['--server', 'wss://nats.example.org', '--site', 'example.org'], '--site is an address such as https://example.org/talks/loan/; got “example.org”.'],
  ])('or wrong is, of the command’s options: %j', (options, sentence) => {
    const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', './scripts/setup/sentence.mjs', join('scripts', 'room.ts'), ...options], { cwd: root, encoding: 'utf8' })
    expect({ status, said: stderr.trim() }).toEqual({ status: 1, said: sentence })
  })

  it('is fetched once, uninstalled, where the system’s packages are Debian’s', () => {
    const ran: string[] = []
    const by = { run: (command: string, args: string[]) => void ran.push([command, ...args].join(' ')), places: [], hasApt: true }
    const stamp: { natsTried?: boolean } = {}
    expect(readyNats(stamp, folder, by)).toBeUndefined()
    expect(ran).toContain('apt-get download -qq nats-server')
    expect(ran.some(command => command.includes('install'))).toBe(false)
    const tried = ran.length
    expect(readyNats(stamp, folder, by)).toBeUndefined()
    expect(readyNats({}, folder, { ...by, hasApt: false })).toBeUndefined()
    expect(ran.length).toBe(tried)
  })
})
