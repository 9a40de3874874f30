/** What runs in the print route's page. Each function is sent to the browser, so it uses nothing from outside. */
import type { Drawing } from './tags.ts'

/** CSS selectors of what a deck's slides are made of; '' where it has no such thing. */
export interface Selectors {
  /** The first of these on a slide is its heading. */
  heading: string
  /** A figure, whose drawings are one picture each. */
  figure: string
  /** In a figure: its caption, which its page must hold as text. */
  caption: string
  /** In a figure: the words that are the alternative text of its largest drawing. */
  summary: string
  /** In a figure: what it is drawn with, of which there must be something. */
  drawn: string
  /** What stands in a slide as long as something is still to come. */
  pending: string
  /** What stands in a slide instead of something that failed. */
  failure: string
  /** What would mislead who cannot see it, and is said in words elsewhere: seen, and not read. */
  decorative: string
  /** What stands before the heading in the page and is read after it. */
  afterHeading: string
}

/** What the page knows of its slides. */
export interface Prepared {
  /** For each page: its captions, and what it says in words. */
  slideTexts: { captions: string[], words: string }[]
  drawings: Drawing[]
  /** What links are called, by their addresses. */
  links: Record<string, string>
}

/** The pages that stand there, and how many things are still to come. */
export interface SlideFacts {
  pending: number
  pages: { no: number, click: number, heading: string, failure: string }[]
}

export function slideFacts({ heading, pending, failure }: Selectors): SlideFacts {
  const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? ''
  return {
    pending: pending ? document.querySelectorAll(pending).length : 0,
    pages: [...document.querySelectorAll('.print-slide-container')].map((container) => {
      // Slidev writes the slide's number and the number of the click, from 1: “003-01”.
      const [no = 0, click = 1] = container.id.split('-').map(Number)
      return { no, click: click - 1, heading: textOf(container.querySelector(heading)), failure: failure ? textOf(container.querySelector(failure)) : '' }
    }),
  }
}

/** Figures that are empty, or have no size. */
export function undrawnFigures({ figure, drawn }: Selectors): { no: number, fault: string }[] {
  return [...document.querySelectorAll('.print-slide-container')].flatMap(container => [...figure ? container.querySelectorAll(figure) : []].flatMap((element) => {
    const { width, height } = element.getBoundingClientRect()
    const fault = !element.querySelector(drawn) ? 'empty' : width === 0 || height === 0 ? `${width} by ${height} px` : ''
    return fault ? [{ no: Number.parseInt(container.id), fault }] : []
  }))
}

