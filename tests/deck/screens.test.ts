/** The built deck on every screen: a projector, an old projector, a laptop at 125 per cent, a phone both ways up. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { drawn } from '../../components/small-screen/reading.ts'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { painted, placeOf, turnTo } from '../support/places.ts'
import { slideOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

let context: BrowserContext
const complaints: string[] = []

afterEach(async () => {
  await context.close()
  expect(complaints.splice(0)).toEqual([])
})

async function open(width: number, height: number, { touch = false, deviceScaleFactor = 1 } = {}): Promise<Page> {
  context = await stage.browser.newContext({ viewport: { width, height }, hasTouch: touch, isMobile: touch, deviceScaleFactor, reducedMotion: 'reduce' })
  const page = await context.newPage()
  watch(page, complaints)
  await gotoSlide(page, stage.url, 1)
  return page
}

/** The smallest type of a slide as it is drawn, in CSS pixels. Runs in the page. */
function smallestType(no: number): number {
  const slide = document.querySelector<HTMLElement>(`.slidev-page-${no}`)!
  const sizes = [...slide.querySelectorAll('*')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) && !element.closest('.visually-hidden, style') && element.checkVisibility())
    .map(element => Number.parseFloat(getComputedStyle(element).fontSize))
  return Math.min(...sizes)
}

/** Windows, and the smallest type that may stand in them, in CSS pixels. */
const windows = [
  ['a projector', 1920, 1080, 1, 22],
  ['an old projector', 1024, 768, 1, 11.8],
  ['a laptop at 125 per cent', 1536, 864, 1.25, 17],
  ['a phone on its side', 844, 390, 1, 8],
  ['a phone upright', 390, 844, 1, 4.5],
] as const

/** How much larger than drawn a slide stands in a window that it fills. */
const scaleOf = (width: number, height: number) => Math.min(width / drawn.width, height / drawn.height)

describe('every screen', () => {
  it.each(windows)('shows on %s, %i × %i, the one picture of a slide, which the walk looks at: as large as fits, whole', async (_name, width, height, deviceScaleFactor) => {
    const page = await open(width, height, { deviceScaleFactor })
    for (const alias of ['cover', 'loss', 'table']) {
      const { no } = slideOf(alias)
      await turnTo(page, no, slideOf(alias).clicks)
      const slide = page.locator(`.slidev-page-${no}`).first()
      // Laid out at the size it is drawn at, so that lines break where they break there.
      expect(await slide.evaluate((element: HTMLElement) => ({ width: element.offsetWidth, height: element.offsetHeight }))).toEqual(drawn)
      const box = (await slide.boundingBox())!
      expect(box.width / drawn.width).toBeCloseTo(scaleOf(width, height), 2)
      expect(box.height / box.width).toBeCloseTo(drawn.height / drawn.width, 3)
      expect(box.x >= -1 && box.y >= -1 && box.x + box.width <= width + 1 && box.y + box.height <= height + 1, JSON.stringify(box)).toBe(true)
    }
  })

  it('shows no type too small for it, on paper that goes to the edges of the window', async () => {
    const page = await open(1024, 768)
    const problems: string[] = []
    for (const { no, alias, clicks } of slides) {
      await turnTo(page, no, clicks)
      const { letterbox, paper } = await page.locator(`.slidev-page-${no}`).first().evaluate(slide => ({
        letterbox: getComputedStyle(document.querySelector('#slide-container')!).backgroundColor,
        paper: getComputedStyle(slide).backgroundColor,
      }))
      if (letterbox !== paper)
        problems.push(`“${alias}” stands in a frame of ${letterbox}`)
      const type = await page.evaluate(smallestType, no)
      for (const [name, width, height, , smallest] of windows) {
        if (type * scaleOf(width, height) < smallest)
          problems.push(`“${alias}” has type of ${(type * scaleOf(width, height)).toFixed(1)} px on ${name}`)
      }
    }
    expect(problems).toEqual([])
  })
})

