/** A drag of the slider of the scaling curve in the built deck: how long after each input event its frame is drawn. */
import type { Page } from 'playwright-core'
import type { Report } from './measure.ts'
import { quantile } from 'd3-array'
import { builtDeck, gotoSlide, serveDeck } from '../lib/deck.ts'
import { openBrowser } from '../lib/browser.ts'
import { readSlides } from '../../talk/slides.ts'
import { fixed } from './measure.ts'

const MOVES = 120
/** Drags, each on a page opened anew. */
const DRAGS = 3
/** From the slide's appearance to the hand on the slider: a speaker has said a sentence. */
const BEFORE_MS = 2000

export async function measureDrags(): Promise<Report> {
  const drags = []
  for (const [throttling, limit] of [[1, 16.7], [4, 50]] as const) {
    const frames = await dragFrames(throttling)
    const [median, p95, most] = [0.5, 0.95, 1].map(share => quantile(frames, share)!) as [number, number, number]
    const what = `drag, input to next frame, ${throttling === 1 ? 'unthrottled' : `throttled ${throttling} x`}`
    drags.push({
      row: { what, value: `${fixed(p95)} ms at the 95th percentile`, compared: `${fixed(median)} ms median, ${fixed(most)} ms at most, ${frames.length} events` },
      goal: { goal: `${what}, within ${limit} ms at the 95th percentile`, reached: `${fixed(p95)} ms`, met: p95 <= limit },
    })
  }
  return { rows: drags.map(({ row }) => row), goals: drags.map(({ goal }) => goal) }
}

/**
 * Milliseconds from each input event, when the page gets it, to the end of the next frame: the refit where it was
 * not made ahead, Vue's update, style, layout and paint.
 * @param throttling how many times slower the processor is made
 */
async function dragFrames(throttling: number): Promise<number[]> {
  const slide = (await readSlides()).find(({ alias }) => alias === 'loss')
  if (!slide)
    throw new Error('The benchmark drags the slider of the slide “loss”, which slides.md no longer has.')
  const served = await serveDeck(await builtDeck())
  const browser = await openBrowser()
  try {
    const times: number[] = []
    for (let drag = 0; drag < DRAGS; drag++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
      await gotoSlide(page, served.url, slide.no)
      await page.waitForTimeout(BEFORE_MS)
      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: throttling })
      times.push(...await dragOnce(page, slide.no))
      await page.close()
    }
    return times
  }
  finally {
    await browser.close()
    await served.close()
  }
}

async function dragOnce(page: Page, no: number): Promise<number[]> {
  const slider = page.locator(`.slidev-page-${no} input[type=range]`).first()
  const box = await slider.boundingBox()
  if (!box)
    throw new Error(`The slider of slide ${no} is not shown.`)
  const frames = await slider.evaluateHandle((input) => {
    const times: number[] = []
    // A message posted from the animation callback comes after that frame has been drawn.
    const { port1, port2 } = new MessageChannel()
    const waiting: number[] = []
    port1.onmessage = () => {
      const now = performance.now()
      times.push(...waiting.splice(0).map(start => now - start))
    }
    window.addEventListener('input', (event) => {
      if (event.target !== input)
        return
      waiting.push(performance.now())
      if (waiting.length === 1)
        requestAnimationFrame(() => port2.postMessage(null))
    }, { capture: true })
    return times
  })
  const y = box.y + box.height / 2
  const x = (share: number) => box.x + 12 + share * (box.width - 24)
  await page.mouse.move(x(0.33), y)
  await page.mouse.down()
  for (let move = 1; move <= MOVES; move++)
    // Up to the right end, down to the left one: every set of runs is met.
    await page.mouse.move(x(move <= MOVES / 2 ? 0.33 + 0.67 * move / (MOVES / 2) : 2 - move / (MOVES / 2)), y)
  await page.mouse.up()
  await page.waitForTimeout(300)
  return frames.evaluate(times => times)
}
