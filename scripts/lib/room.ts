/** A room of the talk: its keys, what a build of the deck is told of it, and how people are asked in. */
import type { RoomKeys, RoomSettings } from '#live-figures/room'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import process from 'node:process'
import { renderUnicodeCompact } from 'uqr'
import { fromText, makeKeys, notesKey, publicKeyOf, roomNotesVariable, roomVariable, toText } from '#live-figures/room'

/** A room and its secret. */
export interface Room extends RoomKeys {
  name: string
}

/** A room that nobody knows. */
export const newRoom = (): Room => ({ name: `talk-${randomBytes(6).toString('hex')}`, ...makeKeys() })

/**
 * The room of a key file; without one, makes both. Only its owner may read the file.
 * @throws Error naming the file when it is not one
 */
export function keptRoom(file: string): Room {
  if (!existsSync(file)) {
    const room = newRoom()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify({ name: room.name, seed: room.seed })}\n`, { mode: 0o600 })
    return room
  }
  chmodSync(file, 0o600)
  try {
    const { name, seed } = JSON.parse(readFileSync(file, 'utf8')) as { name: string, seed: string }
    if (/^[a-z0-9-]{8,40}$/.test(name))
      return { name, seed, key: toText(publicKeyOf(fromText(seed)!)) }
  }
  catch {
    // The same as another file.
  }
  throw new Error(`${file} holds no room: name another file with --key, and it will be made.`)
}

/** What a build is told, and what it makes its notes unreadable with. */
export interface RoomBuild {
  settings: RoomSettings
  seed: string
}

export function roomBuild({ name, key, seed }: Room, server = ''): RoomBuild {
  return { settings: { transport: server ? 'nats' : 'relay', server, name, key }, seed }
}

/** The environment for a build with a room; the seed is not in it. */
export function roomEnvironment({ settings, seed }: RoomBuild): Record<string, string> {
  return { [roomVariable]: JSON.stringify(settings), [roomNotesVariable]: toText(notesKey(fromText(seed)!)) }
}

/** The addresses of this machine in its networks, IPv4. */
export function networkAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap(all => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

/** The presenter's address of a deck: the seed in its fragment stays in the tab that opens it. */
export const presenterAddress = (deck: string, { seed }: Pick<Room, 'seed'>): string => `${deck}#/presenter/1#speak=${seed}`

/**
 * The two addresses, as they are printed; on a screen with codes for a phone.
 * @param decks addresses of the deck, each with a slash at its end; the first is the one for phones
 */
export function invitation(decks: readonly [string, ...string[]], room: Room, withCodes = process.stdout.isTTY): string {
  const line = (who: string, addresses: readonly string[]) => addresses.map(address => `  ${who}  ${address}`)
  const presenters = decks.map(deck => presenterAddress(deck, room))
  return [
    'The presenter’s link turns the pages and opens the notes: keep it to yourself, and off the projector.',
    ...line('presenter', presenters),
    ...withCodes ? [code(presenters[0]!)] : [],
    'For everybody else:',
    ...line('audience ', decks),
    ...withCodes ? [code(decks[0])] : [],
  ].join('\n')
}

/** White on black, whatever the colours of the terminal. */
function code(text: string): string {
  return renderUnicodeCompact(text, { border: 2 }).split('\n').map(line => `  \u001B[97;40m${line}\u001B[0m`).join('\n')
}
