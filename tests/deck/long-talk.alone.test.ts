/** A long talk leaves nothing behind in the page. `npm run soak` goes on to two hundred visits, and to the experiments. */
import { expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { allMounted, growth, memoryOf, visitAll } from '../../scripts/lib/soak.ts'
import { slides, useStage } from '../support/stage.ts'

const stage = useStage()

it('holds no more after twelve visits to each slide than after six', async () => {
  const page = await stage.browser.newPage({ viewport: { width: 1280, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await gotoSlide(page, stage.url, 1)
  await allMounted(page, slides)
  await visitAll(page, slides, 6)
  let early = await memoryOf(page, session)
  await visitAll(page, slides, 6)
  let late = await memoryOf(page, session)
  // A busy browser compiles late what a young page runs; what is never given back grows as much again.
  for (let again = 0; again < 2 && growth(early.heapBytes, late.heapBytes) >= 4.5; again++) {
    early = late
    await visitAll(page, slides, 6)
    late = await memoryOf(page, session)
  }
  await page.close()
  // The browser's own account of a young page grows by some 3 per cent; the rest would be a kilobyte a visit.
  expect(growth(early.heapBytes, late.heapBytes), `heap, from ${early.heapBytes} to ${late.heapBytes} bytes`).toBeLessThan(4.5)
  expect([late.nodes, late.listeners, late.workers], 'nodes, listeners, workers').toEqual([early.nodes, early.listeners, 0])
})
