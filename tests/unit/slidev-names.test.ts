/**
 * Slidev's elements that the deck's own styles, layers and scripts name are in the installed client, so that a new version
 * says what broke. What the live figures rely on: addons/live-figures/slidev/contract.ts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const client = join(createRequire(import.meta.url).resolve('@slidev/client/package.json'), '..')

function filesIn(folder: string, kind: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => kind.test(file) && !file.includes('node_modules')).map(file => join(folder, file))
}

const theirs = filesIn(client, /\.(?:vue|ts|css)$/).map(file => readFileSync(file, 'utf8')).join('\n')
const ours = ['styles', 'components', 'composables', 'layouts', 'scripts'].flatMap(room => filesIn(join(root, room), /\.(?:vue|ts|css)$/))
  .concat(readdirSync(root).filter(file => file.endsWith('.vue')).map(file => join(root, file)))
const named = /[.#](slidev-[a-z-]*[a-z]|slide-(?:container|content)|slideshow|page-root|grid-(?:section|container)|print-slide-container)\b/g

/** Each name, with the files that use it. */
const uses = new Map<string, string[]>()
for (const file of ours) {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(named))
    uses.set(name, [...uses.get(name) ?? [], file.slice(root.length + 1)])
}

describe('the installed client', () => {
  it.each([...uses])('has an element “%s”', (name, files) => {
    expect(new RegExp(`(?<![\\w-])${name}(?![\\w]|-[a-z])`).test(theirs), `Slidev has no “${name}” any more, which ${[...new Set(files)].join(', ')} name.`).toBe(true)
  })

  it('is asked for those that the deck is built around', () => {
    expect([...uses.keys()]).toEqual(expect.arrayContaining(['slidev-layout', 'slide-container', 'slideshow', 'page-root', 'slidev-presenter']))
  })
})
