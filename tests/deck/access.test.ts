/**
 * The talk for those who listen, who use the keyboard, who need more contrast or less motion: what the browser tells
 * assistive technology about the built deck, and what stands out from the paper.
 */
import type { AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { inspectMarks } from '../support/inspect-marks.ts'
import { placeOf, turnTo } from '../support/places.ts'
import { numberOf, slideOf, slides, useStage } from '../support/stage.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const stage = useStage()

let context: BrowserContext
let page: Page
beforeAll(async () => {
  context = await stage.browser.newContext({ viewport: { width: 980, height: 552 }, colorScheme: 'light', reducedMotion: 'reduce', hasTouch: true })
  page = await context.newPage()
  await gotoSlide(page, stage.url, 1)
})
afterAll(() => context.close())

/** A slide once it is there, with nothing open. */
const slideAt = (no: number) => page.locator(`.slidev-page-${no}`).first()
const said = (what: 'slide' | 'figure') => page.locator(`[data-said=${what}]`).innerText()

interface Node { role: string, name: string, description: string }

/** What the browser tells assistive technology, in reading order, without what it ignores. */
async function heard(): Promise<Node[]> {
  const tools = await context.newCDPSession(page)
  const { nodes } = await tools.send('Accessibility.getFullAXTree')
  await tools.detach()
  const byId = new Map(nodes.map(node => [node.nodeId, node]))
  const inOrder: Node[] = []
  const visit = (id: string): void => {
    const node = byId.get(id)
    if (!node)
      return
    if (!node.ignored)
      inOrder.push({ role: String(node.role?.value ?? ''), name: String(node.name?.value ?? ''), description: String(node.description?.value ?? '') })
    for (const child of node.childIds ?? [])
      visit(child)
  }
  visit(nodes[0]?.nodeId ?? '')
  return inOrder
}

describe('the data of every figure', () => {
  it('opens as tables that hold the numbers the figure sets large, and closes', async () => {
    const problems: string[] = []
    let opened = 0
    for (const slide of slides) {
      await turnTo(page, slide.no, slide.clicks)
      const figure = slideAt(slide.no).locator('[data-figure]')
      if (await figure.count() === 0)
        continue
      const control = figure.locator('.data-control')
      if (await control.count() === 0) {
        // What is a table or a list of rows already needs no other.
        if (await figure.locator('table, .printed-list, .reading-page').count() === 0)
          problems.push(`${slide.alias}: no data`)
        continue
      }
      const large = await figure.locator('.figure-body .big-number').allInnerTexts()
      await control.click()
      const tables = await figure.locator('.data-sheet table').evaluateAll(tables => tables.map(table => ({
        caption: table.querySelector('caption')?.textContent ?? '',
        columns: [...table.querySelectorAll('thead th[scope=col]')].map(cell => cell.textContent ?? ''),
        rows: [...table.querySelectorAll('tbody tr')].map(row => [...row.querySelectorAll('th[scope=row], td')].map(cell => cell.textContent ?? '')),
      })))
      opened++
      const where = `${slide.alias}: `
      if (tables.length === 0)
        problems.push(`${where}no table`)
      for (const { caption, columns, rows } of tables) {
        if (!caption || rows.length === 0 || columns.length < 2)
          problems.push(`${where}an empty table “${caption}”`)
        if (rows.some(row => row.length !== columns.length))
          problems.push(`${where}rows and columns of “${caption}” do not fit`)
        const broken = rows.flat().filter(cell => cell === '' || /NaN|undefined|Infinity|\[object/.test(cell))
        if (broken.length > 0)
          problems.push(`${where}“${caption}” says ${broken.slice(0, 3).map(cell => `“${cell}”`).join(', ')}`)
      }
      const text = tables.flatMap(({ caption, rows }) => [caption, ...rows.flat()]).join(' ').replaceAll(',', '')
      for (const number of large.flatMap(words => words.replaceAll(',', '').match(/\d+(?:\.\d+)?/g) ?? [])) {
        // A table may give more digits than the slide: 704.6M stands for 704643072.
        if (!text.includes(number) && !text.includes(number.replace('.', '')))
          problems.push(`${where}the tables have no ${number}`)
      }
      await page.keyboard.press('Escape')
      if (await figure.locator('.data-sheet').count() > 0)
        problems.push(`${where}does not close`)
    }
    expect(problems).toEqual([])
    expect(opened).toBeGreaterThan(15)
  })

  it('goes by keyboard alone: in with Enter, scrolls, out with Escape, and then the keys turn pages', async () => {
    const no = numberOf('loss')
    await gotoSlide(page, stage.url, no, 1)
    const control = slideAt(no).locator('.data-control')
    const sheet = slideAt(no).locator('.data-sheet')
    for (let tabs = 0; tabs < 20 && !await control.evaluate(element => element === document.activeElement); tabs++)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => sheet.evaluate(element => element === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => sheet.evaluate(element => element.scrollTop)).toBeGreaterThan(20)
    expect(placeOf(page, slides)).toEqual({ no, click: 1 })
    // The drawing under it is out of reach.
    await page.keyboard.press('Tab')
    expect(await page.evaluate(no => document.activeElement?.closest(`.slidev-page-${no} .figure-body`) == null, no)).toBe(true)
    await sheet.focus()
    await page.keyboard.press('Escape')
    expect(await sheet.count()).toBe(0)
    expect(await control.evaluate(element => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides)).toEqual({ no, click: 2 })
  })

  it('shows the figure as it is, turns no page by wheel or touch, and closes when the talk goes on', async () => {
    const no = numberOf('loss')
    await gotoSlide(page, stage.url, no, 0)
    await slideAt(no).locator('.data-control').click()
    const sheet = slideAt(no).locator('.data-sheet')
    expect(await sheet.innerText()).toContain('not shown yet')
    const box = await sheet.boundingBox()
    const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 150]
    await page.mouse.move(x, y)
    await page.mouse.wheel(0, 200)
    await expect.poll(() => sheet.evaluate(element => element.scrollTop)).toBeGreaterThan(100)
    const tools = await context.newCDPSession(page)
    await tools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    for (let step = 1; step <= 8; step++)
      await tools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: x - 35 * step, y }] })
    await tools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await tools.detach()
    expect(placeOf(page, slides)).toEqual({ no, click: 0 })

    await page.keyboard.press('ArrowRight')
    await expect.poll(() => placeOf(page, slides).click).toBe(1)
    await expect.poll(() => sheet.count()).toBe(0)
    await slideAt(no).locator('.data-control').click()
    expect(await sheet.innerText()).not.toContain('not shown yet')
    for (let click = 2; click <= slideOf('loss').clicks + 1; click++)
      await page.keyboard.press('PageDown')
    await expect.poll(() => placeOf(page, slides).no).toBe(no + 1)
    await page.keyboard.press('PageUp')
    await expect.poll(() => placeOf(page, slides).no).toBe(no)
    expect(await sheet.count()).toBe(0)
  })

  it('has no fault that axe finds, in the light and in the dark', async () => {
    const no = numberOf('race')
    await gotoSlide(page, stage.url, no, 2)
    await slideAt(no).locator('.data-control').click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForFunction(dark => document.documentElement.classList.contains('dark') === dark, colorScheme === 'dark')
      expect(await axe(`.slidev-page-${no}`), colorScheme).toEqual([])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  })
})

