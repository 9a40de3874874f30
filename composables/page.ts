/** The page to read beside a built deck, and where on it a slide is told. A deck that has one says so in its head. */

const address = document.querySelector<HTMLLinkElement>('link[data-read]')?.href

/** What stands on slides of its own here, and in one part there. */
const parts: readonly [RegExp, string][] = [[/^cover$/, ''], [/^sources/, 'sources'], [/^book-/, 'loan-book']]

/** Address of the place where the page tells a slide; undefined where there is no page. */
export function placeOnPage(alias: string | undefined): string | undefined {
  const part = parts.find(([slides]) => slides.test(alias ?? ''))?.[1] ?? alias ?? ''
  return address && (part ? `${address}#${part}` : address)
}
