/**
 * `npm run soak`: two hundred visits to each slide of the built deck, then sixty runs of the live experiments, one after
 * another, each to its end: more than half an hour on stage has room for. Prints what the page holds after each part, and
 * ends with an error when that grows.
 */
import process from 'node:process'
import { builtDeck, gotoSlide, serveDeck } from './lib/deck.ts'
import { openBrowser } from './lib/browser.ts'
import { readSlides } from '../talk/slides.ts'
import { allMounted, growth, memoryOf, runAgain, visitAll } from './lib/soak.ts'

const slides = await readSlides()
const served = await serveDeck(await builtDeck())
const browser = await openBrowser()
const problems: string[] = []
try {
  const page = await browser.newPage()
  page.on('pageerror', error => problems.push(error.message))
  const session = await page.context().newCDPSession(page)
  await gotoSlide(page, served.url, 1)
  await allMounted(page, slides)
  const begun = performance.now()
  const report = async (what: string) => {
    const now = await memoryOf(page, session)
    console.log(`${what.padEnd(34)} ${(now.heapBytes / 1e6).toFixed(2).padStart(7)} MB  ${String(now.nodes).padStart(7)} nodes  ${String(now.listeners).padStart(6)} listeners  ${now.workers} workers  ${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s`)
    return now
  }

  await visitAll(page, slides, 20)
  const after20 = await report('20 visits to each slide')
  for (const visits of [50, 100, 150]) {
    await visitAll(page, slides, visits === 50 ? 30 : 50)
    await report(`${visits} visits`)
  }
  await visitAll(page, slides, 50)
  const after200 = await report('200 visits')
  if (growth(after20.heapBytes, after200.heapBytes) > 10)
    problems.push(`The heap grew by ${growth(after20.heapBytes, after200.heapBytes).toFixed(1)} % from 20 visits to 200; 10 % is the limit.`)

  for (const alias of ['race', 'map', 'reward']) {
    const slide = slides.find(slide => slide.alias === alias)
    if (!slide)
      throw new RangeError(`No slide is called “${alias}”.`)
    await gotoSlide(page, served.url, slide.no, slide.clicks)
    await allMounted(page, slides)
    await runAgain(page, slide.no, 2)
    const before = await report(`${alias}: 2 runs to the end`)
    await runAgain(page, slide.no, 20)
    const after = await report(`${alias}: 22 runs`)
    if (growth(before.heapBytes, after.heapBytes) > 10)
      problems.push(`The heap grew by ${growth(before.heapBytes, after.heapBytes).toFixed(1)} % over 20 runs of “${alias}”; 10 % is the limit.`)
  }
}
finally {
  await browser.close()
  await served.close()
}
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
}
