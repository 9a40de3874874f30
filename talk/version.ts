/**
 * The talk has two versions: the long one, and a short one that skips some slides (`short: skip` in their frontmatter)
 * and some words. Words of one version alone stand in marks, in notes/ and in slides.md alike: `{long: …}`, `{short: …}`.
 * And what is said while one points at a screen is written otherwise where the talk is read: `{ear: …}`, `{eye: …}`.
 */
import process from 'node:process'
import { fillNumbers } from './from-data.ts'

/** The environment variable by which scripts/run.mjs (`--short`) tells every process which version is meant. */
const variable = 'SHORT_TALK'

/** Whether the short version was asked for. */
export const shortAsked = (): boolean => process.env[variable] === '1'

/** The environment for a process that is to see the one version or the other. */
export function versionEnvironment(short: boolean): NodeJS.ProcessEnv {
  return { ...process.env, [variable]: short ? '1' : '0' }
}

/** Whether words are spoken in a room or read on a page. */
export type Sense = 'ear' | 'eye'

/**
 * The words of one version for one sense, numbers filled in: their own marks are opened, those of the others fall out with
 * the space they leave.
 * @param place where the words stand, for the error
 * @throws Error when a mark does not end on its line, RangeError when a number is not known
 */
export function wordsOf(markdown: string, short: boolean, place: string, sense: Sense = 'ear'): string {
  const open = [short ? 'short' : 'long', sense]
  return fillNumbers(markdown, place).split('\n').map((line) => {
    if (!/\{(?:long|short|ear|eye):/.test(line))
      return line
    const words = line
      .replace(/\{(long|short|ear|eye): ([^{}]+)\}/g, (_, mark: string, words: string) => open.includes(mark) ? words : '')
      .replace(/ {2,}/g, ' ')
      .replace(/ (?=[.,;:?!](?:\s|$))/g, '')
      .trim()
    if (/\{(?:long|short|ear|eye):/.test(words))
      throw new Error(`${place}: a mark is not of the form “{long: words}” or “{short: words}” on one line: ${line.trim().slice(0, 80)}`)
    return words
  }).join('\n')
}
