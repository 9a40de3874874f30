/** The picture that stands for the deck where its address is shared: the cover, composed anew for that format. */
import type { Browser } from 'playwright-core'
import type { Slide } from '../../talk/slides.ts'
import { openDeck } from '../../pdf/index.ts'
import { deckInPrint } from './slides.ts'

/** What the places that show such pictures ask for, in pixels. */
export const socialSize = { width: 1200, height: 630 }

/**
 * Takes the picture.
 * @returns a PNG
 */
export async function socialPicture(browser: Browser, url: string, slides: readonly Slide[]): Promise<Buffer> {
  const zoom = socialSize.width / 980
  const page = await browser.newPage({ colorScheme: 'light' })
  try {
    await openDeck(page, url, { ...deckInPrint, slides, only: [1] })
    await page.setViewportSize(socialSize)
    // Flatter than a slide, and seen the size of a stamp: larger words, nothing small.
    await page.addStyleTag({ content: `
      .print-slide-container { zoom: ${zoom}; height: ${Math.ceil(socialSize.height / zoom)}px !important; }
      .slide-foot, .owner-marks { display: none !important; }
      .slidev-layout.cover-slide { padding-bottom: 62px; }
      .slidev-layout.cover-slide h1 { font-size: 98px; white-space: nowrap; }
      .slidev-layout.cover-slide > p { max-width: none; margin-top: 20px; font-size: 27px; white-space: nowrap; }
      .cover-curves { top: 34px !important; }
    ` })
    return await page.screenshot()
  }
  finally {
    await page.close()
  }
}
