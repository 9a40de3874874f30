/** Printing a built deck: from the print route in a browser to the bytes of a PDF, with what the page knew about it. */
import type { Page } from 'playwright-core'
import type { Slide } from '../scripts/lib/deck.ts'
import type { FigureBox } from './tags.ts'
import { useStaticFonts } from './fonts.ts'

/** A page of the printed deck. */
export interface PrintedPage {
  slide: Slide
  /** The click whose state it shows; the slide's last one unless every click is printed. */
  click: number
}

/** A deck laid out for print in a browser's page. */
export interface OpenPrint {
  pages: PrintedPage[]
  /** Where the figures stand. */
  boxes: FigureBox[]
  /** Words of the captions, by page from 0. */
  captions: string[][]
  /** What a page says, in words: for who cannot see its picture. */
  words: string[]
  /** What a link is called, by its address. */
  links: Record<string, string>
}

/** What the slides are measured in: CSS pixels. */
export const slideSize = { width: 980, height: 552 }

/**
 * Opens the print route and waits until every slide stands there, ready: compiled, its figures drawn, set in fonts that
 * a PDF can hold.
 * @param page a fresh page of a browser
 * @param url address of the served deck, with a slash at its end
 * @param slides all slides of the deck
 * @param options.clicks a page for every click rather than for every slide
 * @param options.wanted which slides to print; all unless said
 * @param options.patience how long to wait for a slide to get ready, in milliseconds
 * @throws Error naming the slide that is not ready
 */
export async function openPrint(page: Page, url: string, slides: readonly Slide[], { clicks = false, wanted = slides, patience = 60_000 }: { clicks?: boolean, wanted?: readonly Slide[], patience?: number } = {}): Promise<OpenPrint> {
  const all = slides.flatMap(slide => clicks
    ? Array.from({ length: slide.clicks + 1 }, (_, click) => ({ slide, click }))
    : [{ slide, click: slide.clicks }])
  const pages = all.filter(({ slide }) => wanted.includes(slide))

  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  await allowOwnStyles(page)
  // Slidev prints what the screen shows; `print` media would leave its own print styles without effect.
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' })
  await page.setViewportSize(slideSize)
  await page.goto(`${url}?print=${clicks ? 'clicks' : 'true'}#/print`)

  const expected = all.map(({ slide }) => ({ alias: slide.alias, no: slide.no, heading: slide.heading, wanted: wanted.includes(slide) }))
  for (let waited = 0; ; waited += 50) {
    const { missing, broken } = await page.evaluate(readiness, expected)
    if (broken.length > 0 || (missing.length > 0 && waited >= patience))
      throw new Error(`The slides are not ready for print:\n${[...broken, ...missing, ...errors].join('\n')}`)
    if (missing.length === 0)
      break
    await page.waitForTimeout(50)
  }
  // Slidev's own range of pages is not heard under hash routing.
  await page.$$eval('.print-slide-container', (containers, kept) => containers.forEach((container, i) => kept[i] || container.remove()), expected.map(({ wanted }) => wanted))
  await page.evaluate(() => document.fonts.ready)
  const prepared = await page.evaluate(prepareSlides, pages.map(({ slide }, i) => ({ no: slide.no, alias: slide.alias, first: pages[i - 1]?.slide !== slide })))
  await useStaticFonts(page)
  if (errors.length > 0)
    throw new Error(`The slides failed on the way to print:\n${errors.join('\n')}`)
  return { pages, ...prepared }
}

/** The policy of the deck (setup/vite/policy.ts) takes no style from outside; the exporter sets the page in styles of its own. */
export async function allowOwnStyles(page: Page): Promise<void> {
  // Holds as long as the session does, and that is as long as the page.
  const tools = await page.context().newCDPSession(page)
  await tools.send('Page.setBypassCSP', { enabled: true })
}

/** Prints what stands in the page. */
export function printPage(page: Page, { outline = false } = {}): Promise<Uint8Array> {
  return page.pdf({ tagged: true, outline, printBackground: true, preferCSSPageSize: true })
}

/**
 * Runs in the page. What keeps slides from being ready: `missing` may still come, `broken` will not.
 * FaultBoundary leaves a note where a figure failed, and MissingSlide a sentence where a slide did not load.
 */
