/**
 * The reading edition: the talk as one page that stands alone, made of slides, script, data and figures. It needs no script
 * to be read; on paper, by its print rules, it is the handout.
 */
import type { DeckContents } from './figures.ts'
import type { PlannedSlide } from '../talk/plan.ts'
import type { Headmatter } from '../talk/slides.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { numberOf } from '../data/numbers.ts'
import { tokenRules } from '../styles/tokens.ts'
import { root } from '../talk/slides.ts'
import { againstHtml, glossaryHtml, imprintHtml, loanBookHtml, methodsHtml, sourcesHtml } from './back.ts'
import { legendHtml, summaryHtml } from './front.ts'
import { escape, words } from './html.ts'
import { actsOf, sectionHtml } from './sections.ts'

export interface Edition {
  version: string
  /** When it was made, as one reads it; '' when it is not known. */
  date: string
  /** Absolute address of the page, or ''. */
  address: string
  /** Its Content-Security-Policy. */
  policy: string
}

/** The fonts of the page, from styles/fonts/. */
export const pageFonts = ['inter', 'inter-latin', 'inter-greek', 'inter-signs', 'inter-italic', 'source-serif-4-600', 'source-serif-4-600-latin', 'source-serif-4-400', 'source-serif-4-400-latin', 'source-serif-4-400-italic', 'jetbrains-mono', 'jetbrains-mono-latin'].map(name => `${name}.woff2`)

/**
 * The whole page.
 * @param slides with their words as they are read, in order
 * @param headmatter of slides.md
 */
export function pageHtml(slides: readonly PlannedSlide[], { title, info, author, htmlAttrs }: Headmatter, deck: DeckContents, edition: Edition): string {
  const headings = new Map(slides.map(({ slide }) => [slide.alias, slide.heading]))
  const acts = actsOf(slides)
  const [spoken, further] = [acts.filter(({ id }) => id !== 'after'), acts.filter(({ id }) => id === 'after')]
  const act = ({ id, title, slides }: typeof acts[number]) => `<section class="act" id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${words(title)}</h2>
${slides.map(slide => sectionHtml(slide, deck)).join('\n')}
</section>`
  const after = [['against', 'What speaks against it'], ['loan-book', 'The loan book'], ['glossary', 'Terms'], ['sources', 'Sources'], ['methods', 'How it was computed'], ['imprint', 'Imprint']] as const
  const entry = (id: string, name: string, below = '') => `<li><a href="#${id}">${words(name)}</a>${below}</li>`
  const contents = [
    entry('legend', 'How to read this'),
    ...spoken.map(({ id, title, slides }) => entry(id, title, `<ol>${slides.map(({ slide }) => entry(slide.alias, slide.heading)).join('')}</ol>`)),
    entry('against', after[0][1]),
    ...further.map(({ id, title, slides }) => entry(id, title, `<ol>${slides.map(({ slide }) => entry(slide.alias, slide.heading)).join('')}</ol>`)),
    ...after.slice(1).map(([id, name]) => entry(id, name)),
  ].join('\n')
  const spokenNote = slides.find(({ slide }) => slide.alias === 'cover')!.note
  return `<!DOCTYPE html>
<html lang="${htmlAttrs.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(edition.policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}: the talk to read</title>
<meta name="description" content="${escape(info)}">
<meta name="author" content="${escape(author)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escape(title)}: the talk to read">
<meta property="og:description" content="${escape(info)}">
${edition.address ? `<meta property="og:url" content="${escape(edition.address)}">\n<link rel="canonical" href="${escape(edition.address)}">` : ''}
<link rel="icon" href="../favicon.svg" type="image/svg+xml">
<style>
${styleOf()}
</style>
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header>
<h1><span class="structure">Structure</span> Is a Loan</h1>
<p class="subject">${escape(info.split('. ')[0]!)}</p>
<p class="by">A talk of ${numberOf('talk.minutes').text} to read, ${escape(author)}. ${edition.date ? `${escape(edition.date)}, version` : 'Version'} ${escape(edition.version)}.${edition.address ? ` <a href="${escape(edition.address)}">${escape(edition.address.replace(/^https?:\/\//, ''))}</a>.` : ''} <a class="live" target="_blank" href="../">The slides<span class="hidden">, in a tab beside this</span></a></p>
</header>
<main id="main">
<div class="opening">${words(spokenNote.spoken)}</div>
${summaryHtml(headings, slides.find(({ slide }) => slide.alias === 'questions')!.slide.content)}
<nav id="contents" aria-labelledby="contents-heading">
<h2 id="contents-heading">Contents</h2>
<ol>${contents}</ol>
</nav>
${legendHtml()}
${spoken.map(act).join('\n')}
${againstHtml(headings)}
${further.map(act).join('\n')}
${loanBookHtml()}
${glossaryHtml()}
${sourcesHtml(slides, deck)}
${methodsHtml(deck)}
</main>
<footer>
${imprintHtml({ ...edition, author: `${title}, ${author}` })}
</footer>
</body>
</html>
`
}

/** Tokens of the deck, light and dark by what the reader's system asks for, the page's fonts and its own rules. */
function styleOf(): string {
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')
  const faces = read('styles', 'fonts.css').split('\n\n').filter(face => pageFonts.some(font => face.includes(`/${font}'`))).join('\n').replaceAll('font-display: block', 'font-display: swap').replace(/\/\*.*\*\/\n/, '')
  const css = `${tokenRules}
${faces}
${read('read', 'page.css')}
${read('read', 'print.css')}`
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s+/g, '\n').replace(/\n{2,}/g, '\n').trim()
}
