/**
 * `npm run build`: the static deck in dist/, for any plain host and any path.
 *
 *   --public        without the spoken notes
 *   --single-file   one HTML file in dist/single/, which opens by double click, and the page to read as a second one
 *   --site URL      the address it will have, for social networks and for the header files
 *   --without-page  without the page to read, for whose figures a Chromium opens the deck; the short version has none
 */
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { roomVariable } from '#live-figures/room'
import { buildDeck } from './lib/deck.ts'
import { root } from '../talk/slides.ts'
import { otherOutputs, singleFileName } from './lib/finish-site.ts'
import { siteAddress } from '../setup/vite/site.ts'
import { shortAsked } from '../talk/version.ts'
import { weighFile, weighSite } from './lib/weight.ts'
import { readOptions } from './setup/commands.mjs'

const { values } = readOptions('build')
const singleFile = values['single-file'] === true
const site = {
  forPublic: values.public === true,
  singleFile,
  offline: !singleFile,
  address: values.site !== undefined ? siteAddress(values.site) : '',
}

const dist = join(root, 'dist')
const fresh = join(root, '.cache', 'site')
await rm(fresh, { recursive: true, force: true })
await buildDeck(fresh, { short: shortAsked(), site, page: !shortAsked() && !values['without-page'] })

if (singleFile) {
  await rm(join(dist, 'single'), { recursive: true, force: true })
  await mkdir(dist, { recursive: true })
  await cp(fresh, join(dist, 'single'), { recursive: true })
  console.log(`dist/single/${singleFileName}: ${await weighFile(join(dist, 'single', singleFileName))}. It opens by double click, without a network.`)
}
else {
  for (const name of await readdir(dist).catch(() => []))
    await (otherOutputs.includes(name) ? undefined : rm(join(dist, name), { recursive: true }))
  await cp(fresh, dist, { recursive: true })
  console.log(await weighSite(fresh))
}
await rm(fresh, { recursive: true })
console.log([
  site.forPublic
    ? 'Without the spoken notes.'
    : process.env[roomVariable]
      ? 'With the spoken notes, encrypted: the presenter’s link opens them.'
      : 'With the spoken notes, in the presenter view and in its files: --public leaves them out.',
  ...singleFile ? [] : [`Put dist/ on any static host, under any path${site.address ? ` (its header files are for ${site.address})` : ' (its header files are for the root of a host: --site https://… names another place)'}.`],
].join('\n'))
