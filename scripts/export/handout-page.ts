/** The page of the handout: act by act each slide's picture beside the words spoken to it, and the sources at the end. */
import type { Source } from '../../data/sources.ts'
import type { PrintedPage } from '../../pdf/index.ts'
import type { PlannedSlide } from '../../talk/plan.ts'
import { createMarkdownExit } from 'markdown-exit'
import { isOwnerId, owners } from '../../data/owners.ts'
import { sources } from '../../data/sources.ts'
import { clock, powerOfTen } from '../../lab/format.ts'
import { deckDetails } from '../../talk/details.ts'
import { plannedSeconds } from '../../talk/plan.ts'

/** The line in the bottom margin. */
export const footLine = `${deckDetails.title} · handout`

const markdown = createMarkdownExit({ html: false, typographer: true })

/** Markdown as it is to be printed: powers raised, papers linked. */
function render(words: string): string {
  return markdown.render(words)
    .replace(/10\^(\d+)/g, (_, exponent: string) => powerOfTen(Number(exponent)))
    // A number does not break over lines.
    .replace(/(\d) × (?=\d)/g, '$1&nbsp;×&nbsp;')
    .replace(/arXiv:(\d{4}\.\d{4,5})/g, '<a href="https://arxiv.org/abs/$1">arXiv:$1</a>')
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** The sources by the order of their names, as the slide of the sources has them. */
const listed: [string, Source][] = Object.entries<Source>(sources).filter(([id]) => id !== 'deck').sort(([, a], [, b]) => a.short.localeCompare(b.short, 'en'))

/**
 * The page of the handout.
 * @param plan the slides with what is said to them
 * @param clicks the slides as they were printed, with a page for every click
 */
export function handoutHtml(plan: readonly PlannedSlide[], clicks: readonly PrintedPage[]): string {
  const acts = [...new Set(plan.map(({ note }) => note.file))].map((file) => {
    const entries = plan.filter(({ note }) => note.file === file)
    return { file, title: entries[0]!.note.act, entries }
  })
  const minutes = Math.round(plannedSeconds(plan) / 60)
  const contents = acts.map(({ title, file, entries }) => {
    const [first, last] = [entries[0], entries.at(-1)]
    return `<li><a href="#${file}">${escape(title)}</a><span>slides ${first?.slide.no}–${last?.slide.no} · from ${clock(first?.startsAt ?? 0)}</span></li>`
  })
  const body = acts.map(({ title, file, entries }) => {
    const seconds = plannedSeconds(entries)
    return `<section><h2 id="${file}">${escape(title)}<small>${clock(seconds)}</small></h2>${entries.map(entry => entryHtml(entry, clicks)).join('')}</section>`
  })
  return `<!doctype html>
<html lang="${deckDetails.language}">
<head>
<meta charset="utf-8">
<title>${escape(deckDetails.title)}: handout</title>
${['inter', 'source-serif-4'].flatMap(font => ['opsz', 'opsz-italic'].map(file => `<link rel="stylesheet" href="node_modules/@fontsource-variable/${font}/${file}.css">`)).join('\n')}
<link rel="stylesheet" href="styles/tokens.css">
<link rel="stylesheet" href="scripts/export/handout.css">
</head>
<body>
<header>
<h1>${escape(deckDetails.title)}</h1>
<p class="subject">${escape(deckDetails.subject)}</p>
<p class="about">The talk as it is spoken, in ${minutes} minutes: each slide in its last state, and beside it the words. <span class="click">click</span> stands where the picture changes; questions from the room, with their answers, stand under it. Numbers lead to the sources at the end.</p>
<ol class="contents">${contents.join('')}<li><a href="#sources">Sources</a><span>${listed.length}, annotated</span></li></ol>
</header>
<p class="foot-line" hidden>${footLine}0123456789</p>
${body.join('\n')}
<section class="sources">
<h2 id="sources">Sources</h2>
<ol>${listed.map(([id, source]) => sourceHtml(id, source, plan.filter(({ slide }) => slide.sources.includes(id)).map(({ slide }) => slide.no))).join('')}</ol>
</section>
</body>
</html>`
}

/** What a slide shows from click to click; what was said of a click before is not said again. */
function storyOf({ no, alias }: PlannedSlide['slide'], clicks: readonly PrintedPage[]): string {
  if (alias.startsWith('sources'))
    return 'The list of all sources.'
  const said = new Set<string>()
  return clicks.filter(page => page.no === no).flatMap(({ click = 0, words }) => {
    const fresh = words.split(/(?<=[.?!]”?) (?=\p{Lu}|\d)/u).filter(sentence => !said.has(sentence) && said.add(sentence))
    return fresh.length > 0 ? [`${click > 0 ? `Click ${click}: ` : ''}${fresh.join(' ')}`] : []
  }).join(' ')
}

/** What the places are called that links of the handout lead to, by their names in its page. */
export function placesOf(plan: readonly PlannedSlide[]): Record<string, string> {
  return Object.fromEntries([
    ...plan.map(({ slide }) => [`slide-${slide.no}`, `slide ${slide.no}, ${slide.heading}`]),
    ...listed.map(([, source], i) => [`source-${i + 1}`, `source ${i + 1}, ${source.short}`]),
    ...plan.map(({ note }) => [note.file, note.act]),
    ['sources', 'the sources'],
  ])
}

function entryHtml({ slide, note, startsAt }: PlannedSlide, clicks: readonly PrintedPage[]): string {
  const spoken = note.seconds > 0
  const time = spoken ? `${clock(note.seconds)} · from ${clock(startsAt)}` : 'for reading'
  let click = 0
  const script = render(note.spoken).replace(/\[click\]/g, () => `<span class="click">click ${++click}</span>`)
  const named = slide.owners.filter(isOwnerId).map(owner => owners[owner])
  const numbers = slide.sources.flatMap((id) => {
    const no = listed.findIndex(([other]) => other === id) + 1
    return no > 0 ? [`<a href="#source-${no}">${no}</a>`] : []
  })
  const facts = [named.length > 0 ? `Who says so: ${escape(named.join(', '))}` : '', numbers.length > 0 ? `Sources ${numbers.join(', ')}` : ''].filter(Boolean)
  return `<article class="${spoken ? 'spoken' : 'reading'}">
<h3 id="slide-${slide.no}"><span class="no">${slide.no}</span> ${escape(slide.heading)}<small>${time}</small></h3>
<div class="picture">
<img data-page="${slide.no}" alt="${escape(storyOf(slide, clicks))}">
${facts.length > 0 ? `<p class="facts">${facts.join(' · ')}</p>` : ''}
</div>
<div class="script">${script}</div>
${note.asked ? `<div class="asked"><h4>If asked</h4>${render(note.asked)}</div>` : ''}
</article>`
}

function sourceHtml(id: string, source: Source, slides: readonly number[]): string {
  const no = listed.findIndex(([other]) => other === id) + 1
  const address = source.arxiv ? `https://arxiv.org/abs/${source.arxiv}` : source.url
  const label = source.arxiv ? `arXiv:${source.arxiv}` : source.url?.replace(/^https?:\/\/(?:www\.)?/, '')
  return `<li id="source-${no}"><p><strong>${escape(source.authors)}</strong>, ${source.year}. <em>${escape(source.title)}${/[?!]$/.test(source.title) ? '' : '.'}</em>${source.venue ? ` ${escape(source.venue)}.` : ''}${address ? ` <a class="address" href="${escape(address)}">${escape(label ?? address)}</a>` : ''}</p>${source.note || source.verification !== 'verified' ? `<p class="note">${source.verification !== 'verified' ? `<span class="caveat">${source.verification}</span> ` : ''}${escape(source.note ?? '')}</p>` : ''}${slides.length > 0 ? `<p class="note">Slide${slides.length > 1 ? 's' : ''} ${slides.map(slide => `<a href="#slide-${slide}">${slide}</a>`).join(', ')}</p>` : ''}</li>`
}
