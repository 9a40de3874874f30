/** `npm run build`: the static deck in dist/, for any plain host and any path. Options go on to `slidev build`. */
import { join } from 'node:path'
import process from 'node:process'
import { buildDeck, root } from './lib/deck.ts'

const outDir = join(root, 'dist')
await buildDeck(outDir, { extra: process.argv.slice(2) })
console.log('The deck is in dist/: put it on any static host, under any path.')