describe('a phone upright', () => {
  it('turns with large buttons, step by step, and lets nothing flow out of the window', async () => {
    const page = await open(390, 844, { touch: true })
    const { no } = slideOf('loss')
    const turns = page.locator('.reader .turns')
    await turnTo(page, no)
    await turns.getByText('next step').tap()
    await expect.poll(() => placeOf(page, slides)).toEqual({ no, click: 1 })
    await turns.getByText('back').tap()
    await turns.getByText('back').tap()
    await expect.poll(() => placeOf(page, slides).no).toBe(no - 1)
    await turns.getByText('next slide').tap()
    await expect.poll(() => placeOf(page, slides).no).toBe(no)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await page.locator('.reader button').evaluateAll(buttons => buttons.filter(button => button.getBoundingClientRect().height < 44).length)).toBe(0)
    // This deck has no page beside it, so it offers none; tests/deck/read.test.ts has one that does.
    expect(await page.getByText('Read this as a page').count()).toBe(0)
  })

  it('enlarges the slide where it is tapped; there a finger pans and turns no page, and the controls work', async () => {
    const page = await open(390, 844, { touch: true })
    const { no } = slideOf('loss')
    await turnTo(page, no)
    const slide = page.locator(`.slidev-page-${no}`).first()
    const finger = await context.newCDPSession(page)
    async function swipe(x: number, y: number, by: number): Promise<void> {
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
      for (let part = 1; part <= 8; part++)
        await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x + by * part / 8, y }] })
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      await painted(page)
    }

    await page.touchscreen.tap(300, 60)
    await expect.poll(() => slide.evaluate(element => element.getBoundingClientRect().width)).toBeCloseTo(980, 0)
    const scrolled = () => page.locator('#page-root').evaluate(root => root.scrollLeft)
    await expect.poll(scrolled).toBeGreaterThan(300)
    const before = await scrolled()
    await swipe(100, 200, 250)
    await expect.poll(scrolled).toBeLessThan(before - 100)
    expect(placeOf(page, slides)).toEqual({ no, click: 0 })

    const summary = await slide.locator('[data-summary]').first().textContent()
    const slider = slide.locator('input[type=range]').first()
    await slider.scrollIntoViewIfNeeded()
    const box = (await slider.boundingBox())!
    await page.touchscreen.tap(Math.min(Math.max(box.x + box.width * 0.8, 20), 370), box.y + box.height / 2)
    await expect.poll(() => slide.locator('[data-summary]').first().textContent()).not.toBe(summary)

    await page.getByText('fit the slide in').tap()
    await expect.poll(() => slide.evaluate(element => element.getBoundingClientRect().width)).toBeCloseTo(390, 0)
    // Fitted in, a swipe turns the page as Slidev has it.
    await swipe(300, 40, -200)
    await expect.poll(() => placeOf(page, slides)).not.toEqual({ no, click: 0 })
  })

  it('may be magnified with two fingers', async () => {
    const page = await open(390, 844, { touch: true })
    expect(await page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=viewport]')?.content)).not.toMatch(/user-scalable|maximum-scale/)
    expect(await page.locator('#page-root').evaluate(root => getComputedStyle(root).touchAction)).toContain('pinch-zoom')
  })
})

describe('a phone on its side', () => {
  it('has room for a finger on every control', async () => {
    const page = await open(844, 390, { touch: true })
    const problems: string[] = []
    for (const { no, alias, clicks } of slides.filter(({ alias }) => !alias.startsWith('sources'))) {
      for (const click of new Set([0, clicks])) {
        await turnTo(page, no, click)
        // 18 by 20 px around the middle belong to the control; a name in the table has its whole row.
        const tight = await page.locator(`.slidev-page-${no} .slidev-layout :is(button:not([disabled]), input:not([disabled]), [data-control]:not(tr)) >> visible=true`).evaluateAll(controls => controls.flatMap((control) => {
          const box = (control.closest('tr[data-control]') ?? control).getBoundingClientRect()
          const x = control.matches('[type=range], .opener, .sorter') ? box.left + 12 : box.left + box.width / 2
          const y = box.top + box.height / 2
          const missed = [[0, -10], [0, 10], [-9, 0], [9, 0]].filter(([dx = 0, dy = 0]) => {
            const hit = document.elementFromPoint(x + dx, y + dy)
            return !hit || !(control.contains(hit) || (control.closest('tr[data-control]')?.contains(hit) ?? false))
          })
          return missed.length > 0 ? [`${control.getAttribute('aria-label') ?? control.textContent?.trim()} (${box.width.toFixed(0)} × ${box.height.toFixed(0)}, misses ${JSON.stringify(missed)})`] : []
        }))
        problems.push(...tight.map(problem => `“${alias}” at click ${click}: ${problem}`))
      }
    }
    expect(problems).toEqual([])
  })

  it('enlarges the slide by a button in the corner', async () => {
    const page = await open(844, 390, { touch: true })
    const slide = page.locator('.slidev-page-1').first()
    await page.getByLabel('Enlarge the slide').tap()
    await expect.poll(() => slide.evaluate(element => element.getBoundingClientRect().width)).toBeCloseTo(980, 0)
    await page.getByLabel('Fit the slide in').tap()
    await expect.poll(() => slide.evaluate(element => element.getBoundingClientRect().height)).toBeCloseTo(390, 0)
  })
})

describe.each([[1280, 720, false], [1024, 768, false], [844, 390, true], [390, 844, true]] as const)('the presenter view at %i × %i', (width, height, touch) => {
  it('has the buttons to turn with and the script in the window', async () => {
    const page = await open(width, height, { touch })
    const { no } = slideOf('loss')
    await page.goto(`${stage.url}#/presenter/${no}?clicks=0`)
    const next = page.locator('.slidev-presenter').getByTitle('Go to next slide')
    await next.waitFor({ state: 'visible' })
    for (const part of [next, page.locator('.slidev-presenter').getByTitle('Go to previous slide')]) {
      const box = (await part.boundingBox())!
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box)).toBe(true)
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(touch ? 44 : 24)
    }
    const script = page.locator('.slidev-presenter .slidev-note').first()
    const box = (await script.boundingBox())!
    expect(box.height).toBeGreaterThan(90)
    expect(box.width).toBeGreaterThan(230)
    expect(Number.parseFloat(await script.locator('p').first().evaluate(element => getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(14)
    await next.click()
    await expect.poll(() => placeOf(page, slides)).toEqual({ no, click: 1 })
  })
})
