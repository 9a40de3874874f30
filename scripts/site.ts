/**
 * `npm run site`: the whole site in dist/site/, from the deck in dist/ and the files in dist/export/: the deck, what can
 * be taken along, and every version that was published before.
 *
 *   --published FOLDER   what stands on the host now; its versions are kept
 *   --version NAME       the version's name; that of package.json otherwise
 *   --without-notes      offers no page to read, no handout and no sources: all hold the words that are spoken
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { composeSite, packSources } from './lib/publish.ts'
import { root } from '../talk/slides.ts'
import { readOptions } from './setup/commands.mjs'

const { values } = readOptions('site')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string, repository?: { url: string } }
const dist = join(root, 'dist')
const notes = !values['without-notes']

packSources(root, join(dist, 'export', 'sources.zip'))

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env
const version = values.version?.replace(/^v(?=\d)/, '') ?? manifest.version
await composeSite({
  deck: dist,
  files: join(dist, 'export'),
  published: values.published,
  out: join(dist, 'site'),
  version,
  notes,
  repository: server && name ? `${server}/${name}` : manifest.repository?.url.replace(/^git\+|\.git$/g, ''),
})
console.log(`dist/site/: the deck, its files under downloads/, and this version under v/${version}/.${notes && !existsSync(join(dist, 'export', 'sources.zip')) ? ' Without the sources, since this copy has no history.' : ''}`)
