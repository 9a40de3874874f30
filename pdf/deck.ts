/** A built Slidev deck on paper: its print route in a browser, awaited, made ready and printed as a tagged PDF. */
import type { Page } from 'playwright-core'
import type { OutlineEntry, PdfDetails } from './document.ts'
import type { PrintOptions } from './print.ts'
import type { Prepared, Selectors, SlideFacts } from './prepare.ts'
import { useStaticFonts } from './fonts.ts'
import { groundHalos, prepareSlides, slideFacts, undrawnFigures } from './prepare.ts'
import { printOpened } from './print.ts'
import { plainLetters } from './read.ts'

/** A slide as the deck's sources declare it: the print has to show it so. */
export interface ExpectedSlide {
  /** Page number, from 1. */
  no: number
  heading: string
  clicks: number
  /** Its routeAlias, by which errors and links may name it. */
  alias?: string
}

/** What to open, and how to read it. */
export interface OpenOptions {
  /** All slides of the deck; without them, those that the print route shows are taken as they are. */
  slides?: readonly ExpectedSlide[]
  /** Page numbers of the slides to print; all unless said. */
  only?: readonly number[]
  /** A page for every click rather than for every slide. */
  clicks?: boolean
  /** `routerMode` of the deck; Slidev's own, `history`, unless said. */
  router?: 'hash' | 'history'
  /** Where the deck's figures, captions and other parts are found. */
  selectors?: Partial<Selectors>
  /** Changes the opened page before it is read. */
  prepare?: (page: Page) => Promise<unknown>
  /** How long to wait for the slides to get ready, in milliseconds. */
  patience?: number
}

/** A page of the printed deck. */
export interface PrintedPage {
  /** Page number of its slide, from 1. */
  no: number
  alias?: string
  heading: string
  /** The click whose state it shows, where every click has a page; the last one otherwise. */
  click?: number
  /** Words of its figures' captions. */
  captions: string[]
  /** What it says, in words: for who cannot see its picture. */
  words: string
}

/** A deck laid out for print in a browser's page. */
export interface OpenDeck extends Pick<Prepared, 'drawings' | 'links'> {
  pages: PrintedPage[]
}

export interface PrintedDeck {
  bytes: Uint8Array
  pages: PrintedPage[]
}

export interface DeckOptions extends OpenOptions, Pick<PrintOptions, 'nameLink'> {
  /** What the file says of itself; what is not given is read from the page's head. */
  details?: Partial<PdfDetails>
  /** The chapter that a page is part of: its title stands over those of its slides in the outline. */
  chapterOf?: (page: PrintedPage) => string | undefined
}

/**
 * Prints a deck. The page stands ready afterwards: pictures can be taken of it, and its layout be asked.
 * @param page a fresh page of a browser
 * @param url address of the served deck, with a slash at its end
 * @throws Error naming the slides that are not ready
 */
export async function printDeck(page: Page, url: string, options: DeckOptions = {}): Promise<PrintedDeck> {
  const { pages, drawings, links } = await openDeck(page, url, options)
  const bytes = await printOpened(page, {
    details: options.details,
    outline: outlineOf(pages, options.chapterOf),
    nameLink: options.nameLink,
    places: Object.fromEntries(pages.flatMap(({ no, alias, heading }) => anchorsOf(no, alias).map(anchor => [anchor, `slide ${no}, ${heading}`]))),
    links,
    drawings,
    sections: pages.map(({ heading }) => heading),
  })
  return { bytes, pages }
}

/**
 * Opens the print route and waits until every slide stands there: compiled, its figures drawn, its fonts there.
 * @returns the pages that stand there, those that are not wanted taken out
 * @throws Error naming the slides that are not ready
 */
export async function showPrintRoute(page: Page, url: string, options: OpenOptions = {}): Promise<SlideFacts['pages']> {
  const { clicks = false, router = 'history' } = options
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  // Slidev prints what the screen shows; `print` media would leave its own print styles without effect.
  await page.emulateMedia({ media: 'screen', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 980, height: 552 })
  const query = `?print=${clicks ? 'clicks' : 'true'}`
  await page.goto(router === 'hash' ? `${url}${query}#/print` : `${url}print${query}`)
  const found = await slidesReady(page, selectorsOf(options), options, errors)
  // Slidev's own range of pages is not heard under hash routing.
  const kept = found.map(({ no }) => isWanted(no, options))
  await page.$$eval('.print-slide-container', (containers, kept) => containers.forEach((container, i) => kept[i] || container.remove()), kept)
  await page.evaluate(() => document.fonts.ready)
  if (errors.length > 0)
    throw new Error(`The slides failed on the way to print:\n${errors.join('\n')}`)
  return found.filter((_, i) => kept[i])
}

/**
 * Opens the print route and makes it ready for paper: its drawings carry words, it is set in fonts that a PDF can hold.
 * @throws Error naming the slides that are not ready
 */
