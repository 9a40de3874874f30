import { defineAppSetup } from '@slidev/types'
import { keepAddress } from '../composables/address.ts'
import { shareKeys } from '../composables/keys.ts'
import { recall, remember } from '../composables/storage.ts'
import { keepClock } from '../composables/talk-clock.ts'
import { deckPath } from '../composables/transport.ts'
import { acceptNoWakeLock } from '../composables/wake-lock.ts'

/** Where Slidev keeps the height of the presenter view's notes, in pixels, once the speaker has dragged it. */
const notesHeight = 'slidev-presenter-notes-row-size'

export default defineAppSetup(({ router }) => {
  acceptNoWakeLock()
  keepAddress(router)
  keepClock(deckPath(import.meta.env.BASE_URL, location.href))
  shareKeys()
  // The script is what the speaker reads: beside a slide large enough to work its figures, it gets most of the height.
  if (recall(notesHeight) === undefined)
    remember(notesHeight, String(Math.round(innerHeight * 0.6)))
})
