/** What ships in the built deck: known packages, under accepted licences, that ask nobody else. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sources } from '../../data/sources.ts'
import { builtDeck } from '../../scripts/lib/deck.ts'
import { root } from '../../talk/slides.ts'
import { acceptedLicences, shippedIn, shippedList } from '../../setup/vite/licences.ts'
import { publicDeck } from '../../setup/vite/site.ts'

const deck = await builtDeck({ site: publicDeck })
const notice = await readFile(join(deck, 'licences.txt'), 'utf8')
const shipped = shippedIn(notice)

/**
 * Hosts that stand in what ships and are never asked: names of XML vocabularies, addresses in licence comments and in
 * warnings of libraries, and a drawing service of Slidev's that this deck does not use.
 */
const silentHosts = ['www.w3.org', 'www.apache.org', 'svnweb.freebsd.org', 'www.netlib.org', 'github.com', 'bit.ly', 'vuejs.org', 'sli.dev', 'www.plantuml.com']

describe('the packages that ship', () => {
  it('are those of docs/shipped.txt (npm run licences writes it anew)', async () => {
    expect(shipped.length).toBeGreaterThan(20)
    expect(shipped).toEqual(shippedIn(await readFile(shippedList, 'utf8')))
  })

  it('are under accepted licences, each with its words or the name of its maker', () => {
    expect(shipped.filter(({ licence }) => !acceptedLicences.includes(licence))).toEqual([])
    const said = new Set([...notice.matchAll(/^-+\n(.+)\n-+\n\n./gm)].flatMap(([, names = '']) => names.split(', ')))
    expect(shipped.filter(({ name }) => !said.has(name))).toEqual([])
  })

  it('include the fonts, the icons and what runs in workers', () => {
    const names = shipped.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['@fontsource-variable/source-serif-4', 'inter-ui', '@iconify-json/carbon', '@stdlib/math-base-special-sin']))
  })

  it('come from the lock file', async () => {
    const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { version: string }> }
    const locked = new Set(Object.entries(packages).map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')} ${version}`))
    expect(shipped.filter(({ name, version }) => !locked.has(`${name} ${version}`))).toEqual([])
  })
})

describe('what ships', () => {
  it('names no host that is neither a source nor known to stay silent', async () => {
    const known = new Set([...silentHosts, 'arxiv.org', ...Object.values(sources).flatMap(({ url }) => url ? [new URL(url).host] : [])])
    const strangers = new Set<string>()
    for (const file of (await readdir(deck, { recursive: true })).filter(file => /\.(?:html|js|css|json|webmanifest)$/.test(file))) {
      for (const [, host = ''] of (await readFile(join(deck, file), 'utf8')).matchAll(/\b(?:https?|wss?):\/\/([\w-]+(?:\.[\w-]+)+)/g)) {
        if (!known.has(host))
          strangers.add(`${host} in ${file}`)
      }
    }
    expect([...strangers]).toEqual([])
  })
})
