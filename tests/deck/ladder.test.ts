/** The five Transformers on stage: the two ends are trained for real, and the run waits, goes on and leaves nothing behind. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { placeOf } from '../support/places.ts'
import { slideOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()
const { no } = slideOf('five')

let page: Page
let complaints: string[]

beforeEach(async () => {
  const context = await stage.browser.newContext({ viewport: { width: 980, height: 552 } })
  page = await context.newPage()
  complaints = []
  watch(page, complaints)
})

afterEach(() => page.context().close())

const on = () => page.locator(`.slidev-page-${no}`).first()
const press = (label: string | RegExp) => on().getByRole('button', { name: label, exact: true }).click()
const caption = () => on().locator('figcaption').innerText()
const progress = async () => Number(await on().locator('[role=progressbar]').getAttribute('aria-valuenow'))
/** Measurements that are drawn of the live curves, all together. */
const measured = async () => (await on().locator('path.live').evaluateAll(paths => paths.map(path => path.getAttribute('d') ?? '').join(''))).match(/[ML]/g)?.length ?? 0

it('trains the two ends in a short chat, waits while the slide is left, shows a head, and resets', async () => {
  await gotoSlide(page, stage.url, no, 2)
  expect(page.workers()).toHaveLength(0)
  expect(await caption()).toContain('Recorded')
  await press('Turns of the chat: the one before')
  await press('run')
  await expect.poll(measured, { timeout: 20_000 }).toBeGreaterThan(4)
  expect(await caption()).toContain('Live, seed 1')
  expect(page.workers().length).toBeGreaterThan(0)

  await press('pause')
  // The part that was under way when it was paused still comes in.
  await page.waitForTimeout(1000)
  const paused = await progress()
  await page.waitForTimeout(600)
  expect(await progress()).toBe(paused)

  await press('run')
  await expect.poll(progress, { timeout: 20_000 }).toBeGreaterThan(paused)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => placeOf(page, slides).no).toBe(no + 1)
  await page.waitForTimeout(1000)
  const left = await progress()
  await page.waitForTimeout(1000)
  expect(await progress()).toBe(left)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => placeOf(page, slides)).toEqual({ no, click: 2 })
  await expect.poll(progress, { timeout: 20_000 }).toBeGreaterThan(left)

  await press('attention')
  await expect.poll(() => on().locator('.heat-map path').count()).toBeGreaterThan(0)
  expect(await on().locator('.over circle').count()).toBeGreaterThan(0)
  expect(await page.evaluate(inspectSlide, no)).toEqual([])

  await press('reset')
  await expect.poll(() => page.workers().length).toBe(0)
  expect(await caption()).toContain('Not recorded')
  expect(complaints).toEqual([])
})
