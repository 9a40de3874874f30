/**
 * The handout: each slide's picture beside the words spoken to it, act by act, and the sources at the end, as a printed
 * programme. A page of HTML that Chromium lays out; the pictures in it are the pages of the slides' PDF themselves, so
 * they stay drawings.
 */
import type { PDFPage } from 'pdf-lib'
import type { Page } from 'playwright-core'
import type { PlannedSlide } from '../../talk/plan.ts'
import type { SlidesFile } from './slides.ts'
import { createMarkdownExit } from 'markdown-exit'
import { PDFDict, PDFDocument, PDFName, PDFNumber, PDFStream } from 'pdf-lib'
import { isOwnerId, owners } from '../../data/owners.ts'
import type { Source } from '../../data/sources.ts'
import { sources } from '../../data/sources.ts'
import { root, serveDeck } from '../lib/deck.ts'
import { deckDetails } from '../../talk/details.ts'
import { plannedSeconds } from '../../talk/plan.ts'
import { scriptFiles } from '../../talk/script.ts'
import { clock, powerOfTen } from '../../lab/format.ts'
import { plainPage } from '../../pdf/content.ts'
import { describe, dropUnused, nameLinks, openPrinted } from '../../pdf/document.ts'
import { useStaticFonts } from '../../pdf/fonts.ts'
import { printPage } from '../../pdf/print.ts'
import { actTitle } from './slides.ts'
import { tidyTags } from '../../pdf/tags.ts'

export type Paper = 'A4' | 'letter'

const foot = { family: 'Inter Variable', weight: 400, size: 10 }

/**
 * Makes the handout.
 * @param page a fresh page of a browser
 * @param slides the slides as they were printed, in light colours: paper is white
 * @param plan what is said to them
 * @param papers the sizes it is wanted in
 * @param clicks the same slides with a page for every click: who cannot see the pictures is told each
 * @returns the files, in the order of `papers`
 * @throws Error naming a file that its page lacks
 */
export async function printHandout(page: Page, slides: SlidesFile, plan: readonly PlannedSlide[], papers: readonly Paper[], clicks: Pick<SlidesFile, 'pages' | 'words'>): Promise<Uint8Array[]> {
  // The fonts come from the packages, through a server of the project's own files.
  const files = await serveDeck(root)
  try {
    const address = `${files.url}handout.html`
    const lacking: string[] = []
    page.on('response', response => response.ok() || lacking.push(`${response.status()} ${response.url()}`))
    await page.route(address, route => route.fulfill({ contentType: 'text/html', body: handoutHtml(slides, plan, clicks) }))
    await page.emulateMedia({ media: 'print', colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(address)
    await page.evaluate(markPictures)
    await page.evaluate(() => document.fonts.ready)
    if (lacking.length > 0)
      throw new Error(`The handout lacks ${lacking.join(', ')}.`)
    const familyOf = await useStaticFonts(page, [{ ...foot, text: `${footLine()}0123456789 ` }])
    const footFont = `font: ${foot.weight} ${foot.size}px '${familyOf(foot)}'; color: #5b6470; vertical-align: top; padding-top: 3mm;`
    const links = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('a')].map(link => [link.href, link.textContent?.trim() ?? ''])))
    const made: Uint8Array[] = []
    for (const paper of papers) {
      await page.addStyleTag({ content: `@page {
  size: ${paper};
  @bottom-left { content: '${footLine()}'; ${footFont} }
  @bottom-right { content: counter(page); ${footFont} }
}` })
      const pdf = await openPrinted(await printPage(page, { outline: true }))
      tidyTags(pdf)
      await drawPictures(pdf, slides.bytes)
      nameLinks(pdf, links, placesOf(slides))
      describe(pdf, { ...deckDetails, title: `${deckDetails.title}: handout` }, { accessible: true })
      pdf.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'))
      dropUnused(pdf)
      made.push(await pdf.save())
    }
    return made
  }
  finally {
    await files.close()
  }
}