/** What paper needs and the screen does not: drawings that carry the words of their figure, and words in their order. */
export function prepareSlides({ selectors, anchors }: { selectors: Selectors, anchors: string[][] }): Prepared {
  const all = <T extends Element = HTMLElement>(within: ParentNode, selector: string) => selector ? [...within.querySelectorAll<T>(selector)].filter(part => !part.closest('.slidev-vclick-hidden')) : []
  const containers = all(document, '.print-slide-container')

  // What could be pressed on the screen is words on paper.
  for (const button of all(document, '.print-slide-container button')) {
    const words = document.createElement('span')
    for (const { name, value } of [...button.attributes].filter(({ name }) => name === 'class' || name.startsWith('data-v-')))
      words.setAttribute(name, value)
    words.append(...button.childNodes)
    button.replaceWith(words)
  }
  // A new line parts words for the eye alone.
  for (const line of all(document, '.print-slide-container :is(th, td, p, h1) > br')) {
    if (['start', 'left'].includes(getComputedStyle(line.parentElement!).textAlign))
      line.before('\u00A0')
  }
  // What stands side by side is read one after the other, and not as one word.
  for (const part of all(document, '.print-slide-container :is(span, strong, em, small, b, i)')) {
    const holder = part.parentElement!
    if (part.role || !part.textContent?.trim() || holder.children.length < 2 || !/flex|grid/.test(getComputedStyle(holder).display))
      continue
    part.role = 'paragraph'
    if (holder.matches('p'))
      holder.role = 'group'
  }

  /** What an element says, parts in lines of their own set apart. */
  const said = (element: HTMLElement) => (element.innerText ?? element.textContent ?? '').replace(/[^\S\u00A0]+/g, ' ').replace(/ (?=[,.;:])/g, '').trim()
  const sentences = (parts: readonly string[]) => parts.filter(Boolean).map(part => /[.?!…:]”?$/.test(part) ? part : `${part}.`).join(' ')
  const textOf = (element: Element | undefined) => element?.textContent?.trim() ?? ''

  /** What a figure says of itself, or else its caption. */
  function summariesOf(figure: HTMLElement): HTMLElement[] {
    const described = (figure.getAttribute('aria-describedby') ?? '').split(' ').flatMap(id => document.getElementById(id) ?? [])
    const own = selectors.summary ? all(figure, selectors.summary) : described
    return own.length > 0 ? own : all(figure, selectors.caption)
  }

  /** A slide in words: what its figures say of themselves with their rows and entries, or else its text. */
  function wordsOf(container: HTMLElement): string {
    const figures = all(container, selectors.figure)
    const inFigures = [...new Set(figures.flatMap(figure => [...all(figure, selectors.caption), ...summariesOf(figure)]))].map(textOf)
    const rows = all(container, '.slidev-layout tbody tr').map(row => [...row.children].map(cell => said(cell as HTMLElement).replace(/[.,;]$/, '')).join('; '))
    const entries = figures.flatMap(figure => all(figure, 'li')).filter(entry => !selectors.decorative || !entry.closest(selectors.decorative)).map(said)
    const text = all(container, '.slidev-layout :is(h2, p, li, dt, blockquote, figcaption)').filter(part => !part.parentElement?.closest('p, li, blockquote, figcaption')).map(said)
    return sentences(inFigures.length > 0 ? [...inFigures, ...rows, ...entries] : [...text, ...rows])
  }

  const slideTexts: Prepared['slideTexts'] = []
  const drawings: Drawing[] = []
  for (const [page, container] of containers.entries()) {
    const frame = container.getBoundingClientRect()
    // A section of the tag tree.
    container.role = 'article'
    for (const id of anchors[page] ?? []) {
      const anchor = document.createElement('span')
      anchor.id = id
      container.prepend(anchor)
    }
    const heading = container.querySelector(selectors.heading)
    const late = all(container, selectors.afterHeading)
    if (heading && late.length > 0) {
      // The slide is read in this order; for the eye everything stays where it is.
      const order = [heading, ...late, ...[...container.children].filter(child => !late.includes(child as HTMLElement))]
      for (const [i, part] of order.entries())
        part.id ||= `read-${page}-${i}`
      container.setAttribute('aria-owns', order.map(({ id }) => id).join(' '))
    }
    slideTexts.push({ captions: all(container, selectors.figure).flatMap(figure => all(figure, selectors.caption)).map(textOf), words: wordsOf(container) })
    for (const part of all(container, selectors.decorative))
      part.setAttribute('aria-hidden', 'true')

    const alternatives: { svg: SVGElement, alt: string }[] = all<SVGElement>(container, 'svg[role=img][aria-label]')
      .filter(svg => !selectors.figure || !svg.closest(selectors.figure)).map(svg => ({ svg, alt: svg.getAttribute('aria-label') ?? '' }))
    for (const figure of all(container, selectors.figure)) {
      // Small signs, keys and glyphs repeat what stands beside them.
      const area = (svg: SVGElement) => svg.getBoundingClientRect().width * svg.getBoundingClientRect().height
      const large = all<SVGElement>(figure, 'svg').filter(svg => svg.getBoundingClientRect().width >= 100 && !svg.parentElement?.closest('svg')).sort((a, b) => area(b) - area(a))
      // The summary is of all panels.
      alternatives.push(...large.map((svg, i) => ({ svg, alt: (i === 0 ? textOf(summariesOf(figure)[0]) : svg.getAttribute('aria-label')) ?? '' })))
    }
    for (const { svg, alt } of alternatives) {
      if (!alt) {
        svg.setAttribute('aria-hidden', 'true')
        continue
      }
      svg.removeAttribute('aria-hidden')
      svg.setAttribute('role', 'img')
      svg.setAttribute('aria-label', alt)
      const { left, top, right, bottom } = svg.getBoundingClientRect()
      drawings.push({ page, alt, left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top })
    }
  }
  // Of what the printing server offers beside the slides, nothing goes along.
  for (const link of all<HTMLAnchorElement>(document, 'a')) {
    if (link.origin === location.origin && !link.hash)
      link.removeAttribute('href')
  }
  return { slideTexts, drawings, links: Object.fromEntries(all<HTMLAnchorElement>(document, 'a').map(link => [link.href, textOf(link)])) }
}

/**
 * Labels whose outline is painted under them stand on a ground of that colour instead: Chromium would put the outline
 * into the file as text of its own, and who searches or copies would find the words twice.
 */
export function groundHalos(labels = '.print-slide-container text'): void {
  for (const label of document.querySelectorAll<SVGTextElement>(labels)) {
    const { stroke, strokeWidth, paintOrder, transform, opacity } = getComputedStyle(label)
    if (stroke === 'none' || !paintOrder.startsWith('stroke'))
      continue
    const { x, y, width, height } = label.getBBox()
    const margin = Number.parseFloat(strokeWidth) / 2
    const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
    // A line of text is higher than its letters.
    for (const [name, value] of Object.entries({ 'x': x - margin, 'y': y + height * 0.12, 'width': width + 2 * margin, 'height': height * 0.8, 'rx': margin, 'fill': stroke, 'aria-hidden': 'true' }))
      ground.setAttribute(name, String(value))
    Object.assign(ground.style, { transform, opacity, stroke: 'none', fill: stroke })
    label.before(ground)
    label.style.stroke = 'none'
  }
}
