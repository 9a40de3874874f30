/** The page to read, as it stands beside the deck: without script, at every width, in every setting of a reader's own. */
import type { BrowserContext, Page } from 'playwright-core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { HtmlValidate } from 'html-validate'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Served } from '../../scripts/lib/deck.ts'
import { findings } from '../../data/findings.ts'
import { loans } from '../../data/loan-book.ts'
import { builtDeck, gotoSlide, serveDeck } from '../../scripts/lib/deck.ts'
import { weigh } from '../../scripts/lib/weight.ts'
import { listed } from '../../read/html.ts'
import { readPlan } from '../../talk/plan.ts'
import { openSharedBrowser, slides } from '../support/stage.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let folder: string
let served: Served
let html: string
let browser: Awaited<ReturnType<typeof openSharedBrowser>>
let context: BrowserContext | undefined

beforeAll(async () => {
  folder = await builtDeck({ page: true })
  served = await serveDeck(folder)
  html = await readFile(join(folder, 'read', 'index.html'), 'utf8')
  browser = await openSharedBrowser()
}, 600_000)
afterEach(async () => {
  await context?.close()
  context = undefined
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

async function open(options: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  await page.goto(`${served.url}read/`)
  await page.evaluate(() => document.fonts.ready)
  return page
}

/** What reaches over the window, other than in a box of its own that moves. Runs in the page. */
function reachingOver(): string[] {
  return [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.drawing, .wide, .hidden, .skip'))
    .map(element => element.outerHTML.slice(0, 100))
}

describe('the page to read', () => {
  it('holds every sentence as it is read, each slide at its own name, with its figure and its questions', async () => {
    // No script runs in it: what stands there is what was sent.
    const page = await open({ javaScriptEnabled: false })
    for (const { slide, note } of await readPlan({ sense: 'eye' })) {
      if (note.seconds === 0)
        continue
      if (slide.alias === 'cover') {
        expect(await page.locator('.opening').innerText()).toContain('That is a loan.')
        continue
      }
      const section = page.locator(`section#${slide.alias}`)
      expect(await section.locator('h3').innerText(), slide.alias).toBe(slide.heading)
      const text = plain(await section.innerText())
      for (const sentence of note.spoken.replace(/\[click\] ?/g, '').split(/\n{2,}/))
        expect(text, slide.alias).toContain(plain(sentence))
      expect(text.includes('Ifasked'), slide.alias).toBe(note.asked !== '')
    }
    expect(html).not.toMatch(/<script|\{(?:ear|eye|long|short|num):|\[click\]|undefined|NaN/)
  })

  it('shows every figure as a drawing with a name and words, and its data as a table', async () => {
    const page = await open()
    const figures = await page.locator('figure:has(.drawing)').evaluateAll(all => all.map((figure) => {
      const svg = figure.querySelector('svg[role=img]')!
      const textOf = (attribute: string) => document.getElementById(svg.getAttribute(attribute) ?? '')?.textContent?.trim() ?? ''
      return { id: figure.id, name: textOf('aria-labelledby'), words: textOf('aria-describedby'), text: svg.querySelectorAll('text').length, tables: figure.querySelectorAll('table').length }
    }))
    expect(figures.length).toBeGreaterThanOrEqual(19)
    expect(figures.filter(({ name, words, text }) => name.length < 20 || words.length < 40 || text < 4)).toEqual([])
    expect(figures.filter(({ tables }) => tables > 0).length).toBeGreaterThanOrEqual(14)
  })

  it('says in its five findings what their figures show', async () => {
    const page = await open()
    for (const { says, caveat, numbers, slide } of findings) {
      const drawn = (await page.locator(`#${slide}-figure svg text`).allTextContents()).join(' ').replaceAll('\u00A0', ' ')
      for (const number of numbers) {
        expect(`${says} ${caveat}`).toContain(number)
        expect(drawn, `${slide}: ${number}`).toContain(number)
      }
    }
  })

  it('holds every row of the loan book and every source, with the way back to where it is used', async () => {
    const page = await open()
    expect(await page.locator('.book tbody tr').count()).toBe(loans.length)
    expect(await page.locator('ol.sources > li').count()).toBe(listed.length)
    const unused = await page.locator('ol.sources > li:not(:has(.back))').allTextContents()
    expect(unused).toEqual([])
    const broken = await page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].filter(link => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map(link => link.hash))
    expect(broken).toEqual([])
  })

  it('is valid HTML, by the account of a checker', async () => {
    const report = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(html)
    expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}, ${message}`))).toEqual([])
  })

  it('is light: its first text in at most 60 kB, all of it in at most 700 kB, compressed', async () => {
    const beginning = html.slice(0, html.indexOf('</p>', html.indexOf('class="thesis"')))
    expect(gzipSync(beginning).length).toBeLessThan(60_000)
    const fonts = [...html.matchAll(/fonts\/[\w-]+\.woff2/g)].map(([file]) => file)
    const { gzip } = await weigh(join(folder, 'read'), ['index.html', ...new Set(fonts)])
    expect(gzip).toBeLessThan(700_000)
  })

  it.each([
    ['in light', { colorScheme: 'light' }],
    ['in dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 740 } }],
  ] as const)('%s gives axe nothing to complain about', async (_, options) => {
    const page = await open({ ...options, bypassCSP: true })
    // Open, so that what they hold is looked at too.
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)))
    await page.addScriptTag({ path: axe })
    const { violations } = await page.evaluate(() => (window as unknown as { axe: { run: () => Promise<{ violations: { id: string, nodes: { html: string }[] }[] }> } }).axe.run())
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
  })

  it.each([[320, 900], [390, 844], [768, 1024], [1920, 1080]])('fits a window of %i × %i, and 400 per cent of one four times as wide', async (width, height) => {
    const page = await open({ viewport: { width, height } })
    expect(await page.evaluate(reachingOver)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('takes the spacing of text that WCAG 1.4.12 asks for, at 320 px, and keeps the words of drawings in their places', async () => {
    const page = await open({ viewport: { width: 320, height: 900 }, bypassCSP: true })
    const lengths = () => page.evaluate(() => [...document.querySelectorAll<SVGTextElement>('.drawing text[textLength]')].map(text => text.getBoundingClientRect().width))
    const before = await lengths()
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }' })
    expect(await page.evaluate(reachingOver)).toEqual([])
    const cut = await page.evaluate(() => [...document.querySelectorAll('p, li, dd, dt, h1, h2, h3, h4, td, th')].filter(element => getComputedStyle(element).overflow !== 'visible' && !element.matches('.hidden') && element.scrollWidth > element.clientWidth + 1).map(element => element.outerHTML.slice(0, 100)))
    expect(cut).toEqual([])
    const after = await lengths()
    expect(after.length).toBeGreaterThan(400)
    expect(after.filter((length, i) => Math.abs(length - before[i]!) > 0.15 * before[i]! + 2)).toEqual([])
  })

  it('is dark where the reader’s system is, drawings included, and takes forced colours', async () => {
    const page = await open({ colorScheme: 'dark' })
    const colours = () => page.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, ...[...document.querySelectorAll('#loss-figure text[fill*="--ink"]')].slice(0, 3).map(text => getComputedStyle(text).fill)])
    expect(await colours()).toEqual(['rgb(17, 21, 26)', ...Array.from({ length: 3 }, () => 'rgb(236, 234, 228)')])
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
    const [paper, ink] = await page.evaluate(() => {
      const probe = document.createElement('i')
      document.body.append(probe)
      return ['Canvas', 'CanvasText'].map((name) => {
        probe.style.color = name
        return getComputedStyle(probe).color
      })
    })
    expect(await colours()).toEqual([paper, ink, ink, ink])
  })

  it('is what the deck offers on a phone that is held upright, at the place of its slide', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await gotoSlide(page, served.url, slides.find(({ alias }) => alias === 'loss')!.no)
    await page.getByRole('link', { name: 'Read this as a page all of the talk' }).tap()
    await page.waitForURL(`${served.url}read/#loss`)
    expect(await page.locator('#loss h3').evaluate(heading => heading.getBoundingClientRect().top)).toBeLessThan(300)
  })

  it('and the deck lead to each other: each slide to its paragraph, each paragraph to its slide', async () => {
    const page = await open()
    const live = await page.locator('section.slide').evaluateAll(all => all.map(section => [section.id, section.querySelector('.live')?.getAttribute('href') ?? '']))
    for (const [alias, href] of live) {
      const slide = slides.find(slide => slide.alias === alias)!
      expect(href).toBe(`../#/${alias}${slide.clicks > 0 ? `?clicks=${slide.clicks}` : ''}`)
    }
    const [deck] = await Promise.all([page.waitForEvent('popup'), page.locator('#loss .live').click()])
    const on = deck.locator(`.slidev-page-${slides.find(({ alias }) => alias === 'loss')!.no}`).first()
    await on.getByRole('link', { name: 'read this as a page' }).waitFor()
    const [beside] = await Promise.all([deck.waitForEvent('popup'), on.getByRole('link', { name: 'read this as a page' }).click()])
    await beside.waitForURL(`${served.url}read/#loss`)
    for (const { no, alias } of slides.filter(({ alias }) => ['sources-2', 'book-3', 'methods', 'chat'].includes(alias))) {
      await gotoSlide(page, served.url, no)
      const href = await page.locator(`.slidev-page-${no}`).first().getByRole('link', { name: 'read this as a page' }).getAttribute('href')
      const place = new URL(href ?? '').hash.slice(1)
      expect(await beside.locator(`[id="${place}"]`).count(), `${alias}: ${place}`).toBe(1)
    }
  })
})

/** Words for comparison: signs that are set otherwise on a page do not count. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[*_“”"'’‘^]/g, '').replace(/\s+/g, '').replace(/[-–—]/g, '')
}
