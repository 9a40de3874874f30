/**
 * Reads the spoken script in notes/: one Markdown file an act, one `## routeAlias (m:ss)` heading a slide; where the short
 * version takes another time, `## routeAlias (m:ss, short m:ss)`, and its words are marked (version.ts).
 * Slidev gets its notes from here (setup/preparser.ts), and so do the tests and the rehearsal.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clock } from '../lab/format.ts'
import { onEachPage } from './from-data.ts'
import type { Sense } from './version.ts'
import { wordsOf } from './version.ts'

export interface SpokenNote {
  /** The slide's routeAlias. */
  alias: string
  /** Time budget in seconds, of the version that was read. */
  seconds: number
  /** What is spoken, in Markdown, with a `[click]` at each word where a click happens. */
  spoken: string
  /** Likely questions with their answers, in Markdown; empty when there are none. */
  asked: string
  /** The file it stands in, and the act it is, as its first heading names it. */
  file: string
  act: string
}

/** The files in the order of the talk. */
export const scriptFiles = ['act-0.md', 'act-1.md', 'act-2.md', 'act-3.md', 'act-4.md', 'act-5.md', 'act-6.md', 'after.md']

/**
 * Reads the whole script, in order.
 * @param options.short with the words and budgets of the short version, also for slides that it skips
 * @param options.sense the words as they are said, or as they are read
 * @throws Error naming the file and the heading when a heading has no time budget or an alias stands twice
 */
export function readScript(folder: string, { short = false, sense = 'ear' }: { short?: boolean, sense?: Sense } = {}): SpokenNote[] {
  const unknownFiles = readdirSync(folder).filter(file => file.endsWith('.md') && !scriptFiles.includes(file))
  if (unknownFiles.length > 0)
    throw new Error(`notes/ holds ${unknownFiles.join(', ')}, which is not part of the script: name it in talk/script.ts.`)

  const notes = scriptFiles.flatMap(file => parseAct(readFileSync(join(folder, file), 'utf8'), file, { short, sense }))
  const twice = notes.find((note, i) => notes.findIndex(other => other.alias === note.alias) !== i)
  if (twice)
    throw new Error(`notes/${twice.file}: the slide “${twice.alias}” has two notes.`)
  return notes
}

/** The notes of one act. */
export function parseAct(markdown: string, file: string, { short = false, sense = 'ear' }: { short?: boolean, sense?: Sense } = {}): SpokenNote[] {
  // An editor on Windows may have ended its lines in its own way.
  const text = markdown.replaceAll('\r\n', '\n')
  const act = text.match(/^# (.+)$/m)?.[1] ?? file
  return text.split(/^## /m).slice(1).flatMap(onEachPage).map((section) => {
    const [heading = '', ...lines] = section.split('\n')
    const match = heading.trim().match(/^([\w-]+) \((\d+:[0-5]\d)(?:, short (\d+:[0-5]\d))?\)$/)
    if (!match)
      throw new Error(`notes/${file}: the heading “## ${heading.trim()}” is not of the form “## routeAlias (m:ss)” or “## routeAlias (m:ss, short m:ss)”.`)
    const [, alias = '', long = '', ofShort = long] = match
    const words = wordsOf(lines.join('\n'), short, `notes/${file}, “${alias}”`, sense)
    const [spoken = '', asked = ''] = words.split(/^### If asked$/m)
    return { alias, seconds: secondsOf(short ? ofShort : long), spoken: spoken.trim(), asked: asked.trim(), file, act }
  })
}

function secondsOf(time: string): number {
  const [minutes = '', seconds = ''] = time.split(':')
  return Number(minutes) * 60 + Number(seconds)
}

/** How many clicks a note marks. */
export function clickMarkers(note: SpokenNote): number {
  return note.spoken.match(/\[click\]/g)?.length ?? 0
}

/** How many words are spoken. */
export function spokenWords(note: SpokenNote): number {
  return note.spoken.replaceAll('[click]', ' ').split(/\s+/).filter(word => /[\p{L}\d]/u.test(word)).length
}

/** The note as Slidev's presenter view and note export show it: the budget, the words, the questions. */
export function presenterNote(note: SpokenNote, startsAt: number): string {
  const budget = note.seconds > 0 ? `*${clock(note.seconds)} · from ${clock(startsAt)} to ${clock(startsAt + note.seconds)}*` : '*for reading*'
  return [budget, note.spoken, note.asked ? `---\n\n**If asked**\n\n${note.asked}` : ''].filter(Boolean).join('\n\n')
}
