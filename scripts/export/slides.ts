/** The slides as a file: one page a slide, or one a click, with what this deck alone has. */
import type { Page } from 'playwright-core'
import type { OpenOptions, PrintedDeck } from '../../pdf/index.ts'
import type { Slide } from '../../talk/slides.ts'
import { printDeck } from '../../pdf/index.ts'
import { printRoute } from '../../read/figures.ts'
import { readPlan } from '../../talk/plan.ts'

/** How this deck is opened for print. */
export const deckInPrint: Pick<OpenOptions, 'router' | 'selectors' | 'prepare'> = {
  ...printRoute,
  async prepare(page) {
    const empty = await page.evaluate(linkSources)
    if (empty.length > 0)
      throw new Error(`These slides are laid out for a figure and hold none: ${empty.join(', ')}.`)
  },
}

/**
 * Prints slides. The page stands ready afterwards: what is wrong with its pictures can still be asked.
 * @throws Error naming the slide that is not ready
 */
export async function printSlides(page: Page, url: string, slides: readonly Slide[], { wanted = slides, clicks, short = false }: { clicks?: boolean, wanted?: readonly Slide[], short?: boolean } = {}): Promise<PrintedDeck> {
  const acts = new Map((await readPlan({ short })).map(({ slide, note }) => [slide.no, note.act]))
  return printDeck(page, url, {
    ...deckInPrint,
    slides,
    only: wanted.map(({ no }) => no),
    clicks,
    details: { claim: 'PDF/UA-1' },
    chapterOf: ({ no }) => acts.get(no),
  })
}

/**
 * Runs in the page. The source line names papers in words: on paper each leads to the list of sources and to arXiv.
 * @returns numbers of slides that are laid out for a figure and hold none
 */
function linkSources(): number[] {
  const containers = [...document.querySelectorAll('.print-slide-container')]
  const list = containers.find(container => container.querySelector('.source-list'))?.id
  for (const line of list ? document.querySelectorAll<HTMLElement>('.print-slide-container .source-line[data-source]') : []) {
    const named = line.dataset.source?.split(' ').length ?? 0
    line.replaceChildren(...(line.textContent ?? '').split(' · ').flatMap((part, i) => {
      const [, short = part, id] = /^(.*), arXiv:([\d.]+)$/.exec(part) ?? []
      const toList = document.createElement('a')
      toList.href = `#/${Number.parseInt(list!)}`
      toList.textContent = short
      const paper = document.createElement('a')
      paper.href = `https://arxiv.org/abs/${id}`
      paper.textContent = `arXiv:${id}`
      return [i === 0 ? '' : ' · ', i < named ? toList : part, ...(id ? [', ', paper] : [])]
    }))
  }
  return containers.filter(container => container.querySelector('.figure-slide') && !container.querySelector('[data-figure]')).map(({ id }) => Number.parseInt(id))
}
