/**
 * The exported files, by what is in them: each is printed once, read with PDF.js, and then with others' tools where the
 * machine has them.
 */
import type { Browser } from 'playwright-core'
import type { Check, PdfContents, PrintedDeck } from '../../pdf/index.ts'
import type { Served } from '../../scripts/lib/deck.ts'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PDFNumber } from 'pdf-lib'
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPdf, missingText, openDeck, pagesOfPlaces, plainLetters, readPdf } from '../../pdf/index.ts'
import { printHandout } from '../../read/handout.ts'
import { deckInPrint, printSlides } from '../../scripts/export/slides.ts'
import { builtDeck, serveDeck } from '../../scripts/lib/deck.ts'
import { openBrowser } from '../../scripts/lib/browser.ts'
import { readHeadmatter, readSlides } from '../../talk/slides.ts'
import { readPlan } from '../../talk/plan.ts'
import { inspectSlide } from '../../scripts/lib/inspect-slide.ts'

const slides = await readSlides()
const plan = await readPlan()
const acts = [...new Set(plan.map(({ note }) => note.act))]
/** Slides that the handout tells under their own headings. */
const told = (await readPlan({ sense: 'eye' })).filter(({ slide }) => !/^(?:sources|methods|book-)/.test(slide.alias))
const has = (tool: string) => spawnSync(tool, ['--version']).error === undefined

let folder: string
let served: Served
let browser: Browser
let printed: PrintedDeck
let problems: string[]
interface File { path: string, bytes: Uint8Array, contents: PdfContents, checks: Check[] }
const files: Record<string, File> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
  served = await serveDeck(await builtDeck({ page: true }))
  // As the export has it: a browser of its own.
  browser = await openBrowser()
  const page = await browser.newPage()
  printed = await printSlides(page, served.url, slides)
  problems = []
  for (const slide of slides)
    problems.push(...(await page.evaluate(inspectSlide, slide.no)).map(problem => `page ${slide.no} “${slide.alias}”: ${problem}`))
  await page.close()
  const clicks = await printSlides(await browser.newPage(), served.url, slides, { clicks: true })
  const [handout, letter] = await printHandout(browser, `${served.url}read/`, ['A4', 'letter'])
  for (const [name, bytes] of Object.entries({ slides: printed.bytes, clicks: clicks.bytes, handout: handout as Uint8Array, letter: letter as Uint8Array })) {
    const path = join(folder, `${name}.pdf`)
    await writeFile(path, bytes)
    const contents = await readPdf(bytes)
    files[name] = { path, bytes, contents, checks: await checkPdf(bytes, contents) }
  }
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

const file = (name: string): File => files[name] as File
const names = ['slides', 'clicks', 'handout']

describe('the exported slides', () => {
  it('have a page a slide, each with its heading and the captions of its figures', () => {
    expect(file('slides').contents.pages).toHaveLength(slides.length)
    expect(printed.pages.flatMap(({ captions }) => captions).length).toBeGreaterThanOrEqual(20)
    expect(missingText(file('slides').contents, printed.pages)).toEqual([])
  })

  it('have a page a click, where every click is asked for', () => {
    const pages = slides.flatMap(slide => Array.from({ length: slide.clicks + 1 }, () => slide.heading))
    const { contents } = file('clicks')
    expect(contents.pages).toHaveLength(pages.length)
    expect(pages.filter((heading, i) => !plainLetters(contents.pages[i]?.text ?? '').includes(plainLetters(heading)))).toEqual([])
    // Clicks change what is seen: no page says and draws what another does.
    const drawn = contents.pages.map(({ text, operators }) => `${operators} ${text}`)
    expect(drawn.flatMap((page, i) => drawn.indexOf(page) < i ? [`page ${i + 1} is page ${drawn.indexOf(page) + 1} again`] : [])).toEqual([])
  })

  it('fit on their pages: nothing overlaps or is cut off', () => {
    expect(problems).toEqual([])
  })

  it('have the outline of the talk: acts, below them their slides, below those their clicks', () => {
    const parts = acts.map(title => ({ title, slides: plan.filter(({ note }) => note.act === title).map(({ slide }) => slide) }))
    expect(file('slides').contents.outline.map(act => ({ title: act.title, below: act.items.map(({ title }) => title) })))
      .toEqual(parts.map(({ title, slides }) => ({ title, below: slides.map(({ heading }) => heading) })))
    expect(file('clicks').contents.outline.flatMap(act => act.items.map(({ items }) => items.length))).toEqual(slides.map(({ clicks }) => clicks))
  })

  it('link each named source to the list of sources, and each paper to its place', async () => {
    const pdf = await PDFDocument.load(file('slides').bytes)
    const links = pdf.getPages().map(page => (page.node.Annots()?.asArray() ?? []).map(ref => pdf.context.lookup(ref, PDFDict)))
    const loss = links[slides.findIndex(({ alias }) => alias === 'loss')] ?? []
    const addresses = loss.map(link => link.lookupMaybe(PDFName.of('A'), PDFDict)?.lookup(PDFName.of('URI'))?.toString() ?? 'here')
    expect(addresses).toEqual(['here', '(https://arxiv.org/abs/2403.08540)', 'here', '(https://arxiv.org/abs/2303.08774)'])
    const listed = slides.flatMap(({ alias }, i) => alias.startsWith('sources') ? links[i] ?? [] : [])
    expect(listed.length).toBeGreaterThan(60)
  })
})

