/** What stands before the first act: the talk on one page, and how its marks are read. */
import type { OwnerId } from '../data/owners.ts'
import { findings } from '../data/findings.ts'
import { countOutcomes, outcomes } from '../data/loan-book.ts'
import { owners } from '../data/owners.ts'
import { cite, words } from './html.ts'
import { markHtml } from './marks.ts'

/** What each mark says of a claim. */
const ownersMean: Readonly<Record<OwnerId, string>> = {
  wei: 'said by Jason Wei in the lecture',
  chung: 'said by Hyung Won Chung in the lecture, or written where he is an author',
  post: 'said by the post that retold the lecture',
  measured: 'published data or results, read in the source; what was only seen second-hand says so there or in the source’s entry',
  deck: 'computed, constructed or judged by this talk itself',
}

/** The questions that the talk ends with, from its last slide: each with the line under it as a sentence of its own. */
function questionsOf(content: string): string[] {
  return [...content.matchAll(/<li>(.*?)<\/li>/g)].map(([, item = '']) => {
    const [question = '', how = ''] = item.split('<small>').map(part => part.replace(/<[^>]+>/g, ''))
    return `${question} ${how.charAt(0).toUpperCase()}${how.slice(1)}${how.endsWith('?') ? '' : '.'}`
  })
}

/**
 * @param headings of all slides, by alias
 * @param questions the slide that the talk ends with, as slides.md has it
 */
export function summaryHtml(headings: ReadonlyMap<string, string>, questions: string): string {
  return `<section id="summary" aria-labelledby="summary-heading">
<h2 id="summary-heading">On one page</h2>
<p class="thesis">In a lecture of 2024 Jason Wei said that more compute reliably improves the loss, and Hyung Won Chung that what we build into models should come out later; a post retold both and answered that a whole genre of papers takes things out. This talk holds them against measurements. <b class="structure">Structure</b>, an assumption built into a model that training cannot unlearn, works like a loan: it buys performance that the data has not earned yet, and it falls due when the assumption stops fitting the data or the use. What is true of the problem need never be paid back. What to remove next is therefore a question about assumptions, and this talk’s own answer is the one right answer in the objective.</p>
<ol class="findings">
${findings.map(({ says, caveat, slide, sources, owners: by }) => `<li><p>${words(says)} <span class="muted">(${by.map(owner => owners[owner]).join(', ')}<span class="where">; <a href="#${slide}">${words(headings.get(slide) ?? slide)}</a></span>${sources.filter(source => source !== 'deck').map(source => `; ${cite(source)}`).join('')})</span></p><p class="caveat-line"><span class="label">But</span> ${words(caveat)}</p></li>`).join('\n')}
</ol>
<p>Three questions for any model:</p>
<ol class="asks">${questionsOf(questions).map(question => `<li>${words(question)}</li>`).join('')}</ol>
</section>`
}

export function legendHtml(): string {
  return `<section id="legend" aria-labelledby="legend-heading">
<h2 id="legend-heading">How to read this</h2>
<p>This is the spoken talk as a text: the words of its script, each figure where it is spoken of, and after each part the questions that a room asks. “Open live” leads to the slide itself, whose figure can be moved and, where it is an experiment, run.</p>
<h3>Who says so</h3>
<dl class="legend">${(Object.keys(owners) as OwnerId[]).map(owner => `<div><dt><span class="owner">${owners[owner]}</span></dt><dd>${ownersMean[owner]}</dd></div>`).join('')}</dl>
<h3>Two colours</h3>
<dl class="legend"><div><dt class="structure">warm: structure</dt><dd>an assumption built in, and what keeps one</dd></div><div><dt class="general">cool: generality</dt><dd>what is left when one is taken out; cheap compute, which drives it</dd></div><div><dt class="caveat">ochre: a caveat</dt><dd>second-hand or not verified</dd></div></dl>
<p>Nothing else has a colour. In figures, what is measured is filled, what is predicted is open; lines have their names beside them.</p>
<h3>The loan book</h3>
<p>Each structure has the same five entries: what it assumes, what it buys, when it falls due, what became of it, and who says so. What became of it is one of six:</p>
<dl class="legend">${countOutcomes().map(({ outcome, count }) => `<div><dt>${markHtml(outcome)} ${outcome}</dt><dd>${outcomes[outcome].test} <span class="muted">(${count})</span></dd></div>`).join('')}</dl>
</section>`
}
