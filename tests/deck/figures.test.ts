/**
 * Every control of every slide, in the built deck and with real events: by mouse, by finger and by keyboard it moves its
 * figure, afterwards the keys turn the page again, no drag on it ever does, and no value it can be given breaks the
 * picture. Which controls there are is found by walking.
 */
import type { CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gotoSlide, placeOf } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { slides, useStage, watch } from '../support/stage.ts'

const stage = useStage()

/** Everything on a slide that answers to a pointer. Of a row of the table the name in it is the button. */
const controlSelector = ':is(a[href], button:not([disabled]), input:not([disabled]), summary, [tabindex="0"], [data-control]:not(tr))'

interface Control {
  no: number
  /** The first click of the slide at which it is there. */
  click: number
  /** Its place among the controls of the slide at that click. */
  index: number
  kind: 'range' | 'search' | 'link' | 'button' | 'grip'
  name: string
  /** Whether using it changes nothing: choosing what is chosen, turning where there is nothing to turn to, a reset at rest. */
  rests: boolean
}

/** A key of the talk, and which way it turns. */
const keys = [['ArrowRight', 1], ['PageUp', -1], ['Space', 1], ['ArrowLeft', -1], ['PageDown', 1]] as const

let page: Page
let finger: CDPSession
const complaints: string[] = []
let found: Control[]

beforeAll(async () => {
  // The size the slides are drawn at: here the shell's own bar lies over the controls at the bottom left.
  const context = await stage.browser.newContext({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  finger = await context.newCDPSession(page)
  watch(page, complaints)
  await gotoSlide(page, stage.url, 1)
  // A link would open a page of the network beside the deck.
  await page.evaluate(() => addEventListener('click', event => (event.target as Element).closest('a') && event.preventDefault()))
  found = await walk()
})

afterAll(() => page.context().close())

const frame = () => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
const controls = (no: number) => page.locator(`.slidev-page-${no} .slidev-layout ${controlSelector} >> visible=true`)
const describeControl = (control: Control) => `slide ${control.no} “${slides[control.no - 1]?.alias}” at click ${control.click}, “${control.name}”`

async function turn(no: number, click: number): Promise<void> {
  await page.evaluate(([no, click]) => {
    location.hash = `#/${no}?clicks=${click}`
  }, [no, click])
  if (!await comes(() => isAt({ no, click })))
    throw new Error(`The address of slide ${no} at click ${click} leads to ${JSON.stringify(placeOf(page, slides))}.`)
}

async function go(no: number, click: number): Promise<void> {
  await turn(no, click)
  await page.locator(`.slidev-page-${no}`).first().waitFor({ state: 'visible' })
  await frame()
}

/** Whether it becomes true, in a time that is generous on a busy machine. */
async function comes(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 5000; Date.now() < end; await page.waitForTimeout(10)) {
    if (await condition())
      return true
  }
  return false
}

function isAt({ no, click }: { no: number, click: number }): boolean {
  const place = placeOf(page, slides)
  return place.no === no && place.click === click
}

/** Goes to the click of a control with the figure as the talk plans it: the click before or after takes back what was moved. */
async function rise({ no, click }: { no: number, click: number }): Promise<void> {
  const clicks = slides[no - 1]?.clicks ?? 0
  if (clicks > 0)
    await turn(no, click < clicks ? click + 1 : click - 1)
  await go(no, click)
}

async function walk(): Promise<Control[]> {
  const all: Control[] = []
  for (const { no, clicks } of slides) {
    for (let click = 0; click <= clicks; click++) {
      await go(no, click)
      const there = await controls(no).evaluateAll(elements => elements.map((element, index) => ({
        index,
        kind: element instanceof HTMLInputElement ? element.type as 'range' | 'search' : element.tagName === 'A' ? 'link' as const : element.tagName === 'BUTTON' ? 'button' as const : 'grip' as const,
        name: element.getAttribute('aria-label') ?? (element.textContent?.trim() || element.getAttribute('class') || element.tagName),
        rests: element.getAttribute('aria-disabled') === 'true' || element.textContent?.trim() === 'reset'
          || (element.getAttribute('aria-pressed') === 'true' && element.parentElement?.getAttribute('aria-label') === 'Metric'),
      })))
      // Of a list of links the first and the last.
      const links = there.filter(({ kind }) => kind === 'link')
      for (const control of there.filter(control => control.kind !== 'link' || control === links[0] || control === links.at(-1))) {
        if (!all.some(({ no: known, kind, name }) => known === no && kind === control.kind && name === control.name))
          all.push({ no, click, ...control })
      }
    }
  }
  return all
}

/** What the slide shows, in words, in drawing and in its fields. */
function shown(no: number): Promise<string> {
  return page.locator(`.slidev-page-${no}`).first().evaluate(slide => slide.innerHTML + [...slide.querySelectorAll('input')].map(input => input.value).join())
}

/** Uses a control and returns the problems: it moved nothing, or turned the page. */
async function use(control: Control, how: (target: Locator) => Promise<void>): Promise<string[]> {
  if (!await comes(async () => await controls(control.no).count() > control.index))
    return [`${describeControl(control)}: is not there, only ${(await controls(control.no).allInnerTexts()).map(name => `“${name}”`).join(', ')}`]
  const before = await shown(control.no)
  await how(controls(control.no).nth(control.index))
  const problems: string[] = []
  if (!control.rests && control.kind !== 'link') {
    if (!await comes(async () => await shown(control.no) !== before))
      problems.push('moves nothing')
  }
  if (!isAt(control))
    problems.push('turns the page')
  return problems.map(problem => `${describeControl(control)}: ${problem}`)
}

/** Presses a key of the talk and says where it failed to lead. */
async function turns(control: Control, [key, way]: typeof keys[number]): Promise<string[]> {
  const clicks = slides[control.no - 1]?.clicks ?? 0
  const expected = way > 0
    ? control.click < clicks ? { no: control.no, click: control.click + 1 } : { no: control.no + 1, click: 0 }
    : control.click > 0 ? { no: control.no, click: control.click - 1 } : { no: control.no - 1, click: slides[control.no - 2]?.clicks ?? 0 }
  const focus = await page.evaluate(() => document.activeElement === document.body ? '' : document.activeElement?.outerHTML.slice(0, 80))
  await page.keyboard.press(key)
  return await comes(() => isAt(expected)) ? [] : [`${describeControl(control)}: afterwards ${key} does not turn the page${focus ? `, the focus is on ${focus}` : ''}`]
}

/** Each control is followed by one of the keys, in turn; the first of each kind by all of them, each after a use of its own. */
async function useAndTurn(list: readonly Control[], how: (control: Control, target: Locator) => Promise<void>, after: (control: Control) => Promise<string[]> = async () => []): Promise<string[]> {
  const problems: string[] = []
  const kinds = new Set<string>()
  for (const [i, control] of list.entries()) {
    const tried = kinds.has(control.kind) ? [keys[i % keys.length]!] : keys
    kinds.add(control.kind)
    for (const key of tried) {
      await rise(control)
      problems.push(...await use(control, target => how(control, target)), ...await after(control), ...await turns(control, key))
    }
  }
  return [...problems, ...complaints.splice(0)]
}

interface Spot { x: number, y: number }

async function middle(target: Locator): Promise<Spot> {
  const box = await target.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

/** A place on a slider away from where its thumb is. */
async function along(slider: Locator): Promise<Spot> {
  const box = await slider.boundingBox()
  const at = await slider.evaluate((input: HTMLInputElement) => (Number(input.value) - Number(input.min)) / (Number(input.max) - Number(input.min)))
  // Close to its left end, which the bar of the shell must not take.
  return { x: (box?.x ?? 0) + (box?.width ?? 0) * (at > 0.3 ? 0.03 : 0.8), y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

/** A finger goes down, moves and is lifted. */
async function swipe(from: Spot, by: { x: number }): Promise<void> {
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] })
  for (const part of [0.5, 1])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from.x + by.x * part, y: from.y }] })
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await frame()
}

