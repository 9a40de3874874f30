/** Printing a built deck to PDF, and reading what is in a PDF. */
import type { Page } from 'playwright-core'
import type { Slide } from './deck.ts'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRef, PDFStream } from 'pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader is told about the file. */
export interface PdfDetails {
  title: string
  author: string
  subject: string
  language: string
}

/**
 * Prints the deck: one page a slide, tagged, with an outline.
 * @param page a fresh page of a browser
 * @param url address of the served deck, with a slash at its end
 * @param slides the slides the deck must have
 * @param details what the file says of itself
 * @throws Error naming the slide that is not ready
 */
export async function printDeck(page: Page, url: string, slides: readonly Slide[], details: PdfDetails): Promise<Uint8Array> {
  // Slidev prints what the screen shows; `print` media would leave its own print styles without effect.
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 980, height: 552 })
  await page.goto(`${url}?print=true#/print`)
  await page.waitForFunction(count => document.querySelectorAll('.print-slide-container').length === count, slides.length, { timeout: 60_000 })
  await page.waitForFunction(() => !document.querySelector('[data-loading]'), undefined, { timeout: 60_000 })
  await page.evaluate(() => document.fonts.ready)
  for (const slide of slides) {
    const container = page.locator('.print-slide-container').nth(slide.no - 1)
    const heading = await container.locator('h1').first().textContent({ timeout: 30_000 }).catch(() => null)
    if (normal(heading ?? '') !== normal(slide.heading))
      throw new Error(`Slide ${slide.no} “${slide.alias}” did not get ready for print: its heading reads “${heading ?? 'nothing'}”, slides.md says “${slide.heading}”.`)
  }
  const printed = await page.pdf({ tagged: true, outline: true, printBackground: true, preferCSSPageSize: true })
  return finish(printed, slides.length, details)
}

async function finish(printed: Uint8Array, pages: number, details: PdfDetails): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(printed)
  // Chromium ends with an empty page after the last forced break.
  while (pdf.getPageCount() > pages)
    pdf.removePage(pdf.getPageCount() - 1)
  pdf.setTitle(details.title, { showInWindowTitleBar: true })
  pdf.setAuthor(details.author)
  pdf.setSubject(details.subject)
  pdf.setLanguage(details.language)
  return pdf.save()
}

export interface PdfPage {
  text: string
  /** Number of drawing operators: an empty page has next to none. */
  operators: number
}

export interface PdfContents {
  pages: PdfPage[]
  title: string
  language: string
  tagged: boolean
  /** Titles of the outline, all levels. */
  outline: string[]
  /** Names of fonts, and whether each is embedded. */
  fonts: { name: string, embedded: boolean }[]
}

/** Reads a PDF: text, outline, fonts. */
export async function readPdf(bytes: Uint8Array): Promise<PdfContents> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, useSystemFonts: false })
  const file = await task.promise
  const pages: PdfPage[] = []
  for (let no = 1; no <= file.numPages; no++) {
    const page = await file.getPage(no)
    const { items } = await page.getTextContent()
    const { fnArray } = await page.getOperatorList()
    pages.push({ text: items.map(item => 'str' in item ? item.str + (item.hasEOL ? ' ' : '') : '').join(''), operators: fnArray.length })
  }
  const outline = flatten(await file.getOutline() ?? [])
  const { info } = await file.getMetadata() as unknown as { info: { Title?: string, Language?: string } }
  const tagged = Boolean((await file.getMarkInfo())?.Marked)
  await task.destroy()
  return { pages, outline, title: info.Title ?? '', language: info.Language ?? '', tagged, fonts: await readFonts(bytes) }
}

/** Text for comparison: without spaces, hyphens, case and the kind of apostrophe, which PDFs do not keep. */
export function normal(text: string): string {
  return text.normalize('NFKC').replace(/[’ʼ]/g, '\'').replace(/[\s\u00AD-]+/g, '').toLowerCase()
}

interface OutlineItem {
  title: string
  items: OutlineItem[]
}

function flatten(items: OutlineItem[]): string[] {
  return items.flatMap(item => [item.title, ...flatten(item.items)])
}

async function readFonts(bytes: Uint8Array): Promise<{ name: string, embedded: boolean }[]> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  const fonts: { name: string, embedded: boolean }[] = []
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object instanceof PDFStream || object.get(PDFName.of('Type')) !== PDFName.of('Font'))
      continue
    const name = String(object.get(PDFName.of('BaseFont')) ?? object.get(PDFName.of('Subtype')))
    // A composite font keeps its file with its one descendant; a Type 3 font draws its own glyphs.
    const descendants = object.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)
    const holder = descendants ? descendants.lookup(0, PDFDict) : object
    const descriptor = holder.get(PDFName.of('FontDescriptor'))
    const described = descriptor instanceof PDFRef ? pdf.context.lookup(descriptor, PDFDict) : undefined
    const embedded = object.get(PDFName.of('Subtype')) === PDFName.of('Type3')
      || ['FontFile', 'FontFile2', 'FontFile3'].some(key => described?.has(PDFName.of(key)))
    fonts.push({ name, embedded })
  }
  return fonts
}
