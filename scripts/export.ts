/**
 * `npm run export`: what leaves the building, in dist/export/: the slides as a PDF, the same with a page for every click,
 * the page to read as a handout on A4 and Letter, and a PNG of each slide. Options: `--dark` (slides and PNGs white on black;
 * the handout is for paper), `--short` (the short version, no handout), `--range 3-7,12` (those slides alone, no handout).
 * Ends with a summary, or non-zero with the name of the slide that is not fit.
 */
import type { Check, PrintedPage } from '../pdf/index.ts'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkPdf, missingText, readPdf } from '../pdf/index.ts'
import { printHandout } from '../read/handout.ts'
import { printSlides } from './export/slides.ts'
import { builtDeck, serveDeck } from './lib/deck.ts'
import { openBrowser } from './lib/browser.ts'
import { readSlides, root, slidesOfRange } from '../talk/slides.ts'
import { inspectSlide } from './lib/inspect-slide.ts'
import { shortAsked } from '../talk/version.ts'
import { readOptions } from './setup/commands.mjs'

const started = performance.now()
const { values: { dark = false, range } } = readOptions('export')
const short = shortAsked()
const slides = await readSlides({ short })
const wanted = range === undefined ? slides : slidesOfRange(slides, range)
const folder = join(root, 'dist', 'export')
const marks = `${short ? '-short' : ''}${dark ? '-dark' : ''}`
const colorScheme = dark ? 'dark' : 'light'
const hasHandout = !dark && !short && wanted.length === slides.length

const written: { file: string, bytes: number, pages?: number }[] = []
const checked: { file: string, checks: Check[] }[] = []

say('Building the deck …')
// A browser takes about a second to start, in which the build goes on.
const [served, browser] = await Promise.all([builtDeck({ short, page: !short }).then(folder => serveDeck(folder)), openBrowser()])
try {
  await mkdir(folder, { recursive: true })
  // Side by side: while one file is put in order here, the browser lays another out.
  say(`Printing ${wanted.length} slides, with pictures, and every click${hasHandout ? ', and the page to read' : ''} …`)
  await Promise.all([exportSlides(), exportClicks(), hasHandout && exportHandout()])
}
finally {
  await browser.close()
  await served.close()
}
summarise()

async function exportSlides(): Promise<void> {
  // PNGs are taken from the page that is printed, at twice its size.
  const page = await browser.newPage({ colorScheme, deviceScaleFactor: 2 })
  const printed = await printSlides(page, served.url, slides, { wanted, short })
  const problems: string[] = []
  for (const slide of wanted)
    problems.push(...(await page.evaluate(inspectSlide, slide.no)).map(problem => `slide ${slide.no} “${slide.alias}”: ${problem}`))
  if (problems.length > 0)
    throw new Error(`The slides are not fit to print:\n${problems.join('\n')}`)
  await keep(`slides${marks}.pdf`, printed.bytes, printed.pages)

  const pictures = join(folder, `png${marks}`)
  await rm(pictures, { recursive: true, force: true })
  await mkdir(pictures, { recursive: true })
  let bytes = 0
  for (const [i, { no, alias }] of printed.pages.entries()) {
    const picture = await page.locator('.print-slide-container').nth(i).screenshot({ path: join(pictures, `${String(no).padStart(2, '0')}-${alias}.png`) })
    bytes += picture.length
  }
  written.push({ file: `png${marks}/`, bytes, pages: wanted.length })
}

async function exportClicks(): Promise<void> {
  const page = await browser.newPage({ colorScheme })
  const clicks = await printSlides(page, served.url, slides, { wanted, clicks: true, short })
  await keep(`slides-clicks${marks}.pdf`, clicks.bytes, clicks.pages)
}

async function exportHandout(): Promise<void> {
  const [a4, letter] = await printHandout(browser, `${served.url}read/`, ['A4', 'letter'])
  await keep('handout-a4.pdf', a4 as Uint8Array)
  await keep('handout-letter.pdf', letter as Uint8Array)
}

/** Checks a file and writes it. */
async function keep(file: string, bytes: Uint8Array, pages?: readonly PrintedPage[]): Promise<void> {
  const contents = await readPdf(bytes)
  const blank = contents.pages.flatMap((page, i) => page.operators < 30 ? [`Page ${i + 1} is blank.`] : [])
  const faults = pages ? missingText(contents, pages) : blank
  if (bytes.length > 5e6)
    faults.push(`It has ${(bytes.length / 1e6).toFixed(1)} MB; 5 MB are the limit.`)
  if (faults.length > 0)
    throw new Error(`${file} is not as it should be:\n${faults.join('\n')}`)
  await writeFile(join(folder, file), bytes)
  written.push({ file, bytes: bytes.length, pages: contents.pages.length })
  checked.push({ file, checks: await checkPdf(bytes, contents) })
}

function summarise(): void {
  say(`\nIn ${folder}, in ${((performance.now() - started) / 1000).toFixed(0)} s:`)
  for (const { file, bytes, pages } of written.sort((a, b) => b.file.localeCompare(a.file)))
    say(`  ${file.padEnd(28)} ${String(pages).padStart(3)} ${file.endsWith('/') ? 'pictures' : 'pages   '} ${(bytes / 1e6).toFixed(1)} MB`)
  say('Every page was found to hold its heading and captions, no text to overlap or be cut off.')
  const failing = checked.flatMap(({ file, checks }) => checks.filter(({ faults }) => faults.length > 0).map(({ no, rule, faults }) => `  ${file}: not ${no}, ${rule} (${faults.slice(0, 3).join('; ')})`))
  const rules = checked[0]?.checks ?? []
  const passing = rules.filter(({ no }) => checked.every(({ checks }) => checks.find(check => check.no === no)?.faults.length === 0))
  say(`PDF/UA-1 as far as a program can check it: ${passing.length} of ${rules.length} rules hold in every file (Matterhorn ${passing.map(({ no }) => no).filter(no => no !== '—').join(', ')}, and tagged).`)
  if (failing.length > 0)
    throw new Error(`These do not hold:\n${failing.join('\n')}`)
}

function say(sentence: string): void {
  console.log(sentence)
}
