/**
 * The built deck in the other two engines, Firefox and WebKitGTK: every slide at every click, a live run, two windows of
 * one talk, and the arithmetic of the figures to the bit.
 */
import type { Engine, EngineWindow } from './engines.ts'
import type { Served } from '../../scripts/lib/deck.ts'
import type { Fingerprint } from '../../lab/fingerprints.ts'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { computed, takeFingerprints } from '../../lab/fingerprints.ts'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { readSlides } from '../../talk/slides.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'
import { bundledLab } from '../support/bundled-lab.ts'
import { listen, openFirefox, openWebKit } from './engines.ts'
import { placeOf } from '../support/places.ts'

declare const lab: { takeFingerprints: (names?: readonly string[]) => Fingerprint[] }

const slides = await readSlides()
const soon = { timeout: 20_000, interval: 50 }

const numberOf = (alias: string): number => slides.find(slide => slide.alias === alias)!.no

let folder: string
let served: Served

/** The built deck with an ear for what goes wrong, put before the policy that would forbid it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp(await builtDeck({ page: true }), folder, { recursive: true })
  const page = join(folder, 'index.html')
  await writeFile(page, (await readFile(page, 'utf8')).replace('<head>', `<head><script>(${listen.toString()})()</script>`))
  served = await serveDeck(folder, '/talks/loan/')
})

afterAll(async () => {
  await served.close()
  await rm(folder, { recursive: true })
})

const place = async (window: EngineWindow) => {
  const href = await window.run(() => location.href)
  return placeOf({ url: () => href }, slides)
}

/** Waits until a slide stands: its place, its content, its fonts, and nothing that moves. */
async function standsAt(window: EngineWindow, no: number, click: number): Promise<void> {
  await expect.poll(() => place(window), soon).toEqual({ no, click })
  await expect.poll(() => window.run((no) => {
    const page = document.querySelector(`.slidev-page-${no}`)
    return page?.querySelector('h1')?.checkVisibility() && !page.querySelector('[data-loading]') && document.fonts.status === 'loaded'
      && !document.getAnimations().some(({ playState }) => playState === 'running')
  }, no), { ...soon, message: `slide ${no} at click ${click} comes to rest` }).toBe(true)
  await window.run(() => new Promise<void>(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
}

/** What is missing on a slide, its fonts included. Runs in the page. */
function missing(no: number, heading: string): string[] {
  const page = document.querySelector(`.slidev-page-${no}`)
  const said = page?.querySelector<HTMLElement>('h1')?.innerText
  const drawn = [...page?.querySelectorAll('[data-figure] :is(path, rect, circle, line, td, li)') ?? []].filter(mark => mark.getClientRects().length > 0)
  return [
    ...said === heading ? [] : [`the heading says “${said}”`],
    ...page?.querySelector('.figure-slide') && drawn.length < 3 ? ['the figure is not drawn'] : [],
    ...[...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => `the font ${family} did not load`),
  ]
}

describe.each([['Firefox', openFirefox], ['WebKitGTK', openWebKit]] as const)('the built deck in %s', (_name, openEngine) => {
  let engine: Engine
  let window: EngineWindow
  beforeAll(async () => {
    engine = await openEngine()
    window = await engine.openWindow(`${served.url}#/1`)
  })
  afterAll(() => engine.close())
  afterEach(async () => {
    expect(await window.complaints()).toEqual([])
  })

  const goto = (address: string) => window.run((address) => {
    location.hash = address
  }, address)

  it('shows every slide at every click without a fault', async () => {
    const problems: string[] = []
    for (const slide of slides) {
      for (let click = 0; click <= slide.clicks; click++) {
        await standsAt(window, slide.no, click)
        const found = [...await window.run(inspectSlide, slide.no), ...await window.run(missing, slide.no, slide.heading), ...await window.complaints()]
        problems.push(...found.map(problem => `slide ${slide.no} “${slide.alias}” at click ${click}: ${problem}`))
        await window.press('ArrowRight')
      }
    }
    expect(problems).toEqual([])
  })

  it('shows the page to read, with its fonts, drawings and formulas, nothing beyond the window', async () => {
    const page = await engine.openWindow(`${served.url}read/`)
    const found = await page.run(async () => {
      await document.fonts.ready
      return {
        over: [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.drawing, .wide, .hidden, .skip')).map(element => element.outerHTML.slice(0, 100)),
        fonts: [...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => family),
        flat: [...document.querySelectorAll('.drawing svg, math')].filter(drawn => drawn.getBoundingClientRect().height < 12).map(drawn => drawn.outerHTML.slice(0, 100)),
        drawings: document.querySelectorAll('.drawing svg').length,
      }
    })
    expect(found).toEqual({ over: [], fonts: [], flat: [], drawings: found.drawings })
    expect(found.drawings).toBeGreaterThanOrEqual(19)
  })

  it('trains live', async () => {
    const no = numberOf('race')
    await goto(`/${no}?clicks=2`)
    await standsAt(window, no, 2)
    const caption = () => window.run(no => document.querySelector(`.slidev-page-${no} figcaption`)?.textContent ?? '', no)
    expect(await caption()).toMatch(/Recorded/)
    await window.run((no) => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>(`.slidev-page-${no} .run-bar button`)]
      buttons.find(({ textContent }) => textContent.trim() === 'run')?.click()
    }, no)
    await expect.poll(caption, { ...soon, timeout: 120_000 }).toMatch(/Live, [1-9]\d* of \d+ seeds/)
  })

  it('keeps the windows of a talk in step', async () => {
    await goto('/1')
    await standsAt(window, 1, 0)
    const speaker = await engine.openWindow(`${served.url}#/presenter/1`)
    await expect.poll(() => speaker.run(() => document.querySelector('.slidev-presenter h1')?.checkVisibility()), soon).toBe(true)
    const no = numberOf('loss')
    while ((await place(speaker)).no < no) {
      const before = await speaker.run(() => location.hash)
      await speaker.press('ArrowRight')
      await expect.poll(() => speaker.run(() => location.hash), soon).not.toBe(before)
    }
    await expect.poll(() => place(window), soon).toEqual({ no, click: 0 })

    const predicted = (of: EngineWindow) => of.run(no => document.querySelector(`.slidev-page-${no} .big-number`)?.textContent, no)
    const planned = await predicted(speaker)
    await speaker.run((no) => {
      const slider = document.querySelector<HTMLInputElement>(`.slidev-page-${no} input[type=range]`)!
      slider.value = '20'
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    }, no)
    await expect.poll(() => predicted(speaker), soon).not.toBe(planned)
    const moved = await predicted(speaker)
    await expect.poll(() => predicted(window), soon).toBe(moved)
    expect(await speaker.complaints()).toEqual([])
  })

  it('computes the same bits as Node', async () => {
    // Not in the deck's page, whose policy leaves WebAssembly to workers.
    const plain = await engine.openWindow('about:blank')
    await plain.declare('lab', await bundledLab())
    for (const name of Object.keys(computed))
      expect(await plain.run(name => lab.takeFingerprints([name]), name)).toEqual(takeFingerprints([name]))
  })
})
