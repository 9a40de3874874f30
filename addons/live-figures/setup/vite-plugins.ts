import { defineVitePluginsSetup } from '@slidev/types'
import { relay } from '../server.ts'

export default defineVitePluginsSetup(() => [relay()])
