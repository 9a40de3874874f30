/**
 * Gives each slide its spoken note from notes/ and its place in the plan, repeats the slide of the reading pages, leaves
 * out what the short version skips, and refuses a slide that names what does not exist.
 */
import type { Naming } from '../talk/names.ts'
import type { PlannedSlide } from '../talk/plan.ts'
import process from 'node:process'
import { definePreparserSetup } from '@slidev/types'
import { sourceOf } from '../data/sources.ts'
import { repeatPages } from '../talk/from-data.ts'
import { unknownNames } from '../talk/names.ts'
import { plannedSeconds, readPlan } from '../talk/plan.ts'
import { headingOf, isSkippedInShort } from '../talk/slides.ts'
import { presenterNote } from '../talk/script.ts'
import { shortAsked, wordsOf } from '../talk/version.ts'

interface Frontmatter extends Naming {
  title?: string
  routeAlias?: string
  short?: string
  /** Slidev's own: the slide is left out. */
  hide?: boolean
  /** Slidev's own, on the first slide: the length of the talk in seconds, for the presenter's progress bar. */
  duration?: number
  /** For the presenter's clock: when the slide begins, and how long it may take, in seconds. */
  plan?: { startsAt: number, seconds: number }
  /** What is said of the sources beside their names. */
  sourceNote?: string
  /** The line at the foot: the sources by name. Put together here, so that the first slide does not wait for all sources of the deck. */
  sourceLine?: string
  /** For the line at the foot: which act of how many it is, from 0 on, and what the act is called; on spoken slides alone. */
  act?: { index: number, of: number, name: string }
}

export default definePreparserSetup(() => {
  const short = shortAsked()
  let plan: PlannedSlide[] = []

  /** While one edits, Vite shows what is wrong in the browser only, until the next reload: the terminal says it too. */
  async function saying<Result>(work: () => Result): Promise<Awaited<Result>> {
    try {
      return await work()
    }
    catch (error) {
      if (process.env.DECK_SERVED)
        console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
      throw error
    }
  }

  return [{
    name: 'spoken-script',

    async transformRawLines(lines) {
      repeatPages(lines)
      // Read again each time slides.md is, and when a note changes (setup/vite/watch-notes.ts).
      plan = await saying(() => readPlan({ short }))
    },

    transformSlide: (content: string, frontmatter: Frontmatter) => saying(() => {
      const name = `slides.md, slide “${frontmatter.routeAlias}”`
      const unknown = unknownNames(frontmatter, content)
      if (unknown.length > 0)
        throw new RangeError(`${name}: unknown ${unknown.join(', ')}.`)

      const named = (frontmatter.sources ?? []).map(sourceOf).map(({ short, arxiv }) => arxiv ? `${short}, arXiv:${arxiv}` : short)
      frontmatter.sourceLine = [...named, frontmatter.sourceNote].filter(Boolean).join(' · ')

      if (isSkippedInShort(frontmatter) && short)
        frontmatter.hide = true
      const planned = plan.find(({ slide }) => slide.alias === frontmatter.routeAlias)
      if (planned)
        frontmatter.plan = { startsAt: planned.startsAt, seconds: planned.note.seconds }
      if (planned && planned.note.seconds > 0) {
        const acts = [...new Set(plan.filter(({ note }) => note.seconds > 0).map(({ note }) => note.act))]
        frontmatter.act = { index: acts.indexOf(planned.note.act), of: acts.length, name: planned.note.act }
      }
      if (planned && planned === plan[0])
        frontmatter.duration = plannedSeconds(plan)
      const words = wordsOf(content, short, name)
      // Slidev would take the heading with its Markdown for the name that screen readers and its own lists say.
      frontmatter.title ??= headingOf(words)
      return words
    }),

    async transformNote(note: string | undefined, frontmatter: Frontmatter) {
      const planned = plan.find(({ slide }) => slide.alias === frontmatter.routeAlias)
      return planned ? presenterNote(planned.note, planned.startsAt) : note
    },
  }]
})
