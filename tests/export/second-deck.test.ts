/** A deck that is not this one, built by Slidev as it comes and printed through what pdf/ offers everybody. */
import type { PrintedDeck } from '../../pdf/index.ts'
import type { Served } from '../../scripts/lib/deck.ts'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPdf, missingText, openDeck, printDeck, readPdf } from '../../pdf/index.ts'
import { serveDeck } from '../../scripts/lib/deck.ts'
import { root } from '../../talk/slides.ts'
import { openSharedBrowser } from '../support/stage.ts'

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
    ])
    expect(missingText(await readPdf(printed.bytes), printed.pages)).toEqual([])
  })

  it('says what the head of its page says, and has its headings for an outline', async () => {
    const { title, author, subject, language, outline } = await readPdf(printed.bytes)
    expect({ title, author, subject, language }).toEqual({ title: 'Tea and Temperature', author: 'A. Speaker', subject: 'How warm water changes a leaf.', language: 'en' })
    expect(outline.map(({ title }) => title)).toEqual(['Tea and temperature', 'The leaf opens', 'Two kinds'])
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

describe('a deck that is not as expected stops with the slide’s name', () => {
  const slides = [{ no: 1, heading: 'Tea and temperature', clicks: 0 }, { no: 2, heading: 'The leaf opens', clicks: 0, alias: 'leaf' }, { no: 3, heading: 'Two kinds', clicks: 2 }]
  const open = async (changed: Parameters<typeof openDeck>[2]) => openDeck(await browser.newPage(), served.url, { router: 'hash', slides, patience: 2000, ...changed })

  it('when it has another heading', async () => {
    await expect(open({ slides: slides.map(slide => ({ ...slide, heading: slide.heading.replace('opens', 'closes') })) })).rejects.toThrow('slide 2 “leaf” did not come out: its heading reads “The leaf opens”; “The leaf closes” was expected.')
  })

  it('when a slide more is expected', async () => {
    await expect(open({ slides: [...slides, { no: 4, heading: 'Thanks', clicks: 0 }] })).rejects.toThrow('The print route shows 3 pages; 4 were expected.')
  })

  it('when a figure draws nothing', async () => {
    await expect(open({ selectors: { drawn: 'canvas' } })).rejects.toThrow('slide 2 “leaf”: its figure is empty.')
  })

  it('and comes through when it is as expected', async () => {
    expect((await open({})).pages.map(({ heading }) => heading)).toEqual(slides.map(({ heading }) => heading))
  })
})
