/** The slides as a file: one page a slide, or one a click. */
import type { Page } from 'playwright-core'
import type { Slide } from '../lib/deck.ts'
import type { OutlineEntry } from '../../pdf/document.ts'
import type { PrintedPage } from '../../pdf/print.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/deck.ts'
import { deckDetails } from '../../talk/details.ts'
import { readPlan } from '../../talk/plan.ts'
import { describe, dropUnused, nameLinks, openPrinted, setOutline } from '../../pdf/document.ts'
import { openPrint, printPage } from '../../pdf/print.ts'
import { tidyTags } from '../../pdf/tags.ts'

export interface SlidesFile {
  bytes: Uint8Array
  pages: PrintedPage[]
  /** Words of the captions, by page from 0. */
  captions: string[][]
  /** What each page says, in words. */
  words: string[]
}

/**
 * Prints slides. The page stands ready afterwards: what is wrong with its pictures can still be asked.
 * @throws Error naming the slide that is not ready
 */
export async function printSlides(page: Page, url: string, slides: readonly Slide[], options: { clicks?: boolean, wanted?: readonly Slide[], short?: boolean } = {}): Promise<SlidesFile> {
  const { pages, boxes, captions, words, links } = await openPrint(page, url, slides, options)
  const pdf = await openPrinted(await printPage(page), pages.length)
  tidyTags(pdf, { boxes, titles: pages.map(({ slide }) => slide.heading) })
  // As prepareSlides names them.
  nameLinks(pdf, links, Object.fromEntries(pages.flatMap(({ slide }) => [slide.no, slide.alias].map(place => [`/${place}`, `slide ${slide.no}, ${slide.heading}`]))))
  setOutline(pdf, await outlineOf(pages, { short: options.short ?? false }))
  describe(pdf, deckDetails, { accessible: true })
  dropUnused(pdf)
  return { bytes: await pdf.save(), pages, captions, words }
}

/** Acts, below them their slides, below those their clicks where each is a page. */
export async function outlineOf(pages: readonly PrintedPage[], { short }: { short: boolean }): Promise<OutlineEntry[]> {
  const plan = await readPlan({ short })
  const outline: OutlineEntry[] = []
  let act = ''
  for (const [i, { slide }] of pages.entries()) {
    const file = plan.find(planned => planned.slide.alias === slide.alias)?.note.file ?? act
    if (file !== act || outline.length === 0)
      outline.push({ title: actTitle(file), page: i, below: [] })
    act = file
    const below = outline.at(-1)?.below
    if (pages[i - 1]?.slide === slide)
      below?.at(-1)?.below.push({ title: `click ${pages[i]?.click}`, page: i, below: [] })
    else
      below?.push({ title: slide.heading, page: i, below: [] })
  }
  return outline
}

/** What an act is called: the heading of its file in notes/. */
export function actTitle(file: string): string {
  const title = /^# (.+)$/m.exec(readFileSync(join(root, 'notes', file), 'utf8'))?.[1]
  if (!title)
    throw new Error(`notes/${file} has no “# ” heading to call its act by.`)
  return title
}
