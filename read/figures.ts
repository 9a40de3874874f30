/** The figures of the built deck as drawings that stand alone, with their words and their data, by the alias of their slide. */
import type { DataTable } from '#live-figures'
import type { Page } from 'playwright-core'
import type { Drawing } from './drawing.ts'
import type { Slide } from '../talk/slides.ts'
import { showPrintRoute, type OpenOptions } from '../pdf/index.ts'
import { drawPart } from './drawing.ts'

/** How this deck's print route is read. */
export const printRoute = {
  router: 'hash',
  selectors: {
    heading: 'h1',
    figure: '[data-figure]',
    caption: '.figure-caption',
    drawn: '.figure-body :is(path, rect, line, circle, text, td, li, p)',
    pending: '.slidev-slide-loading, [data-loading]',
    // FaultBoundary leaves a note where a figure failed, and MissingSlide a sentence where a slide did not load.
    failure: '.fault-note, h1 + .missing',
    decorative: '[data-decorative]',
    afterHeading: '.owner-marks',
  },
} satisfies OpenOptions

export interface ReadFigure {
  caption: string
  /** What it shows, for those who do not see it. */
  summary: string
  /** Ids of the sources of its numbers. */
  sources: string[]
  /** The click whose state it is; a figure as it is printed holds all that paper can. */
  click?: number
  /** None where the figure is a table itself. */
  drawing?: Drawing
  tables: DataTable[]
}

/** What the page takes from the deck. */
export interface DeckContents {
  /** For each slide with a figure: on paper's state last, before it the clicks that paper does not show. */
  figures: Map<string, ReadFigure[]>
  /** The tables that stand on slides as such, by alias. */
  tables: Map<string, DataTable>
}

/** Colours of styles/tokens.css that a drawing names. */
const colours = ['paper', 'ink', 'muted', 'structure', 'general', 'caveat', 'hairline', 'rule', 'track', 'wire', 'shade', 'structure-soft', 'general-soft'].map(name => `--${name}`)

/** Figures that the page sets anew from the same data, as tables and lists. */
const setAnew = ['table', 'objective', 'next']

/** Clicks whose state is told and not part of what is printed. */
const earlierClicks: Readonly<Record<string, readonly number[]>> = { metric: [0, 1], map: [0, 1], cache: [0] }

/** How long a slide may take to come, on a machine that is busy with other things, in milliseconds. */
const patience = 120_000

/**
 * Reads the figures of a deck.
 * @param page a fresh page of a browser
 * @param url address of the served deck, with a slash at its end
 * @param slides all its slides
 * @throws Error naming a slide whose figure does not come
 */
export async function readFigures(page: Page, url: string, slides: readonly Slide[]): Promise<DeckContents> {
  await page.emulateMedia({ colorScheme: 'light' })
  await showPrintRoute(page, url, { ...printRoute, slides, patience })

  const figures = new Map<string, ReadFigure[]>()
  const tables = new Map<string, DataTable>()
  for (const { no, alias } of slides) {
    const container = `.print-slide-container[id^="${String(no).padStart(3, '0')}-"]`
    const table = await page.evaluate(tableOf, `${container} .slidev-layout table`)
    if (table)
      tables.set(alias, table)
    const words = await page.evaluate(wordsOfFigure, container)
    if (words && !alias.startsWith('book-'))
      figures.set(alias, [{ ...words, tables: [], drawing: setAnew.includes(alias) ? undefined : await page.evaluate(drawPart, { selector: `${container} .figure-body`, name: alias, colours }) }])
  }

  page.setDefaultTimeout(patience)
  // Data are told where a slide is shown; so are the clicks that paper leaves out.
  await page.goto(`${url}#/1`)
  // An address that changes before the router listens is not heard.
  await page.waitForFunction(() => Boolean((history.state as { current?: string } | null)?.current) && document.querySelector('.slidev-page-1 h1')?.checkVisibility())
  for (const { no, alias, clicks } of slides.filter(({ alias }) => figures.has(alias))) {
    const shown = figures.get(alias)!
    const slide = `.slidev-page-${no}`
    const earlier: ReadFigure[] = []
    for (const click of earlierClicks[alias] ?? []) {
      await turn(page, no, click)
      earlier.push({ click, ...(await page.evaluate(wordsOfFigure, slide))!, tables: [], drawing: await page.evaluate(drawPart, { selector: `${slide} .figure-body`, name: `${alias}-${click}`, colours }) })
    }
    await turn(page, no, clicks)
    shown.at(-1)!.tables = await page.evaluate(dataOf, slide)
    shown.unshift(...earlier)
  }
  return { figures, tables }
}

async function turn(page: Page, no: number, click: number): Promise<void> {
  await page.evaluate(({ no, click }) => void (location.hash = `/${no}?clicks=${click}`), { no, click })
  await page.waitForFunction(({ no, click }) => {
    const slide = document.querySelector(`.slidev-page-${no}`)
    const [path = '', query = ''] = (history.state as { current?: string } | null)?.current?.split('?') ?? []
    return path === `/${no}` && (new URLSearchParams(query).get('clicks') ?? '0') === String(click) && slide?.querySelector('h1')?.checkVisibility() && slide.querySelector('.figure-body :is(path, rect, line, circle, text, td, li, p)') && !slide.querySelector('[data-loading]')
  }, { no, click })
}

/** Runs in the page. */
function wordsOfFigure(slide: string): { caption: string, summary: string, sources: string[] } | undefined {
  const figure = document.querySelector<HTMLElement>(`${slide} [data-figure]`)
  const text = (selector: string) => figure?.querySelector(selector)?.textContent?.trim() ?? ''
  return figure ? { caption: text('.figure-caption'), summary: text('[data-summary]'), sources: figure.dataset.source?.split(' ') ?? [] } : undefined
}

/** Runs in the page. Opens the figure's data, reads them, and closes them again. */
async function dataOf(slide: string): Promise<DataTable[]> {
  const button = document.querySelector<HTMLElement>(`${slide} .data-control`)
  if (!button)
    return []
  button.click()
  for (let waited = 0; !document.querySelector(`${slide} .data-table`); waited++) {
    if (waited > 500)
      throw new Error(`The data of ${slide} do not open.`)
    await new Promise(done => requestAnimationFrame(done))
  }
  const cells = (row: Element) => [...row.children].map(cell => cell.textContent?.trim() ?? '')
  const tables = [...document.querySelectorAll(`${slide} .data-table`)].map(table => ({
    caption: table.querySelector('caption')?.textContent?.trim() ?? '',
    columns: cells(table.querySelector('thead tr')!),
    rows: [...table.querySelectorAll('tbody tr')].map(cells),
  }))
  button.click()
  return tables
}

/** Runs in the page. */
function tableOf(selector: string): DataTable | undefined {
  const table = document.querySelector(selector)
  const cells = (row: Element) => [...row.children].map(cell => cell.textContent?.replace(/\s+/g, ' ').trim() ?? '')
  const head = table?.querySelector('thead tr')
  return table && head ? { caption: '', columns: cells(head), rows: [...table.querySelectorAll('tbody tr')].map(cells) } : undefined
}