describe('who listens', () => {
  it('hears one slide: its name, who says so, the heading, the figure with its words, the controls, the source', async () => {
    const slide = slideOf('loss')
    await turnTo(page, slide.no, 3)
    // All slides are in the page soon after the first.
    await page.waitForFunction(count => document.querySelectorAll('.slidev-page').length >= count, slides.length, { timeout: 60_000 })
    const nodes = await heard()
    expect(nodes.filter(({ role }) => role === 'main').map(({ name }) => name)).toEqual([`Slide ${slide.no} of ${slides.length}: ${slide.heading}`])
    expect(nodes.filter(({ role }) => role === 'heading').map(({ name }) => name)).toEqual([slide.heading])

    const placeOfFirst = (is: (node: Node) => boolean) => nodes.findIndex(is)
    const order = [
      placeOfFirst(({ role }) => role === 'main'),
      placeOfFirst(({ name }) => /^claimed by/i.test(name)),
      placeOfFirst(({ role }) => role === 'heading'),
      placeOfFirst(({ role }) => role === 'figure'),
      placeOfFirst(({ name }) => name.startsWith('Training compute seen: up to')),
      placeOfFirst(({ role }) => role === 'slider'),
      placeOfFirst(({ role, name }) => role === 'button' && name.includes('data of this figure')),
      placeOfFirst(({ name }) => name.startsWith('Gadre et al.')),
    ]
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
    const figure = nodes.find(({ role }) => role === 'figure')
    expect(figure?.name).toMatch(/^34 language models/)
    expect(figure?.description).toMatch(/predicts a loss of 2\.31/)
  })

  it('reads a slide of words in its order, headings without a gap', async () => {
    const slide = slideOf('since')
    await turnTo(page, slide.no)
    const names = (await heard()).filter(({ role }) => role === 'heading').map(({ name }) => name)
    expect(names).toEqual([slide.heading, 'Where answers can be checked', 'Where many answers are good'])
  })

  it('is told when a page is turned, and what a figure shows once it rests', async () => {
    const no = numberOf('budget')
    await gotoSlide(page, stage.url, no - 1, slideOf('loss').clicks)
    expect(await said('slide')).toBe('')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => said('slide')).toBe(`Slide ${no} of ${slides.length}: ${slideOf('budget').heading}`)
    expect(await said('figure')).toBe('')
    await page.keyboard.press('ArrowRight')
    const summary = slideAt(no).locator('[data-summary]')
    await expect.poll(() => said('figure'), { timeout: 10_000 }).toBe(await summary.innerText())
    // One region a window speaks of each: previews and slides that wait stay silent.
    expect(await page.locator('[aria-live]').count()).toBe(2)
  })

  it('hears nothing from the previews of the speaker’s window', async () => {
    const speaker = await context.newPage()
    const no = numberOf('budget')
    await speaker.goto(`${stage.url}#/presenter/${no}`)
    await speaker.locator(`.slidev-page-${no}`).nth(1).waitFor()
    // They come a moment after the slide.
    await expect.poll(() => speaker.locator('[data-said]').count(), { timeout: 20_000 }).toBe(2)
    expect(await speaker.locator('main, [role=main]').evaluateAll(mains => mains.filter(main => main.checkVisibility()).length)).toBe(1)
    await speaker.close()
  })

  it('cannot fall into a slide that waits: Tab stays on the slide that is shown', async () => {
    const no = numberOf('race')
    await gotoSlide(page, stage.url, no)
    await page.waitForFunction(count => document.querySelectorAll('.slidev-page').length >= count, slides.length, { timeout: 60_000 })
    const strays = new Set<string>()
    for (let tabs = 0; tabs < 40; tabs++) {
      await page.keyboard.press('Tab')
      const on = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('.slidev-page')?.dataset.slidevNo ?? '')
      if (on && on !== String(no))
        strays.add(on)
    }
    expect([...strays]).toEqual([])
  })
})

