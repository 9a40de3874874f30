/** The built deck, served, with a browser: what every test in a real browser begins with. */
import type { Browser, Page } from 'playwright-core'
import type { Served, Slide } from '../../scripts/lib/deck.ts'
import { afterAll, beforeAll } from 'vitest'
import { builtDeck, openBrowser, readSlides, serveDeck } from '../../scripts/lib/deck.ts'

export const slides = await readSlides()

/**
 * The slide of that name.
 * @throws RangeError when there is none
 */
export function slideOf(alias: string): Slide {
  const slide = slides.find(slide => slide.alias === alias)
  if (!slide)
    throw new RangeError(`No slide is called “${alias}”: use one of ${slides.map(({ alias }) => alias).join(', ')}.`)
  return slide
}

/** The page number of the slide of that name. */
export const numberOf = (alias: string): number => slideOf(alias).no

/** Serves the built deck and opens a browser for the tests of a file; what it gives is there once they run. */
export function useStage(path = '/deck/'): { readonly browser: Browser, readonly url: string } {
  let browser: Browser
  let served: Served
  beforeAll(async () => {
    served = await serveDeck(await builtDeck(), path)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })
  return {
    get browser() {
      return browser
    },
    get url() {
      return served.url
    },
  }
}

/** Keeps account of what goes wrong in a page: errors, and what the console says of them. */
export function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', error => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`console ${message.type()}: ${message.text()}`)
  })
}
