/** What slides.md declares. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from '@slidev/parser'
import { wordsOf } from './version.ts'

export const root = join(import.meta.dirname, '..', '..')

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
  /** Whether the short version skips it. */
  skippedInShort: boolean
  /** The Markdown of its body. */
  content: string
}

/**
 * The slides of slides.md, in order.
 * @param options.short only those of the short version, with its words and page numbers
 */
export async function readSlides({ short = false } = {}): Promise<Slide[]> {
  const { slides } = await parse(await readFile(join(root, 'slides.md'), 'utf8'), 'slides.md')
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
        skippedInShort: isSkippedInShort(frontmatter),
        content: words,
      }
    })
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
