/**
 * Every control of every slide, in the built deck and with real events: by mouse, by finger and by keyboard it moves its
 * figure, afterwards the keys turn the page again, no drag on it ever does, and no value it can be given breaks the
 * picture. Which controls there are is found by walking.
 */
import type { CDPSession, ElementHandle, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { painted, placeOf, standsAt, turnTo } from '../support/places.ts'
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

/** The keys of the talk that turn on, and those that turn back. */
const onward = ['ArrowRight', 'Space', 'PageDown']
const backward = ['PageUp', 'ArrowLeft']

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

const controls = (no: number) => page.locator(`.slidev-page-${no} .slidev-layout ${controlSelector} >> visible=true`)
const clicksOf = (no: number) => slides[no - 1]?.clicks ?? 0
const describeControl = (control: Control) => `slide ${control.no} “${slides[control.no - 1]?.alias}” at click ${control.click}, “${control.name}”`

/** Whether it becomes true, in a time that is generous on a busy machine. */
async function comes(condition: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 10_000; Date.now() < end; await painted(page)) {
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
  if (clicksOf(no) > 0)
    await turnTo(page, no, click < clicksOf(no) ? click + 1 : click - 1)
  await turnTo(page, no, click)
  await endRun(no)
}

/** A run goes on through the clicks of its slide, until it is reset. */
async function endRun(no: number): Promise<void> {
  const ended = await page.locator(`.slidev-page-${no} .run-bar`).evaluateAll((bars) => {
    for (const button of bars.flatMap(bar => [...bar.querySelectorAll('button')]).filter(({ textContent }) => textContent?.trim() === 'reset'))
      button.click()
    return bars.length > 0
  })
  if (ended)
    await expect.poll(() => page.workers().length).toBe(0)
}

async function walk(): Promise<Control[]> {
  const all: Control[] = []
  for (const { no, clicks } of slides) {
    for (let click = 0; click <= clicks; click++) {
      await turnTo(page, no, click)
      const there = await controls(no).evaluateAll(elements => elements.map((element, index) => ({
        index,
        kind: element instanceof HTMLInputElement ? element.type as 'range' | 'search' : element.tagName === 'A' ? 'link' as const : element.tagName === 'BUTTON' ? 'button' as const : 'grip' as const,
        name: element.getAttribute('aria-label') ?? (element.textContent?.trim() || element.getAttribute('class') || element.tagName),
        rests: element.getAttribute('aria-disabled') === 'true' || element.textContent?.trim() === 'reset'
          || (element.getAttribute('aria-pressed') === 'true' && ['Metric', 'Kind of work', 'Transformer to look at'].includes(element.parentElement?.getAttribute('aria-label') ?? '')),
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

/** What the slide shows, in words, in drawing and in its fields. Runs in the page. */
function shown(no: number): string {
  const slide = document.querySelector(`.slidev-page-${no}`)!
  return slide.innerHTML + [...slide.querySelectorAll('input')].map(input => input.value).join()
}

/** The element of a control, once it is there. */
async function handleOf({ no, index }: Control): Promise<Target | undefined> {
  return await controls(no).nth(index).elementHandle({ timeout: 5000 }).catch(() => undefined) as Target | undefined
}

/** Uses a control and returns the problems: it moved nothing, or turned the page. */
async function use(control: Control, how: Way['use']): Promise<string[]> {
  const target = await handleOf(control)
  if (!target)
    return [`is not there, only ${(await controls(control.no).allInnerTexts()).map(name => `“${name}”`).join(', ')}`]
  const before = await page.evaluate(shown, control.no)
  const problems = await how(control, target)
  if (!control.rests && control.kind !== 'link') {
    if (!await comes(async () => await page.evaluate(shown, control.no) !== before))
      problems.push('moves nothing')
  }
  if (!isAt(control))
    problems.push('turns the page')
  return problems
}

/** Presses a key of the talk, which turns on or back from a place, and says where it failed to lead. */
async function turns({ no, click }: { no: number, click: number }, key: string): Promise<string[]> {
  const expected = onward.includes(key)
    ? click < clicksOf(no) ? { no, click: click + 1 } : { no: no + 1, click: 0 }
    : click > 0 ? { no, click: click - 1 } : { no: no - 1, click: clicksOf(no - 1) }
  await page.keyboard.press(key)
  if (await standsAt(page, slides[expected.no - 1]!, expected.click))
    return []
  const focus = await page.evaluate(() => document.activeElement === document.body ? '' : document.activeElement?.outerHTML.slice(0, 80))
  return [`afterwards ${key} does not turn the page${focus ? `, the focus is on ${focus}` : ''}`]
}

type Target = ElementHandle<HTMLElement>

/** A way to use a control, and what is looked at afterwards, before a key turns the page. */
interface Way {
  name: string
  /** What is wrong already while it is used is returned. */
  use: (control: Control, target: Target) => Promise<string[]>
  then?: (control: Control) => Promise<string[]>
}

/**
 * Uses a control in one way after the other. After each use a key of the talk turns the page, and another turns back: so
 * the figure is as planned again. The first of each kind is used once for each of the keys.
 */
async function useAndTurn(control: Control, ways: readonly Way[], turn: number, isFirst: boolean): Promise<string[]> {
  const problems: string[] = []
  const { no, click } = control
  // The way to another click of the same slide takes back what was moved.
  const forward = clicksOf(no) === 0 ? turn % 2 === 0 : click < clicksOf(no)
  for (const [w, way] of ways.entries()) {
    // Every key comes first once: those that lead away from this slide too.
    const tried = isFirst ? [...onward, ...backward] : [(forward ? onward : backward)[(turn + w) % (forward ? onward : backward).length]!]
    for (const key of tried) {
      const found = [...await use(control, way.use), ...await way.then?.(control) ?? [], ...await turns(control, key)]
      const back = onward.includes(key) ? backward : onward
      if (found.length === 0) {
        const { no, click } = placeOf(page, slides)
        found.push(...await turns({ no, click }, back[(turn + w) % back.length]!))
      }
      problems.push(...found.map(problem => `${describeControl(control)}, by ${way.name}: ${problem}`))
      // After a key that left the slide the figure is as it was moved; after a fault anything may be.
      if (found.length > 0 || (clicksOf(no) > 0 && (onward.includes(key) ? click === clicksOf(no) : click === 0)))
        await rise(control)
      else
        await endRun(no)
    }
  }
  return [...problems, ...complaints.splice(0)]
}

interface Spot { x: number, y: number }

async function middle(target: Pick<Target, 'boundingBox'>): Promise<Spot> {
  const box = await target.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

/** A place on a slider away from where its thumb is. */
function along(slider: Target): Promise<Spot> {
  return (slider as unknown as ElementHandle<HTMLInputElement>).evaluate((input) => {
    const { left, width, top, height } = input.getBoundingClientRect()
    const at = (Number(input.value) - Number(input.min)) / (Number(input.max) - Number(input.min))
    // Close to its left end, which the bar of the shell must not take.
    return { x: left + width * (at > 0.3 ? 0.03 : 0.8), y: top + height / 2 }
  })
}

/** A finger goes down, moves and is lifted. */
async function swipe(from: Spot, by: { x: number }): Promise<void> {
  await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] })
  for (const part of [0.5, 1])
    await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from.x + by.x * part, y: from.y }] })
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await painted(page)
}

const mouse: Way = {
  name: 'mouse',
  async use({ kind }, target) {
    const { x, y } = await (kind === 'range' ? along(target) : middle(target))
    if (kind === 'range' || kind === 'grip') {
      // Dragged, and let go beside it.
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + (kind === 'grip' ? 90 : 20), y - (kind === 'grip' ? 0 : 40))
      await page.mouse.up()
      return []
    }
    await page.mouse.click(x, y)
    if (kind === 'search') {
      // With the letters of Slidev's own short cuts: overview, dark, go to.
      await page.keyboard.type('mod go')
      await page.keyboard.press('Enter')
    }
    return []
  },
  async then({ no }) {
    let problems = await page.evaluate(inspectSlide, no)
    // A figure that grew is made smaller when its new size is known, on a busy machine some pictures later: what stays is a fault.
    for (let pictures = 0; problems.length > 0 && pictures < 30; pictures++) {
      await painted(page)
      problems = await page.evaluate(inspectSlide, no)
    }
    return problems
  },
}

const keyboard: Way = {
  name: 'keyboard',
  async use({ kind }, target) {
    // What was pressed before counts: the browser shows the focus to those who use the keyboard.
    await page.keyboard.press('Shift')
    const ring = await target.evaluate((element) => {
      const bare = getComputedStyle(element).outline
      element.focus()
      const { outline, outlineStyle, outlineWidth } = getComputedStyle(element)
      return element.matches(':focus-visible') && outline !== bare && outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5
    })
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
    return ring ? [] : ['does not show the focus']
  },
  async then() {
    await page.keyboard.press('Escape')
    await painted(page)
    // The first Escape may have closed what was opened; then the focus is back where it came from.
    if (await page.evaluate(() => document.activeElement !== document.body))
      await page.keyboard.press('Escape')
    return []
  },
}

const tap: Way = {
  name: 'finger',
  async use({ kind }, target) {
    await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true })
    const spot = await (kind === 'range' ? along(target) : middle(target))
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [spot] })
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    if (kind === 'search') {
      await page.keyboard.type('mamba')
      await page.keyboard.press('Enter')
    }
    return []
  },
}