/** Runs in the page. Gives each picture an image as wide as its number, by which it is found again in the PDF. */
async function markPictures(): Promise<void> {
  for (const image of document.querySelectorAll<HTMLImageElement>('img[data-page]')) {
    const canvas = document.createElement('canvas')
    canvas.width = Number(image.dataset.page)
    canvas.height = 1
    const context = canvas.getContext('2d')
    context?.fillRect(0, 0, canvas.width, 1)
    image.src = canvas.toDataURL('image/png')
    await image.decode()
  }
}

/** Puts the slides' pages where their pictures are to stand. */
async function drawPictures(pdf: PDFDocument, slides: Uint8Array): Promise<void> {
  const from = await PDFDocument.load(slides, { updateMetadata: false })
  const pages = from.getPages()
  for (const page of pages)
    plainPage(page)
  // An image fills the unit square, and so does a page that takes its place.
  const unit = (page: PDFPage): [number, number, number, number, number, number] => [1 / page.getWidth(), 0, 0, 1 / page.getHeight(), 0, 0]
  const pictures = await pdf.embedPages(pages, [], pages.map(unit))
  await Promise.all(pictures.map(picture => picture.embed()))
  let drawn = 0
  for (const page of pdf.getPages()) {
    const objects = page.node.Resources()?.lookupMaybe(PDFName.of('XObject'), PDFDict)
    for (const [key, value] of objects?.entries() ?? []) {
      const image = pdf.context.lookup(value)
      if (!(image instanceof PDFStream) || image.dict.get(PDFName.of('Subtype')) !== PDFName.of('Image'))
        continue
      const picture = pictures[image.dict.lookup(PDFName.of('Width'), PDFNumber).asNumber() - 1]
      if (!picture)
        throw new Error(`The handout holds an image that is none of its ${pictures.length} slides.`)
      objects?.set(key, picture.ref)
      drawn++
    }
  }
  if (drawn !== pictures.length)
    throw new Error(`The handout holds ${drawn} pictures of ${pictures.length} slides.`)
}

function footLine(): string {
  return `${deckDetails.title} · handout`
}

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

function handoutHtml(slides: SlidesFile, plan: readonly PlannedSlide[], clicks: Pick<SlidesFile, 'pages' | 'words'>): string {
  const shown = slides.pages.map(({ slide }, i) => ({ page: i + 1, words: storyOf(slide, clicks), planned: plan.find(planned => planned.slide.alias === slide.alias), slide }))
  const acts = [...new Set(plan.map(({ note }) => note.file))]
    .map(file => ({ file, title: actTitle(file), entries: shown.filter(({ planned }) => planned?.note.file === file) }))
    .filter(({ entries }) => entries.length > 0)
  const minutes = Math.round(plannedSeconds(plan) / 60)
  const contents = acts.map(({ title, file, entries }) => {
    const [first, last] = [entries[0], entries.at(-1)]
    return `<li><a href="#${file}">${escape(title)}</a><span>slides ${first?.slide.no}–${last?.slide.no} · from ${clock(first?.planned?.startsAt ?? 0)}</span></li>`
  })
  const body = acts.map(({ title, file, entries }) => {
    const seconds = entries.reduce((sum, { planned }) => sum + (planned?.note.seconds ?? 0), 0)
    return `<section><h2 id="${file}">${escape(title)}<small>${clock(seconds)}</small></h2>${entries.map(entryHtml).join('')}</section>`
  })
  return `<!doctype html>
<html lang="${deckDetails.language}">
<head>
<meta charset="utf-8">
<title>${escape(deckDetails.title)}: handout</title>
${['inter', 'source-serif-4'].flatMap(font => ['opsz', 'opsz-italic'].map(file => `<link rel="stylesheet" href="node_modules/@fontsource-variable/${font}/${file}.css">`)).join('\n')}
<link rel="stylesheet" href="styles/tokens.css">
<style>${style()}</style>
</head>
<body>
<header>
<h1>${escape(deckDetails.title)}</h1>
<p class="subject">${escape(deckDetails.subject)}</p>
<p class="about">The talk as it is spoken, in ${minutes} minutes: each slide in its last state, and beside it the words. <span class="click">click</span> stands where the picture changes; questions from the room, with their answers, stand under it. Numbers lead to the sources at the end.</p>
<ol class="contents">${contents.join('')}<li><a href="#sources">Sources</a><span>${listed.length}, annotated</span></li></ol>
</header>
${body.join('\n')}
<section class="sources">
<h2 id="sources">Sources</h2>
<ol>${listed.map(([id, source]) => sourceHtml(id, source, shown.filter(({ slide }) => slide.sources.includes(id)).map(({ slide }) => slide.no))).join('')}</ol>
</section>
</body>
</html>`
}

