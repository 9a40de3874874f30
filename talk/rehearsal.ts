/**
 * The talk rehearsed on paper: how long each slide takes at a pace, against its budget.
 * Words are counted as they stand in the notes; a number written in figures counts as one word, as the budgets take it.
 */
import type { PlannedSlide } from './plan.ts'
import { clock } from '../lab/format.ts'
import { plannedSeconds } from './plan.ts'
import { clickMarkers, spokenWords } from './script.ts'

/** Words a minute between which a listener is comfortable; the tests hold every slide's budget to them. */
export const comfortablePace = { slowest: 115, fastest: 165 }

/** Words a minute between which a plan makes sense at all: slower is dictation, faster an auction. */
export const possiblePace = { slowest: 60, fastest: 250 }

/** The two versions there are, by the minutes they are announced with. */
export const versions = { long: 25, short: 15 }

/** Every click takes a breath: so many seconds in which nothing is said. */
export const clickPause = 1

export interface RehearsedSlide {
  no: number
  alias: string
  act: string
  /** Where its note stands. */
  file: string
  words: number
  clicks: number
  /** Seconds it takes at the pace, pauses included. */
  spoken: number
  /** Seconds it may take. */
  budget: number
  /** When the plan begins it, in seconds. */
  startsAt: number
  /** How far behind the plan the talk is when the slide ends, in seconds; negative when ahead. */
  behind: number
  /** Whether it takes longer than its budget by more than a breath: 3 s, or a twentieth. */
  over: boolean
}

export interface Rehearsal {
  /** Words a minute. */
  pace: number
  slides: RehearsedSlide[]
  words: number
  clicks: number
  /** Seconds of the whole talk, spoken and planned. */
  spoken: number
  budget: number
}

/** The spoken part of a plan: what is for reading only takes no time. */
const spokenPart = (plan: readonly PlannedSlide[]) => plan.filter(({ note }) => note.seconds > 0)

/**
 * The pace at which a plan takes so long.
 * @param seconds the time there is
 * @returns words a minute
 */
export function neededPace(plan: readonly PlannedSlide[], seconds: number): number {
  const notes = spokenPart(plan).map(({ note }) => note)
  const words = notes.reduce((sum, note) => sum + spokenWords(note), 0)
  const pauses = notes.reduce((sum, note) => sum + clickMarkers(note), 0) * clickPause
  return words / (seconds - pauses) * 60
}

/**
 * Goes through a plan at a pace.
 * @param pace words a minute; without one, that at which the words fill the budgets exactly
 * @throws RangeError when nobody speaks at that pace
 */
export function rehearse(plan: readonly PlannedSlide[], pace: number = neededPace(plan, plannedSeconds(plan))): Rehearsal {
  if (!(pace >= possiblePace.slowest && pace <= possiblePace.fastest))
    throw new RangeError(`A pace of ${pace} words a minute is not possible: it must lie between ${possiblePace.slowest} and ${possiblePace.fastest}.`)
  let behind = 0
  const slides = spokenPart(plan).map(({ slide, note, startsAt }): RehearsedSlide => {
    const [words, clicks] = [spokenWords(note), clickMarkers(note)]
    const spoken = words / pace * 60 + clicks * clickPause
    behind += spoken - note.seconds
    return {
      no: slide.no,
      alias: slide.alias,
      act: note.act,
      file: note.file,
      words,
      clicks,
      spoken,
      budget: note.seconds,
      startsAt,
      behind,
      over: spoken - note.seconds > Math.max(3, note.seconds / 20),
    }
  })
  const sum = (of: (slide: RehearsedSlide) => number) => slides.reduce((total, slide) => total + of(slide), 0)
  return { pace, slides, words: sum(({ words }) => words), clicks: sum(({ clicks }) => clicks), spoken: sum(({ spoken }) => spoken), budget: sum(({ budget }) => budget) }
}

/**
 * Which version to give in so many minutes: the one whose pace has to change least.
 * @param minutes the time there is
 * @param plans both versions
 * @throws RangeError when neither can be spoken in it
 */
