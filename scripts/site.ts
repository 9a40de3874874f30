/**
 * `npm run site`: the whole site in dist/site/, from the deck in dist/ and the files in dist/export/: the deck, what can
 * be taken along, and every version that was published before.
 *
 *   --published FOLDER   what stands on the host now; its versions are kept
 *   --version NAME       the version's name; that of package.json otherwise
 *   --without-notes      offers no handout and no sources: both hold the words that are spoken
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { composeSite } from './lib/publish.ts'
import { root } from './lib/slides.ts'

const { values } = parseArgs({ options: { published: { type: 'string' }, version: { type: 'string' }, 'without-notes': { type: 'boolean', default: false } } })
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string, repository?: { url: string } }
const dist = join(root, 'dist')

// The sources as they are committed; a copy of the project without its history offers none.
const archived = spawnSync('git', ['archive', '--format=zip', '--prefix=structure-is-a-loan/', '-o', join(dist, 'export', 'sources.zip'), 'HEAD'], { cwd: root, encoding: 'utf8' })
if (archived.status !== 0)
  console.warn(`The sources are not offered: git archive says ${archived.stderr || archived.error?.message}`)

const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env
const version = values.version?.replace(/^v(?=\d)/, '') ?? manifest.version
try {
  await composeSite({
    deck: dist,
    files: join(dist, 'export'),
    published: values.published,
    out: join(dist, 'site'),
    version,
    notes: !values['without-notes'],
    repository: server && name ? `${server}/${name}` : manifest.repository?.url.replace(/^git\+|\.git$/g, ''),
  })
}
catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
console.log(`dist/site/: the deck, its files under downloads/, and this version under v/${version}/.`)