/** What a slide shows from click to click; what was said of a click before is not said again. */
function storyOf(slide: PlannedSlide['slide'], { pages, words }: Pick<SlidesFile, 'pages' | 'words'>): string {
  const said = new Set<string>()
  return pages.flatMap(({ slide: { no }, click }, i) => {
    const fresh = no === slide.no ? (words[i] ?? '').split(/(?<=[.?!]”?) (?=\p{Lu}|\d)/u).filter(sentence => !said.has(sentence) && said.add(sentence)) : []
    return fresh.length > 0 ? [`${click > 0 ? `Click ${click}: ` : ''}${fresh.join(' ')}`] : []
  }).join(' ')
}

/** What the places are called that links of the handout lead to, by their names in its page. */
function placesOf(slides: SlidesFile): Record<string, string> {
  return Object.fromEntries([
    ...slides.pages.map(({ slide }) => [`slide-${slide.no}`, `slide ${slide.no}, ${slide.heading}`]),
    ...listed.map(([, source], i) => [`source-${i + 1}`, `source ${i + 1}, ${source.short}`]),
    ...scriptFiles.map(file => [file, actTitle(file)]),
    ['sources', 'the sources'],
  ])
}

function entryHtml({ page, words, planned, slide }: { page: number, words: string, planned?: PlannedSlide, slide: PlannedSlide['slide'] }): string {
  const { note, startsAt = 0 } = planned ?? {}
  const spoken = (note?.seconds ?? 0) > 0
  const time = spoken ? `${clock(note?.seconds ?? 0)} · from ${clock(startsAt)}` : 'for reading'
  let click = 0
  const script = render(note?.spoken ?? '').replace(/\[click\]/g, () => `<span class="click">click ${++click}</span>`)
  const named = slide.owners.filter(isOwnerId).map(owner => owners[owner])
  const numbers = slide.sources.flatMap((id) => {
    const no = listed.findIndex(([other]) => other === id) + 1
    return no > 0 ? [`<a href="#source-${no}">${no}</a>`] : []
  })
  const facts = [named.length > 0 ? `Who says so: ${escape(named.join(', '))}` : '', numbers.length > 0 ? `Sources ${numbers.join(', ')}` : ''].filter(Boolean)
  return `<article class="${spoken ? 'spoken' : 'reading'}">
<h3 id="slide-${slide.no}"><span class="no">${slide.no}</span> ${escape(slide.heading)}<small>${time}</small></h3>
<div class="picture">
<img data-page="${page}" alt="${escape(words)}">
${facts.length > 0 ? `<p class="facts">${facts.join(' · ')}</p>` : ''}
</div>
<div class="script">${script}</div>
${note?.asked ? `<div class="asked"><h4>If asked</h4>${render(note.asked)}</div>` : ''}
</article>`
}

function sourceHtml(id: string, source: Source, slides: readonly number[]): string {
  const no = listed.findIndex(([other]) => other === id) + 1
  const address = source.arxiv ? `https://arxiv.org/abs/${source.arxiv}` : source.url
  const label = source.arxiv ? `arXiv:${source.arxiv}` : source.url?.replace(/^https?:\/\/(?:www\.)?/, '')
  return `<li id="source-${no}"><p><strong>${escape(source.authors)}</strong>, ${source.year}. <em>${escape(source.title)}${/[?!]$/.test(source.title) ? '' : '.'}</em>${source.venue ? ` ${escape(source.venue)}.` : ''}${address ? ` <a class="address" href="${escape(address)}">${escape(label ?? address)}</a>` : ''}</p>${source.note || source.verification !== 'verified' ? `<p class="note">${source.verification !== 'verified' ? `<span class="caveat">${source.verification}</span> ` : ''}${escape(source.note ?? '')}</p>` : ''}${slides.length > 0 ? `<p class="note">Slide${slides.length > 1 ? 's' : ''} ${slides.map(slide => `<a href="#slide-${slide}">${slide}</a>`).join(', ')}</p>` : ''}</li>`
}

