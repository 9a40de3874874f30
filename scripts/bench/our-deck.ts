/** This deck as a command of its own, to be timed: `node our-deck.ts FOLDER build print` builds it there and makes the PDF of its slides. */
import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { printSlides } from '../export/slides.ts'
import { openBrowser } from '../lib/browser.ts'
import { buildDeck, serveDeck } from '../lib/deck.ts'
import { readSlides } from '../../talk/slides.ts'

const [folder = '', ...asked] = process.argv.slice(2)
if (!asked.includes('print')) {
  await buildDeck(folder)
}
else {
  // As npm run export makes slides.pdf, which has more to make: the clicks, the handout, the pictures.
  const built = asked.includes('build') ? buildDeck(folder) : Promise.resolve()
  const [served, browser] = await Promise.all([built.then(() => serveDeck(folder)), openBrowser()])
  const { bytes } = await printSlides(await browser.newPage(), served.url, await readSlides())
  await writeFile(`${folder}/slides.pdf`, bytes)
  await browser.close()
  await served.close()
}
