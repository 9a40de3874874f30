/**
 * `npm run pictures -- [alias[:clicks] …] [--dark] [--short]`: pictures of slides. Without names it makes the three of the README
 * (docs/) and the one that stands for the deck where its address is shared (public/social.png); with names it puts what is asked for into dist/pictures/. `all`, or `--short` alone, means every slide of the
 * version at every click.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { socialPicture } from './export/social.ts'
import { builtDeck, gotoSlide, serveDeck } from './lib/deck.ts'
import { openBrowser } from './lib/browser.ts'
import { pictureOf, readSlides, root } from '../talk/slides.ts'
import { shortAsked } from '../talk/version.ts'
import { readOptions } from './setup/commands.mjs'

const { values: { dark = false }, words: named } = readOptions('pictures')
const short = shortAsked()
const slides = await readSlides({ short })

const forReadme = named.length === 0 && !short
const names = named.includes('all') || (named.length === 0 && short)
  ? slides.flatMap(({ alias, clicks }) => Array.from({ length: clicks + 1 }, (_, click) => `${alias}:${click}`))
  : forReadme ? ['loss:4', 'morph:4', 'table:2'] : named
const wanted = names.map(name => pictureOf(slides, name))
const folder = join(root, ...(forReadme ? ['docs'] : ['dist', 'pictures']))

const served = await serveDeck(await builtDeck({ short }))
const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, deviceScaleFactor: 1.5, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  for (const { slide, click } of wanted) {
    const { alias } = slide
    await gotoSlide(page, served.url, slide.no, click)
    await page.waitForTimeout(250)
    const file = join(folder, forReadme ? `slide-${alias}.png` : `${String(slide.no).padStart(2, '0')}-${alias}-${click}${short ? '-short' : ''}${dark ? '-dark' : ''}.png`)
    await page.screenshot({ path: file })
    console.log(file)
  }
  if (forReadme) {
    const file = join(root, 'public', 'social.png')
    await writeFile(file, await socialPicture(browser, served.url, slides))
    console.log(file)
  }
}
finally {
  await browser.close()
  await served.close()
}
