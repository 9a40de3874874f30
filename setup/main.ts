import { defineAppSetup } from '@slidev/types'
import { suggestNotesHeight } from '#live-figures'

// The script is what the speaker reads: beside a slide large enough to work its figures, it gets most of the height.
export default defineAppSetup(() => suggestNotesHeight(innerHeight * 0.6))
