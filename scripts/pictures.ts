/**
 * `npm run pictures -- [alias[:clicks] …] [--dark] [--short]`: pictures of slides. Without names it makes the three of the README
 * (docs/) and the one that stands for the deck where its address is shared (public/social.png); with names it puts what is asked for into dist/pictures/. `all`, or `--short` alone, means every slide of the
 * version at every click.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { socialPicture } from './export/social.ts'
import { builtDeck, gotoSlide, openBrowser, readSlides, root, serveDeck } from './lib/deck.ts'
import { shortAsked } from './lib/version.ts'

const args = process.argv.slice(2)
const dark = args.includes('--dark')
const named = args.filter(arg => !arg.startsWith('--'))
const short = shortAsked()
const slides = await readSlides({ short })

const forReadme = named.length === 0 && !short
const wanted = named.includes('all') || (named.length === 0 && short)
  ? slides.flatMap(({ alias, clicks }) => Array.from({ length: clicks + 1 }, (_, click) => `${alias}:${click}`))
  : forReadme ? ['loss:4', 'morph:4', 'table:2'] : named
const folder = join(root, ...(forReadme ? ['docs'] : ['dist', 'pictures']))

const served = await serveDeck(await builtDeck({ short }))
const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 980, height: 552 }, deviceScaleFactor: 1.5, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
  for (const want of wanted) {
    const [alias = '', clicks = '0'] = want.split(':')
    const slide = slides.find(slide => slide.alias === alias)
    if (!slide)
      throw new RangeError(`No slide is called “${alias}”: use one of ${slides.map(({ alias }) => alias).join(', ')}, or all.`)
    await gotoSlide(page, served.url, slide.no, Number(clicks))
    await page.waitForTimeout(250)
    const file = join(folder, forReadme ? `slide-${alias}.png` : `${String(slide.no).padStart(2, '0')}-${alias}-${clicks}${short ? '-short' : ''}${dark ? '-dark' : ''}.png`)
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
