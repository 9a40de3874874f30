/** Where a page of the deck is, and how it is taken to another place. */
import type { Page } from 'playwright-core'
import type { Slide } from '../../talk/slides.ts'

/**
 * Turns a page that shows the deck to another slide and click, without loading the deck again, and waits until it is
 * drawn. What was moved by hand on a slide stays moved, as in a talk.
 * @throws Error when it does not come
 */
export async function turnTo(page: Page, no: number, clicks = 0): Promise<void> {
  if (!await page.evaluate(comesToStand, { names: [String(no)], click: String(clicks), no, patience, go: `/${no}?clicks=${clicks}` }))
    throw new Error(`The address of slide ${no} at click ${clicks} leads to ${page.url()}.`)
}

/** Whether a page of the deck comes to a slide and click, drawn, in a time that is generous on a busy machine. */
export function standsAt(page: Page, { no, alias }: Pick<Slide, 'no' | 'alias'>, click: number): Promise<boolean> {
  return page.evaluate(comesToStand, { names: [String(no), alias], click: String(click), no, patience })
}

/** How long a slide may take to come, in milliseconds. */
const patience = 10_000

/** Runs in the page. One question rather than several: on the way to a browser each costs more than its answer. */
async function comesToStand({ names, click, no, patience, go }: { names: readonly string[], click: string, no: number, patience: number, go?: string }): Promise<boolean> {
  if (go)
    location.hash = go
  for (const end = performance.now() + patience; performance.now() < end; await new Promise(done => requestAnimationFrame(done))) {
    // The router writes an address down as soon as it has heard of it.
    const [path = '', query = ''] = (history.state as { current?: string } | null)?.current?.split('?') ?? []
    const isThere = names.includes(path.split('/').at(-1)!) && (new URLSearchParams(query).get('clicks') ?? '0') === click
    const slide = document.querySelector(`.slidev-page-${no}`)
    // What stands on a slide comes a moment after its place, the drawing of the cover after that.
    if (isThere && slide?.querySelector('h1')?.checkVisibility() && !slide.querySelector('[data-loading]')) {
      await document.fonts.ready
      // The first frame may have begun already.
      await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
      return true
    }
  }
  return false
}

/** Waits until the page has painted what it holds now. */
export async function painted(page: Page): Promise<void> {
  // The first frame may have begun already.
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** Where a page of the served deck is, by its address: page number (0 when it is no slide of the deck) and click. */
export function placeOf(page: Pick<Page, 'url'>, slides: readonly Slide[]): { no: number, click: number } {
  const { pathname, searchParams } = new URL(new URL(page.url()).hash.slice(1), 'http://deck')
  const name = pathname.split('/').at(-1)
  const slide = slides.find(({ alias, no }) => alias === name || String(no) === name)
  return { no: slide?.no ?? 0, click: Number(searchParams.get('clicks') ?? 0) }
}
