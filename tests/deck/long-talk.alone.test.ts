/** A long talk leaves nothing behind in the page. `npm run soak` goes on to two hundred visits, and to the experiments. */
import { expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { allMounted, growth, held, visitAll } from '../../scripts/lib/soak.ts'
import { slides, useStage } from '../support/stage.ts'

const stage = useStage()

it('holds no more after twelve visits to each slide than after six', async () => {
  const page = await stage.browser.newPage({ viewport: { width: 1280, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await gotoSlide(page, stage.url, 1)
  await allMounted(page, slides)
  await visitAll(page, slides, 6)
  const early = await held(page, session)
  await visitAll(page, slides, 6)
  const late = await held(page, session)
  await page.close()
  // The browser's own account of a young page grows by some 3 per cent; the rest would be a kilobyte a visit.
  expect(growth(early.heapBytes, late.heapBytes), `heap, from ${early.heapBytes} to ${late.heapBytes} bytes`).toBeLessThan(4.5)
  expect([late.nodes, late.listeners, late.workers], 'nodes, listeners, workers').toEqual([early.nodes, early.listeners, 0])
})
