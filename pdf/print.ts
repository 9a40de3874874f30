/** From what stands in a browser's page to a tagged PDF. */
import type { PDFPage } from 'pdf-lib'
import type { Page } from 'playwright-core'
import type { LinkTarget, OutlineEntry, PdfDetails } from './document.ts'
import type { Drawing } from './tags.ts'
import { PDFDict, PDFDocument, PDFName, PDFNumber, PDFStream } from 'pdf-lib'
import { plainPage } from './content.ts'
import { describe, dropUnused, nameLinks, setOutline } from './document.ts'
import { useStaticFonts } from './fonts.ts'
import { tidyTags } from './tags.ts'

export interface PrintOptions {
  /** What the file says of itself; what is not given is read from the page's head. */
  details?: Partial<PdfDetails>
  /** The outline; without it, the page's headings. */
  outline?: readonly OutlineEntry[]
  /** What links out of the file are called, by address. */
  links?: Record<string, string>
  /** What the places in the file are called, by the names that links lead to. */
  places?: Record<string, string>
  /** What a link says to who cannot see it. */
  nameLink?: (link: LinkTarget) => string
}

interface DeckParts {
  /** Where drawings stand on their pages. */
  drawings?: readonly Drawing[]
  /** Titles of the sections, of which each is a page. */
  sections?: readonly string[]
  /** A PDF whose pages take the places of the page's pictures, and how many of these there are. */
  pictures?: { file: Uint8Array, count: number }
}

/**
 * Prints a page of HTML that is open, on the paper that its style names.
 * @param options.pictures a PDF: its nth page is drawn where `<img data-page="n">` stands
 * @throws Error when a picture names no page of it, or does not come out
 */
export async function printHtml(page: Page, { pictures, ...options }: PrintOptions & { pictures?: Uint8Array } = {}): Promise<Uint8Array> {
  const count = await page.evaluate(markPictures)
  await useStaticFonts(page)
  const links = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('a')].map(link => [link.href, link.textContent?.trim() ?? ''])))
  return printOpened(page, { links, ...options, pictures: pictures && { file: pictures, count } })
}

/** Prints what stands in the page, set in fonts that a PDF can hold. */
export async function printOpened(page: Page, { outline, links = {}, places = {}, nameLink, drawings, sections, pictures, ...options }: PrintOptions & DeckParts): Promise<Uint8Array> {
  const details = { ...await page.evaluate(headDetails), ...options.details }
  const printed = await page.pdf({ tagged: true, outline: !outline, printBackground: true, preferCSSPageSize: true })
  const pdf = await PDFDocument.load(printed, { updateMetadata: false })
  // After the last forced break Chromium appends empty pages.
  while (sections && pdf.getPageCount() > sections.length)
    pdf.removePage(pdf.getPageCount() - 1)
  tidyTags(pdf, { drawings, titles: sections })
  if (pictures)
    await drawPictures(pdf, pictures)
  nameLinks(pdf, links, places, nameLink)
  if (outline)
    setOutline(pdf, outline)
  pdf.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'))
  describe(pdf, details)
  dropUnused(pdf)
  return pdf.save()
}

/** Runs in the page. Slidev puts quotation marks around what it says in the head. */
function headDetails(): PdfDetails {
  const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content.replace(/^"(.*)"$/s, '$1') ?? ''
  return { title: document.title, author: meta('author'), subject: meta('description'), language: document.documentElement.lang || 'en' }
}

/** Runs in the page. Gives each picture an image as wide as its number, by which it is found again in the PDF. */
async function markPictures(): Promise<number> {
  const images = document.querySelectorAll<HTMLImageElement>('img[data-page]')
  for (const image of images) {
    const canvas = document.createElement('canvas')
    canvas.width = Number(image.dataset.page)
    canvas.height = 1
    canvas.getContext('2d')?.fillRect(0, 0, canvas.width, 1)
    image.src = canvas.toDataURL('image/png')
    await image.decode()
  }
  return images.length
}

/** Puts the pages of another file where their pictures are to stand. */
async function drawPictures(pdf: PDFDocument, { file, count }: NonNullable<DeckParts['pictures']>): Promise<void> {
  const from = await PDFDocument.load(file, { updateMetadata: false })
  const pages = from.getPages()
  for (const page of pages)
    plainPage(page)
  // An image fills the unit square, and so does a page that takes its place.
  const unit = (page: PDFPage): [number, number, number, number, number, number] => [1 / page.getWidth(), 0, 0, 1 / page.getHeight(), 0, 0]
  const embedded = await pdf.embedPages(pages, [], pages.map(unit))
  await Promise.all(embedded.map(picture => picture.embed()))
  let drawn = 0
  for (const page of pdf.getPages()) {
    const objects = page.node.Resources()?.lookupMaybe(PDFName.of('XObject'), PDFDict)
    for (const [key, value] of objects?.entries() ?? []) {
      const image = pdf.context.lookup(value)
      if (!(image instanceof PDFStream) || image.dict.get(PDFName.of('Subtype')) !== PDFName.of('Image'))
        continue
      const number = image.dict.lookup(PDFName.of('Width'), PDFNumber).asNumber()
      const picture = embedded[number - 1]
      if (!picture)
        throw new Error(`A picture names page ${number} of a file that has ${embedded.length} pages.`)
      objects?.set(key, picture.ref)
      drawn++
    }
  }
  if (drawn !== count)
    throw new Error(`${drawn} of ${count} pictures were drawn.`)
}
