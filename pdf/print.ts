/** From what stands in a browser's page to a tagged PDF. */
import type { Page } from 'playwright-core'
import type { LinkTarget, OutlineEntry, PdfDetails } from './document.ts'
import type { Drawing } from './tags.ts'
import { PDFDocument, PDFName } from 'pdf-lib'
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
}

/** Prints a page of HTML that is open, on the paper that its style names. */
export async function printHtml(page: Page, options: PrintOptions = {}): Promise<Uint8Array> {
  await useStaticFonts(page)
  const links = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('a')].map(link => [link.href, link.textContent?.trim() ?? ''])))
  return printOpened(page, { links, ...options })
}

/** Prints what stands in the page, set in fonts that a PDF can hold. */
export async function printOpened(page: Page, { outline, links = {}, places = {}, nameLink, drawings, sections, ...options }: PrintOptions & DeckParts): Promise<Uint8Array> {
  const details = { ...await page.evaluate(headDetails), ...options.details }
  const printed = await page.pdf({ tagged: true, outline: !outline, printBackground: true, preferCSSPageSize: true })
  const pdf = await PDFDocument.load(printed, { updateMetadata: false })
  // After the last forced break Chromium appends empty pages.
  while (sections && pdf.getPageCount() > sections.length)
    pdf.removePage(pdf.getPageCount() - 1)
  tidyTags(pdf, { drawings, titles: sections })
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
