/** What a reader gets who prints the hosted deck with the browser's own command: the slide that is shown, whole, on the chosen paper. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { gotoSlide } from '../../scripts/lib/deck.ts'
import { plainLetters } from '../../pdf/index.ts'
import { slideOf, useStage } from '../support/stage.ts'

const stage = useStage()

/** The margin of the page in styles/paper.css, 12 mm, in points; a letter may hang over by a hair. */
const margin = 12 / 25.4 * 72 - 1

interface Printed {
  pages: number
  width: number
  height: number
  words: { text: string, x: number, y: number, right: number, top: number }[]
}

/** Reads a PDF: where on its first page which words stand, in points from the bottom left. */
async function read(bytes: Uint8Array): Promise<Printed> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false })
  const file = await task.promise
  const page = await file.getPage(1)
  const [,, width = 0, height = 0] = page.view
  const { items } = await page.getTextContent()
  const words = items.flatMap(item => 'str' in item && item.str.trim()
    ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), right: Number(item.transform[4]) + item.width, top: Number(item.transform[5]) + item.height }]
    : [])
  const pages = file.numPages
  await task.destroy()
  return { pages, width, height, words }
}

const papers = [['A4', false], ['A4', true], ['Letter', false], ['Letter', true]] as const
const windows = [['a large window, in the dark', 1280, 720], ['a phone', 390, 844]] as const

describe.each(windows)('printed from %s', (_, width, height) => {
  it.each(['loss', 'table', 'questions', 'sources'])('“%s” is one page, whole, as large as the paper lets it be, and says where the rest is', async (alias) => {
    const { no, clicks } = slideOf(alias)
    const page = await stage.browser.newPage({ viewport: { width, height }, colorScheme: 'dark', reducedMotion: 'reduce' })
    await gotoSlide(page, stage.url, no, clicks)
    // What is hidden from the eye, and what has no words, is not looked for.
    const shown = await page.locator(`#slideshow > .slidev-page-${no}`).evaluate(slide => [...slide.querySelectorAll('*')].flatMap((element) => {
      const hidden = !element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden')
      return hidden ? [] : [...element.childNodes].flatMap(node => node instanceof Text && /\w/.test(node.data) ? [node.data] : [])
    }))
    expect(shown.length).toBeGreaterThan(5)

    for (const [format, landscape] of papers) {
      const where = `${format}, ${landscape ? 'landscape' : 'portrait'}`
      const printed = await read(await page.pdf({ format, landscape }))
      expect(printed.pages, where).toBe(1)
      expect(printed.width > printed.height, where).toBe(landscape)
      const text = plainLetters(printed.words.map(({ text }) => text).join(''))
      expect(shown.filter(words => !text.includes(plainLetters(words))), where).toEqual([])
      expect(text, where).toContain(plainLetters(`One slide of a talk: ${stage.url}`))
      const outside = printed.words.filter(({ x, y, right, top }) => x < margin || right > printed.width - margin || y < margin || top > printed.height - margin)
      expect(outside, where).toEqual([])
      // From the left margin of the slide to its right one.
      const breadth = Math.max(...printed.words.map(({ right }) => right)) - Math.min(...printed.words.map(({ x }) => x))
      expect(breadth / (printed.width - 2 * margin), where).toBeGreaterThan(0.85)
    }

    await page.emulateMedia({ media: 'print' })
    const colour = (property: string) => page.locator(`.slidev-page-${no} h1`).first().evaluate((h1, property) => getComputedStyle(h1).getPropertyValue(property), property)
    expect([await colour('color'), await colour('--paper')]).toEqual(['rgb(27, 31, 36)', '#fff'])
    await page.close()
  })
})
