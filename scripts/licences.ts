/** `npm run licences`: builds the deck and writes docs/shipped.txt, the list of the packages that ship, which a test holds against every build. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtDeck } from './lib/deck.ts'
import { root } from '../talk/slides.ts'
import { acceptedLicences, shippedIn, shippedList } from '../setup/vite/licences.ts'
import { publicDeck } from '../setup/vite/site.ts'

const packages = shippedIn(await readFile(join(await builtDeck({ site: publicDeck }), 'licences.txt'), 'utf8'))
const unaccepted = packages.filter(({ licence }) => !acceptedLicences.includes(licence))
await writeFile(shippedList, packages.map(({ name, version, licence }) => `${name} ${version}, ${licence}\n`).join(''))
console.log(`${shippedList.slice(root.length + 1)}: ${packages.length} packages.`)
for (const { name, licence } of unaccepted)
  console.warn(`${name} is under ${licence}, which setup/vite/licences.ts does not accept: read it first.`)