describe('every control of every slide', () => {
  it('is found, of every kind', () => {
    expect([...new Set(found.map(({ kind }) => kind))].sort()).toEqual(['button', 'grip', 'link', 'range', 'search'])
    // The slides that say so in their source.
    for (const alias of ['loss', 'budget', 'metric', 'loan', 'race', 'where', 'morph', 'map', 'chat', 'reward', 'table', 'cache', 'sources'])
      expect(found.filter(({ no }) => slides[no - 1]?.alias === alias), alias).not.toEqual([])
  })

  it('moves its figure by mouse, and gives the keys back', async () => {
    const problems = await useAndTurn(found, async ({ kind }, target) => {
      if (kind === 'range') {
        // Dragged, and let go beside it.
        const { x, y } = await along(target)
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + 20, y - 40)
        await page.mouse.up()
      }
      else if (kind === 'grip') {
        const { x, y } = await middle(target)
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + 90, y)
        await page.mouse.up()
      }
      else {
        const { x, y } = await middle(target)
        await page.mouse.click(x, y)
        if (kind === 'search') {
          // With the letters of Slidev's own short cuts: overview, dark, go to.
          await page.keyboard.type('mod go')
          await page.keyboard.press('Enter')
        }
      }
    }, async control => (await page.evaluate(inspectSlide, control.no)).map(problem => `${describeControl(control)}: ${problem}`))
    expect(problems).toEqual([])
  })

  it('moves its figure by keyboard alone, with a ring that shows the focus, and gives the keys back at Escape', async () => {
    const reachable = found.filter(({ kind }) => kind !== 'grip')
    const problems = await useAndTurn(reachable, async ({ kind }, target) => {
      // What was pressed before counts: the browser shows the focus to those who use the keyboard.
      await page.keyboard.press('Shift')
      const bare = await target.evaluate(element => getComputedStyle(element).outline)
      await target.focus()
      const ring = await target.evaluate((element) => {
        const { outline, outlineStyle, outlineWidth } = getComputedStyle(element)
        return { outline, seen: element.matches(':focus-visible') && outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5 }
      })
      expect(ring.seen && ring.outline !== bare, `whether the focus is seen on ${await target.evaluate(element => element.outerHTML.slice(0, 120))}`).toBe(true)
      if (kind === 'range') {
        const value = await target.inputValue()
        await page.keyboard.press('ArrowLeft')
        if (await target.inputValue() === value)
          await page.keyboard.press('ArrowRight')
      }
      else if (kind === 'search') {
        await page.keyboard.type('rwkv od')
      }
      else {
        await page.keyboard.press('Enter')
      }
    }, async () => {
      await page.keyboard.press('Escape')
      await frame()
      // The first Escape may have closed what was opened; then the focus is back where it came from.
      if (await page.evaluate(() => document.activeElement !== document.body))
        await page.keyboard.press('Escape')
      return []
    })
    expect(problems).toEqual([])
  })

  it('is reached with the Tab key, in the order of the slide', async () => {
    for (const { alias, no } of slides.filter(({ no }) => found.some(control => control.no === no))) {
      await go(no, 0)
      const all = await controls(no).evaluateAll(elements => elements.filter(element => !element.matches('[data-control]')).length)
      // From the heading on, as the keyboard goes that has read it.
      await page.locator(`.slidev-page-${no} h1`).first().evaluate((heading) => {
        heading.tabIndex = -1
        heading.focus()
      })
      const reached: number[] = []
      for (let tab = 0; tab < all; tab++) {
        await page.keyboard.press('Tab')
        reached.push(await controls(no).evaluateAll(elements => elements.filter(element => !element.matches('[data-control]')).indexOf(document.activeElement as HTMLElement)))
      }
      await page.keyboard.press('Escape')
      await page.locator(`.slidev-page-${no} h1`).first().evaluate(heading => heading.removeAttribute('tabindex'))
      expect(reached, alias).toEqual([...reached.keys()])
    }
  })

  it('goes to both of its ends if it is a slider, and the figure goes with it and draws a whole picture', async () => {
    for (const control of found.filter(({ kind }) => kind === 'range')) {
      await rise(control)
      const slider = controls(control.no).nth(control.index)
      for (const end of ['min', 'max'] as const) {
        await slider.evaluate((input: HTMLInputElement, end) => {
          input.value = input[end]
          input.dispatchEvent(new Event('input', { bubbles: true }))
        }, end)
        await frame()
        const where = `${describeControl(control)} at its ${end}`
        // The filled part is drawn by what the figure has, not by what the browser’s own slider shows.
        expect(Number.parseFloat(await slider.evaluate((input: HTMLInputElement) => input.style.getPropertyValue('--filled'))), where).toBeCloseTo(end === 'min' ? 0 : 100, 6)
        expect(await page.evaluate(inspectSlide, control.no), where).toEqual([])
        expect(await shown(control.no), where).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
    expect(complaints.splice(0)).toEqual([])
  })

  it('moves its figure by a tap, and no finger that goes down on it turns a page', async () => {
    await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    const problems = await useAndTurn(found.filter(({ kind }) => kind !== 'grip'), async ({ kind }, target) => {
      const spot = kind === 'range' ? await along(target) : await middle(target)
      await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [spot] })
      await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      if (kind === 'search') {
        await page.keyboard.type('mamba')
        await page.keyboard.press('Enter')
      }
    })
    let last: Control | undefined
    for (const control of found) {
      // A swipe along a slider moves it, and some figures then need other controls.
      const isThere = control.no === last?.no && control.click === last.click && isAt(control) && last.kind !== 'range'
      if (!isThere)
        await rise(control)
      last = control
      const { x, y } = await middle(controls(control.no).nth(control.index))
      await swipe({ x, y }, { x: x > 300 ? -200 : 200 })
      if (!isAt(control))
        problems.push(`${describeControl(control)}: a swipe on it turns the page`)
    }
    expect(problems).toEqual([])

    // Elsewhere on the slide a swipe turns the page, as Slidev has it.
    const { no, click } = found.find(({ kind }) => kind === 'range')!
    await go(no, click)
    await swipe(await middle(page.locator(`.slidev-page-${no} h1`)), { x: -200 })
    expect(await comes(() => isAt({ no, click: click + 1 }))).toBe(true)
  })

  it('leaves Slidev’s own bar where a mouse in the corner and the Tab key find it', async () => {
    await go(3, 0)
    const bar = page.locator('#slide-container nav')
    const next = bar.getByTitle('Go to next slide')
    await page.mouse.move(500, 20)
    expect(await bar.evaluate(nav => getComputedStyle(nav.parentElement!).opacity)).toBe('0')
    await page.mouse.move(4, 548)
    await comes(() => bar.evaluate(nav => getComputedStyle(nav.parentElement!).opacity === '1'))
    await next.click({ timeout: 5000 })
    expect(await comes(() => isAt({ no: 3, click: 1 }))).toBe(true)
    // And the keys are the talk's again while the mouse is still on it.
    await page.keyboard.press('ArrowLeft')
    expect(await comes(() => isAt({ no: 3, click: 0 }))).toBe(true)
  })
})