function style(): string {
  return `
@font-face { font-family: 'Inter Signs'; src: url('styles/fonts/inter-signs.woff2') format('woff2'); font-weight: 100 900; }
@page { margin: 15mm 17mm 17mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { background: #fff; -webkit-print-color-adjust: exact; }
body { font: 400 12px/1.45 var(--font-statement); color: var(--ink); font-variant-numeric: lining-nums; hyphens: manual; }
a { color: inherit; text-decoration: none; }
small { font: 400 11px var(--font-text); color: var(--muted); }
header { padding-bottom: 7mm; }
h1 { font: 600 46px/1.05 var(--font-statement); letter-spacing: -0.01em; }
.subject { margin-top: 2mm; font: 400 19px/1.35 var(--font-text); color: var(--muted); }
.about { margin-top: 6mm; max-width: 150mm; font-size: 14px; }
.contents { margin-top: 6mm; columns: 2; column-gap: 8mm; list-style: none; font: 400 11px/1.4 var(--font-text); }
.contents li { display: flex; justify-content: space-between; gap: 3mm; padding: 1.3mm 0; border-top: 1px solid var(--hairline); white-space: nowrap; break-inside: avoid; }
.contents a { font-weight: 600; }
.contents span { color: var(--muted); white-space: nowrap; }
h2 { display: flex; justify-content: space-between; align-items: baseline; margin-top: 4mm; padding-top: 3mm; border-top: 2px solid var(--ink); font: 600 25px/1.2 var(--font-statement); letter-spacing: -0.005em; break-after: avoid; }
h3 { grid-column: 1 / -1; display: flex; align-items: baseline; gap: 2.5mm; font: 600 16px/1.25 var(--font-statement); break-after: avoid; }
h3 .no { min-width: 5mm; font: 400 12px var(--font-text); color: var(--muted); }
h3 small { margin-left: auto; white-space: nowrap; }
article { display: grid; grid-template-columns: 84mm 1fr; grid-template-rows: auto auto 1fr; column-gap: 7mm; row-gap: 2mm; margin-top: 4mm; padding-top: 2mm; border-top: 1px solid var(--rule); break-inside: avoid; }
h2 + article { border-top: 0; margin-top: 1mm; }
.picture img { display: block; break-inside: avoid; width: 100%; aspect-ratio: 980 / 552; outline: 1px solid var(--rule); }
.script { grid-column: 2; grid-row: 2 / span 2; }
.script p + p { margin-top: 1.6mm; }
.click { display: inline-block; padding: 0 1.4mm; border: 1px solid var(--muted); border-radius: 3mm; font: 600 9px/1.35 var(--font-text); color: var(--muted); white-space: nowrap; vertical-align: 0.08em; }
.facts { margin-top: 1.6mm; font: 400 10px/1.4 var(--font-text); color: var(--muted); }
.facts a, .asked a, .script a { border-bottom: 0.6px solid var(--rule); }
.asked { font: 400 10px/1.42 var(--font-text); }
.asked h4 { font: 600 9px/1.4 var(--font-text); letter-spacing: 0.07em; text-transform: uppercase; color: var(--muted); }
.asked p { margin-top: 0.7mm; }
.asked strong { font-weight: 600; }
.reading { grid-template-columns: 1fr; grid-template-rows: none; }
.reading .script { grid-area: auto; }
.sources { break-before: page; }
.sources h2 { margin-top: 0; }
.sources ol { margin-top: 4mm; columns: 2; column-gap: 8mm; padding-left: 6mm; font: 400 11px/1.42 var(--font-text); }
.sources li { padding-left: 1mm; margin-bottom: 2mm; break-inside: avoid; }
.sources li::marker { color: var(--muted); }
.sources .note { color: var(--muted); font-size: 10px; }
.address, .note a { border-bottom: 0.6px solid var(--rule); }
.caveat { color: var(--caveat); }
.sources strong { font-weight: 600; }
`
}
