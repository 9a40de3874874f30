/**
 * `npm run room`: a room that any number of people follow the hosted deck in, over a server of NATS. Builds the deck for it
 * into dist/, and prints the two addresses and what the server has to be told.
 *
 *   --server URL  the server, wss://…
 *   --site URL    where the deck will stand
 *   --key FILE    keeps the room, or takes it from there, for the next talk
 *   --short       the short version
 *   --local       instead of all that: a server on this machine and the deck beside it, until Ctrl+C; --port
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fromText, readRoom, roomVariable } from '#live-figures/room'
import { siteAddress } from '../setup/vite/site.ts'
import { root } from '../talk/slides.ts'
import { shortAsked } from '../talk/version.ts'
import { builtDeck } from './lib/deck.ts'
import { makeStream, serverConfiguration, startServer } from './lib/nats.ts'
import { serveRoom } from './lib/relay.ts'
import { invitation, keptRoom, networkAddresses, newRoom, roomBuild, roomEnvironment } from './lib/room.ts'
import { portOf, readOptions } from './setup/commands.mjs'

const { values } = readOptions('room')
if (values.local && (values.server !== undefined || values.site !== undefined))
  throw new RangeError('--local brings its own server and address: use it without --server and --site.')
const room = values.key ? keptRoom(resolve(values.key)) : newRoom()
await (values.local ? serveHere(portOf(values.port ?? '3030')) : prepare())

/** Builds for a host. */
function prepare(): void {
  if (values.server === undefined)
    throw new RangeError('A room needs a server of NATS: --server wss://… names it, and --local starts one here.')
  const site = values.site === undefined ? undefined : siteAddress(values.site)
  const environment = roomEnvironment(roomBuild(room, values.server))
  readRoom(environment[roomVariable])
  // The script as one reads it would be for everybody.
  const { status } = spawnSync(process.execPath, [...process.execArgv, join(root, 'scripts', 'build.ts'), '--without-page', ...site ? ['--site', site] : []], { cwd: root, env: { ...process.env, ...environment }, stdio: 'inherit' })
  if (status !== 0)
    process.exit(status ?? 1)
  console.log(`\n${invitation([site ?? 'https://WHERE-THE-DECK-STANDS/'], room)}\n${keeping()}\n\n${serverConfiguration(room)}`)
}

function keeping(): string {
  return values.key
    ? `The room is kept in ${values.key}, which only you can read.`
    : 'The presenter’s link is written nowhere else: keep it, or make the room with --key FILE.'
}

/** A server and the deck on this machine, for its network. */
async function serveHere(port: number): Promise<void> {
  const [address = 'localhost'] = networkAddresses()
  const server = `ws://${address}:${port + 1}`
  const folder = mkdtempSync(join(tmpdir(), 'room-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const running = await startServer(room, folder, port + 1)
  process.once('exit', () => running.process.kill())
  await makeStream(room, server)
  console.log('Building the deck, unless it is as it was …')
  const deck = await builtDeck({ short: shortAsked(), room: roomBuild(room, server) })
  const served = await serveRoom(deck, { name: room.name, key: fromText(room.key)! }, { port })
  console.log(`\nnats-server at ${server}, the deck beside it, until you press Ctrl+C.\n${invitation([`http://${address}:${port}/`], room)}\n${keeping()}`)
  running.process.once('exit', () => {
    console.error('nats-server has ended.')
    process.exit(1)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.process.removeAllListeners('exit')
      void Promise.all([running.stop(), served.close()]).then(() => process.exit(0))
    })
  }
}
