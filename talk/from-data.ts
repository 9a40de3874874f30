/**
 * What slides.md and notes/ leave to the tables in data/: a slide and a note that stand once for each reading page of the
 * loan book, and `{num: …}`, a number or a count by its name.
 */
import { countOutcomes, loans } from '../data/loan-book.ts'
import { numbers } from '../data/numbers.ts'
import { inWords, ordinal } from '../lab/format.ts'
import { caution, readingPages } from '../lab/loan-query.ts'

/** Counts by name, as they are said. */
const counts: Readonly<Record<string, string>> = Object.fromEntries([
  ['loans', loans.length] as const,
  ['loans with a caution', loans.filter(row => caution(row)).length] as const,
  ...countOutcomes().map(({ outcome, count }) => [`loans ${outcome}`, count] as const),
].map(([name, count]) => [name, inWords(count)]))

/** `{num: name}` as the number of that name in data/numbers.ts, or the count; `{Num: name}` begins a sentence with it. */
export function fillNumbers(text: string, place: string): string {
  return text.replace(/\{(num|Num): ([^{}]+)\}/g, (_, how: string, name: string) => {
    const words = Object.hasOwn(counts, name) ? counts[name] : Object.hasOwn(numbers, name) ? numbers[name as keyof typeof numbers].text : undefined
    if (words === undefined)
      throw new RangeError(`${place}: unknown number “${name}”. Use a key of data/numbers.ts, or one of ${Object.keys(counts).join(', ')}.`)
    return how === 'Num' ? words.charAt(0).toUpperCase() + words.slice(1) : words
  })
}

/** A text that names `{page}` (1, 2, …) or `{nth}` (first, second, …), once for each reading page; any other text as it is. */
export function onEachPage(text: string): string[] {
  return text.includes('{page}')
    ? readingPages.map((_, index) => text.replaceAll('{page}', String(index + 1)).replaceAll('{nth}', ordinal(index + 1)))
    : [text]
}

/** Repeats, among the lines of slides.md, the slide whose `routeAlias` names `{page}`. A step of Slidev's parser. */
export function repeatPages(lines: string[]): void {
  const alias = lines.findIndex(line => line.startsWith('routeAlias:') && line.includes('{page}'))
  if (alias < 0)
    return
  const isRule = (line: string): boolean => line.trimEnd() === '---'
  const start = lines.findLastIndex((line, index) => index < alias && isRule(line))
  const body = lines.findIndex((line, index) => index > alias && isRule(line)) + 1
  const next = lines.findIndex((line, index) => index >= body && isRule(line))
  const end = next < 0 ? lines.length : next
  const slide = lines.slice(start, end)
  const pages = onEachPage(slide.join('\n')).flatMap(page => page.split('\n'))
  lines.splice(start, slide.length, ...pages)
}