describe('the handout', () => {
  it('holds every slide’s heading and every word as it is read, in order', () => {
    const text = plainLetters(file('handout').contents.pages.map(page => page.text).join(' '))
    let at = text.indexOf(plainLetters(told[1]!.note.spoken.slice(0, 40)))
    for (const { slide, note } of told.filter(({ slide }) => slide.alias !== 'cover')) {
      const found = text.indexOf(plainLetters(slide.heading), at - 200)
      expect(found, slide.alias).toBeGreaterThan(-1)
      at = found
      const words = note.spoken.split(/\[click\]|\n|\*|["'“”]/)[0]?.split(' ').slice(0, 8).join(' ') ?? ''
      expect(text.indexOf(plainLetters(words), at), `${slide.alias}: ${words}`).toBeGreaterThan(-1)
    }
  })

  it('draws its figures as vectors, larger than 130 mm, each with its words and its place', async () => {
    const pdf = await PDFDocument.load(file('handout').bytes)
    const kinds = pdf.getPages().flatMap(page => page.node.Resources()?.lookupMaybe(PDFName.of('XObject'), PDFDict)?.values() ?? [])
      .map(ref => (pdf.context.lookup(ref) as unknown as { dict: PDFDict }).dict.get(PDFName.of('Subtype'))?.toString())
    expect(kinds.filter(kind => kind === '/Image')).toEqual([])
    const figures = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => object instanceof PDFDict && object.get(PDFName.of('S')) === PDFName.of('Figure') ? [object] : [])
    const alternatives = figures.map(figure => figure.lookup(PDFName.of('Alt'), PDFString, PDFHexString).decodeText())
    expect(alternatives.length).toBeGreaterThanOrEqual(19)
    for (const words of ['6.9B model', 'Falcon', '4 of 4 structures taken out', 'MiniMax-01', 'Llama-2-7B'])
      expect(alternatives.filter(alternative => alternative.includes(words)), words).not.toEqual([])
    const widths = figures.map((figure) => {
      const [left = 0, , right = 0] = (figure.lookup(PDFName.of('A'), PDFDict).lookup(PDFName.of('BBox'), PDFArray).asArray() as PDFNumber[]).map(side => side.asNumber())
      return (right - left) / 72 * 25.4
    })
    expect(widths.filter(width => width < 130 || width > 190)).toEqual([])
  })

  it('says in its contents on which page each part begins', async () => {
    const pages = await pagesOfPlaces(file('handout').bytes)
    const contents = plainLetters(file('handout').contents.pages[1]!.text)
    for (const { slide } of told.filter(({ slide }) => slide.alias !== 'cover')) {
      expect(plainLetters(file('handout').contents.pages[pages[slide.alias]! - 1]!.text), slide.alias).toContain(plainLetters(slide.heading))
      expect(contents, slide.alias).toContain(plainLetters(`${slide.heading} ${pages[slide.alias]}`))
    }
  })

  it.each(['handout', 'letter'])('has nothing smaller than 8 points, and no page less than two thirds full but the last: %s', (name) => {
    const { pages } = file(name).contents
    expect(Math.min(...pages.map(({ smallest }) => smallest))).toBeGreaterThan(7.95)
    expect(pages.slice(0, -1).flatMap(({ filled }, i) => filled < 2 / 3 ? [`page ${i + 1}: ${filled.toFixed(2)}`] : [])).toEqual([])
  })

  it.each(['handout', 'letter'])('has its summary on one page, and ends no page with a heading: %s', async (name) => {
    const places = await pagesOfPlaces(file(name).bytes)
    // After the loan book headings are named as the places of sources.
    const pages = file(name).contents.pages.slice(0, places['loan-book']).map(({ text }) => plainLetters(text))
    expect(pages[0]).toContain(plainLetters('Which good answers does your objective call wrong?'))
    expect(pages[1]).toContain(plainLetters('Contents'))
    const headings = [...told.map(({ slide }) => plainLetters(slide.heading)), plainLetters('If asked')]
    expect(pages.flatMap((text, i) => headings.some(heading => text.replace(/\d+$/, '').endsWith(heading)) ? [i + 1] : [])).toEqual([])
  })

  it('has an outline of acts, slides and sources', () => {
    const outline = file('handout').contents.outline
    const flat = (items: typeof outline): string[] => items.flatMap(({ title, items }) => [title, ...flat(items)])
    const titles = flat(outline).map(plainLetters)
    for (const wanted of [...new Set(told.filter(({ note }) => note.file !== 'after.md').map(({ note }) => note.act)), ...told.filter(({ slide }) => slide.alias !== 'cover').map(({ slide }) => slide.heading), 'The loan book', 'Sources'])
      expect(titles.some(title => title.includes(plainLetters(wanted))), wanted).toBe(true)
  })
})

describe.each(names)('the file “%s”', (name) => {
  it('says what it is', async () => {
    const { title, author, subject, language } = file(name).contents
    const head = await readHeadmatter()
    expect(title).toContain(head.title)
    expect({ author, subject, language }).toEqual({ author: head.author, subject: head.info, language: head.htmlAttrs.lang })
  })

  it('has no blank page, says nothing broken, and is light', () => {
    const { contents, bytes } = file(name)
    expect(contents.pages.map(({ operators }) => operators).filter(operators => operators < 30)).toEqual([])
    expect(contents.pages.flatMap(({ text }) => text.match(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object|\bloading\b/gi) ?? [])).toEqual([])
    expect(bytes.length).toBeLessThan(5e6)
  })

  it('says of each link where it leads', async () => {
    const pdf = await PDFDocument.load(file(name).bytes)
    const said = pdf.getPages().flatMap(page => (page.node.Annots()?.asArray() ?? []).map(ref => pdf.context.lookup(ref, PDFDict).lookup(PDFName.of('Contents'), PDFString, PDFHexString).decodeText()))
    expect(said.length).toBeGreaterThan(20)
    expect(said.filter(words => name === 'handout' ? !/^to (?!another page)\S|^https?:|: https?:/.test(words) : !/^to (?:slide \d+, |the sources)|^https?:|: https?:/.test(words))).toEqual([])
  })

  it('has no link to the machine that made it', async () => {
    const pdf = await PDFDocument.load(file(name).bytes)
    const addresses = pdf.context.enumerateIndirectObjects().flatMap(([, object]) => object instanceof PDFDict && object.get(PDFName.of('Subtype')) === PDFName.of('Link') ? [object.lookupMaybe(PDFName.of('A'), PDFDict)?.get(PDFName.of('URI'))?.toString() ?? ''] : [])
    expect(addresses.filter(address => address.startsWith('(http')).length).toBeGreaterThan(40)
    expect(addresses.filter(address => /127\.0\.0\.1|localhost/.test(address))).toEqual([])
  })

  it('holds to the rules of PDF/UA-1 that a program can check', () => {
    expect(file(name).checks.length).toBeGreaterThanOrEqual(16)
    expect(file(name).checks.filter(({ faults }) => faults.length > 0)).toEqual([])
  })

  it.skipIf(!has('pdfinfo'))('is tagged and titled by the account of pdfinfo', () => {
    const { stdout } = spawnSync('pdfinfo', [file(name).path], { encoding: 'utf8' })
    expect(stdout).toMatch(/^Title: +Structure Is a Loan/m)
    expect(stdout).toMatch(/^Tagged: +yes/m)
    expect(stdout).toMatch(/^JavaScript: +no/m)
    // Each slide begins with what it says.
    const tree = spawnSync('pdfinfo', ['-struct', file(name).path], { encoding: 'utf8' })
    expect(tree.stderr).toBe('')
    if (name !== 'handout')
      expect([...tree.stdout.matchAll(/^ {2}Sect.*\n *(\w+)/gm)].map(([, first]) => first)).toEqual(file(name).contents.pages.map(() => 'H1'))
    expect(tree.stdout.match(/^ *Figure/gm)?.length).toBeGreaterThan(15)
  })

  it.skipIf(!has('pdftotext'))('gives its text to pdftotext, once', () => {
    const { stdout } = spawnSync('pdftotext', [file(name).path, '-'], { encoding: 'utf8' })
    for (const { heading } of name === 'handout' ? told.slice(1).map(({ slide }) => slide) : slides)
      expect(plainLetters(stdout), heading).toContain(plainLetters(heading))
    // The halo of a label is no second label.
    if (name === 'slides')
      expect(stdout.match(/constants as printed, 2022/g)).toHaveLength(1)
  })

  it.skipIf(!has('pdffonts'))('embeds every font as a subset with its letters’ meaning, by the account of pdffonts', () => {
    const { stdout } = spawnSync('pdffonts', [file(name).path], { encoding: 'utf8' })
    const fonts = stdout.trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(10)
    expect(fonts.filter(font => !/^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes/.test(font))).toEqual([])
  })

  it.skipIf(!has('qpdf'))('is sound by the account of qpdf', () => {
    const { status, stderr } = spawnSync('qpdf', ['--check', file(name).path], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe('a slide that is not fit stops the export with its name', () => {
  /** Opens the print of one slide with its compiled code changed. */
  async function openBroken(alias: string, words: string, change: (code: string) => string): Promise<unknown> {
    const assets = join(await builtDeck(), 'assets')
    for (const name of await readdir(assets)) {
      const code = name.endsWith('.js') ? await readFile(join(assets, name), 'utf8') : ''
      if (!code.includes(words))
        continue
      expect(change(code)).not.toBe(code)
      const page = await browser.newPage()
      await page.route(`**/assets/${name}`, route => route.fulfill({ contentType: 'text/javascript', body: change(code) }))
      const slide = slides.find(slide => slide.alias === alias)
      const opened = openDeck(page, served.url, { ...deckInPrint, slides, only: [slide?.no ?? 0], patience: 5000 })
      return opened.finally(() => page.close())
    }
    throw new Error(`No compiled slide holds “${words}”.`)
  }

  it('when it did not compile', async () => {
    await expect(openBroken('objection', 'Count the assumptions', () => 'throw new Error("does not compile")')).rejects.toThrow(/slide \d+ “objection” did not come out: in its place stands “This slide did not load/)
  })

  it('when its figure fails', async () => {
    const broken = (code: string) => code.replace('`After ${', '`After ${(()=>{throw new Error("on purpose")})()}${')
    await expect(openBroken('chat', 'an input attended in both directions', broken)).rejects.toThrow(/slide \d+ “chat” did not come out: in its place stands/)
  })

  it('when its figure never gets ready', async () => {
    const page = await browser.newPage()
    try {
      await page.addInitScript(() => addEventListener('DOMContentLoaded', () => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('[data-figure] { display: none !important }')
        document.adoptedStyleSheets.push(sheet)
      }))
      const slide = slides.find(({ alias }) => alias === 'chat')!
      await expect(openDeck(page, served.url, { ...deckInPrint, slides, only: [slide.no], patience: 3000 })).rejects.toThrow(/slide \d+ “chat”: its figure is 0 by 0 px/)
    }
    finally {
      await page.close()
    }
  })

  it('when a page lacks its text', () => {
    const { contents } = file('slides')
    const at = slides.findIndex(({ alias }) => alias === 'objection')
    const without = { ...contents, pages: contents.pages.map((page, i) => i === at ? { ...page, text: contents.pages[0]?.text ?? '' } : page) }
    expect(missingText(without, printed.pages)).toEqual([`Page ${at + 1}, slide ${at + 1} “objection”, lacks its words “${slides[at]!.heading}”.`])
  })
})
