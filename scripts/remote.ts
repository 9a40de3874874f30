/**
 * `npm start -- --remote`: the built deck on the network this machine is in, followed by whoever opens it and led by who
 * has the presenter's link. No development server runs, and nothing of the project but the deck can be asked for.
 *
 *   --remote=new  another presenter's link than last time
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fromText } from '#live-figures/room'
import { root } from '../talk/slides.ts'
import { shortAsked } from '../talk/version.ts'
import { builtDeck } from './lib/deck.ts'
import { serveRoom } from './lib/relay.ts'
import { invitation, keptRoom, networkAddresses, roomBuild } from './lib/room.ts'
import { portOf, readOptions } from './setup/commands.mjs'

const { values } = readOptions('start')
const port = portOf(values.port ?? '3030')
if (values.remote !== '' && values.remote !== 'new')
  throw new RangeError(`--remote=${values.remote} is unknown: use --remote, or --remote=new for another presenter’s link than last time.`)

// The key is in the build: as long as it is kept, so is the build.
const file = join(root, '.cache', 'remote.key')
if (values.remote === 'new')
  rmSync(file, { force: true })
const room = keptRoom(file)
console.log('Building the deck, unless it is as it was …')
const folder = await builtDeck({ short: shortAsked(), room: roomBuild(room) })
const served = await serveRoom(folder, { name: room.name, key: fromText(room.key)! }, { port })

const [first = 'localhost', ...others] = networkAddresses()
console.log(`\nOpen to this network, until you press Ctrl+C.\n${invitation([`http://${first}:${port}/`, ...others.map(address => `http://${address}:${port}/`)], room)}\nOn this machine ${served.url} is the same, for the projector.`)

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void served.close().then(() => process.exit(0)))
