/**
 * The built deck, served, with a browser: what every test in a real browser begins with. The browser is one for all files,
 * and files run beside each other, as many as the machine has cores: what a file opens is its own (a context of the
 * browser, a server at a free port), and it waits on what the deck says, never on a duration.
 * A file that needs the machine to itself, because it measures time or what a page holds, is called `*.alone.test.ts`: such
 * files run after all others, one at a time.
 */
import type { Browser, Page } from 'playwright-core'
import type { Served } from '../../scripts/lib/deck.ts'
import type { Slide } from '../../talk/slides.ts'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { readSlides } from '../../talk/slides.ts'

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

/**
 * A browser for the tests of a file. It is a way into the one that all files share: to close it closes what this file has
 * opened and nothing else.
 */
export function openSharedBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserAddress'))
}

/** Serves the built deck and opens a browser for the tests of a file; what it gives is there once they run. */
export function useStage(path = '/deck/'): { readonly browser: Browser, readonly url: string } {
  let browser: Browser
  let served: Served
  beforeAll(async () => {
    served = await serveDeck(await builtDeck(), path)
    browser = await openSharedBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
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
