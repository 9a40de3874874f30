/** The clock of the presenter view, with real windows: it starts by itself, and nothing that happens to a window stops it. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { clock as time } from '../../lab/format.ts'
import { readPlan } from '../../talk/plan.ts'
import { numberOf, useStage } from '../support/stage.ts'

const stage = useStage()
const plan = await readPlan()

const elapsed = async (page: Page): Promise<number> => {
  const [whole = '', seconds = ''] = (await page.locator('.plan-clock .elapsed').innerText()).split(':')
  return Number(whole) * 60 + Number(seconds)
}
const pace = (page: Page) => page.locator('.plan-clock .pace').innerText()
const openPresenter = async (page: Page, no: number): Promise<void> => {
  await page.goto(`${stage.url}#/presenter/${no}`)
  await page.locator('.plan-clock').waitFor()
}

it('starts with the first turn of a page, shows how the talk stands, sleeps, wakes and is opened again without losing a minute', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 1024, height: 768 } })
  const speaker = await context.newPage()
  await speaker.clock.install()
  await openPresenter(speaker, 1)
  expect(await pace(speaker)).toBe('not started')

  await speaker.keyboard.press('ArrowRight')
  const { startsAt, note } = plan[1]!
  await expect.poll(() => speaker.locator('.plan-clock').innerText()).toContain(`this slide ${time(note.seconds)}, until ${time(startsAt + note.seconds)}`)
  await expect.poll(() => pace(speaker)).toMatch(/^0:\d\d ahead$/)

  // A laptop closed for five minutes: its timers stand still, then fire once.
  await speaker.clock.fastForward(5 * 60 * 1000)
  await expect.poll(() => elapsed(speaker)).toBeGreaterThanOrEqual(300)
  const [, minutes = '', seconds = ''] = /^\+(\d):(\d\d) behind$/.exec(await pace(speaker)) ?? []
  const behind = 60 * Number(minutes) + Number(seconds)
  const least = 300 - startsAt - note.seconds
  expect(behind).toBeGreaterThanOrEqual(least)
  expect(behind).toBeLessThan(least + 60)
  expect(await speaker.locator('.plan-clock .pace.late').count()).toBe(1)

  // The wide bar of buttons and the clock stand side by side even on an old projector.
  const [bar, clock] = await Promise.all([speaker.locator('.slidev-presenter nav').boundingBox(), speaker.locator('.plan-clock').boundingBox()])
  expect(bar!.x + bar!.width).toBeLessThanOrEqual(clock!.x)
  expect(clock!.x + clock!.width).toBeLessThanOrEqual(1024)
  expect(await speaker.locator('.slidev-presenter .grid-section.bottom > .group').isVisible(), 'Slidev’s own clock').toBe(false)

  await speaker.reload()
  await speaker.locator('.plan-clock').waitFor()
  expect(await elapsed(speaker)).toBeGreaterThanOrEqual(300)
  // On another slide, under the other name of the same page.
  await speaker.goto(`${stage.url}index.html#/presenter/${numberOf('loss')}`)
  await speaker.locator('.plan-clock').waitFor()
  expect(await elapsed(speaker)).toBeGreaterThanOrEqual(300)
  await context.close()
})

it('is the same in a second presenter window, is paused and reset in both, and is not shown to the audience', async () => {
  const context = await stage.browser.newContext()
  const [first, second, audience] = [await context.newPage(), await context.newPage(), await context.newPage()]
  const begun = Date.now() - 100_000
  await first.addInitScript((startedAt) => {
    localStorage.setItem('live-figures:Structure Is a Loan:/deck/:clock', JSON.stringify({ status: 'running', startedAt, pausedAt: 0 }))
  }, begun)
  const loss = numberOf('loss')
  await openPresenter(first, loss)
  await openPresenter(second, loss)
  await gotoSlide(audience, stage.url, loss)
  expect(await elapsed(second)).toBeGreaterThanOrEqual(100)
  expect(await elapsed(first)).toBeGreaterThanOrEqual(100)
  expect(await audience.locator('.plan-clock').count()).toBe(0)

  await second.locator('.plan-clock').getByRole('button', { name: 'pause' }).click()
  await first.locator('.plan-clock').getByRole('button', { name: 'go on' }).click()
  await second.locator('.plan-clock').getByRole('button', { name: 'pause' }).waitFor()
  await second.locator('.plan-clock').getByRole('button', { name: 'reset' }).click()
  await expect.poll(() => elapsed(first)).toBe(0)

  // The keys still turn pages, though the buttons were used.
  const entry = plan.find(({ slide }) => slide.no === loss)!
  expect(await second.locator('.plan-clock').innerText()).toContain(`this slide ${time(entry.note.seconds)}, until ${time(entry.startsAt + entry.note.seconds)}`)
  await second.keyboard.press('ArrowRight')
  await expect.poll(() => second.url()).toContain('clicks=1')
  await context.close()
})
