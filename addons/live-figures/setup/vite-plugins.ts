import { defineVitePluginsSetup } from '@slidev/types'
import { join } from 'node:path'
import process from 'node:process'
import { readRoom, roomVariable } from '../room/settings.ts'
import { relay } from '../server.ts'

export default defineVitePluginsSetup(() => [
  relay(),
  {
    name: 'live-figures:room',
    // Written out in every build: what stands behind it is left out where there is no room.
    config: () => ({
      define: { 'import.meta.env.DECK_ROOM': JSON.stringify(readRoom(process.env[roomVariable])) ?? 'undefined' },
      resolve: { alias: { '@nats-io/nkeys': join(import.meta.dirname, '..', 'room', 'no-nkeys.ts') } },
    }),
  },
])
