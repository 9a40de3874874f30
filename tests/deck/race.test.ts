/** The race in the built deck, run for real: a worker trains, curves grow, it stops with its slide and leaves nothing behind. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { placeOf } from '../support/places.ts'
import { numberOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

const race = numberOf('race')

let page: Page
let complaints: string[]

beforeEach(async () => {
  complaints = []
  page = await stage.browser.newPage({ viewport: { width: 1280, height: 720 }, hasTouch: true })
  watch(page, complaints)
})

afterEach(async () => {
  await page.context().close()
  expect(complaints).toEqual([])
})

const on = (no: number) => page.locator(`.slidev-page-${no}`).first()
const press = (no: number, label: string) => on(no).getByRole('button', { name: label, exact: true }).click()
const caption = (no: number) => on(no).locator('figcaption').innerText()
const seedsDone = async (no: number) => Number((await caption(no)).match(/Live, (\d+) of/)?.[1] ?? 0)
const progress = async (no: number) => Number(await on(no).getByRole('progressbar').getAttribute('aria-valuenow'))
/** How far to the right the live curves have come, all together. */
const reach = () => on(race).locator('path.median').evaluateAll(paths => paths.reduce((sum, path) => sum + (path as SVGPathElement).getBBox().width, 0))

describe('the race on stage', () => {
  it('grows its curves, pauses, waits while its slide is left, goes on, and is gone after a reset', async () => {
    await gotoSlide(page, stage.url, race, 3)
    expect(page.workers()).toHaveLength(0)
    const recorded = await reach()

    await press(race, 'run')
    await expect.poll(() => caption(race)).toMatch(/Live, seed 1\.$/)
    const early = await reach()
    expect(early).toBeLessThan(recorded)
    await expect.poll(() => seedsDone(race), { timeout: 30_000 }).toBeGreaterThanOrEqual(1)
    expect(await reach()).toBeGreaterThan(early)
    expect(page.workers()).toHaveLength(1)
    expect(await page.evaluate(inspectSlide, race)).toEqual([])

    await press(race, 'pause')
    await page.waitForTimeout(300)
    const paused = await caption(race)
    await page.waitForTimeout(1500)
    expect(await caption(race)).toBe(paused)

    await press(race, 'run')
    await expect.poll(() => caption(race), { timeout: 30_000 }).not.toBe(paused)

    // Away and back, as a speaker goes: the run waits and has lost nothing.
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides).no).toBe(race + 1)
    await page.waitForTimeout(300)
    const left = await seedsDone(race)
    await page.waitForTimeout(2000)
    expect(await seedsDone(race)).toBe(left)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => placeOf(page, slides).no).toBe(race)
    await expect.poll(() => seedsDone(race), { timeout: 30_000 }).toBeGreaterThan(left)
    expect(page.workers()).toHaveLength(1)

    await press(race, 'reset')
    await expect.poll(() => page.workers().length).toBe(0)
    expect(await caption(race)).toContain('Recorded, 40 seeds')
    expect(await reach()).toBeCloseTo(recorded, 3)
  })

  it('begins anew with another seed, in a new worker alone', async () => {
    await gotoSlide(page, stage.url, race, 2)
    await press(race, 'run')
    await expect.poll(() => caption(race)).toContain('Live, seed 1')
    await press(race, 'seed 1')
    await expect.poll(() => caption(race)).toContain('Live, seed 2')
    await expect.poll(() => page.workers().length).toBe(1)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides), { message: 'the keys are given back' }).toEqual({ no: race, click: 3 })
  })

  it.each([['loan', 1], ['race', 2]] as const)('shows no fault on “%s” at any moment, on either axis, with single seeds', async (alias, clicks) => {
    const no = numberOf(alias)
    await gotoSlide(page, stage.url, no, clicks)
    const problems: string[] = []
    const look = async (moment: string) => problems.push(...(await page.evaluate(inspectSlide, no)).map(problem => `${moment}: ${problem}`))
    await press(no, 'run')
    await expect.poll(() => caption(no)).toContain('Live')
    await on(no).getByRole('button', { name: 'single seeds', exact: true }).click()
    for (let moment = 0; moment < 24; moment++) {
      await on(no).getByRole('button', { name: /^count/ }).click()
      await look(`moment ${moment}`)
      await page.waitForTimeout(150)
    }
    expect(problems).toEqual([])
    expect(await progress(no)).toBeGreaterThan(0)
  })

  it('has its line dragged by mouse and by touch, and turns no page', async () => {
    await gotoSlide(page, stage.url, race, 3)
    const best = () => on(race).locator('.big-number').innerText()
    expect(await best()).toBe('quadratic')
    const chart = (await on(race).locator('svg').boundingBox())!
    const grip = async () => {
      const box = (await on(race).locator('.grip').boundingBox())!
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }
    const from = await grip()
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(chart.x + 110, from.y + 30, { steps: 8 })
    expect(await best()).toBe('linear')
    await page.mouse.move(chart.x + chart.width + 200, from.y, { steps: 8 })
    await page.mouse.up()
    expect(await best()).toBe('MLP 128 hidden units')
    await page.mouse.move(chart.x + 100, from.y)
    expect(await best()).toBe('MLP 128 hidden units')

    // The line follows with an ease once it is let go.
    await page.waitForTimeout(500)
    const at = await grip()
    const session = await page.context().newCDPSession(page)
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    for (let x = at.x; x > chart.x + 100; x -= 40)
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: at.y }] })
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    expect(await best()).toBe('linear')
    await page.waitForTimeout(500)
    expect(placeOf(page, slides)).toEqual({ no: race, click: 3 })
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => placeOf(page, slides)).toEqual({ no: race, click: 2 })
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides)).toEqual({ no: race, click: 3 })
    await expect.poll(best, { message: 'the next click shows the plan again' }).toBe('quadratic')
  })
})
