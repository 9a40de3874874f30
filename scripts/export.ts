/** `npm run export`: the slides as a PDF, one page a slide, in dist/export/. `--dark` prints white on black, `--short` the short version. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { builtDeck, openBrowser, readSlides, root, serveDeck } from './lib/deck.ts'
import { deckDetails } from './lib/details.ts'
import { inspectSlide } from './lib/inspect-slide.ts'
import { normal, printDeck, readPdf } from './lib/pdf.ts'
import { shortAsked } from './lib/version.ts'

const dark = process.argv.includes('--dark')
const short = shortAsked()
const slides = await readSlides({ short })

console.log('Building the deck …')
const served = await serveDeck(await builtDeck({ short }))
const browser = await openBrowser()
try {
  console.log(`Printing ${slides.length} slides …`)
  const page = await browser.newPage({ colorScheme: dark ? 'dark' : 'light' })
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  const bytes = await printDeck(page, served.url, slides, deckDetails)
  for (const slide of slides)
    errors.push(...(await page.evaluate(inspectSlide, slide.no)).map(problem => `slide ${slide.no} “${slide.alias}”: ${problem}`))
  if (errors.length > 0)
    throw new Error(`The slides are not fit to print:\n${errors.join('\n')}`)
  const { pages } = await readPdf(bytes)
  for (const slide of slides) {
    if (!normal(pages[slide.no - 1]?.text ?? '').includes(normal(slide.heading)))
      throw new Error(`Page ${slide.no}, slide “${slide.alias}”, does not hold its heading “${slide.heading}”.`)
  }
  const file = join(root, 'dist', 'export', `slides${short ? '-short' : ''}${dark ? '-dark' : ''}.pdf`)
  await mkdir(join(root, 'dist', 'export'), { recursive: true })
  await writeFile(file, bytes)
  console.log(`${file}: ${pages.length} pages, ${(bytes.length / 1e6).toFixed(1)} MB.`)
}
finally {
  await browser.close()
  await served.close()
}
