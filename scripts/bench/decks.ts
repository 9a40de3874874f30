/** This deck against the tools that others make decks with, carrying the same words; and what more slides cost it. */
import type { DeckTool } from './deck-tools.ts'
import { join } from 'node:path'
import { readSlides, root } from '../../talk/slides.ts'
import { readScript } from '../../talk/script.ts'
import { canDo, tasks, timeOf, type DeckTimes } from './deck-times.ts'
import { marp, ourDeck, ourDeckAsSlidevBuildsIt, reveal, slidevStarter, slidevWords, spectacle, textOf } from './deck-tools.ts'

/** Turns that count; the tools alternate, and the least of each is kept. One turn before them fills caches. */
const TURNS = 3
/** How many times as many slides. */
const COPIES = [1, 4, 16]

export interface DeckResult {
  readonly name: string
  readonly description: string
  /** Seconds; what failed or cannot be done is missing. */
  readonly times: Partial<DeckTimes>
  readonly failed: Partial<Record<keyof DeckTimes, string>>
}

/** All tools with the words of this talk; the first is this deck. */
export async function compareDecks(): Promise<DeckResult[]> {
  const slides = await readSlides()
  const text = textOf(slides, readScript(join(root, 'notes')))
  const tools = [ourDeck(slides), ourDeckAsSlidevBuildsIt(slides), slidevStarter(), slidevWords(text), marp(text), reveal(text), spectacle(text)]
  const results = tools.map(emptyResult)
  for (const task of tasks) {
    for (let turn = 0; turn <= TURNS; turn++) {
      for (const [i, tool] of tools.entries())
        await measure(task, tool, results[i]!, turn === 0)
    }
  }
  return results
}

/** This deck with its slides repeated: 1, 4 and 16 times as many. One turn each, the first again with the others. */
export async function growDeck(): Promise<(DeckResult & { slides: number })[]> {
  const slides = await readSlides()
  const results: (DeckResult & { slides: number })[] = []
  for (const copies of COPIES) {
    const tool = ourDeck(slides, copies)
    const result = emptyResult(tool)
    // The build comes first: what a first one of all leaves in caches is made by a turn that does not count.
    if (copies === COPIES[0])
      await measure('build', tool, emptyResult(tool), true)
    for (const task of tasks)
      await measure(task, tool, result, false)
    results.push({ ...result, slides: tool.slides.count })
  }
  return results
}

function emptyResult({ name, description }: DeckTool): DeckResult {
  return { name, description, times: {}, failed: {} }
}

/** A tool that fails at one thing is reported, and everything else measured all the same. */
async function measure(task: keyof DeckTimes, tool: DeckTool, result: DeckResult, warmUp: boolean): Promise<void> {
  if (result.failed[task] || !canDo(task, tool))
    return
  try {
    const seconds = await timeOf(task, tool)
    if (!warmUp)
      result.times[task] = Math.min(seconds, result.times[task] ?? Infinity)
    console.log(`  ${tool.name}, ${task}: ${seconds.toFixed(1)} s${warmUp ? ' (warm-up)' : ''}`)
  }
  catch (error) {
    result.failed[task] = error instanceof Error ? error.message : String(error)
    console.log(`  ${tool.name}, ${task}: failed`)
  }
}