export async function openDeck(page: Page, url: string, options: OpenOptions = {}): Promise<OpenDeck> {
  const { slides, clicks = false } = options
  await allowOwnStyles(page)
  const found = await showPrintRoute(page, url, options)
  await options.prepare?.(page)
  const shown = found.map(({ no, click, heading }) => {
    const slide = slides?.find(slide => slide.no === no)
    return { no, alias: slide?.alias, heading: slide?.heading ?? (heading || `Slide ${no}`), click: clicks ? click : undefined }
  })
  const anchors = shown.map(({ no, alias }, i) => shown[i - 1]?.no === no ? [] : anchorsOf(no, alias))
  const { slideTexts, drawings, links } = await page.evaluate(prepareSlides, { selectors: selectorsOf(options), anchors })
  await page.evaluate(groundHalos, undefined)
  await useStaticFonts(page)
  return { pages: shown.map((page, i) => ({ ...page, ...slideTexts[i]! })), drawings, links }
}

/** What Slidev’s starter and most decks are made of. */
const anyDeck: Selectors = {
  heading: 'h1, h2, h3',
  figure: 'figure',
  caption: 'figcaption',
  summary: '',
  drawn: 'path, rect, line, circle, text, td, li, p, img, canvas, video, pre',
  pending: '.slidev-slide-loading',
  failure: '',
  decorative: '',
  afterHeading: '',
}

const selectorsOf = ({ selectors }: OpenOptions): Selectors => ({ ...anyDeck, ...selectors })

/** What stands in the page once all of it does. */
async function slidesReady(page: Page, selectors: Selectors, options: OpenOptions, errors: readonly string[]): Promise<SlideFacts['pages']> {
  const { slides, patience = 60_000 } = options
  // Slides come one by one; where nobody says which, they are all there when no more come.
  if (!slides)
    await page.waitForLoadState('networkidle')
  let before = ''
  for (let waited = 0; ; waited += 50) {
    const found = await page.evaluate(slideFacts, selectors)
    const wanted = found.pages.filter(({ no }) => isWanted(no, options))
    const broken = wanted.filter(({ failure }) => failure).map(({ no, failure }) => `${nameOf(no, slides)} did not come out: in its place stands “${failure}”`)
    const missing = missingSlides(found, options)
    if (!slides && before !== (before = JSON.stringify(found)))
      missing.push('The slides are still changing.')
    // Measured once everything is there: each question lays the whole deck out.
    if (broken.length + missing.length === 0)
      missing.push(...(await page.evaluate(undrawnFigures, selectors)).filter(({ no }) => isWanted(no, options)).map(({ no, fault }) => `${nameOf(no, slides)}: its figure is ${fault}.`))
    if (missing.length + broken.length === 0)
      return found.pages
    if (broken.length > 0 || waited >= patience)
      throw new Error(`The slides are not ready for print:\n${[...broken, ...missing, ...errors].join('\n')}`)
    await page.waitForTimeout(50)
  }
}

/** What is not there yet, of what is expected. */
function missingSlides({ pending, pages }: SlideFacts, options: OpenOptions): string[] {
  const missing = pending > 0 ? [`${pending} slides or drawings are still loading.`] : []
  const { slides = [], clicks } = options
  const count = slides.reduce((sum, { clicks: last }) => sum + (clicks ? last + 1 : 1), 0)
  if (pages.length === 0)
    missing.push('There is no print route: was the deck built with __SLIDEV_FEATURE_PRINT__, as the README says, and is the server told its router mode?')
  else if (options.slides && pages.length !== count)
    missing.push(`The print route shows ${pages.length} pages; ${count} were expected.`)
  for (const { no, heading } of slides.filter(({ no }) => isWanted(no, options))) {
    const wrong = pages.find(page => page.no === no && plainLetters(page.heading) !== plainLetters(heading))
    if (wrong)
      missing.push(`${nameOf(no, slides)} did not come out: its heading reads “${wrong.heading || 'nothing'}”; “${heading}” was expected.`)
  }
  return missing
}

const isWanted = (no: number, { only }: OpenOptions) => only?.includes(no) ?? true

function nameOf(no: number, slides: OpenOptions['slides']): string {
  const alias = slides?.find(slide => slide.no === no)?.alias
  return alias ? `slide ${no} “${alias}”` : `slide ${no}`
}

/** Names of the place that links to a slide lead to: `#/5` and `#/alias`, and `#5` as Slidev’s Link has it in print. */
function anchorsOf(no: number, alias?: string): string[] {
  return [`/${no}`, String(no), ...alias ? [`/${alias}`, alias] : []]
}

/** Chapters where there are any, below them slides, below those clicks where each is a page. */
function outlineOf(pages: readonly PrintedPage[], chapterOf: DeckOptions['chapterOf']): OutlineEntry[] {
  const outline: OutlineEntry[] = []
  let slides = outline
  let chapter: string | undefined
  for (const [i, page] of pages.entries()) {
    if (pages[i - 1]?.no === page.no) {
      slides.at(-1)?.below.push({ title: `click ${page.click}`, page: i, below: [] })
      continue
    }
    const title = chapterOf?.(page)
    if (title !== undefined && title !== chapter)
      outline.push({ title: chapter = title, page: i, below: slides = [] })
    slides.push({ title: page.heading, page: i, below: [] })
  }
  return outline
}

/** A deck's Content-Security-Policy may take no style from outside; the page is set in styles of the printer's own. */
async function allowOwnStyles(page: Page): Promise<void> {
  // Holds as long as the session does, and that is as long as the page.
  const tools = await page.context().newCDPSession(page)
  await tools.send('Page.setBypassCSP', { enabled: true })
}
