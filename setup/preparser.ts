/** Gives each slide its spoken note from notes/, by its routeAlias. */
import { join } from 'node:path'
import { definePreparserSetup } from '@slidev/types'
import { presenterNote, readScript } from '../scripts/lib/spoken-script.ts'

export default definePreparserSetup(() => [{
  name: 'spoken-script',
  async transformNote(note: string | undefined, frontmatter: { routeAlias?: string }) {
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