describe('every control of every slide', () => {
  it('is found, of every kind', () => {
    expect([...new Set(found.map(({ kind }) => kind))].sort()).toEqual(['button', 'grip', 'link', 'range', 'search'])
    // The slides that say so in their source.
    for (const alias of ['loss', 'budget', 'metric', 'loan', 'race', 'morph', 'map', 'chat', 'reward', 'table', 'cache', 'sources'])
      expect(found.filter(({ no }) => slides[no - 1]?.alias === alias), alias).not.toEqual([])
  })

  it('moves its figure by mouse, by keyboard alone and by finger, and gives the keys back; no drag on it turns the page', async () => {
    const problems: string[] = []
    const kinds = new Set<string>()
    let last: Control | undefined
    for (const [i, control] of found.entries()) {
      // The keys have led away and back from the control before, and only what can be dragged was moved since.
      const isAsPlanned = last?.no === control.no && last.click === control.click && isAt(control) && !['range', 'grip'].includes(last.kind)
      if (!isAsPlanned)
        await rise(control)
      last = control
      problems.push(...await useAndTurn(control, control.kind === 'grip' ? [mouse] : [mouse, keyboard, tap], i, !kinds.has(control.kind)))
      kinds.add(control.kind)
      const { x, y } = await middle((await handleOf(control))!)
      await swipe({ x, y }, { x: x > 300 ? -200 : 200 })
      await finger.send('Emulation.setTouchEmulationEnabled', { enabled: false })
      if (!isAt(control))
        problems.push(`${describeControl(control)}: a swipe on it turns the page`)
    }
    expect(problems).toEqual([])

    // Elsewhere on the slide a swipe turns the page, as Slidev has it.
    const { no, click } = found.find(({ kind }) => kind === 'range')!
    await turnTo(page, no, click)
    await swipe(await middle(page.locator(`.slidev-page-${no} h1`)), { x: -200 })
    expect(await standsAt(page, slides[no - 1]!, click + 1)).toBe(true)
    await finger.send('Emulation.setTouchEmulationEnabled', { enabled: false })
  // The longest of all tests; how fast it is proves nothing.
  }, 900_000)

  it('is reached with the Tab key, in the order of the slide', async () => {
    for (const { alias, no } of slides.filter(({ no }) => found.some(control => control.no === no))) {
      await turnTo(page, no, 0)
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
        await painted(page)
        const where = `${describeControl(control)} at its ${end}`
        // The filled part is drawn by what the figure has, not by what the browser’s own slider shows.
        expect(Number.parseFloat(await slider.evaluate((input: HTMLInputElement) => input.style.getPropertyValue('--filled'))), where).toBeCloseTo(end === 'min' ? 0 : 100, 6)
        expect(await page.evaluate(inspectSlide, control.no), where).toEqual([])
        expect(await page.evaluate(shown, control.no), where).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
    expect(complaints.splice(0)).toEqual([])
  })

  it('leaves Slidev’s own bar where a mouse in the corner and the Tab key find it', async () => {
    await turnTo(page, 3, 0)
    const bar = page.locator('#slide-container nav')
    const next = bar.getByTitle('Go to next slide')
    await page.mouse.move(500, 20)
    expect(await bar.evaluate(nav => getComputedStyle(nav.parentElement!).opacity)).toBe('0')
    await page.mouse.move(4, 548)
    await expect.poll(() => bar.evaluate(nav => getComputedStyle(nav.parentElement!).opacity)).toBe('1')
    await next.click({ timeout: 5000 })
    await expect.poll(() => placeOf(page, slides)).toEqual({ no: 3, click: 1 })
    // And the keys are the talk's again while the mouse is still on it.
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => placeOf(page, slides)).toEqual({ no: 3, click: 0 })
  })
})
