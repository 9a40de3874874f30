/**
 * The built deck in a real browser, given as a speaker gives it: with the right arrow key, from the first slide to the
 * last, every click. At each of them nothing may be wrong.
 */
import type { AxeResults, RunOptions } from 'axe-core'
import type { CDPSession, Page } from 'playwright-core'
import type { Slide } from '../../scripts/lib/deck.ts'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { isSourceId } from '../../data/sources.ts'
import { gotoSlide, placeOf } from '../../scripts/lib/deck.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { slides, useStage, watch } from '../support/stage.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// Under a sub-path, because a deck that works there works at the root, and not the other way round.
const stage = useStage('/talks/loan/')

/** A page that keeps account of everything that went wrong. */
async function watchedPage(complaints: string[]): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 980, height: 552 }, colorScheme: 'light', reducedMotion: 'reduce' })
  const page = await context.newPage()
  watch(page, complaints)
  page.on('request', (request) => {
    if (!request.url().startsWith(stage.url) && !/^(?:data|blob):/.test(request.url()))
      complaints.push(`request that leaves the deck: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.status()} for ${response.url()}`)
  })
  return page
}

/** The audience's system goes dark or light while the slide stands. */
async function changeScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.waitForFunction(dark => document.documentElement.classList.contains('dark') === dark, colorScheme === 'dark')
}

async function axe(page: Page, slide: Slide): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window))
    await page.evaluate(axeSource)
  return page.evaluate(async (selector) => {
    const { violations } = await (window as unknown as { axe: { run: (selector: string, options: RunOptions) => Promise<AxeResults> } }).axe.run(selector, {
      // A slide is part of a page: landmarks and the page's own heading order are the shell's.
      rules: { 'region': { enabled: false }, 'page-has-heading-one': { enabled: false } },
    })
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `axe ${id}: ${node.html.slice(0, 160)} ${node.any.map(check => check.message).join('; ')}`))
  }, `.slidev-page-${slide.no}`)
}

/** Fonts of the machine that a slide is drawn with. */
async function strangeFonts(tools: CDPSession, no: number): Promise<string[]> {
  const { root } = await tools.send('DOM.getDocument', { depth: 0 })
  const { nodeIds } = await tools.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: `.slidev-page-${no}, .slidev-page-${no} *` })
  const strangers = new Set<string>()
  for (const nodeId of nodeIds) {
    const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId })
    for (const font of fonts.filter(font => !font.isCustomFont))
      strangers.add(font.familyName)
  }
  return [...strangers]
}

describe('the built deck, given with the right arrow key', () => {
  it('shows every slide at every click without a fault, in the light and in the dark', async () => {
    const complaints: string[] = []
    const page = await watchedPage(complaints)
    await gotoSlide(page, stage.url, 1)

    const problems: string[] = []
    for (const slide of slides) {
      for (let click = 0; click <= slide.clicks; click++) {
        const where = `slide ${slide.no} “${slide.alias}” at click ${click}`
        await page.waitForTimeout(120)
        expect(placeOf(page, slides), `where the arrow keys lead, expecting ${where}`).toEqual({ no: slide.no, click })
        expect(await page.locator(`.slidev-page-${slide.no} h1`).first().innerText(), where).toBe(slide.heading)
        const found = [...await page.evaluate(inspectSlide, slide.no), ...await axe(page, slide)]
        await changeScheme(page, 'dark')
        found.push(...(await axe(page, slide)).map(problem => `in the dark: ${problem}`))
        await changeScheme(page, 'light')
        problems.push(...[...found, ...complaints.splice(0)].map(problem => `${where}: ${problem}`))
        await page.keyboard.press('ArrowRight')
      }
    }
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('draws every letter with a font of its own: none is left to the machine', async () => {
    const page = await watchedPage([])
    const tools = await page.context().newCDPSession(page)
    await tools.send('DOM.enable')
    await tools.send('CSS.enable')
    const strangers: string[] = []
    for (const slide of slides) {
      await gotoSlide(page, stage.url, slide.no, slide.clicks)
      // A font that a slide is the first to need arrives a moment after the slide.
      let found: string[] = []
      for (let tries = 0; tries < 15; tries++) {
        found = await strangeFonts(tools, slide.no)
        if (found.length === 0)
          break
        await page.waitForTimeout(200)
      }
      strangers.push(...found.map(font => `slide ${slide.no} “${slide.alias}”: ${font}`))
    }
    expect([...new Set(strangers)]).toEqual([])
    await page.context().close()
  })

  it('names for every number a source that exists', async () => {
    const page = await watchedPage([])
    await gotoSlide(page, stage.url, 1)
    // Slidev mounts all slides soon after the first one is shown.
    await page.waitForFunction(count => document.querySelectorAll('.slidev-page').length >= count, slides.length, { timeout: 20_000 })
    const named = await page.$$eval('[data-source]', elements => elements.flatMap(element => (element.getAttribute('data-source') ?? '').split(' ')))
    expect(named.length).toBeGreaterThan(slides.length)
    expect(named.filter(id => !isSourceId(id))).toEqual([])
    await page.context().close()
  })
})
