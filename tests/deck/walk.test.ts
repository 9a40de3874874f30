/**
 * The built deck in a real browser, given as a speaker gives it: with the arrow keys, from the first slide to the last and
 * back, every click. At each of them nothing may be wrong.
 */
import type { AxeResults, RunOptions } from 'axe-core'
import type { CDPSession, Page } from 'playwright-core'
import type { Slide } from '../../talk/slides.ts'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSourceId } from '../../data/sources.ts'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { grounds, inspectMarks } from '../support/inspect-marks.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { placeOf, standsAt, turnTo } from '../support/places.ts'
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

/**
 * What axe finds on a slide. The other slides, which wait unseen in the same page, are taken out for the moment: axe would
 * read them all to look at one. In the dark nothing but colours is other than in the light, so there only the rule that
 * looks at colours runs again.
 */
async function axe(page: Page, slide: Slide, scheme: 'light' | 'dark'): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window))
    await page.evaluate(axeSource)
  const options: RunOptions = {
    resultTypes: ['violations'],
    preload: false,
    ...(scheme === 'dark'
      ? { runOnly: ['color-contrast'] }
      // A slide is part of a page: landmarks and the page's own heading order are the shell's.
      : { rules: { 'region': { enabled: false }, 'page-has-heading-one': { enabled: false } } }),
  }
  return page.evaluate(async ([selector, options]) => {
    const places = [...document.querySelectorAll(`#slideshow > .slidev-page:not(${selector})`)].map((other) => {
      const place = document.createComment('')
      other.replaceWith(place)
      return { place, other }
    })
    const { violations } = await (window as unknown as { axe: { run: (selector: string, options: RunOptions) => Promise<AxeResults> } }).axe.run(selector, options)
    for (const { place, other } of places)
      place.replaceWith(other)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `axe ${id}: ${node.html.slice(0, 160)} ${node.any.map(check => check.message).join('; ')}`))
  }, [`.slidev-page-${slide.no}`, options] as const)
}

/** Marks of a slide's drawings that stand out from the paper by less than 3 to 1. */
async function faintMarks(page: Page, slide: Slide): Promise<string[]> {
  return (await page.evaluate(inspectMarks, slide.no))
    .filter(({ mark, contrast }) => contrast < 3 && !grounds.some(ground => ground.test(mark)))
    .map(({ mark, contrast }) => `the mark ${mark} stands out at ${contrast.toFixed(2)} to 1`)
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

/** Every place of the talk, in the order of the right arrow key. */
const places = slides.flatMap(slide => Array.from({ length: slide.clicks + 1 }, (_, click) => ({ slide, click, where: `slide ${slide.no} “${slide.alias}” at click ${click}` })))

describe('the built deck, given with the arrow keys', () => {
  const complaints: string[] = []
  let page: Page
  beforeAll(async () => {
    page = await watchedPage(complaints)
    await gotoSlide(page, stage.url, 1)
  })
  afterAll(() => page.context().close())

  /** Goes along places with a key, and gathers what is wrong at each. */
  async function walk(along: typeof places, key: string, look: (slide: Slide) => Promise<string[]>): Promise<string[]> {
    const problems: string[] = []
    for (const { slide, click, where } of along) {
      if (!await standsAt(page, slide, click))
        throw new Error(`${key} leads to ${JSON.stringify(placeOf(page, slides))} and not to ${where}.`)
      expect(await page.locator(`.slidev-page-${slide.no} h1`).first().innerText(), where).toBe(slide.heading)
      problems.push(...[...await look(slide), ...complaints.splice(0)].map(problem => `${where}: ${problem}`))
      await page.keyboard.press(key)
    }
    return problems
  }

  it('shows every slide at every click without a fault in the light, to the end', async () => {
    expect(await walk(places, 'ArrowRight', async slide => [...await page.evaluate(inspectSlide, slide.no), ...await axe(page, slide, 'light'), ...await faintMarks(page, slide)])).toEqual([])
  })

  it('does so in the dark, back to the beginning: the audience’s system went dark while the last slide stood', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.waitForFunction(() => document.documentElement.classList.contains('dark'))
    expect(await walk(places.toReversed(), 'ArrowLeft', async slide => [...await axe(page, slide, 'dark'), ...await faintMarks(page, slide)])).toEqual([])
  })

  it('names for every number a source that exists', async () => {
    // Slidev mounts all slides soon after the first one is shown.
    await page.waitForFunction(count => document.querySelectorAll('.slidev-page').length >= count, slides.length)
    const named = await page.$$eval('[data-source]', elements => elements.flatMap(element => (element.getAttribute('data-source') ?? '').split(' ')))
    expect(named.length).toBeGreaterThan(slides.length)
    expect(named.filter(id => !isSourceId(id))).toEqual([])
  })

  it('draws every letter with a font of its own: none is left to the machine', async () => {
    const tools = await page.context().newCDPSession(page)
    await tools.send('DOM.enable')
    await tools.send('CSS.enable')
    const strangers: Record<string, string[]> = {}
    for (const { no, alias, clicks } of slides) {
      await turnTo(page, no, clicks)
      strangers[alias] = await strangeFonts(tools, no)
    }
    expect(Object.entries(strangers).filter(([, fonts]) => fonts.length > 0)).toEqual([])
  })
})
