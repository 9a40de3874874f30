/**
 * A deck that is not this one, built by Slidev as it comes, with what addons/live-figures and pdf/ offer everybody: what
 * their READMEs say holds for it.
 */
import type { PrintedDeck } from '../../pdf/index.ts'
import type { BrowserContext, Page } from 'playwright-core'
import type { Served } from '../../scripts/lib/deck.ts'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkPdf, missingText, openDeck, printDeck, readPdf } from '../../pdf/index.ts'
import { serveDeck } from '../../scripts/lib/deck.ts'
import { root } from '../../talk/slides.ts'
import { alternativeTexts } from '../support/alternative-texts.ts'
import { openSharedBrowser, watch } from '../support/stage.ts'

const with30 = 'With 30 % of cold water the pot has 76 °C.'
let folder: string
let served: Served
let browser: Awaited<ReturnType<typeof openSharedBrowser>>
let printed: PrintedDeck

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'second-deck-'))
  const slidev = join(root, 'node_modules', '@slidev', 'cli', 'bin', 'slidev.mjs')
  const { status, stderr } = spawnSync(process.execPath, [slidev, 'build', '--out', folder], { cwd: join(root, 'tests', 'second-deck'), env: { ...process.env, NODE_ENV: 'production' }, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  served = await serveDeck(folder)
  browser = await openSharedBrowser()
  printed = await printDeck(await browser.newPage(), served.url, { router: 'hash', details: { claim: 'PDF/UA-1' } })
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

describe('any deck, printed without a word about it', () => {
  it('has its slides, each with its heading, its captions and its words', async () => {
    expect(printed.pages).toEqual([
      { no: 1, heading: 'Tea and temperature', captions: [], words: 'A short talk about water, with a standard.' },
      { no: 2, heading: 'The leaf opens', captions: ['The warmer the water, the wider the leaf.'], words: 'The warmer the water, the wider the leaf.' },
      { no: 3, heading: 'Two kinds', captions: [], words: 'black wants 95 °C. green wants 75 °C. black; 4. green; 2.' },
      { no: 4, heading: 'From black to green', captions: ['Boiling water with water of 20 °C in it.'], words: `Boiling water with water of 20 °C in it. ${with30}` },
    ])
    expect(missingText(await readPdf(printed.bytes), printed.pages)).toEqual([])
  })

  it('says what the head of its page says, and has its headings for an outline', async () => {
    const { title, author, subject, language, outline } = await readPdf(printed.bytes)
    expect({ title, author, subject, language }).toEqual({ title: 'Tea and Temperature', author: 'A. Speaker', subject: 'How warm water changes a leaf.', language: 'en' })
    expect(outline.map(({ title }) => title)).toEqual(['Tea and temperature', 'The leaf opens', 'Two kinds', 'From black to green'])
  })

  it('holds to the rules of PDF/UA-1 that a program can check', async () => {
    expect((await checkPdf(printed.bytes)).filter(({ faults }) => faults.length > 0)).toEqual([])
  })

  it('claims nothing that it was not asked to claim', async () => {
    const { bytes } = await printDeck(await browser.newPage(), served.url, { router: 'hash', only: [2] })
    expect((await checkPdf(bytes)).filter(({ faults }) => faults.length > 0).map(({ faults }) => faults)).toEqual([['no pdfuaid:part']])
  })

  it('has the words of a label with an outline once', async () => {
    const [, leaf] = (await readPdf(printed.bytes)).pages
    expect(leaf?.text.match(/warmer water/g)).toHaveLength(1)
  })

  it('has a page a click, which shows nothing that is still to come', async () => {
    const { bytes, pages } = await printDeck(await browser.newPage(), served.url, { router: 'hash', clicks: true, only: [3] })
    expect(pages.map(({ no, click }) => ({ no, click }))).toEqual([0, 1, 2].map(click => ({ no: 3, click })))
    const told = pages.map(({ words }) => ['black wants', 'green wants'].filter(entry => words.includes(entry)).length)
    const drawn = (await readPdf(bytes)).pages.map(({ text }) => ['black wants', 'green wants'].filter(entry => text.includes(entry)).length)
    expect({ told, drawn }).toEqual({ told: [0, 1, 2], drawn: [0, 1, 2] })
  })
})

describe('a live figure on it', () => {
  const with5 = 'With 5 % of cold water the pot has 96 °C.'
  const with45 = 'With 45 % of cold water the pot has 64 °C.'
  const complaints: string[] = []
  afterEach(() => expect(complaints).toEqual([]))

  /** A window of a browser: pages of one context hear each other. */
  async function open(address: string, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? await browser.newContext()).newPage()
    watch(page, complaints)
    await page.goto(`${served.url}#${address}`)
    await slider(page).waitFor()
    return page
  }
  const slider = (page: Page) => page.locator('.slidev-page-4').first().getByRole('slider', { name: 'Cold water' })
  const summary = (page: Page) => expect.poll(() => page.locator('.slidev-page-4 [data-summary]').first().textContent())

  it('is the same in the windows of presenter and audience, moved or clicked', async () => {
    const context = await browser.newContext()
    const presenter = await open('/presenter/4', context)
    const audience = await open('/4', context)
    await summary(audience).toBe(with5)
    await slider(presenter).fill('45')
    await summary(presenter).toBe(with45)
    await summary(audience).toBe(with45)
    await presenter.bringToFront()
    await presenter.keyboard.press('PageDown')
    await summary(presenter).toBe(with30)
    await summary(audience).toBe(with30)
  })

  it('stands in the address as it was moved, which opens it so', async () => {
    const page = await open('/4')
    for (const cold of ['20', '45']) {
      await slider(page).fill(cold)
      await expect.poll(() => page.url()).toBe(`${served.url}#/4?cold=${cold}`)
    }
    const other = await open(new URL(page.url()).hash.slice(1))
    await summary(other).toBe(with45)
    await other.keyboard.press('PageDown')
    await summary(other).toBe(with30)
    await expect.poll(() => other.url()).toBe(`${served.url}#/4?clicks=1`)
  })

  it('is a still of its last click on paper: without controls, in the file a picture with its summary', async () => {
    const controls: number[] = []
    const prepare = async (page: Page) => controls.push(await page.locator('.print-slide-container :is(input, button, select)').count())
    const { bytes, pages } = await printDeck(await browser.newPage(), served.url, { router: 'hash', details: { claim: 'PDF/UA-1' }, only: [4], prepare })
    expect(controls).toEqual([0])
    expect((await readPdf(bytes)).pages.map(({ text }) => text)).toEqual([expect.stringMatching(/^From black to green.*76 °C$/)])
    expect(await alternativeTexts(bytes)).toEqual([with30])
    expect(pages.map(({ words }) => words)).toEqual([`Boiling water with water of 20 °C in it. ${with30}`])
    expect((await checkPdf(bytes)).filter(({ faults }) => faults.length > 0)).toEqual([])
  })
})

describe('a deck that is not as expected stops with the slide’s name', () => {
  const slides = [{ no: 1, heading: 'Tea and temperature', clicks: 0 }, { no: 2, heading: 'The leaf opens', clicks: 0, alias: 'leaf' }, { no: 3, heading: 'Two kinds', clicks: 2 }, { no: 4, heading: 'From black to green', clicks: 1 }]
  const open = async (changed: Parameters<typeof openDeck>[2]) => openDeck(await browser.newPage(), served.url, { router: 'hash', slides, patience: 2000, ...changed })

  it('when it has another heading', async () => {
    await expect(open({ slides: slides.map(slide => ({ ...slide, heading: slide.heading.replace('opens', 'closes') })) })).rejects.toThrow('slide 2 “leaf” did not come out: its heading reads “The leaf opens”; “The leaf closes” was expected.')
  })

  it('when a slide more is expected', async () => {
    await expect(open({ slides: [...slides, { no: 5, heading: 'Thanks', clicks: 0 }] })).rejects.toThrow('The print route shows 4 pages; 5 were expected.')
  })

  it('when a figure draws nothing', async () => {
    await expect(open({ selectors: { drawn: 'canvas' } })).rejects.toThrow('slide 2 “leaf”: its figure is empty.')
  })

  it('and comes through when it is as expected', async () => {
    expect((await open({})).pages.map(({ heading }) => heading)).toEqual(slides.map(({ heading }) => heading))
  })
})
