/** Using the deck for a long time in a short one: every slide visited again and again, experiments run round after round. */
import type { CDPSession, Page } from 'playwright-core'
import type { Slide } from '../../talk/slides.ts'

/** Counts what a page holds after its garbage was collected. */
export async function memoryOf(page: Page, session: CDPSession): Promise<{ heapBytes: number, nodes: number, listeners: number, workers: number }> {
  // Twice: what the first round finds may free what the second does.
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners, workers: page.workers().length }
}

/** Waits until all slides are mounted, as they are some seconds after the deck was opened. */
export async function allMounted(page: Page, slides: readonly Slide[]): Promise<void> {
  await page.waitForFunction(count => document.querySelectorAll('#slideshow > .slidev-page').length === count, slides.length, { timeout: 120_000 })
}

/**
 * Turns through the whole deck, as fast as pages come: each visit shows a slide and waits until it stands there.
 * @param slides what is visited, in order
 * @param visits visits to each slide; each shows the next of its clicks
 */
export async function visitAll(page: Page, slides: readonly Slide[], visits: number): Promise<void> {
  await page.evaluate(async ({ places, visits }) => {
    // A task of its own, without the pause that browsers put between timers. (No function is named in here: the loader
    // of these scripts would mark it with a helper that the page does not have.)
    const { port1, port2 } = new MessageChannel()
    for (let visit = 0; visit < visits; visit++) {
      for (const { no, clicks } of places) {
        location.hash = `#/${no}?clicks=${visit % (clicks + 1)}`
        const until = performance.now() + 20_000
        while (document.querySelector<HTMLElement>(`#slideshow > .slidev-page-${no}`)?.style.display !== '') {
          if (performance.now() > until)
            throw new Error(`Slide ${no} did not come within 20 s.`)
          await new Promise<void>((resolve) => {
            port1.onmessage = () => resolve()
            port2.postMessage(undefined)
          })
        }
      }
      // Once a round the browser may paint, as it does when people look.
      await new Promise(resolve => requestAnimationFrame(resolve))
    }
    port1.close()
  }, { places: slides.map(({ no, clicks }) => ({ no, clicks })), visits })
}

/** Runs the experiment of the slide that is shown to its end, so many times, each in a worker of its own. */
export async function runAgain(page: Page, no: number, rounds: number): Promise<void> {
  const bar = page.locator(`#slideshow > .slidev-page-${no} .run-bar`).first()
  for (let round = 0; round < rounds; round++) {
    await bar.getByRole('button', { name: /^(?:run|again)$/ }).click()
    await bar.getByRole('button', { name: 'again' }).waitFor({ timeout: 120_000 })
  }
  await bar.getByRole('button', { name: 'reset' }).click()
}

/** How much more one count is than another, in per cent. */
export const growth = (before: number, after: number): number => (after / before - 1) * 100
