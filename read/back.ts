/** What stands after the acts: what speaks against the thesis, the loan book, terms, sources, methods, and who made this. */
import type { Loan } from '../data/loan-book.ts'
import type { DeckContents } from './figures.ts'
import type { Source, SourceId } from '../data/sources.ts'
import type { PlannedSlide } from '../talk/plan.ts'
import { copied } from '../data/copied.ts'
import { glossary } from '../data/glossary.ts'
import { loans } from '../data/loan-book.ts'
import { owners } from '../data/owners.ts'
import { checksWords, savesWords } from '../lab/loan-query.ts'
import { cite, escape, listed, tableHtml, wide, words } from './html.ts'
import { markHtml } from './marks.ts'

/** Where the talk itself says what does not fit, gathered: the sentences are those of its parts, in short. */
const against: readonly { says: string, sources: readonly string[], slide: string }[] = [
  { says: 'Not every assumption is worn out by compute: built-in symmetry was ahead at each compute budget that Brehmer et al. tried, and for force fields the gap grew with scale.', sources: ['brehmer2024', 'ngo2025'], slide: 'map' },
  { says: 'The published comparisons agree with Chung’s route in part only: in T5’s own one, giving up the reading in both directions costs seven points on GLUE and nearly eighteen on SQuAD; after tuning, encoder–decoders came out best or level.', sources: ['raffel2020', 'wang2022', 'zhang2025'], slide: 'evidence' },
  { says: 'To share parameters is more constraint and not less, a listener objected. Which of two designs assumes less has to be argued; it cannot be counted.', sources: ['cs25'], slide: 'objection' },
  { says: 'Of the removals with results many put another fixed assumption in the place of the one they took out; the hybrid that does better than Mamba keeps some attention.', sources: ['waleffe2024'], slide: 'table' },
  { says: 'A removal that looked as good on the usual tests was taken back by its own authors when it was scaled (MiniMax M2), and then repeated in another form.', sources: ['minimax-m2-blog', 'msa2026'], slide: 'became' },
  { says: 'In vision, convolutional networks alone were trained to the accuracy of Vision Transformers at like compute: there the structure did not turn out to be the bottleneck.', sources: ['smith2023'], slide: 'hybrid' },
  { says: 'Credit for any right answer costs variety in this talk’s own miniature, works only where answers can be checked, and whether it brings new reasoning is disputed. Pre-training has stayed as it was.', sources: ['yue2025', 'prorl2025'], slide: 'since' },
  { says: 'This talk’s own experiments are small, and two of them were constructed to show what they show; its loan book holds the rows that it chose.', sources: [], slide: 'loan' },
]

export function againstHtml(headings: ReadonlyMap<string, string>): string {
  return `<section id="against" aria-labelledby="against-heading">
<h2 id="against-heading">What speaks against it</h2>
<ul>${against.map(({ says, sources, slide }) => `<li>${words(says)} <span class="muted">(<a href="#${slide}">${words(headings.get(slide) ?? slide)}</a>${sources.map(source => `; ${cite(source)}`).join('')})</span></li>`).join('\n')}</ul>
<p>What would change the thesis as a whole: an assumption that is false of the problem and keeps its lead at every budget that we can afford, under a fair comparison.</p>
</section>`
}

export function loanBookHtml(): string {
  const entry = (label: string, text: string) => `<p><span class="label">${label}</span> ${words(text)}</p>`
  const row = (loan: Loan) => {
    const { id, name, goes, stays, assumes, buys, due, result, conditions, lost, became, says, sources, extent, year } = loan
    return `<tr id="loan-${id}">
<th scope="row">${words(name)}<small>${words(goes)} → ${words(stays)}</small><small>saves ${words(savesWords(loan))}; ${extent}; ${year}</small></th>
<td>${entry('Assumes', assumes)}${entry('Buys', buys)}${entry('Due', due)}</td>
<td><p>${words(result)}</p><p class="muted">${words(conditions)}</p>${entry('Lost', lost)}</td>
<td><p>${markHtml(became.outcome)} <b>${became.outcome}.</b> ${words(became.words)}</p>${became.models.length > 0 ? `<p class="muted">${words(became.models.join(', '))}</p>` : ''}</td>
<td><p>${owners[says]}; ${sources.map(source => cite(source)).join('; ')}</p><p>${checksWords(loan).map(({ how, words: text }) => `<span class="${how === 'verified' ? 'muted' : 'caveat'}">${words(text)}</span>`).join('; ')}</p></td>
</tr>`
  }
  return `<section id="loan-book" aria-labelledby="loan-book-heading">
<h2 id="loan-book-heading">The loan book</h2>
<p>All ${loans.length} rows, sorted by what became of them. What a source does not say is “not known”; every number is its source’s own, under its conditions.</p>
${wide('The loan book', `<table class="book"><thead><tr><th scope="col">structure, and what is there without it</th><th scope="col">assumes, buys, falls due</th><th scope="col">result and loss</th><th scope="col">what became of it</th><th scope="col">who says so</th></tr></thead>
<tbody>${loans.map(row).join('\n')}</tbody></table>`)}
</section>`
}

