/** The exported PDF, by what is in it. */
import type { PdfContents } from '../../scripts/lib/pdf.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { builtDeck, openBrowser, readSlides, serveDeck } from '../../scripts/lib/deck.ts'
import { deckDetails } from '../../scripts/lib/details.ts'
import { normal, printDeck, readPdf } from '../../scripts/lib/pdf.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'

const slides = await readSlides()
let pdf: PdfContents
let captions: { no: number, caption: string }[]
let problems: string[]

beforeAll(async () => {
  const served = await serveDeck(await builtDeck())
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    const bytes = await printDeck(page, served.url, slides, deckDetails)
    problems = []
    for (const slide of slides)
      problems.push(...(await page.evaluate(inspectSlide, slide.no)).map(problem => `page ${slide.no} “${slide.alias}”: ${problem}`))
    captions = await page.$$eval('.print-slide-container', containers => containers.flatMap((container, index) =>
      [...container.querySelectorAll('[data-figure] .figure-caption')].map(caption => ({ no: index + 1, caption: caption.textContent ?? '' }))))
    pdf = await readPdf(bytes)
  }
  finally {
    await browser.close()
    await served.close()
  }
})

describe('the exported slides', () => {
  it('have one page a slide, none of them blank', () => {
    expect(pdf.pages).toHaveLength(slides.length)
    for (const [index, page] of pdf.pages.entries())
      expect(page.operators, `operators on page ${index + 1}`).toBeGreaterThan(30)
  })

  it('hold the heading of each slide on its page', () => {
    const missing = slides.filter(slide => !normal(pdf.pages[slide.no - 1]?.text ?? '').includes(normal(slide.heading)))
    expect(missing.map(({ no, heading }) => `${no}: ${heading}`)).toEqual([])
  })

  it('hold the caption of each figure on its page', () => {
    expect(captions.length).toBeGreaterThanOrEqual(20)
    const missing = captions.filter(({ no, caption }) => !normal(pdf.pages[no - 1]?.text ?? '').includes(normal(caption)))
    expect(missing).toEqual([])
  })

  it('say nothing that is broken or unfinished', () => {
    const broken = pdf.pages.flatMap((page, index) => (page.text.match(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object|\bloading\b/gi) ?? []).map(word => `page ${index + 1}: ${word}`))
    expect(broken).toEqual([])
  })

  it('fit on their pages: nothing overlaps or is cut off', () => {
    expect(problems).toEqual([])
  })

  it('embed every font', () => {
    expect(pdf.fonts.length).toBeGreaterThan(2)
    expect(pdf.fonts.filter(({ embedded }) => !embedded)).toEqual([])
  })

  it('are tagged, with title, language and an outline of all headings', () => {
    expect(pdf.tagged).toBe(true)
    expect(pdf.title).toBe(deckDetails.title)
    expect(pdf.language).toBe('en')
    const outline = pdf.outline.map(normal)
    expect(slides.filter(({ heading }) => !outline.includes(normal(heading))).map(({ alias }) => alias)).toEqual([])
  })
})
