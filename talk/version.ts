/**
 * The talk has two versions: the long one, and a short one that skips some slides (`short: skip` in their frontmatter)
 * and some words. Words of one version alone stand in marks, in notes/ and in slides.md alike: `{long: …}`, `{short: …}`.
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

/**
 * The words of one version, numbers filled in: its own marks are opened, those of the other fall out with the space they
 * leave.
 * @param place where the words stand, for the error
 * @throws Error when a mark does not end on its line, RangeError when a number is not known
 */
export function wordsOf(markdown: string, short: boolean, place: string): string {
  return fillNumbers(markdown, place).split('\n').map((line) => {
    if (!/\{(?:long|short):/.test(line))
      return line
    const words = line
      .replace(/\{(long|short): ([^{}]+)\}/g, (_, version: string, words: string) => (version === 'short') === short ? words : '')
      .replace(/ {2,}/g, ' ')
      .replace(/ (?=[.,;:?!](?:\s|$))/g, '')
      .trim()
    if (/\{(?:long|short):/.test(words))
      throw new Error(`${place}: a mark is not of the form “{long: words}” or “{short: words}” on one line: ${line.trim().slice(0, 80)}`)
    return words
  }).join('\n')
}