export function versionFor(minutes: number, plans: { long: readonly PlannedSlide[], short: readonly PlannedSlide[] }): 'long' | 'short' {
  // A pause a click is spent before the first word is said.
  const shortest = Math.ceil(fastestSeconds(plans.short) / 60)
  const longest = Math.floor(slowestSeconds(plans.long) / 60)
  if (!(minutes >= shortest && minutes <= longest))
    throw new RangeError(`A talk of ${minutes} minutes is not possible: the versions of ${versions.short} and ${versions.long} minutes can be stretched to between ${shortest} and ${longest}, at ${possiblePace.fastest} to ${possiblePace.slowest} words a minute.`)
  const strain = (plan: readonly PlannedSlide[]) => Math.abs(Math.log(minutes * 60 / plannedSeconds(plan)))
  return strain(plans.short) < strain(plans.long) ? 'short' : 'long'
}

const fastestSeconds = (plan: readonly PlannedSlide[]) => rehearse(plan, possiblePace.fastest).spoken
const slowestSeconds = (plan: readonly PlannedSlide[]) => rehearse(plan, possiblePace.slowest).spoken

/** A difference of times as +m:ss or −m:ss. */
export function difference(seconds: number): string {
  const rounded = Math.round(seconds)
  return `${rounded < 0 ? '−' : rounded > 0 ? '+' : ' '}${clock(Math.abs(rounded))}`
}

/** Seconds that one cell of a bar stands for, so that the longest slide still fits. */
function secondsACell({ slides }: Rehearsal): number {
  const room = 24
  return Math.max(5, Math.ceil(Math.max(...slides.map(({ spoken, budget }) => Math.max(spoken, budget))) / room))
}

/** A slide's time as a bar: full cells within the budget, shaded ones beyond it, dots for what is left of it. */
function bar({ spoken, budget }: RehearsedSlide, cell: number): string {
  const [used, allowed] = [Math.round(spoken / cell), Math.round(budget / cell)]
  return '█'.repeat(Math.min(used, allowed)) + '▒'.repeat(Math.max(used - allowed, 0)) + '·'.repeat(Math.max(allowed - used, 0))
}

/**
 * The table of a rehearsal, line by line, no wider than 100 columns.
 * @param options.emphasis draws the eye to a line where the talk runs over
 * @param options.slot seconds after which the talk has to end, if that is not what was planned
 */
export function rehearsalLines(rehearsal: Rehearsal, { emphasis = (text: string) => text, slot }: { emphasis?: (text: string) => string, slot?: number } = {}): string[] {
  const cell = secondsACell(rehearsal)
  const row = (no: string, alias: string, ...columns: string[]) =>
    `${no.padStart(3)}  ${alias.padEnd(11)}${columns.map((text, i) => text.padStart([6, 7, 8, 8, 7, 8, 8][i] ?? 0)).join('')}`
  const lines = [row('', 'slide', 'words', 'clicks', 'spoken', 'budget', 'over', 'begins', 'behind')]
  let act = ''
  let ended = false
  for (const slide of rehearsal.slides) {
    if (slide.act !== act)
      lines.push('', `${act = slide.act} (notes/${slide.file})`)
    const line = row(
      String(slide.no),
      slide.alias,
      String(slide.words),
      String(slide.clicks || ''),
      clock(Math.round(slide.spoken)),
      clock(slide.budget),
      difference(slide.spoken - slide.budget),
      clock(slide.startsAt),
      difference(slide.behind),
    )
    lines.push(slide.over ? emphasis(`${line} ▲ ${bar(slide, cell)}`) : `${line}   ${bar(slide, cell)}`)
    if (slot !== undefined && !ended && slide.startsAt + slide.budget + slide.behind > slot + 0.5) {
      ended = true
      lines.push(emphasis(`     ${'─'.repeat(12)} ${clock(slot)} comes during this slide ${'─'.repeat(12)}`))
    }
  }
  const { words, clicks, spoken, budget } = rehearsal
  lines.push('', row('', 'together', String(words), String(clicks), clock(Math.round(spoken)), clock(budget), difference(spoken - budget)))
  lines.push('', ...wrapped(`A cell of a bar is ${cell} s: █ within the budget, ▒ beyond it, · left of it. ▲ marks a slide that runs over by more than 3 s and 5 %.`))
  return lines
}

/** Prose in lines of at most 98 characters. */
export function wrapped(prose: string): string[] {
  return prose.replace(/(.{1,98})(?: |$)/g, '$1\n').trimEnd().split('\n')
}
