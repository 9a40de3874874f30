/**
 * The built deck where text is wider than in Chromium with the deck's own fonts: nothing may leave its place. WebKit sets
 * large letters wider, because it leaves out optical sizes, and a browser that is told to load no fonts takes the machine's.
 */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { turnTo } from '../support/places.ts'
import { slides, useStage } from '../support/stage.ts'

const stage = useStage()

/**
 * Every letter 4 % wider: the headings are 4.5 % wider in WebKitGTK 2.50. `size-adjust` widens HTML and SVG alike and in
 * proportion, whatever letter spacing a line has of its own, and leaves the heights of lines as they are.
 */
const widen = (page: Page) => restyle(page, css => css.replace(/@font-face\s*\{/g, '@font-face{size-adjust:104%;'))

/** An empty line more under each heading. */
const breakHeadings = (page: Page) => restyle(page, css => `${css}\n.slidev-layout:not(.cover-slide) h1::after{content:'\\A\\200B';white-space:pre}`)

async function restyle(page: Page, change: (css: string) => string): Promise<void> {
  await page.route('**/*.css', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: change(await response.text()) })
  })
}

/** No font of the deck arrives. */
async function blockFonts(page: Page): Promise<void> {
  await page.route('**/*.woff2', route => route.abort())
}

/** How wide each font that has arrived is drawn. */
function loadedFonts(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').map(font => (font as FontFace & { sizeAdjust: string }).sizeAdjust))
}

/** Goes through the deck and gathers what is wrong at each click. */
async function walk(page: Page): Promise<string[]> {
  await gotoSlide(page, stage.url, 1)
  const problems: string[] = []
  for (const slide of slides) {
    for (let click = 0; click <= slide.clicks; click++) {
      const where = `slide ${slide.no} “${slide.alias}” at click ${click}`
      await turnTo(page, slide.no, click)
      // Laid out anew by what watches its own size.
      await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))))
      problems.push(...(await page.evaluate(inspectSlide, slide.no)).map(problem => `${where}: ${problem}`))
    }
  }
  return problems
}

async function open(prepare: (page: Page) => Promise<void>): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 980, height: 552 }, colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  await prepare(page)
  return page
}

describe('every slide at every click keeps its places', () => {
  it('where text is 4 % wider', async () => {
    const page = await open(widen)
    expect(await walk(page)).toEqual([])
    expect(new Set(await loadedFonts(page))).toEqual(new Set(['104%']))
    await page.context().close()
  })

  it('where a heading takes a line more', async () => {
    const page = await open(breakHeadings)
    expect(await walk(page)).toEqual([])
    await page.context().close()
  })

  it('where the fonts of the deck are blocked', async () => {
    const page = await open(blockFonts)
    expect(await walk(page)).toEqual([])
    expect(await loadedFonts(page)).toEqual([])
    await page.context().close()
  })
})
