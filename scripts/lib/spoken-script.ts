/**
 * Reads the spoken script in notes/: one Markdown file an act, one `## routeAlias (m:ss)` heading a slide.
 * Slidev gets its notes from here (setup/preparser.ts), and so do the tests and the rehearsal.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SpokenNote {
  /** The slide's routeAlias. */
  alias: string
  /** Time budget in seconds. */
  seconds: number
  /** What is spoken, in Markdown, with a `[click]` at each word where a click happens. */
  spoken: string
  /** Likely questions with their answers, in Markdown; empty when there are none. */
  asked: string
  /** The file it stands in. */
  file: string
}

/** The files in the order of the talk. */
export const scriptFiles = ['act-0.md', 'act-1.md', 'act-2.md', 'act-3.md', 'act-4.md', 'act-5.md', 'close.md']

/**
 * Reads the whole script, in order.
 * @throws Error naming the file and the heading when a heading has no time budget or an alias stands twice
 */
export function readScript(folder: string): SpokenNote[] {
  const strangers = readdirSync(folder).filter(file => file.endsWith('.md') && !scriptFiles.includes(file))
  if (strangers.length > 0)
    throw new Error(`notes/ holds ${strangers.join(', ')}, which is not part of the script: name it in scripts/lib/spoken-script.ts.`)

  const notes = scriptFiles.flatMap(file => parseAct(readFileSync(join(folder, file), 'utf8'), file))
  const twice = notes.find((note, i) => notes.findIndex(other => other.alias === note.alias) !== i)
  if (twice)
    throw new Error(`notes/${twice.file}: the slide “${twice.alias}” has two notes.`)
  return notes
}

/** The notes of one act. */
export function parseAct(markdown: string, file: string): SpokenNote[] {
  return markdown.split(/^## /m).slice(1).map((section) => {
    const [heading = '', ...lines] = section.split('\n')
    const match = heading.trim().match(/^([\w-]+) \((\d+):([0-5]\d)\)$/)
    if (!match)
      throw new Error(`notes/${file}: the heading “## ${heading.trim()}” is not of the form “## routeAlias (m:ss)”.`)
    const [, alias = '', minutes, seconds] = match
    const [spoken = '', asked = ''] = lines.join('\n').split(/^### If asked$/m)
    return { alias, seconds: Number(minutes) * 60 + Number(seconds), spoken: spoken.trim(), asked: asked.trim(), file }
  })
}

/** How many clicks a note marks. */
export function clickMarkers(note: SpokenNote): number {
  return note.spoken.match(/\[click\]/g)?.length ?? 0
}

/** How many words are spoken. */
export function spokenWords(note: SpokenNote): number {
  return note.spoken.replaceAll('[click]', ' ').split(/\s+/).filter(word => /[\p{L}\d]/u.test(word)).length
}

/** A time as m:ss. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The note as Slidev's presenter view and note export show it: the budget, the words, the questions. */
export function presenterNote(note: SpokenNote, startsAt: number): string {
  const budget = note.seconds > 0 ? `*${clock(note.seconds)} · from ${clock(startsAt)} to ${clock(startsAt + note.seconds)}*` : '*for reading*'
  return [budget, note.spoken, note.asked ? `---\n\n**If asked**\n\n${note.asked}` : ''].filter(Boolean).join('\n\n')
}
