import { presenterLayout } from '@slidev/client/state/storage.ts'
import { defineAppSetup } from '@slidev/types'
import { followFirst } from '../composables/late-window.ts'
import { startSharing } from '../composables/shared.ts'

export default defineAppSetup(({ router }) => {
  followFirst(router)
  startSharing(location.pathname)
  // The script is what the speaker reads: until somebody chooses otherwise it gets half the screen.
  if (localStorage.getItem('slidev-presenter-layout') === null)
    presenterLayout.value = 2
})
