/** Reading what is in a PDF: its text, its outline. */
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface PdfPage {
  text: string
  /** Number of drawing operators: an empty page has next to none. */
  operators: number
  /** Size of the smallest type, in points. */
  smallest: number
  /** Down to which part of the page, from 0 to 1, its text goes, what stands in its bottom margin left out. */
  filled: number
}

export interface OutlineItem {
  title: string
  items: OutlineItem[]
}

export interface PdfContents {
  pages: PdfPage[]
  title: string
  author: string
  subject: string
  language: string
  outline: OutlineItem[]
  /** The marked-content sequences, as “page:number” with pages from 0. */
  marks: string[]
  /** What is drawn outside of all marks, or is marked within a mark, as sentences. */
  stray: string[]
}

/** Reads a PDF with PDF.js. */
export async function readPdf(bytes: Uint8Array): Promise<PdfContents> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false })
  const file = await task.promise
  const pages: PdfPage[] = []
  const marks: string[] = []
  const stray: string[] = []
  for (let no = 1; no <= file.numPages; no++) {
    const page = await file.getPage(no)
    const { items } = await page.getTextContent()
    const operators = await page.getOperatorList()
    const marked = readMarks(operators, no)
    marks.push(...marked.marks)
    stray.push(...marked.stray)
    const height = page.view[3] as number
    // The bottom margin holds the page number.
    const set = items.flatMap(item => 'str' in item && item.str.trim() !== '' && item.transform[5] > 43 ? [item.transform as number[]] : [])
    pages.push({ smallest: Math.min(...set.map(([, , c = 0, d = 0]) => Math.hypot(c, d))), filled: 1 - Math.min(height, ...set.map(at => at[5] ?? 0)) / height, text: items.map(item => 'str' in item ? item.str + (item.hasEOL ? ' ' : '') : '').join(''), operators: operators.fnArray.length })
  }
  const outline = await file.getOutline() as OutlineItem[] | null ?? []
  const { info } = await file.getMetadata() as unknown as { info: { Title?: string, Author?: string, Subject?: string, Language?: string } }
  await task.destroy()
  return { pages, outline, title: info.Title ?? '', author: info.Author ?? '', subject: info.Subject ?? '', language: info.Language ?? '', marks, stray }
}

const painting = new Set([OPS.constructPath, OPS.fill, OPS.eoFill, OPS.stroke, OPS.fillStroke, OPS.showText, OPS.showSpacedText, OPS.paintImageXObject, OPS.paintFormXObjectBegin, OPS.shadingFill])

/** The marks of a page, from 1, and what is drawn outside of all of them. */
function readMarks({ fnArray, argsArray }: { fnArray: readonly number[], argsArray: readonly unknown[] }, no: number): Pick<PdfContents, 'marks' | 'stray'> {
  const marks: string[] = []
  const stray: string[] = []
  const open: string[] = []
  for (const [i, operator] of fnArray.entries()) {
    const args = argsArray[i] as unknown[] | null
    if (operator === OPS.beginMarkedContent || operator === OPS.beginMarkedContentProps) {
      const id = args?.[1] as { mcid?: number } | number | null | undefined
      const mcid = typeof id === 'number' ? id : id?.mcid
      if (mcid !== undefined && mcid !== null)
        marks.push(`${no - 1}:${mcid}`)
      // Mere properties, such as the text that a space stands for, may stand anywhere.
      if (open.length > 0 && ((mcid !== undefined && mcid !== null) || String(args?.[0]) === 'Artifact'))
        stray.push(`page ${no}: a mark stands in another`)
      open.push(String(mcid))
    }
    else if (operator === OPS.endMarkedContent) {
      open.pop()
    }
    else if (open.length === 0 && painting.has(operator) && !(operator === OPS.constructPath && args?.[0] === OPS.endPath)) {
      stray.push(`page ${no}: something is drawn that is neither`)
    }
  }
  return { marks, stray }
}

/** On which page, from 1, stands each place that links of the file lead to, by its name. */
export async function pagesOfPlaces(bytes: Uint8Array): Promise<Record<string, number>> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false })
  const file = await task.promise
  const pages: Record<string, number> = {}
  for (const [name, place] of Object.entries(await file.getDestinations() as Record<string, [{ num: number, gen: number }] | undefined>)) {
    if (place)
      pages[name] = await file.getPageIndex(place[0]) + 1
  }
  await task.destroy()
  return pages
}

/** Text for comparison: without spaces, hyphens, case and the kind of apostrophe, which PDFs do not keep. */
export function plainLetters(text: string): string {
  return text.normalize('NFKC').replace(/[’ʼ]/g, '\'').replace(/[\s\u00AD-]+/g, '').toLowerCase()
}

/** What a page has to hold, and whose it is. */
interface ExpectedText {
  no: number
  alias?: string
  click?: number
  heading: string
  captions: readonly string[]
}

/**
 * What the pages of a printed deck lack.
 * @returns a sentence for each page that is blank or without its heading or a caption, with the slide's name
 */
export function missingText(contents: PdfContents, pages: readonly ExpectedText[]): string[] {
  const faults = contents.pages.length === pages.length ? [] : [`It has ${contents.pages.length} pages; ${pages.length} were printed.`]
  for (const [i, { no, alias, click, heading, captions }] of pages.entries()) {
    const page = contents.pages[i]
    const who = `Page ${i + 1}, slide ${no}${alias ? ` “${alias}”` : ''}${click === undefined ? '' : ` at click ${click}`},`
    if (!page || page.operators < 30)
      faults.push(`${who} is blank.`)
    const text = plainLetters(page?.text ?? '')
    for (const words of [heading, ...captions]) {
      if (!text.includes(plainLetters(words)))
        faults.push(`${who} lacks its words “${words}”.`)
    }
  }
  return faults
}
