/** `npm run build`: the static deck in dist/, for any plain host and any path. Options go on to `slidev build`. */
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { buildDeck, root } from './lib/deck.ts'
import { shortAsked } from './lib/version.ts'

const site = join(root, 'dist')
/** What other commands put into dist/, and the builder would empty. */
const kept = ['export', 'pictures', 'bench', 'site']

const fresh = join(root, '.cache', 'site')
await buildDeck(fresh, { extra: process.argv.slice(2), short: shortAsked() })
for (const name of await readdir(site).catch(() => []))
  await (kept.includes(name) ? undefined : rm(join(site, name), { recursive: true }))
await cp(fresh, site, { recursive: true })
await rm(fresh, { recursive: true })
console.log('The deck is in dist/: put it on any static host, under any path.')
