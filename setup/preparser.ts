/** Gives each slide its spoken note from notes/, and refuses a slide whose owners, sources or claims do not exist. */
import { join } from 'node:path'
import process from 'node:process'
import { definePreparserSetup } from '@slidev/types'
import { claims } from '../data/claims.ts'
import { isOwnerId } from '../data/owners.ts'
import { isSourceId } from '../data/sources.ts'
import { headingOf } from '../scripts/lib/heading.ts'
import { presenterNote, readScript } from '../scripts/lib/spoken-script.ts'

interface Frontmatter {
  title?: string
  routeAlias?: string
  owners?: string[]
  sources?: string[]
  claims?: string[]
}

export default definePreparserSetup(() => [{
  name: 'spoken-script',

  async transformSlide(content: string, frontmatter: Frontmatter) {
    const strangers = [
      ...(frontmatter.owners ?? []).filter(id => !isOwnerId(id)).map(id => `owner “${id}” (data/owners.ts)`),
      ...(frontmatter.sources ?? []).filter(id => !isSourceId(id)).map(id => `source “${id}” (data/sources.ts)`),
      ...(frontmatter.claims ?? []).filter(id => !Object.hasOwn(claims, id)).map(id => `claim “${id}” (data/claims.ts)`),
    ]
    if (strangers.length > 0)
      throw new RangeError(`slides.md, slide “${frontmatter.routeAlias}”: unknown ${strangers.join(', ')}.`)
    // Slidev would take the heading with its Markdown for the name that screen readers and its own lists say.
    frontmatter.title ??= headingOf(content)
    return undefined
  },

  async transformNote(note: string | undefined, frontmatter: Frontmatter) {
    // Read again for every slide: the files are small, and an edit shows at the next reload.
    const script = readScript(join(process.cwd(), 'notes'))
    const index = script.findIndex(({ alias }) => alias === frontmatter.routeAlias)
    const spoken = script[index]
    if (!spoken)
      return note
    const startsAt = script.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0)
    return presenterNote(spoken, startsAt)
  },
}])
