/** What slides.md declares. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from '@slidev/parser'
import { repeatPages } from './from-data.ts'
import { wordsOf } from './version.ts'

export const root = join(import.meta.dirname, '..')

/** What slides.md says of the talk as a whole, in its first lines. */
export interface Headmatter {
  title: string
  info: string
  author: string
  keywords: string
  favicon: string
  htmlAttrs: { lang: string }
}

/** A slide as slides.md declares it. */
export interface Slide {
  /** Page number in its version of the talk, from 1. */
  no: number
  alias: string
  /** The heading as plain text. */
  heading: string
  clicks: number
  owners: string[]
  sources: string[]
  claims: string[]
  /** What is said of the sources beside their names. */
  sourceNote?: string
  /** Whether the short version skips it. */
  skippedInShort: boolean
  /** The Markdown of its body. */
  content: string
}

/**
 * The slides of slides.md, in order.
 * @param options.short only those of the short version, with its words and page numbers
 * @param options.folder where slides.md stands
 */
export async function readSlides({ short = false, folder = root } = {}): Promise<Slide[]> {
  const slides = await parseSlides(folder)
  return slides
    .filter(({ frontmatter }) => !(short && isSkippedInShort(frontmatter)))
    .map(({ frontmatter, content }, index) => {
      const alias = String(frontmatter.routeAlias ?? '')
      const words = wordsOf(content, short, `slides.md, slide “${alias}”`)
      return {
        no: index + 1,
        alias,
        heading: headingOf(words),
        clicks: Number(frontmatter.clicks ?? 0),
        owners: frontmatter.owners ?? [],
        sources: frontmatter.sources ?? [],
        claims: frontmatter.claims ?? [],
        sourceNote: frontmatter.sourceNote,
        skippedInShort: isSkippedInShort(frontmatter),
        content: words,
      }
    })
}

export async function readHeadmatter(): Promise<Headmatter> {
  const [first] = await parseSlides(root)
  return first!.frontmatter as unknown as Headmatter
}

async function parseSlides(folder: string) {
  const { slides } = await parse(await readFile(join(folder, 'slides.md'), 'utf8'), 'slides.md', [{ name: 'reading pages', transformRawLines: repeatPages }])
  return slides
}

/**
 * The slides that numbers and spans such as `3-7,12` name.
 * @throws RangeError when they are none, or name a slide there is not
 */
export function slidesOfRange(slides: readonly Slide[], range: string): Slide[] {
  const spans = range.split(',').map(part => part.match(/^(\d+)(?:-(\d+))?$/)?.slice(1, 3).map(end => Number(end)))
  const numbers = new Set<number>()
  for (const span of spans) {
    const [first = 0, last = first] = span?.filter(end => !Number.isNaN(end)) ?? []
    if (first < 1 || last > slides.length || first > last)
      throw new RangeError(`--range ${range} is not of this talk, whose slides are 1 to ${slides.length}: give numbers and spans of them, for instance --range 3-7,12.`)
    for (let no = first; no <= last; no++)
      numbers.add(no)
  }
  return slides.filter(({ no }) => numbers.has(no))
}

/**
 * A slide at a click, as `alias` or `alias:click` names it.
 * @throws RangeError when there is no such slide, or no such click
 */
export function pictureOf(slides: readonly Slide[], name: string): { slide: Slide, click: number } {
  const [alias = '', click = '0'] = name.split(':')
  const slide = slides.find(slide => slide.alias === alias)
  if (!slide)
    throw new RangeError(`No slide is called “${alias}”: use one of ${slides.map(({ alias }) => alias).join(', ')}, or all.`)
  if (!/^\d+$/.test(click) || Number(click) > slide.clicks)
    throw new RangeError(`“${name}” names click ${click} of a slide whose clicks are 0 to ${slide.clicks}.`)
  return { slide, click: Number(click) }
}

/**
 * Whether a slide's frontmatter says that the short version skips it.
 * @throws RangeError when it says something else about the short version
 */
export function isSkippedInShort(frontmatter: { short?: unknown, routeAlias?: unknown }): boolean {
  if (frontmatter.short !== undefined && frontmatter.short !== 'skip')
    throw new RangeError(`slides.md, slide “${String(frontmatter.routeAlias)}”: “short: ${String(frontmatter.short)}” means nothing; only “short: skip” does.`)
  return frontmatter.short === 'skip'
}

/** The first heading of a slide's Markdown as plain text; empty when there is none. */
export function headingOf(content: string): string {
  return plainText(content.match(/^# (.+)$/m)?.[1] ?? '')
}

/** Markdown without its marks: `[word]{.general}` becomes `word`. */
export function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\{[^}]*\}/g, '$1').replace(/[*_`]/g, '').trim()
}
