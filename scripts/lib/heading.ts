/** The heading of a slide, from its Markdown. */

/** The first heading as plain text; empty when there is none. */
export function headingOf(content: string): string {
  return plainText(content.match(/^# (.+)$/m)?.[1] ?? '')
}

/** Markdown without its marks: `[word]{.general}` becomes `word`. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\{[^}]*\}/g, '$1').replace(/[*_`]/g, '').trim()
}
