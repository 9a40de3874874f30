/**
 * The handout, as a printed programme: a page of HTML that Chromium lays out (handout-page.ts). The pictures in it are the
 * pages of the slides' PDF themselves, so they stay drawings.
 */
import type { Page } from 'playwright-core'
import type { PrintedDeck } from '../../pdf/index.ts'
import type { PlannedSlide } from '../../talk/plan.ts'
import { printHtml, useStaticFonts } from '../../pdf/index.ts'
import { deckDetails } from '../../talk/details.ts'
import { root } from '../../talk/slides.ts'
import { serveDeck } from '../lib/deck.ts'
import { footLine, handoutHtml, placesOf } from './handout-page.ts'

export type Paper = 'A4' | 'letter'

/**
 * Makes the handout.
 * @param page a fresh page of a browser
 * @param slides the slides as they were printed, a page each, in light colours: paper is white
 * @param plan what is said to them
 * @param papers the sizes it is wanted in
 * @param clicks the same slides with a page for every click: who cannot see the pictures is told each
 * @returns the files, in the order of `papers`
 * @throws Error naming a file that its page lacks
 */
export async function printHandout(page: Page, slides: PrintedDeck, plan: readonly PlannedSlide[], papers: readonly Paper[], clicks: PrintedDeck): Promise<Uint8Array[]> {
  // The fonts come from the packages, through a server of the project's own files.
  const files = await serveDeck(root)
  try {
    const address = `${files.url}handout.html`
    const lacking: string[] = []
    page.on('response', response => response.ok() || lacking.push(`${response.status()} ${response.url()}`))
    await page.route(address, route => route.fulfill({ contentType: 'text/html', body: handoutHtml(plan, clicks.pages) }))
    await page.emulateMedia({ media: 'print', colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(address)
    await page.evaluate(() => document.fonts.ready)
    if (lacking.length > 0)
      throw new Error(`The handout lacks ${lacking.join(', ')}.`)
    await useStaticFonts(page)
    // Margins take no look from the page: they are given the font in which the page holds their words.
    const font = await page.$eval('.foot-line', line => getComputedStyle(line).fontFamily)
    const look = `font: 400 10px ${font}; color: #5b6470; vertical-align: top; padding-top: 3mm;`
    const made: Uint8Array[] = []
    for (const paper of papers) {
      await page.addStyleTag({ content: `@page {
  size: ${paper};
  @bottom-left { content: '${footLine}'; ${look} }
  @bottom-right { content: counter(page); ${look} }
}` })
      made.push(await printHtml(page, {
        details: { ...deckDetails, title: `${deckDetails.title}: handout`, claim: 'PDF/UA-1' },
        places: placesOf(plan),
        pictures: slides.bytes,
      }))
    }
    return made
  }
  finally {
    await files.close()
  }
}
