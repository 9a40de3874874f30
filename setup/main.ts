import { defineAppSetup } from '@slidev/types'
import { keepAddress } from '../composables/address.ts'

/** Where Slidev keeps the height of the presenter view's notes, in pixels, once the speaker has dragged it. */
const notesHeight = 'slidev-presenter-notes-row-size'

export default defineAppSetup(({ router }) => {
  keepAddress(router)
  // The script is what the speaker reads: beside a slide large enough to work its figures, it gets most of the height.
  if (localStorage.getItem(notesHeight) === null)
    localStorage.setItem(notesHeight, String(Math.round(innerHeight * 0.6)))
})