export function glossaryHtml(): string {
  return `<section id="glossary" aria-labelledby="glossary-heading">
<h2 id="glossary-heading">Terms</h2>
<dl class="terms">${glossary.map(({ term, means }) => `<div><dt>${words(term)}</dt><dd>${words(means)}</dd></div>`).join('\n')}</dl>
</section>`
}

/** Sources of sentences that tell a result and do not name its paper. */
const unnamed: Readonly<Record<string, readonly SourceId[]>> = { genre: ['nsa2025', 'gated2025', 'wang2025deep'] }

/** Every source with where it is leant on. */
export function sourcesHtml(slides: readonly PlannedSlide[], { figures }: DeckContents): string {
  const item = ([id, source]: [string, Source], i: number) => {
    const address = source.arxiv ? `https://arxiv.org/abs/${source.arxiv}` : source.url
    const label = source.arxiv ? `arXiv:${source.arxiv}` : source.url?.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '')
    const names = [source.short.replace(', second-hand', ''), ...source.arxiv ? [source.arxiv] : []]
    const told = slides.filter(({ slide, note }) => slide.sources.includes(id) || figures.get(slide.alias)?.some(({ sources }) => sources.includes(id)) || unnamed[slide.alias]?.includes(id as SourceId) || names.some(name => `${note.spoken}${note.asked}`.includes(name)))
    const rows = loans.filter(({ sources }) => (sources as readonly string[]).includes(id))
    const back = [...told.map(({ slide }) => `<a href="#${slide.alias}">${words(slide.heading)}</a>`), ...rows.map(({ id, name }) => `<a href="#loan-${id}">${words(name)}</a>`)]
    return `<li id="source-${i + 1}"><b>${words(source.authors)}</b>, ${source.year}. <cite>${words(source.title)}</cite>${/[?!]$/.test(source.title) ? '' : '.'}${source.venue ? ` ${words(source.venue)}.` : ''}${address ? ` <a class="address" href="${escape(address)}">${words(label ?? address)}</a>` : ''}${source.verification === 'verified' ? '' : ` <span class="caveat">${source.verification}</span>`}${source.note ? ` <span class="muted">${words(source.note)}</span>` : ''}${back.length > 0 ? ` <span class="back">Used in: ${back.join('; ')}</span>` : ''}</li>`
  }
  return `<section id="sources" aria-labelledby="sources-heading">
<h2 id="sources-heading">Sources</h2>
<ol class="sources">${listed.map(item).join('\n')}</ol>
</section>`
}

export function methodsHtml({ tables }: DeckContents): string {
  return `<section id="methods" aria-labelledby="methods-heading">
<h2 id="methods-heading">How it was computed</h2>
${wide('How each figure was computed', tableHtml({ ...tables.get('methods')!, caption: 'What each figure computes, and what it does not show' }))}
<p>The same seed gives the same bits in Node and in Chromium. Every setting, seed and fingerprint: <code>npm run methods</code> in the sources of the deck. “Recorded” runs name the command that makes them again.</p>
</section>`
}

export function imprintHtml({ version, date, address, author }: { version: string, date: string, address: string, author: string }): string {
  return `<section id="imprint" aria-labelledby="imprint-heading">
<h2 id="imprint-heading">Imprint</h2>
<p>${words(author)}. Version ${escape(version)}${date ? `, ${escape(date)}` : ''}${address ? `, <a href="${escape(address)}">${escape(address)}</a>` : ''}. The lecture is Jason Wei’s and Hyung Won Chung’s (${cite('cs25')}), the retelling that this one follows and answers is ${cite('post')}; neither had a part in this text. Quotations are short and attributed; the words are otherwise our own. Code and text are under the MIT licence. Figures copied from others’ repositories: ${copied.map(({ figures, repository, licence }) => `${words(figures)} (${escape(repository)}, ${escape(licence)})`).join('; ')}. Fonts: Source Serif 4, Inter, JetBrains Mono, under the SIL Open Font License. This page runs no script, sets no cookie and asks nobody but its own host.</p>
</section>`
}