describe('what is drawn', () => {
  it.each(['light', 'dark'] as const)('keeps its lines where the system forces colours of its own (%s)', async (colorScheme) => {
    const no = numberOf('race')
    await page.emulateMedia({ forcedColors: 'active', colorScheme })
    await turnTo(page, no, 2)
    await page.waitForFunction(dark => document.documentElement.classList.contains('dark') === dark, colorScheme === 'dark')
    const lines = (await page.evaluate(inspectMarks, no)).filter(({ mark }) => /path\.line\.(?!hair)/.test(mark))
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.filter(({ contrast }) => contrast < 3)).toEqual([])
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
  })

  it('moves where motion is welcome, and is simply there where it is not', async () => {
    const no = numberOf('morph')
    const moving = async (reducedMotion: 'reduce' | 'no-preference'): Promise<number> => {
      await page.emulateMedia({ reducedMotion })
      await turnTo(page, no)
      await page.waitForFunction(no => document.querySelector(`.slidev-page-${no} .stack-diagram`), no)
      await page.keyboard.press('ArrowRight')
      await page.waitForFunction(no => document.querySelector(`.slidev-page-${no} figcaption`)?.textContent?.startsWith('One attention'), no)
      return page.evaluate(no => document.getAnimations().filter(({ effect }) =>
        effect instanceof KeyframeEffect && effect.target?.closest(`.slidev-page-${no}`) && Number(effect.getComputedTiming().duration) > 0).length, no)
    }
    expect(await moving('no-preference')).toBeGreaterThan(0)
    expect(await moving('reduce')).toBe(0)
  })
})

describe('the shell around the slides', () => {
  it('has no faults but these, which are Slidev’s own', async () => {
    await gotoSlide(page, stage.url, numberOf('loss'))
    await slideAt(numberOf('loss')).locator('.data-control').waitFor()
    const problems = await axe('html')
    const found = new Set(problems.map(problem => problem.split(':')[0] ?? ''))
    expect([...found].sort(), problems.join('\n')).toEqual(shellFindings)
  })
})

/** What axe finds in a page of the deck outside of its slides: a new one is noticed here, and one that is gone too. */
const shellFindings = ['nested-interactive', 'region']

async function axe(selector: string): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window))
    await page.evaluate(axeSource)
  return page.evaluate(async (selector) => {
    const { violations } = await (window as unknown as { axe: { run: (selector: string) => Promise<AxeResults> } }).axe.run(selector)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 120)}`))
  }, selector)
}