function readiness(expected: { alias: string, no: number, heading: string, wanted: boolean }[]): { missing: string[], broken: string[] } {
  const containers = [...document.querySelectorAll('.print-slide-container')]
  // Drawings that come after the words of their slide (CoverCurves).
  const missing = [...document.querySelectorAll('[data-loading]')].map(() => 'A drawing is still loading.')
  const broken: string[] = []
  const drawings: { who: string, figure: Element }[] = []
  if (containers.length !== expected.length)
    missing.push(`The print route shows ${containers.length} pages; ${expected.length} were expected.`)
  for (const [i, { alias, no, heading, wanted }] of expected.entries()) {
    if (!wanted)
      continue
    const container = containers[i]
    const who = `slide ${no} “${alias}”`
    const shown = container?.querySelector('h1')?.textContent ?? ''
    const [is, should] = [shown, heading].map(text => text.normalize('NFKC').replace(/[’ʼ]/g, '\'').replace(/[\s\u00AD-]+/g, '').toLowerCase())
    if (is !== should)
      missing.push(`${who} did not come out: its heading reads “${shown || 'nothing'}”, slides.md says “${heading}”.`)
    const instead = container?.querySelector('.fault-note, h1 + .missing')?.textContent?.trim()
    if (instead)
      broken.push(`${who} did not come out: in its place stands “${instead}”`)
    const figures = [...container?.querySelectorAll('[data-figure]') ?? []]
    if (container?.querySelector('.figure-slide') && figures.length === 0)
      missing.push(`${who} holds no figure.`)
    drawings.push(...figures.map(figure => ({ who, figure })))
  }
  // Measured once everything is there: each question lays the whole deck out.
  for (const { who, figure } of missing.length === 0 ? drawings : []) {
    const { width, height } = figure.getBoundingClientRect()
    const drawn = figure.querySelector('.figure-body :is(path, rect, line, circle, text, td, li, p)')
    if (!drawn || width === 0 || height === 0)
      missing.push(`${who}: its figure is ${drawn ? `${width} by ${height} px` : 'empty'}.`)
  }
  return { missing, broken }
}

/**
 * Runs in the page. What paper needs and the screen does not: drawings that carry the words of their figure, links in
 * the source line, and the source line after what it is the source of.
 */
