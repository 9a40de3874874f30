/** The talk itself as prose: act by act, each slide's words with its figure where they speak of it, and the questions after them. */
import type { DeckContents, ReadFigure } from './figures.ts'
import type { PlannedSlide } from '../talk/plan.ts'
import { candidates, wouldChange } from '../data/candidates.ts'
import { countOutcomes, loans } from '../data/loan-book.ts'
import { isOwnerId, owners } from '../data/owners.ts'
import { caution } from '../lab/loan-query.ts'
import { formulaHtml, formulas } from './formulas.ts'
import { cite, escape, prose, tableHtml, wide, words } from './html.ts'
import { markHtml } from './marks.ts'

/** A slide that is told, with its words as they are read. */

/** The acts in order, each with its slides; what has a part of its own on the page is left out. */
export function actsOf(plan: readonly PlannedSlide[]): { id: string, title: string, slides: PlannedSlide[] }[] {
  const told = plan.filter(({ slide }) => !/^(?:sources|methods|book-)/.test(slide.alias) && slide.alias !== 'cover')
  return [...new Set(told.map(({ note }) => note.file))].map((file) => {
    const slides = told.filter(({ note }) => note.file === file)
    const title = slides[0]!.note.act
    return { id: file.replace('.md', ''), title: title === 'After the talk' ? 'Further figures' : title, slides }
  })
}

/** One slide as a section of the page. */
export function sectionHtml({ slide, note }: PlannedSlide, { figures, tables }: DeckContents): string {
  const { alias, heading, clicks } = slide
  const marks = slide.owners.filter(isOwnerId).map(owner => `<span class="owner">${owners[owner]}</span>`).join(' ')
  const paragraphs = note.spoken.split(/\n{2,}/)
  const after = placed(figures.get(alias) ?? [], paragraphs)
  const text = paragraphs.map((paragraph, i) => prose(paragraph.replace(/\[click\] ?/g, '')) + after.filter(({ paragraph }) => paragraph === i).map(({ figure, last }) => figureHtml(alias, figure, last ? clicks : figure.click ?? 0, last, after.length > 1)).join('')).join('')
  const own = anew[alias]?.({ figures, tables }) ?? ''
  const cited = [...slide.sources.map(cite), ...slide.sourceNote ? [words(slide.sourceNote)] : []]
  return `<section class="slide" id="${alias}">
<h3>${words(heading)}</h3>
<p class="claimed">${marks ? `<span class="label">Claimed by</span> ${marks}` : ''} ${liveLink(alias, clicks, heading)}</p>
${text}${(formulas[alias] ?? []).map(formulaHtml).join('\n')}${own}
${note.asked ? `<div class="asked"><h4>If asked<span class="hidden"> about: ${words(heading)}</span></h4>${prose(note.asked)}</div>` : ''}
${cited.length > 0 ? `<p class="cited"><span class="label">Sources</span> ${cited.join('; ')}</p>` : ''}
</section>`
}

/** Leads to the deck, from the page's own folder: to a slide at a click, in a tab beside the page. */
function liveLink(alias: string, click: number, name: string): string {
  return `<a class="live" target="_blank" href="../#/${alias}${click > 0 ? `?clicks=${click}` : ''}">open live<span class="hidden">, in a tab beside this: ${words(name)}</span></a>`
}

/** After which paragraph each figure stands: where its click is, or the first one for a figure that holds all of them. */
function placed(figures: readonly ReadFigure[], paragraphs: readonly string[]): { figure: ReadFigure, paragraph: number, last: boolean }[] {
  const paragraphOf = (click: number) => {
    let seen = 0
    const at = paragraphs.findIndex(paragraph => (seen += paragraph.split('[click]').length - 1) >= click)
    return at < 0 ? paragraphs.length - 1 : at
  }
  return figures.map((figure, i) => {
    const last = i === figures.length - 1
    return { figure, last, paragraph: figure.click !== undefined ? paragraphOf(figure.click) : figures.length > 1 ? paragraphs.length - 1 : paragraphOf(1) }
  })
}

function figureHtml(alias: string, { caption, summary, drawing, tables }: ReadFigure, click: number, isLast: boolean, isOneOfMany: boolean): string {
  if (!drawing)
    return ''
  const id = isLast ? `${alias}-figure` : `${alias}-figure-${click}`
  const svg = drawing.svg.replace('role="img"', `role="img" aria-labelledby="${id}-caption" aria-describedby="${id}-words"`)
  const data = tables.map(table => wide(`Data: ${table.caption || caption}`, tableHtml(table, 'data'))).join('')
  return `<figure id="${id}">
<figcaption id="${id}-caption">${words(caption)}</figcaption>
<div class="drawing" role="group" aria-label="Drawing" tabindex="0">${svg}</div>
<details><summary>In words${data ? ' and as data' : ''}<span class="hidden">: ${words(caption)}</span></summary><p id="${id}-words">${words(summary)}</p>${data}</details>${isOneOfMany
  ? `
<p class="claimed">${liveLink(alias, click, caption)}</p>`
  : ''}
</figure>`
}

/** What the page sets anew, because it is text on the slide too. */
const anew: Readonly<Record<string, (deck: DeckContents) => string>> = {
  objective: ({ tables }) => `<figure>${wide('Four answers', tableHtml({ ...tables.get('objective')!, caption: 'Asked: “Write a line about the sea.” Four good answers; the training set holds one of them.' }, 'short'))}</figure>`,
  table: () => `<figure><figcaption>The ${loans.length} structures by what became of them; <a href="#loan-book">every entry</a> stands below. * not all of it verified at first hand</figcaption>
<dl class="glance">${countOutcomes().map(({ outcome, count }) => `<div><dt>${markHtml(outcome)} ${outcome}, ${count}</dt><dd>${loans.filter(row => row.became.outcome === outcome).map(row => `<a href="#loan-${row.id}">${words(row.name)}</a>${caution(row) ? '*' : ''}`).join(', ')}</dd></div>`).join('')}</dl></figure>`,
  next: () => `<figure>${wide('Six candidates', `<table class="brief"><caption>Six candidates through the same three questions</caption>
<thead><tr><th scope="col">candidate</th><th scope="col">what it assumes</th><th scope="col">evidence that it is due</th><th scope="col">evidence that it is not</th></tr></thead>
<tbody>${candidates.map(({ name, assumes, due, notDue, rank, namedBy, sources, loan }) => `<tr><th scope="row">${words(name)}${rank ? ` <span class="owner">${rank === 1 ? 'our answer' : 'then this'}</span>` : ''}<small>named by ${words(namedBy)}${loan ? `; <a href="#loan-${loan}">its row</a>` : ''}; ${sources.map(cite).join('; ')}</small></th><td>${words(assumes)}</td>${[due, notDue].map(({ words: text, how }) => `<td>${words(text)}${how === 'verified' ? '' : ` <span class="caveat">${how}</span>`}</td>`).join('')}</tr>`).join('\n')}</tbody></table>`)}
<p><strong>What would change our mind:</strong> ${wouldChange.map(escape).join('; ')}.</p></figure>`,
}
