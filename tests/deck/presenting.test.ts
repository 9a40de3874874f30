/** Presenting for real, with real events: two windows, a clicker, still previews. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../../lab/format.ts'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { readPlan } from '../../talk/plan.ts'
import { placeOf } from '../support/places.ts'
import { numberOf, slides, useStage } from '../support/stage.ts'

const stage = useStage()

const loss = numberOf('loss')

let context: BrowserContext

beforeEach(async () => {
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, hasTouch: true })
})

afterEach(() => context.close())

const slider = (page: Page, no: number) => page.locator(`.slidev-page-${no} input[type=range]`).first()
const predicted = (page: Page) => page.locator(`.slidev-page-${loss} .big-number`).first().innerText()

async function present(page: Page, no: number, clicks = 0): Promise<void> {
  await page.goto(`${stage.url}#/presenter/${no}?clicks=${clicks}`)
  await page.locator(`.slidev-page-${no} input[type=range]`).first().waitFor({ state: 'visible' })
}

describe('a figure in the hands of the speaker', () => {
  it('changes in the audience window, and in a window opened later', async () => {
    const speaker = await context.newPage()
    const audience = await context.newPage()
    await present(speaker, loss)
    await gotoSlide(audience, stage.url, loss)
    expect(await predicted(audience)).toBe('3.22')

    await slider(speaker, loss).fill('21')
    await expect.poll(() => predicted(audience), { timeout: 2000 }).toBe('2.31')

    const late = await context.newPage()
    await gotoSlide(late, stage.url, loss)
    await expect.poll(() => predicted(late), { timeout: 2000 }).toBe('2.31')
  })

  it('is not thrown back when an audience window is opened late, at the address of the deck: that window follows', async () => {
    const speaker = await context.newPage()
    await present(speaker, loss, 2)
    const late = await context.newPage()
    await late.goto(stage.url)
    await expect.poll(() => placeOf(late, slides), { timeout: 3000 }).toEqual({ no: loss, click: 2 })
    expect(placeOf(speaker, slides)).toEqual({ no: loss, click: 2 })

    // Once somebody uses it, it leads: a clicker may have its focus there.
    await late.bringToFront()
    await late.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(speaker, slides).click, { timeout: 3000 }).toBe(3)
  })

  it('does not move the preview of the next click, which is still', async () => {
    const speaker = await context.newPage()
    await present(speaker, loss)
    // The first is the slide itself, the second the preview of what comes next.
    const preview = speaker.locator(`.slidev-page-${loss}`).nth(1)
    await preview.waitFor({ state: 'visible' })
    const before = await preview.locator('.big-number').allInnerTexts()
    expect(before).toEqual(['3.22', '2.38'])
    await slider(speaker, loss).fill('21')
    expect(await preview.locator('.big-number').allInnerTexts()).toEqual(before)
    expect(await preview.locator('button').count()).toBe(0)
  })

  it('shows the note with its budget in the presenter view', async () => {
    const speaker = await context.newPage()
    await present(speaker, loss)
    const { note, startsAt } = (await readPlan()).find(({ slide }) => slide.alias === 'loss')!
    await expect.poll(() => speaker.locator('body').innerText()).toContain(`${clock(note.seconds)} · from ${clock(startsAt)} to ${clock(startsAt + note.seconds)}`)
  })
})

// That every control gives the keys back after use by mouse, keyboard and finger, and that no drag on one turns a page:
// figures.test.ts.
it('a clicker’s PageUp turns back while the slider has the focus', async () => {
  const page = await context.newPage()
  await gotoSlide(page, stage.url, loss)
  await slider(page, loss).focus()
  await page.keyboard.press('PageUp')
  await expect.poll(() => placeOf(page, slides).no).toBe(loss - 1)
})