function prepareSlides(places: { no: number, alias: string, first: boolean }[]): Omit<OpenPrint, 'pages'> {
  // What could be pressed on the screen is words on paper.
  for (const button of document.querySelectorAll('.print-slide-container button')) {
    const words = document.createElement('span')
    for (const { name, value } of [...button.attributes].filter(({ name }) => name === 'class' || name.startsWith('data-v-')))
      words.setAttribute(name, value)
    words.append(...button.childNodes)
    button.replaceWith(words)
  }

  // A new line parts words for the eye alone.
  for (const line of document.querySelectorAll('.print-slide-container :is(th, td, p, h1) > br')) {
    if (['start', 'left'].includes(getComputedStyle(line.parentElement!).textAlign))
      line.before('\u00A0')
  }
  // What stands side by side is read one after the other, and not as one word.
  for (const part of document.querySelectorAll<HTMLElement>('.slidev-layout :is(span, strong, em, small, b, i), .owner-mark')) {
    const holder = part.parentElement!
    if (part.role || !part.textContent?.trim() || holder.children.length < 2 || !/flex|grid/.test(getComputedStyle(holder).display))
      continue
    part.role = 'paragraph'
    if (holder.matches('p'))
      holder.role = 'group'
  }

  /** Who says so is read after the heading, and stays where it is for the eye, in a room that is smaller or set off too. */
  function moveBehind(heading: Element | null, marks: HTMLElement): void {
    const before = marks.getBoundingClientRect()
    heading?.after(marks)
    marks.style.zoom = String(1 / (marks.currentCSSZoom || 1))
    const after = marks.getBoundingClientRect()
    const { top, right } = getComputedStyle(marks)
    marks.style.top = `${Number.parseFloat(top) + before.top - after.top}px`
    marks.style.right = `${Number.parseFloat(right) + after.right - before.right}px`
  }

  /** What an element says, parts in lines of their own set apart. */
  const said = (element: Element) => ((element as HTMLElement).innerText ?? element.textContent ?? '').replace(/[^\S\u00A0]+/g, ' ').replace(/ (?=[,.;:])/g, '').trim()
  const sentences = (parts: readonly string[]) => parts.filter(Boolean).map(part => /[.?!…:]”?$/.test(part) ? part : `${part}.`).join(' ')
  const boxes: FigureBox[] = []
  const captions: string[][] = []
  const words: string[] = []
  const sourcesPage = document.querySelector('.print-slide-container:has(.source-list)')?.id.split('-')[0]
  for (const [page, container] of [...document.querySelectorAll<HTMLElement>('.print-slide-container')].entries()) {
    const frame = container.getBoundingClientRect()
    container.role = 'article'
    // What a link to a slide leads to.
    for (const place of places[page]?.first ? [places[page].no, places[page].alias] : []) {
      const anchor = document.createElement('span')
      anchor.id = `/${place}`
      container.prepend(anchor)
    }
    const marks = container.querySelector<HTMLElement>('.owner-marks')
    if (marks)
      moveBehind(container.querySelector('h1'), marks)
    const told = [...container.querySelectorAll('[data-figure] :is(.figure-caption, [data-summary])')].map(part => part.textContent?.trim() ?? '')
    // A figure of words: its rows and entries are what it shows.
    const rows = [...container.querySelectorAll('.slidev-layout tbody tr')].map(row => [...row.children].map(cell => said(cell).replace(/[.,;]$/, '')).join('; '))
    const entries = [...container.querySelectorAll('[data-figure] li:not([data-told] *)')].map(said)
    const text = [...container.querySelectorAll('.slidev-layout :is(h2, p, li, dt, blockquote, figcaption)')].filter(part => !part.parentElement?.closest('p, li, blockquote, figcaption')).map(said)
    words.push(container.querySelector('.source-list') ? 'The list of all sources.' : sentences(told.length > 0 ? [...told, ...rows, ...entries] : [...text, ...rows]))
    captions.push([...container.querySelectorAll('[data-figure] .figure-caption')].map(caption => caption.textContent ?? ''))

    // What would mislead without its look, and stands in the summary.
    for (const part of container.querySelectorAll('[data-told]'))
      part.setAttribute('aria-hidden', 'true')
    for (const figure of container.querySelectorAll('[data-figure]')) {
      const summary = figure.querySelector('[data-summary]')?.textContent?.trim() ?? ''
      // Small signs, keys and glyphs repeat what stands beside them.
      const drawings = [...figure.querySelectorAll('svg')].map(svg => ({ svg, rect: svg.getBoundingClientRect() }))
        .filter(({ svg, rect }) => rect.width >= 100 && !svg.parentElement?.closest('svg'))
        .sort((a, b) => b.rect.width * b.rect.height - a.rect.width * a.rect.height)
      for (const [i, { svg, rect }] of drawings.entries()) {
        const alt = i === 0 ? summary : svg.getAttribute('aria-label')
        // The summary is of all panels.
        if (!alt) {
          svg.setAttribute('aria-hidden', 'true')
          continue
        }
        svg.removeAttribute('aria-hidden')
        svg.setAttribute('role', 'img')
        svg.setAttribute('aria-label', alt)
        boxes.push({ page, alt, left: rect.left - frame.left, top: rect.top - frame.top, right: rect.right - frame.left, bottom: rect.bottom - frame.top })
      }
    }

    const foot = container.querySelector('.slide-foot')
    foot?.parentElement?.append(foot)
    const line = foot?.querySelector<HTMLElement>('.source-line[data-source]')
    if (line && sourcesPage) {
      const named = line.dataset.source?.split(' ').length ?? 0
      line.replaceChildren(...(line.textContent ?? '').split(' · ').flatMap((part, i) => {
        const [, short = part, id] = /^(.*), arXiv:([\d.]+)$/.exec(part) ?? []
        const toList = document.createElement('a')
        toList.href = `#/${Number(sourcesPage)}`
        toList.textContent = short
        const paper = document.createElement('a')
        paper.href = `https://arxiv.org/abs/${id}`
        paper.textContent = `arXiv:${id}`
        return [i === 0 ? '' : ' · ', i < named ? toList : part, ...(id ? [', ', paper] : [])]
      }))
    }
  }
  // Of what the printing server offers beside the slides, nothing goes along.
  for (const link of document.querySelectorAll('a')) {
    if (link.origin === location.origin && !link.hash)
      link.removeAttribute('href')
  }
  const links = Object.fromEntries([...document.querySelectorAll('a')].map(link => [link.href, link.textContent?.trim() ?? '']))
  return { boxes, captions, words, links }
}
