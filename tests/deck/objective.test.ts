/** Runs on stage, in the built deck with real workers: started, paused, left, come back to, reset; nothing breaks or is left behind. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { placeOf } from '../support/places.ts'
import { slideOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

let page: Page
let complaints: string[]

beforeEach(async () => {
  const context = await stage.browser.newContext({ viewport: { width: 980, height: 552 } })
  page = await context.newPage()
  complaints = []
  watch(page, complaints)
})

afterEach(() => page.context().close())

const on = (no: number) => page.locator(`.slidev-page-${no}`)
const press = (no: number, text: string) => on(no).locator('button', { hasText: text }).first().click()
const caption = (no: number) => on(no).locator('figcaption').innerText()
const progress = async (no: number) => Number(await on(no).locator('[role=progressbar]').getAttribute('aria-valuenow'))

describe.each(['reward', 'map'])('the run on “%s”', (alias) => {
  it('starts, can be followed, pauses, waits while the slide is left, goes on, and resets', async () => {
    const { no, clicks: click } = slideOf(alias)
    await gotoSlide(page, stage.url, no, click)
    expect(await caption(no)).toContain('Recorded')
    expect(page.workers()).toHaveLength(0)

    await press(no, 'run')
    await expect.poll(() => caption(no), { timeout: 10_000 }).toMatch(/live, seed 1/i)
    // The first seed can be followed with the eye: it is not over with the first picture.
    // Looked at in the page, frame by frame: from here a busy machine would miss most of them.
    const pictures = await on(no).locator('figure').evaluate(async (figure) => {
      const seen = new Set<string | null | undefined>()
      while (/live, seed 1/i.test(figure.querySelector('figcaption')?.textContent ?? '')) {
        seen.add(figure.querySelector('svg.chart path.line, svg.chart path.reference')?.getAttribute('d'))
        await new Promise(requestAnimationFrame)
      }
      return seen.size
    })
    expect(pictures).toBeGreaterThan(6)
    expect(page.workers()).toHaveLength(1)

    await press(no, 'pause')
    await page.waitForTimeout(300)
    const paused = await on(no).locator('figure').innerHTML()
    await page.waitForTimeout(600)
    expect(await on(no).locator('figure').innerHTML()).toBe(paused)

    await press(no, 'run')
    await expect.poll(() => progress(no), { timeout: 20_000 }).toBeGreaterThan(6)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides).no).toBe(no + 1)
    await page.waitForTimeout(300)
    const left = await progress(no)
    await page.waitForTimeout(1500)
    expect(await progress(no)).toBe(left)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => placeOf(page, slides)).toEqual({ no, click })
    expect(await caption(no)).toMatch(/live/i)
    await expect.poll(() => progress(no), { timeout: 20_000 }).toBeGreaterThan(left)
    expect(page.workers()).toHaveLength(1)

    await press(no, 'reset')
    await expect.poll(() => caption(no)).toContain('Recorded')
    await expect.poll(() => page.workers().length).toBe(0)
    expect(complaints).toEqual([])
  })

  it('shows no fault at any moment, whatever the click', async () => {
    const { no, clicks } = slideOf(alias)
    const problems = new Set<string>()
    for (let click = 0; click <= clicks; click++) {
      await gotoSlide(page, stage.url, no, click)
      await press(no, 'run')
      await expect.poll(() => caption(no), { timeout: 10_000 }).toMatch(/live/i)
      for (let moment = 0; moment < 14; moment++) {
        for (const problem of await page.evaluate(inspectSlide, no))
          problems.add(`click ${click}: ${problem}`)
        await page.waitForTimeout(100)
      }
    }
    expect([...problems]).toEqual([])
    expect(complaints).toEqual([])
  })

  it('goes with one step to the first thing worth seeing', async () => {
    const { no } = slideOf(alias)
    await gotoSlide(page, stage.url, no)
    await press(no, 'step')
    await expect.poll(() => caption(no), { timeout: 10_000 }).toMatch(/live, seed 1/i)
  })

  it('is not in the way of the keys: a run under way turns on, and leaves no more than its own worker', async () => {
    const { no, clicks } = slideOf(alias)
    await gotoSlide(page, stage.url, no, clicks)
    await press(no, 'run')
    await expect.poll(() => caption(no), { timeout: 10_000 }).toMatch(/live/i)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides).no).toBe(no + 1)
    expect(page.workers().length).toBeLessThanOrEqual(1)
    expect(complaints).toEqual([])
  })
})

describe('the flawed reward', () => {
  it('takes the place of the objectives, runs, moves its point, and gives the place back', async () => {
    const { no, clicks } = slideOf('reward')
    await gotoSlide(page, stage.url, no, clicks)
    await press(no, 'a flawed reward')
    await press(no, 'run')
    await expect.poll(() => caption(no), { timeout: 10_000 }).toMatch(/live, \d+ of 40 seeds/i)
    await on(no).locator('input').first().fill('20')
    expect(await page.evaluate(inspectSlide, no)).toEqual([])
    await expect.poll(() => caption(no), { timeout: 60_000 }).toMatch(/live, 40 of 40 seeds/i)
    expect(await on(no).locator('figure').innerText()).toContain('in 40 of 40 seeds')
    await press(no, 'a flawed reward')
    expect(await caption(no)).toContain('Recorded, 20 seeds')
    expect(complaints).toEqual([])
  })
})
