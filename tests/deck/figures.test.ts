/**
 * Every live control of the figures that are computed on the spot, in the built deck: by pointer and by keyboard it moves
 * its figure, afterwards the arrow keys turn the page again, and no value it can be given breaks the picture.
 */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { gotoSlide, placeOf } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { slideOf, slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

/** The slides and the click at which their controls are tried. */
const tried = [['loss', 0], ['loss', 3], ['budget', 0], ['metric', 1], ['morph', 2], ['chat', 0], ['table', 0], ['cache', 1]] as const
const controlSelector = 'input:not([disabled]), button:not([disabled])'

/** One slide in a window of its own, with account of what went wrong. */
class Stage {
  readonly complaints: string[] = []
  readonly #after: { no: number, click: number }

  private constructor(readonly context: BrowserContext, readonly page: Page, readonly no: number, readonly click: number) {
    const slide = slides[no - 1]
    this.#after = click < (slide?.clicks ?? 0) ? { no, click: click + 1 } : { no: no + 1, click: 0 }
    watch(page, this.complaints)
  }

  static async open(alias: string, click: number): Promise<Stage> {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
    return new Stage(context, await context.newPage(), slideOf(alias).no, click)
  }

  /** Loads the slide anew, so that nothing is left of what was moved. */
  async rise(): Promise<void> {
    await this.page.goto('about:blank')
    await gotoSlide(this.page, stage.url, this.no, this.click)
    await this.controls.first().waitFor({ state: 'visible' })
  }

  get figure(): Locator {
    return this.page.locator(`.slidev-page-${this.no} [data-figure]`).first()
  }

  get controls(): Locator {
    return this.figure.locator('.figure-body').locator(controlSelector)
  }

  /** What the figure shows, in words and in drawing. */
  shown(): Promise<string> {
    return this.figure.evaluate(figure => figure.outerHTML + [...figure.querySelectorAll('input')].map(input => input.value).join())
  }

  place(): { no: number, click: number } {
    return placeOf(this.page, slides)
  }

  async turns(where: string): Promise<void> {
    await this.page.keyboard.press('ArrowRight')
    await expect.poll(() => this.place(), { message: `where ArrowRight leads after ${where}`, timeout: 3000 }).toEqual(this.#after)
  }

  faults(): Promise<string[]> {
    return this.page.evaluate(inspectSlide, this.no)
  }
}

/** Where a slider stands, from 0 to 1. */
function thumbAt(slider: Locator): Promise<number> {
  return slider.evaluate((input: HTMLInputElement) => (Number(input.value) - Number(input.min)) / (Number(input.max) - Number(input.min)))
}

async function describeControl(control: Locator): Promise<{ name: string, kind: string, rests: boolean }> {
  return control.evaluate(element => ({
    name: element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '',
    kind: element instanceof HTMLInputElement ? element.type : 'button',
    // Turning where there is nothing to turn to, and choosing what is chosen of a group of which one always is.
    rests: element.getAttribute('aria-disabled') === 'true'
      || (element.getAttribute('aria-pressed') === 'true' && element.parentElement?.getAttribute('aria-label') === 'Metric'),
  }))
}

describe.each(tried)('the controls of “%s” at click %i', (alias, click) => {
  it('move the figure by pointer, and give the keys back', async () => {
    const stage = await Stage.open(alias, click)
    await stage.rise()
    const count = await stage.controls.count()
    expect(count).toBeGreaterThan(0)
    for (let i = 0; i < count; i++) {
      await stage.rise()
      const control = stage.controls.nth(i)
      const { name, kind, rests } = await describeControl(control)
      const before = await stage.shown()
      const box = await control.boundingBox()
      // A slider is clicked away from where its thumb is.
      const along = kind === 'range' ? await thumbAt(control) > 0.5 ? 0.3 : 0.8 : 0.5
      await stage.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * along, (box?.y ?? 0) + (box?.height ?? 0) / 2)
      if (kind === 'search') {
        await stage.page.keyboard.type('mamba')
        expect(stage.place(), name).toEqual({ no: stage.no, click })
        await stage.page.keyboard.press('Enter')
      }
      if (!rests)
        await expect.poll(async () => await stage.shown() === before, { message: `whether “${name}” left the figure as it was`, timeout: 3000 }).toBe(false)
      expect(await stage.faults(), `after “${name}” by pointer`).toEqual([])
      await stage.turns(`“${name}” by pointer`)
    }
    expect(stage.complaints).toEqual([])
    await stage.context.close()
  })

  it('move the figure by keyboard, and give the keys back at Escape', async () => {
    const stage = await Stage.open(alias, click)
    await stage.rise()
    const count = await stage.controls.count()
    for (let i = 0; i < count; i++) {
      await stage.rise()
      const control = stage.controls.nth(i)
      const { name, kind, rests } = await describeControl(control)
      const before = await stage.shown()
      await control.focus()
      if (kind === 'range') {
        const value = await control.inputValue()
        await stage.page.keyboard.press('ArrowLeft')
        if (await control.inputValue() === value)
          await stage.page.keyboard.press('ArrowRight')
      }
      else if (kind === 'search') {
        await stage.page.keyboard.type('rwkv')
      }
      else {
        await stage.page.keyboard.press('Enter')
      }
      expect(stage.place(), name).toEqual({ no: stage.no, click })
      if (!rests)
        await expect.poll(async () => await stage.shown() === before, { message: `whether “${name}” left the figure as it was`, timeout: 3000 }).toBe(false)
      await stage.page.keyboard.press('Escape')
      // The first Escape may have closed what was opened, and the focus is back where it came from.
      if (await stage.figure.evaluate(figure => figure.contains(document.activeElement)))
        await stage.page.keyboard.press('Escape')
      await stage.turns(`“${name}” by keyboard`)
    }
    expect(stage.complaints).toEqual([])
    await stage.context.close()
  })

  it('take no value beyond their ends, and draw a whole picture at both', async () => {
    const stage = await Stage.open(alias, click)
    await stage.rise()
    const sliders = stage.figure.locator('input[type=range]')
    for (let i = 0; i < await sliders.count(); i++) {
      const slider = sliders.nth(i)
      const { min, max, label } = await slider.evaluate((input: HTMLInputElement) => ({ min: input.min, max: input.max, label: input.ariaLabel }))
      for (const nonsense of ['1e300', '-1e300', 'many', '', 'NaN', min, max]) {
        const value = await slider.evaluate((input: HTMLInputElement, nonsense) => {
          input.value = nonsense
          input.dispatchEvent(new Event('input', { bubbles: true }))
          return Number(input.value)
        }, nonsense)
        expect(value, `${label} at “${nonsense}”`).toBeGreaterThanOrEqual(Number(min))
        expect(value, `${label} at “${nonsense}”`).toBeLessThanOrEqual(Number(max))
        expect(await stage.faults(), `${label} at “${nonsense}”`).toEqual([])
        expect(await stage.shown()).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
    expect(stage.complaints).toEqual([])
    await stage.context.close()
  })
})
