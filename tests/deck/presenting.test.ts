/** Presenting for real, with real events: two windows, a clicker, controls that give the keys back, still previews. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../../lab/format.ts'
import { gotoSlide, placeOf } from '../../scripts/lib/deck.ts'
import { readPlan } from '../../scripts/lib/plan.ts'
import { numberOf, slideOf, slides, useStage } from '../support/stage.ts'

const stage = useStage()

const loss = numberOf('loss')

let context: BrowserContext

beforeEach(async () => {
  context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, hasTouch: true })
})

afterEach(() => context.close())

const slider = (page: Page, no: number) => page.locator(`.slidev-page-${no} input[type=range]`).first()
const predicted = (page: Page) => page.locator(`.slidev-page-${loss} .big-number`).first().innerText()
const pageNumber = (page: Page) => placeOf(page, slides).no

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

describe('the keys of the talk', () => {
  it.each(['ArrowRight', 'PageDown', 'Space'])('turn on with %s after the slider was used by mouse', async (key) => {
    const page = await context.newPage()
    await gotoSlide(page, stage.url, loss, slideOf('loss').clicks)
    const box = await slider(page, loss).boundingBox()
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2)
    expect(await predicted(page)).not.toBe('2.31')
    await page.keyboard.press(key)
    await expect.poll(() => pageNumber(page)).toBe(loss + 1)
  })

  it('turn back with PageUp from the slider, which a clicker sends', async () => {
    const page = await context.newPage()
    await gotoSlide(page, stage.url, loss)
    await slider(page, loss).focus()
    await page.keyboard.press('PageUp')
    await expect.poll(() => pageNumber(page)).toBe(loss - 1)
  })

  it('belong to the slider while a keyboard user is on it, and come back with Escape', async () => {
    const page = await context.newPage()
    await gotoSlide(page, stage.url, loss)
    await slider(page, loss).focus()
    const before = await slider(page, loss).inputValue()
    await page.keyboard.press('ArrowRight')
    expect(Number(await slider(page, loss).inputValue())).toBeGreaterThan(Number(before))
    expect(pageNumber(page)).toBe(loss)
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => pageNumber(page)).toBe(loss - 1)
  })

  it('turn on after a button was clicked', async () => {
    const page = await context.newPage()
    await gotoSlide(page, stage.url, loss, slideOf('loss').clicks)
    await page.locator(`.slidev-page-${loss} button`).first().click()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => pageNumber(page)).toBe(loss + 1)
  })

  it('are not needed to stay: a long touch drag on the slider turns no page', async () => {
    const page = await context.newPage()
    await gotoSlide(page, stage.url, loss)
    const box = await slider(page, loss).boundingBox()
    const at = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    const session = await context.newCDPSession(page)
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    for (let x = at.x; x > at.x - 200; x -= 20)
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: at.y }] })
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await page.waitForTimeout(500)
    expect(pageNumber(page)).toBe(loss)
  })
})
